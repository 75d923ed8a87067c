#include "xr_test.h"

namespace tactus::test {
namespace {

using LifetimeTest = XrTest;

// The loader checks the instance only; every other handle reaches the runtime as it is.
template <typename Handle>
Handle nonsense() {
  return reinterpret_cast<Handle>(0x1234);
}

TEST_F(LifetimeTest, AHandleOfNothingIsRefusedNotFollowed) {
  make_running_session();
  const XrSpace space = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  for (const XrSpace wrong :
       {XrSpace{XR_NULL_HANDLE}, nonsense<XrSpace>(), reinterpret_cast<XrSpace>(session_)}) {
    EXPECT_EQ(xrLocateSpace(wrong, space, 1, &location), XR_ERROR_HANDLE_INVALID);
    EXPECT_EQ(xrLocateSpace(space, wrong, 1, &location), XR_ERROR_HANDLE_INVALID);
    EXPECT_EQ(xrDestroySpace(wrong), XR_ERROR_HANDLE_INVALID);
  }
  EXPECT_EQ(xrDestroySession(nonsense<XrSession>()), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrDestroyAction(nonsense<XrAction>()), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrDestroyActionSet(nonsense<XrActionSet>()), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrDestroySwapchain(nonsense<XrSwapchain>()), XR_ERROR_HANDLE_INVALID);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(xrWaitFrame(nonsense<XrSession>(), nullptr, &state), XR_ERROR_HANDLE_INVALID);
}

TEST_F(LifetimeTest, ADestroyedHandleStaysInvalid) {
  make_running_session();
  const XrSpace space = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  EXPECT_XR(xrDestroySpace(space));
  for (int i = 0; i < 100; ++i) {
    EXPECT_NE(make_space(XR_REFERENCE_SPACE_TYPE_LOCAL), space);
  }
  EXPECT_EQ(xrDestroySpace(space), XR_ERROR_HANDLE_INVALID);
}

TEST_F(LifetimeTest, ChildrenDieWithTheirParents) {
  make_running_session();
  const XrSpace space = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  XrActionSetCreateInfo create_set{XR_TYPE_ACTION_SET_CREATE_INFO};
  std::strcpy(create_set.actionSetName, "set");
  std::strcpy(create_set.localizedActionSetName, "Set");
  XrActionSet set = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateActionSet(instance_, &create_set, &set));
  XrActionCreateInfo create{XR_TYPE_ACTION_CREATE_INFO};
  create.actionType = XR_ACTION_TYPE_BOOLEAN_INPUT;
  std::strcpy(create.actionName, "action");
  std::strcpy(create.localizedActionName, "Action");
  XrAction action = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateAction(set, &create, &action));
  EXPECT_XR(xrDestroyActionSet(set));
  EXPECT_EQ(xrDestroyAction(action), XR_ERROR_HANDLE_INVALID);
  EXPECT_XR(xrDestroySession(session_));
  EXPECT_EQ(xrDestroySpace(space), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::test
