// Where the OpenXR loader finds our layer and the runtime: the files, to name them in a remedy.
//
//   Clocks   none.
//   Units    none.
//   Errors   a manifest that is not one says so in `error`.
//   Threads  one. Reads files and the environment.
//   Proof    tests/tools/check_doctor.py
#pragma once
#include <string>
#include <vector>

namespace tactus::tools {

/// A file that names our layer, or looks as if it should.
struct Manifest {
  std::string path;
  bool is_implicit = false;  ///< for every application
  std::string library;       ///< as it is to be loaded
  std::string error;         ///< why it cannot be
};

/// In the loader's order of search.
[[nodiscard]] std::vector<Manifest> find_layer_manifests();

/// The runtime's, as the loader takes it; empty: there is none.
[[nodiscard]] std::string find_runtime_manifest();

/// Loads each library and notes in `error` what the system says. Runs their code.
void try_libraries(std::vector<Manifest>& manifests);

}  // namespace tactus::tools
