#include "tactus/service/body_shelf.h"

#include <algorithm>
#include <utility>

namespace tactus::service {

const Body* BodyShelf::add(BodyAdded added) {
  if (added.slot >= kMaxBodies) return nullptr;
  const BodySlot slot = added.slot;
  retire(slot);
  return (bodies_[slot] = Body::create(std::move(added))).get();
}

const Body* BodyShelf::retire(BodySlot slot) {
  if (slot >= kMaxBodies || bodies_[slot] == nullptr) return nullptr;
  retired_.push_back(std::move(bodies_[slot]));
  return retired_.back().get();
}

void BodyShelf::drop(const Body* body) {
  std::erase_if(retired_, [body](const auto& kept) { return kept.get() == body; });
}

SkinnedFrame* BodyShelf::skin(const FrameArrived& said, HostTime t_arrived) noexcept {
  if (said.slot >= kMaxBodies || bodies_[said.slot] == nullptr || said.bone_count == 0) {
    return nullptr;
  }
  Body& body = *bodies_[said.slot];
  const auto unused = std::ranges::find_if(
      body.frames, [](const SkinnedFrame& frame) { return frame.said.bone_count == 0; });
  if (unused == body.frames.end()) return nullptr;
  if (skin_frame(body.model, said, t_arrived, *unused)) return unused;
  give_back(unused);
  return nullptr;
}

}  // namespace tactus::service
