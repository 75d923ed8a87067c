// Copies a swapchain image from the application's device to main memory.
//
//   Clocks   none
//   Units    pixels
//   Errors   throws VulkanError.
//   Threads  only inside xrEndFrame: it uses the application's queue.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include "composition.h"
#include "picture.h"
#include "vulkan_device.h"

namespace tactus::runtime {

class Readback {
 public:
  explicit Readback(VulkanDevice& device) : device_(device) {}
  ~Readback();
  Readback(const Readback&) = delete;
  Readback& operator=(const Readback&) = delete;

  /// What the composition shows, in `picture`, whose memory is used again.
  void read(const Composition& composition, Picture& picture);

 private:
  void reserve(VkDeviceSize size);
  void release();

  VulkanDevice& device_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VulkanMemory memory_;
  VkDeviceSize size_ = 0;
};

}  // namespace tactus::runtime
