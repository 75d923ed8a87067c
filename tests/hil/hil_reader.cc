// The smallest real reader: our transport and codec, an answer to every state. It shows what the
// link alone can do, and it touches without a scene.
//
//   hil_reader STATUS_FILE TIMES_FILE
#include <cstdio>
#include <memory>
#include <thread>

#include "read_times.h"
#include "tactus/drivers/tg1/codec.h"
#include "tactus/drivers/tg1/feature.h"
#include "tactus/drivers/transport/open.h"

namespace {

using namespace tactus;

constexpr float kTouch = 0.3f;
constexpr float kRisePerFrame = 0.05f;
constexpr Duration kPause = 20ms;  ///< after a longer one the glove may be silent: start from zero

struct Session {
  tg1::DecoderState decoder;
  std::uint32_t output = 0;
  float amplitude = 0;
  HostTime t_answered;
};

void answer(Device& device, Session& session) {
  TactileFrame frame;
  const HostTime t = hil::now();
  if (t - session.t_answered < kFramePeriod) return;  // old states, read after a stall
  if (t - session.t_answered > kPause) session.amplitude = 0;
  session.t_answered = t;
  session.amplitude = std::min(kTouch, session.amplitude + kRisePerFrame);
  frame.envelope.fill(session.amplitude);
  frame.frequency_Hz.fill(200.0f);
  std::array<std::uint8_t, tg1::kOutputBytes> report;
  tg1::encode(frame, {++session.output, session.decoder.newest_input}, report);
  (void)device.write(report);
}

void write_status(const char* path, const tg1::DecoderState& decoder) {
  const std::string next = std::string(path) + ".next";
  std::FILE* const file = std::fopen(next.c_str(), "w");
  if (file == nullptr) return;
  std::fprintf(file, "reports_in %llu reports_dropped %llu bad %llu\n",
               static_cast<unsigned long long>(decoder.reports),
               static_cast<unsigned long long>(decoder.sequence.gaps),
               static_cast<unsigned long long>(decoder.bad_crc + decoder.bad_length));
  std::fclose(file);
  (void)std::rename(next.c_str(), path);
}

void read_until_gone(Device& device, const char* status, hil::ReadTimes& times) {
  Session session;
  std::array<std::uint8_t, kReportBytes> bytes;
  std::size_t size = 0;
  for (;;) {
    const LinkStatus link = device.read(bytes, size, 20ms);
    if (link == LinkStatus::Gone) return;
    if (link == LinkStatus::Empty) {
      write_status(status, session.decoder);
      continue;
    }
    GloveSample sample;
    const auto result = tg1::decode(session.decoder, std::span(bytes).first(size), sample);
    if (result == tg1::DecodeResult::Complete || result == tg1::DecodeResult::Incomplete) {
      const std::size_t slot = session.decoder.newest_input % hil::ReadTimes::kSlots;
      times.read_ns[slot] = hil::now().time_since_epoch().count();
    }
    if (result == tg1::DecodeResult::Complete) answer(device, session);
    if (session.decoder.reports % 50 == 0) write_status(status, session.decoder);
  }
}

bool read_features(Device& device) {
  std::array<std::uint8_t, kFeatureBytes> bytes{kIdentityReport};
  std::size_t size = 0;
  Identity identity;
  bool good = device.get_feature(bytes, size) == LinkStatus::Ok && decode_identity(bytes, identity);
  tg1::CalibrationBlock block;
  for (std::size_t page = 0; page < tg1::kCalibrationPages; ++page) {
    bytes[0] = static_cast<std::uint8_t>(tg1::kCalibrationReport + page);
    good = device.get_feature(bytes, size) == LinkStatus::Ok && take_page(block, bytes) && good;
  }
  HandProfile profile;
  return good && apply(block, profile);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  hil::ReadTimes* const times = hil::map_read_times(argv[2]);
  if (times == nullptr) return 1;
  for (;;) {
    for (const DeviceDescription& found : enumerate_devices()) {
      if (found.kind != DeviceKind::Tg1) continue;
      auto device = open_device(found);
      if (!device || !read_features(**device)) continue;
      std::printf("hil_reader: reading %s at %s\n", found.serial.c_str(), found.path.c_str());
      std::fflush(stdout);
      read_until_gone(**device, argv[1], *times);
      std::printf("hil_reader: gone\n");
      std::fflush(stdout);
    }
    std::this_thread::sleep_for(50ms);
  }
}
