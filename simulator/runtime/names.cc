#include <openxr/openxr_reflection.h>

#include <cstdio>
#include <cstring>

#include "entry_points.h"
#include "instance.h"
#include "runtime.h"

namespace tactus::runtime {
namespace {

void write_name(char* text, std::size_t capacity, const char* name, const char* unknown,
                int value) {
  if (name) {
    std::snprintf(text, capacity, "%s", name);
  } else {
    std::snprintf(text, capacity, "%s%d", unknown, value);
  }
}

#if defined(XR_VERSION_1_1)
#define TACTUS_RESULTS(_) XR_LIST_ENUM_XrResult(_)
#define TACTUS_STRUCTURES(_) XR_LIST_ENUM_XrStructureType(_)
#else
#define TACTUS_RESULTS(_)                                         \
  XR_LIST_ENUM_XrResult(_) _(XR_ERROR_PERMISSION_INSUFFICIENT, 0) \
      _(XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED, 0)
#define TACTUS_STRUCTURES(_)                                                                     \
  XR_LIST_ENUM_XrStructureType(_) _(XR_TYPE_SPACES_LOCATE_INFO, 0) _(XR_TYPE_SPACE_LOCATIONS, 0) \
      _(XR_TYPE_SPACE_VELOCITIES, 0)
#endif
#define TACTUS_CASE(name, number) \
  case name:                      \
    return #name;

const char* result_name(XrResult value) {
  switch (static_cast<int>(value)) { TACTUS_RESULTS(TACTUS_CASE) default : return nullptr; }
}

const char* structure_name(XrStructureType value) {
  switch (static_cast<int>(value)) { TACTUS_STRUCTURES(TACTUS_CASE) default : return nullptr; }
}
#undef TACTUS_CASE

}  // namespace

XrResult result_to_string(XrInstance xr_instance, XrResult value, char text[]) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!text) return XR_ERROR_VALIDATION_FAILURE;
  write_name(text, XR_MAX_RESULT_STRING_SIZE, result_name(value),
             value < 0 ? "XR_UNKNOWN_FAILURE_" : "XR_UNKNOWN_SUCCESS_", value);
  return XR_SUCCESS;
}

XrResult structure_type_to_string(XrInstance xr_instance, XrStructureType value, char text[]) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!text) return XR_ERROR_VALIDATION_FAILURE;
  write_name(text, XR_MAX_STRUCTURE_NAME_SIZE, structure_name(value), "XR_UNKNOWN_STRUCTURE_TYPE_",
             value);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
