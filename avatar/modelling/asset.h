// A model as it ships: NAME.glb to be drawn and, where it can be touched, NAME.tbody.
//
//   Frames   the model's: +Y up, +Z forward.
//   Units    metres.
//   Errors   said on stderr with cause and remedy; then false, or no bytes.
//   Threads  pure but for the files.
//   Proof    tests/avatar/child_test.cc, tests/avatar/things_test.cc
#pragma once
#include <string>
#include <vector>

#include "bones.h"

namespace tactus::modelling {

struct Asset {
  std::string name;
  std::vector<Part> parts;
  Skeleton skeleton = {};  ///< without bones it is all of one piece
  bool is_touchable = true;
  std::vector<std::string> unfelt = {};  ///< parts that are drawn, but not felt
};

[[nodiscard]] std::vector<std::byte> draw(const Asset& asset);

/// The bytes of its .tbody.
[[nodiscard]] std::vector<std::byte> bake(const Asset& asset);

/// Writes the files into `folder` and says on stdout how large it is.
[[nodiscard]] bool write_asset(const Asset& asset, const std::string& folder);

}  // namespace tactus::modelling
