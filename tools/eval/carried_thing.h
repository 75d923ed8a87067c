// The part of `tactus eval touch` that carries a thing about as an application does: is it one grasp from
// when it is pinched until it is let go, and does it lie still in the fingers meanwhile?
//
// Synthetic glove and tracker through the whole path; the application is simulated with the latency of a
// real frame loop. What is true is known of hand and thing.
//
//   Clocks   virtual; a millisecond a tick, the application's frames every 11.1 ms.
//   Frames   world.
//   Units    metres, m/s; dB over Verrillo's threshold.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/tools/carried_thing_test.cc: an application that follows late lets go
#pragma once
#include <cstdint>

#include "tactus/simulator/moving_body.h"

namespace tactus::tools {

struct CarriedTrial {
  std::uint64_t seed = 1;
  double noise_m = 0.0001;   ///< rms of the tracker, each axis
  double speed_m_per_s = 1;  ///< fastest of the carrying
  double depth_m = 0.003;    ///< that each pulp is pressed
  Duration ahead = 22ms;     ///< from the application's asking for hands to the display
  Duration late = 4ms;       ///< from asking until the thing's pose is with the service
  bool predicts = true;      ///< asks for hands as of the display, not as of now
  bool says_carrier = true;  ///< gives the thing in the hand's frame, not in the world
};

/// Of a thing that is pinched at 1.3 s, lifted, carried until 6 s, held still until 10 s and let go.
struct CarriedScore {
  int grasps = 0, releases = 0;             ///< of the thing, as told
  double grasped_ms = -1;                   ///< from the true closing to the first of them
  double released_ms = -1;                  ///< from the true opening to the last
  int lost_ms = 0;                          ///< of the held time, without contact of thumb or index
  double most_moved_m = 0;                  ///< of the thing in the hand as felt, while it is held
  double carried_db = -99, still_db = -99;  ///< strongest vibration, while carried and while still
};

[[nodiscard]] CarriedScore carry(const simulator::TouchSubject& letter, const CarriedTrial& trial);

}  // namespace tactus::tools
