// Budgets with 40 probes all in contact with a nodding head of 20 000 triangles: closest points
// 1/7 of Embree's warm point query, all of touch 1/2.5 of it, 1/100 of FCL's distance; a tick in
// which every probe must look afresh 80 us; a shown frame's mesh 0.35 ms. Peers: Embree 3's point
// query within last tick's distance plus motion, FCL's distance and Bullet's contact test of 8 mm
// spheres; all on the mesh as the last frame shows it.
#include <benchmark/benchmark.h>
#include <btBulletCollisionCommon.h>
#include <embree3/rtcore.h>
#include <fcl/fcl.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "metric_reporter.h"
#include "tactus/contact/neighbourhood.h"
#include "tactus/contact/query.h"
#include "tactus/simulator/generated_head.h"

namespace tactus {
namespace {

using simulator::GeneratedHead;

constexpr std::size_t kProbesTouching = 40;
constexpr float kProbeRadius_m = 0.008f;
constexpr int kTicksAFrame = 11;  // 90 Hz
constexpr int kFrames = 45;       // half a second, after which all begins anew
constexpr int kTicks = kFrames * kTicksAFrame;

/// A nod of 0.2 m/s at the crown, a slower turn, and speech.
simulator::HeadPose posture_at(float t_s) {
  const float turn = 4 * kPi * t_s;
  return simulator::pose_head({.nod_rad = 0.075f * std::sin(turn),
                               .turn_rad = 0.05f * std::cos(turn),
                               .jaw_rad = 0.06f + 0.06f * std::sin(2 * turn)});
}

using Points = std::array<Vec3, kProbesTouching>;

constexpr HostTime shown_at(int frame) { return HostTime{Duration{1ms} * (frame * kTicksAFrame)}; }

/// The head as it is shown, frame after frame, in the few buffers that a service has.
class Shown {
 public:
  explicit Shown(const BodyModel& model) : model_(model), frames_(3, DeformedBody(model)) {
    show(0);
  }

  /// The frame before the tick and the one after it are skinned, as by the body thread.
  void show(int frame) {
    for (const int f : {frame, frame + 1}) {
      DeformedBody& out = frames_[static_cast<std::size_t>(f) % frames_.size()];
      if (out.t == shown_at(f) && out.identity != 0) continue;
      static_cast<void>(skin(model_, shown_at(f),
                             posture_at(0.001f * static_cast<float>(f * kTicksAFrame)), out));
    }
    frame_ = static_cast<std::size_t>(frame);
  }
  [[nodiscard]] const DeformedBody& before() const { return frames_[frame_ % frames_.size()]; }
  [[nodiscard]] const DeformedBody& after() const { return frames_[(frame_ + 1) % frames_.size()]; }
  [[nodiscard]] Surface at(int tick) const {
    return surface_at(model_, before(), after(), HostTime{Duration{1ms} * tick});
  }

 private:
  const BodyModel& model_;
  std::vector<DeformedBody> frames_;
  std::size_t frame_ = 0;
};

/// Ticks of the half second, round and round.
struct Clock {
  int tick = 0;
  [[nodiscard]] int frame() const { return tick / kTicksAFrame; }
  [[nodiscard]] bool is_new_frame() const { return tick % kTicksAFrame == 0; }
  void next() { tick = (tick + 1) % kTicks; }
};

/// The head, and where 40 probes are at every tick.
struct Scene {
  explicit Scene(int triangles) : head(simulator::generate_head(triangles)) { place_probes(); }

  GeneratedHead head;
  BodyModel model = build_model(head.view());
  std::vector<Points> p_world;  ///< of each tick

