#include "scene/render/renderer.h"

#include <algorithm>

#include "scene/render/barrier.h"

namespace tactus::scene {
namespace {

constexpr VkExtent2D kShadowExtent = {1024, 1024};
constexpr VkImageLayout kColourLayout = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
constexpr VkImageLayout kDepthLayout = VK_IMAGE_LAYOUT_DEPTH_STENCIL_ATTACHMENT_OPTIMAL;
constexpr VkImageLayout kDepthReadLayout = VK_IMAGE_LAYOUT_DEPTH_STENCIL_READ_ONLY_OPTIMAL;

VkRenderingAttachmentInfo cleared(VkImageView view, VkImageLayout layout, VkClearValue value) {
  VkRenderingAttachmentInfo made{VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO};
  made.imageView = view;
  made.imageLayout = layout;
  made.loadOp = VK_ATTACHMENT_LOAD_OP_CLEAR;
  made.storeOp = VK_ATTACHMENT_STORE_OP_DONT_CARE;
  made.clearValue = value;
  return made;
}

VkRenderingInfo rendering(VkExtent2D extent) {
  VkRenderingInfo made{VK_STRUCTURE_TYPE_RENDERING_INFO};
  made.renderArea = {{0, 0}, extent};
  made.layerCount = 1;
  return made;
}

void set_viewport(VkCommandBuffer commands, VkExtent2D extent) {
  const VkViewport viewport = {
      0, 0, static_cast<float>(extent.width), static_cast<float>(extent.height), 0, 1};
  const VkRect2D scissor = {{0, 0}, extent};
  vkCmdSetViewport(commands, 0, 1, &viewport);
  vkCmdSetScissor(commands, 0, 1, &scissor);
}

constexpr VkClearValue kFar = {.depthStencil = {1.0f, 0}};

}  // namespace

Renderer::Renderer(const Gpu& gpu, VkFormat colour_format, const Model& child, const Model& park)
    : gpu_(gpu),
      colour_format_(colour_format),
      memory_(gpu),
      pipelines_(gpu, colour_format),
      rest_left_(rest_hand(1)),
      rest_right_(rest_hand(-1)),
      meshes_(memory_, child, park, {make_hand(rest_left_), make_hand(rest_right_)}) {
  for (const Pose& T_model_rest : child.skeleton.T_model_rest)
    T_bone_rest_.push_back(inverse(T_model_rest));
  constexpr VkBufferUsageFlags kUniform = VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT;
  frame_ = memory_.make_buffer(sizeof(FrameBlock), kUniform);
  palette_ = memory_.make_buffer(kPaletteBones * sizeof(BoneBlock), kUniform);
  shadow_map_ =
      memory_.make_image({kShadowExtent, kDepthFormat,
                          VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT,
                          VK_SAMPLE_COUNT_1_BIT, VK_IMAGE_ASPECT_DEPTH_BIT});
  create_descriptors();
  create_commands();
}

Renderer::~Renderer() {
  vkDeviceWaitIdle(gpu_.device);
  vkDestroyFence(gpu_.device, done_, nullptr);
  vkDestroyCommandPool(gpu_.device, pool_, nullptr);
  vkDestroyDescriptorPool(gpu_.device, descriptors_, nullptr);
  vkDestroySampler(gpu_.device, sampler_, nullptr);
}

void Renderer::create_descriptors() {
  VkSamplerCreateInfo sampler{VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO};
  sampler.magFilter = sampler.minFilter = VK_FILTER_LINEAR;
  sampler.addressModeU = sampler.addressModeV = sampler.addressModeW =
      VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  sampler.compareEnable = VK_TRUE;
  sampler.compareOp = VK_COMPARE_OP_LESS_OR_EQUAL;
  check(vkCreateSampler(gpu_.device, &sampler, nullptr, &sampler_), "vkCreateSampler");

  constexpr std::array<VkDescriptorPoolSize, 2> kSizes = {
      {{VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, 2}, {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 1}}};
  VkDescriptorPoolCreateInfo pool{VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO};
  pool.maxSets = 1;
  pool.poolSizeCount = kSizes.size();
  pool.pPoolSizes = kSizes.data();
  check(vkCreateDescriptorPool(gpu_.device, &pool, nullptr, &descriptors_),
        "vkCreateDescriptorPool");
  VkDescriptorSetAllocateInfo set{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO};
  set.descriptorPool = descriptors_;
  set.descriptorSetCount = 1;
  set.pSetLayouts = &pipelines_.set_layout;
  check(vkAllocateDescriptorSets(gpu_.device, &set, &set_), "vkAllocateDescriptorSets");
  write_descriptors();
}

void Renderer::write_descriptors() {
  const std::array<VkDescriptorBufferInfo, 2> buffers = {
      {{frame_.buffer, 0, VK_WHOLE_SIZE}, {palette_.buffer, 0, VK_WHOLE_SIZE}}};
  const VkDescriptorImageInfo image = {sampler_, shadow_map_.view, kDepthReadLayout};
  std::array<VkWriteDescriptorSet, 3> writes;
  for (std::uint32_t i = 0; i < writes.size(); ++i) {
    writes[i] = {VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET};
    writes[i].dstSet = set_;
    writes[i].dstBinding = i;
    writes[i].descriptorCount = 1;
    writes[i].descriptorType =
        i < 2 ? VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER : VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
    if (i < 2)
      writes[i].pBufferInfo = &buffers[i];
    else
      writes[i].pImageInfo = &image;
  }
  vkUpdateDescriptorSets(gpu_.device, writes.size(), writes.data(), 0, nullptr);
}

void Renderer::create_commands() {
  VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO};
  pool.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT;
  pool.queueFamilyIndex = gpu_.queue_family;
  check(vkCreateCommandPool(gpu_.device, &pool, nullptr, &pool_), "vkCreateCommandPool");
  VkCommandBufferAllocateInfo buffer{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO};
  buffer.commandPool = pool_;
  buffer.commandBufferCount = 1;
  check(vkAllocateCommandBuffers(gpu_.device, &buffer, &commands_), "vkAllocateCommandBuffers");
  const VkFenceCreateInfo fence{VK_STRUCTURE_TYPE_FENCE_CREATE_INFO, nullptr, 0};
  check(vkCreateFence(gpu_.device, &fence, nullptr, &done_), "vkCreateFence");
}

