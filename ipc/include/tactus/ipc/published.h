// What the service publishes to every application: one sealed memory file, mapped read-only.
//
// The service alone writes. Each cell is a word-atomic sequence lock: a reader never blocks the
// writer, and a torn read is seen and retried a bounded number of times. Nothing an application
// does can reach this memory.
//
//   Clocks   HostTime as nanoseconds of the service's clock (`header.clock` says which).
//   Frames   world: the service's own, fixed for its life.
//   Units    SI.
//   Errors   a mapping whose header does not match this layout is refused by `is_compatible`.
//   Threads  one writer (the engine), any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/published_test.cc (ThreadSanitizer)
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "tactus/contact/contact.h"
#include "tactus/pose/hand_pose.h"

namespace tactus::ipc {

inline constexpr std::uint32_t kMagic = 0x54435401;  ///< "TCT", 1
inline constexpr std::uint32_t kLayoutVersion = 4;  ///< raised on any change of this file's structs
inline constexpr std::size_t kPoseHistory = 128;    ///< one pose each millisecond
inline constexpr int kReadAttempts = 8;

/// A value one thread writes and many read, word by word.
template <class T>
class Cell {
  static_assert(std::is_trivially_copyable_v<T>);
  static constexpr std::size_t kWords = (sizeof(T) + 7) / 8;

 public:
  void write(const T& value) noexcept {
    std::uint64_t words[kWords] = {};
    std::memcpy(words, &value, sizeof(T));
    const std::uint64_t version = version_.load(std::memory_order_relaxed);
    version_.store(version + 1, std::memory_order_relaxed);
    for (std::size_t i = 0; i < kWords; ++i) words_[i].store(words[i], std::memory_order_release);
    version_.store(version + 2, std::memory_order_release);
  }

  /// False when nothing was written yet or the writer kept overtaking us; `value` is then anything.
  [[nodiscard]] bool read(T& value) const noexcept { return read_front<sizeof(T)>(&value); }

  /// The same of the first bytes only.
  template <std::size_t kBytes>
  [[nodiscard]] bool read_front(void* front) const noexcept {
    static_assert(kBytes <= sizeof(T));
    constexpr std::size_t kWhole = kBytes / 8;
    auto* bytes = static_cast<std::byte*>(front);
    for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
      const std::uint64_t before = version_.load(std::memory_order_acquire);
      if (before == 0 || (before & 1) != 0) continue;
#pragma GCC unroll 8
      for (std::size_t i = 0; i < kWhole; ++i) {
        const std::uint64_t word = words_[i].load(std::memory_order_acquire);
        std::memcpy(bytes + 8 * i, &word, 8);
      }
      if constexpr (kBytes % 8 != 0) {
        const std::uint64_t word = words_[kWhole].load(std::memory_order_acquire);
        std::memcpy(bytes + 8 * kWhole, &word, kBytes % 8);
      }
      if (version_.load(std::memory_order_relaxed) == before) return true;
    }
    return false;
  }

 private:
  std::atomic<std::uint64_t> version_{0};
  std::atomic<std::uint64_t> words_[kWords]{};
};

enum class ClockKind : std::uint32_t { Monotonic = 0, Virtual = 1 };

struct Header {
  std::uint32_t magic = kMagic;
  std::uint32_t layout_version = kLayoutVersion;
  std::uint32_t total_bytes = 0;  ///< sizeof(Published) of the writer
  ClockKind clock = ClockKind::Monotonic;
};

/// What applications may know of one glove's link.
struct LinkHealth {
  std::uint8_t connected = 0;
  std::uint8_t tracker_connected = 0;
  std::uint8_t battery_percent = 0;
  std::uint8_t reserved = 0;
  std::uint32_t reports_in = 0;
  std::uint32_t reports_dropped = 0;  ///< sequence gaps + overflows + discarded for age
  std::uint32_t latency_us = 0;       ///< report arrival to published pose, last second's worst
};

struct PublishedContacts {
  std::int64_t t_ns = 0;
  ContactSet contacts;
};

struct PublishedState {
  std::int64_t heartbeat_ns = 0;  ///< service clock at the last tick; older than 100 ms: it is dead
  std::uint8_t stopped = 0;       ///< STOP is in force: all actuators silent
  std::uint8_t hangs = 0;  ///< the focused application gives no sign of life: its effects ended
  LinkHealth links[kHands];
};

struct Published {
  Header header;
  std::atomic<std::uint64_t> pose_count[kHands];  ///< poses written; the last is at (count-1) % N
  Cell<HandPose> poses[kHands][kPoseHistory];
  Cell<PublishedContacts> contacts;
  Cell<PublishedState> state;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

[[nodiscard]] inline bool is_compatible(const Published& p, std::size_t mapped_bytes) noexcept {
  return mapped_bytes >= sizeof(Published) && p.header.magic == kMagic &&
         p.header.layout_version == kLayoutVersion && p.header.total_bytes == sizeof(Published);
}

/// Adds a pose to its hand's history.
void publish(Published& published, const HandPose& pose) noexcept;

/// How a pose begins: enough to find one.
struct PoseHead {
  HostTime t;
  Hand hand = Hand::Left;
  PoseOrigin origin = PoseOrigin::None;
  std::uint32_t epoch = 0;
};
static_assert(sizeof(PoseHead) == 16 && offsetof(HandPose, T_world_joint) == sizeof(PoseHead) &&
              offsetof(PoseHead, hand) == offsetof(HandPose, hand) &&
              offsetof(PoseHead, origin) == offsetof(HandPose, origin) &&
              offsetof(PoseHead, epoch) == offsetof(HandPose, epoch));

/// The newest pose's; false when there is none.
[[nodiscard]] bool newest_head(const Published& published, Hand hand, PoseHead& head) noexcept;

/// Memory for a pose that is written before anyone looks at it.
union UnreadPose {
  UnreadPose() noexcept {}
  HandPose pose;
};

enum class Parts : std::uint8_t {
  Places,  ///< head, joints and radii
  All,     ///< velocities and confidence too
};

/// Writes those parts of the pose at `t`: interpolated between neighbours of the newest epoch,
/// extrapolated with the last velocities up to 100 ms, held after that. Origin None when nothing is
/// known. Numbers that are unsound in the history are unsound in `pose`.
void pose_at(const Published& published, Hand hand, HostTime t, Parts parts,
             HandPose& pose) noexcept;

}  // namespace tactus::ipc
