// Small glTF files as Draco and meshopt pack them, without loss.
//
//   Frames   as the file's.
//   Units    as the file's.
//   Errors   throws where a packer refuses.
//   Threads  plain functions.
//   Proof    tests/avatar/decompress_test.cc
#pragma once
#include "gltf_file.h"

namespace tactus::avatar {

inline constexpr const char* kDraco = "KHR_draco_mesh_compression";
inline constexpr const char* kMeshopt = "EXT_meshopt_compression";

enum class DracoMethod { Sequential, Edgebreaker };

/// The file with each primitive packed by Draco; the plain bytes are gone.
[[nodiscard]] GltfFile packed_by_draco(const GltfFile& file, DracoMethod method);

/// The file with each vertex and index view packed by meshopt; a fallback buffer that is not there
/// stands for the plain bytes.
[[nodiscard]] GltfFile packed_by_meshopt(const GltfFile& file);

}  // namespace tactus::avatar
