// [loader] API Layer Interface Negotiation; [spec] api_initialization.
#include "layer_fixture.h"

namespace tactus::layer_test {
namespace {

XrResult negotiate(const XrNegotiateLoaderInfo& info, const char* name = nullptr) {
  const LoadedLayer loaded;
  XrNegotiateApiLayerRequest request = layer_request();
  const XrResult result = loaded.negotiate(&info, name, &request);
  EXPECT_EQ(request.getInstanceProcAddr != nullptr, XR_SUCCEEDED(result));
  EXPECT_EQ(request.createApiLayerInstance != nullptr, XR_SUCCEEDED(result));
  return result;
}

TEST(Negotiation, AnswersVersionOne) {
  const LoadedLayer loaded;
  EXPECT_EQ(loaded.layer.layerInterfaceVersion, 1u);
  EXPECT_EQ(XR_VERSION_MAJOR(loaded.layer.layerApiVersion), 1u);
  EXPECT_NE(loaded.layer.getInstanceProcAddr, nullptr);
  EXPECT_NE(loaded.layer.createApiLayerInstance, nullptr);
}

TEST(Negotiation, LayerNameMayBeNullAndMustBeOursOtherwise) {
  EXPECT_EQ(negotiate(loader_info(), nullptr), XR_SUCCESS);
  EXPECT_EQ(negotiate(loader_info(), "XR_APILAYER_TACTUS_touch"), XR_SUCCESS);
  EXPECT_EQ(negotiate(loader_info(), "XR_APILAYER_SOMEBODY_else"), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Negotiation, WrongStructOfTheLoaderIsRefused) {
  XrNegotiateLoaderInfo info = loader_info();
  info.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_REQUEST;
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
  info = loader_info();
  info.structVersion = 2;
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
  info = loader_info();
  info.structSize -= 1;
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Negotiation, WrongRequestIsRefused) {
  const LoadedLayer loaded;
  const XrNegotiateLoaderInfo info = loader_info();
  XrNegotiateApiLayerRequest request = layer_request();
  request.structType = XR_LOADER_INTERFACE_STRUCT_LOADER_INFO;
  EXPECT_EQ(loaded.negotiate(&info, nullptr, &request), XR_ERROR_INITIALIZATION_FAILED);
  request = layer_request();
  request.structVersion = 0;
  EXPECT_EQ(loaded.negotiate(&info, nullptr, &request), XR_ERROR_INITIALIZATION_FAILED);
  request = layer_request();
  request.structSize += 8;
  EXPECT_EQ(loaded.negotiate(&info, nullptr, &request), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_EQ(loaded.negotiate(&info, nullptr, nullptr), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_EQ(loaded.negotiate(nullptr, nullptr, &request), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Negotiation, InterfaceVersionsMustContainOne) {
  XrNegotiateLoaderInfo info = loader_info();
  info.maxInterfaceVersion = 9;  // a future loader that still speaks ours
  EXPECT_EQ(negotiate(info), XR_SUCCESS);
  info.minInterfaceVersion = 2;
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
  info.minInterfaceVersion = info.maxInterfaceVersion = 0;
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Negotiation, ApiVersionsAreComparedWithoutPatch) {
  XrNegotiateLoaderInfo info = loader_info();
  info.minApiVersion = info.maxApiVersion = XR_MAKE_VERSION(1, 0, 999);
  EXPECT_EQ(negotiate(info), XR_SUCCESS);
  info.minApiVersion = info.maxApiVersion = XR_MAKE_VERSION(1, 1, 60);
  EXPECT_EQ(negotiate(info), XR_SUCCESS);
  info.minApiVersion = info.maxApiVersion = XR_MAKE_VERSION(2, 0, 0);
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
  info.minApiVersion = info.maxApiVersion = XR_MAKE_VERSION(0, 90, 0);
  EXPECT_EQ(negotiate(info), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Negotiation, AnsweredApiVersionLiesInTheLoadersRange) {
  const LoadedLayer loaded;
  XrNegotiateLoaderInfo info = loader_info();
  info.minApiVersion = XR_MAKE_VERSION(1, 1, 3);
  XrNegotiateApiLayerRequest request = layer_request();
  ASSERT_EQ(loaded.negotiate(&info, nullptr, &request), XR_SUCCESS);
  EXPECT_GE(request.layerApiVersion, info.minApiVersion);
  EXPECT_LE(request.layerApiVersion, info.maxApiVersion);
}

}  // namespace
}  // namespace tactus::layer_test
