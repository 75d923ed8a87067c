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

const char* result_name(XrResult value) {
#define TACTUS_CASE(name, number) \
  case name:                      \
    return #name;
  switch (value) { XR_LIST_ENUM_XrResult(TACTUS_CASE) default : return nullptr; }
}

const char* structure_name(XrStructureType value) {
  switch (value) { XR_LIST_ENUM_XrStructureType(TACTUS_CASE) default : return nullptr; }
#undef TACTUS_CASE
}

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
