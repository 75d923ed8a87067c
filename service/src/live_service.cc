#include "tactus/service/live_service.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <utility>

#include "live_parts.h"
#include "tactus/service/body_file.h"
#include "tactus/service/feel_file.h"
#include "tactus/service/greeting.h"

namespace tactus::service {
namespace {

constexpr Duration kLook = 10ms;         ///< from a signal to its effect, at most
constexpr Duration kKeepPeriod = 60s;    ///< of the wearer's dose
constexpr Duration kScanPeriod = 500ms;  ///< hotplug by looking: works where no udevd runs

const char* name_of(DeviceKind kind) { return kind == DeviceKind::Tg1 ? "TG1" : "TT1"; }
const char* name_of(Hand hand) { return hand == Hand::Left ? "left" : "right"; }

}  // namespace

struct LiveService::Parts {
  Parts(LiveParams p, PublishedMemory m, std::unique_ptr<Server> s)
      : params(std::move(p)),
        memory(std::move(m)),
        server(std::move(s)),
        shown(*memory),
        engine(params.pipeline, &*memory) {
    engine.engine->set_wearer(params.wearer, host_now());
  }

  void serve();
  void handle(Event& event);
  void handle_record(const RecordChanged& change);
  void handle_pattern(PatternAdded& added);
  void drop_patterns();
  void scan();
  void open(const DeviceDescription& description);
  void close_gone();
  bool is_open(const std::string& path) const;
  std::string list_devices();
  std::string exposure();
  void keep_wearer();
  void look_at_body();
  void look_at_trackers();
  void look_at_feel();
  void ask_engine(Ring<EngineCommand, 64>& ring, const EngineCommand& command);

  LiveParams params;
  PublishedMemory memory;
  std::unique_ptr<Server> server;
  BodyThread bodies;
  ShownThread shown;
  EngineThread engine;
  std::array<std::unique_ptr<DeviceLink>, kMaxDevices> links;
  std::vector<std::string> refused;  ///< paths said to be unusable: said once
  std::unique_ptr<RecordingLink> recording;
  std::vector<std::unique_ptr<PlayedPattern>> patterns;  ///< all that the engine may still play
  std::atomic<bool> quit{false};
  std::thread server_thread;
  std::mutex list_mutex;  ///< between the two threads that may block: main and server
  std::string device_list;
  std::string day = today();
  std::filesystem::file_time_type t_body;      ///< of the wearer's body that the engine has
  std::filesystem::file_time_type t_trackers;  ///< likewise of who wears which tracker where
  std::filesystem::file_time_type t_feel;      ///< likewise of what they feel
};

Expected<std::unique_ptr<LiveService>, std::string> LiveService::create(LiveParams params) {
  auto memory = PublishedMemory::create(ipc::ClockKind::Monotonic);
  if (!memory) {
    return Unexpected{fmt::format("no shared memory: {}", std::strerror(memory.error()))};
  }
  auto server = Server::listen(params.socket_path, memory->fd());
  if (!server) {
    return Unexpected{fmt::format("{}: {}", params.socket_path, describe(server.error()))};
  }
  auto parts = std::make_unique<Parts>(std::move(params), *std::move(memory), *std::move(server));
  return std::unique_ptr<LiveService>(new LiveService(std::move(parts)));
}

namespace {

/// Keeps our pages in memory, when we may lock all that will ever be mapped. Under a smaller limit
/// every later mapping, a thread's stack too, would be refused.
void lock_memory() {
  const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  if (setrlimit(RLIMIT_MEMLOCK, &all) == 0) mlockall(MCL_CURRENT | MCL_FUTURE);
}

}  // namespace

LiveService::LiveService(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
  Parts& p = *parts_;
  lock_memory();
  p.engine.bodies = &p.bodies;
  p.bodies.thread = std::thread([&p] { p.bodies.run(); });
  p.shown.thread = std::thread([&p] { p.shown.run(); });
  p.engine.thread = std::thread([&p] { p.engine.run(); });
  p.server_thread = std::thread([&p] { p.serve(); });
}

LiveService::~LiveService() {
  Parts& p = *parts_;
  p.quit.store(true);
  p.server_thread.join();
  p.engine.quit.store(true);
  p.engine.thread.join();
  p.keep_wearer();
  p.bodies.quit.store(true);
  p.bodies.wake.release();
  p.bodies.thread.join();
  p.shown.quit.store(true);
  p.shown.wake.release();
  p.shown.thread.join();
  for (auto& link : p.links) {
    if (link == nullptr) continue;
    link->quit.store(true);
    link->thread.join();
  }
  if (p.recording != nullptr) {
    p.recording->ended.store(true);
    p.recording->thread.join();
  }
}

void LiveService::run(const std::atomic<bool>& quit, std::atomic<bool>& stop) {
  HostTime next_scan = host_now();
  HostTime next_keeping = host_now() + kKeepPeriod;
  while (!quit.load()) {
    if (stop.exchange(false)) {
      EngineCommand command;
      command.kind = EngineCommand::Kind::Allow;
      command.allowed = Allowed::Stopped;
      parts_->ask_engine(parts_->engine.from_devices, command);
      parts_->params.say("stopped; `tactus stop --resume` ends it");
    }
    if (host_now() >= next_scan) {
      parts_->look_at_body();
      parts_->look_at_trackers();  // before they are opened
      parts_->close_gone();
      parts_->scan();
      parts_->look_at_feel();
      next_scan = host_now() + kScanPeriod;
    }
    if (host_now() >= next_keeping) {
      parts_->keep_wearer();
      next_keeping = host_now() + kKeepPeriod;
    }
    std::this_thread::sleep_for(kLook);
  }
}

/// On disk, and from zero when a day has begun.
void LiveService::Parts::keep_wearer() {
  Wearer wearer = params.wearer;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    wearer.dose_m2_per_s3[hand] = engine.dose_m2_per_s3[hand].load(std::memory_order_relaxed);
  }
  if (const std::string now = today(); now != day) {
    day = now;
    wearer.dose_m2_per_s3 = {};
    EngineCommand command;
    command.kind = EngineCommand::Kind::SetWearer;
    command.wearer = wearer;
    ask_engine(engine.from_devices, command);
  }
  if (params.wearer_path.empty()) return;
  if (!write_wearer(params.wearer_path, wearer, day)) {
    params.say(fmt::format("{}: today's vibration cannot be kept there", params.wearer_path));
  }
}

