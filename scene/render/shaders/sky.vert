#version 450
// A quad of two triangles: one oversized triangle misses a layer on some software drivers.
layout(location = 0) out vec2 p_clip;

void main() {
  const vec2 corner[6] = vec2[](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1));
  p_clip = corner[gl_VertexIndex];
  gl_Position = vec4(p_clip, 1.0, 1.0);
}
