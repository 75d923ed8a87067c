// Haptics on the gloves: core vibration, samples, envelopes. The "must"s of musts.txt, and which
// hand feels what.
#include <algorithm>
#include <cmath>

#include "haptic_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(HapticTest, VibrationGoesToTheHandOfItsPathAndToTheRuntime) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration(), "/user/hand/right"), XR_SUCCESS);
  const ipc::Haptic said = told(1)[0].said;
  EXPECT_EQ(said.hands, 2u);
  EXPECT_EQ(said.form, ipc::HapticForm::Tone);
  EXPECT_EQ(said.duration_ns, 30'000'000);
  EXPECT_FLOAT_EQ(said.amplitude, 0.5f);
  EXPECT_FLOAT_EQ(said.frequency_Hz, 120);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
}
TEST_F(HapticTest, WithoutAPathItGoesToWhatTheActionIsBoundTo) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.hands, 3u);
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  EXPECT_EQ(told(2)[1].said.hands, 1u);
  ASSERT_EQ(apply(vibration(), "/user/hand/right"), XR_SUCCESS);
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/gamepad/output/haptic_left"});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  expect_told(2);
}
TEST_F(HapticTest, ShortestAndUnsoundAreMadePlayable) {
  begin_with_gloves({});
  XrHapticVibration strange = vibration(std::nanf(""));
  strange.duration = XR_MIN_HAPTIC_DURATION;
  strange.frequency = -std::numeric_limits<float>::infinity();
  ASSERT_EQ(apply(strange), XR_SUCCESS);
  const ipc::Haptic said = told(1)[0].said;
  EXPECT_EQ(said.duration_ns, 20'000'000);
  EXPECT_EQ(said.amplitude, 0);
  EXPECT_EQ(said.frequency_Hz, 0);
}
TEST_F(HapticTest, TheRuntimesVerdictIsOurs) {
  begin_with_gloves({kPcm});
  for (const XrResult verdict :
       {XR_SESSION_NOT_FOCUSED, XR_ERROR_ACTIONSET_NOT_ATTACHED, XR_ERROR_ACTION_TYPE_MISMATCH,
        XR_ERROR_PATH_UNSUPPORTED, XR_ERROR_SESSION_LOST}) {
    runtime.haptic_result = verdict;
    EXPECT_EQ(apply(vibration()), verdict);
    EXPECT_EQ(apply(pcm()), verdict);
    EXPECT_EQ(stop(), verdict);
  }
  expect_told(0);
}
TEST_F(HapticTest, StopStopsBoth) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  ASSERT_EQ(stop("/user/hand/left"), XR_SUCCESS);
  const ipc::Haptic said = told(2)[1].said;
  EXPECT_EQ(said.form, ipc::HapticForm::Stop);
  EXPECT_EQ(said.hands, 1u);
  EXPECT_EQ(runtime.applied.back(), XR_TYPE_UNKNOWN);
}
TEST_F(HapticTest, ActionsThatAreGoneAreForgotten) {
  begin_with_gloves({});
  ASSERT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(buzz), XR_SUCCESS);
  EXPECT_EQ(apply(vibration()), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(buzz), XR_ERROR_HANDLE_INVALID);
  ASSERT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(action_set), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(action_set), XR_ERROR_HANDLE_INVALID);
  expect_told(0);
}
TEST_F(HapticTest, WithoutAServiceTheRuntimeVibratesAsEver) {
  begin({kEnvelope});
  begin_actions();
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(runtime.last_vibration.duration, 40'000'000);
  EXPECT_NEAR(runtime.last_vibration.amplitude, 0.75f, 1e-6f) << "the root of the mean square";
}

class FB_haptic_pcm : public HapticTest {
 protected:
  XrResult ask_rate(XrSession of, const XrHapticActionInfo* where,
                    XrDevicePcmSampleRateStateFB* out) {
    return get<PFN_xrGetDeviceSampleRateFB>("xrGetDeviceSampleRateFB")(of, where, out);
  }
  float sample_rate(const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
    return state.sampleRate;
  }
  XrDevicePcmSampleRateStateFB state{XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB, nullptr, 99};
};

