#include "composition.h"

#include <algorithm>

#include "functions.h"

namespace tactus::layer {
namespace {

/// Where a space that a source of ours drives is in the session's anchor.
bool find_in_anchor(const Session& session, XrSpace space, XrTime time, MovingSpace& moving,
                    Pose& T_anchor_space) noexcept {
  AnchorInWorld anchor;
  if (session.anchor == XR_NULL_HANDLE || !find_driven(session, space, time, moving) ||
      !session.anchor_in_world.read(anchor)) {
    return false;
  }
  T_anchor_space = inverse(anchor.at(time)) * moving.T_world_space;
  return true;
}

/// A layer with one pose.
template <class Layer>
bool place_one(const XrCompositionLayerBaseHeader& layer, const Pose& T_anchor_space,
               Layer& out) noexcept {
  out = reinterpret_cast<const Layer&>(layer);
  out.pose = to_xr(T_anchor_space * from_xr(out.pose));
  return true;
}

}  // namespace

bool Composition::place(const XrCompositionLayerBaseHeader& layer, XrSpace anchor,
                        const Pose& T_anchor_space, Placed& out) noexcept {
  bool is_placed = false;
  switch (layer.type) {
    case XR_TYPE_COMPOSITION_LAYER_QUAD:
      is_placed = place_one(layer, T_anchor_space, out.quad);
      break;
    case XR_TYPE_COMPOSITION_LAYER_CYLINDER_KHR:
      is_placed = place_one(layer, T_anchor_space, out.cylinder);
      break;
    case XR_TYPE_COMPOSITION_LAYER_EQUIRECT_KHR:
      is_placed = place_one(layer, T_anchor_space, out.equirect);
      break;
    case XR_TYPE_COMPOSITION_LAYER_EQUIRECT2_KHR:
      is_placed = place_one(layer, T_anchor_space, out.equirect2);
      break;
    case XR_TYPE_COMPOSITION_LAYER_CUBE_KHR: {
      out.cube = reinterpret_cast<const XrCompositionLayerCubeKHR&>(layer);
      const Pose turned{from_xr({out.cube.orientation, {}}).q, {}};
      out.cube.orientation = to_xr(T_anchor_space * turned).orientation;
      is_placed = true;
      break;
    }
    case XR_TYPE_COMPOSITION_LAYER_PROJECTION: {
      out.projection = reinterpret_cast<const XrCompositionLayerProjection&>(layer);
      if (out.projection.viewCount > kMostViews || out.projection.views == nullptr) return false;
      for (std::uint32_t i = 0; i < out.projection.viewCount; ++i) {
        out.views[i] = out.projection.views[i];
        out.views[i].pose = to_xr(T_anchor_space * from_xr(out.views[i].pose));
      }
      out.projection.views = out.views.data();
      is_placed = true;
      break;
    }
    default:
      break;
  }
  if (is_placed) out.header.space = anchor;
  return is_placed;
}

Composition::Composition(const Session& session, const XrFrameEndInfo* frame) noexcept
    : below_(frame) {
  if (!session.instance->gives_input() || frame == nullptr || frame->layers == nullptr ||
      frame->layerCount > kMost) {
    return;
  }
  std::copy_n(frame->layers, frame->layerCount, layers_.begin());
  bool is_other = false;
  for (std::uint32_t i = 0; i < frame->layerCount; ++i) {
    MovingSpace moving;
    Pose T_anchor_space;
    if (layers_[i] == nullptr ||
        !find_in_anchor(session, layers_[i]->space, frame->displayTime, moving, T_anchor_space) ||
        !moving.is_valid || !place(*layers_[i], session.anchor, T_anchor_space, placed_[i])) {
      continue;
    }
    layers_[i] = &placed_[i].header;
    is_other = true;
  }
  if (!is_other) return;
  frame_ = *frame;
  frame_.layers = layers_.data();
  below_ = &frame_;
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateViews(XrSession session, const XrViewLocateInfo* info,
                                             XrViewState* viewState, uint32_t viewCapacityInput,
                                             uint32_t* viewCountOutput, XrView* views) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const PFN_xrLocateViews locate_views = ours->instance->next.xrLocateViews;
  MovingSpace moving;
  Pose T_anchor_space;
  if (info == nullptr ||
      !find_in_anchor(*ours, info->space, info->displayTime, moving, T_anchor_space)) {
    return locate_views(session, info, viewState, viewCapacityInput, viewCountOutput, views);
  }
  XrViewLocateInfo below = *info;
  below.space = ours->anchor;
  const XrResult result =
      locate_views(session, &below, viewState, viewCapacityInput, viewCountOutput, views);
  if (XR_FAILED(result) || viewCapacityInput == 0) return result;
  if (!moving.is_valid) viewState->viewStateFlags = 0;
  if (!moving.is_position_tracked) {
    viewState->viewStateFlags &= ~XR_VIEW_STATE_POSITION_TRACKED_BIT;
  }
  if (!moving.is_orientation_tracked) {
    viewState->viewStateFlags &= ~XR_VIEW_STATE_ORIENTATION_TRACKED_BIT;
  }
  if (viewState->viewStateFlags == 0) return result;
  const Pose T_space_anchor = inverse(T_anchor_space);
  for (std::uint32_t i = 0; i < *viewCountOutput; ++i) {
    views[i].pose = to_xr(T_space_anchor * from_xr(views[i].pose));
  }
  return result;
}

}  // namespace tactus::layer