namespace {

/// The file is there, and another than that of `t`, which is then its.
bool has_changed(const std::string& path, std::filesystem::file_time_type& t) {
  std::error_code none;
  const auto written = std::filesystem::last_write_time(path, none);
  if (none || written == t) return false;
  t = written;
  return true;
}

}  // namespace

/// Takes the wearer's body in when it was calibrated again.
void LiveService::Parts::look_at_body() {
  if (!has_changed(params.body_path, t_body)) return;
  const auto body = read_body(params.body_path);
  if (!body) return params.say(fmt::format("{}; the body stays as it was", body.error()));
  EngineCommand command;
  command.kind = EngineCommand::Kind::SetBody;
  command.wearer_body = *body;
  ask_engine(engine.from_devices, command);
  params.say(fmt::format("the wearer is {:.0f} cm tall", 100 * body->proportions.height_m));
}

/// Takes in who wears which tracker where, when somebody said so.
void LiveService::Parts::look_at_trackers() {
  if (!has_changed(params.trackers_path, t_trackers)) return;
  const auto places = read_trackers(params.trackers_path);
  if (!places) return params.say(fmt::format("{}; trackers stay as they were", places.error()));
  EngineCommand command;
  command.kind = EngineCommand::Kind::SetTrackers;
  command.trackers = *places;
  ask_engine(engine.from_devices, command);
  params.say("who wears which tracker where is as in the file now");
}

/// Takes in how strongly the wearer feels each actuator, when that was measured again.
void LiveService::Parts::look_at_feel() {
  if (!has_changed(params.feel_path, t_feel)) return;
  const auto feel = read_feel(params.feel_path);
  if (!feel) return params.say(fmt::format("{}; actuators stay as they were", feel.error()));
  EngineCommand command;
  command.kind = EngineCommand::Kind::SetFeel;
  command.feel = *feel;
  ask_engine(engine.from_devices, command);
  params.say("each actuator is as strong as the wearer feels it");
}

