#include "composition.h"

#include "pose_conversion.h"
#include "runtime.h"
#include "space.h"
#include "system.h"

namespace tactus::runtime {
namespace {

XrResult check_space(const Session& session, XrSpace xr_space) {
  const Space* space = find<Space>(xr_space);
  return space && space->parent == session.id ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

XrResult check_sub_image(const Session& session, const XrSwapchainSubImage& sub) {
  const Swapchain* swapchain = find<Swapchain>(sub.swapchain);
  if (!swapchain || swapchain->parent != session.id) return XR_ERROR_HANDLE_INVALID;
  if (!swapchain->last_released) return XR_ERROR_LAYER_INVALID;
  if (sub.imageArrayIndex >= swapchain->wish.arraySize) return XR_ERROR_VALIDATION_FAILURE;
  const auto& [offset, extent] = sub.imageRect;
  const bool inside =
      offset.x >= 0 && offset.y >= 0 && extent.width > 0 && extent.height > 0 &&
      std::int64_t{offset.x} + extent.width <= std::int64_t{swapchain->wish.width} &&
      std::int64_t{offset.y} + extent.height <= std::int64_t{swapchain->wish.height};
  return inside ? XR_SUCCESS : XR_ERROR_SWAPCHAIN_RECT_INVALID;
}

XrResult check_projection_view(const Session& session,
                               const XrCompositionLayerProjectionView& view) {
  if (view.type != XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW) return XR_ERROR_VALIDATION_FAILURE;
  if (!is_valid(to_pose(view.pose))) return XR_ERROR_POSE_INVALID;
  return check_sub_image(session, view.subImage);
}

void show(const XrSwapchainSubImage& sub, Composition& composition) {
  const Swapchain* swapchain = find<Swapchain>(sub.swapchain);
  composition.swapchain = swapchain;
  composition.image = swapchain->images[*swapchain->last_released].image;
  composition.rect = sub.imageRect;
  composition.array_layer = sub.imageArrayIndex;
}

XrResult check_projection(const Session& session, const XrCompositionLayerProjection& layer,
                          Composition& composition) {
  if (const XrResult result = check_space(session, layer.space); XR_FAILED(result)) return result;
  if (layer.viewCount != view_count(session.view_configuration) || !layer.views) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < layer.viewCount; ++i) {
    const XrResult result = check_projection_view(session, layer.views[i]);
    if (XR_FAILED(result)) return result;
  }
  if (!composition.swapchain) show(layer.views[0].subImage, composition);
  return XR_SUCCESS;
}

XrResult check_quad(const Session& session, const XrCompositionLayerQuad& layer) {
  if (const XrResult result = check_space(session, layer.space); XR_FAILED(result)) return result;
  if (layer.eyeVisibility < XR_EYE_VISIBILITY_BOTH ||
      layer.eyeVisibility > XR_EYE_VISIBILITY_RIGHT) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (!is_valid(to_pose(layer.pose))) return XR_ERROR_POSE_INVALID;
  return check_sub_image(session, layer.subImage);
}

XrResult check_layer(const Session& session, const XrCompositionLayerBaseHeader* layer,
                     Composition& composition) {
  if (!layer) return XR_ERROR_LAYER_INVALID;
  switch (layer->type) {
    case XR_TYPE_COMPOSITION_LAYER_PROJECTION:
      return check_projection(
          session, *reinterpret_cast<const XrCompositionLayerProjection*>(layer), composition);
    case XR_TYPE_COMPOSITION_LAYER_QUAD:
      return check_quad(session, *reinterpret_cast<const XrCompositionLayerQuad*>(layer));
    default:
      return XR_ERROR_LAYER_INVALID;
  }
}

}  // namespace

XrResult check_layers(const Session& session, const XrFrameEndInfo& end, Composition& composition) {
  if (end.layerCount > kMostLayers) return XR_ERROR_LAYER_LIMIT_EXCEEDED;
  if (end.layerCount > 0 && !end.layers) return XR_ERROR_VALIDATION_FAILURE;
  // A headless session has no swapchains that layers could name, and nobody looks at it.
  if (session.is_headless()) return XR_SUCCESS;
  for (std::uint32_t i = 0; i < end.layerCount; ++i) {
    const XrResult result = check_layer(session, end.layers[i], composition);
    if (XR_FAILED(result)) return result;
  }
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
