// A tick allocates nothing, takes no lock and makes no system call: a recorded session is run
// through a fresh engine under three guards.
//
// Locks and heap calls are counted by replacing their functions; system calls are forbidden by the
// kernel (seccomp) in a child process, which it kills at the first one.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <iterator>
#include <memory>

#include "session.h"
#include "support/alloc_guard.h"

namespace {
std::atomic<std::uint64_t> locks_taken{0};
}

// The program's own: every lock of this process is counted on its way to the real one.
extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) {
  using Lock = int (*)(pthread_mutex_t*);
  static const auto real = reinterpret_cast<Lock>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  locks_taken.fetch_add(1, std::memory_order_relaxed);
  return real(mutex);
}

namespace tactus::service::tests {
namespace {

/// Kills the process at any system call but the one that ends it.
bool forbid_system_calls() {
  sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(rules)), rules};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

struct TickGuardTest : ::testing::Test {
  void SetUp() override {
    ASSERT_GT(recorded.contacts(), 1000u) << "the session must touch";
    recorded.introduce(*engine);
  }
  void drive_all() {
    for (const Step& step : recorded.steps()) {
      drive(*engine, step);
      engine->clear_released();
    }
  }

  RecordedSession recorded{4s};
  std::unique_ptr<Engine> engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
};

TEST_F(TickGuardTest, NoHeapCallAndNoLock) {
  ASSERT_TRUE(testing::is_counting()) << "run this test in a build without sanitizers";
  const std::uint64_t locks_before = locks_taken.load();
  const testing::AllocGuard heap;
  drive_all();
  EXPECT_EQ(heap.calls(), 0u);
  EXPECT_EQ(locks_taken.load(), locks_before);
}

TEST_F(TickGuardTest, NoSystemCall) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (!forbid_system_calls()) _exit(2);
    drive_all();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << "the kernel ended it at a system call";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(TickGuardTest, TheGuardsSeeWhatTheyGuardAgainst) {
  const std::uint64_t locks_before = locks_taken.load();
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  EXPECT_EQ(locks_taken.load(), locks_before + 1);
  const pid_t child = fork();
  if (child == 0) {
    if (!forbid_system_calls()) _exit(2);
    static_cast<void>(getppid());
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
}

}  // namespace
}  // namespace tactus::service::tests
