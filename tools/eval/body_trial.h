// A person's motion as an evaluation of body estimates has it: what trackers said, and the truth.
//
//   Clocks   seconds from the start. Frames: world.
//   Units    metres; scores in centimetres.
//   Errors   none. Threads: pure.
//   Proof    tests/tools/body_files_test.cc
#pragma once
#include <array>
#include <bitset>
#include <span>
#include <string>
#include <vector>

#include "tactus/pose/body_solver.h"
#include "tactus/simulator/person_motion.h"
#include "tactus/simulator/person_trackers.h"

namespace tactus::tools {

inline constexpr double kBodyRate_Hz = 90;  ///< of synthetic trackers, as headsets have it

struct BodyTrial {
  std::string name;
  std::vector<double> t_s;
  std::vector<BodyReading> readings;
  std::vector<simulator::PersonJoints> truth;
  std::bitset<kBodyJoints> scored;  ///< joints whose truth is known
};

/// Which trackers are worn, under the names that the tables use.
struct BodyOutfit {
  const char* name;
  simulator::TrackerSet set;
};
[[nodiscard]] std::span<const BodyOutfit> body_outfits();
/// Headset, hands, pelvis and feet: the one that the figures are of.
[[nodiscard]] const BodyOutfit& six_trackers();
[[nodiscard]] const BodyOutfit& three_trackers();

/// Bones and mounts as they really are: what no sensor knows, for telling errors apart.
[[nodiscard]] BodyProfile true_profile(const simulator::PersonBones& bones,
                                       const simulator::PersonTrackers& trackers);

/// What a calibration finds of a person who does as asked, wearing these trackers.
[[nodiscard]] BodyProfile calibrated_profile(std::uint64_t seed,
                                             const simulator::PersonBones& bones,
                                             simulator::PersonTrackers& trackers);

struct BodyScore {
  double mean_cm = 0, median_cm = 0, worst_cm = 0;  ///< over scored joints and instants
  double free_cm = 0;                          ///< mean over elbows, knees, shoulders and spine
  std::array<double, kBodyJoints> joint_cm{};  ///< mean of each; 0 of what is not scored
  std::vector<double> over_time_cm;            ///< mean over joints, one each reading
};

/// Solves the whole trial from a fresh state.
[[nodiscard]] BodyScore score_body(const BodyTrial& trial, const BodyProfile& profile,
                                   const BodySolverParams& params = {});

/// One activity of a synthetic person.
[[nodiscard]] BodyTrial synthetic_trial(std::uint64_t seed, const simulator::PersonBones& bones,
                                        simulator::Activity activity, double duration_s,
                                        simulator::PersonTrackers& trackers);

}  // namespace tactus::tools
