#include "scene/world/hand_shape.h"

#include <algorithm>
#include <cmath>

#include "scene/world/surface_nets.h"

namespace tactus::scene {
namespace {

constexpr std::size_t kWrist = 1;
constexpr float kCell_m = 0.005f;
constexpr float kWebbing_m = 0.009f;  ///< how far neighbours of the palm melt together
constexpr float kFingerBlend_m = 0.003f;
constexpr float kWeightFade_m = 0.004f;

/// Left hand, millimetres: across (to the thumb), up (to the back), towards the fingers; radius.
/// Lengths and breadths of a medium hand after Greiner, "Hand anthropometry" (US Army, 1991).
struct PlaceMm {
  float across, up, along, radius;
};
constexpr std::array<PlaceMm, kHandJoints> kJoints_mm = {{
    {2, -3, 52, 15},      {0, 0, 0, 20},        {22, -6, 20, 14},    {42, -11, 50, 11.5f},
    {57, -14, 76, 10},    {70, -16, 100, 8},    {15, 0, 25, 13},     {24, 1, 92, 10.5f},
    {27, 0, 134, 8.8f},   {28, -1, 158, 8},     {29, -2, 180, 6.6f}, {4, 1, 26, 13},
    {3, 2, 95, 10.5f},    {3, 1, 141, 8.8f},    {3, 0, 169, 8},      {3, -2, 191, 6.6f},
    {-8, 0, 25, 12},      {-17, 1, 88, 10},     {-19, 0, 130, 8.3f}, {-20, -1, 157, 7.6f},
    {-21, -2, 179, 6.3f}, {-18, -2, 24, 12},    {-35, -1, 79, 9.2f}, {-40, -2, 112, 7.4f},
    {-43, -3, 132, 6.8f}, {-45, -3, 152, 5.6f},
}};

/// A tapered piece of the hand, from joint to joint.
struct Piece {
  Vec3 p_from, p_to;
  float from_m, to_m;
  std::size_t joint;
  bool palm;
};

float smooth_min(float a, float b, float k) {
  const float h = std::max(k - std::fabs(a - b), 0.0f) / k;
  return std::min(a, b) - 0.25f * h * h * k;
}

float distance(const Piece& piece, const Vec3& p) {
  const Vec3 v = piece.p_to - piece.p_from;
  const float s = std::clamp((p - piece.p_from).dot(v) / v.squaredNorm(), 0.0f, 1.0f);
  return (p - piece.p_from - s * v).norm() - (piece.from_m + s * (piece.to_m - piece.from_m));
}

bool is_tip(std::size_t joint) { return joint == 5 || (joint > 5 && joint % 5 == 0); }

std::vector<Piece> make_pieces(const RestHand& rest) {
  std::vector<Piece> pieces;
  const Vec3 p_wrist = rest[kWrist].T_rest_joint.p;
  pieces.push_back(
      {p_wrist + Vec3(0, 0, 0.03f), p_wrist - Vec3(0, 0, 0.01f), 0.023f, 0.020f, kWrist, true});
  for (std::size_t j = 2; j < kHandJoints; ++j) {
    if (is_tip(j)) continue;
    const Vec3& p = rest[j].T_rest_joint.p;
    const Vec3& p_next = rest[j + 1].T_rest_joint.p;
    const bool palm = j == 2 || j % 5 == 1;
    if (!is_tip(j + 1)) {
      pieces.push_back({p, p_next, rest[j].radius_m, rest[j + 1].radius_m, j, palm});
      continue;
    }
    const float tip_m = rest[j + 1].radius_m;
    const Vec3 p_pulp = p_next - tip_m * direction(p_next - p, -Vec3::UnitZ());
    const Vec3 p_half = 0.5f * (p + p_pulp);
    const float half_m = 0.5f * (rest[j].radius_m + tip_m);
    pieces.push_back({p, p_half, rest[j].radius_m, half_m, j, false});
    pieces.push_back({p_half, p_pulp, half_m, tip_m, j + 1, false});
  }
  return pieces;
}

// Palm pieces melt together widely, fingers hardly, so that they can part.
float hand_distance(const std::vector<Piece>& pieces, const Vec3& p) {
  float palm = 1, finger = 1;
  for (const Piece& piece : pieces) {
    const float d = distance(piece, p);
    if (piece.palm)
      palm = smooth_min(palm, d, kWebbing_m);
    else
      finger = smooth_min(finger, d, kFingerBlend_m);
  }
  return smooth_min(palm, finger, 0.6f * kWebbing_m);
}

// The four nearest pieces carry a vertex, the nearer the more (the kernel that melts the shape).
void hang(const std::vector<Piece>& pieces, const Vec3& p, Vertex& vertex) {
  std::array<float, kHandJoints> nearest;
  nearest.fill(1);
  for (const Piece& piece : pieces)
    nearest[piece.joint] = std::min(nearest[piece.joint], distance(piece, p));
  std::array<std::uint8_t, kHandJoints> order;
  for (std::size_t j = 0; j < kHandJoints; ++j) order[j] = static_cast<std::uint8_t>(j);
  std::partial_sort(order.begin(), order.begin() + 4, order.end(),
                    [&](auto a, auto b) { return nearest[a] < nearest[b]; });
  std::array<float, 4> pull{};
  float sum = 0;
  for (std::size_t k = 0; k < 4; ++k)
    sum += pull[k] = std::exp((nearest[order[0]] - nearest[order[k]]) / kWeightFade_m);
  int left = 255;
  for (std::size_t k = 4; k-- > 0;) {
    const int share = k == 0 ? left : static_cast<int>(std::lround(255 * pull[k] / sum));
    left -= share;
    vertex.bone[k] = order[k];
    vertex.weight[k] = static_cast<std::uint8_t>(share);
  }
}

}  // namespace

RestHand rest_hand(float side) {
  RestHand rest;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const PlaceMm& mm = kJoints_mm[j];
    rest[j].T_rest_joint.p = 1e-3f * Vec3(side * mm.across, mm.up, -mm.along);
    rest[j].radius_m = 1e-3f * mm.radius;
  }
  for (std::size_t j = 2; j < kHandJoints; ++j) {
    const bool tip = is_tip(j);
    const Vec3 bone = tip ? Vec3(rest[j].T_rest_joint.p - rest[j - 1].T_rest_joint.p)
                          : Vec3(rest[j + 1].T_rest_joint.p - rest[j].T_rest_joint.p);
    rest[j].T_rest_joint.q = Quat::FromTwoVectors(-Vec3::UnitZ(), bone);
  }
  // The thumb's back faces outwards and up, not straight up as the fingers' do.
  for (std::size_t j = 2; j <= 5; ++j)
    rest[j].T_rest_joint.q = rest[j].T_rest_joint.q * turn(Vec3::UnitZ(), -side * 60 * kRadPerDeg);
  return rest;
}

Mesh make_hand(const RestHand& rest) {
  const std::vector<Piece> pieces = make_pieces(rest);
  const NetMesh net = surface_nets([&](const Vec3& p) { return hand_distance(pieces, p); },
                                   {-0.085f, -0.045f, -0.205f}, {0.085f, 0.045f, 0.065f}, kCell_m);
  Mesh mesh;
  mesh.name = "hand";
  mesh.surface = Surface::Cloth;
  mesh.indices = net.indices;
  mesh.p_low = mesh.p_high = Vec3::Zero();
  for (std::size_t i = 0; i < net.p.size(); ++i) {
    Vertex& vertex = mesh.vertices.emplace_back();
    vertex.p = {net.p[i].x(), net.p[i].y(), net.p[i].z()};
    vertex.n = packed_normal(net.n[i]);
    vertex.colour = {25500, 22000, 19500, 65535};
    hang(pieces, net.p[i], vertex);
    mesh.p_low = mesh.p_low.cwiseMin(net.p[i]);
    mesh.p_high = mesh.p_high.cwiseMax(net.p[i]);
  }
  return mesh;
}

}  // namespace tactus::scene
