#include "hand_files.h"

#include <fmt/format.h>

#include <iterator>

namespace tactus::tools {
namespace {

constexpr std::string_view kHandHead = "side,finger,metacarpal,proximal,intermediate,distal";
constexpr std::string_view kGloveHead = "t_s,sensor,gx,gy,gz,ax,ay,az,angle";
constexpr std::string_view kWristHead = "t_s,t_arrived_s,px,py,pz,qx,qy,qz,qw";
constexpr std::string_view kTruthHead =
    "t_s,finger,base_flexion,base_abduction,axial,middle,distal,px,py,pz";
constexpr std::array<std::string_view, 2> kSides = {"left", "right"};
constexpr std::array<std::string_view, kFingers> kFingerNames = {"thumb", "index", "middle", "ring",
                                                                 "little"};
constexpr double kMostSeconds = 1e6;
constexpr double kMostMetres = 1e4;
constexpr double kMostReading = 1e4;
constexpr double kMostRad = 10;
constexpr SensorCurve kChannelRange{0, 1.6f};  // of channels that nobody described: noise follows
constexpr float kTracker_m = 5e-4f, kTracker_rad = 2e-3f;

// Sensors by number: the flat hand, the units, the channels.
constexpr std::size_t kFlat = 0, kUnits = 1, kBaseUnits = kUnits + kGloveImus,
                      kFlexions = kBaseUnits + kFingers, kAbductions = kFlexions + kGloveFlexions,
                      kBends = kAbductions + kGloveAbductions, kSensors = kBends + kFingers;

std::array<std::string, kSensors> sensor_names() {
  std::array<std::string, kSensors> names;
  names[kFlat] = "flat";
  names[kUnits + kPalmImu] = "palm";
  for (std::size_t f = 0; f < kFingers; ++f) {
    const std::string finger(kFingerNames[f]);
    names[kUnits + inner_imu(Finger(f))] = finger + "_inner";
    names[kUnits + distal_imu(Finger(f))] = finger + "_distal";
    names[kBaseUnits + f] = finger + "_base";
    names[kFlexions + 3 * f] = finger + "_base_flexion";
    names[kFlexions + 3 * f + 1] = finger + "_middle_flexion";
    names[kFlexions + 3 * f + 2] = finger + "_distal_flexion";
    names[kBends + f] = finger + "_bend";
  }
  names[kAbductions] = "thumb_abduction";
  names[kAbductions + 1] = "index_middle_spread";
  names[kAbductions + 2] = "middle_ring_spread";
  names[kAbductions + 3] = "ring_little_spread";
  return names;
}

const std::array<std::string, kSensors> kSensorNames = sensor_names();

HostTime host(double t_s) { return HostTime(from_seconds(t_s)); }
double seconds_of(HostTime t) { return seconds(t.time_since_epoch()); }
float narrow(double x) { return static_cast<float>(x); }

GloveMeasurement silent(double t_s, Hand hand) {
  GloveMeasurement m;
  m.t = host(t_s);
  m.hand = hand;
  m.imu.fill(kNoUnit);
  m.flexion_rad.fill(kNoChannel);
  m.abduction_rad.fill(kNoChannel);
  return m;
}

ImuReading* unit_of(GloveMeasurement& m, std::size_t sensor) {
  if (sensor >= kUnits && sensor < kBaseUnits) return &m.imu[sensor - kUnits];
  if (sensor >= kBaseUnits && sensor < kFlexions) return &m.base_imu[sensor - kBaseUnits];
  return nullptr;
}

float* channel_of(GloveMeasurement& m, std::size_t sensor) {
  if (sensor >= kBends) return &m.bend_rad[sensor - kBends];
  if (sensor >= kAbductions) return &m.abduction_rad[sensor - kAbductions];
  return sensor >= kFlexions ? &m.flexion_rad[sensor - kFlexions] : nullptr;
}

bool all_finite(const auto& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

/// Lines in the order of their times, several to an instant; what is wrong, if anything.
template <class Row>
std::optional<std::string> at_instant(std::vector<Row>& rows, std::optional<HostTime>& last,
                                      double t_s, const Row& row) {
  if (!std::isfinite(t_s)) return "expected a time in seconds";
  const HostTime t = host(t_s);
  if (last && t < *last) return "a time earlier than the line before";
  if (last && t == *last) return std::nullopt;
  if (rows.size() == kMaxHandRows) return "too many instants";
  last = t;
  rows.push_back(row);
  return std::nullopt;
}

std::string cell(double x) { return std::isfinite(x) ? fmt::format("{:.7g}", x) : std::string(); }

}  // namespace

Expected<HandDescription, CsvError> read_hand(std::string_view csv) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kHandHead) {
    return in.error("expected the heading " + std::string(kHandHead));
  }
  HandDescription hand;
  hand.profile.flexion.fill(kChannelRange);
  hand.profile.abduction.fill(kChannelRange);
  std::array<bool, kFingers> told{};
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto side = find_name(kSides, in.field());
    const auto finger = find_name(kFingerNames, in.field());
    const auto bones = in.numbers<4>(1);
    if (!side) return in.error("expected left or right");
    if (!finger) return in.error("expected a finger such as index");
    if (!bones || !all_finite(*bones) || (*bones)[0] <= 0 || (*bones)[1] <= 0 || (*bones)[3] <= 0) {
      return in.error("expected four bones in metres");
    }
    hand.hand = Hand(*side);
    hand.profile.bones[*finger] = {narrow((*bones)[0]), narrow((*bones)[1]), narrow((*bones)[2]),
                                   narrow((*bones)[3])};
    told[*finger] = true;
  }
  if (!std::ranges::all_of(told, std::identity{})) return in.error("expected all five fingers");
  return hand;
}

