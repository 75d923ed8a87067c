// Tactus TT1, the reference wrist tracker: bytes to TrackerSample, and the tracker's side.
//
//   Clocks   in the tracker's 32-bit microsecond counter; out DeviceTime, unwrapped.
//   Frames   universe: the tracking system's own fixed frame, right-handed, +Y up.
//   Units    metres, unit quaternion.
//   Errors   every rejected report is counted in the state, and the next sample says kSampleGap.
//   Threads  one decoder per link, one owner. RT-safe.
//   Proof    tests/drivers/tt1/codec_test.cc, tests/fuzz/tt1_fuzz.cc; docs/devices/tt1.md
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/drivers/sequence.h"
#include "tactus/sense/sample.h"

namespace tactus::tt1 {

inline constexpr std::uint16_t kProduct = 0x7AC2;  ///< unregistered test id
inline constexpr char kProductName[] = "Tactus TT1";
inline constexpr std::uint8_t kInputReport = 0x01;
inline constexpr int kRate_Hz = 95;
inline constexpr std::size_t kInputBytes = 44;
inline constexpr float kFarthest_m = 100.0f;  ///< a position beyond this is no pose
inline constexpr std::uint8_t kFlagRight = 1 << 0;
inline constexpr std::uint8_t kFlagTracked = 1 << 1;
inline constexpr std::uint8_t kFlagLowBattery = 1 << 2;
inline constexpr std::size_t kFlags = 1, kBattery = 2, kSequence = 4, kTime = 8, kPosition = 12,
                             kRotation = 24;

/// HID report descriptor: one input report and the identity feature.
inline constexpr std::uint8_t kReportDescriptor[] = {
    0x06, 0x00,         0xFF, 0x09, 0x20, 0xA1,
    0x01,  // vendor page, usage 0x20: tracker, collection
    0x15, 0x00,         0x26, 0xFF, 0x00, 0x75,
    0x08,  // bytes, 0 to 255
    0x85, kInputReport, 0x09, 0x21, 0x95, kInputBytes - 1,
    0x81, 0x02,  // input, 43 bytes
    0x85, 0x10,         0x09, 0x10, 0x95, 63,
    0xB1, 0x02,  // feature: identity
    0xC0,
};

struct DecoderState {
  SequenceState sequence;
  std::uint64_t reports = 0;  ///< all that had TT1's input report id
  std::uint64_t samples = 0;  ///< delivered
  std::uint64_t bad_length = 0;
  std::uint64_t bad_crc = 0;
  std::uint64_t bad_value = 0;  ///< a pose that is not finite, not a rotation, or out of the world
  DeviceTime t_newest{};
  float battery = 0;  ///< [0, 1], as last reported
  bool gap = false;
};
static_assert(std::is_trivially_copyable_v<DecoderState>);

enum class DecodeResult : std::uint8_t {
  Complete,   ///< a sample is in `out`
  NotMine,    ///< not an input report of TT1
  Repeated,   ///< a duplicate, or older than one already delivered
  Malformed,  ///< wrong length, or a pose that cannot be
  BadCrc,
};

/// Takes one report. `out` is written only when the result is Complete.
[[nodiscard]] DecodeResult decode(DecoderState& state, std::span<const std::uint8_t> report,
                                  TrackerSample& out) noexcept;

/// The tracker's side: one report, taken at `t_us` of its clock. `battery` in [0, 1].
void encode_pose(const TrackerSample& sample, std::uint32_t sequence, std::uint32_t t_us,
                 float battery, std::span<std::uint8_t, kInputBytes> report) noexcept;

}  // namespace tactus::tt1
