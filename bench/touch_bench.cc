// Budget: render and limit of one glove with all 16 actuators in contact 5 us of a 1 ms tick.
#include <benchmark/benchmark.h>

#include "tactus/touch/limit.h"
#include "tactus/touch/render.h"

namespace tactus {
namespace {

void render_and_limit(benchmark::State& state) {
  ContactSet contacts;
  for (std::uint8_t a = 0; a < kActuators; ++a) {
    Contact contact;
    contact.actuator = a;
    contact.force_N = 0.1f * static_cast<float>(a);
    contact.v_slip_world = {0.01f * static_cast<float>(a), 0, 0};
    benchmark::DoNotOptimize(contacts.push_back(contact));
  }
  RenderState rendering;
  LimitState limiting;
  HostTime t;
  for (auto _ : state) {
    t += kFramePeriod;
    const TactileFrame wanted = render(rendering, {}, Hand::Left, contacts, t);
    benchmark::DoNotOptimize(limit(limiting, {}, wanted, t));
  }
}
BENCHMARK(render_and_limit)->Name("touch.render_and_limit")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tactus
