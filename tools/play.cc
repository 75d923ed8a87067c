// `tactus play`: a designer's pattern, felt, checked, drawn, or written in another format.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "client.h"
#include "commands.h"
#include "interrupt.h"
#include "options.h"
#include "tactus/avatar/regions.h"
#include "tactus/patterns/compile.h"
#include "tactus/patterns/file.h"
#include "tactus/patterns/picture.h"
#include "tactus/pipeline.h"
#include "write_file.h"

namespace tactus::tools {
namespace {

using patterns::Format;
using patterns::PatternFile;

struct PlayRequest {
  std::string in, picture, out, on, along;
  bool check = false;
};

int fail(const std::string& cause) {
  fmt::print(stderr, "tactus play: {}\n", cause);
  return 1;
}

std::string formats() {
  std::string names;
  for (const Format format : patterns::kFormats) {
    names += fmt::format("{}.{}", names.empty() ? "" : ", ", patterns::extension(format));
  }
  return names;
}

std::optional<PatternFile> load_file(const std::string& path) {
  const auto format = patterns::format_of(path);
  if (!format) {
    fail(fmt::format("{}: unknown kind of file; known are {}", path, formats()));
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file.is_open() || file.bad()) {
    fail(fmt::format("cannot read {}: check its path and permissions", path));
    return std::nullopt;
  }
  auto loaded = patterns::load(text, *format);
  if (!loaded) {
    fail(fmt::format("{}: {}", path, describe(loaded.error())));
    return std::nullopt;
  }
  return *std::move(loaded);
}

void print_summary(const PatternFile& file) {
  const patterns::Pattern& pattern = file.pattern;
  std::size_t notes = 0, taps = 0;
  for (const patterns::Track& track : pattern.tracks) {
    notes += track.notes.size();
    taps += track.taps.size();
  }
  fmt::print("{}{}{} tracks, {} notes, {} taps, {:.3f} s\n", pattern.name,
             pattern.name.empty() ? "" : ": ", pattern.tracks.size(), notes, taps,
             pattern.duration_s);
  for (const std::string& notice : file.notices) fmt::print("! {}\n", notice);
}

bool save(const std::string& path, std::string_view bytes) {
  if (!write_file(path, bytes)) {
    fail(fmt::format("cannot write {}: is the folder there, and the disk not full?", path));
    return false;
  }
  fmt::print("wrote {}\n", path);
  return true;
}

bool draw(const PatternFile& file, const std::string& path) {
  if (path.ends_with(".svg")) return save(path, patterns::draw_svg(file.pattern));
  const std::vector<std::uint8_t> png = patterns::draw_png(file.pattern);
  return save(path, {reinterpret_cast<const char*>(png.data()), png.size()});
}

/// "index_tip", "contact", "contact:lips", "file".
std::optional<patterns::Placement> place(const std::string& on) {
  patterns::Placement placement;
  if (on.empty() || on == "file") return placement;
  const bool region = on.starts_with("contact:");
  if (on != "contact" && !region) return patterns::place_on_joints(on);
  placement.kind = patterns::Placement::Kind::Contacts;
  if (!region) return placement;
  const auto named = avatar::region_named(on.substr(on.find(':') + 1));
  if (!named || *named == Region::None) return std::nullopt;
  placement.region = *named;
  return placement;
}

/// For an application to play (docs/XR_TACTUSX_touch_preview.md).
bool save_compiled(const PatternFile& file, const patterns::Placement& placement,
                   const std::string& path) {
  const auto bytes = patterns::compile(file.pattern, placement);
  if (!bytes) return fail(bytes.error()) == 0;
  return save(path, {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

/// On the gloves of the running service, until the end or Ctrl-C.
int play_on_gloves(const PatternFile& file, const patterns::Placement& placement) {
  const auto bytes = patterns::compile(file.pattern, placement);
  if (!bytes) return fail(bytes.error());
  if (bytes->size() > ipc::kMaxPatternBytes) {
    return fail(
        fmt::format("{} bytes when compiled, and the service takes {}: cut the pattern into parts",
                    bytes->size(), ipc::kMaxPatternBytes));
  }
  Client client;
  if (!client.connect()) return 1;
  const std::atomic<bool>& quit = catch_interrupt();
  if (!client.play(*bytes)) {
    return fail(
        fmt::format("the service refused: {} patterns play already, or it is of another version",
                    kMaxPatterns));
  }
  fmt::print("playing\n");
  std::fflush(stdout);
  constexpr double kTail_s = 0.1;  // the last frames are still on their way
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration<double>(end_of(file.pattern) + kTail_s);
  // The service silences who gives no sign of life.
  while (!quit.load() && std::chrono::steady_clock::now() < end && client.send(ipc::Kind::Alive)) {
    std::this_thread::sleep_for(10ms);
  }
  return 0;
}

}  // namespace

int run_play(Arguments arguments) {
  PlayRequest request;
  Options options(
      "tactus play FILE [--on WHERE | --along JOINTS] [--check] [--picture OUT.svg|png] [--write "
      "OUT]\n"
      "Plays a pattern (.hjif, .haptic, .ahap, .tact, .haps) on the gloves of the running "
      "service;\n"
      "with --check, --picture or --write without a place it only says what is in it, draws it, "
      "or\n"
      "writes it in the format that OUT ends in. docs/patterns.md says what each format can hold;\n"
      "an OUT.tpattern is what applications play, placed as --on or --along says.\n"
      "WHERE: joints (index_tip, left_palm; several with commas), contact, contact:REGION, or "
      "file.",
      {{"--on", "WHERE", "where to play it; as the file says if not given", into(request.on)},
       {"--along", "JOINTS", "stroke along these, in their order", into(request.along)},
       {"--check", "", "only say what is in it", into(request.check)},
       {"--picture", "OUT", "draw it as SVG or PNG", into(request.picture)},
       {"--write", "OUT", "write it as .hjif, .haptic, .ahap, .tact, .haps or .tpattern",
        into(request.out)}});
  int exit_code = 0;
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (options.words().size() != 1) {
    fmt::print(stderr, "tactus play: name one file: tactus play FILE\n");
    return 2;
  }
  request.in = options.words()[0];
  const std::string& picture = request.picture;
  if (!picture.empty() && !picture.ends_with(".svg") && !picture.ends_with(".png")) {
    fmt::print(stderr, "tactus play: --picture takes a name that ends in .svg or .png\n");
    return 2;
  }
  const auto out_format = patterns::format_of(request.out);
  const bool compiled = request.out.ends_with(".tpattern");
  if (!request.out.empty() && !out_format && !compiled) {
    fmt::print(stderr, "tactus play: --write takes a name that ends in one of {}, .tpattern\n",
               formats());
    return 2;
  }
  const bool strokes = !request.along.empty();
  if (strokes && !request.on.empty()) {
    fmt::print(stderr, "tactus play: a pattern is played --on places or --along them, not both\n");
    return 2;
  }
  const auto placement = strokes ? patterns::place_along(request.along) : place(request.on);
  if (!placement) {
    fmt::print(stderr, "tactus play: --{} takes {}, each with left_ or right_ before it or not{}\n",
               strokes ? "along" : "on", patterns::joint_names(),
               strokes ? "" : "; contact, contact:REGION (docs/regions.md), or file");
    return 2;
  }
  const auto file = load_file(request.in);
  if (!file) return 1;
  print_summary(*file);
  if (compiled) return save_compiled(*file, *placement, request.out) ? 0 : 1;
  if (!request.out.empty() && !save(request.out, patterns::write(*file, *out_format))) return 1;
  if (!picture.empty() && !draw(*file, picture)) return 1;
  const bool only_look = request.check || !picture.empty() || !request.out.empty();
  return only_look && request.on.empty() && !strokes ? 0 : play_on_gloves(*file, *placement);
}

}  // namespace tactus::tools
