#include "path_table.h"

#include <algorithm>

namespace tactus::runtime {

bool is_path_component(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_allowed) &&
         text.find_first_not_of('.') != std::string_view::npos;
}

bool is_path(std::string_view text) {
  if (text.size() < 2 || text.size() >= XR_MAX_PATH_LENGTH) return false;
  while (!text.empty()) {
    if (text.front() != '/') return false;
    text.remove_prefix(1);
    const std::string_view component = text.substr(0, text.find('/'));
    if (!is_path_component(component)) return false;
    text.remove_prefix(component.size());
  }
  return true;
}

XrPath PathTable::intern(std::string_view text) {
  const auto [entry, is_new] = atoms_.try_emplace(std::string(text), texts_.size() + 1);
  if (is_new) texts_.push_back(&entry->first);
  return entry->second;
}

const std::string* PathTable::text(XrPath path) const {
  return path >= 1 && path <= texts_.size() ? texts_[path - 1] : nullptr;
}

}  // namespace tactus::runtime
