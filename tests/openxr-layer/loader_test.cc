// The real loader between an application and the layer, with the desktop runtime below and Khronos'
// own layers above and beneath, as XR_ENABLE_API_LAYERS of each ctest says.
#include <gtest/gtest.h>
#include <openxr/openxr.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>

#include "fake_service.h"
#include "support/shapes.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer_test {
namespace {

class Loader : public ::testing::Test {
 protected:
  Loader() {
    ::unsetenv("TACTUS_SOCKET");
    ::setenv("XDG_RUNTIME_DIR", folder.path().c_str(), 1);
  }

  /// With both gloves on, still, for as long as the test may take.
  void start_service() {
    const std::string path = folder.path() + "/service.sock";
    ::setenv("TACTUS_SOCKET", path.c_str(), 1);
    service = std::make_unique<FakeService>(path);
    service->published().header.clock = ipc::ClockKind::Monotonic;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const HostTime t(std::chrono::duration_cast<Duration>(now));
    service->beat(t + 1h, true, true);
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      HandPose pose;
      pose.t = t;
      pose.hand = hand;
      pose.origin = PoseOrigin::Measured;
      for (auto& T : pose.T_world_joint) T.p = p_joint;
      pose.radius_m.fill(0.008f);
      ipc::publish(service->published(), pose);
    }
    Contact contact;
    contact.p_world = p_joint;
    contact.depth_m = 0.001f;
    ipc::PublishedContacts contacts;
    ASSERT_TRUE(contacts.contacts.push_back(contact));
    service->published().contacts.write(contacts);
  }

  XrResult create(std::vector<const char*> extensions) {
    XrInstanceCreateInfo info{};
    info.type = XR_TYPE_INSTANCE_CREATE_INFO;
    std::strcpy(info.applicationInfo.applicationName, "loader_test");
    info.applicationInfo.apiVersion = XR_MAKE_VERSION(1, 0, 0);
    info.enabledExtensionCount = static_cast<uint32_t>(extensions.size());
    info.enabledExtensionNames = extensions.data();
    return xrCreateInstance(&info, &instance);
  }
  template <class Function>
  Function get(const char* name) {
    PFN_xrVoidFunction found = nullptr;
    EXPECT_EQ(xrGetInstanceProcAddr(instance, name, &found), XR_SUCCESS) << name;
    return reinterpret_cast<Function>(found);
  }
  /// Debian's validation layers refuse chained structs that they do not know; above us they see
  /// ours.
  static bool is_first_layer() {
    const char* layers = std::getenv("XR_ENABLE_API_LAYERS");
    return layers == nullptr || std::strncmp(layers, "XR_APILAYER_TACTUS", 18) == 0;
  }
  void find_system(XrBool32 is_supported) {
    XrSystemGetInfo get_info{};
    get_info.type = XR_TYPE_SYSTEM_GET_INFO;
    get_info.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
    ASSERT_EQ(xrGetSystem(instance, &get_info, &system), XR_SUCCESS);
    XrSystemTouchPropertiesTACTUSX touch{XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX, nullptr, 99};
    XrSystemHandTrackingPropertiesEXT hands{XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT,
                                            is_first_layer() ? &touch : nullptr, 99};
    XrSystemProperties properties{};
    properties.type = XR_TYPE_SYSTEM_PROPERTIES;
    properties.next = &hands;
    ASSERT_EQ(xrGetSystemProperties(instance, system, &properties), XR_SUCCESS);
    EXPECT_EQ(hands.supportsHandTracking, is_supported);
    EXPECT_EQ(touch.supportsTouch, is_first_layer() ? is_supported : 99u);
  }
  void begin_session() {
    XrSessionCreateInfo info{};
    info.type = XR_TYPE_SESSION_CREATE_INFO;
    info.systemId = system;
    ASSERT_EQ(xrCreateSession(instance, &info, &session), XR_SUCCESS);
    XrReferenceSpaceCreateInfo space{};
    space.type = XR_TYPE_REFERENCE_SPACE_CREATE_INFO;
    space.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_STAGE;
    space.poseInReferenceSpace.orientation.w = 1;
    ASSERT_EQ(xrCreateReferenceSpace(session, &space, &stage), XR_SUCCESS);
    space.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_VIEW;
    ASSERT_EQ(xrCreateReferenceSpace(session, &space, &view), XR_SUCCESS);
  }
  void run_until_focused() {
    XrSessionState state = XR_SESSION_STATE_UNKNOWN;
    for (int frames = 0; state != XR_SESSION_STATE_FOCUSED && frames < 100;) {
      XrEventDataBuffer event{};
      event.type = XR_TYPE_EVENT_DATA_BUFFER;
      if (xrPollEvent(instance, &event) == XR_SUCCESS) {
        if (event.type != XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) continue;
        state = reinterpret_cast<const XrEventDataSessionStateChanged&>(event).state;
        if (state != XR_SESSION_STATE_READY) continue;
        XrSessionBeginInfo begin{};
        begin.type = XR_TYPE_SESSION_BEGIN_INFO;
        begin.primaryViewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
        ASSERT_EQ(xrBeginSession(session, &begin), XR_SUCCESS);
        continue;
      }
      ++frames;
      XrFrameState frame{};
      frame.type = XR_TYPE_FRAME_STATE;
      ASSERT_EQ(xrWaitFrame(session, nullptr, &frame), XR_SUCCESS);
      ASSERT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
      XrFrameEndInfo end{};
      end.type = XR_TYPE_FRAME_END_INFO;
      end.displayTime = frame.predictedDisplayTime;
      end.environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_OPAQUE;
      ASSERT_EQ(xrEndFrame(session, &end), XR_SUCCESS);
      shown = frame.predictedDisplayTime;
    }
    ASSERT_EQ(state, XR_SESSION_STATE_FOCUSED);
    XrFrameState frame{};
    frame.type = XR_TYPE_FRAME_STATE;
    ASSERT_EQ(xrWaitFrame(session, nullptr, &frame), XR_SUCCESS);
    shown = frame.predictedDisplayTime;
  }

