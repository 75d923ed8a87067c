#include "tactus/service/recording_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace tactus::service {

RecordingFile::RecordingFile(int fd) : fd_(fd), writer_(append, this) {
  writer_.begin("tactus");
  for (const LineName& name : kLineNames) writer_.add_channel(name.topic, name.layout);
}

RecordingFile::~RecordingFile() {
  if (!finished_) finish();
}

bool RecordingFile::append(void* context, std::span<const std::uint8_t> bytes) {
  auto& self = *static_cast<RecordingFile*>(context);
  while (!bytes.empty()) {
    const ssize_t written = ::write(self.fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      self.failure_ = written < 0 ? errno : ENOSPC;
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

void RecordingFile::write(Line line, HostTime t, std::span<const std::uint8_t> bytes) {
  writer_.add(static_cast<std::uint16_t>(line), t, bytes);
}

bool RecordingFile::finish() {
  if (finished_) return failure_ == 0;
  finished_ = true;
  const bool ended = writer_.end();
  if (fsync(fd_) != 0 && errno != EINVAL && failure_ == 0) failure_ = errno;
  close(fd_);
  return ended && failure_ == 0;
}

Log RecordingFile::log() noexcept {
  return {[](void* context, Line line, HostTime t, std::span<const std::uint8_t> head,
             std::span<const std::uint8_t> tail) {
            std::array<std::uint8_t, kMaxLineBytes> bytes;
            std::ranges::copy(tail, std::ranges::copy(head, bytes.begin()).out);
            static_cast<RecordingFile*>(context)->write(
                line, t, std::span(bytes).first(head.size() + tail.size()));
          },
          this};
}

}  // namespace tactus::service
