// Another program, run with an environment and watched through its output.
#pragma once
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace tactus::test {

inline std::string file_text(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class ClientProcess {
 public:
  /// Starts it; standard output and error go to the file `log`.
  ClientProcess(std::vector<std::string> command,
                const std::map<std::string, std::string>& variables, const std::string& log) {
    signal(SIGPIPE, SIG_IGN);  // a program that is gone is a failed `type`, not our end
    int input[2];
    if (pipe(input) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 1);
      dup2(input[0], STDIN_FILENO);
      close(input[1]);
      if (!freopen(log.c_str(), "w", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0) _exit(126);
      std::vector<char*> arguments;
      for (std::string& word : command) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      execvp(arguments[0], arguments.data());
      perror(arguments[0]);
      _exit(127);
    }
    close(input[0]);
    input_ = input[1];
  }
  ~ClientProcess() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      (void)wait();
    }
    if (input_ >= 0) close(input_);
  }
  ClientProcess(const ClientProcess&) = delete;
  ClientProcess& operator=(const ClientProcess&) = delete;

  void type(const std::string& text) const {
    EXPECT_EQ(write(input_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  [[nodiscard]] bool runs() {
    if (pid_ > 0 && waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = 0;
    return pid_ > 0;
  }
  /// Its exit status; 128 and more: a signal ended it.
  int wait() {
    if (pid_ > 0 && waitpid(pid_, &status_, 0) == pid_) pid_ = 0;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  }

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int status_ = 0;
};

}  // namespace tactus::test
