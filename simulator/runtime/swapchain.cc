#include "swapchain.h"

#include <algorithm>

#include "entry_points.h"
#include "enumerate.h"
#include "image_barrier.h"
#include "runtime.h"
#include "system.h"

namespace tactus::runtime {
namespace {

constexpr XrSwapchainCreateFlags kKnownFlags =
    XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT | XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT;
constexpr XrSwapchainUsageFlags kKnownUsages =
    XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT | XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT |
    XR_SWAPCHAIN_USAGE_UNORDERED_ACCESS_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT |
    XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT | XR_SWAPCHAIN_USAGE_SAMPLED_BIT |
    XR_SWAPCHAIN_USAGE_MUTABLE_FORMAT_BIT;
constexpr std::uint32_t kMostArrayLayers = 256;

XrResult check_wish(const Session& session, const XrSwapchainCreateInfo& wish) {
  const auto in_range = [](std::uint32_t value, std::uint32_t most) {
    return value >= 1 && value <= most;
  };
  if ((wish.createFlags & ~kKnownFlags) != 0 || (wish.usageFlags & ~kKnownUsages) != 0 ||
      (wish.faceCount != 1 && wish.faceCount != 6) || wish.sampleCount == 0 ||
      (wish.faceCount == 6 && wish.width != wish.height) ||
      !in_range(wish.width, kLargestImage_px) || !in_range(wish.height, kLargestImage_px) ||
      !in_range(wish.arraySize, kMostArrayLayers) ||
      !in_range(wish.mipCount, std::bit_width(std::max(wish.width, wish.height)))) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const std::vector<VkFormat>& formats = session.vulkan->formats();
  if (std::find(formats.begin(), formats.end(), static_cast<VkFormat>(wish.format)) ==
      formats.end()) {
    return XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED;
  }
  const bool is_plain =
      wish.sampleCount == 1 && (wish.createFlags & XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT) == 0;
  return is_plain && session.vulkan->can_make(vulkan_image(wish)) ? XR_SUCCESS
                                                                  : XR_ERROR_FEATURE_UNSUPPORTED;
}

// XR_KHR_vulkan_enable2: the application finds an acquired image in an attachment's layout.
void prepare(Swapchain& swapchain, SwapchainImage& image) {
  swapchain.session.vulkan->run([&](VkCommandBuffer commands) {
    move_image(swapchain.session.vulkan->vk(), commands, swapchain, image.image,
               VK_IMAGE_LAYOUT_UNDEFINED, swapchain.layout());
  });
  image.prepared = true;
}

}  // namespace

XrResult enumerate_swapchain_formats(XrSession xr_session, std::uint32_t capacity,
                                     std::uint32_t* count, std::int64_t* formats) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  std::vector<std::int64_t> values;
  if (session->vulkan) {
    for (const VkFormat format : session->vulkan->formats()) values.push_back(format);
  }
  return enumerate<std::int64_t>(capacity, count, formats, values);
}

XrResult create_swapchain(XrSession xr_session, const XrSwapchainCreateInfo* create,
                          XrSwapchain* made) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_SWAPCHAIN_CREATE_INFO) || !made) return XR_ERROR_VALIDATION_FAILURE;
  if (session->is_headless()) return XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED;  // it has none
  const XrResult result = check_wish(*session, *create);
  if (XR_FAILED(result)) return result;
  *made = xr(runtime().objects.add<Swapchain>(session->id, *session, *create));
  return XR_SUCCESS;
}

XrResult destroy_swapchain(XrSwapchain xr_swapchain) {
  const Swapchain* swapchain = find<Swapchain>(xr_swapchain);
  if (!swapchain) return XR_ERROR_HANDLE_INVALID;
  runtime().objects.remove(swapchain->id);
  return XR_SUCCESS;
}

XrResult enumerate_swapchain_images(XrSwapchain xr_swapchain, std::uint32_t capacity,
                                    std::uint32_t* count, XrSwapchainImageBaseHeader* images) {
  const Swapchain* swapchain = find<Swapchain>(xr_swapchain);
  if (!swapchain) return XR_ERROR_HANDLE_INVALID;
  return enumerate_structs(capacity, count, reinterpret_cast<XrSwapchainImageVulkanKHR*>(images),
                           swapchain->images.size(), XR_TYPE_SWAPCHAIN_IMAGE_VULKAN_KHR,
                           [swapchain](std::size_t i, XrSwapchainImageVulkanKHR& image) {
                             image.image = swapchain->images[i].image;
                           });
}

XrResult acquire_swapchain_image(XrSwapchain xr_swapchain,
                                 const XrSwapchainImageAcquireInfo* acquire, std::uint32_t* index) {
  Swapchain* swapchain = find<Swapchain>(xr_swapchain);
  if (!swapchain) return XR_ERROR_HANDLE_INVALID;
  if (!is_a_or_null(acquire, XR_TYPE_SWAPCHAIN_IMAGE_ACQUIRE_INFO) || !index) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const bool may = swapchain->acquired.size() < swapchain->images.size() &&
                   !(swapchain->is_static() && swapchain->ever_acquired);
  if (!may) return XR_ERROR_CALL_ORDER_INVALID;
  const std::uint32_t next = swapchain->next_image;
  if (!swapchain->images[next].prepared) prepare(*swapchain, swapchain->images[next]);
  swapchain->next_image = (next + 1) % static_cast<std::uint32_t>(swapchain->images.size());
  swapchain->acquired.push_back(next);
  swapchain->ever_acquired = true;
  *index = next;
  return XR_SUCCESS;
}

// The runtime reads an image only inside xrEndFrame and waits there, so each is free at once.
XrResult wait_swapchain_image(XrSwapchain xr_swapchain, const XrSwapchainImageWaitInfo* wait) {
  Swapchain* swapchain = find<Swapchain>(xr_swapchain);
  if (!swapchain) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(wait, XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  if (swapchain->acquired.empty() || swapchain->oldest_waited) return XR_ERROR_CALL_ORDER_INVALID;
  swapchain->oldest_waited = true;
  return XR_SUCCESS;
}

XrResult release_swapchain_image(XrSwapchain xr_swapchain,
                                 const XrSwapchainImageReleaseInfo* release) {
  Swapchain* swapchain = find<Swapchain>(xr_swapchain);
  if (!swapchain) return XR_ERROR_HANDLE_INVALID;
  if (!is_a_or_null(release, XR_TYPE_SWAPCHAIN_IMAGE_RELEASE_INFO)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (!swapchain->oldest_waited) return XR_ERROR_CALL_ORDER_INVALID;
  swapchain->last_released = swapchain->acquired.front();
  swapchain->acquired.pop_front();
  swapchain->oldest_waited = false;
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
