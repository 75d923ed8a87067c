// XR_EXT_haptic_parametric: effects of curves and clicks, whole or as a stream. The service plays
// them as they are; a runtime without the extension gets the nearest plain vibration of each piece.
#include <algorithm>
#include <array>
#include <utility>

#include "functions.h"
#include "glove.h"
#include "haptic.h"
#include "said_enum.h"
#include "user.h"

namespace tactus::layer {
namespace {

using Vibration = XrHapticParametricVibrationEXT;
using Point = XrHapticParametricPointEXT;
using Transient = XrHapticParametricTransientEXT;

constexpr float kUsual = 0.5f;  // the frequency of an effect that says none

std::span<const Point> amplitudes_of(const Vibration& v) noexcept {
  return {v.amplitudePoints, v.amplitudePointCount};
}
std::span<const Point> frequencies_of(const Vibration& v) noexcept {
  return {v.frequencyPoints, v.frequencyPoints == nullptr ? 0 : v.frequencyPointCount};
}
std::span<const Transient> transients_of(const Vibration& v) noexcept {
  return {v.transients, v.transients == nullptr ? 0 : v.transientCount};
}

bool begins(const Vibration& v) noexcept {
  return said(v.streamFrameType) <= XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_FIRST_FRAME_EXT;
}
/// The stream goes on after it.
bool goes_on(const Vibration& v) noexcept {
  const std::uint32_t type = said(v.streamFrameType);
  return type == XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_FIRST_FRAME_EXT ||
         type == XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_INTERMEDIATE_FRAME_EXT;
}

bool is_part(float value) noexcept { return value >= 0 && value <= 1; }

bool are_in_order(std::span<const Point> points) noexcept {
  XrDuration before = 0;
  return std::all_of(points.begin(), points.end(), [&](const Point& point) {
    return point.time >= std::exchange(before, point.time) && is_part(point.value);
  });
}
bool are_in_order(std::span<const Transient> transients) noexcept {
  XrDuration before = -1;
  return std::all_of(transients.begin(), transients.end(), [&](const Transient& transient) {
    return transient.time > std::exchange(before, transient.time) && is_part(transient.amplitude) &&
           is_part(transient.frequency);
  });
}

bool is_range(const Vibration& v) noexcept {
  constexpr float kNone = XR_FREQUENCY_UNSPECIFIED;
  if (v.minFrequencyHz == kNone && v.maxFrequencyHz == kNone) return true;
  return begins(v) && v.minFrequencyHz >= XR_HAPTIC_PARAMETRIC_FREQUENCY_MIN_HZ_EXT &&
         v.maxFrequencyHz >= v.minFrequencyHz &&
         v.maxFrequencyHz <= XR_HAPTIC_PARAMETRIC_FREQUENCY_MAX_HZ_EXT;
}

/// All that it says of itself.
bool is_whole(const Vibration& v) noexcept {
  const std::uint32_t most = XR_HAPTIC_PARAMETRIC_MAX_POINTS_TRANSIENTS_EXT;
  const std::uint32_t least = begins(v) ? 2 : 1;
  if (said(v.streamFrameType) > XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_LAST_FRAME_EXT ||
      v.amplitudePoints == nullptr || v.amplitudePointCount < least ||
      std::max({v.amplitudePointCount, v.frequencyPointCount, v.transientCount}) > most ||
      !is_range(v)) {
    return false;
  }
  const auto frequencies = frequencies_of(v);
  const bool starts_right = !begins(v) || (v.amplitudePoints[0].time == 0 &&
                                           (frequencies.empty() || frequencies.front().time == 0));
  return starts_right && are_in_order(amplitudes_of(v)) && are_in_order(frequencies) &&
         are_in_order(transients_of(v));
}

/// Bits of Instance::streams: the hands', or that of all else.
std::uint8_t elements_of(std::uint8_t hands) noexcept { return hands == 0 ? 4 : hands; }

/// The stream as it is after `v`, of which nothing was refused.
HapticStream after(const HapticStream& before, const Vibration& v) noexcept {
  HapticStream stream = begins(v) ? HapticStream{} : before;
  stream.is_running = goes_on(v);
  if (begins(v) && v.maxFrequencyHz != XR_FREQUENCY_UNSPECIFIED) {
    stream.least_Hz = std::clamp(v.minFrequencyHz, ipc::kLeastHaptic_Hz, ipc::kMostHaptic_Hz);
    stream.most_Hz = std::clamp(v.maxFrequencyHz, ipc::kLeastHaptic_Hz, ipc::kMostHaptic_Hz);
  }
  stream.t_begin = stream.t_end;
  stream.t_end = amplitudes_of(v).back().time;
  if (!frequencies_of(v).empty())
    stream.t_last = std::max(stream.t_last, frequencies_of(v).back().time);
  if (!transients_of(v).empty())
    stream.t_last = std::max(stream.t_last, transients_of(v).back().time);
  return stream;
}

/// Whether `v` may follow, and what then is.
bool follows(Instance& instance, std::uint8_t elements, const Vibration& v,
             HapticStream& stream) noexcept {
  const Locked locked(instance.lock);
  for (std::size_t i = 0; i < instance.streams.size(); ++i) {
    if ((elements >> i & 1) == 0) continue;
    const HapticStream& before = instance.streams[i];
    if (!begins(v) && !before.is_running) return false;
    stream = after(before, v);
    if (!goes_on(v) && stream.t_last > stream.t_end) return false;
    if (!begins(v) && amplitudes_of(v).front().time < before.t_end) return false;
  }
  return true;
}

void keep(Instance& instance, std::uint8_t elements, const HapticStream& stream) noexcept {
  const Locked locked(instance.lock);
  for (std::size_t i = 0; i < instance.streams.size(); ++i) {
    if ((elements >> i & 1) != 0) instance.streams[i] = stream;
  }
}

float seconds(XrDuration duration) noexcept {
  return static_cast<float>(static_cast<double>(duration) * 1e-9);
}

/// Sends floats as they come, a full packet at a time.
class Pieces {
 public:
  Pieces(Instance& instance, const ipc::Haptic& head, std::size_t floats_each) noexcept
      : instance_(instance),
        head_(head),
        most_(ipc::kMaxHapticPoints / floats_each * floats_each) {}
  ~Pieces() { flush(); }
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  void add(float value) noexcept {
    if (head_.count == most_) flush();
    points_[head_.count++] = value;
  }

