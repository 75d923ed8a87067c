// The fake runtime's actions: what it keeps of them, and the states that the test gives it.
//
//   Clocks   XrTime.
//   Units    none.
//   Errors   as a strict runtime's.
//   Threads  as fake_runtime.h.
//   Proof    the tests that use it
#pragma once
#include "fake_runtime.h"

namespace tactus::layer_test {

XrResult XRAPI_CALL create_action_set(XrInstance, const XrActionSetCreateInfo* info,
                                      XrActionSet* set);
XrResult XRAPI_CALL destroy_action_set(XrActionSet set);
XrResult XRAPI_CALL create_action(XrActionSet set, const XrActionCreateInfo* info,
                                  XrAction* action);
XrResult XRAPI_CALL destroy_action(XrAction action);
XrResult XRAPI_CALL suggest(XrInstance, const XrInteractionProfileSuggestedBinding* suggested);
XrResult XRAPI_CALL attach(XrSession session, const XrSessionActionSetsAttachInfo* info);
XrResult XRAPI_CALL sync_actions(XrSession session, const XrActionsSyncInfo* info);
XrResult XRAPI_CALL get_boolean(XrSession session, const XrActionStateGetInfo* info,
                                XrActionStateBoolean* state);
XrResult XRAPI_CALL get_float(XrSession session, const XrActionStateGetInfo* info,
                              XrActionStateFloat* state);
XrResult XRAPI_CALL get_vector(XrSession session, const XrActionStateGetInfo* info,
                               XrActionStateVector2f* state);
XrResult XRAPI_CALL get_pose(XrSession session, const XrActionStateGetInfo* info,
                             XrActionStatePose* state);
XrResult XRAPI_CALL get_profile(XrSession session, XrPath user, XrInteractionProfileState* state);
XrResult XRAPI_CALL enumerate_sources(XrSession session,
                                      const XrBoundSourcesForActionEnumerateInfo* info,
                                      uint32_t capacity, uint32_t* count, XrPath* sources);
XrResult XRAPI_CALL get_source_name(XrSession session,
                                    const XrInputSourceLocalizedNameGetInfo* info,
                                    uint32_t capacity, uint32_t* count, char* text);
XrResult XRAPI_CALL enumerate_trackers(XrInstance instance, uint32_t capacity, uint32_t* count,
                                       XrViveTrackerPathsHTCX* paths);

/// As a strict runtime: a user of whom it never heard is none. Under its mutex.
bool knows_user(XrPath user);

}  // namespace tactus::layer_test
