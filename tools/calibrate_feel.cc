#include "calibrate_feel.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "client.h"
#include "interrupt.h"
#include "options.h"
#include "tactus/calibration/feel_session.h"
#include "tactus/patterns/compile.h"
#include "tactus/service/feel_file.h"

namespace tactus::tools {
namespace {

using calibration::FeelError;
using calibration::FeelSession;
using calibration::FeelTone;

constexpr double kTone_s = 0.5, kRamp_s = 0.04;
constexpr std::chrono::milliseconds kShortestPause{300}, kLongestPause{1300};

const char* remedy(FeelError error) {
  switch (error) {
    case FeelError::Guessed:
      return "tones that were not played were said to be felt: say y only when one was felt";
    case FeelError::NoReference:
      return "the tone on the index finger was not found: is the glove on, close to the skin, and "
             "listed "
             "by `tactus devices`, and is touch not stopped?";
  }
  return "unknown error";
}

std::string name_of(const FeelTone& tone) {
  return fmt::format("{} at {:.0f} Hz", service::actuator_name(tone.actuator),
                     response_pitch(tone.point));
}

/// A tone that swells and fades, as long as a silent one's pause.
Expected<std::vector<std::byte>, std::string> compile(const FeelTone& tone, Hand hand) {
  const double drive =
      tone.is_silent ? 0.0 : std::pow(10.0, static_cast<double>(tone.level_db) / 20);
  patterns::Note note;
  note.duration_s = kTone_s;
  note.amplitude = {{0, 0}, {kRamp_s, drive}, {kTone_s - kRamp_s, drive}, {kTone_s, 0}};
  note.frequency_Hz = {{0, static_cast<double>(response_pitch(tone.point))}};
  patterns::Pattern pattern;
  pattern.duration_s = kTone_s;
  pattern.tracks.emplace_back().notes.push_back(note);
  patterns::Placement placement;
  placement.kind = patterns::Placement::Kind::Actuators;
  placement.actuators[index(hand)] = static_cast<std::uint16_t>(1u << tone.actuator);
  return patterns::compile(pattern, placement);
}

/// Waits, and gives the signs of life without which the service falls silent. False: Ctrl-C, or no service.
bool wait(Client& client, std::chrono::milliseconds how_long, const std::atomic<bool>& quit) {
  const auto end = std::chrono::steady_clock::now() + how_long;
  while (std::chrono::steady_clock::now() < end) {
    if (quit.load() || !client.send(ipc::Kind::Alive)) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

/// A line of standard input; empty: Ctrl-C, or its end.
std::optional<std::string> read_line(const std::atomic<bool>& quit) {
  std::string line;
  while (!quit.load()) {
    pollfd readable{STDIN_FILENO, POLLIN, 0};
    if (poll(&readable, 1, 100) <= 0) continue;
    char c = 0;
    if (read(STDIN_FILENO, &c, 1) != 1) return std::nullopt;
    if (c == '\n') return line;
    line += c;
  }
  return std::nullopt;
}

/// What the wearer says of one trial; empty: enough.
std::optional<bool> ask(Client& client, const FeelTone& tone, Hand hand, float progress,
                        std::mt19937& random, const std::atomic<bool>& quit) {
  std::uniform_int_distribution<int> pause_ms(static_cast<int>(kShortestPause.count()),
                                              static_cast<int>(kLongestPause.count()));
  for (;;) {
    fmt::print("{:3.0f} %  {:<12} ... ", 100 * progress, service::actuator_name(tone.actuator));
    std::fflush(stdout);
    const auto pattern = compile(tone, hand);
    constexpr std::chrono::milliseconds kWhole{600};  // the last frames are still on their way
    if (!pattern || !wait(client, std::chrono::milliseconds(pause_ms(random)), quit) ||
        !client.play(*pattern) || !wait(client, kWhole, quit)) {
      return std::nullopt;
    }
    fmt::print("felt? [y/n, r again, q enough] ");
    std::fflush(stdout);
    const auto line = read_line(quit);
    if (!line || *line == "q") return std::nullopt;
    if (*line == "y" || *line == "n") return *line == "y";
  }
}

/// All trials, until the end or until the wearer has enough.
void listen(FeelSession& session, Client& client, Hand hand) {
  const std::atomic<bool>& quit = catch_interrupt();
  std::mt19937 random(std::random_device{}());
  while (!session.is_done()) {
    const auto felt = ask(client, session.tone(), hand, session.progress(), random, quit);
    if (!felt) break;
    session.answer(*felt);
    const auto missing = session.missing();
    if (!missing.empty() && missing[0].actuator == calibration::kReferenceActuator &&
        missing[0].point == calibration::kReferencePoint) {
      break;
    }
  }
  fmt::print("\n");
}

/// What is to be measured: names of actuators, or "pitches"; empty: everything.
struct Wanted {
  bool pitches = false;
  std::vector<std::size_t> actuators;
};

std::optional<Wanted> parse_wanted(const std::vector<std::string>& words) {
  Wanted wanted;
  for (std::size_t a = 0; words.empty() && a < kActuators; ++a) wanted.actuators.push_back(a);
  wanted.pitches = words.empty();
  for (const std::string& word : words) {
    std::size_t a = 0;
    while (a < kActuators && word != service::actuator_name(a)) ++a;
    if (word == "pitches") {
      wanted.pitches = true;
    } else if (a < kActuators) {
      wanted.actuators.push_back(a);
    } else {
      return std::nullopt;
    }
  }
  return wanted;
}

int fail(const std::string& cause) {
  fmt::print(stderr, "tactus calibrate feel: {}\n", cause);
  return 1;
}

int keep(const FeelSession& session, Hand hand) {
  for (const FeelTone& tone : session.missing()) {
    fmt::print("! {}: no level between felt and not felt; it stays as it was\n", name_of(tone));
  }
  const std::string path = service::feel_path();
  const auto before = service::read_feel(path);
  if (!before) return fail(before.error());
  const auto feel = session.fit(*before);
  if (!feel) return fail(remedy(feel.error()));
  if (!service::write_feel(path, *feel)) return fail(path + ": cannot be written there");
  for (std::size_t point = 0; point < kResponsePoints; ++point) {
    fmt::print("skin at {:5.1f} Hz needs {:+5.1f} dB more than the norm's\n", response_pitch(point),
               feel->threshold_db[index(hand)][point]);
  }
  const auto& responses = feel->response[index(hand)];
  for (std::size_t a = 0; a < kActuators; ++a) {
    fmt::print("{:<12} {:+5.1f} dB at 160 Hz\n", service::actuator_name(a),
               responses[a].gain_db[calibration::kReferencePoint]);
  }
  fmt::print("kept in {}{}\n", path, session.is_done() ? "" : ", as far as it went");
  return 0;
}

}  // namespace

int run_calibrate_feel(Arguments arguments) {
  std::string hand_name;
  Options options(
      "tactus calibrate feel --hand left|right [pitches | ACTUATOR …]\n"
      "Finds how strongly the wearer feels each actuator of a worn glove: plays tones that grow "
      "weaker,\n"
      "and asks of each whether it was felt. Some are silent. Ten minutes a hand; what is named is "
      "done\n"
      "alone: `pitches` (the index finger's skin), or actuators by their names of docs/feel.md. "
      "Sit still, the\n"
      "hand at rest, and let no application be touched meanwhile. Ctrl-C or q keeps what was found "
      "so far.",
      {{"--hand", "left|right", "whose glove", [&](std::string_view hand) {
          hand_name = hand;
          return hand == "left" || hand == "right";
        }}});
  int exit_code = 0;
  if (!options.parse(arguments, exit_code)) return exit_code;
  const auto wanted = parse_wanted(options.words());
  if (hand_name.empty() || !wanted) {
    fmt::print(
        stderr,
        "tactus calibrate feel: say: tactus calibrate feel --hand right; names are `pitches` and "
        "those of docs/feel.md, such as thumb_pulp\n");
    return 2;
  }
  const Hand hand = hand_name == "left" ? Hand::Left : Hand::Right;
  Client client;
  if (!client.connect()) return 1;
  FeelSession session(hand, wanted->actuators, wanted->pitches, std::random_device{}());
  listen(session, client, hand);
  return keep(session, hand);
}

}  // namespace tactus::tools
