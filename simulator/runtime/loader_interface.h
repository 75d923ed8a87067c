// What the OpenXR loader and a runtime say to each other before the first OpenXR call.
//
// Debian 12's OpenXR package has no header for this part of the loader's specification
// ("Runtime Interface Negotiation"), so it is declared here.
//
//   Clocks   none
//   Units    sizes in bytes
//   Errors   XR_ERROR_INITIALIZATION_FAILED when the two have no version in common.
//   Threads  the loader calls once, before anything else.
//   Proof    tests/simulator/runtime/negotiate_test.cc
#pragma once
#include <cstddef>
#include <cstdint>

#include "xr.h"

namespace tactus::runtime {

inline constexpr std::uint32_t kLoaderStruct = 1;  ///< XR_LOADER_INTERFACE_STRUCT_LOADER_INFO
inline constexpr std::uint32_t kRuntimeRequestStruct = 3;  ///< …_RUNTIME_REQUEST
inline constexpr std::uint32_t kStructVersion = 1;
inline constexpr std::uint32_t kInterfaceVersion = 1;  ///< XR_CURRENT_LOADER_RUNTIME_VERSION

/// XrNegotiateLoaderInfo
struct LoaderOffer {
  std::uint32_t struct_type;
  std::uint32_t struct_version;
  std::size_t struct_size;
  std::uint32_t min_interface_version;
  std::uint32_t max_interface_version;
  XrVersion min_api_version;
  XrVersion max_api_version;
};
static_assert(sizeof(LoaderOffer) == 40);

/// XrNegotiateRuntimeRequest
struct RuntimeAnswer {
  std::uint32_t struct_type;
  std::uint32_t struct_version;
  std::size_t struct_size;
  std::uint32_t interface_version;
  XrVersion api_version;
  PFN_xrGetInstanceProcAddr get_instance_proc_addr;
};
static_assert(sizeof(RuntimeAnswer) == 40);

}  // namespace tactus::runtime

/// The one symbol the library exports.
extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderRuntimeInterface(const tactus::runtime::LoaderOffer* offer,
                                  tactus::runtime::RuntimeAnswer* answer);
