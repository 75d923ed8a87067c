// The fake runtime's own bodies, by either extension: every joint in the one place.
//
//   Clocks   XrTime.
//   Units    metres.
//   Errors   as a strict runtime's.
//   Threads  as fake_runtime.h.
//   Proof    the tests that use it
#pragma once
#include "fake_runtime.h"
#include "newer_openxr.h"

namespace tactus::layer_test {

XrResult XRAPI_CALL create_body_fb(XrSession, const XrBodyTrackerCreateInfoFB*,
                                   XrBodyTrackerFB* tracker);
XrResult XRAPI_CALL destroy_body_fb(XrBodyTrackerFB tracker);
XrResult XRAPI_CALL locate_body_fb(XrBodyTrackerFB, const XrBodyJointsLocateInfoFB* info,
                                   XrBodyJointLocationsFB* locations);
XrResult XRAPI_CALL skeleton_fb(XrBodyTrackerFB, XrBodySkeletonFB* skeleton);
XrResult XRAPI_CALL create_body_bd(XrSession, const XrBodyTrackerCreateInfoBD*,
                                   XrBodyTrackerBD* tracker);
XrResult XRAPI_CALL destroy_body_bd(XrBodyTrackerBD tracker);
XrResult XRAPI_CALL locate_body_bd(XrBodyTrackerBD, const XrBodyJointsLocateInfoBD*,
                                   XrBodyJointLocationsBD* locations);

}  // namespace tactus::layer_test
