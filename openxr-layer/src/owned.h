// Objects on the heap that may fail to come, with no exception and no libstdc++ behind them.
//
// The layer lives in strangers' programs, some of which run on an older C library; operator new
// would bring the unwinder and its newer symbols along.
//
//   Clocks   none.
//   Units    none.
//   Errors   make gives null when memory is out.
//   Threads  as malloc.
//   Proof    tests/openxr-layer/check_library.py (what the library needs)
#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

namespace tactus::layer {

struct Destroy {
  template <class T>
  void operator()(T* object) const noexcept {
    object->~T();
    std::free(object);
  }
};

template <class T>
using Owned = std::unique_ptr<T, Destroy>;

template <class T, class... Arguments>
[[nodiscard]] Owned<T> make(Arguments&&... arguments) noexcept {
  static_assert(alignof(T) <= alignof(std::max_align_t));
  void* memory = std::malloc(sizeof(T));
  if (memory == nullptr) return nullptr;
  return Owned<T>(new (memory) T(std::forward<Arguments>(arguments)...));
}

}  // namespace tactus::layer
