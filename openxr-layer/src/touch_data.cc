#include "touch_data.h"

#include <cstring>

#include "complaint.h"
#include "tactus/base/crc32.h"
#include "tactus/contact/body.h"

namespace tactus::layer {

void sign(std::span<std::byte> body) noexcept {
  BodyHeader header;
  std::memcpy(&header, body.data(), sizeof(header));
  header.total_bytes = static_cast<std::uint32_t>(body.size());
  header.crc32 = crc32({reinterpret_cast<const std::uint8_t*>(body.data()) + sizeof(header),
                        body.size() - sizeof(header)});
  std::memcpy(body.data(), &header, sizeof(header));
}

void set_material(std::span<std::byte> body, std::uint32_t region, Material material) noexcept {
  BodyHeader header;
  std::memcpy(&header, body.data(), sizeof(header));
  auto* triangles = reinterpret_cast<BodyTriangle*>(body.data() + sizeof(header) +
                                                    header.bone_count * sizeof(BodyBone) +
                                                    header.vertex_count * sizeof(BodyVertex));
  for (BodyTriangle& triangle : std::span(triangles, header.triangle_count)) {
    const bool meant = region == XR_TOUCH_ALL_REGIONS_TACTUSX ||
                       region == static_cast<std::uint32_t>(triangle.region);
    if (meant) triangle.material = material;
  }
  sign(body);
}

XrResult keep_data(const Instance& instance, const char* function, std::span<const std::byte> bytes,
                   TouchBody& body) noexcept {
  body.data = ipc::SealedMemory::create(bytes);
  if (!body.data) return XR_ERROR_OUT_OF_MEMORY;
  const auto view = view_body(body.data.bytes());
  if (!view) {
    complain(instance, function, describe(view.error()));
    return XR_ERROR_VALIDATION_FAILURE;
  }
  body.bone_count = static_cast<std::uint32_t>(view->bones.size());
  return XR_SUCCESS;
}

}  // namespace tactus::layer
