#include "scene/world/story.h"

#include <cstdlib>
#include <string>

namespace tactus::scene {
namespace {

constexpr float kLongest_s = 1e5f;

std::optional<Span> parse_span(const std::string& text) {
  char* end = nullptr;
  Span span;
  span.from_s = std::strtof(text.c_str(), &end);
  if (end == text.c_str() || *end != '-') return std::nullopt;
  const char* rest = end + 1;
  span.to_s = std::strtof(rest, &end);
  const bool fits = end != rest && *end == '\0' && span.from_s >= 0 && span.to_s > span.from_s &&
                    span.to_s < kLongest_s;
  return fits ? std::optional(span) : std::nullopt;
}

}  // namespace

std::optional<Story> parse_story(std::string_view text) {
  if (text == "default") return Story{};
  if (text.empty()) return std::nullopt;
  const Span never{-20, -10};
  Story story{never, never, never, never};
  if (text == "none") return story;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::optional<Span> span = parse_span(std::string(item.substr(equals + 1)));
    if (!span) return std::nullopt;
    const std::string_view beat = item.substr(0, equals);
    if (beat == "cheek")
      story.cheek = *span;
    else if (beat == "hair")
      story.hair = *span;
    else if (beat == "hand")
      story.hand = *span;
    else if (beat == "hug")
      story.hug = *span;
    else
      return std::nullopt;
  }
  return story;
}

}  // namespace tactus::scene
