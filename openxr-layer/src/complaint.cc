#include "complaint.h"

#include <atomic>
#include <cstdio>

#include "instance.h"

namespace tactus::layer {

void complain(const char* about, const char* cause_and_remedy) noexcept {
  static constinit std::atomic<int> said{0};
  constexpr int kMostLines = 32;
  if (said.load(std::memory_order_relaxed) >= kMostLines) return;
  if (said.fetch_add(1, std::memory_order_relaxed) >= kMostLines) return;
  std::fprintf(stderr, "tactus layer: %s: %s\n", about, cause_and_remedy);
}

void complain(const Instance& instance, const char* function, const char* cause_and_remedy,
              const Accused& accused) noexcept {
  complain(function, cause_and_remedy);
  if (instance.next.xrSubmitDebugUtilsMessageEXT == nullptr) return;
  XrDebugUtilsObjectNameInfoEXT object{XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT, nullptr,
                                       accused.type, accused.handle, nullptr};
  XrDebugUtilsMessengerCallbackDataEXT data{XR_TYPE_DEBUG_UTILS_MESSENGER_CALLBACK_DATA_EXT};
  data.messageId = "XR_APILAYER_TACTUS_touch";
  data.functionName = function;
  data.message = cause_and_remedy;
  data.objectCount = accused.handle != 0 ? 1 : 0;
  data.objects = &object;
  instance.next.xrSubmitDebugUtilsMessageEXT(instance.handle,
                                             XR_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
                                             XR_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT, &data);
}

}  // namespace tactus::layer
