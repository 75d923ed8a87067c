// Bones as rows of 3x4 matrices, each with a glow; the C++ twin is BoneBlock.
struct Bone {
  vec4 row[3];
  vec4 glow;  // x: 0 to 1
};
layout(std140, binding = 1) uniform Palette { Bone bone[256]; } palette;

Bone blend(uvec4 index, vec4 weight) {
  Bone b0 = palette.bone[draw.first_bone + index.x];
  if (draw.skinned == 0u) return palette.bone[draw.first_bone];
  Bone b;
  for (int i = 0; i < 3; ++i) b.row[i] = b0.row[i] * weight.x;
  b.glow = b0.glow * weight.x;
  for (int k = 1; k < 4; ++k) {
    if (weight[k] == 0.0) continue;
    Bone other = palette.bone[draw.first_bone + index[k]];
    for (int i = 0; i < 3; ++i) b.row[i] += other.row[i] * weight[k];
    b.glow += other.glow * weight[k];
  }
  return b;
}
vec3 moved(Bone b, vec4 v) { return vec3(dot(b.row[0], v), dot(b.row[1], v), dot(b.row[2], v)); }
