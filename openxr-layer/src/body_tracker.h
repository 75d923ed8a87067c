// What trackers of bodies have in common, of whichever extension.
//
//   Clocks   none. Frames: none.
//   Units    none.
//   Errors   XrResult, as for hand trackers.
//   Threads  as OpenXR says for each function.
//   Proof    tests/openxr-layer/must_body_fb_test.cc, must_body_bd_test.cc
#pragma once
#include "instance.h"

namespace tactus::layer {

/// Where an extension's trackers are kept, and its functions below.
template <class Handle, class Info>
struct BodyTrackers {
  HandleTable<BodyTracker>& table;
  BodyTracker* Session::*list;
  XrResult (XRAPI_PTR* Next::*create)(XrSession, const Info*, Handle*);
  XrResult (XRAPI_PTR* Next::*destroy)(Handle);
  Extension extension;
};

void unlink(BodyTracker& tracker, BodyTracker* Session::*list) noexcept;
/// False: memory is out. One of the same handle goes.
[[nodiscard]] bool enter(Owned<BodyTracker> made, HandleTable<BodyTracker>& table,
                         BodyTracker* Session::*list) noexcept;

/// Makes a tracker of `joint_count` joints, or, with 0, one that only those below know. Lets those
/// below make their own first; a system without refuses, which is no matter where ours has it.
template <class Handle, class Info>
[[nodiscard]] XrResult create(const BodyTrackers<Handle, Info>& of, Session& session,
                              const Info& info, std::uint32_t joint_count,
                              Handle* handle) noexcept {
  const Instance& instance = *session.instance;
  const bool is_below = instance.below.has(of.extension);
  if (!is_below && joint_count == 0) return XR_ERROR_VALIDATION_FAILURE;
  if (!is_below && !instance.is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  Owned<BodyTracker> made = make<BodyTracker>();
  if (made == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  made->session = &session;
  made->joint_count = joint_count;
  Handle below = XR_NULL_HANDLE;
  XrResult result = XR_SUCCESS;
  if (is_below) {
    result = (instance.next.*of.create)(session.handle, &info, &below);
    const bool is_ours_alone = result == XR_ERROR_FEATURE_UNSUPPORTED && joint_count != 0;
    if (XR_FAILED(result) && !is_ours_alone) return result;
  }
  made->is_runtimes = is_below && XR_SUCCEEDED(result);
  const Handle made_handle = made->is_runtimes ? below : handle_for<Handle>(made.get());
  made->key = key_of(made_handle);
  if (!enter(std::move(made), of.table, of.list)) return XR_ERROR_OUT_OF_MEMORY;
  *handle = made_handle;
  return XR_SUCCESS;
}

template <class Handle, class Info>
[[nodiscard]] XrResult destroy(const BodyTrackers<Handle, Info>& of, Handle handle) noexcept {
  const Owned<BodyTracker> ending(of.table.remove(key_of(handle)));
  if (ending == nullptr) return XR_ERROR_HANDLE_INVALID;
  unlink(*ending, of.list);
  return ending->is_runtimes ? (ending->session->instance->next.*of.destroy)(handle) : XR_SUCCESS;
}

}  // namespace tactus::layer
