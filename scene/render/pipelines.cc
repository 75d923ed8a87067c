#include "scene/render/pipelines.h"

#include <array>
#include <cstddef>
#include <span>

#include "scene/render/frame_block.h"
#include "scene/shaders/shadow.vert.h"
#include "scene/shaders/sky.frag.h"
#include "scene/shaders/sky.vert.h"
#include "scene/shaders/surface.frag.h"
#include "scene/shaders/surface.vert.h"

namespace tactus::scene {
namespace {

/// What tells one pipeline from another.
struct PipelineRequest {
  std::span<const std::uint32_t> vertex, fragment;  ///< fragment empty: depth only
  VkFormat colour_format = VK_FORMAT_UNDEFINED;
  VkSampleCountFlagBits samples = kSamples;
  bool has_mesh = true;
  bool casts_shadow = false;
};

constexpr VkVertexInputBindingDescription kBinding = {0, sizeof(Vertex),
                                                      VK_VERTEX_INPUT_RATE_VERTEX};
// Shadows need the first three only.
constexpr std::array<VkVertexInputAttributeDescription, 5> kAttributes = {{
    {0, 0, VK_FORMAT_R32G32B32_SFLOAT, offsetof(Vertex, p)},
    {3, 0, VK_FORMAT_R8G8B8A8_UINT, offsetof(Vertex, bone)},
    {4, 0, VK_FORMAT_R8G8B8A8_UNORM, offsetof(Vertex, weight)},
    {1, 0, VK_FORMAT_R16G16B16A16_SNORM, offsetof(Vertex, n)},
    {2, 0, VK_FORMAT_R16G16B16A16_UNORM, offsetof(Vertex, colour)},
}};
constexpr std::uint32_t kShadowAttributes = 3;

VkShaderModule make_module(VkDevice device, std::span<const std::uint32_t> code) {
  VkShaderModuleCreateInfo request{VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO};
  request.codeSize = code.size_bytes();
  request.pCode = code.data();
  VkShaderModule made = VK_NULL_HANDLE;
  check(vkCreateShaderModule(device, &request, nullptr, &made), "vkCreateShaderModule");
  return made;
}

VkPipelineShaderStageCreateInfo stage(VkShaderStageFlagBits which, VkShaderModule code) {
  VkPipelineShaderStageCreateInfo made{VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO};
  made.stage = which;
  made.module = code;
  made.pName = "main";
  return made;
}

VkPipelineVertexInputStateCreateInfo vertex_input(const PipelineRequest& request) {
  VkPipelineVertexInputStateCreateInfo made{
      VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO};
  if (request.has_mesh) {
    made.vertexBindingDescriptionCount = 1;
    made.pVertexBindingDescriptions = &kBinding;
    made.vertexAttributeDescriptionCount =
        request.casts_shadow ? kShadowAttributes : static_cast<std::uint32_t>(kAttributes.size());
    made.pVertexAttributeDescriptions = kAttributes.data();
  }
  return made;
}

VkPipelineRasterizationStateCreateInfo rasterization(const PipelineRequest& request) {
  VkPipelineRasterizationStateCreateInfo made{
      VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO};
  made.cullMode =
      request.has_mesh && !request.casts_shadow ? VK_CULL_MODE_BACK_BIT : VK_CULL_MODE_NONE;
  made.frontFace = VK_FRONT_FACE_COUNTER_CLOCKWISE;
  made.lineWidth = 1;
  if (request.casts_shadow) {  // off the lit side, or each surface shadows itself
    made.depthBiasEnable = VK_TRUE;
    made.depthBiasConstantFactor = 4;
    made.depthBiasSlopeFactor = 2;
  }
  return made;
}

// The sky is drawn last, at the greatest depth: only where nothing else is.
VkPipelineDepthStencilStateCreateInfo depth_test(bool writes) {
  VkPipelineDepthStencilStateCreateInfo made{
      VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO};
  made.depthTestEnable = VK_TRUE;
  made.depthWriteEnable = writes ? VK_TRUE : VK_FALSE;
  made.depthCompareOp = VK_COMPARE_OP_LESS_OR_EQUAL;
  return made;
}

// What all pipelines have in common.
constexpr std::array kDynamic = {VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
constexpr VkPipelineDynamicStateCreateInfo kDynamicState = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO,
    .dynamicStateCount = kDynamic.size(),
    .pDynamicStates = kDynamic.data()};
constexpr VkPipelineViewportStateCreateInfo kOneViewport = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO,
    .viewportCount = 1,
    .scissorCount = 1};
constexpr VkPipelineInputAssemblyStateCreateInfo kTriangles = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO,
    .topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST};
constexpr VkPipelineColorBlendAttachmentState kOpaque = {.colorWriteMask = 0xF};

