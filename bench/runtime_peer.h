// A runtime of the machine's under the layer, in this process: both track hands in one session, so
// that what a call takes is told by one run.
//
// `./dev bench layer --runtime FILE.json` names the runtime's manifest. It has to have
// XR_EXT_hand_tracking with a hand to show, XR_MND_headless and XR_KHR_convert_timespec_time.
// Monado's remote driver has, without a device: P_OVERRIDE_ACTIVE_CONFIG=remote.
//
//   Clocks   XrTime of the runtime.
//   Frames   stage = world.
//   Units    none
//   Errors   what is missing is said on stderr, and `is_ready` is false.
//   Threads  one.
//   Proof    none: it proves the layer.
#pragma once
#include "fake_service.h"
#include "layer_fixture.h"

namespace tactus::bench {

class RuntimePeer {
 public:
  explicit RuntimePeer(const std::string& manifest);
  ~RuntimePeer();
  RuntimePeer(const RuntimePeer&) = delete;
  RuntimePeer& operator=(const RuntimePeer&) = delete;

  /// One who is asked where the left hand is.
  struct Asked {
    PFN_xrLocateHandJointsEXT locate = nullptr;
    XrHandTrackerEXT tracker = XR_NULL_HANDLE;
  };

  [[nodiscard]] bool is_ready() const { return ready_; }
  Asked layer;                     ///< has a glove on that hand
  Asked runtime;                   ///< has a hand of its own; asked past the layer
  XrSpace stage = XR_NULL_HANDLE;  ///< of either
  XrTime now = 0;                  ///< the glove's history is of 80 ms before and 20 ms after

 private:
  bool start(const std::string& manifest);
  bool load(const std::string& manifest);
  bool make_instance();
  bool focus();
  bool publish_hand();
  bool make_tracker(PFN_xrGetInstanceProcAddr whose, Asked& asked) const;

  layer_test::TemporaryFolder folder_;
  layer_test::FakeService service_{folder_.path() + "/service.sock"};
  layer_test::LoadedLayer loaded_;
  PFN_xrGetInstanceProcAddr below_ = nullptr;
  XrInstance instance_ = XR_NULL_HANDLE;
  XrSession session_ = XR_NULL_HANDLE;
  bool ready_ = false;
};

}  // namespace tactus::bench
