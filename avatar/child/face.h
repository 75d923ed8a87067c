// The moving face: mouth, lids, brows and eyes as sheets of fixed topology.
//
// An expression is a set of numbers; the sheets are built again from them and the difference is a
// morph target. No sculpting by hand, and every expression fits the same vertices.
//
//   Frames   the model's.
//   Units    metres; expression values are 0 at rest, 1 full.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include "mesh.h"

namespace tactus::modelling {

enum class Side : std::uint8_t { Left, Right };
enum class Lid : std::uint8_t { Upper, Lower };

struct Expression {
  float open = 0;           ///< jaw
  float wide = 0;           ///< mouth corners apart
  float smile = 0;          ///< negative: down
  float round = 0;          ///< lips forward and together
  float blink[2] = {0, 0};  ///< left, right
  float brows_up = 0;
  float brows_sad = 0;
  float squint = 0;
  float lids_up = 0;
};

struct NamedExpression {
  const char* name;  ///< VRM 1.0 preset where there is one
  Expression expression;
};

/// The expressions, as they are worn on top of the smile at rest.
[[nodiscard]] const std::vector<NamedExpression>& expressions();
/// Her face when nothing happens: a slight smile, since a straight mouth reads as sad.
[[nodiscard]] Expression resting_expression();

[[nodiscard]] Mesh mouth_mesh(const Expression& expression);
[[nodiscard]] Mesh lid_mesh(const Expression& expression, Side side, Lid lid);
[[nodiscard]] Mesh brow_mesh(const Expression& expression, Side side);
/// An eyeball with iris, pupil and painted highlights, toed in by 4 degrees to meet a gaze.
[[nodiscard]] Mesh eye_mesh(Side side);

}  // namespace tactus::modelling
