#include "instance.h"

#include <cstring>
#include <optional>

#include "entry_points.h"
#include "enumerate.h"
#include "runtime.h"
#include "version.h"

namespace tactus::runtime {
namespace {

bool is_terminated(const char* text, std::size_t capacity) {
  return std::memchr(text, '\0', capacity) != nullptr;
}

std::optional<Extension> extension_named(const char* name) {
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    if (std::strcmp(kExtensions[i].name, name) == 0) return static_cast<Extension>(i);
  }
  return std::nullopt;
}

XrResult check_application(const XrApplicationInfo& application, EnabledExtensions& enabled) {
  if (!is_terminated(application.applicationName, XR_MAX_APPLICATION_NAME_SIZE) ||
      !is_terminated(application.engineName, XR_MAX_ENGINE_NAME_SIZE) ||
      application.applicationName[0] == '\0') {
    return XR_ERROR_NAME_INVALID;
  }
  if (!is_offered(application.apiVersion)) return XR_ERROR_API_VERSION_UNSUPPORTED;
  if (XR_VERSION_MINOR(application.apiVersion) >= 1) enabled.enable(Extension::Core11);
  return XR_SUCCESS;
}

XrResult read_extensions(const XrInstanceCreateInfo& create, EnabledExtensions& enabled) {
  if (create.enabledExtensionCount > 0 && !create.enabledExtensionNames) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < create.enabledExtensionCount; ++i) {
    const char* name = create.enabledExtensionNames[i];
    if (!name) return XR_ERROR_VALIDATION_FAILURE;
    const std::optional<Extension> extension = extension_named(name);
    if (!extension) return XR_ERROR_EXTENSION_NOT_PRESENT;
    enabled.enable(*extension);
  }
  return XR_SUCCESS;
}

}  // namespace

XrResult enumerate_instance_extensions(const char* layer, std::uint32_t capacity,
                                       std::uint32_t* count, XrExtensionProperties* properties) {
  if (layer) return XR_ERROR_API_LAYER_NOT_PRESENT;
  return enumerate_structs(
      capacity, count, properties, kExtensionCount, XR_TYPE_EXTENSION_PROPERTIES,
      [](std::size_t i, XrExtensionProperties& p) {
        std::strncpy(p.extensionName, kExtensions[i].name, XR_MAX_EXTENSION_NAME_SIZE - 1);
        p.extensionName[XR_MAX_EXTENSION_NAME_SIZE - 1] = '\0';
        p.extensionVersion = kExtensions[i].version;
      });
}

XrResult enumerate_api_layers(std::uint32_t capacity, std::uint32_t* count,
                              XrApiLayerProperties* properties) {
  return answer_count(capacity, count, 0, properties);
}

XrResult create_instance(const XrInstanceCreateInfo* create, XrInstance* made) {
  if (!is_a(create, XR_TYPE_INSTANCE_CREATE_INFO) || !made || create->createFlags != 0) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  EnabledExtensions extensions;
  if (const XrResult result = check_application(create->applicationInfo, extensions);
      XR_FAILED(result)) {
    return result;
  }
  // The names of API layers are the loader's; it hands them down unchanged.
  if (const XrResult result = read_extensions(*create, extensions); XR_FAILED(result)) {
    return result;
  }
  Instance& instance = runtime().objects.add<Instance>(0);
  instance.extensions = extensions;
  *made = xr(instance);
  return XR_SUCCESS;
}

XrResult destroy_instance(XrInstance xr_instance) {
  const Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  const Statistics statistics = instance->statistics;
  runtime().objects.remove(instance->id);
  statistics.write();
  return XR_SUCCESS;
}

XrResult get_instance_properties(XrInstance xr_instance, XrInstanceProperties* properties) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(properties, XR_TYPE_INSTANCE_PROPERTIES)) return XR_ERROR_VALIDATION_FAILURE;
  properties->runtimeVersion = XR_MAKE_VERSION(0, 1, 0);
  std::strncpy(properties->runtimeName, "Tactus desktop runtime", XR_MAX_RUNTIME_NAME_SIZE);
  return XR_SUCCESS;
}

XrResult poll_event(XrInstance xr_instance, XrEventDataBuffer* event) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!event) return XR_ERROR_VALIDATION_FAILURE;
  const std::optional<XrEventDataBuffer> next = instance->events.pop();
  if (!next) return XR_EVENT_UNAVAILABLE;
  *event = *next;
  return XR_SUCCESS;
}

XrResult string_to_path(XrInstance xr_instance, const char* text, XrPath* path) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!text || !path) return XR_ERROR_VALIDATION_FAILURE;
  const std::string_view view(text, strnlen(text, XR_MAX_PATH_LENGTH));
  if (!is_path(view)) return XR_ERROR_PATH_FORMAT_INVALID;
  *path = instance->paths.intern(view);
  return XR_SUCCESS;
}

XrResult path_to_string(XrInstance xr_instance, XrPath path, std::uint32_t capacity,
                        std::uint32_t* count, char* text) {
  const Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  const std::string* value = instance->paths.text(path);
  if (!value) return XR_ERROR_PATH_INVALID;
  return enumerate_text(capacity, count, text, *value);
}

XrResult convert_timespec_to_time(XrInstance xr_instance, const timespec* t, XrTime* time) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!t || !time) return XR_ERROR_VALIDATION_FAILURE;
  return from_timespec(*t, *time) ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

XrResult convert_time_to_timespec(XrInstance xr_instance, XrTime time, timespec* t) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!t) return XR_ERROR_VALIDATION_FAILURE;
  if (time <= 0) return XR_ERROR_TIME_INVALID;
  *t = to_timespec(to_ns(time));
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
