// TG1's wire layout: report ids, byte offsets, scales, rates. The words are in docs/devices/tg1.md.
//
//   Clocks   microseconds of the glove's own crystal, 32 bit, wraps after 71.6 minutes.
//   Units    in the names; a scale is SI per code.
//   Errors   none.
//   Threads  constants.
//   Proof    tests/drivers/tg1/codec_test.cc pins the bytes of one state
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/base/geometry.h"
#include "tactus/base/glove_layout.h"

namespace tactus::tg1 {

inline constexpr std::uint16_t kProduct = 0x7AC1;  ///< unregistered test id
inline constexpr char kProductName[] = "Tactus TG1";

inline constexpr std::uint8_t kInputReport = 0x01;
inline constexpr std::uint8_t kOutputReport = 0x02;
inline constexpr std::uint8_t kStopReport = 0x03;
inline constexpr std::uint8_t kCalibrationReport = 0x11;  ///< and the three ids after it
inline constexpr std::size_t kCalibrationPages = 4;

inline constexpr int kStateRate_Hz = 250;
inline constexpr std::size_t kFragments = 4;  ///< of a state; fragment = sequence mod 4
inline constexpr int kReportPeriod_us = 1000;
inline constexpr int kStatePeriod_us = 4000;
inline constexpr int kWatchdog_ms = 30;  ///< silent no later than this after the last valid frame

// Input report: header, a quarter of the state block, CRC-32.
inline constexpr std::size_t kInputBytes = 64;
inline constexpr std::size_t kInputFlags = 1, kInputSequence = 2, kInputTime = 6,
                             kInputPayload = 10;
inline constexpr std::size_t kPayloadBytes = 50;
inline constexpr std::size_t kStateBytes = kFragments * kPayloadBytes;
static_assert(kInputPayload + kPayloadBytes + 4 == kInputBytes);

inline constexpr std::uint8_t kFlagRight = 1 << 0;
inline constexpr std::uint8_t kFlagLowBattery = 1 << 1;
inline constexpr std::uint8_t kFlagHot = 1 << 2;
inline constexpr std::uint8_t kFlagSilenced = 1 << 3;

// State block. An inertial unit is gyro x y z, then accelerometer x y z.
inline constexpr std::size_t kImuBytes = 12;
inline constexpr std::size_t kStateImu = 0;
inline constexpr std::size_t kStateFlexion = kStateImu + kImuBytes * kGloveImus;
inline constexpr std::size_t kStateAbduction = kStateFlexion + 2 * kGloveFlexions;
inline constexpr std::size_t kStateTouch = kStateAbduction + 2 * kGloveAbductions;
inline constexpr std::size_t kStateConsumed = kStateTouch + 2 * kGloveTouches;
inline constexpr std::size_t kStateTemperature = kStateConsumed + 4;
inline constexpr std::size_t kStateBattery = kStateTemperature + 2;
inline constexpr std::size_t kStateRefused = kStateBattery + 1;
inline constexpr std::size_t kStateLastOutput = kStateRefused + 1;
static_assert(kStateLastOutput + 4 == kStateBytes);

inline constexpr float kGyroScale_rad_per_s = 2000.0f / 32768.0f * kRadPerDeg;
inline constexpr float kAccelScale_m_per_s2 = 16.0f / 32768.0f * kGravity_m_per_s2;
inline constexpr float kChannelScale = 1.0f / 65535.0f;
inline constexpr float kTouchScale_kPa = 0.01f;
inline constexpr float kTemperatureScale_C = 0.01f;
inline constexpr float kBatteryScale = 1.0f / 200.0f;

// Output report: envelope and frequency.
inline constexpr std::size_t kOutputBytes = 48;
inline constexpr std::size_t kOutputSequence = 4, kOutputNewestInput = 8, kOutputAmplitude = 12,
                             kOutputFrequency = 28;
static_assert(kOutputFrequency + kActuators + 4 == kOutputBytes);
inline constexpr float kAmplitudeScale = 1.0f / 255.0f;
inline constexpr float kFrequencyScale_Hz = 2.0f;
inline constexpr std::size_t kStopBytes = 12;

// Calibration block, cut into pages of a feature report each.
inline constexpr std::size_t kPageBytes = 58;
inline constexpr std::size_t kPagePayload = 2;
inline constexpr std::size_t kCalibrationMounting = 0;  ///< per unit quaternion x y z w
inline constexpr std::size_t kCalibrationBias = kCalibrationMounting + 8 * kGloveImus;
inline constexpr std::size_t kCalibrationFlexion = kCalibrationBias + 6 * kGloveImus;
inline constexpr std::size_t kCalibrationAbduction = kCalibrationFlexion + 4 * kGloveFlexions;
inline constexpr std::size_t kCalibrationBytes = kCalibrationAbduction + 4 * kGloveAbductions;
static_assert(kCalibrationBytes <= kCalibrationPages * kPageBytes);
inline constexpr float kMountingScale = 1.0f / 32767.0f;
inline constexpr float kBiasScale_rad_per_s = kGyroScale_rad_per_s / 16.0f;
inline constexpr float kAngleScale_rad = 0.01f * kRadPerDeg;

/// HID report descriptor: one vendor collection; every report is an array of bytes.
inline constexpr std::uint8_t kReportDescriptor[] = {
    0x06, 0x00,
    0xFF,        // usage page, vendor 0xFF00
    0x09, 0x01,  // usage 1: glove
    0xA1, 0x01,  // collection, application
    0x15, 0x00,  //   logical minimum 0
    0x26, 0xFF,
    0x00,                //   logical maximum 255
    0x75, 0x08,          //   report size 8 bits
    0x85, kInputReport,  //   report id
    0x09, 0x02,
    0x95, kInputBytes - 1,
    0x81, 0x02,  // input, 63 bytes
    0x85, kOutputReport,
    0x09, 0x03,
    0x95, kOutputBytes - 1,
    0x91, 0x02,  // output, 47 bytes
    0x85, kStopReport,
    0x09, 0x04,
    0x95, kStopBytes - 1,
    0x91, 0x02,  // output, 11 bytes
    0x85, 0x10,
    0x09, 0x10,
    0x95, 63,
    0xB1, 0x02,  // feature: identity
    0x85, 0x11,
    0x09, 0x11,
    0x95, 63,
    0xB1, 0x02,  // feature: calibration, four pages
    0x85, 0x12,
    0x09, 0x12,
    0x95, 63,
    0xB1, 0x02,
    0x85, 0x13,
    0x09, 0x13,
    0x95, 63,
    0xB1, 0x02,
    0x85, 0x14,
    0x09, 0x14,
    0x95, 63,
    0xB1, 0x02,
    0xC0,  // end collection
};

}  // namespace tactus::tg1