 private:
  /// Two hands' worth of fingertips on cheek and crown: each slides at 0.1 m/s over the skin and
  /// bobs between 3 mm deep and 4 mm above its first touch, carried along with the head.
  void place_probes() {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> spread(-0.045f, 0.045f), phase(0, 2 * kPi);
    std::array<Vec3, kProbesTouching> home, along;
    std::array<float, kProbesTouching> start;
    for (std::size_t i = 0; i < kProbesTouching; ++i) {
      const Vec3 hand = i % 2 == 0 ? Vec3{0.12f, -0.02f, 0.10f} : Vec3{-0.06f, 0.09f, 0.10f};
      home[i] = hand + Vec3{spread(random), spread(random), spread(random)};
      along[i] = Vec3{spread(random), spread(random), spread(random)};
      start[i] = phase(random);
    }
    Shown shown(model);
    for (int tick = 0; tick < kTicks; ++tick) {
      shown.show(tick / kTicksAFrame);
      const Surface now = shown.at(tick);
      const float t_s = 0.001f * static_cast<float>(tick);
      const Pose T_world_skull = posture_at(t_s)[1];
      Points& points = p_world.emplace_back();
      for (std::size_t i = 0; i < kProbesTouching; ++i) {
        // A circle of 2 cm at 0.1 m/s, brought to the skin.
        const Vec3 side = normalized(cross(home[i], along[i]));
        const Vec3 up = normalized(cross(side, home[i]));
        const float turn = 5.0f * t_s + start[i];
        const Vec3 p_skull =
            home[i] + 0.02f * (std::cos(turn) * side + std::sin(turn) * up) + Vec3{0, 0.09f, 0.02f};
        const Vec3 p = now.from_world(T_world_skull * p_skull);
        const ClosestPoint hit = closest_point(now, p, 1.0f);
        const float height_m = 0.0005f + 0.0035f * std::sin(6.0f * t_s + 2 * start[i]);
        points[i] = now.to_world(hit.p_surface + (kProbeRadius_m * 0.5f + height_m) *
                                                     normalized(pseudonormal(now, hit)));
      }
    }
  }
};

const Scene& scene(std::int64_t triangles) {
  static const Scene small(20'000), large(100'000);
  return triangles > 50'000 ? large : small;
}

void query(benchmark::State& state, VectorWidth width) {
  const Scene& of = scene(state.range(0));
  std::array<Neighbourhood, kProbesTouching> memory{};
  Shown shown(of.model);
  Clock clock;
  for (auto _ : state) {
    if (clock.is_new_frame()) {  // skinned on another thread
      state.PauseTiming();
      shown.show(clock.frame());
      state.ResumeTiming();
    }
    const Surface now = shown.at(clock.tick);
    const Points& points = of.p_world[static_cast<std::size_t>(clock.tick)];
    for (std::size_t i = 0; i < points.size(); ++i) {
      benchmark::DoNotOptimize(
          closest_point(now, now.from_world(points[i]), 0.025f, memory[i], width));
    }
    clock.next();
  }
}

/// All of touch: closest point, sign, the place carried with the skin, contact, friction, force.
/// Every probe jumps to and fro by `jump_m` each tick, in which nothing remembered may serve.
void touch_all(benchmark::State& state, float jump_m) {
  const Scene& of = scene(state.range(0));
  std::array<ProbeMemory, kProbesTouching> memory{};
  Shown shown(of.model);
  Clock clock;
  HostTime t;
  std::size_t touching = 0;
  for (auto _ : state) {
    if (clock.is_new_frame()) {  // skinned on another thread
      state.PauseTiming();
      shown.show(clock.frame());
      state.ResumeTiming();
    }
    t += 1ms;
    const Surface now = shown.at(clock.tick);
    const Points& points = of.p_world[static_cast<std::size_t>(clock.tick)];
    const Vec3 jump = clock.tick % 2 == 0 ? Vec3{0, 0.5f * jump_m, 0} : Vec3{0, -0.5f * jump_m, 0};
    for (std::size_t i = 0; i < points.size(); ++i) {
      Probe probe;
      probe.p_world = points[i] + jump;
      probe.v_world = {0.1f, 0, 0};
      probe.radius_m = kProbeRadius_m;
      Contact contact;
      touching += touch(memory[i], {}, now, probe, 0.001f, t, contact) ? 1 : 0;
      benchmark::DoNotOptimize(contact);
    }
    clock.next();
  }
  state.counters["touching"] =
      static_cast<double>(touching) / static_cast<double>(state.iterations());
}

/// Embree's scene of one frame; quality LOW, or refitting would silently rebuild.
class EmbreeHead {
 public:
  explicit EmbreeHead(const Scene& of) : of_(of) {
    rtcSetGeometryBuildQuality(geometry_, RTC_BUILD_QUALITY_REFIT);
    rtcSetSceneBuildQuality(scene_, RTC_BUILD_QUALITY_LOW);
    rtcSetSceneFlags(scene_, RTC_SCENE_FLAG_DYNAMIC);
    vertices_ = static_cast<Vec3*>(rtcSetNewGeometryBuffer(geometry_, RTC_BUFFER_TYPE_VERTEX, 0,
                                                           RTC_FORMAT_FLOAT3, sizeof(Vec3),
                                                           of.model.vertices.size()));
    auto* corners = static_cast<Corners*>(
        rtcSetNewGeometryBuffer(geometry_, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                sizeof(Corners), of.model.triangles.size()));
    for (std::size_t t = 0; t < of.model.triangles.size(); ++t) {
      corners[t] = of.model.triangles[t].vertex;
    }
    rtcSetGeometryPointQueryFunction(geometry_, &EmbreeHead::visit);
    rtcSetGeometryUserData(geometry_, this);
    rtcAttachGeometry(scene_, geometry_);
    show(Shown(of.model).after());
  }
  ~EmbreeHead() {
    rtcReleaseGeometry(geometry_);
    rtcReleaseScene(scene_);
    rtcReleaseDevice(device_);
  }
  EmbreeHead(const EmbreeHead&) = delete;
  EmbreeHead& operator=(const EmbreeHead&) = delete;

