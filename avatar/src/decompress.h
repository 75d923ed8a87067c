// Makes compressed parts of a glTF file plain, so that whoever reads it need not know.
//
// KHR_draco_mesh_compression packs the triangles of a primitive, EXT_meshopt_compression the bytes of a
// view into a buffer. Libraries of their makers unpack both.
//
//   Frames   none.
//   Units    as in the file.
//   Errors   GltfError::BadCompression for bytes that do not unpack to what the file says of them.
//   Threads  plain functions; they allocate, at most kMaxGltfBytes for each kind.
//   Proof    tests/avatar/decompress_test.cc; tests/fuzz/gltf_fuzz.cc
#pragma once
#include <string>

#include "gltf_document.h"

namespace tactus::avatar {

/// Before the parser: makes the JSON one that it takes. A file that meshopt packed names a buffer that
/// is not there, for readers that do not know the extension: it becomes an empty one, and views into it
/// look at the packed bytes. Indices that Draco packed have no view: they are given the packed one.
/// False: not JSON, or nothing is packed; nothing is changed.
[[nodiscard]] bool make_parsable(std::string& json);

/// After it: positions, joints, weights and indices become plain. The rest, which no touch needs, is left.
[[nodiscard]] Expected<bool, GltfError> decompress(tinygltf::Model& model);

}  // namespace tactus::avatar
