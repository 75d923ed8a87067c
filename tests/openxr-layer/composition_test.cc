// [spec] 10.6 and 10.5: layers and views in spaces at gloves, for a runtime that has no such hands.
#include <functional>

#include "input_fixture.h"
#include "support/alloc_guard.h"

namespace tactus::layer_test {
namespace {

constexpr float kSame = 2e-5f;
constexpr float kSame_rad = 1e-3f;

using Header = XrCompositionLayerBaseHeader;

template <class Layer>
const Header* header(const Layer& layer) {
  return reinterpret_cast<const Header*>(&layer);
}
template <class Layer>
const Layer& as(const Header* layer) {
  return *reinterpret_cast<const Layer*>(layer);
}

class Composition : public EXT_hand_interaction {
 protected:
  void begin_composing() {
    begin_input();
    const XrAction grip = bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose");
    left_grip = make_action_space(grip, kLeft, {{}, {0.05f, 0.1f, 0}});
    start();
  }
  static XrPosef xr(const Pose& T) { return {{T.q.x, T.q.y, T.q.z, T.q.w}, {T.p.x, T.p.y, T.p.z}}; }
  static Pose pose(const XrPosef& T) { return {quat(T.orientation), vec(T.position)}; }
  /// A layer of the application's on its left hand, a menu's width from it.
  template <class Layer>
  Layer hang(XrStructureType type) {
    Layer layer{};
    layer.type = type;
    layer.space = left_grip;
    layer.pose = xr(T_grip_menu);
    return layer;
  }
  /// Ends a frame with these; the runtime looks at what it is given as long as that lives.
  void end_frame(const std::vector<const Header*>& layers,
                 const std::function<void(const XrFrameEndInfo&)>& look) {
    int frames = 0;
    runtime.on_frame = [&](const XrFrameEndInfo& frame) {
      ++frames;
      look(frame);
    };
    const XrFrameEndInfo info{XR_TYPE_FRAME_END_INFO,
                              nullptr,
                              now,
                              XR_ENVIRONMENT_BLEND_MODE_OPAQUE,
                              static_cast<uint32_t>(layers.size()),
                              layers.data()};
    EXPECT_EQ(get<PFN_xrEndFrame>("xrEndFrame")(session, &info), XR_SUCCESS);
    EXPECT_EQ(frames, 1);
  }
  void expect_same(const Pose& a, const Pose& b) {
    EXPECT_LT(length(a.p - b.p), kSame);
    EXPECT_LT(length(log_rotation(conjugate(a.q) * b.q)), kSame_rad);
  }
  /// The runtime has it where it is in the world, in a space that is no hand's.
  void expect_at(XrSpace space, const XrPosef& given, const Pose& T_stage) {
    EXPECT_NE(space, left_grip);
    const Pose T_stage_space =
        runtime.spaces.at(reinterpret_cast<std::uint64_t>(space)).T_stage_space;
    expect_same(T_stage_space * pose(given), T_stage);
  }
  XrResult locate_views(XrSpace space, std::array<XrView, 2>& views, XrViewState& state) {
    views.fill({XR_TYPE_VIEW});
    state = {XR_TYPE_VIEW_STATE};
    const XrViewLocateInfo info{XR_TYPE_VIEW_LOCATE_INFO, nullptr,
                                XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO, now, space};
    uint32_t count = 0;
    return get<PFN_xrLocateViews>("xrLocateViews")(session, &info, &state, 2, &count, views.data());
  }