/// The states of one pipeline, which its creation points to.
struct States {
  explicit States(const PipelineRequest& request)
      : input(vertex_input(request)),
        raster(rasterization(request)),
        depth(depth_test(request.has_mesh)) {
    const std::uint32_t colours = request.fragment.empty() ? 0 : 1;
    samples.rasterizationSamples = request.samples;
    blend.attachmentCount = colours;
    blend.pAttachments = &kOpaque;
    targets.colorAttachmentCount = colours;
    targets.pColorAttachmentFormats = &request.colour_format;
    targets.depthAttachmentFormat = kDepthFormat;
  }
  VkPipelineVertexInputStateCreateInfo input;
  VkPipelineRasterizationStateCreateInfo raster;
  VkPipelineDepthStencilStateCreateInfo depth;
  VkPipelineMultisampleStateCreateInfo samples{
      VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO};
  VkPipelineColorBlendStateCreateInfo blend{
      VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO};
  VkPipelineRenderingCreateInfo targets{VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO};
};

VkPipeline make_pipeline(VkDevice device, VkPipelineLayout layout, const PipelineRequest& request) {
  const bool colours = !request.fragment.empty();
  const VkShaderModule vertex = make_module(device, request.vertex);
  const VkShaderModule fragment = colours ? make_module(device, request.fragment) : VK_NULL_HANDLE;
  const std::array stages = {stage(VK_SHADER_STAGE_VERTEX_BIT, vertex),
                             stage(VK_SHADER_STAGE_FRAGMENT_BIT, fragment)};
  const States states(request);
  VkGraphicsPipelineCreateInfo create{VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO};
  create.pNext = &states.targets;
  create.stageCount = colours ? 2 : 1;
  create.pStages = stages.data();
  create.pVertexInputState = &states.input;
  create.pInputAssemblyState = &kTriangles;
  create.pViewportState = &kOneViewport;
  create.pRasterizationState = &states.raster;
  create.pMultisampleState = &states.samples;
  create.pDepthStencilState = &states.depth;
  create.pColorBlendState = &states.blend;
  create.pDynamicState = &kDynamicState;
  create.layout = layout;
  VkPipeline made = VK_NULL_HANDLE;
  const VkResult result =
      vkCreateGraphicsPipelines(device, VK_NULL_HANDLE, 1, &create, nullptr, &made);
  vkDestroyShaderModule(device, vertex, nullptr);
  vkDestroyShaderModule(device, fragment, nullptr);
  check(result, "vkCreateGraphicsPipelines");
  return made;
}

}  // namespace

Pipelines::Pipelines(const Gpu& gpu, VkFormat colour_format) : device_(gpu.device) {
  create_layouts();
  shadow = make_pipeline(device_, layout,
                         {kShadowVert, {}, VK_FORMAT_UNDEFINED, VK_SAMPLE_COUNT_1_BIT, true, true});
  sky = make_pipeline(device_, layout, {kSkyVert, kSkyFrag, colour_format, kSamples, false, false});
  surface = make_pipeline(device_, layout,
                          {kSurfaceVert, kSurfaceFrag, colour_format, kSamples, true, false});
}

void Pipelines::create_layouts() {
  constexpr VkShaderStageFlags kBoth = VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT;
  constexpr std::array<VkDescriptorSetLayoutBinding, 3> kBindings = {{
      {0, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, 1, kBoth, nullptr},
      {1, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, 1, VK_SHADER_STAGE_VERTEX_BIT, nullptr},
      {2, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 1, VK_SHADER_STAGE_FRAGMENT_BIT, nullptr},
  }};
  VkDescriptorSetLayoutCreateInfo set{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO};
  set.bindingCount = kBindings.size();
  set.pBindings = kBindings.data();
  check(vkCreateDescriptorSetLayout(device_, &set, nullptr, &set_layout),
        "vkCreateDescriptorSetLayout");
  constexpr VkPushConstantRange kDraw = {kBoth, 0, sizeof(DrawBlock)};
  VkPipelineLayoutCreateInfo request{VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  request.setLayoutCount = 1;
  request.pSetLayouts = &set_layout;
  request.pushConstantRangeCount = 1;
  request.pPushConstantRanges = &kDraw;
  check(vkCreatePipelineLayout(device_, &request, nullptr, &layout), "vkCreatePipelineLayout");
}

Pipelines::~Pipelines() {
  for (VkPipeline pipeline : {shadow, sky, surface}) vkDestroyPipeline(device_, pipeline, nullptr);
  vkDestroyPipelineLayout(device_, layout, nullptr);
  vkDestroyDescriptorSetLayout(device_, set_layout, nullptr);
}

}  // namespace tactus::scene
