// What all shaders of a frame share; the C++ twin is FrameBlock in render/frame_block.h.
struct View {
  mat4 clip_from_world;
  mat4 world_from_clip;
  vec4 p_eye;
};
layout(std140, binding = 0) uniform FrameBlock {
  View view[2];
  mat4 light_from_world;
  vec4 n_sun;  // towards the sun, unit
} frame;

layout(push_constant) uniform Draw {
  uint view;
  uint first_bone;  // of the palette
  uint skinned;     // 0: all of the mesh follows first_bone
  uint surface;     // Surface in world/model.h
} draw;

const vec3 kHorizon = vec3(0.90, 0.89, 0.83);
const vec3 kZenith = vec3(0.47, 0.68, 0.90);
