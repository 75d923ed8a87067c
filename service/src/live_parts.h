// What the threads of the live service share: rings between each pair of them, and nothing else.
//
//   Clocks   HostTime, CLOCK_MONOTONIC.
//   Units    none.
//   Errors   a ring that is full refuses; the refusal is counted.
//   Threads  each ring names its producer and its consumer.
//   Proof    tests/service/live_service_test.cc (ThreadSanitizer)
#pragma once
#include <array>
#include <atomic>
#include <memory>
#include <semaphore>
#include <thread>
#include <vector>

#include "tactus/base/ring.h"
#include "tactus/service/body_shelf.h"
#include "tactus/service/engine.h"
#include "tactus/service/published_memory.h"
#include "tactus/service/recording_file.h"
#include "tactus/service/server.h"
#include "tactus/service/shown_hands.h"

namespace tactus::service {

[[nodiscard]] HostTime host_now() noexcept;

/// Asks for a real-time priority; false: the machine refuses, the thread runs as an ordinary one.
bool ask_real_time(int priority) noexcept;

/// One open device with its thread.
struct DeviceLink {
  std::unique_ptr<Device> device;
  DeviceSlot slot = 0;
  Hand hand = Hand::Left;
  Ring<DeviceReport, 256> in;   ///< io → engine
  Ring<OutgoingReport, 4> out;  ///< engine → io: only fresh touch is worth sending
  std::atomic<std::uint64_t> overflows{0};
  std::atomic<bool> quit{false};
  std::atomic<bool> gone{false};    ///< set by io when the device is
  std::atomic<bool> let_go{false};  ///< set by the engine when it will not touch this link again
  std::thread thread;

  void run();

 private:
  void silence();
};

/// A recording under way: the engine's lines on their way to the file.
struct RecordingLink {
  struct Item {
    Line line = Line::Tick;
    std::uint16_t size = 0;
    HostTime t;
    std::array<std::uint8_t, kMaxLineBytes> bytes;
  };
  explicit RecordingLink(int fd) : file(fd) {}

  Ring<Item, 2048> lines;  ///< engine → recorder
  std::atomic<std::uint64_t> lost{0};
  std::atomic<bool> ended{false};  ///< set by the engine: no more lines will come
  RecordingFile file;
  std::uint32_t client = 0;
  std::thread thread;

  void run();
  [[nodiscard]] Log log() noexcept;
};

/// What other threads ask of the engine.
struct EngineCommand {
  enum class Kind : std::uint8_t {
    Connect,
    Disconnect,
    AddBody,
    RemoveBody,
    AddFrame,
    Focus,
    See,
    SeeHead,
    Sign,
    Allow,
    Step,
    SetWearer,
    SetBody,
    SetTrackers,
    SetFeel,
    Play,
    EndPattern,
    StartLog,
    StopLog,
  };
  Kind kind = Kind::Allow;
  bool flag = false;
  std::uint32_t client = 0;
  DeviceLink* link = nullptr;
  DeviceKind device_kind = DeviceKind::Tg1;
  Transport transport = Transport::Usb;
  HandProfile profile;
  const Body* body = nullptr;
  SkinnedFrame* frame = nullptr;
  SeenWrist seen;
  SeenHead head;
  Allowed allowed = Allowed::Stopped;
  std::uint32_t step = 0;
  Wearer wearer;
  BodyProfile wearer_body;
  TrackerPlaces trackers;
  FeelProfile feel;
  const PlayedPattern* pattern = nullptr;
  PatternSlot slot = 0;
  RecordingLink* recording = nullptr;
};
static_assert(std::is_trivially_copyable_v<EngineCommand>);

/// What a thread with bodies is asked: skin a frame, take a new body, let an old one go.
struct BodyCommand {
  enum class Kind : std::uint8_t { Add, Remove, Frame };
  Kind kind = Kind::Frame;
  BodySlot slot = 0;
  BodyAdded* added = nullptr;    ///< owned by the receiver
  FrameArrived* said = nullptr;  ///< owned by the receiver
  HostTime t_arrived;
};

/// The body thread: owns the shelf.
struct BodyThread {
  Ring<BodyCommand, 64> commands;        ///< server → body
  Ring<EngineCommand, 64> to_engine;     ///< body → engine
  Ring<SkinnedFrame*, 256> frames_back;  ///< engine → body
  Ring<const Body*, 64> bodies_back;     ///< engine → body
  std::counting_semaphore<> wake{0};
  std::atomic<bool> quit{false};
  std::atomic<std::uint64_t> refused{0};
  BodyShelf shelf;
  std::thread thread;

  void run();

 private:
  void handle(const BodyCommand& command);
  void to(const EngineCommand& command);
};

/// The thread of the drawn hands: solves them with bodies of its own.
struct ShownThread {
  explicit ShownThread(ipc::Published& published) : hands(published) {}

  Ring<BodyCommand, 64> commands;  ///< server → shown
  std::counting_semaphore<> wake{0};
  std::atomic<bool> quit{false};
  ShownHands hands;
  std::thread thread;

  void run();

 private:
  void handle(const BodyCommand& command);
};

/// The engine thread: owns the engine.
struct EngineThread {
  explicit EngineThread(const PipelineParams& params, ipc::Published* published)
      : engine(std::make_unique<Engine>(params, published)) {}

  std::unique_ptr<Engine> engine;
  Ring<EngineCommand, 64> from_devices;           ///< main → engine
  Ring<EngineCommand, 64> from_server;            ///< server → engine
  Ring<HapticAsked, 32> haptics;                  ///< server → engine
  Ring<const PlayedPattern*, 256> patterns_back;  ///< engine → server: let go
  BodyThread* bodies = nullptr;
  std::array<DeviceLink*, kMaxDevices> links{};
  RecordingLink* recording = nullptr;
  std::atomic<bool> quit{false};
  std::atomic<bool> real_time{false};
  std::atomic<std::uint64_t> late_ticks{0};
  std::array<std::atomic<double>, kHands> dose_m2_per_s3{};
  std::thread thread;

  void run();

 private:
  void handle(const EngineCommand& command, HostTime now);
  void step(HostTime now);
};

}  // namespace tactus::service
