// Budgets on 20 000 triangles: all 32 probes in contact 60 us of a 1 ms tick; skin and refit 1 ms
// of an 11 ms frame. Peer: Embree 3's point query (closest point alone, on one still frame) and
// refit.
#include <benchmark/benchmark.h>
#include <embree3/rtcore.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "support/shapes.h"
#include "tactus/contact/query.h"

namespace tactus {
namespace {

constexpr float kRadius_m = 0.1f;

/// A bent torso-like tube of 20 000 triangles that nods at 2 Hz, 11 ms apart.
struct Torso {
  testing::Shape shape = testing::make_tube(0.6f, kRadius_m, 101, 100);
  BodyModel model = build_model(shape.view());
  DeformedBody before{model}, after{model};

  Torso() {
    static_cast<void>(skin(model, HostTime{}, bones(0.20f), before));
    static_cast<void>(skin(model, HostTime{11ms}, bones(0.21f), after));
  }
  static std::array<Pose, 2> bones(float bend_rad) {
    return {Pose{}, Pose{axis_angle({1, 0, 0}, bend_rad), {0, 0.3f, 0}}};
  }
};

/// Both hands spread flat on the lower half, `gap_m` above it, sliding around it at 0.1 m/s.
std::array<HandPose, kHands> hands_on(float gap_m, int tick) {
  std::array<HandPose, kHands> hands;
  for (std::size_t h = 0; h < kHands; ++h) {
    hands[h].hand = static_cast<Hand>(h);
    hands[h].origin = PoseOrigin::Measured;
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const float angle = 3.0f * static_cast<float>(h) + 0.09f * static_cast<float>(j % 5) +
                          0.001f * static_cast<float>(tick % 2000);
      const Vec3 out{std::sin(angle), 0, std::cos(angle)};
      Pose& T = hands[h].T_world_joint[j];
      T.q = rotation_between({0, 1, 0}, out);
      T.p = (kRadius_m + gap_m + 0.007f) * out;
      T.p.y = 0.1f + 0.02f * static_cast<float>(j / 5);
    }
  }
  return hands;
}

void query_at(benchmark::State& state, float gap_m) {
  const Torso torso;
  const BodyInterval body{&torso.model, &torso.before, &torso.after, 1.0f};
  std::vector<std::array<HandPose, kHands>> poses;
  for (int tick = 0; tick < 1000; ++tick) poses.push_back(hands_on(gap_m, tick));
  ContactState contact;
  std::size_t touching = 0;
  int tick = 0;
  for (auto _ : state) {
    const ContactSet contacts = query(contact, {}, poses[static_cast<std::size_t>(tick % 1000)],
                                      std::span(&body, 1), HostTime{Duration{1ms} * (tick % 16)});
    contact.t = HostTime{Duration{1ms} * ((tick + 1) % 16) - Duration{1ms}};
    touching += contacts.size();
    ++tick;
  }
  state.counters["probes_touching"] =
      static_cast<double>(touching) / static_cast<double>(state.iterations());
}

void skin_frame(benchmark::State& state) {
  Torso torso;
  float bend_rad = 0.2f;
  for (auto _ : state) {
    bend_rad = 0.5f - bend_rad;
    benchmark::DoNotOptimize(skin(torso.model, HostTime{}, Torso::bones(bend_rad), torso.after));
  }
}

void build_tree(benchmark::State& state) {
  const Torso torso;
  for (auto _ : state) benchmark::DoNotOptimize(build_model(torso.shape.view()));
}

/// Embree's scene of the torso's later frame; quality LOW, or refitting would silently rebuild.
class EmbreeTorso {
 public:
  EmbreeTorso() {
    rtcSetGeometryBuildQuality(geometry_, RTC_BUILD_QUALITY_REFIT);
    rtcSetSceneBuildQuality(scene_, RTC_BUILD_QUALITY_LOW);
    rtcSetSceneFlags(scene_, RTC_SCENE_FLAG_DYNAMIC);
    vertices_ = static_cast<Vec3*>(rtcSetNewGeometryBuffer(geometry_, RTC_BUFFER_TYPE_VERTEX, 0,
                                                           RTC_FORMAT_FLOAT3, sizeof(Vec3),
                                                           torso_.model.vertices.size()));
    triangles_ = static_cast<Corners*>(rtcSetNewGeometryBuffer(geometry_, RTC_BUFFER_TYPE_INDEX, 0,
                                                               RTC_FORMAT_UINT3, sizeof(Corners),
                                                               torso_.model.triangles.size()));
    for (std::size_t t = 0; t < torso_.model.triangles.size(); ++t) {
      triangles_[t] = torso_.model.triangles[t].vertex;
    }
    rtcSetGeometryPointQueryFunction(geometry_, &EmbreeTorso::visit);
    std::copy(torso_.after.p_root_vertex.begin(), torso_.after.p_root_vertex.end(), vertices_);
    rtcCommitGeometry(geometry_);
    rtcAttachGeometry(scene_, geometry_);
    rtcCommitScene(scene_);
    surface_ = surface_at(torso_.model, torso_.after, torso_.after, HostTime{});
  }
  ~EmbreeTorso() {
    rtcReleaseGeometry(geometry_);
    rtcReleaseScene(scene_);
    rtcReleaseDevice(device_);
  }
  EmbreeTorso(const EmbreeTorso&) = delete;
  EmbreeTorso& operator=(const EmbreeTorso&) = delete;

