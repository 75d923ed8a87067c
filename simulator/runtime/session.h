// A session: its life from IDLE to EXITING, its frames, its LOCAL space, its input.
//
//   Clocks   XrTime, and the runtime's nanoseconds. Frames: stage, local.
//   Units    metres
//   Errors   none
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/session_test.cc
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "instance.h"
#include "object.h"
#include "pictures.h"
#include "session_input.h"
#include "vulkan_device.h"

namespace tactus::runtime {

/// One passage through xrWaitFrame, xrBeginFrame, xrEndFrame.
struct Frame {
  std::int64_t refresh = 0;  ///< the refresh that xrWaitFrame returned at
  bool drawn = false;        ///< the application was asked to draw
};

/// Where the frame loop stands. At most one frame is waited for and one is begun.
struct FrameLoop {
  std::int64_t last_refresh = -1;
  std::int64_t first_refresh = -1;  ///< of this running of the session
  bool waiting = false;             ///< a thread is inside xrWaitFrame
  bool has_waited = false;
  bool has_begun = false;
  Frame waited;
  Frame begun;
};

/// LOCAL sits at `T_stage_local` from `since` on.
struct LocalOrigin {
  XrTime since;
  Pose T_stage_local;
};

struct Session : Object {
  using Xr = XrSession;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_SESSION;
  explicit Session(Instance& of) : Object(kType), instance(of) {}
  ~Session() override;

  [[nodiscard]] bool is_headless() const { return !vulkan; }
  [[nodiscard]] bool is_focused() const { return state == XR_SESSION_STATE_FOCUSED; }
  [[nodiscard]] bool is_visible() const {
    return state == XR_SESSION_STATE_VISIBLE || is_focused();
  }
  [[nodiscard]] Pose T_stage_local(XrTime time) const;

  Instance& instance;
  std::unique_ptr<VulkanDevice> vulkan;  ///< nullptr: headless
  XrSessionState state = XR_SESSION_STATE_UNKNOWN;
  bool running = false;
  bool exit_requested = false;
  XrViewConfigurationType view_configuration = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
  FrameLoop frames;
  std::vector<LocalOrigin> local_origins;  ///< by time, never empty once created
  SessionInput input;
  std::unique_ptr<Pictures> pictures;  ///< nullptr: headless
};

/// Enters the state and tells the application.
void enter(Session& session, XrSessionState state);

/// Leads a running session, state by state, to STOPPING; the application then ends it.
void ask_to_exit(Session& session);

/// LOCAL_FLOOR, where LOCAL is at `T_stage_local`: the floor below it is the stage's.
[[nodiscard]] Pose on_floor(const Pose& T_stage_local);

/// Puts LOCAL where the head is, upright; it counts from `since` on. Tells the application.
void recentre(Session& session, XrTime since);

}  // namespace tactus::runtime
