// Khronos's own sample application on the runtime, as a stranger's program is.
#include <dirent.h>

#include <filesystem>
#include <thread>

#include "client_process.h"
#include "png_picture.h"
#include "tactus/simulator/stage_page.h"

namespace tactus::test {
namespace {

constexpr int kPatience_ms = 120'000;
constexpr std::uint64_t kFrames = 300;
constexpr const char* kValidation =
    "/usr/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json";

class HelloXr : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/tactus_hello_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    std::filesystem::create_directory(folder_ + "/pictures");
    ASSERT_TRUE(std::filesystem::exists("/usr/bin/hello_xr"))
        << "hello_xr is missing: install libopenxr-utils";
    ASSERT_TRUE(std::filesystem::exists(kValidation))
        << "the validation layer is missing: install vulkan-validationlayers";
    ASSERT_NE(getenv("XR_RUNTIME_JSON"), nullptr) << "ctest sets it";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::map<std::string, std::string> variables() const {
    return {{"TACTUS_RUNTIME_SNAPSHOTS", folder_ + "/pictures"},
            {"TACTUS_RUNTIME_SNAPSHOT_EVERY", "20"},
            {"TACTUS_RUNTIME_STATS", folder_ + "/stats"},
            {"TACTUS_RUNTIME_VIEW_SIZE", "256"},
            {"VK_INSTANCE_LAYERS", "VK_LAYER_KHRONOS_validation"}};
  }
  [[nodiscard]] std::string log() const { return folder_ + "/log"; }

  [[nodiscard]] std::vector<std::string> pictures() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/pictures")) {
      paths.push_back(entry.path());
    }
    return paths;
  }

  [[nodiscard]] std::uint64_t statistic(const std::string& name) const {
    std::ifstream file(folder_ + "/stats");
    std::string key;
    for (std::uint64_t value = 0; file >> key >> value;) {
      if (key == name) return value;
    }
    ADD_FAILURE() << name << " is not in the statistics";
    return 0;
  }

  void check_run(const char* plugin) const {
    EXPECT_EQ(statistic("reached_focused"), 1u);
    EXPECT_GE(statistic("frames_ended"), kFrames);
    ASSERT_GE(pictures().size(), 2u);
    for (const std::string& path : pictures()) {
      const PngPicture picture = read_png(path);
      EXPECT_EQ(picture.width_px, 256u) << path;
      EXPECT_GT(picture.colours().size(), 3u) << "sky and the cubes' faces: " << path;
    }
    const std::string text = file_text(log());
    // hello_xr prints what the validation layer says; without this line it had nothing to say it.
    EXPECT_NE(text.find("Inserted device layer \"VK_LAYER_KHRONOS_validation\""), std::string::npos)
        << plugin << ": " << text;
    EXPECT_EQ(text.find("Validation Error"), std::string::npos) << text;
    EXPECT_EQ(text.find("[Error"), std::string::npos) << text;
  }

  std::string folder_;
};

TEST_F(HelloXr, ReachesFocusOnTheRealClock) {
  for (const char* plugin : {"Vulkan2", "Vulkan"}) {
    std::filesystem::remove_all(folder_ + "/pictures");
    std::filesystem::create_directory(folder_ + "/pictures");
    ClientProcess hello({"hello_xr", "-g", plugin}, variables(), log());
    while (hello.runs() && pictures().size() <= kFrames / 20 + 1) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    hello.type("q\n");
    EXPECT_EQ(hello.wait(), 0) << file_text(log());
    check_run(plugin);
  }
}

TEST_F(HelloXr, RunsInVirtualTimeAndExitsWhenAsked) {
  simulator::StagePage* page = simulator::create_stage_page((folder_ + "/page").c_str());
  ASSERT_NE(page, nullptr);
  page->T_stage_head.p = {0, 1.6f, 0};
  page->render_every = 10;
  auto environment = variables();
  environment["TACTUS_STAGE"] = folder_ + "/page";
  ClientProcess hello({"hello_xr", "-g", "Vulkan2"}, environment, log());
  while (hello.runs() && page->attached == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::int64_t now_ns = 0;
  while (hello.runs() && page->frames_ended <= kFrames) {
    ASSERT_TRUE(simulator::await_runtime(*page, kPatience_ms)) << file_text(log());
    simulator::advance_to(*page, now_ns += 5'000'000);
  }
  page->quit = 1;
  simulator::advance_to(*page, now_ns += 5'000'000);
  EXPECT_EQ(hello.wait(), 0) << file_text(log());
  simulator::unmap_stage_page(page);
  // One frame in ten is drawn, and every 20th of those is a picture: the first and the 21st.
  EXPECT_EQ(pictures().size(), 2u);
  check_run("Vulkan2");
}

}  // namespace
}  // namespace tactus::test
