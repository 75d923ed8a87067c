// The hands that are drawn: solved for the next display against the bodies as they will be then.
//
// Solving takes a millisecond, more than the engine has. So this stands beside it, reads the hands that
// the engine publishes, skins the bodies' frames for itself, and publishes what the hands give way by;
// nobody waits for it.
//
//   Clocks   HostTime; displays are one interval after the newest frame. Frames: world.
//   Units    SI.
//   Errors   frames out of order or impossible are refused and counted; without a body that is shown
//            nothing is solved.
//   Threads  one owner, any thread.
//   Proof    tests/service/shown_hands_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "tactus/contact/shown_hand.h"
#include "tactus/ipc/published.h"
#include "tactus/service/body_shelf.h"

namespace tactus::service {

class ShownHands {
 public:
  /// `published` has the hands and takes what they give way by.
  explicit ShownHands(ipc::Published& published, const ShownHandParams& params = {});

  void add_body(BodyAdded added);
  void remove_body(BodySlot slot);
  void add_frame(const FrameArrived& said, HostTime t_arrived) noexcept;

  /// For the next display of the focused application's bodies. Again for the same display it only
  /// follows what is known better of the hands by now.
  void solve(HostTime now) noexcept;

  [[nodiscard]] bool has_bodies() const noexcept;
  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }

 private:
  struct Shown {
    const Body* body = nullptr;
    SkinnedFrame* before = nullptr;
    SkinnedFrame* newest = nullptr;
  };
  void let_go(Shown& shown) noexcept;

  ipc::Published& published_;
  ShownHandParams params_;
  BodyShelf shelf_;
  std::array<Shown, kMaxBodies> shown_{};
  std::unique_ptr<std::array<ShownHandState, kHands>> states_;
  std::uint64_t refused_ = 0;
};

}  // namespace tactus::service
