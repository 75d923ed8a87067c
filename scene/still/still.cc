#include "scene/still/still.h"

#include <chrono>
#include <cstdio>
#include <cstring>

#include "scene/render/barrier.h"
#include "scene/render/renderer.h"
#include "scene/still/png_file.h"

namespace tactus::scene {
namespace {

constexpr VkFormat kFormat = VK_FORMAT_R8G8B8A8_SRGB;
constexpr double kStep_s = 1.0 / 90.0;
constexpr float kHalfEyeDistance_m = 0.0315f;  ///< the mean of adults, Dodgson 2004
constexpr float kWatched_m = 0.8f;             ///< of the child, by who watches: her breast

/// What the card draws into, and where the processor reads it.
struct Sheet {
  Image image;
  Buffer pixels;
};

ChildPose pose_at(const Options& options, const ChildRig& rig) {
  ChildState state;
  ChildPose pose;
  Percept percept;
  percept.cheek_touched = options.touched;
  const Pose T_stage_head = look_at(options.p_stage_head, options.p_stage_target);
  percept.T_model_head = inverse(options.T_stage_child) * T_stage_head;
  for (double t_s = 0; t_s < options.time_s; t_s += kStep_s) {
    percept.t_s = t_s;
    animate(state, rig, options.story, percept, pose);
  }
  percept.t_s = options.time_s;
  animate(state, rig, options.story, percept, pose);
  return pose;
}

// Held out flat at the height of the chest, palms down.
ShownHand flat_hand(const Options& options, float side) {
  ShownHand hand;
  const RestHand rest = rest_hand(side);
  const Pose T_stage_wrist{Quat::Identity(),
                           options.p_stage_head + Vec3(-side * 0.11f, -0.28f, -0.16f)};
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    hand.T_world_joint[j] = T_stage_wrist * rest[j].T_rest_joint;
    hand.scale[j] = 1;
  }
  hand.glow[10] = 0.8f;
  return hand;
}

std::vector<Eye> make_eyes(const Options& options, std::span<const Sheet> sheets) {
  const Vec3 p_stage_child = options.T_stage_child * Vec3(0, kWatched_m, 0);
  const Pose T_stage_head = options.p_stage_camera
                                ? look_at(*options.p_stage_camera, p_stage_child)
                                : look_at(options.p_stage_head, options.p_stage_target);
  const float up = std::tan(0.5f * options.fov_deg * kRadPerDeg);
  const float side = up * static_cast<float>(options.width) / static_cast<float>(options.height);
  std::vector<Eye> eyes;
  for (const float sign : {-1.0f, 1.0f}) {
    if (!(sign < 0 ? options.left : options.right)) continue;
    Eye eye;
    eye.T_world_eye = T_stage_head * Pose{Quat::Identity(), {sign * kHalfEyeDistance_m, 0, 0}};
    eye.fov = {-side, side, up, -up};
    eye.extent = {options.width, options.height};
    eye.target = sheets[eyes.size()].image.view;
    eyes.push_back(eye);
  }
  return eyes;
}

/// Commands that are run once, at once.
class Errand {
 public:
  explicit Errand(const Gpu& gpu) : gpu_(gpu) {
    VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO};
    pool.queueFamilyIndex = gpu.queue_family;
    check(vkCreateCommandPool(gpu.device, &pool, nullptr, &pool_), "vkCreateCommandPool");
    VkCommandBufferAllocateInfo buffer{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO};
    buffer.commandPool = pool_;
    buffer.commandBufferCount = 1;
    check(vkAllocateCommandBuffers(gpu.device, &buffer, &commands), "vkAllocateCommandBuffers");
    const VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr,
                                         VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT, nullptr};
    check(vkBeginCommandBuffer(commands, &begin), "vkBeginCommandBuffer");
  }
  ~Errand() { vkDestroyCommandPool(gpu_.device, pool_, nullptr); }
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;

  void run() {
    check(vkEndCommandBuffer(commands), "vkEndCommandBuffer");
    VkSubmitInfo submit{VK_STRUCTURE_TYPE_SUBMIT_INFO};
    submit.commandBufferCount = 1;
    submit.pCommandBuffers = &commands;
    check(vkQueueSubmit(gpu_.queue, 1, &submit, VK_NULL_HANDLE), "vkQueueSubmit");
    check(vkQueueWaitIdle(gpu_.queue), "vkQueueWaitIdle");
  }

  VkCommandBuffer commands = VK_NULL_HANDLE;

 private:
  Gpu gpu_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
};

