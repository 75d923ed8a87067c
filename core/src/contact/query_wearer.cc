#include "tactus/contact/query_wearer.h"

#include <algorithm>

#include "touch_bodies.h"

namespace tactus {
namespace {

/// A solved body trembles by tenths of a millimetre from tick to tick.
constexpr float kVelocityFilter_s = 0.02f;

/// The bones of one who is this much smaller or larger than 1.75 m.
constexpr float kLeastScale = 0.5f, kMostScale = 1.5f;

/// What of a patch is where the pose has it.
enum class Known : std::uint8_t { Nothing, Sure, Skin };

Known known(const BodyPose& wearer, BodyJoint joint, BodyJoint next, Trust trust) {
  for (const BodyJoint end : {joint, next}) {
    if (!wearer.is_tracked(end) || !is_valid(wearer[end])) return Known::Nothing;
    if (!(length(wearer[end].p) < kWorldLimit_m)) return Known::Nothing;
  }
  const bool is_told = wearer.origin[index(joint)] == PoseOrigin::Measured;
  return is_told || trust == Trust::Likely ? Known::Skin : Known::Sure;
}

/// The joint on this side; the spine's are on both.
BodyJoint of_side(BodyJoint joint, Hand side) {
  return joint >= BodyJoint::LeftCollar ? on_side(joint, side) : joint;
}

/// The patch's sphere, at rest, and whether that is all of its skin.
Known place(const BodyPose& wearer, Hand side, const WearerPatch& patch, Trust trust, Probe& out) {
  const BodyJoint joint = of_side(patch.joint, side), next = of_side(patch.next, side);
  const Known what = known(wearer, joint, next, trust);
  const WearerSphere& sphere = what == Known::Skin ? patch.skin : patch.sure;
  if (what == Known::Nothing || !(sphere.radius_m > 0)) return Known::Nothing;
  const float bone_m = length(wearer[next].p - wearer[joint].p);
  const float scale = std::clamp(bone_m / patch.medium_m, kLeastScale, kMostScale);
  out = {.p_world = wearer[joint] * on_side(scale * sphere.p_joint, side),
         .radius_m = scale * sphere.radius_m};
  return what;
}

/// Its velocity, by where it was; none at first, after a pause, and when another sphere is meant.
void follow(WearerPatchMemory& memory, Known what, float dt_s, Probe& probe) {
  const bool is_sure = what == Known::Sure;
  if (!memory.is_there || memory.is_sure != is_sure || !(dt_s > 0)) {
    memory.v_world = {};
  } else {
    const Vec3 v_world = (1.0f / dt_s) * (probe.p_world - memory.p_world);
    memory.v_world += dt_s / (dt_s + kVelocityFilter_s) * (v_world - memory.v_world);
  }
  memory.p_world = probe.p_world;
  memory.is_there = true;
  memory.is_sure = is_sure;
  probe.v_world = memory.v_world;
}

}  // namespace

bool is_told(const BodyPose& wearer) noexcept {
  for (const Hand side : {Hand::Left, Hand::Right}) {
    for (const WearerPatch& patch : kWearerPatches) {
      const BodyJoint joint = of_side(patch.joint, side), next = of_side(patch.next, side);
      if (known(wearer, joint, next, Trust::Sure) == Known::Sure) return false;
    }
  }
  return true;
}

WearerContactSet query_wearer(WearerContactState& state, const ContactParams& params,
                              const BodyPose& wearer, std::span<const BodyInterval> bodies,
                              HostTime t, Trust trust) noexcept {
  const Duration gap = t - state.t;
  const bool goes_on = gap >= Duration{} && gap <= params.longest_gap;
  const float dt_s = goes_on ? static_cast<float>(seconds(gap)) : 0.0f;
  state.t = t;
  const Surfaces surfaces = surfaces_at(bodies, t);
  std::array<bool, kMaxBodies> is_same_frame{};
  for (std::size_t b = 0; b < kMaxBodies; ++b) {
    const Carrier carrier = b < bodies.size() ? bodies[b].carrier : Carrier{};
    is_same_frame[b] = carrier == state.carriers[b];
    state.carriers[b] = carrier;
  }
  WearerContactSet contacts;
  for (const Hand side : {Hand::Left, Hand::Right}) {
    for (std::size_t a = 0; a < kGarmentActuators; ++a) {
      WearerPatchMemory& patch = state.patches[index(side)][a];
      const auto memory_of = [&](std::size_t body) -> ProbeMemory& {
        return state.probes[body][index(side)][a];
      };
      Probe probe;
      const Known what = place(wearer, side, kWearerPatches[a], trust, probe);
      const bool is_there = what != Known::Nothing;
      for (std::size_t b = 0; b < kMaxBodies; ++b) {
        const bool is_near = is_there && surfaces[b].model != nullptr;
        const bool is_known = goes_on && is_near && is_same_frame[b];
        if (patch.remembers[b] && !is_known) memory_of(b).forget();
        patch.remembers[b] = is_near;
      }
      patch.is_there = patch.is_there && is_there;
      if (!is_there) continue;
      follow(patch, what, dt_s, probe);
      ContactParams reaching = params;  // an arm is thicker than the band is wide
      reaching.band_m += probe.radius_m;
      Contact contact;
      if (!touch_bodies(memory_of, reaching, surfaces, bodies, probe, dt_s, t, contact)) continue;
      contact.hand = side;
      contact.actuator = static_cast<std::uint8_t>(a);
      static_cast<void>(contacts.push_back(contact));  // one per patch: it always fits
    }
  }
  return contacts;
}

}  // namespace tactus
