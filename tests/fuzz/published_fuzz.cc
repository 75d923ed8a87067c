// The layer reads hands from memory that another process wrote: whatever is there, at any time.
#include <algorithm>
#include <cstring>
#include <memory>

#include "tactus/ipc/published.h"

using namespace tactus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto published = std::make_unique<ipc::Published>();
  std::int64_t t_ns = 0;
  if (size <= sizeof(t_ns)) return 0;
  std::memcpy(&t_ns, data, sizeof(t_ns));
  data += sizeof(t_ns);
  size -= sizeof(t_ns);
  auto* bytes = reinterpret_cast<std::uint8_t*>(published.get());
  for (std::size_t at = 0; at < sizeof(ipc::Published); at += size) {
    std::memcpy(bytes + at, data, std::min(size, sizeof(ipc::Published) - at));
  }
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    HandPose pose;
    ipc::pose_at(*published, hand, HostTime(Duration(t_ns)), ipc::Parts::All, pose);
    ipc::pose_at(*published, hand, HostTime(Duration(t_ns / 1000000)), ipc::Parts::Places, pose);
  }
  return 0;
}
