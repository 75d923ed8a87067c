// A value, or the reason there is none: std::expected's core for C++20.
//
// For the world not being ready (open, parse). The running path never uses it: it carries status.
//
//   Clocks   none.
//   Units    none.
//   Errors   reading the wrong alternative asserts.
//   Threads  plain value.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

namespace tactus {

template <class E>
struct Unexpected {
  E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

template <class T, class E>
class [[nodiscard]] Expected {
 public:
  Expected(T value) noexcept : held_(std::in_place_index<0>, std::move(value)) {}
  Expected(Unexpected<E> unexpected) noexcept
      : held_(std::in_place_index<1>, std::move(unexpected.error)) {}

  [[nodiscard]] bool has_value() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] T& operator*() & noexcept { return *value(); }
  [[nodiscard]] const T& operator*() const& noexcept { return *value(); }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*value()); }
  [[nodiscard]] T* operator->() noexcept { return value(); }
  [[nodiscard]] const T* operator->() const noexcept { return value(); }
  [[nodiscard]] const E& error() const noexcept {
    assert(!has_value());
    return *std::get_if<1>(&held_);
  }

 private:
  T* value() noexcept {
    assert(has_value());
    return std::get_if<0>(&held_);
  }
  const T* value() const noexcept {
    assert(has_value());
    return std::get_if<0>(&held_);
  }
  std::variant<T, E> held_;
};

}  // namespace tactus
