#include <pthread.h>
#include <sched.h>

#include <chrono>
#include <ctime>

#include "live_parts.h"

namespace tactus::service {
namespace {

constexpr int kEnginePriority = 60;
constexpr int kIoPriority = 55;
constexpr Duration kReadWait = 2ms;
constexpr Duration kLatest = 5ms;  ///< a tick this late is counted, and time is not made up for

void sleep_until(HostTime t) {
  const Duration d = t.time_since_epoch();
  const timespec at{d / 1s, (d % 1s).count()};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
}

}  // namespace

HostTime host_now() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return HostTime(std::chrono::seconds(now.tv_sec) + Duration(now.tv_nsec));
}

bool ask_real_time(int priority) noexcept {
  const sched_param param{priority};
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &param) == 0;
}

void DeviceLink::run() {
  ask_real_time(kIoPriority);
  OutgoingReport report;
  while (!quit.load(std::memory_order_relaxed)) {
    DeviceReport arrived;
    std::size_t size = 0;
    const LinkStatus status = device->read(arrived.bytes, size, kReadWait);
    if (status == LinkStatus::Gone) break;
    if (status == LinkStatus::Ok) {
      arrived.t_arrived = host_now();
      arrived.size = static_cast<std::uint16_t>(size);
      if (!in.push(arrived)) overflows.fetch_add(1, std::memory_order_relaxed);
    }
    bool fresh = false;
    while (out.pop(report)) fresh = true;  // only the newest is worth sending
    if (fresh && device->write(std::span(report.bytes).first(report.size)) == LinkStatus::Gone) {
      break;
    }
  }
  silence();
  gone.store(true);
}

/// The last word to a glove that is still there; its watchdog would say the same later.
void DeviceLink::silence() {
  if (device->description().kind != DeviceKind::Tg1) return;
  std::array<std::uint8_t, tg1::kStopBytes> report{};
  tg1::encode_stop(0, report);
  static_cast<void>(device->write(report));
}

void RecordingLink::run() {
  auto item = std::make_unique<Item>();
  for (;;) {
    const bool last = ended.load(std::memory_order_acquire);
    while (lines.pop(*item)) {
      file.write(item->line, item->t, std::span(item->bytes).first(item->size));
    }
    if (last) break;
    std::this_thread::sleep_for(20ms);
  }
  file.finish();
}

Log RecordingLink::log() noexcept {
  return {[](void* context, Line line, HostTime t, std::span<const std::uint8_t> head,
             std::span<const std::uint8_t> tail) {
            auto& self = *static_cast<RecordingLink*>(context);
            Item item;
            item.line = line;
            item.t = t;
            item.size = static_cast<std::uint16_t>(head.size() + tail.size());
            std::copy(head.begin(), head.end(), item.bytes.begin());
            std::copy(tail.begin(), tail.end(), item.bytes.begin() + head.size());
            if (!self.lines.push(item)) self.lost.fetch_add(1, std::memory_order_relaxed);
          },
          this};
}

void BodyThread::to(const EngineCommand& command) {
  while (!to_engine.push(command) && !quit.load()) std::this_thread::sleep_for(1ms);
}

void BodyThread::handle(const BodyCommand& command) {
  EngineCommand out;
  switch (command.kind) {
    case BodyCommand::Kind::Add: {
      const std::unique_ptr<BodyAdded> added(command.added);
      out.kind = EngineCommand::Kind::AddBody;
      out.body = shelf.add(std::move(*added));
      if (out.body != nullptr) to(out);
      return;
    }
    case BodyCommand::Kind::Remove:
      out.kind = EngineCommand::Kind::RemoveBody;
      out.body = shelf.retire(command.slot);
      if (out.body != nullptr) to(out);
      return;
    case BodyCommand::Kind::Frame: {
      const std::unique_ptr<FrameArrived> said(command.said);
      out.kind = EngineCommand::Kind::AddFrame;
      out.frame = shelf.skin(*said, command.t_arrived);
      if (out.frame != nullptr) {
        to(out);
      } else {
        refused.fetch_add(1, std::memory_order_relaxed);
      }
      return;
    }
  }
}

void BodyThread::run() {
  while (!quit.load()) {
    static_cast<void>(wake.try_acquire_for(std::chrono::milliseconds(20)));
    SkinnedFrame* frame = nullptr;
    while (frames_back.pop(frame)) shelf.give_back(frame);
    const Body* body = nullptr;
    while (bodies_back.pop(body)) shelf.drop(body);
    BodyCommand command;
    while (commands.pop(command)) handle(command);
  }
}

