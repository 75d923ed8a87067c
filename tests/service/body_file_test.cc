// The wearer's body on disk: what was written, or an error; the service publishes it and records it.
#include "tactus/service/body_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "tactus/ipc/published.h"
#include "tactus/service/engine.h"

namespace tactus::service {
namespace {

BodyProfile some_body() {
  BodyProfile body = body_profile(1.82f);
  body.proportions.thigh_m = 0.4321f;
  body.proportions.p_neck_head.z = -0.0123f;
  body.T_segment_tracker[index(BodySite::Head)].p.y = 0.0777f;
  return body;
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = to_text(some_body());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(BodyFile, IsReadAsItWasWritten) {
  const auto read = parse_body(to_text(some_body()));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->proportions.thigh_m, 0.4321f);
  EXPECT_EQ(read->proportions.p_neck_head.z, -0.0123f);
  EXPECT_EQ(read->T_segment_tracker[index(BodySite::Head)].p.y, 0.0777f);
  EXPECT_EQ(to_text(*read), to_text(some_body()));
}

TEST(BodyFile, WhatIsWrongIsNamedWithItsLineAndRemedy) {
  const auto said = [](const std::string& text) {
    const auto read = parse_body(text);
    return read ? std::string() : read.error();
  };
  EXPECT_TRUE(said("").starts_with("line 1: "));
  EXPECT_TRUE(said(changed("body 1", "body 2")).starts_with("line 1: "));
  EXPECT_TRUE(said(changed("height_m 1.82", "height_cm 182")).starts_with("line 2: "));
  EXPECT_TRUE(said(changed("height_m 1.82", "height_m 182")).starts_with("line 2: "));
  EXPECT_TRUE(said(changed("thigh_m 0.4321", "thigh_m 0.4321 m")).starts_with("line 10: "));
  EXPECT_TRUE(said(changed("thigh_m 0.4321", "thigh_m")).starts_with("line 10: "));
  for (const char* bad : {"-1", "nan", "inf", "0", "7", "1e999"}) {
    EXPECT_NE(said(changed("0.4321", bad)), "") << bad;
  }
  EXPECT_NE(said(changed("0.0777", "0.0777 1 2 3")), "") << "too many numbers";
  EXPECT_NE(said("").find("tactus calibrate body"), std::string::npos);
}

TEST(BodyFile, NoFileIsAnAveragePersonAndADamagedOneIsAnError) {
  std::string folder = "/tmp/tactus-body-test-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/state/body";
  const auto none = read_body(path);
  ASSERT_TRUE(none);
  EXPECT_EQ(to_text(*none), to_text(BodyEstimatorParams{}.profile));
  ASSERT_TRUE(write_body(path, some_body()));
  const auto read = read_body(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(to_text(*read), to_text(some_body()));
  std::ofstream(path) << "tactus body 1\n";
  const auto damaged = read_body(path);
  ASSERT_FALSE(damaged);
  EXPECT_TRUE(damaged.error().starts_with(path + ": line 2: "));
  std::filesystem::remove_all(folder);
}

TEST(WearersBody, IsPublishedAndEachChangeCounts) {
  auto published = std::make_unique<ipc::Published>();
  Engine engine(PipelineParams{}, published.get());
  const auto counted = [&] {
    engine.tick(HostTime(1s));
    return engine.output().body.proportions_changed;
  };
  const std::uint32_t before = counted();
  engine.set_body(some_body(), HostTime(1s));
  BodyProportions proportions;
  ASSERT_TRUE(published->proportions.read(proportions));
  EXPECT_EQ(proportions.thigh_m, 0.4321f);
  EXPECT_EQ(counted(), before + 1);
}

}  // namespace
}  // namespace tactus::service
