// What is remembered of a wearer: the day's dose and nothing of another day's, or an error.
#include "tactus/service/wearer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tactus::service {
namespace {

constexpr std::string_view kDay = "2026-11-21";
const Wearer kSome{{1234.5678901234, 0.1}, 0.4f};

std::string changed(const std::string& from, const std::string& to) {
  std::string text = to_text(kSome, kDay);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(Wearer, IsReadAsItWasWritten) {
  const auto read = parse_wearer(to_text(kSome, kDay), kDay);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->dose_m2_per_s3, kSome.dose_m2_per_s3);
  EXPECT_EQ(read->comfort, kSome.comfort);
}

TEST(Wearer, AnotherDayBeginsWithoutDoseButWithTheSameWearer) {
  const auto read = parse_wearer(to_text(kSome, kDay), "2026-11-22");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->dose_m2_per_s3, Wearer{}.dose_m2_per_s3);
  EXPECT_EQ(read->comfort, kSome.comfort);
}

TEST(Wearer, WhatIsWrongIsNamedWithItsLineAndRemedy) {
  const auto said = [](const std::string& text) {
    const auto read = parse_wearer(text, kDay);
    return read ? std::string() : read.error();
  };
  EXPECT_TRUE(said("").starts_with("line 1: "));
  EXPECT_TRUE(said(changed("wearer 1", "wearer 2")).starts_with("line 1: "));
  EXPECT_TRUE(said(changed("day", "night")).starts_with("line 2: "));
  EXPECT_TRUE(said(changed("1234", "x1234")).starts_with("line 3: "));
  EXPECT_TRUE(said(changed("0.1", "0.1 m")).starts_with("line 4: "));
  EXPECT_TRUE(said(changed("comfort 0.4", "comfort")).starts_with("line 5: "));
  for (const char* bad : {"-1", "nan", "inf", "1e999"}) {
    EXPECT_NE(said(changed("1234.5678901234", bad)), "") << bad;
  }
  EXPECT_NE(said(changed("comfort 0.4", "comfort 1.5")), "");
  EXPECT_NE(said("").find("delete the file"), std::string::npos);
}

TEST(Wearer, TheFileIsWholeOrAsItWas) {
  std::string folder = "/tmp/tactus-wearer-test-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/state/wearer";
  const auto none = read_wearer(path, kDay);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->dose_m2_per_s3, Wearer{}.dose_m2_per_s3);
  ASSERT_TRUE(write_wearer(path, kSome, kDay));
  std::filesystem::create_directory(path + ".new");  // the next cannot be written
  EXPECT_FALSE(write_wearer(path, Wearer{}, kDay));
  const auto kept = read_wearer(path, kDay);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->dose_m2_per_s3, kSome.dose_m2_per_s3);
  std::ofstream(path) << "what?";
  const auto wrong = read_wearer(path, kDay);
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().starts_with(path + ": line 1: "));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tactus::service