const Renderer::Canvas& Renderer::canvas_for(VkExtent2D extent) {
  for (const Canvas& canvas : canvases_)
    if (canvas.extent.width == extent.width && canvas.extent.height == extent.height) return canvas;
  const Image colour =
      memory_.make_image({extent, colour_format_, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT, kSamples});
  const Image depth =
      memory_.make_image({extent, kDepthFormat, VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT,
                          kSamples, VK_IMAGE_ASPECT_DEPTH_BIT});
  return canvases_.emplace_back(Canvas{extent, colour, depth});
}

void Renderer::wait() {
  if (!busy_) return;
  check(vkWaitForFences(gpu_.device, 1, &done_, VK_TRUE, UINT64_MAX), "vkWaitForFences");
  check(vkResetFences(gpu_.device, 1, &done_), "vkResetFences");
  busy_ = false;
}

void Renderer::draw(const Picture& picture, std::span<const Eye> eyes) {
  eyes = eyes.first(std::min(eyes.size(), kMaxViews));
  wait();
  meshes_.blend(picture.expressions);
  write_palette(picture);
  write_frame(picture, eyes);

  VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  check(vkBeginCommandBuffer(commands_, &begin), "vkBeginCommandBuffer");
  constexpr VkDeviceSize kStart = 0;
  vkCmdBindDescriptorSets(commands_, VK_PIPELINE_BIND_POINT_GRAPHICS, pipelines_.layout, 0, 1,
                          &set_, 0, nullptr);
  vkCmdBindVertexBuffers(commands_, 0, 1, &meshes_.vertices().buffer, &kStart);
  vkCmdBindIndexBuffer(commands_, meshes_.indices().buffer, 0, VK_INDEX_TYPE_UINT32);
  record_shadow(picture);
  for (std::uint32_t i = 0; i < eyes.size(); ++i) record_eye(picture, eyes[i], i);
  check(vkEndCommandBuffer(commands_), "vkEndCommandBuffer");

  VkSubmitInfo submit{VK_STRUCTURE_TYPE_SUBMIT_INFO};
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands_;
  check(vkQueueSubmit(gpu_.queue, 1, &submit, done_), "vkQueueSubmit");
  busy_ = true;
}

