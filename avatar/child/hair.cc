#include "anatomy.h"

namespace tactus::modelling {
namespace {

/// A cap on the skull, open at the face.
float cap(Vec3 p) {
  float d = sdf::ellipsoid(p, {0, 1.030f, -0.014f}, {0.1205f, 0.121f, 0.1195f});
  d = smooth_max(d, -sdf::ellipsoid(p, {0, 0.965f, 0.125f}, {0.094f, 0.098f, 0.105f}), 0.020f);
  return smooth_max(d, 0.955f - p.y, 0.03f);
}

/// A bob: locks round the sides and the back, falling to the jaw.
float bob(Vec3 p) {
  constexpr int kLocks = 19;
  float d = 1e3f;
  for (int i = 0; i < kLocks; ++i) {
    const float u = 2.0f * static_cast<float>(i) / (kLocks - 1) - 1.0f;
    const float around = 2.05f * u + kPi;
    const float s = std::sin(around), c = std::cos(around);
    const float end = 0.893f + 0.008f * (hash01(i, 3, 7) - 0.5f) + 0.010f * square(u);
    const Vec3 top{0.088f * s, 1.088f, 0.088f * c - 0.014f};
    const Vec3 temple{0.1145f * s, 1.010f, 0.112f * c - 0.016f};
    const Vec3 ear{0.1155f * s, 0.945f, 0.112f * c - 0.012f};
    const Vec3 tip{0.102f * s, end, 0.100f * c - 0.004f};
    float lock = smooth_min(sdf::cone(p, top, temple, 0.024f, 0.0235f),
                            sdf::cone(p, temple, ear, 0.0235f, 0.0205f), 0.03f);
    lock = smooth_min(lock, sdf::cone(p, ear, tip, 0.0205f, 0.0105f), 0.02f);
    d = i > 0 ? smooth_min(d, lock, 0.0095f) : lock;
  }
  return d;
}

/// Swept to one side; its ends stay 8 mm above the brows, which must be seen to move.
float fringe(Vec3 p) {
  constexpr int kLocks = 8;
  float d = 1e3f;
  for (int i = 0; i < kLocks; ++i) {
    const float u = 2.0f * static_cast<float>(i) / (kLocks - 1) - 1.0f;
    const float uu = square(u);
    const float jitter = hash01(i, 9, 1) - 0.5f;
    const Vec3 root{0.024f + 0.022f * u, 1.134f, 0.030f};
    const Vec3 bend{0.064f * u + 0.004f, 1.101f - 0.006f * uu, 0.094f - 0.030f * uu};
    const float drop = 0.060f * std::max(0.0f, uu - 0.55f);
    const Vec3 tip{0.086f * u - 0.012f + 0.005f * jitter,
                   1.0775f - drop + 0.006f * u + 0.003f * jitter, 0.1085f - 0.036f * uu};
    const float lock = smooth_min(sdf::cone(p, root, bend, 0.022f, 0.0185f),
                                  sdf::cone(p, bend, tip, 0.0185f, 0.0085f), 0.02f);
    d = i > 0 ? smooth_min(d, lock, 0.0085f) : lock;
  }
  return d;
}

}  // namespace

float hair_distance(Vec3 p) {
  float d = smooth_min(cap(p), bob(p), 0.020f);
  d = smooth_min(d, fringe(p), 0.018f);
  const float tuft =
      sdf::cone(p, {0.012f, 1.145f, -0.02f}, {0.026f, 1.157f, -0.034f}, 0.012f, 0.004f);
  d = smooth_min(d, tuft, 0.02f);
  const float around = std::atan2(p.x, p.z + 0.014f);
  const float waver = value_noise({40 * p.x, 12 * p.y, 40 * p.z});
  return d + 0.00055f * std::sin(52 * around + 8 * waver);  // grooves between strands
}

}  // namespace tactus::modelling
