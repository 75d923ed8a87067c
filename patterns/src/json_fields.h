// JSON fields that know where in the file they stand, so that what is wrong can be named there.
//
//   Clocks   none.
//   Units    none.
//   Errors   a field that is not what it should be throws Malformed; `load` catches it.
//   Threads  plain values; borrows the document.
//   Proof    tests/patterns
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/patterns/file.h"

namespace tactus::patterns {

using Json = nlohmann::json;

/// Thrown while a file is read, never past `load`.
struct Malformed {
  PatternError error;
};

class Field {
 public:
  Field(const Json& value, std::string place) : value_(&value), place_(std::move(place)) {}

  /// Says what is wrong here.
  [[noreturn]] void refuse(std::string cause, std::string remedy) const;

  /// A member; null counts as absent. `at` refuses its absence.
  [[nodiscard]] std::optional<Field> find(std::string_view name) const;
  [[nodiscard]] Field at(std::string_view name) const;
  /// The first of several names that is there.
  [[nodiscard]] std::optional<Field> find_any(std::initializer_list<std::string_view> names) const;

  /// The elements of a list; refuses anything else.
  [[nodiscard]] std::vector<Field> items() const;
  /// Of a member that may be absent: empty then.
  [[nodiscard]] std::vector<Field> items(std::string_view name) const;
  [[nodiscard]] bool is_list() const { return value_->is_array(); }
  [[nodiscard]] bool is_object() const { return value_->is_object(); }
  [[nodiscard]] std::vector<std::pair<std::string, Field>> members() const;

  /// A number within [low, high]; one written as text ("0.5") is taken too.
  [[nodiscard]] double number(double low, double high) const;
  [[nodiscard]] double number(std::string_view name, double fallback, double low,
                              double high) const;
  [[nodiscard]] std::int64_t whole(std::string_view name, std::int64_t fallback, std::int64_t low,
                                   std::int64_t high) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback) const;
  /// true, false, or a number that is zero or not.
  [[nodiscard]] bool flag(std::string_view name, bool fallback) const;

  [[nodiscard]] const std::string& place() const { return place_; }

 private:
  const Json* value_;
  std::string place_;
};

/// Counts the points that a file unfolds to: a small one must not become a large one unnoticed.
class Budget {
 public:
  void spend(std::size_t points, const Field& field) {
    spent_ += points;
    if (spent_ > kMaxPoints) field.refuse("unfolds to too many points", "cut the file into parts");
  }

 private:
  std::size_t spent_ = 0;
};

/// Parses a document that begins with an object; refuses what is too large, too deep or not JSON.
[[nodiscard]] Json parse_document(std::string_view text);

/// Nine significant digits: what is written is read as the same number, and written again the same.
[[nodiscard]] double rounded(double value);

/// The formats, a file each: what a document means, and a document that means the pattern.
[[nodiscard]] Pattern read_hjif(const Field& root, std::vector<std::string>& notices);
[[nodiscard]] Pattern read_haptic(const Field& root, std::vector<std::string>& notices);
[[nodiscard]] Pattern read_ahap(const Field& root, std::vector<std::string>& notices);
[[nodiscard]] Pattern read_tact(const Field& root, std::vector<std::string>& notices);
[[nodiscard]] Pattern read_haps(const Field& root, std::vector<std::string>& notices);
[[nodiscard]] Json write_hjif(const Pattern& pattern);
[[nodiscard]] Json write_haptic(const Pattern& pattern);
[[nodiscard]] Json write_ahap(const Pattern& pattern);
[[nodiscard]] Json write_tact(const Pattern& pattern);
[[nodiscard]] Json write_haps(const Pattern& pattern);

}  // namespace tactus::patterns
