#include "findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace tactus::tools {
namespace {

/// nullopt: nothing of the kind.
struct Judged {
  std::string what;
  std::string remedy;
};
using Judgement = std::optional<Judged>;

const LoaderAnswers& loader_of(const Facts& facts) { return facts.openxr.loader; }
bool has_loader(const Facts& facts) {
  return facts.openxr.death.empty() && loader_of(facts).missing.empty();
}
bool is_known(const Facts& facts, const std::string& layer) {
  return std::ranges::find(loader_of(facts).layers, layer) != loader_of(facts).layers.end();
}
long count(const Facts& facts, bool is_implicit) {
  return std::ranges::count(facts.openxr.manifests, is_implicit, &Manifest::is_implicit);
}
std::string paths(const Facts& facts) {
  std::vector<std::string> paths;
  for (const Manifest& manifest : facts.openxr.manifests) paths.push_back(manifest.path);
  return fmt::format("{}", fmt::join(paths, ", "));
}
/// The loader's last words, as an aside.
std::string in_its_words(const Facts& facts) {
  std::string words = facts.openxr.complaints;
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words.empty() ? "" : fmt::format(" ({})", words.substr(words.rfind('\n') + 1));
}

Judgement openxr_dies(const Facts& facts) {
  if (facts.openxr.death.empty()) return {};
  return Judged{
      fmt::format("a program that only starts OpenXR {}", facts.openxr.death),
      "runtime or a layer is at fault: unset XR_ENABLE_API_LAYERS, then try another runtime "
      "with XR_RUNTIME_JSON; `tactus doctor --loader` is that program"};
}

Judgement loader_missing(const Facts& facts) {
  const std::string& why = loader_of(facts).missing;
  if (why.empty()) return {};
  return Judged{fmt::format("there is no OpenXR loader: {}", why),
                "apt install libopenxr-loader1; applications that bring their own need none"};
}

Judgement runtime_missing(const Facts& facts) {
  if (!has_loader(facts) || loader_of(facts).runtime_result >= 0 ||
      !facts.runtime_manifest.empty()) {
    return {};
  }
  return Judged{"there is no OpenXR runtime",
                "let Monado, SteamVR or WiVRn make itself the active one "
                "(~/.config/openxr/1/active_runtime.json), or set XR_RUNTIME_JSON; "
                "without a headset: share/tactus/openxr_tactus_desktop.json"};
}

Judgement runtime_broken(const Facts& facts) {
  if (!has_loader(facts) || loader_of(facts).runtime_result >= 0 ||
      facts.runtime_manifest.empty()) {
    return {};
  }
  return Judged{
      fmt::format("the runtime of {} cannot be used: XrResult {}{}", facts.runtime_manifest,
                  loader_of(facts).runtime_result, in_its_words(facts)),
      "install that runtime again, or make another one active; XR_RUNTIME_JSON goes before "
      "the files"};
}

Judgement layer_unknown(const Facts& facts) {
  if (!has_loader(facts)) return {};
  for (const std::string& layer : facts.asked_layers) {
    if (is_known(facts, layer)) continue;
    return Judged{
        fmt::format("XR_ENABLE_API_LAYERS names {}, which the loader does not find: no "
                    "application starts",
                    layer),
        fmt::format("take it out, or let XR_API_LAYER_PATH name the folder of its manifest")};
  }
  return {};
}

Judgement container_without_layer(const Facts& facts) {
  if (facts.container.empty() || !has_loader(facts) || is_known(facts, kLayerName)) return {};
  return Judged{fmt::format("{} does not see the layer", facts.container),
                "Steam: PRESSURE_VESSEL_IMPORT_OPENXR_1_LAYERS=1 in the game's launch options, or "
                "`tactus layer enable` outside, which writes below ~/.local/share; Flatpak: "
                "`flatpak override --user --filesystem=xdg-data/openxr`"};
}

Judgement layer_missing(const Facts& facts) {
  if (!facts.container.empty() || !has_loader(facts) || is_known(facts, kLayerName)) return {};
  if (!facts.openxr.manifests.empty()) return {};
  return Judged{"the loader knows no layer of ours",
                "`tactus layer enable`, or let XR_API_LAYER_PATH name the folder of its manifest"};
}

Judgement layer_unreadable(const Facts& facts) {
  for (const Manifest& manifest : facts.openxr.manifests) {
    if (manifest.error.empty()) continue;
    return Judged{
        fmt::format("the layer of {} cannot be loaded: {}", manifest.path, manifest.error),
        manifest.is_implicit
            ? "`tactus layer enable` writes it again, `tactus layer disable` removes it"
            : "install again, or remove that file"};
  }
  return {};
}

Judgement layer_twice(const Facts& facts) {
  const bool is_asked =
      std::ranges::find(facts.asked_layers, kLayerName) != facts.asked_layers.end();
  const bool is_doubled = count(facts, true) > 1 || count(facts, false) > 1;
  if (!is_doubled && !(is_asked && count(facts, true) > 0)) return {};
  return Judged{
      fmt::format("the layer is named twice: {}{}", paths(facts),
                  is_asked ? ", and by XR_ENABLE_API_LAYERS" : ""),
      is_doubled
          ? "remove all of these but one of each kind; an older release may have left them"
          : "take it out of XR_ENABLE_API_LAYERS: it is there for every application already"};
}

Judgement layer_off(const Facts& facts) {
  if (!facts.is_layer_disabled || count(facts, true) == 0) return {};
  return Judged{
      "the layer is enabled for all applications, and TACTUS_LAYER_DISABLE takes it away here",
      "unset TACTUS_LAYER_DISABLE; its value does not matter, an empty one counts too"};
}

Judgement instance_fails(const Facts& facts) {
  if (!has_loader(facts) || loader_of(facts).create_result >= 0) return {};
  return Judged{
      fmt::format("the simplest application does not start: XrResult {}{}",
                  loader_of(facts).create_result, in_its_words(facts)),
      "mend what else was found; with nothing else, is the runtime's own service running?"};
}

Judgement environment_stripped(const Facts& facts) {
  if (!facts.program.is_privileged || facts.stripped.empty()) return {};
  return Judged{
      fmt::format("{} has rights of its own (set-user-id or file capabilities), so the loader "
                  "keeps these from it: {}",
                  facts.program.path, fmt::join(facts.stripped, ", ")),
      "put the files where the system looks: /etc/xdg/openxr/1/active_runtime.json, "
      "/usr/share/openxr/1/api_layers; or take the rights away (`setcap -r`)"};
}

Judgement service_missing(const Facts& facts) {
  if (facts.service != ServiceState::Absent) return {};
  return Judged{fmt::format("no service at {}", facts.service_path), "`tactus serve`"};
}

Judgement service_stale(const Facts& facts) {
  const auto found = [&](const char* what, const char* remedy) {
    return Judged{fmt::format("{}: {}", facts.service_path, what), remedy};
  };
  switch (facts.service) {
    case ServiceState::Dead:
      return found("its service is dead", "`tactus serve`, which takes the socket over");
    case ServiceState::Silent:
      return found("what listens there does not greet: a hung service, or one of another release",
                   "end it, then `tactus serve`");
    case ServiceState::OtherRelease:
      return found("the service is of another release", "restart it after every upgrade");
    case ServiceState::Hung:
      return found("the service answers, but its engine stands still",
                   "end it, then `tactus serve`; is the machine out of processor time?");
    default:
      return {};
  }
}

Judgement udev_rule_missing(const Facts& facts) {
  if (facts.has_udev_rule) return {};
  return Judged{
      "no udev rule lets an ordinary user open a glove",
      "sudo cp drivers/transport/70-tactus.rules /etc/udev/rules.d/ && sudo udevadm control "
      "--reload, then replug; the Debian package brings it"};
}

Judgement real_time_refused(const Facts& facts) {
  if (facts.may_be_real_time) return {};
  return Judged{
      "the service may not run at a real-time priority: touch comes late on a busy machine",
      "a line `USER - rtprio 70` in /etc/security/limits.d/90-tactus.conf, then log in again"};
}

struct Check {
  const char* id;
  Judgement (*judge)(const Facts&);
};

constexpr Check kChecks[] = {
    {"openxr_dies", openxr_dies},
    {"loader_missing", loader_missing},
    {"runtime_missing", runtime_missing},
    {"runtime_broken", runtime_broken},
    {"layer_unknown", layer_unknown},
    {"container_without_layer", container_without_layer},
    {"layer_missing", layer_missing},
    {"layer_unreadable", layer_unreadable},
    {"layer_twice", layer_twice},
    {"layer_off", layer_off},
    {"instance_fails", instance_fails},
    {"environment_stripped", environment_stripped},
    {"service_missing", service_missing},
    {"service_stale", service_stale},
    {"udev_rule_missing", udev_rule_missing},
    {"real_time_refused", real_time_refused},
};

}  // namespace

std::vector<Finding> judge(const Facts& facts) {
  std::vector<Finding> findings;
  for (const Check& check : kChecks) {
    if (auto judged = check.judge(facts)) {
      findings.push_back({check.id, std::move(judged->what), std::move(judged->remedy)});
    }
  }
  return findings;
}

}  // namespace tactus::tools
