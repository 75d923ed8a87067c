// From a handle an application gave us to the object we keep for it, by value only.
//
// A handle may be stale, another layer's or nonsense, so it is looked up and never followed. The
// same value may be registered again: a neighbour may have destroyed the first behind our back.
//
//   Clocks   none.
//   Units    none.
//   Errors   find gives null for what is not there; insert is false when memory is out.
//   Threads  any, no lock: find never waits. Using a handle while it is destroyed is the
//            application's fault, as OpenXR says.
//   Proof    tests/openxr-layer/threads_test.cc (ThreadSanitizer)
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "owned.h"

namespace tactus::layer {

/// Handles are pointers on 64-bit machines and numbers elsewhere.
template <class Handle>
[[nodiscard]] std::uint64_t key_of(Handle handle) noexcept {
  if constexpr (std::is_pointer_v<Handle>) {
    return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(handle));
  } else {
    return handle;
  }
}

/// A handle of our own: the address of a live object, so no two live handles are equal.
template <class Handle, class T>
[[nodiscard]] Handle handle_for(T* object) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(object);
  if constexpr (std::is_pointer_v<Handle>) {
    return reinterpret_cast<Handle>(address);
  } else {
    return static_cast<Handle>(address);
  }
}

template <class T>
class HandleTable {
 public:
  [[nodiscard]] T* find(std::uint64_t key) const noexcept {
    const Slot* slot = find_slot(key);
    return slot == nullptr ? nullptr : slot->object.load(std::memory_order_relaxed);
  }

  /// Registers `object`; the caller removed an older one of the same key first.
  [[nodiscard]] bool insert(std::uint64_t key, T* object) noexcept {
    for (Block* block = &first_; block != nullptr; block = next_block(*block)) {
      for (Slot& slot : block->slots) {
        std::uint64_t expected = kFree;
        if (!slot.key.compare_exchange_strong(expected, kClaimed, std::memory_order_acquire)) {
          continue;
        }
        slot.object.store(object, std::memory_order_relaxed);
        slot.key.store(key, std::memory_order_release);
        return true;
      }
    }
    return false;
  }

  /// Calls `visit` with each object that lives.
  template <class Visit>
  void for_each(Visit visit) const noexcept {
    for (const Block* block = &first_; block != nullptr;
         block = block->next.load(std::memory_order_acquire)) {
      for (const Slot& slot : block->slots) {
        const std::uint64_t key = slot.key.load(std::memory_order_acquire);
        if (key != kFree && key != kClaimed) visit(*slot.object.load(std::memory_order_relaxed));
      }
    }
  }

  /// Forgets the key and gives what it stood for; null when there was nothing.
  T* remove(std::uint64_t key) noexcept {
    auto* slot = const_cast<Slot*>(find_slot(key));
    if (slot == nullptr) return nullptr;
    T* object = slot->object.load(std::memory_order_relaxed);
    slot->key.store(kFree, std::memory_order_release);
    return object;
  }

 private:
  static constexpr std::uint64_t kFree = 0;  ///< XR_NULL_HANDLE
  static constexpr std::uint64_t kClaimed = ~std::uint64_t{0};
  struct Slot {
    std::atomic<std::uint64_t> key{kFree};
    std::atomic<T*> object{nullptr};
  };
  /// Blocks are added and never freed: their number is that of the most objects ever alive.
  struct Block {
    Slot slots[32];
    std::atomic<Block*> next{nullptr};
  };

  const Slot* find_slot(std::uint64_t key) const noexcept {
    if (key == kFree || key == kClaimed) return nullptr;
    for (const Block* block = &first_; block != nullptr;
         block = block->next.load(std::memory_order_acquire)) {
      for (const Slot& slot : block->slots) {
        if (slot.key.load(std::memory_order_acquire) == key) return &slot;
      }
    }
    return nullptr;
  }

  static Block* next_block(Block& block) noexcept {
    Block* next = block.next.load(std::memory_order_acquire);
    if (next != nullptr) return next;
    Owned<Block> made = make<Block>();
    if (made == nullptr) return nullptr;
    if (block.next.compare_exchange_strong(next, made.get(), std::memory_order_acq_rel)) {
      return made.release();
    }
    return next;
  }

  Block first_;
};

}  // namespace tactus::layer