void LiveService::Parts::ask_engine(Ring<EngineCommand, 64>& ring, const EngineCommand& command) {
  while (!ring.push(command) && !quit.load()) std::this_thread::sleep_for(1ms);
}

void LiveService::Parts::serve() {
  std::vector<Event> events;
  while (!quit.load()) {
    events.clear();
    server->poll(20ms, events);
    for (Event& event : events) {
      handle(event);
      drop_patterns();
    }
  }
}

void LiveService::Parts::handle(Event& event) {
  std::visit(
      [this](auto& said) {
        using T = std::decay_t<decltype(said)>;
        EngineCommand command;
        BodyCommand body, drawn;
        body.t_arrived = host_now();
        if constexpr (std::is_same_v<T, BodyAdded>) {
          body.kind = BodyCommand::Kind::Add;
          body.slot = said.slot;
          body.added = new BodyAdded(said);
          drawn.added = new BodyAdded(std::move(said));
        } else if constexpr (std::is_same_v<T, BodyRemoved>) {
          body.kind = BodyCommand::Kind::Remove;
          body.slot = said.slot;
        } else if constexpr (std::is_same_v<T, FrameArrived>) {
          body.kind = BodyCommand::Kind::Frame;
          body.slot = said.slot;
          body.said = new FrameArrived(said);
          drawn.said = new FrameArrived(said);
        } else if constexpr (std::is_same_v<T, FocusChanged>) {
          command.kind = EngineCommand::Kind::Focus;
          command.client = said.client;
          command.flag = said.focused;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, WristTold>) {
          command.kind = EngineCommand::Kind::See;
          command.client = said.client;
          command.seen = said.seen;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, HeadTold>) {
          command.kind = EngineCommand::Kind::SeeHead;
          command.client = said.client;
          command.head = said.seen;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, SignOfLife>) {
          command.kind = EngineCommand::Kind::Sign;
          command.client = said.client;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, HapticAsked>) {
          while (!engine.haptics.push(said) && !quit.load()) std::this_thread::sleep_for(1ms);
          return;
        } else if constexpr (std::is_same_v<T, AllowedChanged>) {
          command.kind = EngineCommand::Kind::Allow;
          command.allowed = said.allowed;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, StepChanged>) {
          command.kind = EngineCommand::Kind::Step;
          command.step = said.number;
          return ask_engine(engine.from_server, command);
        } else if constexpr (std::is_same_v<T, RecordChanged>) {
          return handle_record(said);
        } else if constexpr (std::is_same_v<T, PatternAdded>) {
          return handle_pattern(said);
        } else if constexpr (std::is_same_v<T, PatternRemoved>) {
          command.kind = EngineCommand::Kind::EndPattern;
          command.slot = said.slot;
          return ask_engine(engine.from_server, command);
        } else {
          return server->send_text(said.client, list_devices());
        }
        while (!bodies.commands.push(body) && !quit.load()) std::this_thread::sleep_for(1ms);
        bodies.wake.release();
        drawn.kind = body.kind;
        drawn.slot = body.slot;
        drawn.t_arrived = body.t_arrived;
        while (!shown.commands.push(drawn) && !quit.load()) std::this_thread::sleep_for(1ms);
        shown.wake.release();
      },
      event);
}

void LiveService::Parts::handle_record(const RecordChanged& change) {
  EngineCommand command;
  if (change.fd >= 0) {
    if (recording != nullptr) {
      close(change.fd);
      return server->send_done(change.client, false);
    }
    recording = std::make_unique<RecordingLink>(change.fd);
    recording->client = change.client;
    RecordingLink& link = *recording;
    link.thread = std::thread([&link] { link.run(); });
    command.kind = EngineCommand::Kind::StartLog;
    command.recording = recording.get();
    ask_engine(engine.from_server, command);
    return server->send_done(change.client, true);
  }
  if (recording == nullptr || recording->client != change.client) return;
  command.kind = EngineCommand::Kind::StopLog;
  ask_engine(engine.from_server, command);
  recording->thread.join();
  const bool whole = recording->file.failure() == 0 && recording->lost.load() == 0;
  server->send_done(change.client, whole);
  recording.reset();
}

