// An application as the service sees one: a focused client that shows a ball at 90 Hz, where the
// rig's hand presses it.
#include <cstdio>
#include <ctime>
#include <thread>

#include "support/shapes.h"
#include "tactus/ipc/connection.h"
#include "tactus/ipc/sealed_memory.h"

namespace {

using namespace tactus;

constexpr Duration kFrame = 11ms;
constexpr Vec3 kBall_m = {0.12f, 0.10f, 0.15f};  ///< half axes, around the world's origin

bool begin(const ipc::Connection& connection) {
  const auto bytes = testing::to_bytes(testing::make_ellipsoid(kBall_m, 24, 48));
  const auto memory = ipc::SealedMemory::create(bytes);
  const ipc::CreateBody body{1, static_cast<std::uint32_t>(bytes.size())};
  return connection.send(ipc::Kind::CreateBody, body, {}, memory.descriptor()) ==
             ipc::Transfer::Done &&
         connection.send(ipc::Kind::Focus, ipc::Focus{1}) == ipc::Transfer::Done;
}

bool show(const ipc::Connection& connection) {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  const Pose pose{};
  ipc::BodyFrame frame;
  frame.body = 1;
  frame.t_shown_ns = t.tv_sec * 1'000'000'000LL + t.tv_nsec + Duration(2 * kFrame).count();
  frame.bone_count = 1;
  return connection.send(ipc::Kind::BodyFrame, frame, std::as_bytes(std::span(&pose, 1))) !=
         ipc::Transfer::Gone;
}

}  // namespace

int main() {
  for (;;) {
    const auto connection = ipc::Connection::open(ipc::find_service_path(), 5000);
    if (connection && begin(*connection)) {
      ipc::Packet packet;
      while (show(*connection)) {
        (void)connection->receive(packet);
        std::this_thread::sleep_for(kFrame);
      }
    }
    std::this_thread::sleep_for(50ms);
  }
}
