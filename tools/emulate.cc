// `tactus emulate`: a glove, a tracker or both, in real time, without hardware.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>

#include "hand_motion.h"
#include "interrupt.h"
#include "options.h"
#include "tactus/simulator/device_node.h"
#include "tactus/simulator/emulator.h"
#include "terminal_mouse.h"

namespace tactus::tools {
namespace {

using simulator::EmulatedTg1;
using simulator::EmulatedTt1;
using simulator::NodeError;
using simulator::SocketNode;
using simulator::UhidNode;

struct Wish {
  bool glove = false, tracker = false;
  Hand hand = Hand::Left;
  std::string script = "fist";
  bool mouse = false, uhid = false, socket = false;
  std::string serial;
  double seconds = 0;  ///< 0: until Ctrl-C
};

/// The device on whichever of the two ways it was put.
struct Node {
  std::unique_ptr<UhidNode> uhid;
  std::unique_ptr<SocketNode> socket;

  void send(std::span<const std::uint8_t> report) {
    if (uhid) uhid->send(report);
    if (socket) socket->send(report);
  }
  void serve(Duration timeout) {
    if (uhid) uhid->serve(timeout);
    if (socket) socket->serve(timeout);
  }
  [[nodiscard]] int readers() const { return uhid ? uhid->readers() : socket->readers(); }
};

std::optional<Node> make_node(const Wish& wish, DeviceKind kind, const std::string& serial,
                              simulator::NodeEvents events) {
  Node node;
  std::optional<NodeError> error;
  if (wish.uhid) {
    auto made = UhidNode::create(kind, serial, std::move(events));
    if (made)
      node.uhid = *std::move(made);
    else
      error = made.error();
  } else {
    auto made = SocketNode::create(kind, serial, std::move(events));
    if (made)
      node.socket = *std::move(made);
    else
      error = made.error();
  }
  if (!error) return node;
  fmt::print(stderr, "tactus emulate: {}\n", describe(*error));
  return std::nullopt;
}

HostTime now() { return HostTime(std::chrono::steady_clock::now().time_since_epoch()); }

/// Sixteen bars: two a finger, thumb first, then the palm's six.
std::string bars(const simulator::DriveSample& amplitude) {
  constexpr std::array<const char*, 8> kBars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string out;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const auto level = static_cast<std::size_t>(amplitude[a] / 0.6f * 7.99f);
    out += amplitude[a] == 0 ? "·" : kBars[std::min<std::size_t>(level, 7)];
    if (a % 2 == 1 && a < 10) out += ' ';
  }
  return out;
}

class Emulation {
 public:
  explicit Emulation(const Wish& wish)
      : wish_(wish),
        t_start_(now()),
        sensors_(1, wish.hand),
        tracking_(1, wish.hand),
        script_(make_script(wish.script, wish.hand)),
        mouse_hand_(wish.hand) {}

  bool begin() {
    if (wish_.mouse) {
      mouse_.emplace();
      if (!mouse_->open()) {
        fmt::print(stderr, "tactus emulate: --mouse needs a terminal; use --script\n");
        return false;
      }
    }
    return (!wish_.glove || begin_glove()) && (!wish_.tracker || begin_tracker());
  }

  /// Lives until now and waits for the next report or request.
  void live() {
    const HostTime t = now();
    if (mouse_) follow_mouse(since_start(t));
    HostTime t_next = t + 10ms;
    if (glove_) {
      glove_->step(t, [this](HostTime, auto report) { glove_node_->send(report); });
      t_next = std::min(t_next, glove_->next_report());
    }
    if (tracker_) {
      tracker_->step(t, [this](HostTime, auto report) { tracker_node_->send(report); });
      t_next = std::min(t_next, tracker_->next_report());
      tracker_node_->serve(glove_ ? Duration::zero() : t_next - now());
    }
    if (glove_) glove_node_->serve(t_next - now());
  }

  void print(bool last) const {
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    std::string line;
    if (glove_) {
      line += fmt::format("{}  {}  frames {}  faults {}  readers {}", glove_->config().serial,
                          bars(glove_->amplitude()), glove_->counts().frames_in,
                          glove_->violations().total(), glove_node_->readers());
    }
    if (tracker_)
      line += fmt::format("  {}  readers {}", tracker_->config().serial, tracker_node_->readers());
    fmt::print("{}{}{}", terminal ? "\r\x1b[K" : "", line, terminal && !last ? "" : "\n");
    std::fflush(stdout);
  }

  [[nodiscard]] double since_start(HostTime t) const { return seconds(t - t_start_); }
  [[nodiscard]] bool quit() const { return quit_; }

 private:
  [[nodiscard]] simulator::Trajectory motion() const {
    if (!mouse_) return script_;
    return [this](double t_s) { return mouse_hand_.at(t_s); };
  }
  [[nodiscard]] std::string serial(const char* family) const {
    if (!wish_.serial.empty()) return fmt::format("{}-{}", family, wish_.serial);
    return fmt::format("{}-EMU-{}", family, wish_.hand == Hand::Left ? "L" : "R");
  }

