// Is a glove on, and how is its hand?
//
//   Clocks   HostTime, on the service's clock.
//   Frames   world.
//   Units    SI.
//   Errors   whatever is not certain is "no glove".
//   Threads  any, no lock, no system call.
//   Proof    tests/openxr-layer/hand_tracking_test.cc
#pragma once
#include "instance.h"

namespace tactus::layer {

/// Older than this the service's heartbeat is that of a dead one.
inline constexpr Duration kStaleAfter = 100ms;

/// The service lives and the hand's glove is linked. `t` is the instant asked about; `lead` is how
/// far ahead of now the application usually looks.
[[nodiscard]] bool is_live(const ipc::Published& published, Hand hand, HostTime t,
                           Duration lead) noexcept;

/// The service's clock: the host's now, or where its virtual time stands.
[[nodiscard]] HostTime now_of(const ipc::Published& published) noexcept;

/// Likewise, at a time that the application asks about.
[[nodiscard]] bool is_glove_on(Instance& instance, Hand hand, XrTime time) noexcept;

/// A glove of those hands (bit 0 left, bit 1 right) is linked to a service that we are connected to.
[[nodiscard]] bool is_any_glove_on(Instance& instance, std::uint8_t hands) noexcept;

/// Those parts of the hand at `time`, if its glove is live and every number in them is sound.
[[nodiscard]] bool glove_hand_at(Instance& instance, Hand hand, XrTime time, ipc::Parts parts,
                                 ipc::SharedHand& shared) noexcept;

/// The places of the hand now, and when that is.
[[nodiscard]] bool glove_hand_now(Instance& instance, Hand hand, HandPose& pose) noexcept;

/// Lays on those parts of the hand `share` of what it gives way by to rest on the skin at `time`.
void rest_on_skin(Instance& instance, XrTime time, float share, ipc::Parts parts,
                  ipc::SharedHand& shared) noexcept;

}  // namespace tactus::layer
