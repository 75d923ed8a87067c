#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"
#include "palette.glsl"
layout(location = 0) in vec3 in_p;
layout(location = 1) in vec4 in_n;
layout(location = 2) in vec4 in_colour;
layout(location = 3) in uvec4 in_bone;
layout(location = 4) in vec4 in_weight;
layout(location = 0) out vec3 p_world;
layout(location = 1) out vec3 n_world;
layout(location = 2) out vec3 p_rest;
layout(location = 3) out vec4 colour;
layout(location = 4) out vec4 p_light;  // w: glow

const float kShadowLift_m = 0.004;  // off the surface, against self-shadowing

void main() {
  Bone bone = blend(in_bone, in_weight);
  p_world = moved(bone, vec4(in_p, 1.0));
  n_world = normalize(moved(bone, vec4(in_n.xyz, 0.0)));
  p_rest = in_p;
  colour = in_colour;
  vec4 lit = frame.light_from_world * vec4(p_world + n_world * kShadowLift_m, 1.0);
  p_light = vec4(lit.xy * 0.5 + 0.5, lit.z, bone.glow.x);
  gl_Position = frame.view[draw.view].clip_from_world * vec4(p_world, 1.0);
}
