// Draws one moment of the scene for one or two eyes.
//
// Two passes rather than multiview: any swapchain will do, the eyes may differ in size, and
// software drivers have no layer to forget.
//
//   Frames   world: the space that eyes, hands and the child's place are given in.
//   Units    metres.
//   Errors   SceneError when a Vulkan call fails.
//   Threads  one owner. draw returns while the card works; the next draw or wait waits for it.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <optional>
#include <span>

#include "scene/render/frame_block.h"
#include "scene/render/meshes.h"
#include "scene/render/pipelines.h"

namespace tactus::scene {

/// One of the participant's hands: the joints as XR_EXT_hand_tracking gives them.
struct ShownHand {
  std::array<Pose, kHandJoints> T_world_joint;
  std::array<float, kHandJoints> scale;   ///< thickness against the hand at rest
  std::array<float, kHandJoints> glow{};  ///< 0 to 1
};

/// One moment.
struct Picture {
  Pose T_world_place;  ///< where the child and the park stand
  std::span<const Pose> T_model_bone;
  Expressions expressions{};
  std::array<std::optional<ShownHand>, 2> hands;
};

/// One eye, and the image that it is drawn into: COLOR_ATTACHMENT_OPTIMAL before and after.
struct Eye {
  Pose T_world_eye;
  Fov fov;
  VkImageView target = VK_NULL_HANDLE;
  VkExtent2D extent{};
};

class Renderer {
 public:
  Renderer(const Gpu& gpu, VkFormat colour_format, const Model& child, const Model& park);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  /// At most kMaxViews eyes.
  void draw(const Picture& picture, std::span<const Eye> eyes);
  /// Until the card has done what it was given.
  void wait();
  [[nodiscard]] GpuMemory& memory() { return memory_; }

 private:
  /// Multisampled colour and depth of one size, shared by eyes of that size.
  struct Canvas {
    VkExtent2D extent;
    Image colour, depth;
  };
  void create_descriptors();
  void write_descriptors();
  void create_commands();
  const Canvas& canvas_for(VkExtent2D extent);
  void write_palette(const Picture& picture);
  void write_frame(const Picture& picture, std::span<const Eye> eyes);
  void record_shadow(const Picture& picture);
  void record_eye(const Picture& picture, const Eye& eye, std::uint32_t index);
  void record_piece(const Piece& piece, std::uint32_t view);
  bool seen(const Piece& piece, const Picture& picture, std::uint32_t view) const;

  Gpu gpu_;
  VkFormat colour_format_;
  GpuMemory memory_;
  Pipelines pipelines_;
  RestHand rest_left_, rest_right_;
  std::vector<Pose> T_bone_rest_;  ///< of the child: rest positions into the bone's frame
  Meshes meshes_;
  FrameBlock frame_block_;
  Buffer frame_, palette_;
  Image shadow_map_;
  std::vector<Canvas> canvases_;
  VkSampler sampler_ = VK_NULL_HANDLE;
  VkDescriptorPool descriptors_ = VK_NULL_HANDLE;
  VkDescriptorSet set_ = VK_NULL_HANDLE;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  VkFence done_ = VK_NULL_HANDLE;
  bool busy_ = false;
};

}  // namespace tactus::scene
