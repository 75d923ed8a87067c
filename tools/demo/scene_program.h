// The scene as a program of its own: a real OpenXR application on the real loader, with our layer
// and the desktop runtime, stepped by the stage page.
//
//   Clocks   virtual, through the stage page; waits are in real time.
//   Units    milliseconds of real time in timeouts.
//   Errors   start and await say in words what went wrong; the program's own words are in its log.
//   Threads  one owner.
//   Proof    the demo
#pragma once
#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace tactus::tools {

class SceneProgram {
 public:
  SceneProgram() = default;
  ~SceneProgram();
  SceneProgram(const SceneProgram&) = delete;
  SceneProgram& operator=(const SceneProgram&) = delete;

  /// Starts `program` with our variables added to the environment; its output goes to `log_path`.
  bool start(const std::string& program, const std::vector<std::string>& arguments,
             const std::map<std::string, std::string>& environment, const std::string& log_path);

  /// True as long as it runs; then `exit_code` tells.
  [[nodiscard]] bool running();

  /// Waits for its end, then kills it. True: it ended by itself with 0.
  bool finish(int timeout_ms);

  [[nodiscard]] int exit_code() const noexcept { return exit_code_; }

 private:
  pid_t pid_ = -1;
  int exit_code_ = -1;
};

}  // namespace tactus::tools
