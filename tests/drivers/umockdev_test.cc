// The real hidapi, libudev and our transport against the emulated glove, with umockdev between:
// system calls on /dev and /sys lead to a test bed. Run under umockdev-wrapper.
//
// The node itself is a FIFO whose writer is in packet mode (O_DIRECT, fcntl(2)), so that poll and
// read behave as on hidraw: one report each. What hidapi writes, and its ioctls, come to us.
#include <fcntl.h>
#include <linux/hidraw.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <string>

#include "drivers/conformance.h"
#include "tactus/drivers/transport/hidapi_device.h"

namespace tactus::tests {
namespace {

/// Where a plug of the glove shows up: like the kernel, a replug gets a new number.
struct Place {
  explicit Place(int plugs)
      : node("hidraw" + std::to_string(plugs)),
        usb("/devices/usb1/1-1"),
        interface(usb + "/1-1:1.0"),
        hid_name("0003:1209:7AC1.000" + std::to_string(plugs + 1)),
        hid(interface + "/" + hid_name),
        hidraw(hid + "/hidraw/" + node) {}
  std::string node, usb, interface, hid_name, hid, hidraw;
};
constexpr unsigned kGetFeature = 7;  // HIDIOCGFEATURE's number, whatever its length

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  char byte[3];
  for (const std::uint8_t b : bytes) {
    std::snprintf(byte, sizeof(byte), "%02X", b);
    text += byte;
  }
  return text;
}

std::string device_tree(const Place& place) {
  const std::string serial = kBenchSerial;
  return "P: " + place.usb +
         "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=1209\nA: idProduct=7ac1\n"
         "A: bcdDevice=0100\nA: manufacturer=Tactus\nA: product=Tactus TG1\nA: serial=" +
         serial + "\n\nP: " + place.interface +
         "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nA: bInterfaceNumber=00\n\nP: " + place.hid +
         "\nE: SUBSYSTEM=hid\nE: HID_ID=0003:00001209:00007AC1\nE: HID_NAME=Tactus TG1\n"
         "E: HID_PHYS=\nE: HID_UNIQ=" +
         serial + "\nH: report_descriptor=" + hex(tg1::kReportDescriptor) +
         "\n\nP: " + place.hidraw + "\nN: " + place.node + "\nL: device=../../../" +
         place.hid_name + "\nE: SUBSYSTEM=hidraw\nE: DEVNAME=/dev/" + place.node +
         "\nE: MAJOR=245\nE: MINOR=0\n\n";
}

/// The test bed with one glove in it.
class UmockBench {
 public:
  UmockBench() {
    bed_ = umockdev_testbed_new();
    context_ = g_main_context_new();
    loop_ = g_main_loop_new(context_, FALSE);
    plug();
    open();
  }
  ~UmockBench() {
    device_.reset();
    if (fifo_ >= 0) unplug();
    end_answers();
    g_main_loop_unref(loop_);
    g_main_context_unref(context_);
    g_object_unref(bed_);
  }

  Device& device() { return *device_; }
  void live(Duration span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
    glove_.step(now_, [this](HostTime, auto report) {
      // A full FIFO drops the newest report, as hidraw does.
      if (fifo_ >= 0) (void)!write(fifo_, report.data(), report.size());
    });
  }
  /// Puts bytes on the wire as they are.
  void inject(std::span<const std::uint8_t> bytes) {
    (void)!write(fifo_, bytes.data(), bytes.size());
  }
  void unplug() {
    gone_ = true;
    umockdev_testbed_uevent(bed_, ("/sys" + place_.hidraw).c_str(), "remove");
    (void)!write(fifo_, "", 1);  // wakes the reader, whose read then fails as hidraw's does
    close(fifo_);
    fifo_ = -1;
    unlink(node_.c_str());
    for (const std::string* path : {&place_.hidraw, &place_.hid, &place_.interface, &place_.usb})
      umockdev_testbed_remove_device(bed_, ("/sys" + *path).c_str());
  }
  void plug() {
    gone_ = false;
    place_ = Place(plugs_++);
    GError* error = nullptr;
    umockdev_testbed_add_from_string(bed_, device_tree(place_).c_str(), &error);
    ASSERT_EQ(error, nullptr) << error->message;
    make_node();
    ioctls_ = umockdev_ioctl_base_new();
    g_signal_connect(ioctls_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
    g_signal_connect(ioctls_, "handle-read", G_CALLBACK(on_read), this);
    g_signal_connect(ioctls_, "handle-write", G_CALLBACK(on_write), this);
    end_answers();  // their thread owns the context
    g_main_context_push_thread_default(context_);
    umockdev_testbed_attach_ioctl(bed_, ("/dev/" + place_.node).c_str(), ioctls_, &error);
    g_main_context_pop_thread_default(context_);
    ASSERT_EQ(error, nullptr) << error->message;
    answers_ = std::thread([this] { g_main_loop_run(loop_); });
  }
  void open() {
    const std::vector<DeviceDescription> found = enumerate_hid();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].transport, Transport::Usb);
    auto device = open_hid(found[0]);
    ASSERT_TRUE(device.has_value()) << describe(device.error());
    device_ = std::move(*device);
  }
  template <class F>
  auto with_glove(F f) {
    const std::lock_guard lock(mutex_);
    return f(glove_);
  }
  template <class F>
  bool await(F holds) {
    return wait_until([&] { return with_glove(holds); });
  }

