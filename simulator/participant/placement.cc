#include "tactus/simulator/recorded_motion.h"

namespace tactus::simulator {

std::optional<Placement> place_within_reach(const RecordedMotion&,
                                            const std::array<TrueBones, kFingers>&, const TrueBody&,
                                            std::span<const Pose3d>) {
  return std::nullopt;
}

}  // namespace tactus::simulator
