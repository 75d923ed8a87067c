// The layer never harms the application: nothing started where nothing is configured, services
// that are killed in mid-frame, a thousand instances, neighbours that wrap.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "hand_fixture.h"
#include "newer_openxr.h"
#include "support/alloc_guard.h"

namespace tactus::layer_test {
namespace {

class Endurance : public HandTest {};

const std::vector<const char*> kEverything = {kHandTracking,
                                              kTouch,
                                              XR_FB_HAND_TRACKING_AIM_EXTENSION_NAME,
                                              XR_FB_HAND_TRACKING_CAPSULES_EXTENSION_NAME,
                                              XR_EXT_HAND_TRACKING_DATA_SOURCE_EXTENSION_NAME,
                                              XR_FB_HAPTIC_PCM_EXTENSION_NAME};

std::size_t count_entries(const char* folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

/// From now on the kernel ends this process at the first socket, thread, process or program.
void forbid_what_a_stranger_would_notice() {
  constexpr long kForbidden[] = {SYS_socket, SYS_connect, SYS_clone, SYS_clone3, SYS_fork,
                                 SYS_vfork,  SYS_execve,  SYS_bind,  SYS_listen, SYS_memfd_create};
  std::vector<sock_filter> filter = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const long call : kForbidden) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<__u32>(call), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    std::_Exit(3);
  }
}

TEST_F(Endurance, WithoutAServiceNothingIsStarted) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer makes system calls of its own";
  const pid_t child = ::fork();
  if (child == 0) {
    forbid_what_a_stranger_would_notice();
    begin(kEverything);
    wait_frame();
    const bool has_session = session != XR_NULL_HANDLE;
    get<PFN_xrDestroySession>("xrDestroySession")(session);
    get<PFN_xrDestroyInstance>("xrDestroyInstance")(instance);
    std::_Exit(has_session && !HasFailure() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

// The witness of the test above: the same program does open a socket where a service is.
TEST_F(Endurance, WhereAServiceIsItsSocketIsOpened) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer makes system calls of its own";
  start_service();
  const pid_t child = ::fork();
  if (child == 0) {
    forbid_what_a_stranger_would_notice();
    begin(kEverything);
    std::_Exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST_F(Endurance, AThousandInstancesComeAndGoAndLeaveNothing) {
  constexpr int kCycles = 1000;
  start_service();
  LoadedLayer::pin();
  const auto live = [&] {
    ASSERT_EQ(create(kEverything), XR_SUCCESS);
    XrSessionCreateInfo info{};
    info.type = XR_TYPE_SESSION_CREATE_INFO;
    ASSERT_EQ(get<PFN_xrCreateSession>("xrCreateSession")(instance, &info, &session), XR_SUCCESS);
    tracker(XR_HAND_LEFT_EXT);
    make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
    wait_frame();
    ASSERT_EQ(get<PFN_xrDestroyInstance>("xrDestroyInstance")(instance), XR_SUCCESS);
    made_instances.clear();
    runtime.trackers.clear();
    runtime.spaces.clear();
    runtime.sessions.clear();
  };
  for (int i = 0; i < 10; ++i) live();
  const std::size_t descriptors = count_entries("/proc/self/fd");
  const std::size_t threads = count_entries("/proc/self/task");
  for (int i = 0; i < kCycles && !HasFailure(); ++i) live();
  // The service's own end of the last connection may still be open.
  EXPECT_LE(count_entries("/proc/self/fd"), descriptors + 1);
  EXPECT_EQ(count_entries("/proc/self/task"), threads);
  EXPECT_TRUE(runtime.instances.empty());
  if (!HasFailure()) std::printf("metric layer.create_destroy_cycles %d count\n", kCycles);
}

TEST_F(Endurance, AThousandFailedCreatesLeaveNothing) {
  start_service();
  ASSERT_EQ(create({"XR_NOT_there"}), XR_ERROR_EXTENSION_NOT_PRESENT);
  const std::size_t descriptors = count_entries("/proc/self/fd");
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(create({"XR_NOT_there", kHandTracking}), XR_ERROR_EXTENSION_NOT_PRESENT);
  }
  EXPECT_LE(count_entries("/proc/self/fd"), descriptors + 1);
}

/// A service in a process of its own, for the test to kill.
pid_t fork_service(const std::string& path) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  FakeService service(path);
  for (std::int64_t t_ns = 0;; ++t_ns) {
    HandPose pose = some_hand(Hand::Left, HostTime(Duration(t_ns)));
    ipc::publish(service.published(), pose);
    service.beat(HostTime(Duration(INT64_MAX / 8)), true, true);
  }
}

TEST_F(Endurance, ServicesKilledInMidFrameHarmNobody) {
  const std::string path = folder.path() + "/service.sock";
  ::setenv("TACTUS_SOCKET", path.c_str(), 1);
  pid_t child = fork_service(path);
  while (!std::filesystem::exists(path)) ::usleep(1000);
  begin(kEverything);
  stage = runtime.add_space({});
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  std::atomic<bool> is_over{false};
  std::atomic<int> wrong{0}, active{0};
  std::vector<std::thread> users;
  for (int i = 0; i < 8; ++i) {
    users.emplace_back([&, i] {
      while (!is_over) {
        Joints joints;
        XrHandTrackingAimStateFB aim{XR_TYPE_HAND_TRACKING_AIM_STATE_FB, &joints.velocities};
        joints.locations.next = &aim;
        wrong += locate(lefty, stage, joints) == XR_SUCCESS ? 0 : 1;
        active += joints.locations.isActive == XR_TRUE ? 1 : 0;
        if (i == 0) wait_frame();
      }
    });
  }
  for (int round = 0; round < 10; ++round) {
    const int before = active;
    EXPECT_TRUE(poll_until([&] { return active > before; })) << "found again, round " << round;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    child = fork_service(path);
  }
  is_over = true;
  for (std::thread& user : users) user.join();
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(wrong, 0);
}

// A neighbour below that wraps instances: it gives us another value than the runtime gave it, and
// knows no other.
constexpr std::uint64_t kWrap = std::uint64_t{1} << 40;
XrInstance wrapped(XrInstance instance) {
  return reinterpret_cast<XrInstance>(reinterpret_cast<std::uint64_t>(instance) ^ kWrap);
}

XrResult XRAPI_CALL wrapping_create(const XrInstanceCreateInfo* info,
                                    const XrApiLayerCreateInfo* layer_info, XrInstance* instance) {
  XrApiLayerCreateInfo below = *layer_info;
  below.nextInfo = layer_info->nextInfo->next;
  const XrResult result = layer_info->nextInfo->nextCreateApiLayerInstance(info, &below, instance);
  if (XR_SUCCEEDED(result)) *instance = wrapped(*instance);
  return result;
}
XrResult XRAPI_CALL wrapping_destroy(XrInstance instance) {
  PFN_xrVoidFunction below = nullptr;
  const XrResult found = FakeRuntime::get_proc_addr(wrapped(instance), "xrDestroyInstance", &below);
  return XR_FAILED(found) ? found
                          : reinterpret_cast<PFN_xrDestroyInstance>(below)(wrapped(instance));
}
XrResult XRAPI_CALL wrapping_get(XrInstance instance, const char* name,
                                 PFN_xrVoidFunction* function) {
  if (std::strcmp(name, "xrDestroyInstance") == 0) {
    *function = reinterpret_cast<PFN_xrVoidFunction>(wrapping_destroy);
    return XR_SUCCESS;
  }
  return FakeRuntime::get_proc_addr(instance == XR_NULL_HANDLE ? instance : wrapped(instance), name,
                                    function);
}

TEST_F(Endurance, ANeighbourThatWrapsInstancesSeesOnlyItsOwn) {
  start_service();
  XrApiLayerNextInfo neighbour{};
  neighbour.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO;
  neighbour.structVersion = XR_API_LAYER_NEXT_INFO_STRUCT_VERSION;
  neighbour.structSize = sizeof(neighbour);
  neighbour.nextGetInstanceProcAddr = wrapping_get;
  neighbour.nextCreateApiLayerInstance = wrapping_create;
  ASSERT_EQ(create(kEverything, &neighbour), XR_SUCCESS);
  EXPECT_TRUE(runtime.instances.contains(reinterpret_cast<std::uint64_t>(wrapped(instance))));
  EXPECT_EQ(ask(instance, "xrPollEvent"), XR_SUCCESS);
  EXPECT_EQ(ask(wrapped(instance), "xrPollEvent"), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(get<PFN_xrDestroyInstance>("xrDestroyInstance")(instance), XR_SUCCESS);
  EXPECT_TRUE(runtime.instances.empty());
  made_instances.clear();
}

}  // namespace
}  // namespace tactus::layer_test