TEST_F(FB_haptic_pcm, Must_1_1_Positive) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  ASSERT_EQ(apply(pcm(XR_TRUE)), XR_SUCCESS);
  const std::vector<Told> all = told(2);
  EXPECT_EQ(all[0].said.append, 0u);
  EXPECT_EQ(all[1].said.append, 1u);
  EXPECT_EQ(all[1].points, wave) << "at the gloves' own rate: as it is";
}
TEST_F(FB_haptic_pcm, Must_1_1_Negative_NoMoreThanTheQueueHolds) {
  begin_with_gloves({kPcm});
  wave.assign(4000, 0.5f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 4000u);
  ASSERT_EQ(apply(pcm(XR_TRUE)), XR_SUCCESS);
  EXPECT_LT(consumed, 4000u) << "half a second waits already";
}
TEST_F(FB_haptic_pcm, Must_1_2_Positive_PartsOfOneBufferFollowOneAnother) {
  begin_with_gloves({kPcm});
  wave.assign(1300, 0.25f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  const std::vector<Told> all = told(3);
  EXPECT_EQ(all[0].said.append, 0u);
  EXPECT_EQ(all[1].said.append, 1u);
  EXPECT_EQ(all[2].said.append, 1u);
  EXPECT_EQ(all[0].said.count + all[1].said.count + all[2].said.count, 1300u);
}
TEST_F(FB_haptic_pcm, Must_1_2_Negative_AfterAReplacementTheQueueIsEmpty) {
  begin_with_gloves({kPcm});
  wave.assign(4000, 0.5f);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(apply(pcm()), XR_SUCCESS);
    EXPECT_EQ(consumed, 4000u);
  }
}
TEST_F(FB_haptic_pcm, Must_1_3_Positive_AtAnyRate) {
  begin_with_gloves({kPcm});
  for (const float wanted_Hz : {8000.0f, 4000.0f, 2000.0f, 16000.0f, 44100.0f}) {
    rate_Hz = wanted_Hz;
    wave.assign(400, 0.5f);
    consumed = 99;
    ASSERT_EQ(apply(pcm()), XR_SUCCESS);
    EXPECT_EQ(consumed, 400u) << wanted_Hz;
  }
  rate_Hz = 1000;
  wave.assign(4000, 0.5f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 500u) << "half a second of 1 kHz";
}
TEST_F(FB_haptic_pcm, Must_1_3_Negative_NoneIsTakenWithoutFocus) {
  begin_with_gloves({kPcm});
  runtime.haptic_result = XR_SESSION_NOT_FOCUSED;
  ASSERT_EQ(apply(pcm()), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(consumed, 0u);
}
TEST_F(FB_haptic_pcm, Must_1_4_Positive) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(sample_rate(), 8000);
  EXPECT_EQ(sample_rate("/user/hand/left"), 8000);
}
TEST_F(FB_haptic_pcm, Must_1_4_Negative_OfTheHandThatIsMeant) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), true, false);
  EXPECT_EQ(sample_rate("/user/hand/left"), 8000);
  EXPECT_EQ(sample_rate("/user/hand/right"), 0);
}
TEST_F(FB_haptic_pcm, Must_1_5_Positive) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), false, false);
  EXPECT_EQ(sample_rate(), 0);
}
TEST_F(FB_haptic_pcm, Must_1_5_Negative) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), false, true);
  EXPECT_EQ(sample_rate(), 8000);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_1_Positive) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(ask(instance, "xrGetDeviceSampleRateFB"), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_1_Negative) {
  begin_with_gloves({});
  EXPECT_EQ(ask(instance, "xrGetDeviceSampleRateFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_2_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_2_Negative) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(reinterpret_cast<XrSession>(0xbad), &where, &state), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(state.sampleRate, 99);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_3_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info("/user/hand/right");
  EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_3_Negative) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(ask_rate(session, nullptr, &state), XR_ERROR_VALIDATION_FAILURE);
  XrHapticActionInfo where = info();
  where.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_VALIDATION_FAILURE);
  where = info();
  where.action = reinterpret_cast<XrAction>(0xbad);
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_HANDLE_INVALID);
  buzz = make_action(XR_ACTION_TYPE_BOOLEAN_INPUT, {"/user/hand/left/input/select/click"});
  where = info();
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_ACTION_TYPE_MISMATCH);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_4_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  ASSERT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
  EXPECT_EQ(state.sampleRate, 8000);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_4_Negative) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(session, &where, nullptr), XR_ERROR_VALIDATION_FAILURE);
  state.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(state.sampleRate, 99);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_1_Positive_TheRuntimeIsGivenWhatItKnows) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(runtime.last_vibration.duration, 500'000) << "four samples of 8 kHz";
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_1_Negative_NotEnabledItIsTheRuntimesToJudge) {
  begin_with_gloves({});
  runtime.haptic_result = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(apply(pcm()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_PCM_VIBRATION_FB});
  EXPECT_EQ(consumed, 99u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_4_Positive_UnsoundSamplesAreMadePlayable) {
  begin_with_gloves({kPcm});
  wave = {0.5f, std::nanf(""), 7, -7};
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].points, (std::vector<float>{0.5f, 0, 1, -1}));
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_4_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.buffer = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  for (const float wrong : {0.0f, -8000.0f, std::nanf("")}) {
    effect = pcm();
    effect.sampleRate = wrong;
    EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  }
  EXPECT_TRUE(runtime.applied.empty());
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_5_Positive) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 4u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_5_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.samplesConsumed = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_6_Positive) {
  begin_with_gloves({kPcm});
  wave = {1};
  EXPECT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 1u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_6_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.bufferSize = 0;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}

class FB_haptic_amplitude_envelope : public HapticTest {};

TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_1_Positive) {
  begin_with_gloves({kEnvelope});
  EXPECT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(told(1)[0].said.form, ipc::HapticForm::Envelope);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_1_Negative) {
  begin_with_gloves({});
  runtime.haptic_result = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(apply(envelope()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB});
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_duration_Positive) {
  begin_with_gloves({kEnvelope});
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.duration_ns, 40'000'000);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_duration_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.duration = XR_MIN_HAPTIC_DURATION;
  ASSERT_EQ(apply(effect), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.duration_ns, 20'000'000) << "the shortest that is felt";
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_4_Positive) {
  begin_with_gloves({kEnvelope});
  wave.clear();
  for (int i = 0; i < 4000; ++i) wave.push_back(static_cast<float>(i) / 4000.0f);
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  const std::vector<float> points = told(1)[0].points;
  ASSERT_EQ(points.size(), ipc::kMaxHapticPoints);
  EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
  EXPECT_NEAR(points.back(), 1, 1e-3f);
  EXPECT_NEAR(points[256], 0.5f, 2e-3f);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_4_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.amplitudes = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(runtime.applied.empty());
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_5_Positive) {
  begin_with_gloves({kEnvelope});
  wave = {0.75f};
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].points, wave);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_5_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.amplitudeCount = 0;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}

}  // namespace
}  // namespace tactus::layer_test