  const Vec3 p_joint{0.2f, 1.1f, -0.3f};
  TemporaryFolder folder;
  std::unique_ptr<FakeService> service;
  XrInstance instance = XR_NULL_HANDLE;
  XrSystemId system = XR_NULL_SYSTEM_ID;
  XrSession session = XR_NULL_HANDLE;
  XrSpace stage = XR_NULL_HANDLE, view = XR_NULL_HANDLE;
  XrTime shown = 0;
};

bool is_disabled() { return std::getenv("TACTUS_LAYER_DISABLE") != nullptr; }

TEST_F(Loader, SwitchTakesTheLayerAway) {
  const XrResult result = create({XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME});
  EXPECT_EQ(result, is_disabled() ? XR_ERROR_EXTENSION_NOT_PRESENT : XR_SUCCESS);
  if (XR_SUCCEEDED(result)) xrDestroyInstance(instance);
}

TEST_F(Loader, ApplicationStartsWithoutAService) {
  if (is_disabled()) GTEST_SKIP();
  ASSERT_EQ(create({XR_EXT_HAND_TRACKING_EXTENSION_NAME, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME,
                    "XR_MND_headless"}),
            XR_SUCCESS);
  find_system(XR_FALSE);
  begin_session();
  XrHandTrackerCreateInfoEXT info{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, nullptr, XR_HAND_LEFT_EXT,
                                  XR_HAND_JOINT_SET_DEFAULT_EXT};
  XrHandTrackerEXT tracker = XR_NULL_HANDLE;
  EXPECT_EQ(get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, &info, &tracker),
            XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(xrDestroySession(session), XR_SUCCESS);
  EXPECT_EQ(xrDestroyInstance(instance), XR_SUCCESS);
}

