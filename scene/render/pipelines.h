// The three ways of drawing: what casts shadow, the sky, and every surface.
//
//   Frames   none. Units: none.
//   Errors   SceneError.
//   Threads  one owner.
//   Proof    tests/scene/still_test.cc (under the validation layer)
#pragma once
#include "scene/render/device.h"

namespace tactus::scene {

inline constexpr VkFormat kDepthFormat = VK_FORMAT_D32_SFLOAT;
inline constexpr VkSampleCountFlagBits kSamples = VK_SAMPLE_COUNT_4_BIT;  ///< every card has 4

/// Pipelines, their layout and the layout of the one descriptor set: 0 FrameBlock, 1 palette,
/// 2 shadow map.
class Pipelines {
 public:
  Pipelines(const Gpu& gpu, VkFormat colour_format);
  ~Pipelines();
  Pipelines(const Pipelines&) = delete;
  Pipelines& operator=(const Pipelines&) = delete;

  VkDescriptorSetLayout set_layout = VK_NULL_HANDLE;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  VkPipeline shadow = VK_NULL_HANDLE, sky = VK_NULL_HANDLE, surface = VK_NULL_HANDLE;

 private:
  void create_layouts();

  VkDevice device_;
};

}  // namespace tactus::scene
