#include "demo.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "../interrupt.h"
#include "tactus/simulator/bvh.h"
#include "tactus/simulator/kneeling_person.h"
#include "tactus/simulator/recorded_motion.h"

namespace tactus::tools {
namespace {

constexpr int kStartTimeout_ms = 60'000;  // software Vulkan compiles its shaders
constexpr int kFrameTimeout_ms = 20'000;
constexpr std::int64_t kTruthEvery_ms = 4;
constexpr double kAfterStory_s = 0.5;
constexpr double kCueMargin_s = 0.3;  // hands settle, reports travel

std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> chars{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> bytes(chars.size());
  std::transform(chars.begin(), chars.end(), bytes.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

bool say(const std::string& what) {
  fmt::print(stderr, "tactus demo: {}\n", what);
  return false;
}

Pose to_pose(const simulator::Pose3d& T) {
  const auto f = [](double x) { return static_cast<float>(x); };
  return {normalized(Quat{f(T.q.x), f(T.q.y), f(T.q.z), f(T.q.w)}), {f(T.p.x), f(T.p.y), f(T.p.z)}};
}

/// A ruler's reading: to the millimetre.
std::array<FingerBones, kFingers> measured(
    const std::array<simulator::TrueBones, kFingers>& bones) {
  const auto mm = [](double m) { return static_cast<float>(std::round(m * 1000) / 1000); };
  std::array<FingerBones, kFingers> out;
  for (std::size_t f = 0; f < kFingers; ++f) {
    out[f] = {mm(bones[f].metacarpal), mm(bones[f].proximal), mm(bones[f].intermediate),
              mm(bones[f].distal)};
  }
  return out;
}

}  // namespace

Demo::Demo(DemoParams params) : params_(std::move(params)) {}

Demo::~Demo() {
  if (page_ != nullptr) simulator::unmap_stage_page(page_);
  std::error_code ignored;
  if (!run_folder_.empty()) std::filesystem::remove_all(run_folder_, ignored);
}

bool Demo::prepare() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  bin_ = program.parent_path();
  lib_ = program.parent_path().parent_path() / "lib";
  share_ = program.parent_path().parent_path() / "share" / "tactus";

  std::error_code error;
  std::filesystem::remove_all(params_.out + "/pictures", error);
  std::filesystem::create_directories(params_.out + "/pictures", error);
  if (error) return say(fmt::format("{}: {}; choose another --out", params_.out, error.message()));
  params_.out = std::filesystem::absolute(params_.out);

  std::string folder = "/tmp/tactus-demo-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return say("/tmp cannot be written");
  run_folder_ = folder;
  page_ = simulator::create_stage_page((run_folder_ + "/stage").c_str());
  if (page_ == nullptr) return say("no stage page in /tmp");
  page_->render_every = params_.picture_every;

  auto service = service::SteppedService::create(run_folder_ + "/service.sock", PipelineParams{});
  if (!service) return say(service.error());
  service_ = *std::move(service);
  service_->listener = [this](const service::Event& event) {
    if (const auto* frame = std::get_if<service::FrameArrived>(&event)) {
      track_.push(seconds(frame->t_shown.time_since_epoch()),
                  std::span(frame->T_world_bone).first(frame->bone_count));
    }
  };
  const std::string path = params_.out + "/session.mcap";
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return say(fmt::format("{} cannot be written", path));
  recording_ = std::make_unique<service::RecordingFile>(fd);
  service_->engine().start_log(recording_->log(), HostTime{});
  return true;
}

bool Demo::cast() {
  const auto body = simulator::read_true_body(read_bytes(share_ + "/child.tbody"));
  if (!body) return say(fmt::format("{}/child.tbody: {}", share_, body.error()));
  body_ = *body;
  trunk_ = simulator::trunk_of(body_);

  if (params_.motion.empty()) {
    participant_ = std::make_unique<simulator::Participant>(
        simulator::ParticipantParams{.seed = params_.seed}, body_);
  } else if (!cast_recorded_person()) {
    return false;
  }
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    auto& wearer = wearers_[index(hand)];
    wearer = std::make_unique<Wearer>(
        hand, 1000 * params_.seed + 10 * index(hand),
        [this, hand](double t_s) { return participant_->hand_at(hand, t_s); });
    const auto connected =
        wearer->connect(service_->engine(), static_cast<service::DeviceSlot>(2 * index(hand)),
                        measured(participant_->bones()), HostTime{});
    if (!connected) return say(connected.error());
  }
  return true;
}

bool Demo::cast_recorded_person() {
  const std::vector<std::byte> text = read_bytes(params_.motion);
  if (text.empty()) return say(params_.motion + " is empty or cannot be read");
  const auto bvh = simulator::read_bvh({reinterpret_cast<const char*>(text.data()), text.size()});
  if (!bvh) return say(fmt::format("{}: {}", params_.motion, describe(bvh.error())));
  const auto motion = simulator::recorded_motion(*bvh);
  if (!motion) return say(fmt::format("{}: {}", params_.motion, motion.error()));

  fmt::print(stderr, "looking for a place for her within reach of this motion\n");
  const std::vector<simulator::Pose3d> bones = rehearse();
  if (bones.empty()) return false;
  const auto place = simulator::place_within_reach(*motion, simulator::kMediumBones, body_, bones);
  if (!place) return say(params_.motion + ": these hands reach nowhere that she could stand");
  child_placement_ = fmt::format("{:.4f},{:.4f},{:.4f},{:.3f}", place->x_m, place->y_m, place->z_m,
                                 place->yaw_rad * 180 / M_PI);
  participant_ = std::make_unique<simulator::Participant>(
      simulator::ParticipantParams{.seed = params_.seed}, *motion);
  return true;
}

/// How she stands in her own frame: the scene is begun once with her at the origin.
std::vector<simulator::Pose3d> Demo::rehearse() {
  constexpr std::int64_t kLong_ms = 300;
  DemoParams params;
  params.out = params_.out + "/rehearsal";
  params.picture_every = 0;
  Demo rehearsal(params);
  rehearsal.child_placement_ = "0,0,0,0";
  std::vector<simulator::Pose3d> bones;
  if (!rehearsal.prepare() || !rehearsal.cast() || !rehearsal.start_scene()) return bones;
  while (rehearsal.now_ms_ < kLong_ms && !rehearsal.failed_) rehearsal.step_millisecond();
  const auto shown = rehearsal.track_.at(1e-3 * static_cast<double>(kLong_ms));
  bones.assign(shown.begin(), shown.end());
  if (!rehearsal.end_scene() || bones.empty()) say("the scene showed nobody to stand there");
  std::error_code ignored;
  std::filesystem::remove_all(params.out, ignored);
  return bones;
}

bool Demo::start_scene() {
  std::vector<std::string> arguments = {"--assets", share_, "--stats", params_.out + "/scene.json"};
  if (!child_placement_.empty()) {
    arguments.insert(arguments.end(), {"--child", child_placement_, "--story", "none"});
  }
  const std::map<std::string, std::string> environment = {
      {"XR_RUNTIME_JSON", lib_ + "/openxr_tactus_desktop.json"},
      {"XR_API_LAYER_PATH", lib_ + "/share/openxr/1/api_layers/explicit.d"},
      {"XR_ENABLE_API_LAYERS", "XR_APILAYER_TACTUS_touch"},
      {"TACTUS_SOCKET", run_folder_ + "/service.sock"},
      {"TACTUS_STAGE", run_folder_ + "/stage"},
      {"TACTUS_RUNTIME_SNAPSHOTS", params_.out + "/pictures"},
      {"TACTUS_RUNTIME_VIEW_SIZE", std::to_string(params_.view_pixels)},
      {"TACTUS_RUNTIME_NO_WINDOW", "1"},
  };
  const std::string log = params_.out + "/scene.log";
  if (!scene_.start(bin_ + "/tactus-scene", arguments, environment, log)) {
    return say(bin_ + "/tactus-scene cannot be started; build it with ./dev build");
  }
  const auto begin = std::chrono::steady_clock::now();
  while (page_->waiting_for_ns.load() == 0) {
    service_->serve(HostTime{}, 5ms);
    if (!scene_.running())
      return say(fmt::format("the scene ended at once; its words are in {}", log));
    if (std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(kStartTimeout_ms)) {
      return say(fmt::format("the scene began no frame; its words are in {}", log));
    }
  }
  return true;
}

/// Lets the scene do every frame that is due.
void Demo::step_scene(HostTime now) {
  const std::int64_t now_ns = now.time_since_epoch().count();
  for (std::int64_t due = page_->waiting_for_ns.load(); due != 0 && due <= now_ns;
       due = page_->waiting_for_ns.load()) {
    const double t_s = static_cast<double>(due) * 1e-9;
    page_->T_stage_head = to_pose(participant_->head_at(t_s));
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      page_->T_stage_grip[index(hand)] = to_pose(participant_->hand_at(hand, t_s).T_world_wrist);
    }
    simulator::advance_to(*page_, due);
    int waited_ms = 0;
    while (!simulator::await_runtime(*page_, 2)) {
      service_->serve(now, 0ms);
      if (!scene_.running() || (waited_ms += 2) > kFrameTimeout_ms) {
        failed_ = true;
        return;
      }
    }
    service_->serve(now, 0ms);
  }
}