 private:
  void flush() noexcept {
    if (head_.count == 0) return;
    send(instance_, head_, std::span(points_).first(head_.count));
    head_.append = 1;
    head_.count = 0;
  }
  Instance& instance_;
  ipc::Haptic head_;
  std::size_t most_;
  std::array<float, ipc::kMaxHapticPoints> points_;
};

void play(Instance& instance, std::uint8_t hands, const Vibration& v,
          const HapticStream& stream) noexcept {
  const auto head = [&](ipc::HapticForm form) { return ipc::Haptic{hands, form, 1, 0, 0, 0, 0}; };
  const auto to_Hz = [&](float part) { return std::lerp(stream.least_Hz, stream.most_Hz, part); };
  {
    ipc::Haptic amplitudes = head(ipc::HapticForm::Amplitudes);
    amplitudes.append = begins(v) ? 0 : 1;
    if (goes_on(v)) amplitudes.duration_ns = XR_HAPTIC_PARAMETRIC_VIBRATION_EXTEND_DURATION_EXT;
    Pieces pieces(instance, amplitudes, 2);
    for (const Point& point : amplitudes_of(v)) {
      pieces.add(seconds(point.time));
      pieces.add(point.value);
    }
  }
  Pieces frequencies(instance, head(ipc::HapticForm::Frequencies), 2);
  if (begins(v) && frequencies_of(v).empty()) {
    frequencies.add(0);
    frequencies.add(to_Hz(kUsual));
  }
  for (const Point& point : frequencies_of(v)) {
    frequencies.add(seconds(point.time));
    frequencies.add(to_Hz(point.value));
  }
  Pieces clicks(instance, head(ipc::HapticForm::Clicks), 3);
  for (const Transient& transient : transients_of(v)) {
    clicks.add(seconds(transient.time));
    clicks.add(transient.amplitude);
    clicks.add(to_Hz(transient.frequency));
  }
}

/// For a controller that only knows one strength: the mean, or a click if that is all there is.
XrHapticVibration nearest(const Vibration& v, XrDuration t_begin) noexcept {
  float sum = 0;
  for (const Point& point : amplitudes_of(v)) sum += point.value;
  XrHapticVibration plain{XR_TYPE_HAPTIC_VIBRATION, nullptr,
                          std::max(amplitudes_of(v).back().time - t_begin, kShortestHaptic_ns),
                          XR_FREQUENCY_UNSPECIFIED,
                          sum / static_cast<float>(v.amplitudePointCount)};
  if (sum == 0 && !transients_of(v).empty()) {
    plain.duration = kShortestHaptic_ns;
    plain.amplitude = transients_of(v).front().amplitude;
  }
  return plain;
}

XrResult apply_below(const Session& session, const XrHapticActionInfo* info, const Vibration& v,
                     XrDuration t_begin) noexcept {
  const Instance& instance = *session.instance;
  const auto apply = [&](const auto& vibration) {
    return instance.next.xrApplyHapticFeedback(
        session.handle, info, reinterpret_cast<const XrHapticBaseHeader*>(&vibration));
  };
  if (instance.below.has(Extension::HapticParametric)) {
    const XrResult result = apply(v);
    if (result != XR_ERROR_FEATURE_UNSUPPORTED) return result;
  }
  return apply(nearest(v, t_begin));
}

}  // namespace

void end_streams(Instance& instance, std::uint8_t hands) noexcept {
  keep(instance, elements_of(hands), {});
}

XrResult apply_parametric(const Session& session, const XrHapticActionInfo* info,
                          const XrHapticParametricVibrationEXT& vibration) noexcept {
  Instance& instance = *session.instance;
  if (!instance.gives_parametric_haptics()) {
    return instance.below.has(Extension::HapticParametric)
               ? instance.next.xrApplyHapticFeedback(
                     session.handle, info, reinterpret_cast<const XrHapticBaseHeader*>(&vibration))
               : XR_ERROR_FEATURE_UNSUPPORTED;
  }
  if (info == nullptr || !is_whole(vibration)) return XR_ERROR_VALIDATION_FAILURE;
  const std::uint8_t hands = hands_of(instance, *info);
  HapticStream stream;
  if (!follows(instance, elements_of(hands), vibration, stream)) return XR_ERROR_VALIDATION_FAILURE;
  const XrResult result = apply_below(session, info, vibration, stream.t_begin);
  if (!is_played(result)) return result;
  keep(instance, elements_of(hands), stream);
  play(instance, hands, vibration, stream);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL
xrHapticParametricGetPropertiesEXT(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                                   XrHapticParametricPropertiesEXT* parametricProperties) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  if (!instance.wants(Extension::HapticParametric)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (hapticActionInfo == nullptr || hapticActionInfo->type != XR_TYPE_HAPTIC_ACTION_INFO ||
      parametricProperties == nullptr ||
      parametricProperties->type != XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const bool is_below = instance.next.xrHapticParametricGetPropertiesEXT != nullptr;
  const Action* action = actions.find(key_of(hapticActionInfo->action));
  if (action == nullptr || action->instance != &instance) return XR_ERROR_HANDLE_INVALID;
  if (!action->is_haptic()) return XR_ERROR_ACTION_TYPE_MISMATCH;
  const Question question(instance, hapticActionInfo);
  if (!question.is_right()) return XR_ERROR_PATH_UNSUPPORTED;
  const bool is_gloves = is_any_glove_on(instance, hands_of(instance, *hapticActionInfo));
  if (!is_gloves && is_below) {
    return instance.next.xrHapticParametricGetPropertiesEXT(session, question.below(),
                                                            parametricProperties);
  }
  if (!instance.gives_parametric_haptics()) return XR_ERROR_FEATURE_UNSUPPORTED;
  parametricProperties->idealFrameSubmissionRate = 0;  // whenever it likes
  parametricProperties->minimumFirstFrameDuration = 0;
  parametricProperties->minFrequencyHz =
      is_gloves ? ipc::kLeastHaptic_Hz : XR_FREQUENCY_UNSPECIFIED;
  parametricProperties->maxFrequencyHz = is_gloves ? ipc::kMostHaptic_Hz : XR_FREQUENCY_UNSPECIFIED;
  return XR_SUCCESS;
}

}  // namespace tactus::layer
