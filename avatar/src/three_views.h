// A body from front, side and back, each triangle in a colour of its own.
//
//   Frames   rest.
//   Units    colours linear RGB in [0, 1].
//   Errors   false: the file cannot be written.
//   Threads  pure but for writing the file.
//   Proof    docs/pictures/regions.png
#pragma once
#include <span>
#include <string>

#include "tactus/contact/body.h"

namespace tactus::avatar {

/// As many colours as triangles.
[[nodiscard]] bool write_three_views(const BodyView& body, std::span<const Vec3> colors,
                                     const std::string& path);

}  // namespace tactus::avatar
