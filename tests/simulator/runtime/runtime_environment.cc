// What all tests of these programs need, checked once.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace tactus::test {
namespace {

struct RuntimeEnvironment : ::testing::Environment {
  // A fatal failure here keeps every test from running.
  void SetUp() override {
    const char* manifest = getenv("XR_RUNTIME_JSON");
    ASSERT_NE(manifest, nullptr) << "$XR_RUNTIME_JSON is not set: run the test by ctest";
    ASSERT_TRUE(std::filesystem::exists(manifest)) << manifest << " is missing: build "
                                                   << "openxr_tactus_desktop";
  }
};

[[maybe_unused]] const auto* const kEnvironment =
    ::testing::AddGlobalTestEnvironment(new RuntimeEnvironment);

}  // namespace
}  // namespace tactus::test

// Debian's OpenXR loader (1.0.20) never frees an instance's dispatch table.
extern "C" const char* __lsan_default_suppressions() { return "leak:libopenxr_loader\n"; }
