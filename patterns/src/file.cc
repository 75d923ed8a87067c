#include "tactus/patterns/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "json_fields.h"

namespace tactus::patterns {
namespace {

struct Codec {
  Format format;
  std::string_view extension;
  Pattern (*read)(const Field&, std::vector<std::string>&);
  Json (*write)(const Pattern&);
};

constexpr std::array<Codec, kFormats.size()> kCodecs = {{
    {Format::Hjif, "hjif", read_hjif, write_hjif},
    {Format::Haptic, "haptic", read_haptic, write_haptic},
    {Format::Ahap, "ahap", read_ahap, write_ahap},
    {Format::Tact, "tact", read_tact, write_tact},
    {Format::Haps, "haps", read_haps, write_haps},
}};

const Codec& codec_of(Format format) { return kCodecs[static_cast<std::size_t>(format)]; }

std::string indented(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string_view extension(Format format) noexcept { return codec_of(format).extension; }

std::optional<Format> format_of(std::string_view path) noexcept {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view ending = path.substr(dot + 1);
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  for (const Codec& codec : kCodecs) {
    if (std::ranges::equal(ending, codec.extension, same)) return codec.format;
  }
  return std::nullopt;
}

std::string describe(const PatternError& error) {
  return fmt::format("{}: {}; {}", error.place, error.cause, error.remedy);
}

Expected<PatternFile, PatternError> load(std::string_view text, Format format) {
  PatternFile file;
  file.format = format;
  try {
    const Json document = parse_document(text);
    file.pattern = codec_of(format).read(Field(document, ""), file.notices);
    file.document = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  } catch (const Malformed& malformed) {
    return Unexpected{malformed.error};
  }
  if (!is_sound(file.pattern)) {
    return Unexpected{PatternError{
        "the file",
        fmt::format("holds more than {} points, or lasts longer than {} s", kMaxPoints, kLongest_s),
        "cut it into parts"}};
  }
  return file;
}

std::string write(const PatternFile& file, Format format) {
  if (format != file.format) return write(file.pattern, format);
  return indented(Json::parse(file.document));
}

std::string write(const Pattern& pattern, Format format) {
  return indented(codec_of(format).write(pattern));
}

}  // namespace tactus::patterns
