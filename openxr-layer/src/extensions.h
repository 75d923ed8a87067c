// Which extensions the application asked for, which go down, which we add: so that no application
// fails to start because of us.
//
// The loader lets an application enable what any layer or the runtime offers, then passes the whole
// list to everybody. We take out what only we provide, and add what we use ourselves.
//
//   Clocks   none.
//   Units    none.
//   Errors   what those below refuse is tried again with less; the last try's result counts.
//   Threads  no state.
//   Proof    tests/openxr-layer/create_instance_test.cc
#pragma once
#include <cstdint>

#include "loader_contract.h"

namespace tactus::layer {

/// Those of our concern.
enum class Extension : std::uint8_t {
  HandTracking,
  DataSource,
  MotionRange,
  Aim,
  Capsules,
  HandInteraction,
  ForceFeedback,
  BodyFb,
  BodyBd,
  ViveTracker,
  HapticPcm,
  HapticEnvelope,
  HapticParametric,
  Touch,              ///< ours alone: nobody below is asked for it
  Timespec,           ///< not provided: used for ourselves where the runtime has it
  ActionSetPriority,  ///< not provided: heeded where the application uses it
};
inline constexpr Extension kAllExtensions[] = {
    Extension::HandTracking,     Extension::DataSource,
    Extension::MotionRange,      Extension::Aim,
    Extension::Capsules,         Extension::HandInteraction,
    Extension::ForceFeedback,    Extension::BodyFb,
    Extension::BodyBd,           Extension::ViveTracker,
    Extension::HapticPcm,        Extension::HapticEnvelope,
    Extension::HapticParametric, Extension::Touch,
    Extension::Timespec,         Extension::ActionSetPriority};

[[nodiscard]] const char* name_of(Extension extension) noexcept;

class ExtensionSet {
 public:
  constexpr ExtensionSet() noexcept = default;
  template <class... Members>
  constexpr explicit ExtensionSet(Members... members) noexcept : bits_((0u | ... | bit(members))) {}

  [[nodiscard]] constexpr bool has(Extension e) const noexcept { return (bits_ & bit(e)) != 0; }
  [[nodiscard]] constexpr bool is_empty() const noexcept { return bits_ == 0; }
  constexpr void add(Extension e) noexcept { bits_ |= bit(e); }
  [[nodiscard]] constexpr ExtensionSet operator&(ExtensionSet other) const noexcept {
    return from(bits_ & other.bits_);
  }
  [[nodiscard]] constexpr ExtensionSet operator-(ExtensionSet other) const noexcept {
    return from(bits_ & ~other.bits_);
  }
  constexpr bool operator==(const ExtensionSet&) const noexcept = default;

 private:
  static constexpr std::uint32_t bit(Extension e) noexcept {
    return 1u << static_cast<std::uint32_t>(e);
  }
  static constexpr ExtensionSet from(std::uint32_t bits) noexcept {
    ExtensionSet set;
    set.bits_ = bits;
    return set;
  }
  std::uint32_t bits_ = 0;
};

/// What we give on our own, whatever those below have.
inline constexpr ExtensionSet kProvided{Extension::HandTracking,     Extension::DataSource,
                                        Extension::MotionRange,      Extension::Aim,
                                        Extension::Capsules,         Extension::HandInteraction,
                                        Extension::ForceFeedback,    Extension::BodyFb,
                                        Extension::BodyBd,           Extension::ViveTracker,
                                        Extension::HapticPcm,        Extension::HapticEnvelope,
                                        Extension::HapticParametric, Extension::Touch};

/// What those below cannot answer in our stead, if the application wants it.
inline constexpr ExtensionSet kSeenAlways{Extension::Touch, Extension::HapticPcm,
                                          Extension::HapticEnvelope, Extension::HapticParametric};

/// What is asked for with hands, and answered with them.
inline constexpr ExtensionSet kOfHands{Extension::HandTracking, Extension::DataSource,
                                       Extension::MotionRange,  Extension::Aim,
                                       Extension::Capsules,     Extension::ForceFeedback};

/// What of our concern the application enabled.
[[nodiscard]] ExtensionSet wishes_of(const XrInstanceCreateInfo& info) noexcept;

struct CreatedBelow {
  XrResult result = XR_ERROR_RUNTIME_FAILURE;
  ExtensionSet enabled;  ///< of our concern, below
};

/// Creates the instance below, with the extensions those below have. `layer_info` is ours as the
/// loader gave it; `adds_timespec`: XR_KHR_convert_timespec_time is wanted for ourselves.
[[nodiscard]] CreatedBelow create_below(const XrInstanceCreateInfo& info, ExtensionSet wishes,
                                        bool adds_timespec, const XrApiLayerCreateInfo& layer_info,
                                        XrInstance* instance) noexcept;

}  // namespace tactus::layer
