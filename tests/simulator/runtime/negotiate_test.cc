#include <gtest/gtest.h>

#include "loader_interface.h"

namespace tactus::runtime {
namespace {

struct Negotiation : ::testing::Test {
  LoaderOffer offer{kLoaderStruct,
                    kStructVersion,
                    sizeof(LoaderOffer),
                    1,
                    1,
                    XR_MAKE_VERSION(1, 0, 0),
                    XR_MAKE_VERSION(1, 1023, 4095)};
  RuntimeAnswer answer{kRuntimeRequestStruct, kStructVersion, sizeof(RuntimeAnswer), 0, 0, nullptr};

  XrResult ask() { return xrNegotiateLoaderRuntimeInterface(&offer, &answer); }
};

TEST_F(Negotiation, AgreesWithTheLoader) {
  ASSERT_EQ(ask(), XR_SUCCESS);
  EXPECT_EQ(answer.interface_version, 1u);
  EXPECT_EQ(answer.api_version, XR_MAKE_VERSION(1, 1, 0));
  ASSERT_NE(answer.get_instance_proc_addr, nullptr);
}

TEST_F(Negotiation, AgreesWithALaterLoaderThatStillKnowsVersionOne) {
  offer.max_interface_version = 7;
  EXPECT_EQ(ask(), XR_SUCCESS);
}

TEST_F(Negotiation, SpeaksAnOlderVersionWithALoaderThatKnowsNoOther) {
  offer.max_api_version = XR_MAKE_VERSION(1, 0, 20);
  ASSERT_EQ(ask(), XR_SUCCESS);
  EXPECT_EQ(answer.api_version, XR_MAKE_VERSION(1, 0, 0));
}

TEST_F(Negotiation, IgnoresThePatchOfTheVersion) {
  offer.min_api_version = XR_MAKE_VERSION(1, 0, 4000);
  offer.max_api_version = XR_MAKE_VERSION(1, 0, 0);
  EXPECT_EQ(ask(), XR_SUCCESS);
}

TEST_F(Negotiation, RefusesWhatItDoesNotKnow) {
  const LoaderOffer good_offer = offer;
  const RuntimeAnswer good_answer = answer;
  const auto refuses = [&](auto change) {
    offer = good_offer;
    answer = good_answer;
    change();
    return ask() == XR_ERROR_INITIALIZATION_FAILED;
  };
  EXPECT_EQ(xrNegotiateLoaderRuntimeInterface(nullptr, &answer), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_EQ(xrNegotiateLoaderRuntimeInterface(&offer, nullptr), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_TRUE(refuses([&] { offer.struct_type = 2; }));
  EXPECT_TRUE(refuses([&] { offer.struct_version = 2; }));
  EXPECT_TRUE(refuses([&] { offer.struct_size += 8; }));
  EXPECT_TRUE(refuses([&] { answer.struct_type = 2; }));
  EXPECT_TRUE(refuses([&] { answer.struct_version = 2; }));
  EXPECT_TRUE(refuses([&] { answer.struct_size -= 8; }));
  EXPECT_TRUE(refuses([&] { offer.min_interface_version = offer.max_interface_version = 2; }));
  EXPECT_TRUE(refuses([&] { offer.min_interface_version = offer.max_interface_version = 0; }));
  EXPECT_TRUE(refuses([&] { offer.min_api_version = XR_MAKE_VERSION(1, 2, 0); }));
  EXPECT_TRUE(refuses([&] { offer.max_api_version = XR_MAKE_VERSION(0, 9, 0); }));
}

}  // namespace
}  // namespace tactus::runtime