void Demo::judge(HostTime now) {
  const double t_s = seconds(now.time_since_epoch());
  simulator::BothHandsTruth truth;
  const bool ask = now_ms_ % kTruthEvery_ms == 0;
  if (ask) posed_.pose(body_, track_.at(t_s));
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const simulator::TrueHand hand_now = participant_->hand_at(hand, t_s);
    score_.add_pose(service_->engine().output().poses[index(hand)],
                    simulator::true_joints(hand_now));
    if (ask) {
      truth[index(hand)] = simulator::truth_contacts(posed_, hand_now);
      simulator::add_surroundings(truth[index(hand)], posed_, hand_now);
      timeline_.add_truth(t_s, hand, truth[index(hand)]);
    }
    for (const auto& played : wearers_[index(hand)]->take_played()) {
      score_.add_drive(hand, played.ms, played.peak);
      timeline_.add_drive(static_cast<double>(played.ms) * 1e-3, hand, played.peak);
    }
  }
  if (ask) score_.add_truth(t_s, truth);
  if (params_.motion.empty()) judge_hug(t_s, truth);
}

/// Of a recorded person no trunk is known.
void Demo::judge_hug(double t_s, const simulator::BothHandsTruth& truth) {
  hugs_.add_told(t_s, service_->engine().output().hug.holds);
  if (now_ms_ % kTruthEvery_ms != 0) return;
  std::array<simulator::Pose3d, kHands> T_world_wrist;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    T_world_wrist[index(hand)] = participant_->hand_at(hand, t_s).T_world_wrist;
  }
  const auto person = simulator::kneeling_person(participant_->head_at(t_s), T_world_wrist);
  posed_trunk_.pose(trunk_, track_.at(t_s));
  hugs_.add_truth(t_s,
                  simulator::is_embrace(simulator::embrace_depth(posed_trunk_, person), truth));
}