 private:
  void make_node() {
    gchar* const root = umockdev_testbed_get_root_dir(bed_);
    node_ = std::string(root) + "/dev/" + place_.node;
    g_free(root);
    unlink(node_.c_str());
    ASSERT_EQ(mkfifo(node_.c_str(), 0600), 0) << strerror(errno);
    const int keep = ::open(node_.c_str(), O_RDWR | O_CLOEXEC);  // so that the next does not block
    fifo_ = ::open(node_.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_EQ(fcntl(fifo_, F_SETFL, O_DIRECT | O_NONBLOCK), 0) << strerror(errno);
    fcntl(fifo_, F_SETPIPE_SZ, 1 << 20);
    close(keep);
  }

  /// By its own thread: a loop that is quit before its thread came to run it would run for ever.
  void end_answers() {
    if (!answers_.joinable()) return;
    GSource* const last = g_timeout_source_new(0);
    g_source_set_callback(last, &UmockBench::on_last, loop_, nullptr);
    g_source_attach(last, context_);
    g_source_unref(last);
    answers_.join();
  }

  static gboolean on_last(gpointer loop) {
    g_main_loop_quit(static_cast<GMainLoop*>(loop));
    return G_SOURCE_REMOVE;
  }

  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    static_cast<UmockBench*>(self)->answer(client);
    return TRUE;
  }

  static gboolean on_read(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    if (!static_cast<UmockBench*>(self)->gone_) return FALSE;  // the FIFO answers
    umockdev_ioctl_client_complete(client, -1, EIO);
    return TRUE;
  }

  static gboolean on_write(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    static_cast<UmockBench*>(self)->take_output(client);
    return TRUE;
  }

  void take_output(UMockdevIoctlClient* client) {
    if (gone_) return umockdev_ioctl_client_complete(client, -1, ENODEV);
    UMockdevIoctlData* const written = umockdev_ioctl_client_get_arg(client);
    const std::span bytes(written->data, static_cast<std::size_t>(written->data_len));
    const std::lock_guard lock(mutex_);
    glove_.receive(now_, bytes);
    umockdev_ioctl_client_complete(client, static_cast<glong>(bytes.size()), 0);
  }

  void answer(UMockdevIoctlClient* client) {
    const gulong request = umockdev_ioctl_client_get_request(client);
    if (gone_) return umockdev_ioctl_client_complete(client, -1, ENODEV);
    if (request == HIDIOCGRDESCSIZE) {
      const int size = sizeof(tg1::kReportDescriptor);
      return give(client, sizeof(int), 0, &size, sizeof(int), 0);
    }
    if (request == HIDIOCGRDESC) {
      return give(client, sizeof(hidraw_report_descriptor),
                  offsetof(hidraw_report_descriptor, value), tg1::kReportDescriptor,
                  sizeof(tg1::kReportDescriptor), 0);
    }
    if (_IOC_TYPE(request) == 'H' && _IOC_NR(request) == kGetFeature)
      return answer_feature(client, _IOC_SIZE(request));
    umockdev_ioctl_client_complete(client, -1, ENOTTY);
  }

