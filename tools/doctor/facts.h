// What the doctor sees of a machine, before it judges.
//
//   Clocks   real time for waiting on the service.
//   Units    none.
//   Errors   what cannot be seen is as if it were not there.
//   Threads  one. Reads files and the environment, asks loader and service.
//   Proof    tests/tools/check_doctor.py
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "openxr_answers.h"

namespace tactus::tools {

enum class ServiceState : std::uint8_t {
  Absent,        ///< no socket
  Dead,          ///< a socket that nobody answers
  Silent,        ///< takes the connection and says nothing, or hangs up
  OtherRelease,  ///< its shared memory is of another layout
  Hung,          ///< answers, but its engine does not tick
  Alive,
};

/// A program whose environment the loader may not trust.
struct Program {
  std::string path;            ///< empty: none was named
  bool is_privileged = false;  ///< set-user-id, set-group-id or file capabilities
};

struct Facts {
  OpenxrAnswers openxr;
  std::string runtime_manifest;           ///< empty: none
  std::vector<std::string> asked_layers;  ///< of XR_ENABLE_API_LAYERS
  bool is_layer_disabled = false;         ///< TACTUS_LAYER_DISABLE is set
  ServiceState service = ServiceState::Absent;
  std::string service_path;
  bool has_udev_rule = false;
  bool may_be_real_time = false;
  std::string container;  ///< whose, if this is one
  Program program;
  std::vector<std::string> stripped;  ///< what of this environment such a program would miss
};

/// Below `root` for what belongs to the machine.
[[nodiscard]] Facts gather_facts(const std::string& root, const std::string& program);

}  // namespace tactus::tools
