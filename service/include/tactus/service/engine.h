// The engine: everything between reports in and reports out, on one thread, told the time.
//
// It owns the pipeline, the decoders and what is known of bodies. Live, replayed and simulated
// sessions drive the same object with the same calls, and every call is one line of a recording:
// calling them again gives the same bytes.
//
//   Clocks   HostTime, given with each call. Frames: world.
//   Units    SI.
//   Errors   refused reports and frames are counted; nothing is dropped without being counted.
//   Threads  one owner. take, add_frame and tick are RT-safe as long as the log's sink is.
//   Proof    tests/service/engine_test.cc (no allocation in a recorded session; replay)
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "tactus/drivers/playing.h"
#include "tactus/drivers/tg1/codec.h"
#include "tactus/drivers/tt1/codec.h"
#include "tactus/ipc/published.h"
#include "tactus/pipeline.h"
#include "tactus/service/body.h"
#include "tactus/service/haptic.h"
#include "tactus/service/link_latency.h"
#include "tactus/service/log.h"
#include "tactus/service/tracker_file.h"
#include "tactus/service/wearer.h"

namespace tactus::service {

inline constexpr std::size_t kMaxDevices = 8;
static_assert(kMaxDevices <= ipc::kMaxTrackers);
inline constexpr std::size_t kFramesHeld = 6;
inline constexpr Duration kBodySilence = 100ms;  ///< then an application's contacts fade ...
inline constexpr Duration kBodyFade = 50ms;      ///< ... over this, and come back as slowly
inline constexpr Duration kSignOfLife = 110ms;   ///< after the last one a client's effects end
inline constexpr Duration kOldestSeen = 1s;      ///< a wrist seen longer ago tells nothing
inline constexpr int kBodyEvery = 4;             ///< ticks from one published body to the next

using DeviceSlot = std::uint16_t;  ///< index below kMaxDevices

/// One device as the engine knows it.
struct DeviceMemory {
  bool connected = false;
  DeviceKind kind = DeviceKind::Tg1;
  Hand hand = Hand::Left;
  std::array<char, 16> serial{};
  std::uint32_t epoch = 0;  ///< of the slot: one more with each connection
  HostTime t_last_report;
  std::uint32_t output_sequence = 0;
  DeliveryState delivery;
  float battery = 0;
  std::array<float, kGloveTouches> touch_kPa{};
  LinkLatency latency;
  tg1::DecoderState tg1;
  tt1::DecoderState tt1;
  TrackerAlignState align;  ///< of a tracker that is worn elsewhere than on a wrist
};

/// One body's frames, oldest first.
struct BodyTrack {
  std::uint32_t client = 0;
  std::uint32_t epoch = 0;
  Carrier carrier;
  HostTime t_last_arrival;
  float presence = 0;  ///< [0, 1]
};

/// A pattern on its way through the engine; whoever made it keeps it until the engine lets it go.
struct PlayedPattern {
  /// nullptr: the bytes are not a pattern, or there is no such slot.
  static std::unique_ptr<PlayedPattern> create(PatternAdded added);

  PatternSlot slot = 0;
  std::uint32_t client = 0;
  std::vector<std::byte> bytes;
  PatternView view;
};

/// What was counted since the engine began.
struct EngineCounts {
  std::uint64_t ticks = 0;
  std::uint64_t reports_in = 0;
  std::uint64_t reports_bad = 0;         ///< wrong length, CRC or content
  std::uint64_t reports_late = 0;        ///< discarded for age
  std::uint64_t reports_overflowed = 0;  ///< refused by a full ring
  std::uint64_t frames_in = 0;
  std::uint64_t frames_refused = 0;  ///< out of order, impossible, or no room
};

/// All that a tick remembers, without pointers: a copy is a snapshot.
struct EngineMemory {
  PipelineState pipeline;
  std::array<DeviceMemory, kMaxDevices> devices{};
  std::array<BodyTrack, kMaxBodies> tracks{};
  EngineCounts counts;
  std::uint32_t focused_client = 0;                      ///< 0: none
  std::uint32_t step = 0;                                ///< of the session
  HostTime t_sign;                                       ///< the focused client's last sign of life
  std::array<HostTime, kMaxPatterns> t_pattern_signs{};  ///< of those who play, by slot
  std::array<HapticState, kHands> haptics{};
};
static_assert(std::is_trivially_copyable_v<EngineMemory>);

struct OutgoingReport {
  DeviceSlot device = 0;
  std::uint16_t size = 0;
  std::array<std::uint8_t, kReportBytes> bytes{};
};

class Engine {
 public:
  /// `published` may be null: then nothing is published (replay, benchmarks).
  Engine(const PipelineParams& params, ipc::Published* published) noexcept;

  /// A device is there. A glove begins from silence, with `profile` unless it is the glove that was
  /// there before. False: no such slot.
  bool connect(DeviceSlot slot, DeviceKind kind, Hand hand, Transport transport,
               const HandProfile& profile, HostTime now) noexcept;
  void disconnect(DeviceSlot slot, HostTime now) noexcept;
  void set_profile(Hand hand, const HandProfile& profile, HostTime now) noexcept;
  void take(DeviceSlot slot, const DeviceReport& report) noexcept;
  void count_overflow(std::uint64_t reports) noexcept;

