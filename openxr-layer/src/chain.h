// Chains of OpenXR structs: finding ours, and hiding ours from those below.
//
//   Clocks   none.
//   Units    none.
//   Errors   unknown structs are stepped over; only the first of a type counts, as OpenXR says.
//   Threads  a chain belongs to the call it came with.
//   Proof    tests/openxr-layer/system_test.cc
#pragma once
#include <openxr/openxr.h>

#include <cstddef>

namespace tactus::layer {

/// The first struct of `type` that hangs on `next`; null when there is none.
template <class T>
[[nodiscard]] T* first_of(void* next, XrStructureType type) noexcept {
  for (auto* at = static_cast<XrBaseOutStructure*>(next); at != nullptr; at = at->next) {
    if (at->type == type) return reinterpret_cast<T*>(at);
  }
  return nullptr;
}

/// Takes every struct of one type out of an output chain while it lives. Those below must ignore
/// what they do not know, but some reject it. The chain's owner sees it unchanged afterwards.
class ChainCut {
 public:
  template <class Head>
  ChainCut(Head& head, XrStructureType type) noexcept
      : ChainCut(reinterpret_cast<XrBaseOutStructure&>(head), type) {}
  ChainCut(XrBaseOutStructure& head, XrStructureType type) noexcept {
    for (XrBaseOutStructure* at = &head; at->next != nullptr && count_ < kMostCuts;) {
      if (at->next->type != type) {
        at = at->next;
        continue;
      }
      cuts_[count_++] = {at, at->next};
      at->next = at->next->next;
    }
  }
  ~ChainCut() {
    while (count_ > 0) {
      --count_;
      cuts_[count_].before->next = cuts_[count_].taken;
    }
  }
  ChainCut(const ChainCut&) = delete;
  ChainCut& operator=(const ChainCut&) = delete;

 private:
  static constexpr std::size_t kMostCuts = 8;
  struct Cut {
    XrBaseOutStructure* before;
    XrBaseOutStructure* taken;
  };
  Cut cuts_[kMostCuts];
  std::size_t count_ = 0;
};

}  // namespace tactus::layer
