// Where the joints of a body tracker are, of whichever extension: the wearer's while a body of ours
// is known, else the runtime's.
//
//   Clocks   XrTime. Frames: the XrSpace of the call.
//   Units    SI.
//   Errors   XrResult; those below speak first where the answer is theirs, or partly theirs.
//   Threads  as OpenXR says for each function.
//   Proof    tests/openxr-layer/must_body_fb_test.cc, must_body_bd_test.cc
#pragma once
#include "body_tracker.h"
#include "space.h"
#include "wearer_body.h"

namespace tactus::layer {

/// What an extension calls it: its function below, which calls are right, how an answer is written.
template <class Handle, class Info, class Locations>
struct BodyLocations {
  const HandleTable<BodyTracker>& table;
  XrResult (XRAPI_PTR* Next::*locate)(Handle, const Info*, Locations*);
  XrResult (*check)(const BodyTracker& tracker, const Info& info, const Locations& locations);
  void (*fill_active)(const BodyTracker& tracker, const WearerBody& wearer,
                      const LocatedSpace& base, const Info& info, Locations& locations);
  void (*fill_inactive)(const Info& info, Locations& locations);
};

template <class Handle, class Info, class Locations>
[[nodiscard]] XrResult locate_body(const BodyLocations<Handle, Info, Locations>& of, Handle handle,
                                   const Info* info, Locations* locations) noexcept {
  const BodyTracker* tracker = of.table.find(key_of(handle));
  if (tracker == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (info == nullptr || locations == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const Session& session = *tracker->session;
  const auto below = session.instance->next.*of.locate;
  WearerBody wearer;
  const bool is_known = tracker->joint_count != 0 && session.is_focused() &&
                        wearer_body_at(*session.instance, info->time, wearer);
  if (tracker->is_runtimes && !is_known) return below(handle, info, locations);
  const XrResult wrong = of.check(*tracker, *info, *locations);
  if (XR_FAILED(wrong)) return wrong;
  if (tracker->is_runtimes && (info->next != nullptr || locations->next != nullptr)) {
    // What else was asked is still the runtime's to say.
    const XrResult refused = below(handle, info, locations);
    if (XR_FAILED(refused)) return refused;
  }
  LocatedSpace base;
  const XrResult result = locate(session, info->baseSpace, info->time, base);
  if (XR_FAILED(result)) return result;
  if (is_known && base.is_valid) {
    of.fill_active(*tracker, wearer, base, *info, *locations);
  } else {
    of.fill_inactive(*info, *locations);
  }
  return result;
}

}  // namespace tactus::layer