  void add_body(const Body& body, HostTime now) noexcept;
  void remove_body(BodySlot slot, HostTime now) noexcept;
  /// Takes the frame until it stands in `released`.
  void add_frame(SkinnedFrame& frame) noexcept;
  /// Frames given back by the calls since the last `clear_released`.
  [[nodiscard]] std::span<SkinnedFrame* const> released() const noexcept;
  void clear_released() noexcept { released_.clear(); }

  /// Plays from `now` on, while its client gives signs of life. What stood in the slot is let go and
  /// returned; null if nothing did.
  const PlayedPattern* play(const PlayedPattern& pattern, HostTime now) noexcept;
  const PlayedPattern* end_pattern(PatternSlot slot, HostTime now) noexcept;

  void focus(std::uint32_t client, bool focused, HostTime now) noexcept;
  /// The client goes on. What it plays is silent when it no longer says so.
  void sign(std::uint32_t client, HostTime now) noexcept;
  /// Plays a sound effect on the hands it names, if the client is the focused one; a sign of life.
  void play(std::uint32_t client, const HapticEffect& effect, HostTime now) noexcept;
  /// Takes where the client's runtime sees a wrist, if the client is the focused one and the time
  /// is of the last second.
  void see(std::uint32_t client, const SeenWrist& seen, HostTime now) noexcept;
  /// Likewise the headset.
  void see(std::uint32_t client, const SeenHead& seen, HostTime now) noexcept;
  void allow(Allowed allowed, HostTime now) noexcept;
  void set_step(std::uint32_t number, HostTime now) noexcept;

  /// Who wears the gloves, and what their hands have had today.
  void set_wearer(const Wearer& wearer, HostTime now) noexcept;
  [[nodiscard]] Wearer wearer() const noexcept;
  /// The wearer's bones; whoever drew the ones before is told that they changed.
  void set_body(const BodyProfile& body, HostTime now) noexcept;
  /// How strongly they feel each actuator; sound.
  void set_feel(const FeelProfile& feel, HostTime now) noexcept;

  /// Which tracker is worn where.
  void set_trackers(const TrackerPlaces& places, HostTime now) noexcept;

  /// One millisecond.
  void tick(HostTime now) noexcept;

  [[nodiscard]] const TickOutput& output() const noexcept { return output_; }
  [[nodiscard]] std::span<const OutgoingReport> outgoing() const noexcept {
    return {outgoing_.begin(), outgoing_.end()};
  }
  [[nodiscard]] const EngineMemory& memory() const noexcept { return memory_; }
  /// Sequence gaps + overflows + discarded for age, over all devices.
  [[nodiscard]] std::uint64_t reports_dropped() const noexcept;

  /// From now on every input and output goes to `log`, beginning with what is there already.
  void start_log(Log log, HostTime now) noexcept;
  void stop_log() noexcept { log_ = {}; }
  /// Takes a snapshot that start_log wrote: the bodies and frames it names were added before.
  void restore(const EngineMemory& memory) noexcept { memory_ = memory; }

 private:
  void take_tg1(DeviceSlot slot, const DeviceReport& report) noexcept;
  void take_tt1(DeviceSlot slot, const DeviceReport& report) noexcept;
  void release_frames(BodySlot slot) noexcept;
  void update_presence(HostTime now) noexcept;
  [[nodiscard]] bool hangs(HostTime now) const noexcept;
  void end_haptics() noexcept;
  void enclose(HostTime t) noexcept;
  std::span<const TactileFrame> play_haptics(HostTime now) noexcept;
  void encode_frames() noexcept;
  void publish(HostTime now) noexcept;
  [[nodiscard]] const PlacedTracker* place_of(const DeviceMemory& device) const noexcept;
  void place_segment(DeviceSlot slot, const PlacedTracker& place, const TrackerSample& sample,
                     HostTime t_arrived) noexcept;
  void publish_tracker(DeviceSlot slot, HostTime t, bool tracked, const Pose& T) noexcept;
  void log_body(const Body& body, HostTime now) noexcept;
  void log_frame(const SkinnedFrame& frame) noexcept;
  void log_pattern(const PlayedPattern& pattern, HostTime now) noexcept;
  [[nodiscard]] PatternSlots heard_patterns(HostTime now) const noexcept;

  PipelineParams params_;
  TrackerPlaces places_;
  ipc::Published* published_;
  EngineMemory memory_;
  std::array<const Body*, kMaxBodies> bodies_{};
  std::array<const PlayedPattern*, kMaxPatterns> patterns_{};
  std::array<InlineVector<SkinnedFrame*, kFramesHeld>, kMaxBodies> frames_{};
  std::array<BodyInterval, kMaxBodies> intervals_{};
  InlineVector<SkinnedFrame*, kMaxBodies * kFramesHeld> released_;
  InlineVector<OutgoingReport, kMaxDevices> outgoing_;
  TickOutput output_;
  std::array<TactileFrame, kHands> haptic_frames_;
  Log log_;
};

}  // namespace tactus::service