  float closest_m(Vec3 p) {
    RTCPointQuery query{p.x, p.y, p.z, 0, 0.025f};
    RTCPointQueryContext context;
    rtcInitPointQueryContext(&context);
    rtcPointQuery(scene_, &query, &context, nullptr, this);
    return query.radius;
  }

  void refit(float bend_rad) {
    static_cast<void>(skin(torso_.model, HostTime{}, Torso::bones(bend_rad), torso_.after));
    std::copy(torso_.after.p_root_vertex.begin(), torso_.after.p_root_vertex.end(), vertices_);
    rtcUpdateGeometryBuffer(geometry_, RTC_BUFFER_TYPE_VERTEX, 0);
    rtcCommitGeometry(geometry_);
    rtcCommitScene(scene_);
  }

 private:
  using Corners = std::array<std::uint32_t, 3>;

  static bool visit(RTCPointQueryFunctionArguments* arguments) {
    const auto& self = *static_cast<EmbreeTorso*>(arguments->userPtr);
    RTCPointQuery& query = *arguments->query;
    const ClosestPoint hit =
        closest_on_triangle(self.surface_, arguments->primID, {query.x, query.y, query.z});
    if (!(hit.distance_m < query.radius)) return false;
    query.radius = hit.distance_m;
    return true;
  }

  Torso torso_;
  Surface surface_;
  RTCDevice device_ = rtcNewDevice("threads=1");
  RTCScene scene_ = rtcNewScene(device_);
  RTCGeometry geometry_ = rtcNewGeometry(device_, RTC_GEOMETRY_TYPE_TRIANGLE);
  Vec3* vertices_ = nullptr;
  Corners* triangles_ = nullptr;
};

void query_by_embree(benchmark::State& state, float gap_m) {
  EmbreeTorso torso;
  std::vector<std::array<Vec3, kHands * kActuators>> points;
  for (int tick = 0; tick < 1000; ++tick) {
    const auto hands = hands_on(gap_m, tick);
    auto& pass = points.emplace_back();
    for (std::size_t i = 0; i < pass.size(); ++i) {
      pass[i] = place_probe(hands[i / kActuators], i % kActuators, 1.0f).p_world;
    }
  }
  std::size_t tick = 0;
  for (auto _ : state) {
    for (const Vec3 p : points[tick++ % points.size()]) {
      benchmark::DoNotOptimize(torso.closest_m(p));
    }
  }
}

void skin_by_embree(benchmark::State& state) {
  EmbreeTorso torso;
  float bend_rad = 0.2f;
  for (auto _ : state) {
    bend_rad = 0.5f - bend_rad;
    torso.refit(bend_rad);
  }
}

constexpr float kTouching_m = -0.006f, kHovering_m = 0.015f, kAway_m = 0.5f;
constexpr auto kMicrosecond = benchmark::kMicrosecond;

BENCHMARK_CAPTURE(query_at, , kTouching_m)->Name("contact.query_32_touching")->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query_by_embree, , kTouching_m)
    ->Name("contact.query_32_touching.by_embree")
    ->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query_at, , kHovering_m)->Name("contact.query_32_hovering")->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query_by_embree, , kHovering_m)
    ->Name("contact.query_32_hovering.by_embree")
    ->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query_at, , kAway_m)->Name("contact.query_32_away")->Unit(kMicrosecond);
BENCHMARK(skin_frame)->Name("contact.skin_and_refit")->Unit(kMicrosecond);
BENCHMARK(skin_by_embree)->Name("contact.skin_and_refit.by_embree")->Unit(kMicrosecond);
BENCHMARK(build_tree)->Name("contact.build_model")->Unit(kMicrosecond);

}  // namespace
}  // namespace tactus
