// A recording of a hand as four CSV files: hand.csv, glove.csv, tracker.csv and truth.csv.
//
// The layout is docs/evaluation.md's. What a glove lacks has no line; tracker.csv may be absent.
//
//   Clocks   seconds from the recording's start. Frames: as hand_recording.h.
//   Units    SI, radians.
//   Errors   CsvError with the line and what was expected there.
//   Threads  pure.
//   Proof    tests/tools/hand_files_test.cc; tests/fuzz/hand_files_fuzz.cc
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "csv.h"
#include "hand_recording.h"

namespace tactus::tools {

inline constexpr std::size_t kMaxHandRows = 1u << 20;  ///< instants of each file
inline constexpr std::size_t kMaxHandFile = 256u << 20;

struct HandDescription {
  Hand hand = Hand::Right;
  HandProfile profile;
};

[[nodiscard]] Expected<HandDescription, CsvError> read_hand(std::string_view csv);
[[nodiscard]] Expected<std::vector<GloveRow>, CsvError> read_glove(std::string_view csv, Hand hand);
[[nodiscard]] Expected<std::vector<WristRow>, CsvError> read_wrist(std::string_view csv, Hand hand);
[[nodiscard]] Expected<std::vector<HandTruth>, CsvError> read_hand_truth(std::string_view csv);

/// The same files; read again they give the same recording, as far as single precision goes.
[[nodiscard]] std::string hand_csv(const HandRecording& recording);
[[nodiscard]] std::string glove_csv(const HandRecording& recording);
[[nodiscard]] std::string wrist_csv(const HandRecording& recording);
[[nodiscard]] std::string truth_csv(const HandRecording& recording);

}  // namespace tactus::tools
