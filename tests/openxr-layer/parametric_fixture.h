// Effects of curves, told by the layer and played by the service's own code: what is felt is judged.
//
//   Clocks   HostTime of what is played, from 1 s on.
//   Units    drive, full scale 1.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include <cmath>

#include "haptic_fixture.h"
#include "tactus/service/haptic.h"

namespace tactus::layer_test {

inline constexpr XrDuration kMs = 1'000'000;
inline constexpr auto kNone = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_NONE_EXT;
inline constexpr auto kFirst = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_FIRST_FRAME_EXT;
inline constexpr auto kNext = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_INTERMEDIATE_FRAME_EXT;
inline constexpr auto kLast = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_LAST_FRAME_EXT;
inline constexpr std::size_t kPalm = 15;
inline constexpr float kLoud = service::kCurveHeadroom;  ///< where amplitude is 1

class EXT_haptic_parametric : public HapticTest {
 protected:
  using Points = std::vector<XrHapticParametricPointEXT>;

  void begin_gloved() { begin_with_gloves({kParametric}); }
  /// 100 ms of full strength, from `from`.
  void set_steady(XrDuration from, XrHapticParametricStreamFrameTypeEXT type, float value = 1) {
    amplitudes = {{from, value}, {from + 100 * kMs, value}};
    frame_type = type;
  }
  XrHapticParametricVibrationEXT effect() {
    return {XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT,
            nullptr,
            static_cast<uint32_t>(amplitudes.size()),
            amplitudes.data(),
            static_cast<uint32_t>(frequencies.size()),
            frequencies.empty() ? nullptr : frequencies.data(),
            static_cast<uint32_t>(transients.size()),
            transients.empty() ? nullptr : transients.data(),
            least_Hz,
            most_Hz,
            frame_type};
  }
  /// Applies it, and lets the service's code have what was told.
  XrResult say(const char* subaction = nullptr) {
    const XrResult result = apply(effect(), subaction);
    const bool begins = frame_type == kNone || frame_type == kFirst;
    if (result == XR_SUCCESS) {
      expected += 1 + (transients.empty() ? 0 : 1) + (begins || !frequencies.empty() ? 1 : 0);
      hear();
    }
    return result;
  }
  void hear() {
    const std::vector<Told> all = told(expected);
    for (; heard < all.size(); ++heard) {
      service::HapticEffect played{all[heard].said, {}};
      std::copy(all[heard].points.begin(), all[heard].points.end(), played.points.begin());
      ASSERT_TRUE(is_sound(played));
      for (std::size_t hand = 0; hand < kHands; ++hand) {
        if ((played.said.hands >> hand & 1) != 0) service::begin(states[hand], played, now);
      }
    }
  }
  /// The loudest that a hand feels in the next milliseconds.
  float felt(int milliseconds, Hand hand = Hand::Left) {
    float loudest = 0;
    for (int ms = 0; ms < milliseconds; ++ms, now += std::chrono::milliseconds(1)) {
      for (std::size_t h = 0; h < kHands; ++h) {
        TactileFrame frame;
        frame.t = now;
        play(states[h], frame);
        if (h != index(hand)) continue;
        for (const float sample : frame.wave[kPalm]) loudest = std::max(loudest, std::fabs(sample));
        frequency_Hz = frame.frequency_Hz[kPalm];
      }
    }
    return loudest;
  }
  XrResult ask_properties(XrSession of, const XrHapticActionInfo* where,
                          XrHapticParametricPropertiesEXT* out) {
    return get<PFN_xrHapticParametricGetPropertiesEXT>("xrHapticParametricGetPropertiesEXT")(
        of, where, out);
  }
  XrResult ask_properties() {
    const XrHapticActionInfo where = info();
    return ask_properties(session, &where, &properties);
  }
  XrBool32 supports() {
    XrSystemHapticParametricPropertiesEXT curves{XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT,
                                                 nullptr, 99};
    XrSystemProperties system{};
    system.type = XR_TYPE_SYSTEM_PROPERTIES;
    system.next = &curves;
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    EXPECT_EQ(system.next, &curves);
    return curves.supportsParametricHaptics;
  }
  void begin_without_service() {
    begin({kParametric});
    begin_actions();
    buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  }
  void expect_refused() {
    EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
    EXPECT_TRUE(runtime.applied.empty());
  }

  Points amplitudes = {{0, 1}, {100 * kMs, 1}};
  Points frequencies;
  std::vector<XrHapticParametricTransientEXT> transients;
  float least_Hz = XR_FREQUENCY_UNSPECIFIED, most_Hz = XR_FREQUENCY_UNSPECIFIED;
  XrHapticParametricStreamFrameTypeEXT frame_type = kNone;
  XrHapticParametricPropertiesEXT properties{
      XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT, nullptr, 99, 99, 99, 99};
  std::array<service::HapticState, kHands> states{};
  HostTime now{std::chrono::seconds(1)};
  std::size_t expected = 0, heard = 0;
  float frequency_Hz = 0;
};

}  // namespace tactus::layer_test
