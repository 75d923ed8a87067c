// A history of poses that another process writes, read around any time.
//
//   Clocks   HostTime.
//   Units    none.
//   Errors   what is not sound is not there; poses of two epochs are never neighbours.
//   Threads  one writer, any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/body_history_test.cc, tracker_history_test.cc; tests/fuzz/published_fuzz.cc
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "tactus/base/time.h"
#include "tactus/ipc/cell.h"

namespace tactus::ipc {

inline constexpr Duration kLatest = 24h * 365 * 100;

/// How poses with a history begin.
struct AroundHead {
  HostTime t;
  std::uint32_t epoch = 0;
};

/// A time is that of a clock which somebody started.
[[nodiscard]] inline bool is_time(HostTime t) noexcept {
  const Duration since = t.time_since_epoch();
  return since > -kLatest && since < kLatest;
}

/// The poses that say where a thing is at a time: it is between them, or past the later one.
template <class T>
struct Around {
  T before;
  T after;
  bool has_before = false;  ///< else it stays where `after` is

  /// `t`, or the last one that `after` can be carried on to, as a share of the way from `before`.
  [[nodiscard]] float share(HostTime t, Duration ahead) const noexcept {
    const auto ns = [](HostTime at) { return static_cast<double>(at.time_since_epoch().count()); };
    const HostTime t_reach = std::min(t, after.t + ahead);
    return static_cast<float>((ns(t_reach) - ns(before.t)) / (ns(after.t) - ns(before.t)));
  }
};

/// Adds a pose.
template <class History, class T>
void add(History& history, const T& pose) noexcept {
  static_assert(offsetof(T, t) == offsetof(AroundHead, t) &&
                offsetof(T, epoch) == offsetof(AroundHead, epoch));
  const std::uint64_t n = history.count.load(std::memory_order_relaxed);
  history.poses[n % std::size(history.poses)].write(pose);
  history.count.store(n + 1, std::memory_order_release);
}

/// Finds the neighbours of `t` in the newest epoch; of a time ahead of it all the newest pose and
/// one `speed_over` older. False: nothing is known then, or what is there is not sound.
template <class History, class T>
[[nodiscard]] bool find_around(const History& history, HostTime t, Duration speed_over,
                               bool (*is_sound)(const T&), Around<T>& around) noexcept {
  constexpr std::uint64_t kSize = std::extent_v<decltype(History::poses)>;
  const auto at = [&](std::uint64_t n) -> const Cell<T>& { return history.poses[n % kSize]; };
  const std::uint64_t count = history.count.load(std::memory_order_acquire);
  T newest;
  if (count == 0 || !at(count - 1).read(newest) || !is_sound(newest)) return false;
  const bool is_ahead = t >= newest.t;
  const HostTime t_before = is_ahead ? newest.t - speed_over : t;
  // The writer may be on its way round: the oldest slot is not ours to trust.
  const std::uint64_t oldest = count > kSize - 1 ? count - (kSize - 1) : 0;
  std::uint64_t n = count;
  AroundHead head{t_before + Duration(1), newest.epoch};
  while (n > oldest && head.epoch == newest.epoch && head.t > t_before) {
    --n;
    if (!at(n).template read_front<offsetof(AroundHead, epoch) + sizeof(head.epoch)>(&head)) {
      head = {t_before + Duration(1), newest.epoch};
    }
  }
  around.has_before = n < count && at(n).read(around.before) && is_sound(around.before) &&
                      around.before.epoch == newest.epoch && around.before.t <= t_before;
  around.after = newest;
  if (is_ahead) return true;
  return around.has_before && n + 1 < count && at(n + 1).read(around.after) &&
         is_sound(around.after) && around.after.epoch == newest.epoch && around.after.t > t;
}

}  // namespace tactus::ipc
