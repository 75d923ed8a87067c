// All bodies of a session, with the frames that are free to be skinned into.
//
//   Clocks   HostTime. Frames: world.
//   Units    SI.
//   Errors   skin gives nullptr for an unknown slot, impossible bones, or when every frame is in
//            use.
//   Threads  one owner. skin and give_back are RT-safe; add and drop are not.
//   Proof    tests/service/engine_test.cc
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "tactus/service/body.h"

namespace tactus::service {

class BodyShelf {
 public:
  /// The body made of checked bytes; one that stood in the slot is kept until `drop`.
  const Body* add(BodyAdded added);
  /// Takes the body out of its slot; its memory lives on until `drop`.
  const Body* retire(BodySlot slot);
  /// Frees a body that the engine has let go.
  void drop(const Body* body);

  SkinnedFrame* skin(const FrameArrived& said, HostTime t_arrived) noexcept;
  void give_back(SkinnedFrame* frame) noexcept { frame->said.bone_count = 0; }

 private:
  std::array<std::unique_ptr<Body>, kMaxBodies> bodies_;
  std::vector<std::unique_ptr<Body>> retired_;
};

}  // namespace tactus::service
