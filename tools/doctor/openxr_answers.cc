#include "openxr_answers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

namespace tactus::tools {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Manifest, path, is_implicit, library, error)

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(20);

[[noreturn]] void become_asker(int out, int errors) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::setenv("XR_LOADER_DEBUG", "error", 1);
  ::execl("/proc/self/exe", "tactus", "doctor", "--loader", nullptr);
  std::_Exit(127);
}

/// Both streams until they end; false: the patience ended first.
bool read_all(int out, int errors, std::string& said, std::string& complained) {
  pollfd waits[2] = {{out, POLLIN, 0}, {errors, POLLIN, 0}};
  std::string* const texts[2] = {&said, &complained};
  const auto deadline = Clock::now() + kPatience;
  while (waits[0].fd >= 0 || waits[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0 || ::poll(waits, 2, static_cast<int>(left.count())) <= 0) return false;
    for (int i = 0; i < 2; ++i) {
      if (waits[i].fd < 0 || waits[i].revents == 0) continue;
      char buffer[4096];
      const ssize_t n = ::read(waits[i].fd, buffer, sizeof(buffer));
      if (n <= 0) {
        waits[i].fd = -1;
      } else {
        texts[i]->append(buffer, static_cast<std::size_t>(n));
      }
    }
  }
  return true;
}

/// "Error [GENERAL | xrCreateInstance | OpenXR-Loader] : what" becomes "what".
std::string errors_in(const std::string& text) {
  std::string errors;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    const std::size_t colon = line.find("] : ");
    if (line.starts_with("Error [") && colon != std::string::npos) {
      errors += line.substr(colon + 4) + "\n";
    }
    begin = end + 1;
  }
  return errors;
}

bool parse(const std::string& text, OpenxrAnswers& answers) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return false;
  json.at("missing").get_to(answers.loader.missing);
  json.at("layers").get_to(answers.loader.layers);
  json.at("runtime_result").get_to(answers.loader.runtime_result);
  json.at("create_result").get_to(answers.loader.create_result);
  json.at("runtime").get_to(answers.loader.runtime);
  json.at("manifests").get_to(answers.manifests);
  return true;
}

std::string describe_end(int status, bool was_patient) {
  if (!was_patient) return fmt::format("gave no answer for {} s", kPatience.count());
  if (WIFSIGNALED(status)) return fmt::format("died: {}", ::strsignal(WTERMSIG(status)));
  return fmt::format("ended with {}", WEXITSTATUS(status));
}

}  // namespace

int print_openxr_answers() {
  // Layers of strangers print what they like where they like.
  const int answer = ::dup(STDOUT_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  std::vector<Manifest> manifests = find_layer_manifests();
  try_libraries(manifests);
  const LoaderAnswers loader = ask_loader();
  const Json json{{"missing", loader.missing},
                  {"layers", loader.layers},
                  {"runtime_result", loader.runtime_result},
                  {"create_result", loader.create_result},
                  {"runtime", loader.runtime},
                  {"manifests", manifests}};
  std::fflush(stdout);
  const std::string text = json.dump(2) + "\n";
  return ::write(answer, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}

OpenxrAnswers ask_openxr() {
  OpenxrAnswers answers;
  answers.manifests = find_layer_manifests();
  int out[2], errors[2];
  if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(errors, O_CLOEXEC) != 0) {
    answers.death = "could not be started: no file descriptors";
    return answers;
  }
  const pid_t child = ::fork();
  if (child == 0) become_asker(out[1], errors[1]);
  ::close(out[1]);
  ::close(errors[1]);
  std::string said, complained;
  const bool was_patient = read_all(out[0], errors[0], said, complained);
  ::close(out[0]);
  ::close(errors[0]);
  if (!was_patient) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  answers.complaints = errors_in(complained);
  if (!was_patient || !parse(said, answers)) answers.death = describe_end(status, was_patient);
  return answers;
}

}  // namespace tactus::tools