  const Pose T_grip_menu{axis_angle({1, 2, 0}, 0.7f), {0.02f, -0.03f, 0.1f}};
  XrSpace left_grip = XR_NULL_HANDLE;
};

TEST_F(Composition, WhatHangsOnAGloveIsGivenWhereTheGloveIs) {
  begin_composing();
  auto quad = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  quad.size = {0.3f, 0.2f};
  const auto cylinder = hang<XrCompositionLayerCylinderKHR>(XR_TYPE_COMPOSITION_LAYER_CYLINDER_KHR);
  const auto equirect = hang<XrCompositionLayerEquirectKHR>(XR_TYPE_COMPOSITION_LAYER_EQUIRECT_KHR);
  const auto equirect2 =
      hang<XrCompositionLayerEquirect2KHR>(XR_TYPE_COMPOSITION_LAYER_EQUIRECT2_KHR);
  const Pose T_stage_menu = where(left_grip, stage, now).T * T_grip_menu;
  end_frame({header(quad), header(cylinder), header(equirect), header(equirect2)},
            [&](const XrFrameEndInfo& frame) {
              ASSERT_EQ(frame.layerCount, 4u);
              const auto& given = as<XrCompositionLayerQuad>(frame.layers[0]);
              EXPECT_EQ(given.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
              EXPECT_EQ(given.size.width, 0.3f);
              expect_at(given.space, given.pose, T_stage_menu);
              const auto& round = as<XrCompositionLayerCylinderKHR>(frame.layers[1]);
              expect_at(round.space, round.pose, T_stage_menu);
              const auto& ball = as<XrCompositionLayerEquirectKHR>(frame.layers[2]);
              expect_at(ball.space, ball.pose, T_stage_menu);
              const auto& ball2 = as<XrCompositionLayerEquirect2KHR>(frame.layers[3]);
              expect_at(ball2.space, ball2.pose, T_stage_menu);
            });
  EXPECT_EQ(quad.space, left_grip) << "the application's own stays as it is";
  expect_same(pose(quad.pose), T_grip_menu);
}
TEST_F(Composition, ACubeTurnsWithTheGlove) {
  begin_composing();
  XrCompositionLayerCubeKHR cube{XR_TYPE_COMPOSITION_LAYER_CUBE_KHR};
  cube.space = left_grip;
  cube.orientation = xr(T_grip_menu).orientation;
  const Pose T_stage_cube = where(left_grip, stage, now).T * Pose{T_grip_menu.q, {}};
  end_frame({header(cube)}, [&](const XrFrameEndInfo& frame) {
    const auto& given = as<XrCompositionLayerCubeKHR>(frame.layers[0]);
    expect_at(given.space, {given.orientation, {}}, {T_stage_cube.q, {}});
  });
}
TEST_F(Composition, EveryViewOfAProjectionIsGivenWhereTheGloveIs) {
  begin_composing();
  std::array<XrCompositionLayerProjectionView, 2> views{};
  const Pose T_eye{{}, {0.06f, 0, 0}};
  views[0].pose = xr(T_grip_menu);
  views[1].pose = xr(T_grip_menu * T_eye);
  XrCompositionLayerProjection projection{XR_TYPE_COMPOSITION_LAYER_PROJECTION};
  projection.space = left_grip;
  projection.viewCount = 2;
  projection.views = views.data();
  const Pose T_stage_menu = where(left_grip, stage, now).T * T_grip_menu;
  end_frame({header(projection)}, [&](const XrFrameEndInfo& frame) {
    const auto& given = as<XrCompositionLayerProjection>(frame.layers[0]);
    ASSERT_EQ(given.viewCount, 2u);
    expect_at(given.space, given.views[0].pose, T_stage_menu);
    expect_at(given.space, given.views[1].pose, T_stage_menu * T_eye);
  });
}
TEST_F(Composition, WhatHangsElsewhereIsPassedAsItIs) {
  begin_composing();
  auto quad = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  quad.space = stage;
  const auto on_hand = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  end_frame({header(quad), header(on_hand)}, [&](const XrFrameEndInfo& frame) {
    EXPECT_EQ(frame.layers[0], header(quad));
    EXPECT_NE(frame.layers[1], header(on_hand));
  });
  end_frame({header(quad)},
            [&](const XrFrameEndInfo& frame) { EXPECT_EQ(frame.layers[0], header(quad)); });
}
TEST_F(Composition, WhatCannotBePlacedIsTheRuntimesToJudge) {
  begin_composing();
  auto unknown = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  unknown.type = XR_TYPE_COMPOSITION_LAYER_PASSTHROUGH_FB;
  end_frame({nullptr, header(unknown)}, [&](const XrFrameEndInfo& frame) {
    EXPECT_EQ(frame.layers[0], nullptr);
    EXPECT_EQ(frame.layers[1], header(unknown));
  });
  XrCompositionLayerProjection many{XR_TYPE_COMPOSITION_LAYER_PROJECTION};
  many.space = left_grip;
  many.viewCount = 1000;  // and none there
  end_frame({header(many)},
            [&](const XrFrameEndInfo& frame) { EXPECT_EQ(frame.layers[0], header(many)); });
  const auto quad = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  end_frame(std::vector<const Header*>(100, header(quad)), [&](const XrFrameEndInfo& frame) {
    ASSERT_EQ(frame.layerCount, 100u);
    EXPECT_EQ(frame.layers[99], header(quad));
  });
  wear(false, true);
  sync();
  end_frame({header(quad)},
            [&](const XrFrameEndInfo& frame) { EXPECT_EQ(frame.layers[0], header(quad)); });
}
TEST_F(Composition, ViewsAreSeenFromTheGlove) {
  runtime.head.T_stage_space = {axis_angle({0, 1, 0}, 0.4f), {0.1f, 1.7f, 0.2f}};
  begin_composing();
  std::array<XrView, 2> in_stage, in_grip;
  XrViewState state;
  ASSERT_EQ(locate_views(stage, in_stage, state), XR_SUCCESS);
  ASSERT_EQ(locate_views(left_grip, in_grip, state), XR_SUCCESS);
  EXPECT_EQ(state.viewStateFlags, 0xFu);
  const Pose T_stage_grip = where(left_grip, stage, now).T;
  for (std::size_t eye = 0; eye < 2; ++eye) {
    expect_same(T_stage_grip * pose(in_grip[eye].pose), pose(in_stage[eye].pose));
  }
  EXPECT_EQ(locate_views(reinterpret_cast<XrSpace>(0xdead), in_grip, state),
            XR_ERROR_HANDLE_INVALID);
}
TEST_F(Composition, ViewsFromAGloveThatIsNotSeenAreNotValid) {
  begin_composing();
  left.origin = PoseOrigin::Held;
  show();
  std::array<XrView, 2> views;
  XrViewState state;
  ASSERT_EQ(locate_views(left_grip, views, state), XR_SUCCESS);
  EXPECT_EQ(state.viewStateFlags &
                (XR_VIEW_STATE_POSITION_TRACKED_BIT | XR_VIEW_STATE_ORIENTATION_TRACKED_BIT),
            0u);
}
TEST_F(Composition, AFrameAllocatesNothing) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer owns malloc";
  begin_composing();
  const auto quad = hang<XrCompositionLayerQuad>(XR_TYPE_COMPOSITION_LAYER_QUAD);
  const Header* layer = header(quad);
  const XrFrameEndInfo info{XR_TYPE_FRAME_END_INFO,           nullptr, now,
                            XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 1,       &layer};
  const auto end = get<PFN_xrEndFrame>("xrEndFrame");
  ASSERT_EQ(end(session, &info), XR_SUCCESS);
  const tactus::testing::AllocGuard guard;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(end(session, &info), XR_SUCCESS);
  EXPECT_EQ(guard.calls(), 0u);
}

}  // namespace
}  // namespace tactus::layer_test