void ShownThread::handle(const BodyCommand& command) {
  switch (command.kind) {
    case BodyCommand::Kind::Add: {
      const std::unique_ptr<BodyAdded> added(command.added);
      return hands.add_body(std::move(*added));
    }
    case BodyCommand::Kind::Remove:
      return hands.remove_body(command.slot);
    case BodyCommand::Kind::Frame: {
      const std::unique_ptr<FrameArrived> said(command.said);
      return hands.add_frame(*said, command.t_arrived);
    }
  }
}

void ShownThread::run() {
  constexpr auto kIdle = std::chrono::milliseconds(100), kFollow = std::chrono::milliseconds(4);
  while (!quit.load()) {
    static_cast<void>(wake.try_acquire_for(hands.has_bodies() ? kFollow : kIdle));
    BodyCommand command;
    while (commands.pop(command)) handle(command);
    hands.solve(host_now());
  }
}

void EngineThread::handle(const EngineCommand& command, HostTime now) {
  using Kind = EngineCommand::Kind;
  switch (command.kind) {
    case Kind::Connect:
      links[command.link->slot] = command.link;
      engine->connect(command.link->slot, command.device_kind, command.link->hand,
                      command.transport, command.profile, now);
      return;
    case Kind::Disconnect:
      engine->disconnect(command.link->slot, now);
      links[command.link->slot] = nullptr;
      command.link->let_go.store(true, std::memory_order_release);
      return;
    case Kind::AddBody:
      engine->add_body(*command.body, now);
      return;
    case Kind::RemoveBody:
      engine->remove_body(command.body->slot, now);
      static_cast<void>(bodies->bodies_back.push(command.body));
      return;
    case Kind::AddFrame:
      engine->add_frame(*command.frame);
      return;
    case Kind::Focus:
      engine->focus(command.client, command.flag, now);
      return;
    case Kind::See:
      engine->see(command.client, command.seen, now);
      return;
    case Kind::SeeHead:
      engine->see(command.client, command.head, now);
      return;
    case Kind::Sign:
      engine->sign(command.client, now);
      return;
    case Kind::Play:
    case Kind::EndPattern: {
      const PlayedPattern* gone = command.kind == Kind::Play
                                      ? engine->play(*command.pattern, now)
                                      : engine->end_pattern(command.slot, now);
      if (gone != nullptr) static_cast<void>(patterns_back.push(gone));
      return;
    }
    case Kind::Allow:
      engine->allow(command.allowed, now);
      return;
    case Kind::Step:
      engine->set_step(command.step, now);
      return;
    case Kind::SetWearer:
      engine->set_wearer(command.wearer, now);
      return;
    case Kind::SetBody:
      engine->set_body(command.wearer_body, now);
      return;
    case Kind::SetTrackers:
      engine->set_trackers(command.trackers, now);
      return;
    case Kind::SetFeel:
      engine->set_feel(command.feel, now);
      return;
    case Kind::StartLog:
      recording = command.recording;
      engine->start_log(recording->log(), now);
      return;
    case Kind::StopLog:
      engine->stop_log();
      if (recording != nullptr) recording->ended.store(true, std::memory_order_release);
      recording = nullptr;
      return;
  }
}

void EngineThread::step(HostTime now) {
  EngineCommand command;
  while (from_devices.pop(command)) handle(command, now);
  while (from_server.pop(command)) handle(command, now);
  while (bodies->to_engine.pop(command)) handle(command, now);
  HapticAsked haptic;
  while (haptics.pop(haptic)) engine->play(haptic.client, haptic.effect, now);
  for (DeviceLink* link : links) {
    if (link == nullptr) continue;
    DeviceReport report;
    while (link->in.pop(report)) engine->take(link->slot, report);
    const std::uint64_t overflows = link->overflows.exchange(0, std::memory_order_relaxed);
    if (overflows > 0) engine->count_overflow(overflows);
  }
  engine->tick(now);
  const Wearer wearer = engine->wearer();
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    dose_m2_per_s3[hand].store(wearer.dose_m2_per_s3[hand], std::memory_order_relaxed);
  }
  for (const OutgoingReport& out : engine->outgoing()) {
    // A full ring means that the device is slow: its glove stays with what it has, then its
    // watchdog silences it. Old touch is never queued.
    if (links[out.device] != nullptr) static_cast<void>(links[out.device]->out.push(out));
  }
  for (SkinnedFrame* frame : engine->released()) {
    static_cast<void>(bodies->frames_back.push(frame));
  }
  engine->clear_released();
}

void EngineThread::run() {
  real_time.store(ask_real_time(kEnginePriority));
  HostTime next = host_now() + kFramePeriod;
  while (!quit.load(std::memory_order_relaxed)) {
    sleep_until(next);
    const HostTime now = host_now();
    step(now);
    if (now - next > kLatest) {
      late_ticks.fetch_add(1, std::memory_order_relaxed);
      next = now;
    }
    next += kFramePeriod;
  }
}

}  // namespace tactus::service
