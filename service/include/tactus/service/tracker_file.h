// Which tracker is worn where, on disk: a serial number and a role on each line.
//
//     tactus trackers 1
//     TT1-0042 chest
//     TT1-0043 left_elbow 0 0.03 0.04 0 0 0 1
//
// A tracker that is not named is a wrist's, and tells by itself which. A role of the body is that of
// the joint whose segment it sits on: left_shoulder the upper arm, left_elbow the forearm, left_knee
// the shank, waist the pelvis. Behind it may stand where on the segment: a place in metres and a unit
// quaternion, both in the frame of its joint. Without them it is a place for applications alone: what
// nobody knows of a body is not felt.
//
//   Clocks   none. Frames: those of tactus/pose/body_model.h.
//   Units    metres, unit quaternions.
//   Errors   in words, with the line and the remedy. No file: wrists alone.
//   Threads  plain functions; those with a path block on the file.
//   Proof    tests/service/tracker_file_test.cc; tests/fuzz/tracker_file_fuzz.cc
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "tactus/base/expected.h"
#include "tactus/ipc/tracker_history.h"
#include "tactus/pose/body_model.h"

namespace tactus::service {

using Serial = std::array<char, 16>;  ///< NUL padded

struct PlacedTracker {
  Serial serial{};
  Pose T_segment_tracker;
  ipc::TrackerRole role = ipc::TrackerRole::None;
  std::uint8_t is_mounted = 0;  ///< 1: T_segment_tracker is known
  std::array<std::uint8_t, 2> reserved{};
};

struct TrackerPlaces {
  std::array<PlacedTracker, ipc::kMaxTrackers> all{};  ///< the rest has no role
};
static_assert(std::is_trivially_copyable_v<TrackerPlaces>);

/// Every role is one that a file may give, every mount a pose, and no tracker is worn twice.
[[nodiscard]] bool is_sound(const TrackerPlaces& places) noexcept;

/// nullptr: it is not named.
[[nodiscard]] const PlacedTracker* find_place(const TrackerPlaces& places,
                                              const Serial& serial) noexcept;

/// The segment that the body's solver knows the role by; nullopt: none, or a wrist's.
[[nodiscard]] std::optional<BodySite> site_of(ipc::TrackerRole role) noexcept;

/// As in the file: left_elbow. None for no role, for a wrist's and for what is no role.
[[nodiscard]] ipc::TrackerRole role_named(std::string_view name) noexcept;
/// All names that a file may have, with spaces between them.
[[nodiscard]] std::string role_names();

/// Names `serial` anew, or no more with TrackerRole::None. False: there is no room, or it is no
/// serial number.
[[nodiscard]] bool place(TrackerPlaces& places, std::string_view serial, ipc::TrackerRole role,
                         const std::optional<Pose>& T_segment_tracker = {});

[[nodiscard]] Expected<TrackerPlaces, std::string> parse_trackers(std::string_view text);
[[nodiscard]] std::string to_text(const TrackerPlaces& places);

[[nodiscard]] Expected<TrackerPlaces, std::string> read_trackers(const std::string& path);
/// The whole file or, on failure, the one that was there.
[[nodiscard]] bool write_trackers(const std::string& path, const TrackerPlaces& places);

/// $XDG_STATE_HOME/tactus/trackers, or below ~/.local/state.
[[nodiscard]] std::string trackers_path();

}  // namespace tactus::service
