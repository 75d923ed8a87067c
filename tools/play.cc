// `tactus play`: a designer's pattern, checked, drawn, or written in another format.
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>

#include "commands.h"
#include "options.h"
#include "tactus/patterns/file.h"
#include "tactus/patterns/picture.h"
#include "write_file.h"

namespace tactus::tools {
namespace {

using patterns::Format;
using patterns::PatternFile;

struct PlayRequest {
  std::string in, picture, out;
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

}  // namespace

int run_play(Arguments arguments) {
  PlayRequest request;
  Options options(
      "tactus play FILE [--picture OUT.svg|png] [--write OUT]\n"
      "Checks a pattern (.hjif, .haptic, .ahap, .tact, .haps) and says what is in it; draws it;\n"
      "writes it again in its own format or another, by the ending of OUT. docs/patterns.md says\n"
      "what each format can hold.",
      {{"--picture", "OUT", "draw it as SVG or PNG", into(request.picture)},
       {"--write", "OUT", "write it as .hjif, .haptic, .ahap, .tact or .haps", into(request.out)}});
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
  if (!request.out.empty() && !out_format) {
    fmt::print(stderr, "tactus play: --write takes a name that ends in one of {}\n", formats());
    return 2;
  }
  const auto file = load_file(request.in);
  if (!file) return 1;
  print_summary(*file);
  if (!request.out.empty() && !save(request.out, patterns::write(*file, *out_format))) return 1;
  if (!picture.empty() && !draw(*file, picture)) return 1;
  return 0;
}

}  // namespace tactus::tools
