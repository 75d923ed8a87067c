// OpenXR's two-call idiom: ask for the count, then for the elements.
//
//   Clocks   none
//   Units    counts of elements
//   Errors   XR_ERROR_SIZE_INSUFFICIENT with the count needed; XR_ERROR_VALIDATION_FAILURE for
//            a missing pointer or an element of the wrong structure type, nothing written.
//   Threads  plain functions.
//   Proof    tests/simulator/runtime/instance_test.cc
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "xr.h"

namespace tactus::runtime {

/// The part all enumerations share. `*count` is set; XR_SUCCESS with capacity 0 means: done.
inline XrResult answer_count(std::uint32_t capacity, std::uint32_t* count, std::size_t size,
                             const void* elements) {
  if (!count || (capacity > 0 && !elements)) return XR_ERROR_VALIDATION_FAILURE;
  *count = static_cast<std::uint32_t>(size);
  return capacity > 0 && capacity < size ? XR_ERROR_SIZE_INSUFFICIENT : XR_SUCCESS;
}

/// Plain elements.
template <typename T>
XrResult enumerate(std::uint32_t capacity, std::uint32_t* count, T* elements,
                   std::span<const T> values) {
  const XrResult result = answer_count(capacity, count, values.size(), elements);
  if (result == XR_SUCCESS && capacity > 0) std::copy(values.begin(), values.end(), elements);
  return result;
}

/// Characters, with the terminating zero counted.
inline XrResult enumerate_text(std::uint32_t capacity, std::uint32_t* count, char* text,
                               std::string_view value) {
  const XrResult result = answer_count(capacity, count, value.size() + 1, text);
  if (result == XR_SUCCESS && capacity > 0) {
    std::copy(value.begin(), value.end(), text);
    text[value.size()] = '\0';
  }
  return result;
}

/// Structures with `type` and `next`, which stay as the application set them. `write(i, element)`
/// fills in the rest.
template <typename T, typename Write>
XrResult enumerate_structs(std::uint32_t capacity, std::uint32_t* count, T* elements,
                           std::size_t size, XrStructureType type, Write write) {
  const XrResult result = answer_count(capacity, count, size, elements);
  if (result != XR_SUCCESS || capacity == 0) return result;
  for (std::size_t i = 0; i < size; ++i) {
    if (elements[i].type != type) return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::size_t i = 0; i < size; ++i) write(i, elements[i]);
  return XR_SUCCESS;
}

/// A structure pointer that must not be null and must be of the type.
template <typename T>
[[nodiscard]] bool is_a(const T* s, XrStructureType type) {
  return s && s->type == type;
}

/// Likewise, where null stands for the defaults.
template <typename T>
[[nodiscard]] bool is_a_or_null(const T* s, XrStructureType type) {
  return !s || s->type == type;
}

/// The first structure of the type in a `next` chain; unknown ones are passed over. nullptr: none.
template <typename T>
[[nodiscard]] const T* in_chain(const void* next, XrStructureType type) {
  for (auto* s = static_cast<const XrBaseInStructure*>(next); s; s = s->next) {
    if (s->type == type) return reinterpret_cast<const T*>(s);
  }
  return nullptr;
}
template <typename T>
[[nodiscard]] T* in_chain(void* next, XrStructureType type) {
  return const_cast<T*>(in_chain<T>(static_cast<const void*>(next), type));
}

}  // namespace tactus::runtime