  void answer_feature(UMockdevIoctlClient* client, std::size_t room) {
    UMockdevIoctlData* const asked =
        umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, room, nullptr);
    std::array<std::uint8_t, 256> bytes{};
    bytes[0] = asked->data[0];
    const std::lock_guard lock(mutex_);
    const std::size_t size = glove_.get_feature(bytes);
    if (size == 0) return umockdev_ioctl_client_complete(client, -1, EIO);
    umockdev_ioctl_data_update(asked, 0, bytes.data(), static_cast<int>(std::min(size, room)));
    umockdev_ioctl_client_complete(client, static_cast<glong>(size), 0);
  }

  static void give(UMockdevIoctlClient* client, std::size_t room, std::size_t at, const void* bytes,
                   std::size_t size, long result) {
    UMockdevIoctlData* const to =
        umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, room, nullptr);
    umockdev_ioctl_data_update(to, at, static_cast<guint8*>(const_cast<void*>(bytes)),
                               static_cast<int>(size));
    umockdev_ioctl_client_complete(client, result, 0);
  }

  std::mutex mutex_;
  simulator::EmulatedTg1 glove_{bench_config(), bench_sense};
  HostTime now_{};
  UMockdevTestbed* bed_ = nullptr;
  UMockdevIoctlBase* ioctls_ = nullptr;
  GMainContext* context_ = nullptr;
  GMainLoop* loop_ = nullptr;
  std::thread answers_;
  std::unique_ptr<Device> device_;
  std::atomic<bool> gone_ = false;
  int plugs_ = 0;
  Place place_{0};
  std::string node_;  ///< in the real file system
  int fifo_ = -1;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Hidapi, DeviceConformance, UmockBench);

TEST(Umockdev, IsThere) {
  ASSERT_TRUE(umockdev_in_mock_environment()) << "run it under umockdev-wrapper";
}

/// What a broken cable or a foreign firmware can put on the wire: counted, and the next state
/// comes.
TEST(Umockdev, BadReportsAreCountedAndSurvived) {
  UmockBench bench;
  Drain drain;
  bench.live(8ms);
  drain(bench.device());
  std::array<std::uint8_t, 100> bytes{};
  bytes[0] = tg1::kInputReport;
  bench.inject(std::span(bytes).first(100));  // oversized
  bench.inject(std::span(bytes).first(20));   // truncated
  bench.inject(std::span(bytes).first(64));   // wrong CRC
  bytes[0] = 0x55;
  bench.inject(std::span(bytes).first(64));  // not ours
  drain(bench.device());
  const std::size_t before = drain.samples.size();
  bench.live(8ms);
  drain(bench.device());
  EXPECT_EQ(drain.decoder.bad_length, 2u);
  EXPECT_EQ(drain.decoder.bad_crc, 1u);
  EXPECT_EQ(drain.decoder.sequence.gaps, 0u);
  EXPECT_EQ(drain.samples.size(), before + 2);
}

TEST(Umockdev, AGloveOnBluetoothIsKnownAsSuch) {
  const std::string hid = "/devices/virtual/misc/uhid/0005:1209:7AC1.0009";
  const std::string tree = "P: " + hid +
                           "\nE: SUBSYSTEM=hid\nE: HID_ID=0005:00001209:00007AC1\n"
                           "E: HID_NAME=Tactus TG1\nE: HID_PHYS=\nE: HID_UNIQ=TG1-BLE\n"
                           "H: report_descriptor=" +
                           hex(tg1::kReportDescriptor) + "\n\nP: " + hid +
                           "/hidraw/hidraw9\nN: hidraw9\nL: device=../../../" +
                           "0005:1209:7AC1.0009\nE: SUBSYSTEM=hidraw\n"
                           "E: DEVNAME=/dev/hidraw9\nE: MAJOR=245\nE: MINOR=9\n\n";
  UMockdevTestbed* const bed = umockdev_testbed_new();
  GError* error = nullptr;
  umockdev_testbed_add_from_string(bed, tree.c_str(), &error);
  ASSERT_EQ(error, nullptr) << error->message;
  const std::vector<DeviceDescription> found = enumerate_hid();
  g_object_unref(bed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].transport, Transport::Bluetooth);
  EXPECT_EQ(found[0].serial, "TG1-BLE");
}

TEST(Umockdev, ReplugIsKnownByItsSerial) {
  UmockBench bench;
  bench.live(8ms);
  bench.unplug();
  EXPECT_TRUE(enumerate_hid().empty());
  Drain drain;
  drain(bench.device(), kPatience);
  EXPECT_EQ(drain.end, LinkStatus::Gone);
  bench.plug();
  bench.open();
  EXPECT_EQ(bench.device().description().serial, kBenchSerial);
  bench.live(12ms);
  Drain again;
  again(bench.device());
  EXPECT_GE(again.samples.size(), 2u);
  EXPECT_EQ(again.decoder.sequence.gaps, 0u);
}

}  // namespace
}  // namespace tactus::tests