Expected<std::vector<GloveRow>, CsvError> read_glove(std::string_view csv, Hand hand) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kGloveHead) {
    return in.error("expected the heading " + std::string(kGloveHead));
  }
  std::vector<GloveRow> rows;
  std::optional<HostTime> last;
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto t_s = in.number(kMostSeconds);
    const std::string_view name = in.field();
    const auto found = std::ranges::find(kSensorNames, name);
    const auto v = in.numbers<6>(kMostReading);
    const auto angle = in.number(4 * kMostRad);
    if (!t_s || !std::isfinite(*t_s)) return in.error("expected a time in seconds");
    if (found == kSensorNames.end()) return in.error("expected a sensor such as index_inner");
    if (!v || !angle) return in.error("expected gx,gy,gz,ax,ay,az,angle as numbers or empty");
    const auto sensor = static_cast<std::size_t>(found - kSensorNames.begin());
    const auto fault = at_instant(rows, last, *t_s, GloveRow{silent(*t_s, hand)});
    if (fault) return in.error(*fault);
    GloveMeasurement& m = rows.back().measurement;
    if (sensor == kFlat) {
      rows.back().flat = true;
    } else if (ImuReading* unit = unit_of(m, sensor)) {
      if (!all_finite(*v)) return in.error("expected gx,gy,gz,ax,ay,az of a unit");
      *unit = {{narrow((*v)[0]), narrow((*v)[1]), narrow((*v)[2])},
               {narrow((*v)[3]), narrow((*v)[4]), narrow((*v)[5])}};
    } else if (float* channel = channel_of(m, sensor)) {
      if (!std::isfinite(*angle)) return in.error("expected the angle of a channel");
      *channel = narrow(*angle);
    }
  }
  if (rows.empty()) return in.error("no readings");
  return rows;
}

Expected<std::vector<WristRow>, CsvError> read_wrist(std::string_view csv, Hand hand) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kWristHead) {
    return in.error("expected the heading " + std::string(kWristHead));
  }
  std::vector<WristRow> rows;
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto t = in.numbers<2>(kMostSeconds);
    const auto pose = in.numbers<7>(kMostMetres);
    if (!t || !all_finite(*t)) return in.error("expected t_s and t_arrived_s in seconds");
    if (!pose || !all_finite(*pose)) return in.error("expected px,py,pz,qx,qy,qz,qw");
    const auto& [px, py, pz, qx, qy, qz, qw] = *pose;
    const double length = std::sqrt(qx * qx + qy * qy + qz * qz + qw * qw);
    if (!(std::fabs(length - 1) < 0.01)) return in.error("expected a rotation of unit length");
    if (!rows.empty() && host((*t)[1]) < rows.back().t_arrived) {
      return in.error("an arrival earlier than the line before");
    }
    if (rows.size() == kMaxHandRows) return in.error("too many instants");
    WristMeasurement m;
    m.t = host((*t)[0]);
    m.hand = hand;
    m.tracked = true;
    m.T_world_wrist = {normalized(Quat{narrow(qx), narrow(qy), narrow(qz), narrow(qw)}),
                       {narrow(px), narrow(py), narrow(pz)}};
    m.sigma_m = kTracker_m;
    m.sigma_rad = kTracker_rad;
    rows.push_back({host((*t)[1]), m});
  }
  return rows;
}

