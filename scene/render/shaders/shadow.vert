#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"
#include "palette.glsl"
layout(location = 0) in vec3 in_p;
layout(location = 3) in uvec4 in_bone;
layout(location = 4) in vec4 in_weight;

void main() {
  gl_Position = frame.light_from_world * vec4(moved(blend(in_bone, in_weight), vec4(in_p, 1.0)), 1.0);
}