/// As a technician would: the wearer holds the hands still twice, then the profile is fitted.
void Demo::calibrate(HostTime now) {
  const double t_s = seconds(now.time_since_epoch());
  for (const simulator::Cue& cue : {simulator::kPalmsDown, simulator::kThumbsUp}) {
    const bool last = cue.to_s == simulator::kThumbsUp.to_s;
    const auto is_now = [&](double when_s) { return std::llround(when_s * 1e3) == now_ms_; };
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      Wearer& wearer = *wearers_[index(hand)];
      const HandPose& pose = service_->engine().output().poses[index(hand)];
      if (t_s > cue.from_s + kCueMargin_s && t_s < cue.to_s && pose.origin != PoseOrigin::None) {
        const Quat q_world_wrist = pose.T_world_joint[index(HandJoint::Wrist)].q;
        wearer.listen(rotate(conjugate(q_world_wrist), {0, 1, 0}));
      }
      if (!is_now(cue.to_s)) continue;
      if (!wearer.end_hold() || (last && !wearer.fit_profile(service_->engine(), now))) {
        failed_ = !say("the gloves could not be calibrated from the two holds");
      }
    }
  }
}

void Demo::step_millisecond() {
  const HostTime now{Duration(now_ms_ * 1ms)};
  const double t_s = seconds(now.time_since_epoch());
  if (params_.recentre_at_s > 0 && t_s >= params_.recentre_at_s) page_->recentre_count = 1;
  step_scene(now);
  participant_->step(track_.at(t_s));
  service::Engine& engine = service_->engine();
  for (auto& wearer : wearers_) wearer->advance(engine, now);
  service_->tick(now);
  calibrate(now);
  for (const service::OutgoingReport& out : engine.outgoing()) {
    wearers_[out.device / 2u]->write(std::span(out.bytes).first(out.size));
  }
  judge(now);
  ++now_ms_;
}

void Demo::show_progress() const {
  constexpr std::int64_t kEvery_ms = 500;
  if (now_ms_ % kEvery_ms != 0) return;
  const bool terminal = isatty(2) != 0;
  if (!terminal && now_ms_ % (8 * kEvery_ms) != 0) return;
  fmt::print(stderr, "{}{:5.1f} s of {:.1f} s{}", terminal ? "\r" : "",
             static_cast<double>(now_ms_) * 1e-3, participant_->end_s() + kAfterStory_s,
             terminal ? " " : "\n");
}

bool Demo::end_scene() {
  page_->quit = 1;
  const auto begin = std::chrono::steady_clock::now();
  while (scene_.running() &&
         std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(kFrameTimeout_ms)) {
    const std::int64_t due = page_->waiting_for_ns.load();
    if (due != 0) simulator::advance_to(*page_, due);
    service_->serve(HostTime(Duration(now_ms_ * 1ms)), 2ms);
  }
  return scene_.finish(1000);
}

int Demo::run() {
  const std::atomic<bool>& interrupted = catch_interrupt();
  if (!prepare() || !cast() || !start_scene()) return 1;
  const double end_s = participant_->end_s() + kAfterStory_s;
  while (static_cast<double>(now_ms_) * 1e-3 < end_s && !failed_ && !interrupted.load()) {
    show_progress();
    step_millisecond();
  }
  if (isatty(2) != 0) fmt::print(stderr, "\n");
  if (failed_)
    say(fmt::format("the scene stopped answering; its words are in {}/scene.log", params_.out));
  const bool ended = end_scene();
  if (!ended && !failed_)
    say(fmt::format("the scene did not end well; see {}/scene.log", params_.out));
  service_->engine().stop_log();
  if (!recording_->finish()) say("the recording is not whole: is the disk full?");
  const int result = report();
  return interrupted.load() || failed_ || !ended ? 1 : result;
}

}  // namespace tactus::tools
