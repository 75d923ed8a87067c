// OpenXR 1.1, which Debian 12's loader keeps from applications: asked of the runtime itself.
#include "openxr_1_1.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "loader_interface.h"

namespace tactus::runtime {
namespace {

constexpr XrVersion k10 = XR_MAKE_VERSION(1, 0, 0);
constexpr XrVersion k11 = XR_MAKE_VERSION(1, 1, 0);
constexpr XrPosef kIdentity{{0, 0, 0, 1}, {0, 0, 0}};
constexpr auto kFoveated = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET;

struct OpenXr11 : ::testing::Test {
  OpenXr11() {
    const LoaderOffer offer{kLoaderStruct, kStructVersion, sizeof(LoaderOffer), 1, 1, k10, k11};
    RuntimeAnswer answer{kRuntimeRequestStruct, kStructVersion, sizeof(RuntimeAnswer), 0, 0, {}};
    EXPECT_EQ(xrNegotiateLoaderRuntimeInterface(&offer, &answer), XR_SUCCESS);
    first_ = answer.get_instance_proc_addr;
  }
  ~OpenXr11() override { leave(); }

  template <typename Pointer>
  Pointer function(const char* name) const {
    PFN_xrVoidFunction found = nullptr;
    (void)first_(instance, name, &found);
    return reinterpret_cast<Pointer>(found);
  }

  XrResult enter(XrVersion version, std::vector<const char*> extensions = {}) {
    leave();
    extensions.push_back(XR_MND_HEADLESS_EXTENSION_NAME);
    XrInstanceCreateInfo create{XR_TYPE_INSTANCE_CREATE_INFO};
    std::strcpy(create.applicationInfo.applicationName, "test");
    create.applicationInfo.apiVersion = version;
    create.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
    create.enabledExtensionNames = extensions.data();
    const XrResult result = function<PFN_xrCreateInstance>("xrCreateInstance")(&create, &instance);
    if (XR_FAILED(result)) return result;
    XrSessionCreateInfo session_create{XR_TYPE_SESSION_CREATE_INFO};
    session_create.systemId = 1;
    return function<PFN_xrCreateSession>("xrCreateSession")(instance, &session_create, &session);
  }

  void leave() {
    if (instance == XR_NULL_HANDLE) return;
    EXPECT_EQ(function<PFN_xrDestroyInstance>("xrDestroyInstance")(instance), XR_SUCCESS);
    instance = XR_NULL_HANDLE;
  }

  XrResult make_space(XrReferenceSpaceType type, XrSpace& made, XrPosef pose = kIdentity) const {
    const XrReferenceSpaceCreateInfo create{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr, type,
                                            pose};
    return function<PFN_xrCreateReferenceSpace>("xrCreateReferenceSpace")(session, &create, &made);
  }

  XrSpace space(XrReferenceSpaceType type, XrPosef pose = kIdentity) const {
    XrSpace made = XR_NULL_HANDLE;
    EXPECT_EQ(make_space(type, made, pose), XR_SUCCESS);
    return made;
  }

  XrPosef locate(XrSpace space, XrSpace base) const {
    XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
    EXPECT_EQ(function<PFN_xrLocateSpace>("xrLocateSpace")(space, base, 1'000'000, &location),
              XR_SUCCESS);
    return location.pose;
  }

  XrInstance instance = XR_NULL_HANDLE;
  XrSession session = XR_NULL_HANDLE;

