#include "interaction_profile.h"

#include <gtest/gtest.h>

namespace tactus::runtime {
namespace {

const InteractionProfile& touch() {
  return *profile_named("/interaction_profiles/oculus/touch_controller", {});
}

TEST(InteractionProfile, KnowsWhatIsOnWhichHand) {
  EXPECT_TRUE(accepts(touch(), "/user/hand/left/input/trigger/value", {}));
  EXPECT_TRUE(accepts(touch(), "/user/hand/left/input/x/click", {}));
  EXPECT_FALSE(accepts(touch(), "/user/hand/right/input/x/click", {}));
  EXPECT_TRUE(accepts(touch(), "/user/hand/right/input/a/touch", {}));
  EXPECT_FALSE(accepts(touch(), "/user/hand/left/input/system/click", {}));
}

TEST(InteractionProfile, TheComponentMayBeLeftOutAndNothingElse) {
  EXPECT_TRUE(accepts(touch(), "/user/hand/left/input/thumbstick", {}));
  EXPECT_TRUE(accepts(touch(), "/user/hand/left/output/haptic", {}));
  for (const char* binding :
       {"/user/hand/left", "/user/hand/left/input", "/user/hand/left/input/thumb",
        "/user/hand/left/input/trigger/value/more", "/user/hand/leftinput/trigger",
        "/user/gamepad/input/trigger/value", "/trigger", "/user/hand/left/output"}) {
    EXPECT_FALSE(accepts(touch(), binding, {})) << binding;
  }
}

TEST(InteractionProfile, HandInteractionComesWithItsExtension) {
  constexpr const char* kPath = "/interaction_profiles/ext/hand_interaction_ext";
  EnabledExtensions enabled;
  EXPECT_EQ(profile_named(kPath, enabled), nullptr);
  EXPECT_FALSE(accepts(touch(), "/user/hand/left/input/pinch_ext/pose", enabled));
  enabled.enable(Extension::HandInteraction);
  ASSERT_NE(profile_named(kPath, enabled), nullptr);
  EXPECT_TRUE(
      accepts(*profile_named(kPath, enabled), "/user/hand/right/input/grasp_ext/value", enabled));
  EXPECT_TRUE(accepts(touch(), "/user/hand/left/input/pinch_ext/pose", enabled));
}

TEST(InteractionProfile, TheSurfaceOfTheGripComesWithOpenXr11AndThePalmWithItsExtension) {
  constexpr const char* kSurface = "/user/hand/left/input/grip_surface/pose";
  constexpr const char* kPalm = "/user/hand/left/input/palm_ext/pose";
  EnabledExtensions of_1_1, with_palm;
  of_1_1.enable(Extension::Core11);
  with_palm.enable(Extension::PalmPose);
  EXPECT_TRUE(accepts(touch(), kSurface, of_1_1));
  EXPECT_FALSE(accepts(touch(), kSurface, with_palm));
  EXPECT_TRUE(accepts(touch(), kPalm, with_palm));
  EXPECT_FALSE(accepts(touch(), kPalm, of_1_1));
}

TEST(InteractionProfile, OpenXr11KnowsMoreControllersAndMoreOfThem) {
  constexpr const char* kPlus = "/interaction_profiles/meta/touch_plus_controller";
  constexpr const char* kProximity = "/user/hand/left/input/trigger/proximity";
  EnabledExtensions of_1_1;
  of_1_1.enable(Extension::Core11);
  EXPECT_EQ(profile_named(kPlus, {}), nullptr);
  ASSERT_NE(profile_named(kPlus, of_1_1), nullptr);
  EXPECT_TRUE(accepts(*profile_named(kPlus, of_1_1), kProximity, of_1_1));
  EXPECT_TRUE(accepts(touch(), kProximity, of_1_1));
  EXPECT_FALSE(accepts(touch(), kProximity, {}));
}

TEST(InteractionProfile, TakesBindingsApart) {
  const auto parts = parts_of("/user/hand/right/input/trigger/value");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->user, "/user/hand/right");
  EXPECT_EQ(parts->identifier, "trigger");
  EXPECT_EQ(parts->component, "value");
  EXPECT_EQ(parts->whole_identifier, "/user/hand/right/input/trigger");
  const auto haptic = parts_of("/user/hand/left/output/haptic");
  ASSERT_TRUE(haptic);
  EXPECT_EQ(haptic->identifier, "haptic");
  EXPECT_EQ(haptic->component, "");
  EXPECT_EQ(haptic->whole_identifier, "/user/hand/left/output/haptic");
  EXPECT_FALSE(parts_of("/user/hand/left"));
  EXPECT_FALSE(parts_of("/nowhere/input/select"));
}

}  // namespace
}  // namespace tactus::runtime
