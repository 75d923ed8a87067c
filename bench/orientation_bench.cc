// Budget: a sample of one unit at most 0.8 of what the peer takes, of a batch of 32 at most 0.25.
//
// `tactus-bench --peer FILE.so` measures the peer (bench/peer.h) on the same samples in the same
// run, interleaved with ours, and prints orientation.vqf_ratio.
#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "metric_reporter.h"
#include "peer.h"
#include "tactus/pose/orientation_batch.h"
#include "tactus/simulator/inertial_track.h"

namespace tactus {
namespace {

struct Sample {
  HostTime t;
  ImuReading imu;
  Vec3 field_uT;
  std::array<double, 9> doubles;  ///< the same, as a peer takes them
};

/// Lively motion, 30 s at BROAD's rate; a filter that has come to its end begins anew.
const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = [] {
    simulator::InertialTrackParams params;
    params.rate_Hz = 1 / 0.0035;
    params.length_s = 30;
    const auto track = inertial_track(1, params);
    std::vector<Sample> out(track.moving.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto &g = track.gyro_rad_per_s[i], &a = track.accel_m_per_s2[i];
      const auto& m = track.field_uT[i];
      out[i].t = HostTime(from_seconds(static_cast<double>(i) / params.rate_Hz));
      out[i].doubles = {g.x, g.y, g.z, a.x, a.y, a.z, m.x, m.y, m.z};
      std::array<float, 9> f;
      for (std::size_t k = 0; k < 9; ++k) f[k] = static_cast<float>(out[i].doubles[k]);
      out[i].imu = {{f[0], f[1], f[2]}, {f[3], f[4], f[5]}};
      out[i].field_uT = {f[6], f[7], f[8]};
    }
    return out;
  }();
  return all;
}

void update(benchmark::State& run) {
  const auto& all = samples();
  const OrientationParams params{.latency_s = 0.004f};
  while (run.KeepRunningBatch(static_cast<std::int64_t>(all.size()))) {
    OrientationState state;
    for (const Sample& sample : all) {
      advance(state, params, sample.t, sample.imu, sample.field_uT);
      benchmark::DoNotOptimize(q_earth_imu(state, params));
    }
  }
}
BENCHMARK(update)->Name("orientation.update")->Unit(benchmark::kNanosecond);

void batch32(benchmark::State& run) {
  const auto& all = samples();
  const OrientationParams params{.latency_s = 0.004f};
  std::vector<OrientationBatchSample> batches(all.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    for (std::size_t i = 0; i < kBatchUnits; ++i) {
      const Sample& sample = all[(k + 97 * i) % all.size()];
      batches[k].gyro_rad_per_s.set(i, sample.imu.gyro_rad_per_s);
      batches[k].accel_m_per_s2.set(i, sample.imu.accel_m_per_s2);
      batches[k].field_uT.set(i, sample.field_uT);
    }
  }
  while (run.KeepRunningBatch(static_cast<std::int64_t>(all.size() * kBatchUnits))) {
    OrientationBatchState state;
    for (std::size_t k = 0; k < all.size(); ++k) {
      advance(state, params, all[k].t, batches[k]);
      benchmark::DoNotOptimize(q_earth_imu(state, params));
    }
  }
}
BENCHMARK(batch32)->Name("orientation.batch32")->Unit(benchmark::kNanosecond);

/// A loaded peer; its functions are null until then.
struct Peer {
  decltype(&tactus_peer_name) name = nullptr;
  decltype(&tactus_peer_create) create = nullptr;
  decltype(&tactus_peer_update) update = nullptr;
  decltype(&tactus_peer_read) read = nullptr;
  decltype(&tactus_peer_destroy) destroy = nullptr;
};
Peer peer;

bool load_peer(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "tactus-bench: %s\n", dlerror());
    return false;
  }
  const auto find = [&](auto& function, const char* symbol) {
    function =
        reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, symbol));
    if (function == nullptr) {
      std::fprintf(stderr, "tactus-bench: %s has no %s (bench/peer.h)\n", path, symbol);
    }
    return function != nullptr;
  };
  return find(peer.name, "tactus_peer_name") && find(peer.create, "tactus_peer_create") &&
         find(peer.update, "tactus_peer_update") && find(peer.read, "tactus_peer_read") &&
         find(peer.destroy, "tactus_peer_destroy");
}

void update_by_peer(benchmark::State& run) {
  const auto& all = samples();
  while (run.KeepRunningBatch(static_cast<std::int64_t>(all.size()))) {
    const std::unique_ptr<void, void (*)(void*)> state(peer.create(0.0035), peer.destroy);
    if (!state) {
      run.SkipWithError("the peer could not be made");
      return;
    }
    for (const Sample& sample : all) {
      const double* numbers = sample.doubles.data();
      peer.update(state.get(), numbers, numbers + 3, numbers + 6);
      std::array<double, 4> q;
      peer.read(state.get(), q.data());
      benchmark::DoNotOptimize(q);
    }
  }
}

}  // namespace
}  // namespace tactus

int main(int argc, char** argv) {
  std::vector<char*> others{argv[0]};
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--peer") {
      others.push_back(argv[i]);
    } else if (++i == argc) {
      std::fprintf(stderr, "tactus-bench: --peer needs a file; bench/peer.h says which\n");
      return 2;
    } else if (!tactus::load_peer(argv[i])) {
      return 1;
    }
  }
  if (tactus::peer.name != nullptr) {
    std::printf("peer: %s\n", tactus::peer.name());
    benchmark::RegisterBenchmark("orientation.update.by_peer", tactus::update_by_peer)
        ->Unit(benchmark::kNanosecond);
  }
  tactus::bench::Times times;
  const int exit_code =
      tactus::bench::run_and_print(static_cast<int>(others.size()), others.data(), &times);
  const auto ours = times.find("orientation.update");
  const auto theirs = times.find("orientation.update.by_peer");
  if (ours != times.end() && theirs != times.end()) {
    std::printf("metric orientation.vqf_ratio %.3g ratio\n", ours->second / theirs->second);
  }
  return exit_code;
}
