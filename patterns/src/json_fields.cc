#include "json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace tactus::patterns {
namespace {

constexpr int kDeepest = 64;
constexpr const char* kExport = "export the file again from the tool that made it";

const char* kind_of(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return "text";
  if (value.is_number()) return "a number";
  if (value.is_boolean()) return "true or false";
  return "null";
}

/// Line and column, from 1, of a byte.
std::string line_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t begin = before.rfind('\n');
  const std::size_t column = before.size() - (begin == std::string_view::npos ? 0 : begin + 1);
  return fmt::format("line {}, column {}", line, std::max<std::size_t>(column, 1));
}

[[noreturn]] void refuse_text(std::string_view text, std::size_t byte, std::string cause,
                              std::string remedy) {
  throw Malformed{{line_of(text, byte), std::move(cause), std::move(remedy)}};
}

/// Deep nesting is no pattern, and would cost a stack to write again.
void check_depth(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) {
        refuse_text(text, i + 1, fmt::format("nested deeper than {} levels", kDeepest), kExport);
      }
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

/// What the parser says, without its own preface and without bytes that are not text.
std::string parser_says(std::string_view what) {
  if (const std::size_t begin = what.find("syntax error"); begin != std::string_view::npos) {
    what.remove_prefix(begin);
  } else if (const std::size_t bracket = what.find("] "); bracket != std::string_view::npos) {
    what.remove_prefix(bracket + 2);
  }
  std::string said;
  for (const char c : what.substr(0, 200)) {
    if (c >= ' ' && c <= '~') said += c;
  }
  return "not JSON: " + said;
}

}  // namespace

void Field::refuse(std::string cause, std::string remedy) const {
  throw Malformed{{place_.empty() ? "the file" : place_, std::move(cause), std::move(remedy)}};
}

std::optional<Field> Field::find(std::string_view name) const {
  if (!value_->is_object()) refuse(fmt::format("is {}, not an object", kind_of(*value_)), kExport);
  const auto found = value_->find(std::string(name));
  if (found == value_->end() || found->is_null()) return std::nullopt;
  return Field(*found, place_.empty() ? std::string(name) : fmt::format("{}.{}", place_, name));
}

Field Field::at(std::string_view name) const {
  if (auto found = find(name)) return *std::move(found);
  refuse(fmt::format("has no \"{}\"", name), kExport);
}

std::optional<Field> Field::find_any(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (auto found = find(name)) return found;
  }
  return std::nullopt;
}

std::vector<Field> Field::items() const {
  if (!value_->is_array()) refuse(fmt::format("is {}, not a list", kind_of(*value_)), kExport);
  std::vector<Field> fields;
  fields.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) {
    fields.emplace_back((*value_)[i], fmt::format("{}[{}]", place_, i));
  }
  return fields;
}

std::vector<Field> Field::items(std::string_view name) const {
  const auto list = find(name);
  return list ? list->items() : std::vector<Field>{};
}

std::vector<std::pair<std::string, Field>> Field::members() const {
  if (!value_->is_object()) refuse(fmt::format("is {}, not an object", kind_of(*value_)), kExport);
  std::vector<std::pair<std::string, Field>> fields;
  for (const auto& [name, value] : value_->items()) {
    fields.emplace_back(name, Field(value, fmt::format("{}.{}", place_, name)));
  }
  return fields;
}

double Field::number(double low, double high) const {
  double value = 0;
  if (value_->is_number()) {
    value = value_->get<double>();
  } else if (value_->is_string()) {
    const std::string& text = value_->get_ref<const std::string&>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
      refuse(fmt::format("is \"{}\", not a number", text.substr(0, 40)), kExport);
    }
  } else {
    refuse(fmt::format("is {}, not a number", kind_of(*value_)), kExport);
  }
  if (!(value >= low && value <= high)) {
    refuse(fmt::format("is {:g}, outside {:g} to {:g}", value, low, high),
           "bring it into that range, or export the file again");
  }
  return value;
}

double Field::number(std::string_view name, double fallback, double low, double high) const {
  const auto field = find(name);
  return field ? field->number(low, high) : fallback;
}

std::int64_t Field::whole(std::string_view name, std::int64_t fallback, std::int64_t low,
                          std::int64_t high) const {
  const auto field = find(name);
  if (!field) return fallback;
  const double value = field->number(static_cast<double>(low), static_cast<double>(high));
  if (value != std::floor(value)) {
    field->refuse(fmt::format("is {:g}, not a whole number", value), kExport);
  }
  return static_cast<std::int64_t>(value);
}

std::string Field::text() const {
  if (!value_->is_string()) refuse(fmt::format("is {}, not text", kind_of(*value_)), kExport);
  return value_->get<std::string>();
}

std::string Field::text(std::string_view name, std::string_view fallback) const {
  const auto field = find(name);
  return field ? field->text() : std::string(fallback);
}

bool Field::flag(std::string_view name, bool fallback) const {
  const auto field = find(name);
  if (!field) return fallback;
  if (field->value_->is_boolean()) return field->value_->get<bool>();
  return field->number(-1e9, 1e9) != 0;
}

Json parse_document(std::string_view text) {
  if (text.size() > kMaxFileBytes) {
    throw Malformed{{"the file", fmt::format("is larger than {} MiB", kMaxFileBytes >> 20),
                     "cut it into parts"}};
  }
  const bool wide = text.size() >= 2 && ((text[0] == '\xFF' && text[1] == '\xFE') ||
                                         (text[0] == '\xFE' && text[1] == '\xFF'));
  if (wide) {
    throw Malformed{{"line 1, column 1", "is UTF-16 text", "save it as UTF-8"}};
  }
  check_depth(text);
  Json document;
  try {
    document = Json::parse(text);
  } catch (const Json::parse_error& error) {
    refuse_text(text, error.byte, parser_says(error.what()),
                "is the file whole? export it again, or mend that line");
  } catch (const Json::exception& error) {
    throw Malformed{{"the file", parser_says(error.what()), kExport}};
  }
  if (!document.is_object()) {
    throw Malformed{{"the file", fmt::format("is {}, not an object", kind_of(document)),
                     "check that it is a pattern and not something else of that name"}};
  }
  return document;
}

double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  double same = 0;
  const std::string text = fmt::format("{:.9g}", value);
  std::from_chars(text.data(), text.data() + text.size(), same);
  return same;
}

}  // namespace tactus::patterns