  void show(const DeformedBody& frame) {
    std::copy(frame.p_root_vertex.begin(), frame.p_root_vertex.end(), vertices_);
    rtcUpdateGeometryBuffer(geometry_, RTC_BUFFER_TYPE_VERTEX, 0);
    rtcCommitGeometry(geometry_);
    rtcCommitScene(scene_);
  }

  float closest_m(Vec3 p, float within_m) {
    RTCPointQuery query{p.x, p.y, p.z, 0, within_m};
    RTCPointQueryContext context;
    rtcInitPointQueryContext(&context);
    rtcPointQuery(scene_, &query, &context, nullptr, this);
    return query.radius;
  }

 private:
  using Corners = std::array<std::uint32_t, 3>;

  static bool visit(RTCPointQueryFunctionArguments* arguments) {
    const auto& self = *static_cast<EmbreeHead*>(arguments->userPtr);
    RTCPointQuery& query = *arguments->query;
    const auto& v = self.of_.model.triangles[arguments->primID].vertex;
    const Vec3 p{query.x, query.y, query.z};
    const float distance_m =
        distance_to(self.vertices_[v[0]] - p, self.vertices_[v[1]] - p, self.vertices_[v[2]] - p);
    if (!(distance_m < query.radius)) return false;
    query.radius = distance_m;
    return true;
  }

  /// From the origin to a triangle; Ericson, Real-Time Collision Detection, 2005, section 5.1.5.
  static float distance_to(Vec3 a, Vec3 b, Vec3 c) {
    const Vec3 ab = b - a, ac = c - a;
    const float d1 = -dot(ab, a), d2 = -dot(ac, a);
    if (d1 <= 0 && d2 <= 0) return length(a);
    const float d3 = -dot(ab, b), d4 = -dot(ac, b);
    if (d3 >= 0 && d4 <= d3) return length(b);
    const float vc = d1 * d4 - d3 * d2;
    if (vc <= 0 && d1 >= 0 && d3 <= 0) return length(a + d1 / (d1 - d3) * ab);
    const float d5 = -dot(ab, c), d6 = -dot(ac, c);
    if (d6 >= 0 && d5 <= d6) return length(c);
    const float vb = d5 * d2 - d1 * d6;
    if (vb <= 0 && d2 >= 0 && d6 <= 0) return length(a + d2 / (d2 - d6) * ac);
    const float va = d3 * d6 - d5 * d4;
    if (va <= 0 && d4 >= d3 && d5 >= d6) {
      return length(b + (d4 - d3) / ((d4 - d3) + (d5 - d6)) * (c - b));
    }
    return length(a + vb / (va + vb + vc) * ab + vc / (va + vb + vc) * ac);
  }

