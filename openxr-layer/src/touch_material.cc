// XR_TACTUSX_touch_preview: what a body's skin is made of, changed while it lives.
#include <cstring>

#include "functions.h"
#include "instance.h"
#include "said_enum.h"
#include "touch_data.h"

namespace tactus::layer {
namespace {

constexpr const char* kFunction = "xrSetTouchMaterialTACTUSX";

bool is_right(const XrTouchMaterialSetInfoTACTUSX* info) noexcept {
  if (info == nullptr || info->type != XR_TYPE_TOUCH_MATERIAL_SET_INFO_TACTUSX) return false;
  const bool is_region = info->region < kRegions || info->region == XR_TOUCH_ALL_REGIONS_TACTUSX;
  return is_region && said(info->material) < kMaterials;
}

}  // namespace

/// The service hears of a new body in the old one's place.
XRAPI_ATTR XrResult XRAPI_CALL xrSetTouchMaterialTACTUSX(
    XrTouchBodyTACTUSX body, const XrTouchMaterialSetInfoTACTUSX* setInfo) noexcept {
  TouchBody* ours = touch_bodies.find(key_of(body));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!is_right(setInfo)) return XR_ERROR_VALIDATION_FAILURE;
  Instance& instance = *ours->session->instance;
  const Bytes changed(ours->data.bytes().size());
  if (!changed) return XR_ERROR_OUT_OF_MEMORY;
  std::memcpy(changed.all().data(), ours->data.bytes().data(), changed.all().size());
  set_material(changed.all(), setInfo->region, static_cast<Material>(said(setInfo->material)));
  TouchBody next;
  if (const XrResult bad = keep_data(instance, kFunction, changed.all(), next); XR_FAILED(bad)) {
    return bad;
  }
  {
    const ServiceLink::Lease lease(instance.link);
    const Locked locked(instance.lock);
    if (lease && ours->announced_to == lease.serial()) {
      lease.send(ipc::Kind::DestroyBody, ipc::DestroyBody{ours->number});
    }
    ours->data = std::move(next.data);
    ours->number = ++instance.bodies_made;
    ours->announced_to = 0;
  }
  announce(instance);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
