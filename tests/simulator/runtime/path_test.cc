#include <gtest/gtest.h>

#include "path_table.h"

namespace tactus::runtime {
namespace {

TEST(Path, AcceptsWellFormedPaths) {
  for (const char* text :
       {"/user/hand/left", "/a", "/0", "/a.b-c_d/..e", "/user/hand/left/input"}) {
    EXPECT_TRUE(is_path(text)) << text;
  }
}

TEST(Path, RefusesAllOthers) {
  for (const char* text :
       {"", "/", "a", "user/hand", "/user/", "//", "/user//hand", "/User", "/user/./hand",
        "/user/../hand", "/user/...", "/user hand", "/\xc3\xa9"}) {
    EXPECT_FALSE(is_path(text)) << text;
  }
  EXPECT_TRUE(is_path("/" + std::string(XR_MAX_PATH_LENGTH - 2, 'a')));
  EXPECT_FALSE(is_path("/" + std::string(XR_MAX_PATH_LENGTH - 1, 'a')));
}

TEST(Path, AtomsAreUniqueAndReversible) {
  PathTable table;
  const XrPath left = table.intern("/user/hand/left");
  const XrPath right = table.intern("/user/hand/right");
  EXPECT_NE(left, XR_NULL_PATH);
  EXPECT_NE(left, right);
  EXPECT_EQ(table.intern("/user/hand/left"), left);
  for (int i = 0; i < 5000; ++i) (void)table.intern("/p" + std::to_string(i));
  EXPECT_EQ(*table.text(left), "/user/hand/left");
  EXPECT_EQ(table.text(XR_NULL_PATH), nullptr);
  EXPECT_EQ(table.text(right + 5001), nullptr);
}

}  // namespace
}  // namespace tactus::runtime