Expected<std::vector<HandTruth>, CsvError> read_hand_truth(std::string_view csv) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kTruthHead) {
    return in.error("expected the heading " + std::string(kTruthHead));
  }
  std::vector<HandTruth> rows;
  std::optional<HostTime> last;
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto t_s = in.number(kMostSeconds);
    const auto finger = find_name(kFingerNames, in.field());
    const auto angle = in.numbers<5>(kMostRad);
    const auto tip = in.numbers<3>(1);
    if (!t_s) return in.error("expected a time in seconds");
    if (!finger) return in.error("expected a finger such as index");
    if (!angle) return in.error("expected five angles in radians, or empty");
    if (!tip) return in.error("expected px,py,pz in metres, or empty");
    const auto fault = at_instant(rows, last, *t_s, HandTruth{*t_s});
    if (fault) return in.error(*fault);
    const std::size_t first = 4 * *finger;
    auto& known = rows.back().angle_rad;
    known[first] = (*angle)[0];
    known[first + 1] = (*angle)[1];
    known[first + 2] = (*angle)[3];
    known[first + 3] = (*angle)[4];
    if (*finger == index(Finger::Thumb)) known[kThumbAxial] = (*angle)[2];
    rows.back().p_wrist_tip[*finger] = {(*tip)[0], (*tip)[1], (*tip)[2]};
  }
  if (rows.empty()) return in.error("no truth");
  return rows;
}

std::string hand_csv(const HandRecording& recording) {
  std::string out = std::string(kHandHead) + "\n";
  const Hand hand = recording.glove.empty() ? Hand::Right : recording.glove[0].measurement.hand;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerBones& b = recording.profile.bones[f];
    fmt::format_to(std::back_inserter(out), "{},{},{:.7g},{:.7g},{:.7g},{:.7g}\n",
                   kSides[index(hand)], kFingerNames[f], b.metacarpal_m, b.proximal_m,
                   b.intermediate_m, b.distal_m);
  }
  return out;
}

std::string glove_csv(const HandRecording& recording) {
  std::string out = std::string(kGloveHead) + "\n";
  const auto to = std::back_inserter(out);
  for (const GloveRow& row : recording.glove) {
    GloveMeasurement m = row.measurement;
    const double t_s = seconds_of(m.t);
    if (row.flat) fmt::format_to(to, "{:.6f},flat,,,,,,,\n", t_s);
    for (std::size_t sensor = kUnits; sensor < kSensors; ++sensor) {
      if (const ImuReading* unit = unit_of(m, sensor)) {
        const Vec3 g = unit->gyro_rad_per_s, a = unit->accel_m_per_s2;
        if (!is_finite(g) || !is_finite(a)) continue;
        fmt::format_to(to, "{:.6f},{},{:.7g},{:.7g},{:.7g},{:.7g},{:.7g},{:.7g},\n", t_s,
                       kSensorNames[sensor], g.x, g.y, g.z, a.x, a.y, a.z);
      } else if (const float* channel = channel_of(m, sensor); std::isfinite(*channel)) {
        fmt::format_to(to, "{:.6f},{},,,,,,,{:.7g}\n", t_s, kSensorNames[sensor], *channel);
      }
    }
  }
  return out;
}

std::string wrist_csv(const HandRecording& recording) {
  std::string out = std::string(kWristHead) + "\n";
  for (const WristRow& row : recording.wrist) {
    if (!row.measurement.tracked) continue;
    const Pose& T = row.measurement.T_world_wrist;
    fmt::format_to(std::back_inserter(out),
                   "{:.6f},{:.6f},{:.7g},{:.7g},{:.7g},{:.8g},{:.8g},{:.8g},{:.8g}\n",
                   seconds_of(row.measurement.t), seconds_of(row.t_arrived), T.p.x, T.p.y, T.p.z,
                   T.q.x, T.q.y, T.q.z, T.q.w);
  }
  return out;
}

std::string truth_csv(const HandRecording& recording) {
  std::string out = std::string(kTruthHead) + "\n";
  for (const HandTruth& row : recording.truth) {
    for (std::size_t f = 0; f < kFingers; ++f) {
      const double* a = row.angle_rad.data() + 4 * f;
      const simulator::V3d& p = row.p_wrist_tip[f];
      const double axial = f == index(Finger::Thumb) ? row.angle_rad[kThumbAxial] : kUnknown;
      fmt::format_to(std::back_inserter(out), "{:.6f},{},{},{},{},{},{},{},{},{}\n", row.t_s,
                     kFingerNames[f], cell(a[0]), cell(a[1]), cell(axial), cell(a[2]), cell(a[3]),
                     cell(p.x), cell(p.y), cell(p.z));
    }
  }
  return out;
}

}  // namespace tactus::tools
