// [docs/XR_TACTUSX_touch_preview.md, Patterns] a designed pattern on chosen joints.
#include <cmath>
#include <cstring>

#include "tactus/touch/pattern.h"
#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class TouchPatternTest : public TouchTest {
 protected:
  /// Two voices of 150 Hz on the right index finger that share their curve.
  static std::vector<std::byte> hum() {
    PatternHeader header;
    header.voice_count = 2;
    header.point_count = 2;
    header.duration_s = 1;
    PatternVoice voice;
    voice.duration_s = 0.5;
    voice.amplitudes = voice.frequencies = voice.first_frequency = 1;
    voice.actuators = {0, 1u << 2};
    PatternVoice later = voice;
    later.t_start_s = 0.5;
    const std::array<PatternPoint, 2> points = {{{0, 0.5, 0}, {0, 150, 0}}};
    std::vector<std::byte> bytes(sizeof(header) + 2 * sizeof(voice) + sizeof(points));
    std::byte* at = bytes.data();
    std::memcpy(at, &header, sizeof(header));
    std::memcpy(at += sizeof(header), &voice, sizeof(voice));
    std::memcpy(at += sizeof(voice), &later, sizeof(later));
    std::memcpy(at + sizeof(later), points.data(), sizeof(points));
    return bytes;
  }

  XrTouchPatternPlayInfoTACTUSX info(float gain = 1) {
    return {XR_TYPE_TOUCH_PATTERN_PLAY_INFO_TACTUSX,
            nullptr,
            static_cast<uint32_t>(pattern.size()),
            pattern.data(),
            static_cast<uint32_t>(targets.size()),
            targets.data(),
            gain};
  }
  XrResult play(const XrTouchPatternPlayInfoTACTUSX& what) {
    return get<PFN_xrPlayTouchPatternTACTUSX>("xrPlayTouchPatternTACTUSX")(session, &what);
  }
  XrResult stop() {
    return get<PFN_xrStopTouchPatternTACTUSX>("xrStopTouchPatternTACTUSX")(session);
  }
  /// The newest that the service got.
  std::vector<std::byte> arrived(std::size_t count = 1) {
    EXPECT_TRUE(service->await(ipc::Kind::Play, count));
    return service->received(ipc::Kind::Play).back().attached;
  }

  std::vector<std::byte> pattern = hum();
  std::vector<XrTouchTargetTACTUSX> targets;
};

TEST_F(TouchPatternTest, WithoutTargetsItIsFeltWhereTheFileSays) {
  begin_touch();
  ASSERT_EQ(play(info()), XR_SUCCESS);
  EXPECT_EQ(arrived(), pattern);
}

TEST_F(TouchPatternTest, TargetsAreTheActuatorsOfTheirJoints) {
  begin_touch();
  targets = {{XR_HAND_LEFT_EXT, XR_HAND_JOINT_THUMB_TIP_EXT},
             {XR_HAND_LEFT_EXT, XR_HAND_JOINT_PALM_EXT},
             {XR_HAND_RIGHT_EXT, XR_HAND_JOINT_RING_INTERMEDIATE_EXT}};
  ASSERT_EQ(play(info()), XR_SUCCESS);
  const std::vector<std::byte> bytes = arrived();
  const auto view = view_pattern(bytes);
  ASSERT_TRUE(view.has_value());
  for (const PatternVoice& voice : view->voices) {
    EXPECT_EQ(voice.actuators[0], 0xFC03);
    EXPECT_EQ(voice.actuators[1], 1u << pulp_actuator(Finger::Ring)) << "the nearest there is";
  }
}

TEST_F(TouchPatternTest, GainWeakensSharedCurvesOnce) {
  begin_touch();
  ASSERT_EQ(play(info(0.5f)), XR_SUCCESS);
  const std::vector<std::byte> bytes = arrived();
  const auto view = view_pattern(bytes);
  ASSERT_TRUE(view.has_value());
  EXPECT_DOUBLE_EQ(view->points[0].value, 0.25);
  EXPECT_DOUBLE_EQ(view->points[1].value, 150);
}

TEST_F(TouchPatternTest, EndsWhenAskedWithTheFocusAndWithTheSession) {
  begin_touch();
  ASSERT_EQ(stop(), XR_SUCCESS) << "nothing plays: nothing to end";
  ASSERT_EQ(play(info()), XR_SUCCESS);
  ASSERT_EQ(stop(), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::EndPlay, 1));
  ASSERT_EQ(play(info()), XR_SUCCESS);
  enter(XR_SESSION_STATE_VISIBLE);
  ASSERT_TRUE(service->await(ipc::Kind::EndPlay, 2));
  enter(XR_SESSION_STATE_FOCUSED);
  ASSERT_EQ(play(info()), XR_SUCCESS);
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::EndPlay, 3));
}

TEST_F(TouchPatternTest, OnlyTheFocusedSessionPlays) {
  begin_touch();
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(play(info()), XR_SESSION_NOT_FOCUSED);
  poll_all();
  EXPECT_TRUE(service->received(ipc::Kind::Play).empty());
}

TEST_F(TouchPatternTest, ArgumentsAreChecked) {
  begin_touch();
  const auto refused = [&](auto&& spoil) {
    auto wrong = info();
    spoil(wrong);
    return play(wrong) == XR_ERROR_VALIDATION_FAILURE;
  };
  EXPECT_TRUE(refused([](auto& w) { w.type = XR_TYPE_TOUCH_MESH_TACTUSX; }));
  EXPECT_TRUE(refused([](auto& w) { w.data = nullptr; }));
  EXPECT_TRUE(refused([](auto& w) { w.dataSize = 0; }));
  EXPECT_TRUE(refused([](auto& w) { w.dataSize -= 8; }));
  for (const float gain : {0.0f, -1.0f, 1.5f, std::nanf("")}) {
    EXPECT_TRUE(refused([&](auto& w) { w.gain = gain; })) << gain;
  }
  EXPECT_TRUE(refused([](auto& w) {
    w.targetCount = 1;
    w.targets = nullptr;
  }));
  targets.assign(XR_TOUCH_MAX_TARGETS_TACTUSX + 1, {XR_HAND_LEFT_EXT, XR_HAND_JOINT_PALM_EXT});
  EXPECT_EQ(play(info()), XR_ERROR_VALIDATION_FAILURE);
  targets = {{static_cast<XrHandEXT>(3), XR_HAND_JOINT_PALM_EXT}};
  EXPECT_EQ(play(info()), XR_ERROR_VALIDATION_FAILURE);
  targets = {{XR_HAND_LEFT_EXT, static_cast<XrHandJointEXT>(26)}};
  EXPECT_EQ(play(info()), XR_ERROR_VALIDATION_FAILURE);
  const auto play_pattern = get<PFN_xrPlayTouchPatternTACTUSX>("xrPlayTouchPatternTACTUSX");
  EXPECT_EQ(play_pattern(session, nullptr), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(play_pattern(nullptr, nullptr), XR_ERROR_HANDLE_INVALID);
  EXPECT_TRUE(service->received(ipc::Kind::Play).empty());
}

}  // namespace
}  // namespace tactus::layer_test
