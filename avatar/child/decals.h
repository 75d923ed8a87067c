// Small coloured pieces laid on a surface: nails and the daisies on the skirt.
//
// A pattern in the vertices of a simplified mesh shatters; a piece of its own keeps its outline.
//
//   Frames   the model's; each piece lies about a millimetre above what it is laid on.
//   Units    metres.
//   Errors   none.
//   Threads  pure.
//   Proof    looked at
#pragma once
#include "mesh.h"

namespace tactus::modelling {

[[nodiscard]] Mesh daisies();  ///< printed on the skirt
[[nodiscard]] Mesh nails();    ///< of the left hand

}  // namespace tactus::modelling