  const Scene& of_;
  RTCDevice device_ = rtcNewDevice("threads=1");
  RTCScene scene_ = rtcNewScene(device_);
  RTCGeometry geometry_ = rtcNewGeometry(device_, RTC_GEOMETRY_TYPE_TRIANGLE);
  Vec3* vertices_ = nullptr;
};

/// The farthest that a vertex moves from one frame to the next.
float largest_motion_m(const DeformedBody& before, const DeformedBody& after) {
  float most_m = 0;
  for (std::size_t v = 0; v < before.p_root_vertex.size(); ++v) {
    most_m = std::max(most_m, length(after.p_root_vertex[v] - before.p_root_vertex[v]));
  }
  return most_m;
}

/// All ticks of a frame against its later end: a peer has no in-between.
void query_by_embree(benchmark::State& state) {
  const Scene& of = scene(state.range(0));
  EmbreeHead head(of);
  Shown shown(of.model);
  Points last{};
  std::array<float, kProbesTouching> distance_m;
  distance_m.fill(1.0f);
  float motion_m = 0;
  Clock clock;
  for (auto _ : state) {
    if (clock.is_new_frame()) {  // refitted on another thread
      state.PauseTiming();
      shown.show(clock.frame());
      head.show(shown.after());
      motion_m = largest_motion_m(shown.before(), shown.after());
      state.ResumeTiming();
    }
    const Vec3 root = shown.after().p_world_root;
    const Points& points = of.p_world[static_cast<std::size_t>(clock.tick)];
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Vec3 p = points[i] - root;
      distance_m[i] = head.closest_m(p, distance_m[i] + length(p - last[i]) + motion_m + 1e-5f);
      last[i] = p;
    }
    motion_m = 0;
    clock.next();
  }
}

void mesh_update(benchmark::State& state) {
  const Scene& of = scene(state.range(0));
  DeformedBody out(of.model);
  int frame = 0;
  for (auto _ : state) {
    frame = (frame + 1) % kFrames;
    benchmark::DoNotOptimize(
        skin(of.model, HostTime{}, posture_at(0.011f * static_cast<float>(frame)), out));
  }
}

void mesh_update_by_embree(benchmark::State& state) {
  const Scene& of = scene(state.range(0));
  EmbreeHead head(of);
  Shown shown(of.model);
  int frame = 0;
  for (auto _ : state) {
    frame = 1 - frame;
    head.show(frame == 0 ? shown.before() : shown.after());
  }
}

/// Bullet's sphere against a triangle mesh, all contacts within 8 mm.
class BulletHead {
 public:
  BulletHead(const Scene& of, const DeformedBody& shown) {
    btIndexedMesh part;
    part.m_numTriangles = static_cast<int>(of.model.triangles.size());
    for (const BodyTriangle& t : of.model.triangles) {
      for (const std::uint32_t v : t.vertex) corners_.push_back(static_cast<int>(v));
    }
    part.m_triangleIndexBase = reinterpret_cast<const unsigned char*>(corners_.data());
    part.m_triangleIndexStride = 3 * sizeof(int);
    vertices_ = shown.p_root_vertex;
    part.m_numVertices = static_cast<int>(vertices_.size());
    part.m_vertexBase = reinterpret_cast<const unsigned char*>(vertices_.data());
    part.m_vertexStride = sizeof(Vec3);
    part.m_vertexType = PHY_FLOAT;
    mesh_.addIndexedMesh(part);
    shape_ = std::make_unique<btBvhTriangleMeshShape>(&mesh_, true);
    body_.setCollisionShape(shape_.get());
    ball_.setCollisionShape(&sphere_);
    world_.addCollisionObject(&body_);
  }

  float deepest_m(Vec3 p) {
    btTransform T;
    T.setIdentity();
    T.setOrigin({p.x, p.y, p.z});
    ball_.setWorldTransform(T);
    Deepest deepest;
    world_.contactPairTest(&ball_, &body_, deepest);
    return deepest.distance_m;
  }

 private:
  struct Deepest : btCollisionWorld::ContactResultCallback {
    float distance_m = 1;
    btScalar addSingleResult(btManifoldPoint& point, const btCollisionObjectWrapper*, int, int,
                             const btCollisionObjectWrapper*, int, int) override {
      distance_m = std::min(distance_m, static_cast<float>(point.getDistance()));
      return 0;
    }
  };

