#include "tactus/service/body.h"

#include <span>
#include <utility>

namespace tactus::service {

std::unique_ptr<Body> Body::create(BodyAdded added) {
  auto body = std::make_unique<Body>();
  body->slot = added.slot;
  body->client = added.client;
  body->number = added.number;
  body->bytes = std::move(added.bytes);
  const auto view = view_body(body->bytes);
  if (!view) return nullptr;
  body->model = build_model(*view);
  for (SkinnedFrame& frame : body->frames) frame.surface = DeformedBody(body->model);
  return body;
}

bool skin_frame(const BodyModel& model, const FrameArrived& said, HostTime t_arrived,
                SkinnedFrame& frame) noexcept {
  frame.said = said;
  frame.t_arrived = t_arrived;
  return skin(model, said.t_shown, std::span(said.T_world_bone).first(said.bone_count),
              frame.surface);
}

}  // namespace tactus::service
