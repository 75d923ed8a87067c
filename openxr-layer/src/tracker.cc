#include "tracker.h"

#include "functions.h"
#include "glove.h"

namespace tactus::layer {
namespace {

/// What the service says of one device, if that is a tracker which lives.
bool read_worn(const ipc::Published& published, std::size_t slot, ipc::WornTracker& worn) noexcept {
  ipc::PublishedState state;
  if (!published.trackers[slot].worn.read(worn) || worn.connected == 0) return false;
  if (static_cast<std::size_t>(worn.role) >= ipc::kTrackerRoles) worn.role = ipc::TrackerRole::None;
  return published.state.read(state) &&
         HostTime(Duration(state.heartbeat_ns)) >= now_of(published) - kStaleAfter;
}

User named(Instance& instance, const ipc::WornTracker& worn) noexcept {
  return name_tracker(instance, {worn.serial.data(), worn.serial.size()});
}

/// The device behind a user; kMaxTrackers: none.
std::size_t find_slot(Instance& instance, const ipc::Published& published, User user) noexcept {
  ipc::WornTracker worn;
  std::size_t slot = 0;
  for (; slot < ipc::kMaxTrackers; ++slot) {
    if (!read_worn(published, slot, worn)) continue;
    if (user < kFirstTracker ? user_of(worn.role) == user : named(instance, worn) == user) break;
  }
  return slot;
}

XrViveTrackerPathsHTCX paths_of(const Instance& instance, User tracker,
                                ipc::TrackerRole role) noexcept {
  return {XR_TYPE_VIVE_TRACKER_PATHS_HTCX, nullptr, path_of(instance, tracker),
          path_of(instance, user_of(role))};
}

/// The trackers that are there, each by its name.
struct Present {
  std::array<User, ipc::kMaxTrackers> users{};
  std::array<ipc::TrackerRole, ipc::kMaxTrackers> roles{};
  std::uint32_t count = 0;
};

Present find_present(Instance& instance) noexcept {
  Present present;
  const ServiceLink::Lease lease(instance.link);
  ipc::WornTracker worn;
  for (std::size_t slot = 0; lease && slot < ipc::kMaxTrackers; ++slot) {
    if (!read_worn(lease.published(), slot, worn)) continue;
    const User user = named(instance, worn);
    if (user == kNoUser) continue;
    present.users[present.count] = user;
    present.roles[present.count++] = worn.role;
  }
  return present;
}

/// One that the application has not heard of as it is now; those that left may come again.
bool find_news(Instance& instance, const Present& present, std::size_t& news) noexcept {
  const Locked locked(instance.lock);
  std::array<bool, ipc::kMaxTrackers> is_there{};
  for (std::size_t i = 0; i < present.count; ++i) is_there[present.users[i] - kFirstTracker] = true;
  for (std::size_t k = 0; k < ipc::kMaxTrackers; ++k) {
    if (!is_there[k]) instance.trackers[k].is_told = false;
  }
  for (news = 0; news < present.count; ++news) {
    KnownTracker& known = instance.trackers[present.users[news] - kFirstTracker];
    if (known.is_told && known.role == present.roles[news]) continue;
    known.is_told = true;
    known.role = present.roles[news];
    return true;
  }
  return false;
}

XrResult give_paths(Instance& instance, std::uint32_t capacity, std::uint32_t& count,
                    XrViveTrackerPathsHTCX* paths) noexcept {
  const Present present = find_present(instance);
  std::uint32_t below = 0;
  const auto enumerate = instance.next.xrEnumerateViveTrackerPathsHTCX;
  const bool asks_below = instance.below.has(Extension::ViveTracker);
  if (asks_below) {
    const XrResult result = enumerate(instance.handle, 0, &below, nullptr);
    if (XR_FAILED(result)) return result;
  }
  count = below + present.count;
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < count) return XR_ERROR_SIZE_INSUFFICIENT;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (paths[i].type != XR_TYPE_VIVE_TRACKER_PATHS_HTCX) return XR_ERROR_VALIDATION_FAILURE;
  }
  if (asks_below) {
    const XrResult result =
        enumerate(instance.handle, capacity - present.count, &below, below > 0 ? paths : nullptr);
    if (XR_FAILED(result)) return result;
  }
  for (std::uint32_t i = 0; i < present.count; ++i) {
    XrViveTrackerPathsHTCX& path = paths[below + i];
    void* const next = path.next;
    path = paths_of(instance, present.users[i], present.roles[i]);
    path.next = next;
  }
  count = below + present.count;
  return XR_SUCCESS;
}

}  // namespace

bool is_tracker_on(Instance& instance, User user) noexcept {
  const ServiceLink::Lease lease(instance.link);
  return lease && find_slot(instance, lease.published(), user) < ipc::kMaxTrackers;
}

bool tracker_at(Instance& instance, User user, XrTime time, ipc::TrackerAt& tracker) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  const std::size_t slot = find_slot(instance, lease.published(), user);
  return slot < ipc::kMaxTrackers && ipc::tracker_at(lease.published().trackers[slot], t, tracker);
}

bool next_tracker_event(Instance& instance, XrEventDataBuffer& event) noexcept {
  if (!instance.gives_trackers()) return false;
  const Present present = find_present(instance);
  std::size_t news = 0;
  if (!find_news(instance, present, news)) return false;
  // What an event points to lives as long as the instance.
  KnownTracker& known = instance.trackers[present.users[news] - kFirstTracker];
  known.paths = paths_of(instance, present.users[news], present.roles[news]);
  reinterpret_cast<XrEventDataViveTrackerConnectedHTCX&>(event) = {
      XR_TYPE_EVENT_DATA_VIVE_TRACKER_CONNECTED_HTCX, nullptr, &known.paths};
  return true;
}

XRAPI_ATTR XrResult XRAPI_CALL
xrEnumerateViveTrackerPathsHTCX(XrInstance instance, uint32_t pathCapacityInput,
                                uint32_t* pathCountOutput, XrViveTrackerPathsHTCX* paths) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->gives_trackers()) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (pathCountOutput == nullptr || (pathCapacityInput > 0 && paths == nullptr)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  return give_paths(*ours, pathCapacityInput, *pathCountOutput, paths);
}

}  // namespace tactus::layer
