// What a frame's layers show, once they are known to be sound.
//
//   Clocks   none. Frames: pixels of a swapchain image.
//   Units    pixels
//   Errors   as xrEndFrame: XR_ERROR_LAYER_INVALID, XR_ERROR_POSE_INVALID, …
//   Threads  check_layers with Runtime::mutex held.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include <optional>

#include "session.h"
#include "swapchain.h"
#include "xr.h"

namespace tactus::runtime {

/// The left (or only) eye of the first projection layer; quads are checked and not drawn.
struct Composition {
  const Swapchain* swapchain = nullptr;  ///< nullptr: the frame shows nothing
  VkImage image = VK_NULL_HANDLE;
  XrRect2Di rect{};
  std::uint32_t array_layer = 0;
};

[[nodiscard]] XrResult check_layers(const Session& session, const XrFrameEndInfo& end,
                                    Composition& composition);

}  // namespace tactus::runtime
