// What a locate costs the application: no allocation, no system call, no lock that could wait.
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hand_fixture.h"
#include "support/alloc_guard.h"

namespace tactus::layer_test {
namespace {

class Quiet : public HandTest {};

TEST_F(Quiet, LocateHandJointsAllocatesNothing) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer owns malloc";
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  Joints joints;
  const auto locate_joints = get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT");
  XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, kNow};
  const tactus::testing::AllocGuard guard;
  for (int i = 0; i < 100; ++i) {
    info.time = kNow + i * 1'000'000;
    ASSERT_EQ(locate_joints(lefty, &info, &joints.locations), XR_SUCCESS);
  }
  EXPECT_EQ(guard.calls(), 0u);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}

// In a child that the kernel kills at the first system call but exit.
TEST_F(Quiet, LocateHandJointsMakesNoSystemCall) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer makes system calls of its own";
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  wait_frame();
  Joints joints;
  const auto locate_joints = get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT");
  XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, kNow};
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
    bool is_right = true;
    for (int i = 0; i < 100; ++i) {
      info.time = kNow - i * 1'000'000;
      is_right = is_right && locate_joints(lefty, &info, &joints.locations) == XR_SUCCESS &&
                 joints.locations.isActive == XR_TRUE;
    }
    ::syscall(SYS_exit, is_right ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace tactus::layer_test