void LiveService::Parts::handle_pattern(PatternAdded& added) {
  auto pattern = PlayedPattern::create(std::move(added));
  if (pattern == nullptr) return;
  EngineCommand command;
  command.kind = EngineCommand::Kind::Play;
  command.pattern = pattern.get();
  patterns.push_back(std::move(pattern));
  ask_engine(engine.from_server, command);
}

void LiveService::Parts::drop_patterns() {
  const PlayedPattern* gone = nullptr;
  while (engine.patterns_back.pop(gone)) {
    std::erase_if(patterns, [gone](const auto& pattern) { return pattern.get() == gone; });
  }
}

std::string LiveService::Parts::list_devices() {
  const std::lock_guard lock(list_mutex);
  return (device_list.empty() ? "no devices\n" : device_list) + exposure();
}

/// What the skin of each hand has had today.
std::string LiveService::Parts::exposure() {
  std::array<double, kHands> a8{};
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    ExposureState state;
    state.dose_m2_per_s3 = engine.dose_m2_per_s3[hand].load(std::memory_order_relaxed);
    a8[hand] = static_cast<double>(a8_m_per_s2(state));
  }
  return fmt::format("vibration today, A(8): left {:.4f}, right {:.4f} of {} m/s²\n", a8[0], a8[1],
                     params.pipeline.limit.exposure.most_a8_m_per_s2);
}

bool LiveService::Parts::is_open(const std::string& path) const {
  return std::ranges::any_of(links, [&path](const auto& link) {
    return link != nullptr && link->device->description().path == path;
  });
}

void LiveService::Parts::scan() {
  const std::vector<DeviceDescription> found = params.devices.enumerate();
  std::erase_if(refused, [&found](const std::string& path) {
    return std::ranges::none_of(found, [&path](const auto& d) { return d.path == path; });
  });
  for (const DeviceDescription& description : found) {
    if (!is_open(description.path) &&
        std::ranges::find(refused, description.path) == refused.end()) {
      open(description);
    }
  }
  std::string list;
  for (const auto& link : links) {
    if (link == nullptr || link->gone.load()) continue;
    const DeviceDescription& d = link->device->description();
    list += fmt::format("{}  {:<5}  {:<16}  {}\n", name_of(d.kind), name_of(link->hand), d.serial,
                        d.path);
  }
  const std::lock_guard lock(list_mutex);
  device_list = std::move(list);
}

void LiveService::Parts::open(const DeviceDescription& description) {
  const auto unused = std::ranges::find_if(links, [](const auto& l) { return l == nullptr; });
  if (unused == links.end()) return;
  const auto refuse = [&](const std::string& reason) {
    params.say(fmt::format("{}: {}", description.path, reason));
    refused.push_back(description.path);
  };
  std::string reason;
  std::unique_ptr<Device> device = params.devices.open(description, reason);
  if (device == nullptr) return refuse(reason);
  const auto greeting = greet(*device);
  if (!greeting) return refuse(describe(greeting.error()));

  auto link = std::make_unique<DeviceLink>();
  link->device = std::move(device);
  link->slot = static_cast<DeviceSlot>(unused - links.begin());
  link->hand = greeting->identity.hand;
  EngineCommand command;
  command.kind = EngineCommand::Kind::Connect;
  command.link = link.get();
  command.device_kind = greeting->kind;
  command.transport = description.transport;
  command.profile = greeting->profile;
  ask_engine(engine.from_devices, command);
  DeviceLink& started = *link;
  link->thread = std::thread([&started] { started.run(); });
  *unused = std::move(link);
  params.say(fmt::format("{} {} ({}) on {}", name_of(greeting->kind),
                         name_of(greeting->identity.hand), serial_text(greeting->identity.serial),
                         description.path));
}

void LiveService::Parts::close_gone() {
  for (auto& link : links) {
    if (link == nullptr || !link->gone.load()) continue;
    if (link->thread.joinable()) {
      link->thread.join();
      params.say(fmt::format("{} is gone", link->device->description().path));
      EngineCommand command;
      command.kind = EngineCommand::Kind::Disconnect;
      command.link = link.get();
      ask_engine(engine.from_devices, command);
    } else if (link->let_go.load(std::memory_order_acquire)) {
      link.reset();
    }
  }
}

}  // namespace tactus::service
