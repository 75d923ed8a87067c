// Which tracker is worn where, on disk: what was written, or an error with its line and remedy.
#include "tactus/service/tracker_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace tactus::service {
namespace {

constexpr const char* kText =
    "tactus trackers 1\nTT1-1 chest\nTT1-2 left_elbow 0 0.03 0.04 0 0 0 1\nTT1-3 waist\n";

Serial serial(std::string_view text) {
  Serial made{};
  std::copy(text.begin(), text.end(), made.begin());
  return made;
}
std::string said(const std::string& text) {
  const auto places = parse_trackers(text);
  return places ? std::string() : places.error();
}

TEST(TrackerFile, IsReadAsItWasWritten) {
  const auto places = parse_trackers(kText);
  ASSERT_TRUE(places) << places.error();
  EXPECT_EQ(to_text(*places), kText);
  const PlacedTracker* elbow = find_place(*places, serial("TT1-2"));
  ASSERT_NE(elbow, nullptr);
  EXPECT_EQ(elbow->role, ipc::TrackerRole::LeftElbow);
  EXPECT_EQ(elbow->T_segment_tracker.p.z, 0.04f);
  EXPECT_EQ(elbow->is_mounted, 1);
  EXPECT_EQ(find_place(*places, serial("TT1-1"))->is_mounted, 0);
  EXPECT_EQ(find_place(*places, serial("TT1-4")), nullptr);
}

TEST(TrackerFile, WhatIsWrongIsNamedWithItsLineAndRemedy) {
  EXPECT_TRUE(said("").starts_with("line 1: "));
  EXPECT_TRUE(said("tactus trackers 2\n").starts_with("line 1: "));
  const auto second = [](const std::string& line) {
    return said("tactus trackers 1\nTT1-1 chest\n" + line + "\n");
  };
  for (const char* bad : {"TT1-2", "TT1-2 ", "TT1-2 hat", "TT1-2 left_wrist", "TT1-2 none",
                          " waist", "a-serial-of-16-ch waist", "TT1-2 waist 1 2 3",
                          "TT1-2 waist 0 0 0 0 0 0 0", "TT1-2 waist nan 0 0 0 0 0 1",
                          "TT1-2 waist 0 0 0 0 0 0 1 1", "TT1-1 waist", "TT1-2 chest", ""}) {
    EXPECT_TRUE(second(bad).starts_with("line 3: ")) << bad << ": " << second(bad);
  }
  EXPECT_NE(second("TT1-2 hat").find("left_elbow"), std::string::npos) << "says which there are";
  EXPECT_NE(second("TT1-2 hat").find("tactus trackers SERIAL ROLE"), std::string::npos);
  std::string many = "tactus trackers 1\n";
  for (const char* role : {"chest", "waist", "left_elbow", "right_elbow", "left_knee", "right_knee",
                           "left_foot", "right_foot", "camera"}) {
    many += std::string("TT1-") + role[0] + role[6 % std::strlen(role)] + " " + role + "\n";
  }
  EXPECT_TRUE(said(many).starts_with("line 10: ")) << said(many);
}

TEST(TrackerFile, TwoOnOneSegmentAreRefused) {
  EXPECT_NE(said("tactus trackers 1\na left_foot\nb left_ankle\n"), "");
  EXPECT_EQ(said("tactus trackers 1\na left_foot\nb right_ankle\n"), "");
}

TEST(TrackerFile, ATrackerIsPlacedAnewAndForgotten) {
  TrackerPlaces places;
  ASSERT_TRUE(place(places, "TT1-1", ipc::TrackerRole::Chest));
  ASSERT_TRUE(place(places, "TT1-1", ipc::TrackerRole::Waist));
  EXPECT_EQ(to_text(places), "tactus trackers 1\nTT1-1 waist\n");
  ASSERT_TRUE(place(places, "TT1-2", ipc::TrackerRole::Waist)) << "in the place of the other";
  EXPECT_EQ(to_text(places), "tactus trackers 1\nTT1-2 waist\n");
  ASSERT_TRUE(place(places, "TT1-2", ipc::TrackerRole::None));
  EXPECT_EQ(to_text(places), "tactus trackers 1\n");
  EXPECT_FALSE(place(places, "a-serial-of-16-ch", ipc::TrackerRole::Waist));
  EXPECT_FALSE(place(places, "", ipc::TrackerRole::Waist));
}

TEST(TrackerFile, NoFileIsWristsAloneAndADamagedOneIsAnError) {
  std::string folder = "/tmp/tactus-trackers-test-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/state/trackers";
  const auto none = read_trackers(path);
  ASSERT_TRUE(none);
  EXPECT_EQ(to_text(*none), "tactus trackers 1\n");
  ASSERT_TRUE(write_trackers(path, *parse_trackers(kText)));
  EXPECT_EQ(to_text(*read_trackers(path)), kText);
  std::ofstream(path) << "tactus trackers 1\nTT1-1\n";
  const auto damaged = read_trackers(path);
  ASSERT_FALSE(damaged);
  EXPECT_TRUE(damaged.error().starts_with(path + ": line 2: "));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tactus::service
