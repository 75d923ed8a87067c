// The application's handles of the bodies that the service speaks of.
//
//   Clocks   none.
//   Units    none.
//   Errors   XR_NULL_HANDLE for a slot that is empty, another client's, or none.
//   Threads  any; a spin lock for as long as a session's few bodies are looked through.
//   Proof    tests/openxr-layer/must_touch_holds_test.cc
#pragma once
#include <array>

#include "instance.h"
#include "tactus/ipc/published_holds.h"

namespace tactus::layer {

/// By the service's slot.
class BodyHandles {
 public:
  BodyHandles(const Session& session, const ServiceLink::Lease& lease,
              const ipc::BodyNames& names) noexcept;

  [[nodiscard]] XrTouchBodyTACTUSX at(std::uint8_t slot) const noexcept {
    return slot < handles_.size() ? handles_[slot] : XR_NULL_HANDLE;
  }

 private:
  std::array<XrTouchBodyTACTUSX, kMaxBodies> handles_{};
};

}  // namespace tactus::layer
