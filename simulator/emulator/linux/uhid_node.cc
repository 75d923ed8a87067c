#include <fcntl.h>
#include <linux/uhid.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "tactus/drivers/identity.h"
#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/tt1/codec.h"
#include "tactus/simulator/device_node.h"

namespace tactus::simulator {
namespace {

constexpr std::uint16_t kBusUsb = 3;  // BUS_USB of linux/input.h

/// Tells the kernel; false when it refuses, which the caller cannot mend.
bool tell(int fd, const uhid_event& event) {
  return write(fd, &event, sizeof(event)) == static_cast<ssize_t>(sizeof(event));
}

void copy_text(std::span<std::uint8_t> to, const std::string& text) {
  std::copy_n(text.begin(), std::min(text.size(), to.size() - 1), to.begin());
}

uhid_event create_event(DeviceKind kind, const std::string& serial) {
  const bool is_glove = kind == DeviceKind::Tg1;
  uhid_event event{};
  event.type = UHID_CREATE2;
  uhid_create2_req& create = event.u.create2;
  copy_text(create.name, is_glove ? tg1::kProductName : tt1::kProductName);
  copy_text(create.uniq, serial);
  const std::span<const std::uint8_t> descriptor =
      is_glove ? std::span<const std::uint8_t>(tg1::kReportDescriptor)
               : std::span<const std::uint8_t>(tt1::kReportDescriptor);
  std::ranges::copy(descriptor, create.rd_data);
  create.rd_size = static_cast<std::uint16_t>(descriptor.size());
  create.bus = kBusUsb;
  create.vendor = kUsbVendor;
  create.product = is_glove ? tg1::kProduct : tt1::kProduct;
  return event;
}

}  // namespace

const char* describe(NodeError error) noexcept {
  switch (error) {
    case NodeError::NoUhid:
      return "there is no /dev/uhid; run `modprobe uhid`, or use --socket";
    case NodeError::NoPermission:
      return "/dev/uhid may not be opened; install drivers/transport/70-tactus.rules, be root, or "
             "use --socket";
    case NodeError::NoFolder:
      return "the socket's folder cannot be made; check $XDG_RUNTIME_DIR and its permissions";
    case NodeError::InUse:
      return "another emulator has this serial; choose another with --serial";
  }
  return "unknown error";
}

Expected<std::unique_ptr<UhidNode>, NodeError> UhidNode::create(DeviceKind kind,
                                                                const std::string& serial,
                                                                NodeEvents events) {
  const int fd = open("/dev/uhid", O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return Unexpected{errno == EACCES || errno == EPERM ? NodeError::NoPermission
                                                        : NodeError::NoUhid};
  std::unique_ptr<UhidNode> node(new UhidNode(fd, std::move(events)));
  if (!tell(fd, create_event(kind, serial))) return Unexpected{NodeError::NoUhid};
  return node;
}

UhidNode::~UhidNode() { close(fd_); }  // the kernel unplugs the device

void UhidNode::send(std::span<const std::uint8_t> report) {
  uhid_event event{};
  event.type = UHID_INPUT2;
  event.u.input2.size = static_cast<std::uint16_t>(report.size());
  std::ranges::copy(report, event.u.input2.data);
  const std::size_t size = offsetof(uhid_event, u.input2.data) + report.size();
  // Without a reader the kernel drops it, as a USB host does.
  if (write(fd_, &event, size) < 0 && errno != EAGAIN && errno != EINVAL) return;
}

void UhidNode::serve(Duration timeout) {
  pollfd readable{fd_, POLLIN, 0};
  const auto ns = std::max<std::int64_t>(timeout.count(), 0);
  const timespec wait{ns / 1'000'000'000, ns % 1'000'000'000};
  if (ppoll(&readable, 1, &wait, nullptr) <= 0) return;
  while (answer_one()) {
  }
}

bool UhidNode::answer_one() {
  uhid_event event{};
  if (read(fd_, &event, sizeof(event)) <= 0) return false;
  uhid_event reply{};
  switch (event.type) {
    case UHID_OPEN:
      ++readers_;
      break;
    case UHID_CLOSE:
      --readers_;
      break;
    case UHID_OUTPUT:
      events_.on_output(
          {event.u.output.data, std::min<std::size_t>(event.u.output.size, UHID_DATA_MAX)});
      break;
    case UHID_GET_REPORT: {
      auto& got = reply.u.get_report_reply;
      reply.type = UHID_GET_REPORT_REPLY;
      got.id = event.u.get_report.id;
      got.data[0] = event.u.get_report.rnum;
      const bool feature = event.u.get_report.rtype == UHID_FEATURE_REPORT;
      got.size = static_cast<std::uint16_t>(feature ? events_.on_feature(got.data) : 0);
      got.err = got.size == 0 ? EIO : 0;
      tell(fd_, reply);
      break;
    }
    case UHID_SET_REPORT:
      reply.type = UHID_SET_REPORT_REPLY;
      reply.u.set_report_reply.id = event.u.set_report.id;
      reply.u.set_report_reply.err = EIO;  // nothing of ours is set this way
      tell(fd_, reply);
      break;
    default:
      break;
  }
  return true;
}

}  // namespace tactus::simulator
