// A sign of life that costs one store: a counter in memory that the client shares with the service.
//
// What an application asks about its hands makes no system call, so it cannot send a packet; whoever
// only asks is alive all the same. The file is sealed against shrinking, so the service may map it.
//
//   Clocks   none.
//   Units    none: any change counts.
//   Errors   one that could not be made holds nothing, and beats nowhere.
//   Threads  beat from any thread, no lock, no system call; of two at once one may be lost.
//   Proof    tests/ipc/connection_test.cc; tests/openxr-layer/silence_test.cc
#pragma once
#include <atomic>
#include <cstdint>

namespace tactus::ipc {

struct Pulse {
  std::atomic<std::uint64_t> beats;
};
static_assert(sizeof(Pulse) == 8 && std::atomic<std::uint64_t>::is_always_lock_free);

class PulseMemory {
 public:
  PulseMemory() noexcept = default;  ///< holds nothing
  ~PulseMemory();
  PulseMemory(PulseMemory&& other) noexcept;
  PulseMemory& operator=(PulseMemory&& other) noexcept;

  [[nodiscard]] static PulseMemory create() noexcept;

  void beat() const noexcept {
    if (pulse_ == nullptr) return;
    const std::uint64_t beats = pulse_->beats.load(std::memory_order_relaxed);
    pulse_->beats.store(beats + 1, std::memory_order_relaxed);
  }
  /// To be sent beside a packet; -1 when it holds nothing.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_ = -1;
  Pulse* pulse_ = nullptr;
};

/// The same memory as the service sees it.
class SeenPulse {
 public:
  SeenPulse() noexcept = default;  ///< sees nothing
  ~SeenPulse();
  SeenPulse(SeenPulse&& other) noexcept;
  SeenPulse& operator=(SeenPulse&& other) noexcept;

  /// Maps `descriptor`, which stays the caller's. Sees nothing if it is no memory file of this size
  /// that is sealed against shrinking.
  [[nodiscard]] static SeenPulse open(int descriptor) noexcept;

  explicit operator bool() const noexcept { return pulse_ != nullptr; }
  /// It has beaten since this was last asked.
  [[nodiscard]] bool has_beaten() noexcept;

 private:
  const Pulse* pulse_ = nullptr;
  std::uint64_t seen_ = 0;
};

}  // namespace tactus::ipc
