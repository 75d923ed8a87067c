// How strongly the wearer feels each actuator, on disk: what was written, or an error; the engine
// plays by it.
#include "tactus/service/feel_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tactus::service {
namespace {

FeelProfile some_feel() {
  FeelProfile feel;
  feel.response[index(Hand::Left)][pulp_actuator(Finger::Index)].gain_db.fill(-6.25f);
  feel.response[index(Hand::Right)][std::size_t(PalmCell::Centre)].gain_db[10] = 3.5f;
  feel.threshold_db[index(Hand::Right)][7] = 12;
  return feel;
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = to_text(some_feel());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(FeelFile, IsReadAsItWasWritten) {
  const auto read = parse_feel(to_text(some_feel()));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->response[0][2].gain_db[0], -6.25f);
  EXPECT_EQ(read->response[1][15].gain_db[10], 3.5f);
  EXPECT_EQ(read->threshold_db[1][7], 12);
  EXPECT_EQ(to_text(*read), to_text(some_feel()));
}

TEST(FeelFile, WhatIsWrongIsNamedWithItsLineAndRemedy) {
  const auto said = [](const std::string& text) {
    const auto read = parse_feel(text);
    return read ? std::string() : read.error();
  };
  EXPECT_TRUE(said("").starts_with("line 1: "));
  EXPECT_TRUE(said(changed("feel 1", "feel 2")).starts_with("line 1: "));
  EXPECT_TRUE(said(changed("left_threshold_db", "left_threshold")).starts_with("line 2: "));
  EXPECT_TRUE(said(changed("-6.25 -6.25\n", "-6.25\n")).starts_with("line 5: "));
  EXPECT_TRUE(said(changed("-6.25\n", "-6.25 0\n")).starts_with("line 5: "));
  for (const char* bad : {"nan", "inf", "-30.5", "31", "1e999", "loud"}) {
    EXPECT_NE(said(changed("-6.25", bad)), "") << bad;
  }
  EXPECT_NE(said("").find("delete the file"), std::string::npos);
}

TEST(FeelFile, NoFileIsEvenActuatorsAndADamagedOneIsAnError) {
  std::string folder = "/tmp/tactus-feel-test-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/feel";
  const auto none = read_feel(path);
  ASSERT_TRUE(none);
  EXPECT_EQ(to_text(*none), to_text(FeelProfile{}));
  std::ofstream(path) << to_text(some_feel());
  const auto read = read_feel(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(to_text(*read), to_text(some_feel()));
  std::ofstream(path) << "tactus feel 1\n";
  const auto damaged = read_feel(path);
  ASSERT_FALSE(damaged);
  EXPECT_TRUE(damaged.error().starts_with(path + ": line 2: "));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tactus::service
