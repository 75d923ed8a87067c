// The page that the simulator owns and steps: virtual time, and where the simulated headset and
// controllers are. The desktop runtime maps it when $TACTUS_STAGE names it.
//
// Lockstep: the runtime's xrWaitFrame announces the virtual time it waits for; the simulator lets
// time reach it, then waits until the runtime announces a later one, that is until the application
// has finished its frame. So every process sees the same story, whatever the machine's speed.
//
//   Clocks   virtual nanoseconds since the page was made; it plays HostTime and XrTime alike.
//   Frames   stage: the runtime's STAGE space, which is also the service's world.
//   Units    metres.
//   Errors   a page of another version is refused.
//   Threads  one simulator process writes time and poses; one runtime writes its own fields.
//   Proof    tests/simulator/stage/stage_page_test.cc
#pragma once
#include <atomic>
#include <cstdint>

#include "tactus/base/geometry.h"

namespace tactus::simulator {

inline constexpr std::uint32_t kStageMagic = 0x54535447;  ///< "TSTG"
inline constexpr std::uint32_t kStageVersion = 1;

struct StagePage {
  std::uint32_t magic = kStageMagic;
  std::uint32_t version = kStageVersion;

  // Written by the simulator; `time_changed` is the futex word that announces it.
  std::atomic<std::int64_t> now_ns{0};
  std::atomic<std::uint32_t> time_changed{0};
  Pose T_stage_head;     ///< changed only while the runtime waits
  Pose T_stage_grip[2];  ///< controllers, left and right; likewise
  std::uint32_t grip_active[2] = {0, 0};
  std::uint32_t render_every = 1;    ///< shouldRender on every n-th frame; 0 never
  std::uint32_t recentre_count = 0;  ///< raised: LOCAL is put under the head, as a user's recentre
  std::uint32_t quit = 0;            ///< raised: the runtime asks the application to exit

  // Written by the runtime; `runtime_changed` is the futex word that announces it.
  std::atomic<std::uint32_t> runtime_changed{0};
  std::atomic<std::uint32_t> attached{0};       ///< an instance exists
  std::atomic<std::int64_t> waiting_for_ns{0};  ///< xrWaitFrame waits for this time; 0: it does not
  std::atomic<std::uint64_t> frames_ended{0};
};

/// Maps the page in the file at `path`, made by `create_stage_page`. nullptr: absent or unfit.
StagePage* map_stage_page(const char* path) noexcept;

/// Makes the file and maps it. nullptr: errno says why.
StagePage* create_stage_page(const char* path) noexcept;

void unmap_stage_page(StagePage* page) noexcept;

/// Simulator: sets time and wakes the runtime.
void advance_to(StagePage& page, std::int64_t now_ns) noexcept;

/// Simulator: waits (real time, at most `timeout_ms`) until the runtime waits for a time later than
/// now, or has detached. False: it did neither, so the application hangs or died.
bool await_runtime(StagePage& page, int timeout_ms) noexcept;

/// Runtime: waits until virtual time reaches `t_ns`, announcing it. False when asked to quit.
bool wait_until(StagePage& page, std::int64_t t_ns) noexcept;

}  // namespace tactus::simulator
