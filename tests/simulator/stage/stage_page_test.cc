#include "tactus/simulator/stage_page.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>

namespace tactus::simulator {
namespace {

constexpr int kPatience_ms = 60'000;  // how long a broken build may take to be called broken

class StagePageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/tactus_stage_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    path_ = folder_ + "/page";
  }
  void TearDown() override {
    unmap_stage_page(page_);
    unlink(path_.c_str());
    rmdir(folder_.c_str());
  }
  void write_file(const void* bytes, std::size_t size) {
    FILE* file = fopen(path_.c_str(), "wb");
    ASSERT_NE(file, nullptr);
    ASSERT_EQ(fwrite(bytes, 1, size, file), size);
    fclose(file);
  }
  std::string folder_, path_;
  StagePage* page_ = nullptr;
};

TEST_F(StagePageTest, RefusesWhatIsNotAPage) {
  EXPECT_EQ(map_stage_page(path_.c_str()), nullptr) << "absent";
  EXPECT_EQ(map_stage_page(folder_.c_str()), nullptr) << "a folder";
  const std::string garbage(sizeof(StagePage), 'x');
  write_file(garbage.data(), sizeof(StagePage) - 1);
  EXPECT_EQ(map_stage_page(path_.c_str()), nullptr) << "too short";
  write_file(garbage.data(), garbage.size());
  EXPECT_EQ(map_stage_page(path_.c_str()), nullptr) << "garbage";
  const std::uint32_t other_version[2] = {kStageMagic, kStageVersion + 1};
  std::string page(sizeof(StagePage), '\0');
  page.replace(0, sizeof(other_version), reinterpret_cast<const char*>(other_version),
               sizeof(other_version));
  write_file(page.data(), page.size());
  EXPECT_EQ(map_stage_page(path_.c_str()), nullptr) << "another version";
}

TEST_F(StagePageTest, SaysWhyItCannotBeMade) {
  EXPECT_EQ(create_stage_page((folder_ + "/absent/page").c_str()), nullptr);
  EXPECT_EQ(errno, ENOENT);
}

TEST_F(StagePageTest, IsPrivateToTheUser) {
  page_ = create_stage_page(path_.c_str());
  struct stat st {};
  ASSERT_EQ(stat(path_.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 077, 0u);
}

TEST_F(StagePageTest, WithoutARuntimeTimeFlows) {
  page_ = create_stage_page(path_.c_str());
  ASSERT_NE(page_, nullptr);
  EXPECT_TRUE(await_runtime(*page_, 0));
}

TEST_F(StagePageTest, ARuntimeThatDoesNotWaitIsReported) {
  page_ = create_stage_page(path_.c_str());
  ASSERT_NE(page_, nullptr);
  page_->attached = 1;
  EXPECT_FALSE(await_runtime(*page_, 1));
  page_->waiting_for_ns = 5;
  EXPECT_TRUE(await_runtime(*page_, 1));
  advance_to(*page_, 5);
  EXPECT_FALSE(await_runtime(*page_, 1)) << "it waits for the present, so it is about to work";
}

// Another process waits for every 11th millisecond; this one steps in milliseconds. Each wait must
// end at its own time exactly, or the child's count of late wake-ups is its exit status.
TEST_F(StagePageTest, StepsAnotherProcessExactly) {
  page_ = create_stage_page(path_.c_str());
  ASSERT_NE(page_, nullptr);
  constexpr std::int64_t kStep_ns = 1'000'000;
  page_->attached = 1;
  const pid_t child = fork();
  if (child == 0) {
    StagePage* page = map_stage_page(path_.c_str());
    int wrong = page ? 0 : 100;
    for (std::int64_t t_ns = 11 * kStep_ns; page && t_ns <= 330 * kStep_ns; t_ns += 11 * kStep_ns) {
      wrong += !wait_until(*page, t_ns) || page->now_ns != t_ns;
      page->frames_ended.fetch_add(1);
    }
    wrong += page && wait_until(*page, INT64_MAX);  // ends by quit
    _exit(wrong);
  }
  ASSERT_GT(child, 0);
  for (std::int64_t t_ns = kStep_ns; t_ns <= 340 * kStep_ns; t_ns += kStep_ns) {
    ASSERT_TRUE(await_runtime(*page_, kPatience_ms)) << "at " << t_ns << " ns";
    advance_to(*page_, t_ns);
  }
  ASSERT_TRUE(await_runtime(*page_, kPatience_ms));
  EXPECT_EQ(page_->frames_ended, 30u);
  page_->quit = 1;
  advance_to(*page_, 341 * kStep_ns);
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(page_->waiting_for_ns, 0);
}

TEST_F(StagePageTest, QuitWinsOverATimeAlreadyReached) {
  page_ = create_stage_page(path_.c_str());
  ASSERT_NE(page_, nullptr);
  advance_to(*page_, 10);
  EXPECT_TRUE(wait_until(*page_, 10));
  page_->quit = 1;
  EXPECT_FALSE(wait_until(*page_, 10));
}

}  // namespace
}  // namespace tactus::simulator