TEST_F(Loader, ApplicationThatKnowsNothingOfUsRuns) {
  start_service();
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  XrSystemGetInfo get_info{};
  get_info.type = XR_TYPE_SYSTEM_GET_INFO;
  get_info.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
  ASSERT_EQ(xrGetSystem(instance, &get_info, &system), XR_SUCCESS);
  begin_session();
  run_until_focused();
  EXPECT_EQ(xrDestroySession(session), XR_SUCCESS);
  EXPECT_EQ(xrDestroyInstance(instance), XR_SUCCESS);
  // The service knows whose haptics to play and that it goes on; nothing else is told.
  EXPECT_TRUE(is_disabled() || service->await(ipc::Kind::Focus, 1));
  EXPECT_TRUE(!is_disabled() || service->received().empty());
  for (const Message& message : service->received()) {
    EXPECT_TRUE(message.kind == ipc::Kind::Hello || message.kind == ipc::Kind::Focus ||
                message.kind == ipc::Kind::Alive || message.kind == ipc::Kind::Pulse);
  }
}

// For check_transparent.py: a session of frames, actions and haptics that knows nothing of us.
TEST_F(Loader, ApplicationOfItsOwnRuns) {
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  XrSystemGetInfo get_info{};
  get_info.type = XR_TYPE_SYSTEM_GET_INFO;
  get_info.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
  ASSERT_EQ(xrGetSystem(instance, &get_info, &system), XR_SUCCESS);
  XrActionSetCreateInfo set_info{XR_TYPE_ACTION_SET_CREATE_INFO, nullptr, "set", "Set", 0};
  XrActionSet set = XR_NULL_HANDLE;
  ASSERT_EQ(xrCreateActionSet(instance, &set_info, &set), XR_SUCCESS);
  XrActionCreateInfo info{};
  info.type = XR_TYPE_ACTION_CREATE_INFO;
  info.actionType = XR_ACTION_TYPE_VIBRATION_OUTPUT;
  std::strcpy(info.actionName, "buzz");
  std::strcpy(info.localizedActionName, "Buzz");
  XrAction buzz = XR_NULL_HANDLE;
  ASSERT_EQ(xrCreateAction(set, &info, &buzz), XR_SUCCESS);
  XrPath profile = XR_NULL_PATH, haptic = XR_NULL_PATH;
  xrStringToPath(instance, "/interaction_profiles/khr/simple_controller", &profile);
  xrStringToPath(instance, "/user/hand/left/output/haptic", &haptic);
  const XrActionSuggestedBinding binding{buzz, haptic};
  const XrInteractionProfileSuggestedBinding suggested{
      XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr, profile, 1, &binding};
  ASSERT_EQ(xrSuggestInteractionProfileBindings(instance, &suggested), XR_SUCCESS);
  begin_session();
  const XrSessionActionSetsAttachInfo attach{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr, 1,
                                             &set};
  ASSERT_EQ(xrAttachSessionActionSets(session, &attach), XR_SUCCESS);
  run_until_focused();
  const XrActiveActionSet active{set, XR_NULL_PATH};
  const XrActionsSyncInfo sync{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
  ASSERT_EQ(xrSyncActions(session, &sync), XR_SUCCESS);
  const XrHapticActionInfo where{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, XR_NULL_PATH};
  const XrHapticVibration vibration{XR_TYPE_HAPTIC_VIBRATION, nullptr, 30'000'000, 0, 0.5f};
  EXPECT_EQ(xrApplyHapticFeedback(session, &where,
                                  reinterpret_cast<const XrHapticBaseHeader*>(&vibration)),
            XR_SUCCESS);
  EXPECT_EQ(xrStopHapticFeedback(session, &where), XR_SUCCESS);
  EXPECT_EQ(xrDestroySession(session), XR_SUCCESS);
  EXPECT_EQ(xrDestroyInstance(instance), XR_SUCCESS);
}

TEST_F(Loader, HandsBodiesAndContactsWork) {
  if (is_disabled()) GTEST_SKIP();
  start_service();
  ASSERT_EQ(create({XR_EXT_HAND_TRACKING_EXTENSION_NAME, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME,
                    "XR_MND_headless"}),
            XR_SUCCESS);
  find_system(XR_TRUE);
  char name[XR_MAX_STRUCTURE_NAME_SIZE] = {};
  EXPECT_EQ(xrStructureTypeToString(instance, XR_TYPE_HAND_JOINT_VELOCITIES_EXT, name), XR_SUCCESS);
  EXPECT_STREQ(name, "XR_TYPE_HAND_JOINT_VELOCITIES_EXT");
  begin_session();
  run_until_focused();

  XrHandTrackerCreateInfoEXT hand{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, nullptr, XR_HAND_LEFT_EXT,
                                  XR_HAND_JOINT_SET_DEFAULT_EXT};
  XrHandTrackerEXT tracker = XR_NULL_HANDLE;
  ASSERT_EQ(get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, &hand, &tracker),
            XR_SUCCESS);
  std::array<XrHandJointLocationEXT, XR_HAND_JOINT_COUNT_EXT> joints{};
  std::array<XrHandJointVelocityEXT, XR_HAND_JOINT_COUNT_EXT> moving{};
  XrHandJointVelocitiesEXT velocities{XR_TYPE_HAND_JOINT_VELOCITIES_EXT, nullptr,
                                      XR_HAND_JOINT_COUNT_EXT, moving.data()};
  XrHandJointLocationsEXT locations{XR_TYPE_HAND_JOINT_LOCATIONS_EXT, &velocities, XR_FALSE,
                                    XR_HAND_JOINT_COUNT_EXT, joints.data()};
  const auto locate = get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT");
  XrHandJointsLocateInfoEXT where{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, shown};
  ASSERT_EQ(locate(tracker, &where, &locations), XR_SUCCESS);
  EXPECT_EQ(locations.isActive, XR_TRUE);
  EXPECT_NEAR(joints[10].pose.position.x, p_joint.x, 1e-5f);
  EXPECT_NEAR(joints[10].pose.position.y, p_joint.y, 1e-5f);
  EXPECT_EQ(moving[10].velocityFlags, 3u);
  where.baseSpace = view;
  ASSERT_EQ(locate(tracker, &where, &locations), XR_SUCCESS);
  EXPECT_EQ(locations.isActive, XR_TRUE);
  EXPECT_GT(std::abs(joints[10].pose.position.y - p_joint.y), 0.1f) << "eyes are above the floor";

  const auto tube = testing::to_bytes(testing::make_tube(0.4f, 0.05f, 8, 12));
  const XrTouchBodyCreateInfoTACTUSX body_info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, nullptr,
                                               static_cast<uint32_t>(tube.size()), tube.data()};
  XrTouchBodyTACTUSX body = XR_NULL_HANDLE;
  ASSERT_EQ(
      get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX")(session, &body_info, &body),
      XR_SUCCESS);
  const XrPosef bones[2] = {{{0, 0, 0, 1}, {}}, {{0, 0, 0, 1}, {}}};
  const XrTouchBodyPosesTACTUSX poses{
      XR_TYPE_TOUCH_BODY_POSES_TACTUSX, nullptr, view, shown, 2, bones};
  EXPECT_EQ(get<PFN_xrUpdateTouchBodyTACTUSX>("xrUpdateTouchBodyTACTUSX")(body, &poses),
            XR_SUCCESS);
  EXPECT_TRUE(service->await(ipc::Kind::BodyFrame, 1));
  EXPECT_TRUE(service->await(ipc::Kind::Focus, 1));
  const XrTouchContactsGetInfoTACTUSX get_info{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, nullptr,
                                               stage, shown};
  XrTouchContactTACTUSX contact{};
  XrTouchContactsTACTUSX contacts{XR_TYPE_TOUCH_CONTACTS_TACTUSX, nullptr, 0, 1, 0, &contact};
  ASSERT_EQ(get<PFN_xrGetTouchContactsTACTUSX>("xrGetTouchContactsTACTUSX")(session, &get_info,
                                                                            &contacts),
            XR_SUCCESS);
  EXPECT_EQ(contacts.contactCountOutput, 1u);
  EXPECT_NEAR(contact.position.x, p_joint.x, 1e-5f);

  EXPECT_EQ(get<PFN_xrDestroyHandTrackerEXT>("xrDestroyHandTrackerEXT")(tracker), XR_SUCCESS);
  EXPECT_EQ(xrDestroySession(session), XR_SUCCESS);
  EXPECT_EQ(xrDestroyInstance(instance), XR_SUCCESS);
}

}  // namespace
}  // namespace tactus::layer_test
