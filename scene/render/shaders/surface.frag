#version 450
#extension GL_GOOGLE_include_directive : require
// "Storybook soft": light wraps around forms, the terminator is warm, crevices are dark and warm,
// silhouettes glow a little. docs/scene.md says why.
#include "frame.glsl"
layout(location = 0) in vec3 p_world;
layout(location = 1) in vec3 n_world;
layout(location = 2) in vec3 p_rest;
layout(location = 3) in vec4 colour;
layout(location = 4) in vec4 p_light;
layout(location = 0) out vec4 out_colour;
layout(binding = 2) uniform sampler2DShadow shadow_map;

const uint kSkin = 0u, kCloth = 1u, kHair = 2u, kEye = 3u, kGlow = 4u;
const vec3 kSun = vec3(1.00, 0.90, 0.78) * 1.15;
const vec3 kSky = vec3(0.62, 0.74, 0.92) * 0.80;
const vec3 kGround = vec3(0.62, 0.52, 0.38) * 0.80;

float hash(vec3 p) {
  p = fract(p * 0.3183099 + 0.1) * 17.0;
  return fract(p.x * p.y * p.z * (p.x + p.y + p.z));
}
float noise(vec3 x) {
  vec3 i = floor(x), f = fract(x);
  f = f * f * (3.0 - 2.0 * f);
  vec4 near = vec4(hash(i), hash(i + vec3(1, 0, 0)), hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)));
  vec4 far = vec4(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), hash(i + vec3(0, 1, 1)),
                  hash(i + vec3(1, 1, 1)));
  vec4 layer = mix(near, far, f.z);
  vec2 line = mix(layer.xy, layer.zw, f.y);
  return mix(line.x, line.y, f.x);
}

// Four bilinear taps: as soft as nine nearest ones, at half the price.
float sunlit() {
  if (any(lessThan(p_light.xyz, vec3(0.0))) || any(greaterThan(p_light.xyz, vec3(1.0)))) return 1.0;
  vec2 t = 1.1 / vec2(textureSize(shadow_map, 0));
  float z = p_light.z - 0.0008;
  return 0.25 * (texture(shadow_map, vec3(p_light.xy + vec2(-0.4, 1.0) * t, z)) +
                 texture(shadow_map, vec3(p_light.xy + vec2(1.0, 0.4) * t, z)) +
                 texture(shadow_map, vec3(p_light.xy + vec2(0.4, -1.0) * t, z)) +
                 texture(shadow_map, vec3(p_light.xy + vec2(-1.0, -0.4) * t, z)));
}

void main() {
  vec3 albedo = colour.rgb;
  float ao = colour.a;
  if (draw.surface == kGlow) {
    out_colour = vec4(albedo, 1.0);
    return;
  }
  vec3 p_eye = frame.view[draw.view].p_eye.xyz;
  vec3 N = normalize(n_world), V = normalize(p_eye - p_world), L = frame.n_sun.xyz;
  float nv = clamp(dot(N, V), 0.0, 1.0);
  float lit = sunlit();

  float wrap = draw.surface == kSkin ? 0.45 : draw.surface == kCloth ? 0.30 : 0.25;
  float d = clamp((dot(N, L) + wrap) / (1.0 + wrap), 0.0, 1.0);
  float sun = smoothstep(0.02, 0.62, d * mix(0.42, 1.0, lit));
  vec3 ambient = mix(kGround, kSky, N.y * 0.5 + 0.5) *
                 mix(vec3(0.9, 0.62, 0.52), vec3(1.0), pow(ao, 0.8)) * pow(ao, 1.1);
  vec3 shade = draw.surface == kSkin ? vec3(1.0, 0.70, 0.60) : vec3(0.86, 0.84, 1.0);
  float terminator = smoothstep(0.0, 0.25, d) * (1.0 - smoothstep(0.25, 0.75, d));
  vec3 c = albedo * (ambient + kSun * sun * mix(0.72, 1.0, ao) * mix(vec3(1.0), shade, terminator * 0.45));

  float nh = max(dot(N, normalize(L + V)), 0.0);
  if (draw.surface == kSkin) {
    c += albedo * vec3(1.0, 0.45, 0.32) * pow(1.0 - nv, 3.0) * 0.30 * ao;
    c += vec3(0.04) * pow(nh, 24.0) * lit;
  } else if (draw.surface == kCloth) {
    float fuzz = distance(p_eye, p_world) < 1.5 ? noise(p_rest * 900.0) : 0.5;
    c *= 0.93 + 0.14 * fuzz;
    c += albedo * pow(1.0 - nv, 2.5) * 0.38 * ao * (0.6 + 0.8 * fuzz);
  } else if (draw.surface == kHair) {
    c += vec3(1.0, 0.82, 0.6) * pow(nh, 18.0) * 0.22 * lit * ao;
    c += albedo * pow(1.0 - nv, 3.0) * 0.5 * ao;
  } else {
    c = albedo * (ambient * 1.05 + kSun * 0.64 * mix(0.6, 1.0, sun));
    c += vec3(pow(nh, 120.0)) * 0.25;
  }

  c = mix(c, vec3(1.5, 0.62, 0.20), 0.9 * (1.0 - exp(-3.0 * p_light.w)));
  float fog = 1.0 - exp(-max(distance(p_eye, p_world) - 3.0, 0.0) * 0.055);
  c = mix(c, kHorizon * 0.97, fog);
  c = c / (1.0 + 0.22 * c) * 1.02;
  c = mix(vec3(dot(c, vec3(0.3, 0.6, 0.1))), c, 1.08);
  out_colour = vec4(c, 1.0);
}
