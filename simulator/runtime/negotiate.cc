#include <algorithm>

#include "dispatch.h"
#include "loader_interface.h"
#include "version.h"

namespace tactus::runtime {
namespace {

template <typename Struct>
bool is_known(const Struct* s, std::uint32_t type) {
  return s && s->struct_type == type && s->struct_version == kStructVersion &&
         s->struct_size == sizeof(Struct);
}

bool holds(const LoaderOffer& offer) {
  return offer.min_interface_version <= kInterfaceVersion &&
         kInterfaceVersion <= offer.max_interface_version &&
         without_patch(offer.min_api_version) <= kNewestVersion &&
         kOldestVersion <= without_patch(offer.max_api_version);
}

}  // namespace
}  // namespace tactus::runtime

XrResult xrNegotiateLoaderRuntimeInterface(const tactus::runtime::LoaderOffer* offer,
                                           tactus::runtime::RuntimeAnswer* answer) {
  using namespace tactus::runtime;
  if (!is_known(offer, kLoaderStruct) || !is_known(answer, kRuntimeRequestStruct) ||
      !holds(*offer)) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  answer->interface_version = kInterfaceVersion;
  answer->api_version = std::min(kNewestVersion, without_patch(offer->max_api_version));
  answer->get_instance_proc_addr = first_entry_point();
  return XR_SUCCESS;
}
