#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"
layout(location = 0) in vec2 p_clip;
layout(location = 0) out vec4 out_colour;

void main() {
  View view = frame.view[draw.view];
  vec4 far = view.world_from_clip * vec4(p_clip, 1.0, 1.0);
  vec3 n = normalize(far.xyz / far.w - view.p_eye.xyz);
  float height = clamp(n.y * 1.4 + 0.08, 0.0, 1.0);
  float glow = pow(max(dot(n, frame.n_sun.xyz), 0.0), 6.0);
  out_colour = vec4(mix(kHorizon, kZenith, height) + vec3(0.10, 0.07, 0.02) * glow, 1.0);
}
