#include "scene/app_xr/eyes.h"

#include <algorithm>

namespace tactus::scene {
namespace {

constexpr XrViewConfigurationType kStereo = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;

std::vector<XrViewConfigurationView> views_of(XrInstance instance, XrSystemId system) {
  std::uint32_t count = 0;
  check(xrEnumerateViewConfigurationViews(instance, system, kStereo, 0, &count, nullptr),
        "xrEnumerateViewConfigurationViews");
  std::vector<XrViewConfigurationView> views(count, {XR_TYPE_VIEW_CONFIGURATION_VIEW});
  check(xrEnumerateViewConfigurationViews(instance, system, kStereo, count, &count, views.data()),
        "xrEnumerateViewConfigurationViews");
  if (views.size() != kMaxViews) throw SceneError("the headset has not two eyes");
  return views;
}

Fov from_xr(const XrFovf& fov) {
  return {std::tan(fov.angleLeft), std::tan(fov.angleRight), std::tan(fov.angleUp),
          std::tan(fov.angleDown)};
}

VkImageView make_view(VkDevice device, VkImage image, VkFormat format) {
  VkImageViewCreateInfo request{VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
  request.image = image;
  request.viewType = VK_IMAGE_VIEW_TYPE_2D;
  request.format = format;
  request.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
  VkImageView made = VK_NULL_HANDLE;
  check(vkCreateImageView(device, &request, nullptr, &made), "vkCreateImageView");
  return made;
}

}  // namespace

XrEyes::XrEyes(XrInstance instance, XrSystemId system, XrSession session, VkDevice device)
    : session_(session), device_(device) {
  choose_format();
  for (const XrViewConfigurationView& view : views_of(instance, system))
    chains_.push_back(create_chain(view));
}

XrEyes::~XrEyes() {
  for (const Chain& chain : chains_) {
    for (VkImageView view : chain.images) vkDestroyImageView(device_, view, nullptr);
    xrDestroySwapchain(chain.swapchain);
  }
}

// The shaders write linear light, so the image has to encode it.
void XrEyes::choose_format() {
  std::uint32_t count = 0;
  check(xrEnumerateSwapchainFormats(session_, 0, &count, nullptr), "xrEnumerateSwapchainFormats");
  std::vector<std::int64_t> offered(count);
  check(xrEnumerateSwapchainFormats(session_, count, &count, offered.data()),
        "xrEnumerateSwapchainFormats");
  for (const VkFormat wanted : {VK_FORMAT_R8G8B8A8_SRGB, VK_FORMAT_B8G8R8A8_SRGB})
    if (format_ == VK_FORMAT_UNDEFINED &&
        std::find(offered.begin(), offered.end(), wanted) != offered.end())
      format_ = wanted;
  if (format_ == VK_FORMAT_UNDEFINED)
    throw SceneError("the OpenXR runtime offers no 8-bit sRGB swapchain");
}

XrEyes::Chain XrEyes::create_chain(const XrViewConfigurationView& view) {
  Chain chain;
  chain.extent = {view.recommendedImageRectWidth, view.recommendedImageRectHeight};
  XrSwapchainCreateInfo request{XR_TYPE_SWAPCHAIN_CREATE_INFO};
  request.usageFlags = XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT;
  request.format = format_;
  request.sampleCount = request.faceCount = request.arraySize = request.mipCount = 1;
  request.width = chain.extent.width;
  request.height = chain.extent.height;
  check(xrCreateSwapchain(session_, &request, &chain.swapchain), "xrCreateSwapchain");
  std::uint32_t count = 0;
  check(xrEnumerateSwapchainImages(chain.swapchain, 0, &count, nullptr),
        "xrEnumerateSwapchainImages");
  std::vector<XrSwapchainImageVulkan2KHR> images(count, {XR_TYPE_SWAPCHAIN_IMAGE_VULKAN2_KHR});
  check(xrEnumerateSwapchainImages(chain.swapchain, count, &count,
                                   reinterpret_cast<XrSwapchainImageBaseHeader*>(images.data())),
        "xrEnumerateSwapchainImages");
  for (const XrSwapchainImageVulkan2KHR& image : images)
    chain.images.push_back(make_view(device_, image.image, format_));
  return chain;
}

VkImageView XrEyes::acquire(const Chain& chain) {
  std::uint32_t index = 0;
  check(xrAcquireSwapchainImage(chain.swapchain, nullptr, &index), "xrAcquireSwapchainImage");
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO};
  wait.timeout = XR_INFINITE_DURATION;
  check(xrWaitSwapchainImage(chain.swapchain, &wait), "xrWaitSwapchainImage");
  return chain.images.at(index);
}

const XrCompositionLayerProjection* XrEyes::draw(Renderer& renderer, const Picture& picture,
                                                 XrSpace space, XrTime t_shown) {
  XrViewLocateInfo where{XR_TYPE_VIEW_LOCATE_INFO};
  where.viewConfigurationType = kStereo;
  where.displayTime = t_shown;
  where.space = space;
  XrViewState state{XR_TYPE_VIEW_STATE};
  std::array<XrView, kMaxViews> views = {{{XR_TYPE_VIEW}, {XR_TYPE_VIEW}}};
  std::uint32_t count = 0;
  check(xrLocateViews(session_, &where, &state, views.size(), &count, views.data()),
        "xrLocateViews");
  constexpr XrViewStateFlags kKnown =
      XR_VIEW_STATE_POSITION_VALID_BIT | XR_VIEW_STATE_ORIENTATION_VALID_BIT;
  if ((state.viewStateFlags & kKnown) != kKnown) return nullptr;

  std::array<Eye, kMaxViews> eyes;
  shown_.clear();
  for (std::size_t i = 0; i < eyes.size(); ++i) {
    eyes[i] = {from_xr(views[i].pose), from_xr(views[i].fov), acquire(chains_[i]),
               chains_[i].extent};
    XrCompositionLayerProjectionView& view = shown_.emplace_back(
        XrCompositionLayerProjectionView{XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW});
    view.pose = views[i].pose;
    view.fov = views[i].fov;
    view.subImage.swapchain = chains_[i].swapchain;
    view.subImage.imageRect.extent = {static_cast<std::int32_t>(chains_[i].extent.width),
                                      static_cast<std::int32_t>(chains_[i].extent.height)};
  }
  renderer.draw(picture, eyes);
  for (const Chain& chain : chains_)
    check(xrReleaseSwapchainImage(chain.swapchain, nullptr), "xrReleaseSwapchainImage");
  layer_.space = space;
  layer_.viewCount = static_cast<std::uint32_t>(shown_.size());
  layer_.views = shown_.data();
  return &layer_;
}

}  // namespace tactus::scene
