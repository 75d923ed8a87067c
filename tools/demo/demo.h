// The whole path in one story: emulated gloves and trackers on a simulated person, the service, the
// layer, the runtime and the scene, stepped through virtual time and judged by independent truth.
//
//   Clocks   virtual nanoseconds from 0.
//   Frames   world = stage.
//   Units    SI.
//   Errors   every step says in words what went wrong.
//   Threads  one; the scene is a process of its own.
//   Proof    ctest `demo`; tests/checks/faults
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scene_program.h"
#include "tactus/service/recording_file.h"
#include "tactus/service/stepped_service.h"
#include "tactus/simulator/hug_score.h"
#include "tactus/simulator/participant.h"
#include "tactus/simulator/score.h"
#include "tactus/simulator/stage_page.h"
#include "tactus/simulator/timeline.h"
#include "tactus/simulator/true_body.h"
#include "wearer.h"

namespace tactus::tools {

struct DemoParams {
  std::uint64_t seed = 1;
  std::string motion;  ///< BVH file; empty: the story
  std::string out = "out/demo";
  double recentre_at_s = 0;  ///< 0: never
  unsigned view_pixels = 512;
  unsigned picture_every = 60;  ///< frames from one rendered picture to the next
};

class Demo {
 public:
  explicit Demo(DemoParams params);
  ~Demo();

  /// Plays it all. The exit code.
  int run();

 private:
  bool prepare();
  bool cast();
  bool cast_recorded_person();
  std::vector<simulator::Pose3d> rehearse();
  bool start_scene();
  void step_millisecond();
  void step_scene(HostTime now);
  void calibrate(HostTime now);
  void judge(HostTime now);
  void judge_hug(double t_s, const simulator::BothHandsTruth& truth);
  void show_progress() const;
  bool end_scene();
  int report();
  bool write_results(const simulator::DemoScore& score);
  [[nodiscard]] bool replay_is_identical() const;

  DemoParams params_;
  std::string share_, lib_, bin_;
  std::string run_folder_;
  simulator::StagePage* page_ = nullptr;
  std::unique_ptr<service::SteppedService> service_;
  std::unique_ptr<service::RecordingFile> recording_;
  simulator::TrueBody body_, trunk_;
  simulator::BodyTrack track_;
  simulator::PosedBody posed_, posed_trunk_;
  std::unique_ptr<simulator::Participant> participant_;
  std::array<std::unique_ptr<Wearer>, kHands> wearers_;
  SceneProgram scene_;
  std::string child_placement_;
  simulator::Score score_;
  simulator::HugScore hugs_;
  simulator::Timeline timeline_;
  std::int64_t now_ms_ = 0;
  bool failed_ = false;
};

}  // namespace tactus::tools