void Renderer::record_piece(const Piece& piece, std::uint32_t view) {
  const DrawBlock block = {view, piece.first_bone, piece.skinned ? 1u : 0u,
                           static_cast<std::uint32_t>(piece.surface)};
  vkCmdPushConstants(commands_, pipelines_.layout,
                     VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof block,
                     &block);
  vkCmdDrawIndexed(commands_, piece.index_count, 1, piece.first_index, piece.first_vertex, 0);
}

void Renderer::record_shadow(const Picture& picture) {
  constexpr VkImageAspectFlags kDepth = VK_IMAGE_ASPECT_DEPTH_BIT;
  barrier(commands_, shadow_map_.image, {VK_IMAGE_LAYOUT_UNDEFINED, kDepthLayout, kDepth});
  VkRenderingAttachmentInfo depth = cleared(shadow_map_.view, kDepthLayout, kFar);
  depth.storeOp = VK_ATTACHMENT_STORE_OP_STORE;
  VkRenderingInfo pass = rendering(kShadowExtent);
  pass.pDepthAttachment = &depth;
  vkCmdBeginRendering(commands_, &pass);
  set_viewport(commands_, kShadowExtent);
  vkCmdBindPipeline(commands_, VK_PIPELINE_BIND_POINT_GRAPHICS, pipelines_.shadow);
  for (const Piece& piece : meshes_.pieces()) {
    const bool absent = (piece.part == Part::LeftHand && !picture.hands[0]) ||
                        (piece.part == Part::RightHand && !picture.hands[1]);
    if (piece.casts_shadow && !absent) record_piece(piece, 0);
  }
  vkCmdEndRendering(commands_);
  barrier(commands_, shadow_map_.image, {kDepthLayout, kDepthReadLayout, kDepth});
}

void Renderer::record_eye(const Picture& picture, const Eye& eye, std::uint32_t index) {
  const Canvas& canvas = canvas_for(eye.extent);
  barrier(commands_, canvas.colour.image, {VK_IMAGE_LAYOUT_UNDEFINED, kColourLayout});
  barrier(commands_, canvas.depth.image,
          {VK_IMAGE_LAYOUT_UNDEFINED, kDepthLayout, VK_IMAGE_ASPECT_DEPTH_BIT});
  const VkRenderingAttachmentInfo depth = cleared(canvas.depth.view, kDepthLayout, kFar);
  VkRenderingAttachmentInfo colour = cleared(canvas.colour.view, kColourLayout, VkClearValue{});
  colour.resolveMode = VK_RESOLVE_MODE_AVERAGE_BIT;
  colour.resolveImageView = eye.target;
  colour.resolveImageLayout = kColourLayout;
  VkRenderingInfo pass = rendering(eye.extent);
  pass.colorAttachmentCount = 1;
  pass.pColorAttachments = &colour;
  pass.pDepthAttachment = &depth;
  vkCmdBeginRendering(commands_, &pass);
  set_viewport(commands_, eye.extent);
  vkCmdBindPipeline(commands_, VK_PIPELINE_BIND_POINT_GRAPHICS, pipelines_.surface);
  for (const Piece& piece : meshes_.pieces())
    if (seen(piece, picture, index)) record_piece(piece, index);
  vkCmdBindPipeline(commands_, VK_PIPELINE_BIND_POINT_GRAPHICS, pipelines_.sky);
  const DrawBlock sky{index, 0, 0, 0};
  vkCmdPushConstants(commands_, pipelines_.layout,
                     VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof sky,
                     &sky);
  vkCmdDraw(commands_, 6, 1, 0, 0);
  vkCmdEndRendering(commands_);
}

}  // namespace tactus::scene
