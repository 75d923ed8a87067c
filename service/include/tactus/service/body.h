// One application's body as the service keeps it: its data, its model, and room for skinned frames.
//
//   Clocks   HostTime. Frames: world.
//   Units    SI.
//   Errors   create gives nullptr for bytes that view_body refuses.
//   Threads  made and freed by the owner of the bodies; a frame belongs to the body thread until it
//            is handed to the engine, and to the engine until that gives it back.
//   Proof    tests/service/engine_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tactus/contact/deform.h"
#include "tactus/service/server.h"

namespace tactus::service {

/// The engine holds up to six frames; the rest are being skinned or wait to be.
inline constexpr std::size_t kFramesPerBody = 10;

/// One body frame with the surface it makes.
struct SkinnedFrame {
  FrameArrived said;
  HostTime t_arrived;
  DeformedBody surface;
};

struct Body {
  /// nullptr: the bytes are not a body.
  static std::unique_ptr<Body> create(BodyAdded added);

  BodySlot slot = 0;
  std::uint32_t client = 0;
  std::uint32_t number = 0;  ///< the client's own
  std::vector<std::byte> bytes;
  BodyModel model;
  std::array<SkinnedFrame, kFramesPerBody> frames;
};

/// Skins `said` into `frame`. False: its bones are impossible; the frame is unused.
[[nodiscard]] bool skin_frame(const BodyModel& model, const FrameArrived& said, HostTime t_arrived,
                              SkinnedFrame& frame) noexcept;

}  // namespace tactus::service
