#include "tactus/contact/query.h"

#include <gtest/gtest.h>

namespace tactus {
namespace {

TEST(Query, NothingTouchesNothing) {
  ContactState state;
  EXPECT_TRUE(query(state, {}, {}, {}, HostTime{}).empty());
}

}  // namespace
}  // namespace tactus
