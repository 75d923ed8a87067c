// Actuator signals as a WAV file: 16 channels at 8 kHz, 16 bit.
//
//   Clocks   the glove's own 8 kHz crystal.
//   Units    full scale is drive 1.
//   Errors   false when the file cannot be written.
//   Threads  pure but for the file.
//   Proof    tests/tools/demo_parts_test.cc
#pragma once
#include <span>
#include <string>

#include "tactus/simulator/emulator.h"

namespace tactus::tools {

bool write_wav(const std::string& path, std::span<const simulator::DriveSample> samples);

}  // namespace tactus::tools