std::vector<Sheet> make_sheets(const Options& options, const Gpu& gpu, GpuMemory& memory) {
  const VkExtent2D extent = {options.width, options.height};
  const std::size_t count = (options.left ? 1u : 0u) + (options.right ? 1u : 0u);
  std::vector<Sheet> sheets;
  Errand errand(gpu);
  for (std::size_t i = 0; i < count; ++i) {
    Sheet sheet{
        memory.make_image({extent, kFormat,
                           VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT}),
        memory.make_buffer(4ull * options.width * options.height,
                           VK_BUFFER_USAGE_TRANSFER_DST_BIT)};
    barrier(errand.commands, sheet.image.image,
            {VK_IMAGE_LAYOUT_UNDEFINED, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL});
    sheets.push_back(sheet);
  }
  errand.run();
  return sheets;
}

void read_back(const Options& options, const Gpu& gpu, std::span<const Sheet> sheets) {
  Errand errand(gpu);
  for (const Sheet& sheet : sheets) {
    barrier(errand.commands, sheet.image.image,
            {VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL});
    VkBufferImageCopy copy{};
    copy.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
    copy.imageExtent = {options.width, options.height, 1};
    vkCmdCopyImageToBuffer(errand.commands, sheet.image.image, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                           sheet.pixels.buffer, 1, &copy);
  }
  errand.run();
}

std::vector<std::uint8_t> side_by_side(const Options& options, std::span<const Sheet> sheets) {
  const std::size_t row = 4u * options.width;
  std::vector<std::uint8_t> pixels(row * options.height * sheets.size());
  for (std::size_t i = 0; i < sheets.size(); ++i)
    for (std::size_t y = 0; y < options.height; ++y)
      std::memcpy(&pixels[(y * sheets.size() + i) * row], sheets[i].pixels.mapped + y * row, row);
  return pixels;
}

}  // namespace

int draw_still(const Options& options) {
  const Model child = load_model(asset(options, "child.glb"));
  const Model park = load_model(asset(options, "park.glb"));
  const ChildRig rig = make_rig(child.skeleton);
  const ChildPose pose = pose_at(options, rig);
  HeadlessDevice device(options.validate);
  {
    Renderer renderer(device.gpu(), kFormat, child, park);
    const std::vector<Sheet> sheets = make_sheets(options, device.gpu(), renderer.memory());
    const std::vector<Eye> eyes = make_eyes(options, sheets);
    Picture picture;
    picture.T_world_place = options.T_stage_child;
    picture.T_model_bone = {pose.T_model_bone.data(), pose.bones};
    picture.expressions = pose.expressions;
    if (options.hands) picture.hands = {flat_hand(options, 1), flat_hand(options, -1)};
    renderer.draw(picture, eyes);
    renderer.wait();
    const auto start = std::chrono::steady_clock::now();
    renderer.draw(picture, eyes);
    renderer.wait();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    read_back(options, device.gpu(), sheets);
    write_png(options.out, options.width * static_cast<std::uint32_t>(sheets.size()),
              options.height, side_by_side(options, sheets));
    std::printf("%s: drawn in %.0f ms\n", options.out.c_str(), took.count());
  }
  if (options.validate) std::printf("validation: %d messages\n", device.complaints());
  return device.complaints() > 0 ? 3 : 0;
}

}  // namespace tactus::scene