  bool begin_glove() {
    simulator::Tg1Config config;
    config.hand = wish_.hand;
    config.serial = serial("TG1");
    config.crystal.t_power_on = t_start_;
    config.profile = sensors_.nominal_profile();
    config.keep_drive = false;
    glove_.emplace(config, [this](HostTime t, GloveSample& sample) {
      sample = sensors_.sample(motion(), since_start(t));
      sample.battery = 0.9f;
      sample.temperature_C = 31.0f;
    });
    glove_node_ = make_node(wish_, DeviceKind::Tg1, config.serial,
                            {[this](auto report) { glove_->receive(now(), report); },
                             [this](auto bytes) { return glove_->get_feature(bytes); }});
    return glove_node_.has_value();
  }

  bool begin_tracker() {
    simulator::Tt1Config config;
    config.hand = wish_.hand;
    config.serial = serial("TT1");
    config.crystal.t_power_on = t_start_;
    tracker_.emplace(config, [this](HostTime t, TrackerSample& sample) {
      sample = tracking_.sample(motion(), since_start(t));
    });
    tracker_node_ = make_node(wish_, DeviceKind::Tt1, config.serial,
                              {[](auto) {}, [this](auto b) { return tracker_->get_feature(b); }});
    return tracker_node_.has_value();
  }

  /// Left button: fist. Right button: pinch. Wheel: all fingers. 1 to 5: one finger. q: end.
  void follow_mouse(double t_s) {
    MouseState& mouse = mouse_->poll();
    mouse_hand_.aim(mouse.right, mouse.up);
    if (mouse.key >= '1' && mouse.key <= '5') {
      bool& held = held_[static_cast<std::size_t>(mouse.key - '1')];
      held = !held;
    }
    quit_ = quit_ || mouse.key == 'q';
    mouse.key = 0;
    for (std::size_t f = 0; f < kFingers; ++f) {
      const bool pinch = mouse.right_button && f < 2;
      const double closed = mouse.left_button || held_[f] ? 1.0 : pinch ? 0.55 : 0.1;
      mouse_hand_.curl(Finger(f), closed + 0.1 * mouse.wheel);
    }
    mouse_hand_.step(t_s);
  }

  Wish wish_;
  HostTime t_start_;
  simulator::SyntheticGlove sensors_;
  simulator::SyntheticTracker tracking_;
  simulator::Trajectory script_;
  MouseHand mouse_hand_;
  std::optional<TerminalMouse> mouse_;
  std::array<bool, kFingers> held_{};
  std::optional<EmulatedTg1> glove_;
  std::optional<EmulatedTt1> tracker_;
  std::optional<Node> glove_node_, tracker_node_;
  bool quit_ = false;
};

bool parse(Arguments arguments, Wish& wish, int& exit_code) {
  Options options(
      "tactus emulate tg1|tt1|both [--hand left|right] [--script NAME|--mouse] [--uhid|--socket]",
      {{"--hand", "HAND", "left (default) or right",
        [&](std::string_view hand) {
          wish.hand = hand == "right" ? Hand::Right : Hand::Left;
          return hand == "left" || hand == "right";
        }},
       {"--script", "NAME", "rest, fist (default), wave or count",
        [&](std::string_view name) {
          wish.script = name;
          return bool(make_script(name, Hand::Left));
        }},
       {"--mouse", "",
        "move the hand with the terminal's mouse: left button fist, right pinch,"
        " wheel all fingers, keys 1 to 5 one finger, q ends",
        into(wish.mouse)},
       {"--uhid", "", "as a HID device of the kernel (default where /dev/uhid may be opened)",
        into(wish.uhid)},
       {"--socket", "", "on a Unix socket", into(wish.socket)},
       {"--serial", "TEXT", "serial number, after TG1- or TT1-", into(wish.serial)},
       {"--seconds", "N", "end after so long", into(wish.seconds)}});
  if (!options.parse(arguments, exit_code)) return false;
  const auto& words = options.words();
  const std::string what = words.size() == 1 ? words[0] : "";
  wish.glove = what == "tg1" || what == "both";
  wish.tracker = what == "tt1" || what == "both";
  exit_code = 2;
  if (!wish.glove && !wish.tracker) {
    fmt::print(stderr, "tactus emulate: say what: tg1, tt1 or both\n");
    return false;
  }
  if (wish.uhid && wish.socket) {
    fmt::print(stderr, "tactus emulate: --uhid or --socket, not both\n");
    return false;
  }
  if (!wish.socket && !wish.uhid) wish.uhid = access("/dev/uhid", R_OK | W_OK) == 0;
  return true;
}

}  // namespace

int run_emulate(Arguments arguments) {
  Wish wish;
  int exit_code = 0;
  if (!parse(arguments, wish, exit_code)) return exit_code;
  const std::atomic<bool>& interrupted = catch_interrupt();
  Emulation emulation(wish);
  if (!emulation.begin()) return 1;
  fmt::print("{}; Ctrl-C ends\n", wish.uhid ? "a HID device of the kernel" : "on a socket");
  const Duration every = isatty(STDOUT_FILENO) != 0 ? Duration(50ms) : Duration(1s);
  HostTime t_print = now();
  while (!interrupted && !emulation.quit()) {
    emulation.live();
    if (wish.seconds > 0 && emulation.since_start(now()) >= wish.seconds) break;
    if (now() < t_print) continue;
    emulation.print(false);
    t_print = now() + every;
  }
  emulation.print(true);
  return 0;
}

}  // namespace tactus::tools