 private:
  PFN_xrGetInstanceProcAddr first_ = nullptr;
};

TEST_F(OpenXr11, AnApplicationAsksForOneOfTwoVersions) {
  for (const XrVersion version :
       std::vector<XrVersion>{k10, k11, XR_MAKE_VERSION(1, 0, 99), XR_MAKE_VERSION(1, 1, 99)}) {
    EXPECT_EQ(enter(version), XR_SUCCESS) << version;
  }
  for (const XrVersion version : std::vector<XrVersion>{
           0, 1, XR_MAKE_VERSION(0, 9, 0), XR_MAKE_VERSION(1, 2, 0), XR_MAKE_VERSION(2, 0, 0)}) {
    EXPECT_EQ(enter(version), XR_ERROR_API_VERSION_UNSUPPORTED) << version;
  }
}

TEST_F(OpenXr11, ItsFunctionAndSpaceComeWithTheVersionOrWithTheirExtensions) {
  const auto has = [this](const char* name) { return function<void (*)()>(name) != nullptr; };
  XrSpace made = XR_NULL_HANDLE;
  ASSERT_EQ(enter(k10), XR_SUCCESS);
  EXPECT_FALSE(has("xrLocateSpaces") || has("xrLocateSpacesKHR"));
  EXPECT_EQ(make_space(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, made),
            XR_ERROR_REFERENCE_SPACE_UNSUPPORTED);
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  EXPECT_TRUE(has("xrLocateSpaces") && !has("xrLocateSpacesKHR"));
  EXPECT_EQ(make_space(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, made), XR_SUCCESS);
  ASSERT_EQ(enter(k10, {"XR_KHR_locate_spaces", "XR_EXT_local_floor"}), XR_SUCCESS);
  EXPECT_TRUE(!has("xrLocateSpaces") && has("xrLocateSpacesKHR"));
  EXPECT_EQ(make_space(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, made), XR_SUCCESS);
}

TEST_F(OpenXr11, ReferenceSpacesAreListedAsTheyCanBeMade) {
  const auto count = [this] {
    std::uint32_t n = 0;
    EXPECT_EQ(function<PFN_xrEnumerateReferenceSpaces>("xrEnumerateReferenceSpaces")(session, 0, &n,
                                                                                     nullptr),
              XR_SUCCESS);
    return n;
  };
  ASSERT_EQ(enter(k10), XR_SUCCESS);
  EXPECT_EQ(count(), 3u);
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  EXPECT_EQ(count(), 4u);
}

TEST_F(OpenXr11, LocalFloorIsLocalPutDownOnTheFloorOfTheStage) {
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  const XrSpace stage = space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrPosef local = locate(space(XR_REFERENCE_SPACE_TYPE_LOCAL), stage);
  const XrPosef floor = locate(space(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR), stage);
  EXPECT_GT(local.position.y, 1.0f);
  EXPECT_EQ(floor.position.y, 0);
  EXPECT_EQ(floor.position.x, local.position.x);
  EXPECT_EQ(floor.position.z, local.position.z);
  EXPECT_EQ(std::memcmp(&floor.orientation, &local.orientation, sizeof(XrQuaternionf)), 0);
}

TEST_F(OpenXr11, SpacesAreLocatedTogetherAsOneByOne) {
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  const auto locate_spaces = function<PFN_xrLocateSpaces>("xrLocateSpaces");
  const XrSpace base = space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  const std::array spaces{space(XR_REFERENCE_SPACE_TYPE_VIEW),
                          space(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, {{0, 0, 0, 1}, {1, 2, 3}})};
  std::array<XrSpaceLocationData, 2> locations{};
  std::array<XrSpaceVelocityData, 2> moving{};
  XrSpaceVelocities velocities{XR_TYPE_SPACE_VELOCITIES, nullptr, 2, moving.data()};
  XrSpaceLocations located{XR_TYPE_SPACE_LOCATIONS, &velocities, 2, locations.data()};
  XrSpacesLocateInfo info{XR_TYPE_SPACES_LOCATE_INFO, nullptr, base, 1'000'000, 2, spaces.data()};
  ASSERT_EQ(locate_spaces(session, &info, &located), XR_SUCCESS);
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const XrPosef alone = locate(spaces[i], base);
    EXPECT_EQ(std::memcmp(&locations[i].pose, &alone, sizeof(XrPosef)), 0) << i;
    EXPECT_EQ(locations[i].locationFlags, 15u) << i;
    EXPECT_EQ(moving[i].velocityFlags, 3u) << i;
  }
  velocities.velocityCount = 1;
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_VALIDATION_FAILURE);
  velocities.velocityCount = 2;
  located.locationCount = 1;
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_VALIDATION_FAILURE);
  located.locationCount = info.spaceCount = 0;
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_VALIDATION_FAILURE);
  located.locationCount = info.spaceCount = 2;
  info.time = 0;
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_TIME_INVALID);
  info.time = 1;
  const std::array<XrSpace, 2> one_is_none{spaces[0], XR_NULL_HANDLE};
  info.spaces = one_is_none.data();
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_HANDLE_INVALID);
  info.spaces = nullptr;
  EXPECT_EQ(locate_spaces(session, &info, &located), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(OpenXr11, FourViewsAreKnownAndNotOffered) {
  XrViewConfigurationProperties properties{XR_TYPE_VIEW_CONFIGURATION_PROPERTIES};
  const auto ask = [&] {
    return function<PFN_xrGetViewConfigurationProperties>("xrGetViewConfigurationProperties")(
        instance, 1, kFoveated, &properties);
  };
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  EXPECT_EQ(ask(), XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED);
  ASSERT_EQ(enter(k10), XR_SUCCESS);
  EXPECT_EQ(ask(), XR_ERROR_VALIDATION_FAILURE) << "not of 1.0";
}

TEST_F(OpenXr11, ItsTypesAndResultsHaveNames) {
  ASSERT_EQ(enter(k11), XR_SUCCESS);
  char text[XR_MAX_STRUCTURE_NAME_SIZE];
  const auto name_type = [&](XrStructureType type) -> std::string {
    EXPECT_EQ(
        function<PFN_xrStructureTypeToString>("xrStructureTypeToString")(instance, type, text),
        XR_SUCCESS);
    return text;
  };
  EXPECT_EQ(name_type(XR_TYPE_SPACES_LOCATE_INFO), "XR_TYPE_SPACES_LOCATE_INFO");
  EXPECT_EQ(name_type(XR_TYPE_SPACE_LOCATIONS), "XR_TYPE_SPACE_LOCATIONS");
  EXPECT_EQ(name_type(XR_TYPE_SPACE_VELOCITIES), "XR_TYPE_SPACE_VELOCITIES");
  EXPECT_EQ(function<PFN_xrResultToString>("xrResultToString")(
                instance, XR_ERROR_PERMISSION_INSUFFICIENT, text),
            XR_SUCCESS);
  EXPECT_STREQ(text, "XR_ERROR_PERMISSION_INSUFFICIENT");
}

}  // namespace
}  // namespace tactus::runtime
