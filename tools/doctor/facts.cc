#include "facts.h"

#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "tactus/base/time.h"
#include "tactus/ipc/connection.h"

namespace tactus::tools {
namespace {

namespace fs = std::filesystem;

constexpr int kServiceWait_ms = 1000;
constexpr Duration kStaleAfter = 100ms;  // docs/clocks-and-threads.md
constexpr int kServicePriority = 60;

bool is_there(const std::string& root, const char* path) {
  std::error_code error;
  return fs::exists(fs::path(root) / path, error);
}

bool has_udev_rule(const std::string& root) {
  for (const char* folder : {"etc", "run", "usr/local/lib", "usr/lib", "lib"}) {
    if (is_there(root, (std::string(folder) + "/udev/rules.d/70-tactus.rules").c_str()))
      return true;
  }
  return false;
}

std::string container_of(const std::string& root) {
  if (is_there(root, "run/pressure-vessel")) return "Steam's container";
  if (is_there(root, ".flatpak-info")) return "a Flatpak";
  return "";
}

/// Tried by a child, which then ends: this process stays what it is.
bool may_be_real_time() {
  const pid_t child = ::fork();
  if (child == 0) {
    const sched_param wanted{kServicePriority};
    std::_Exit(::sched_setscheduler(0, SCHED_FIFO, &wanted) == 0 ? 0 : 1);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

ServiceState look_at_service(const ipc::ServicePath& path) {
  if (!ipc::exists(path)) return ServiceState::Absent;
  const auto connection = ipc::Connection::open(path, kServiceWait_ms);
  if (!connection) {
    switch (connection.error()) {
      case ipc::ConnectError::NoService:
        return ServiceState::Dead;
      case ipc::ConnectError::WrongLayout:
        return ServiceState::OtherRelease;
      default:
        return ServiceState::Silent;
    }
  }
  ipc::PublishedState state;
  const ipc::Published& published = *connection->published();
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const bool has_ticked =
      published.state.read(state) && (published.header.clock == ipc::ClockKind::Virtual ||
                                      now - Duration(state.heartbeat_ns) < kStaleAfter);
  return has_ticked ? ServiceState::Alive : ServiceState::Hung;
}

Program look_at(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) != 0) return {path, false};
  const bool sets_id = (status.st_mode & (S_ISUID | S_ISGID)) != 0;
  return {path, sets_id || ::getxattr(path.c_str(), "security.capability", nullptr, 0) > 0};
}

std::vector<std::string> words_of(const char* list) {
  std::vector<std::string> words;
  std::string text = list == nullptr ? "" : list;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// What the loader leaves aside in a program that was given rights: variables, and with HOME the
/// files below it.
std::vector<std::string> find_stripped(const Facts& facts) {
  std::vector<std::string> stripped;
  for (const char* name :
       {"XR_RUNTIME_JSON", "XR_API_LAYER_PATH", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS"}) {
    if (std::getenv(name) != nullptr) stripped.emplace_back(name);
  }
  const char* home = std::getenv("HOME");
  const auto is_at_home = [home](const std::string& path) {
    return home != nullptr && home[0] == '/' && path.starts_with(std::string(home) + "/");
  };
  if (is_at_home(facts.runtime_manifest)) stripped.push_back(facts.runtime_manifest);
  for (const Manifest& manifest : facts.openxr.manifests) {
    if (is_at_home(manifest.path)) stripped.push_back(manifest.path);
  }
  return stripped;
}

}  // namespace

Facts gather_facts(const std::string& root, const std::string& program) {
  Facts facts;
  facts.openxr = ask_openxr();
  facts.runtime_manifest = find_runtime_manifest();
  facts.asked_layers = words_of(std::getenv("XR_ENABLE_API_LAYERS"));
  facts.is_layer_disabled = std::getenv("TACTUS_LAYER_DISABLE") != nullptr;
  const ipc::ServicePath path = ipc::find_service_path();
  facts.service = look_at_service(path);
  facts.service_path = path.text.data();
  facts.has_udev_rule = has_udev_rule(root);
  facts.may_be_real_time = may_be_real_time();
  facts.container = container_of(root);
  facts.program = look_at(program);
  facts.stripped = find_stripped(facts);
  return facts;
}

}  // namespace tactus::tools
