#include "recorded_life.h"

#include "profile.h"

namespace tactus::simulator {
namespace {

constexpr double kFreedom = 0.12;  ///< fingers idle a little: a relaxed hand is not a carved one

}  // namespace

PersonSample RecordedLife::at(double t_s) {
  constexpr double kFrom_s = kThumbsUp.to_s + 0.1;
  const RecordedFrame frame = motion_.at(t_s - kBegin_s);
  const double s = min_jerk((t_s - kFrom_s) / (kBegin_s - kFrom_s));
  PersonSample sample;
  sample.T_world_head = frame.T_stage_head;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const std::size_t h = index(hand);
    const HandSample cue = ease_.hand(hand, t_s);
    const HandSample recorded{frame.T_stage_wrist[h], ease_.idle(hand, t_s, kFreedom)};
    sample.hand[h] = blend(cue, recorded, s);
  }
  return sample;
}

}  // namespace tactus::simulator