  std::vector<int> corners_;
  std::vector<Vec3> vertices_;
  btTriangleIndexVertexArray mesh_;
  std::unique_ptr<btBvhTriangleMeshShape> shape_;
  btSphereShape sphere_{kProbeRadius_m};
  btCollisionObject body_, ball_;
  btDefaultCollisionConfiguration configuration_;
  btCollisionDispatcher dispatcher_{&configuration_};
  btDbvtBroadphase broadphase_;
  btCollisionWorld world_{&dispatcher_, &broadphase_, &configuration_};
};

void query_by_bullet(benchmark::State& state) {
  const Scene& of = scene(state.range(0));
  const Shown frames(of.model);
  const DeformedBody& shown = frames.after();
  BulletHead head(of, shown);
  const Vec3 root = shown.p_world_root;
  int tick = 0;
  for (auto _ : state) {
    for (const Vec3 p : of.p_world[static_cast<std::size_t>(tick)]) {
      benchmark::DoNotOptimize(head.deepest_m(p - root));
    }
    tick = (tick + 1) % kTicksAFrame;
  }
}

void query_by_fcl(benchmark::State& state) {
  const Scene& of = scene(state.range(0));
  const auto mesh = std::make_shared<fcl::BVHModel<fcl::OBBRSSd>>();
  const Shown frames(of.model);
  const DeformedBody& shown = frames.after();
  const auto at = [&shown](std::uint32_t v) {
    const Vec3 p = shown.p_root_vertex[v];
    return fcl::Vector3d(p.x, p.y, p.z);
  };
  mesh->beginModel();
  for (const BodyTriangle& t : of.model.triangles) {
    mesh->addTriangle(at(t.vertex[0]), at(t.vertex[1]), at(t.vertex[2]));
  }
  mesh->endModel();
  const fcl::CollisionObjectd body(mesh);
  fcl::CollisionObjectd ball(std::make_shared<fcl::Sphered>(kProbeRadius_m));
  const Vec3 root = shown.p_world_root;
  int tick = 0;
  for (auto _ : state) {
    for (const Vec3 p_world : of.p_world[static_cast<std::size_t>(tick)]) {
      const Vec3 p = p_world - root;
      ball.setTranslation(fcl::Vector3d(p.x, p.y, p.z));
      ball.computeAABB();
      fcl::DistanceResultd result;
      benchmark::DoNotOptimize(fcl::distance(&ball, &body, fcl::DistanceRequestd(true), result));
    }
    tick = (tick + 1) % kTicksAFrame;
  }
}

constexpr std::int64_t kSmall = 20'000, kLarge = 100'000;
constexpr auto kMicrosecond = benchmark::kMicrosecond;
BENCHMARK_CAPTURE(query, , widest_vectors())->Name("touch.query")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query, , widest_vectors())
    ->Name("touch.query_100k")
    ->Arg(kLarge)
    ->Unit(kMicrosecond);
// What processors of fewer lanes take; no more than this one has.
BENCHMARK_CAPTURE(query, , VectorWidth::Eight)
    ->Name("touch.query_eight_lanes")
    ->Arg(kSmall)
    ->Unit(kMicrosecond);
BENCHMARK_CAPTURE(query, , VectorWidth::Four)
    ->Name("touch.query_four_lanes")
    ->Arg(kSmall)
    ->Unit(kMicrosecond);
BENCHMARK_CAPTURE(touch_all, , 0.0f)->Name("touch.full_pass")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK_CAPTURE(touch_all, , 0.005f)->Name("touch.worst_tick")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK(query_by_embree)->Name("touch.query.by_embree")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK(query_by_embree)->Name("touch.query_100k.by_embree")->Arg(kLarge)->Unit(kMicrosecond);
BENCHMARK(query_by_bullet)->Name("touch.query.by_bullet")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK(query_by_fcl)->Name("touch.query.by_fcl")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK(mesh_update)->Name("touch.mesh_update")->Arg(kSmall)->Unit(kMicrosecond);
BENCHMARK(mesh_update_by_embree)
    ->Name("touch.mesh_update.by_embree")
    ->Arg(kSmall)
    ->Unit(kMicrosecond);

}  // namespace
}  // namespace tactus

int main(int argc, char** argv) {
  tactus::bench::Times times;
  const int exit_code = tactus::bench::run_and_print(argc, argv, &times);
  const auto print = [&times](const char* name, const char* above, const char* below) {
    const auto a = times.find(above), b = times.find(below);
    if (a == times.end() || b == times.end()) return;
    std::printf("metric %s %.3g ratio\n", name, a->second / b->second);
  };
  const auto print_time = [&times](const char* name, const char* of, double scale,
                                   const char* unit) {
    const auto found = times.find(of);
    if (found != times.end()) std::printf("metric %s %.4g %s\n", name, scale * found->second, unit);
  };
  print_time("touch.embree_warm_us", "touch.query.by_embree", 1, "us");
  print_time("touch.fcl_us", "touch.query.by_fcl", 1, "us");
  print_time("touch.bullet_us", "touch.query.by_bullet", 1, "us");
  print_time("touch.mesh_update_ms", "touch.mesh_update", 1e-3, "ms");
  print("touch.embree_ratio_query", "touch.query.by_embree", "touch.query");
  print("touch.embree_ratio_full", "touch.query.by_embree", "touch.full_pass");
  print("touch.fcl_ratio", "touch.query.by_fcl", "touch.full_pass");
  print("touch.growth_20k_100k", "touch.query_100k", "touch.query");
  return exit_code;
}
