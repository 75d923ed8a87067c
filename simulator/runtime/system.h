// What the one simulated headset is: two eyes, an opaque display.
//
//   Clocks   none. Frames: the eyes in the head.
//   Units    pixels, radians, metres
//   Errors   none
//   Threads  constants; the environment is read at each question.
//   Proof    tests/simulator/runtime/system_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "extensions.h"

namespace tactus::runtime {

inline constexpr std::array kViewConfigurations{XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO,
                                                XR_VIEW_CONFIGURATION_TYPE_PRIMARY_MONO};
inline constexpr std::uint32_t kLargestImage_px = 4096;  ///< Vulkan 1.0's least maxImageDimension2D
inline constexpr std::uint32_t kMostLayers = XR_MIN_COMPOSITION_LAYERS_SUPPORTED;

/// XR_SUCCESS; a known but unsupported one; or no view configuration at all.
[[nodiscard]] XrResult check_view_configuration(const EnabledExtensions& extensions,
                                                XrViewConfigurationType type);
[[nodiscard]] std::uint32_t view_count(XrViewConfigurationType type);

/// Pixels of a side of each eye's square picture: $TACTUS_RUNTIME_VIEW_SIZE, else 1024.
[[nodiscard]] std::uint32_t recommended_view_size_px();

[[nodiscard]] XrResult check_blend_mode(XrEnvironmentBlendMode mode);

}  // namespace tactus::runtime
