// Vibration that applications send to controllers, on the gloves too; and the two forms of it that
// few runtimes have, on every runtime: where it lacks one its controller gets the nearest plain
// vibration, whose verdict on session, action and path is then also ours.
#include <algorithm>
#include <cmath>
#include <span>

#include "functions.h"
#include "glove.h"
#include "haptic.h"
#include "newer_openxr.h"
#include "user.h"

namespace tactus::layer {
namespace {

constexpr std::uint32_t kQueue = XR_MAX_HAPTIC_PCM_BUFFER_SIZE_FB;  // samples of a glove's

float drive(float value) noexcept {
  return std::isfinite(value) ? std::clamp(value, -1.0f, 1.0f) : 0.0f;
}
float amplitude(float value) noexcept { return std::max(drive(value), 0.0f); }

XrDuration length_of(XrDuration wanted) noexcept {
  return wanted == XR_MIN_HAPTIC_DURATION ? kShortestHaptic_ns : std::max<XrDuration>(wanted, 0);
}

/// Between the values of a row, at a place in it; the last one holds.
float value_at(std::span<const float> values, double place) noexcept {
  const auto i = std::min(static_cast<std::size_t>(place), values.size() - 1);
  const std::size_t j = std::min(i + 1, values.size() - 1);
  const auto part = static_cast<float>(std::clamp(place - static_cast<double>(i), 0.0, 1.0));
  return std::lerp(drive(values[i]), drive(values[j]), part);
}

/// Loudness of a row as one amplitude.
float mean_of(std::span<const float> values) noexcept {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(drive(value)) * drive(value);
  return static_cast<float>(std::sqrt(sum / static_cast<double>(values.size())));
}

void play(Instance& instance, std::uint8_t hands, const XrHapticVibration& v) noexcept {
  const float frequency_Hz = std::isfinite(v.frequency) ? std::max(v.frequency, 0.0f) : 0.0f;
  send(instance,
       {hands, ipc::HapticForm::Tone, 0, 0, amplitude(v.amplitude), frequency_Hz,
        length_of(v.duration)},
       {});
}

void play(Instance& instance, std::uint8_t hands,
          const XrHapticAmplitudeEnvelopeVibrationFB& v) noexcept {
  const std::span<const float> given(v.amplitudes, v.amplitudeCount);
  std::array<float, ipc::kMaxHapticPoints> points;
  const std::size_t count = std::min(given.size(), points.size());
  const double step =
      count > 1 ? static_cast<double>(given.size() - 1) / static_cast<double>(count - 1) : 0;
  for (std::size_t i = 0; i < count; ++i) {
    points[i] = amplitude(value_at(given, static_cast<double>(i) * step));
  }
  send(instance,
       {hands, ipc::HapticForm::Envelope, 0, static_cast<std::uint32_t>(count), 0, 0,
        length_of(v.duration)},
       std::span(points).first(count));
}

/// At the gloves' rate, as many as their queue has room for. How many of the given were taken.
std::uint32_t play(Instance& instance, std::uint8_t hands,
                   const XrHapticPcmVibrationFB& v) noexcept {
  using Clock = std::chrono::steady_clock;
  const auto now_ns = std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
  const std::span<const float> given(v.buffer, v.bufferSize);
  const double step = static_cast<double>(v.sampleRate) / ipc::kHapticRate_Hz;
  const double all = static_cast<double>(given.size()) / step;
  constexpr double kPerSample_ns = 1e9 / ipc::kHapticRate_Hz;

  std::int64_t end_ns = now_ns;
  if (v.append == XR_TRUE) end_ns = std::max(end_ns, instance.samples_end_ns.load());
  const double waiting = static_cast<double>(end_ns - now_ns) / kPerSample_ns;
  const double room = std::max(static_cast<double>(kQueue) - waiting, 0.0);
  const auto count = static_cast<std::uint32_t>(std::min(std::ceil(all), room));
  std::array<float, ipc::kMaxHapticPoints> points;
  for (std::uint32_t sent = 0; sent < count;) {
    const std::uint32_t n = std::min(count - sent, static_cast<std::uint32_t>(points.size()));
    for (std::uint32_t i = 0; i < n; ++i) {
      points[i] = value_at(given, (sent + i) * step);
    }
    const bool joins = v.append == XR_TRUE || sent > 0;
    send(instance, {hands, ipc::HapticForm::Samples, joins ? 1u : 0u, n, 0, 0, 0},
         std::span(points).first(n));
    sent += n;
  }
  instance.samples_end_ns.store(end_ns + static_cast<std::int64_t>(count * kPerSample_ns));
  if (count >= all) return v.bufferSize;
  return std::min(v.bufferSize, static_cast<std::uint32_t>(count * step));
}

bool is_whole(const XrHapticAmplitudeEnvelopeVibrationFB& v) noexcept {
  return v.amplitudeCount > 0 && v.amplitudes != nullptr;
}
bool is_whole(const XrHapticPcmVibrationFB& v) noexcept {
  return v.bufferSize > 0 && v.buffer != nullptr && v.samplesConsumed != nullptr &&
         std::isfinite(v.sampleRate) && v.sampleRate > 0;
}

XrHapticVibration nearest(const XrHapticAmplitudeEnvelopeVibrationFB& v) noexcept {
  return {XR_TYPE_HAPTIC_VIBRATION, nullptr, v.duration, XR_FREQUENCY_UNSPECIFIED,
          mean_of({v.amplitudes, v.amplitudeCount})};
}
XrHapticVibration nearest(const XrHapticPcmVibrationFB& v) noexcept {
  const double length_ns = 1e9 * v.bufferSize / static_cast<double>(v.sampleRate);
  return {XR_TYPE_HAPTIC_VIBRATION, nullptr, static_cast<XrDuration>(std::min(length_ns, 1e10)),
          XR_FREQUENCY_UNSPECIFIED, mean_of({v.buffer, v.bufferSize})};
}

/// Of a type that those below may lack.
template <class Vibration>
XrResult apply_below(const Session& session, const XrHapticActionInfo* info,
                     const Vibration& vibration, Extension extension) noexcept {
  if (!is_whole(vibration)) return XR_ERROR_VALIDATION_FAILURE;
  const auto* header = reinterpret_cast<const XrHapticBaseHeader*>(&vibration);
  const Instance& instance = *session.instance;
  const XrHapticVibration plain = nearest(vibration);
  if (!instance.below.has(extension)) {
    header = reinterpret_cast<const XrHapticBaseHeader*>(&plain);
  }
  return instance.next.xrApplyHapticFeedback(session.handle, info, header);
}

/// The hands of an effect that takes the place of whatever was there.
std::uint8_t replace(Instance& instance, const XrHapticActionInfo& info) noexcept {
  const std::uint8_t hands = hands_of(instance, info);
  end_streams(instance, hands);
  return hands;
}

XrResult apply(const Session& session, const XrHapticActionInfo* info,
               const XrHapticPcmVibrationFB& pcm) noexcept {
  Instance& instance = *session.instance;
  const XrResult result = apply_below(session, info, pcm, Extension::HapticPcm);
  if (XR_FAILED(result)) return result;
  const bool is_below = instance.below.has(Extension::HapticPcm);
  const std::uint32_t taken = is_played(result) ? play(instance, replace(instance, *info), pcm) : 0;
  if (!is_below) *pcm.samplesConsumed = taken;
  return result;
}

XrResult apply(const Session& session, const XrHapticActionInfo* info,
               const XrHapticAmplitudeEnvelopeVibrationFB& envelope) noexcept {
  Instance& instance = *session.instance;
  const XrResult result = apply_below(session, info, envelope, Extension::HapticEnvelope);
  if (is_played(result)) play(instance, replace(instance, *info), envelope);
  return result;
}

/// Nothing on a tracker of ours vibrates: only the verdict is ours to give.
XrResult feel_nothing(const Session& session, const XrHapticActionInfo& info,
                      bool is_right_path) noexcept {
  const XrBoundSourcesForActionEnumerateInfo of_action{
      XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO, nullptr, info.action};
  std::uint32_t count = 0;
  const XrResult result = session.instance->next.xrEnumerateBoundSourcesForAction(
      session.handle, &of_action, 0, &count, nullptr);
  if (XR_FAILED(result)) return result;
  const Action* action = actions.find(key_of(info.action));
  if (action == nullptr || !action->is_haptic()) return XR_ERROR_ACTION_TYPE_MISMATCH;
  if (!is_right_path) return XR_ERROR_PATH_UNSUPPORTED;
  return session.is_focused() ? XR_SUCCESS : XR_SESSION_NOT_FOCUSED;
}

}  // namespace

void send(Instance& instance, const ipc::Haptic& head, std::span<const float> points) noexcept {
  if (head.hands == 0) return;
  const ServiceLink::Lease lease(instance.link);
  if (lease) lease.send(ipc::Kind::Haptic, head, std::as_bytes(points));
}

std::uint8_t hands_of(Instance& instance, const XrHapticActionInfo& info) noexcept {
  const Action* action = actions.find(key_of(info.action));
  const std::uint8_t bound =
      action == nullptr ? std::uint8_t{0} : action->hands.load(std::memory_order_relaxed);
  if (info.subactionPath == XR_NULL_PATH) return bound;
  return bound & hands_of(instance, info.subactionPath);
}

XRAPI_ATTR XrResult XRAPI_CALL
xrApplyHapticFeedback(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                      const XrHapticBaseHeader* hapticFeedback) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  const Question question(instance, hapticActionInfo);
  if (question.is_hidden_below()) {
    return feel_nothing(*ours, *hapticActionInfo, question.is_right());
  }
  const auto type = hapticFeedback == nullptr ? XR_TYPE_UNKNOWN : hapticFeedback->type;
  if (type == XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT &&
      instance.wants(Extension::HapticParametric)) {
    return apply_parametric(
        *ours, hapticActionInfo,
        *reinterpret_cast<const XrHapticParametricVibrationEXT*>(hapticFeedback));
  }
  if (type == XR_TYPE_HAPTIC_PCM_VIBRATION_FB && instance.wants(Extension::HapticPcm)) {
    return apply(*ours, hapticActionInfo,
                 *reinterpret_cast<const XrHapticPcmVibrationFB*>(hapticFeedback));
  }
  if (type == XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB &&
      instance.wants(Extension::HapticEnvelope)) {
    return apply(*ours, hapticActionInfo,
                 *reinterpret_cast<const XrHapticAmplitudeEnvelopeVibrationFB*>(hapticFeedback));
  }
  const XrResult result =
      instance.next.xrApplyHapticFeedback(session, hapticActionInfo, hapticFeedback);
  if (is_played(result) && type == XR_TYPE_HAPTIC_VIBRATION) {
    const std::uint8_t hands = replace(instance, *hapticActionInfo);
    play(instance, hands, *reinterpret_cast<const XrHapticVibration*>(hapticFeedback));
  }
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL
xrStopHapticFeedback(XrSession session, const XrHapticActionInfo* hapticActionInfo) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  const Question question(instance, hapticActionInfo);
  if (question.is_hidden_below()) {
    return feel_nothing(*ours, *hapticActionInfo, question.is_right());
  }
  const XrResult result = instance.next.xrStopHapticFeedback(session, hapticActionInfo);
  if (!is_played(result)) return result;
  const std::uint8_t hands = replace(instance, *hapticActionInfo);
  instance.samples_end_ns.store(0);
  send(instance, {hands, ipc::HapticForm::Stop, 0, 0, 0, 0, 0}, {});
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL
xrGetDeviceSampleRateFB(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                        XrDevicePcmSampleRateStateFB* deviceSampleRate) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  if (!instance.wants(Extension::HapticPcm)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (hapticActionInfo == nullptr || hapticActionInfo->type != XR_TYPE_HAPTIC_ACTION_INFO ||
      deviceSampleRate == nullptr ||
      deviceSampleRate->type != XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const Action* action = actions.find(key_of(hapticActionInfo->action));
  if (action == nullptr || action->instance != &instance) return XR_ERROR_HANDLE_INVALID;
  if (!action->is_haptic()) return XR_ERROR_ACTION_TYPE_MISMATCH;
  const Question question(instance, hapticActionInfo);
  if (!question.is_right()) return XR_ERROR_PATH_UNSUPPORTED;
  const std::uint8_t hands = hands_of(instance, *hapticActionInfo);
  if (is_any_glove_on(instance, hands)) {
    deviceSampleRate->sampleRate = static_cast<float>(ipc::kHapticRate_Hz);
    return XR_SUCCESS;
  }
  if (instance.next.xrGetDeviceSampleRateFB != nullptr && !question.is_hidden_below()) {
    return instance.next.xrGetDeviceSampleRateFB(session, hapticActionInfo, deviceSampleRate);
  }
  deviceSampleRate->sampleRate = 0;
  return XR_SUCCESS;
}

}  // namespace tactus::layer
