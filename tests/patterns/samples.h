// Small valid files of every format, as their designers write them, made here.
#pragma once
#include <string>
#include <vector>

#include "tactus/patterns/file.h"

namespace tactus::patterns {

struct Sample {
  std::string name;
  Format format = Format::Haptic;
  std::string text;
};

/// Several of each format: plain ones, old ones, ones with everything in them.
[[nodiscard]] std::vector<Sample> samples();

/// The first of a format, which has notes and taps.
[[nodiscard]] Sample sample_of(Format format);

}  // namespace tactus::patterns
