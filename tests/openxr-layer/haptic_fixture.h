// A focused session with both gloves on and an action that vibrates both hands.
//
//   Clocks   XrTime of the fake runtime.
//   Units    as OpenXR's haptics.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include <algorithm>

#include "layer_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {

inline constexpr const char* kPcm = XR_FB_HAPTIC_PCM_EXTENSION_NAME;
inline constexpr const char* kParametric = XR_EXT_HAPTIC_PARAMETRIC_EXTENSION_NAME;
inline constexpr const char* kEnvelope = XR_FB_HAPTIC_AMPLITUDE_ENVELOPE_EXTENSION_NAME;

/// What the service was told, and the floats behind it.
struct Told {
  ipc::Haptic said;
  std::vector<float> points;
};

class HapticTest : public LayerTest {
 protected:
  void begin_with_gloves(const std::vector<const char*>& extensions) {
    start_service();
    begin(extensions);
    service->beat(host(1'000'000'000), true, true);
    begin_actions();
    buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT,
                       {"/user/hand/left/output/haptic", "/user/hand/right/output/haptic"});
  }
  XrHapticActionInfo info(const char* subaction = nullptr) {
    return {XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz,
            subaction == nullptr ? XR_NULL_PATH : path(subaction)};
  }
  template <class Effect>
  XrResult apply(const Effect& effect, const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    return get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
        session, &where, reinterpret_cast<const XrHapticBaseHeader*>(&effect));
  }
  XrResult stop(const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    return get<PFN_xrStopHapticFeedback>("xrStopHapticFeedback")(session, &where);
  }
  XrHapticVibration vibration(float amplitude = 0.5f) {
    return {XR_TYPE_HAPTIC_VIBRATION, nullptr, 30'000'000, 120, amplitude};
  }
  XrHapticPcmVibrationFB pcm(XrBool32 append = XR_FALSE) {
    return {XR_TYPE_HAPTIC_PCM_VIBRATION_FB,
            nullptr,
            static_cast<uint32_t>(wave.size()),
            wave.data(),
            rate_Hz,
            append,
            &consumed};
  }
  XrHapticAmplitudeEnvelopeVibrationFB envelope() {
    return {XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB, nullptr, 40'000'000,
            static_cast<uint32_t>(wave.size()), wave.data()};
  }
  /// All that was told, once `count` have come.
  std::vector<Told> told(std::size_t count) {
    EXPECT_TRUE(service->await(ipc::Kind::Haptic, count));
    std::vector<Told> all;
    for (const Message& message : service->received(ipc::Kind::Haptic)) {
      Told one{message.head<ipc::Haptic>(), {}};
      one.points.resize(one.said.count);
      EXPECT_EQ(message.body.size(), sizeof(ipc::Haptic) + one.said.count * sizeof(float));
      const auto* points = message.body.data() + sizeof(ipc::Haptic);
      std::copy_n(points, one.points.size() * sizeof(float),
                  reinterpret_cast<std::byte*>(one.points.data()));
      all.push_back(one);
    }
    EXPECT_EQ(all.size(), count);
    return all;
  }
  /// Nothing more was told than `count`: another message, which comes after, is the witness.
  void expect_told(std::size_t count) {
    enter(XR_SESSION_STATE_VISIBLE);
    EXPECT_TRUE(service->await(ipc::Kind::Focus, 2));
    EXPECT_EQ(service->received(ipc::Kind::Haptic).size(), count);
  }
  XrAction buzz = XR_NULL_HANDLE;
  std::vector<float> wave = {0, 0.5f, 1, -1};
  float rate_Hz = 8000;
  uint32_t consumed = 99;
};

}  // namespace tactus::layer_test
