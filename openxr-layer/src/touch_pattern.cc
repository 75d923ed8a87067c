// XR_TACTUSX_touch_preview: a designed pattern on chosen joints.
#include <algorithm>
#include <cstring>

#include "complaint.h"
#include "functions.h"
#include "instance.h"
#include "said_enum.h"
#include "tactus/base/glove_layout.h"
#include "tactus/touch/pattern.h"
#include "touch_data.h"

namespace tactus::layer {
namespace {

constexpr const char* kFunction = "xrPlayTouchPatternTACTUSX";
static_assert(XR_TOUCH_MAX_TARGETS_TACTUSX == kHands * kHandJoints);

/// Bit a: actuator a; where the joint has none, its finger's pulp, or the palm for the wrist.
std::uint16_t actuators_near(HandJoint joint) noexcept {
  if (joint == HandJoint::Wrist) return actuators_on(HandJoint::Palm);
  if (const std::uint16_t on = actuators_on(joint); on != 0) return on;
  std::size_t finger = 0;
  while (finger + 1 < kFingers && joint > kTipJoints[finger]) ++finger;
  return static_cast<std::uint16_t>(1u << pulp_actuator(static_cast<Finger>(finger)));
}

bool is_right(const XrTouchPatternPlayInfoTACTUSX* info) noexcept {
  if (info == nullptr || info->type != XR_TYPE_TOUCH_PATTERN_PLAY_INFO_TACTUSX ||
      info->data == nullptr || info->dataSize < sizeof(PatternHeader) ||
      info->dataSize > ipc::kMaxPatternBytes || !(info->gain > 0 && info->gain <= 1) ||
      info->targetCount > XR_TOUCH_MAX_TARGETS_TACTUSX ||
      (info->targetCount > 0 && info->targets == nullptr)) {
    return false;
  }
  for (std::uint32_t i = 0; i < info->targetCount; ++i) {
    const std::uint32_t hand = said(info->targets[i].hand), joint = said(info->targets[i].joint);
    const bool is_hand = hand == XR_HAND_LEFT_EXT || hand == XR_HAND_RIGHT_EXT;
    if (!is_hand || joint >= kHandJoints) return false;
  }
  return true;
}

struct Parts {
  PatternHeader& header;
  std::span<PatternVoice> voices;
  std::span<PatternPoint> points;
};

/// Of a pattern that view_pattern accepted.
Parts parts_of(std::span<std::byte> pattern) noexcept {
  auto* header = reinterpret_cast<PatternHeader*>(pattern.data());
  auto* voices = reinterpret_cast<PatternVoice*>(header + 1);
  auto* points = reinterpret_cast<PatternPoint*>(voices + header->voice_count);
  return {*header, {voices, header->voice_count}, {points, header->point_count}};
}

void aim(const XrTouchPatternPlayInfoTACTUSX& info, const Parts& pattern) noexcept {
  if (info.targetCount == 0) return;
  std::array<std::uint16_t, kHands> on{};
  for (std::uint32_t i = 0; i < info.targetCount; ++i) {
    const std::size_t hand = said(info.targets[i].hand) == XR_HAND_LEFT_EXT ? 0 : 1;
    const auto joint = static_cast<HandJoint>(said(info.targets[i].joint));
    on[hand] = static_cast<std::uint16_t>(on[hand] | actuators_near(joint));
  }
  pattern.header.aim = PatternAim::Actuators;
  for (PatternVoice& voice : pattern.voices) voice.actuators = on;
}

/// Each point once, whichever voices share it. False: out of memory.
bool weaken(float gain, const Parts& pattern) noexcept {
  if (gain == 1) return true;
  const Bytes is_amplitude(pattern.points.size());
  if (!is_amplitude) return false;
  std::fill(is_amplitude.all().begin(), is_amplitude.all().end(), std::byte{0});
  for (const PatternVoice& voice : pattern.voices) {
    std::fill_n(is_amplitude.all().begin() + voice.first_amplitude, voice.amplitudes, std::byte{1});
  }
  for (std::size_t i = 0; i < pattern.points.size(); ++i) {
    if (is_amplitude.all()[i] == std::byte{1}) pattern.points[i].value *= static_cast<double>(gain);
  }
  return true;
}

}  // namespace

void end_pattern(const Session& session) noexcept {
  Instance& instance = *session.instance;
  const ServiceLink::Lease lease(instance.link);
  const Locked locked(instance.lock);
  if (instance.plays_pattern != &session) return;
  if (lease) lease.send(ipc::Kind::EndPlay);
  instance.plays_pattern = nullptr;
}

XRAPI_ATTR XrResult XRAPI_CALL xrPlayTouchPatternTACTUSX(
    XrSession session, const XrTouchPatternPlayInfoTACTUSX* playInfo) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  if (!instance.wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (!is_right(playInfo)) return XR_ERROR_VALIDATION_FAILURE;
  if (!instance.is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  const Bytes pattern(playInfo->dataSize);
  if (!pattern) return XR_ERROR_OUT_OF_MEMORY;
  std::memcpy(pattern.all().data(), playInfo->data, playInfo->dataSize);
  if (!view_pattern(pattern.all())) {
    complain(instance, kFunction,
             "the data is no pattern of this release: `tactus play FILE --write X.tpattern` writes "
             "one");
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const Parts parts = parts_of(pattern.all());
  aim(*playInfo, parts);
  if (!weaken(playInfo->gain, parts)) return XR_ERROR_OUT_OF_MEMORY;
  if (!ours->is_focused()) return XR_SESSION_NOT_FOCUSED;
  const ipc::SealedMemory sealed = ipc::SealedMemory::create(pattern.all());
  if (!sealed) return XR_ERROR_OUT_OF_MEMORY;
  const ServiceLink::Lease lease(instance.link);
  const Locked locked(instance.lock);
  const ipc::Play play{playInfo->dataSize, 0};
  if (lease && lease.send(ipc::Kind::Play, play, {}, sealed.descriptor())) {
    instance.plays_pattern = ours;
  }
  return XR_SUCCESS;
}

XRAPI_ATTR XrResult XRAPI_CALL xrStopTouchPatternTACTUSX(XrSession session) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  end_pattern(*ours);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
