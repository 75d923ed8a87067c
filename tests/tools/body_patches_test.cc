#include "tools/eval/body_patches.h"

#include <gtest/gtest.h>

#include "tactus/contact/query_wearer.h"

namespace tactus::tools {
namespace {

TEST(BodyPatches, WhatIsCalledSureIsInsideTheWearer) {
  const auto doubts = doubt_patches(1);
  for (std::size_t cell = 0; cell < kGarmentActuators; ++cell) {
    const WearerPatch& patch = kWearerPatches[cell];
    if (patch.sure.radius_m > 0) {
      EXPECT_GT(doubts[cell].sure_percent, 95) << cell;
      EXPECT_LT(doubts[cell].sure_percent, 99.9) << cell << ": more of it could be felt";
    } else {
      EXPECT_GT(doubts[cell].off_p95_cm, 100 * patch.skin.radius_m) << cell << " could be felt";
    }
  }
}

}  // namespace
}  // namespace tactus::tools
