// The rig's judge, in the guest: plugs the emulated glove into the kernel, runs a real reader
// against it, and does to both what happens to devices.
//
//   hil_check NAME STATUS_COMMAND [--application PROGRAM] [--times FILE] -- READER [ARGUMENTS]
//
// With an application the reader is the service: the hand feels what the application shows.
// Without, the reader itself drives the actuators all the time, and says when it read each report.
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "glove_port.h"
#include "tactus/drivers/tg1/layout.h"

namespace tactus::hil {
namespace {

constexpr std::size_t kHidrawKeeps = 63;
/// Reports that are sent and not yet in a status: on their way, or since the reader last wrote one.
constexpr long long kUnderway = 2, kBetweenStatuses = 50;
constexpr Duration kAnswered = 3s;  ///< for a status
constexpr Duration kTouched = 3s;   ///< for a hand that presses every 0.8 s
constexpr Duration kOpened = 5s;    ///< for a reader that looks for devices twice a second

struct Setup {
  std::string name;
  std::string status_command;
  const char* application = nullptr;  ///< nullptr: the reader touches by itself
  const char* times = "/run/hil.times";
  char** reader = nullptr;
};

struct Status {
  unsigned long long reports = 0, dropped = 0, bad = 0;
  bool known = false;
  long long sent_least = 0, sent_most = 0;  ///< by the glove when this was said
};

double to_us(Duration d) { return seconds(d) * 1e6; }
double to_ms(Duration d) { return seconds(d) * 1e3; }

Duration median(std::vector<Duration> values) {
  if (values.empty()) return Duration::zero();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

class Rig {
 public:
  Rig(Setup setup, ReadTimes& times) : setup_(std::move(setup)), times_(times), port_(times) {}
  ~Rig() {
    end(reader_);
    end(application_);
  }

  void run() {
    reader_ = start(setup_.reader);
    start_application();
    if (!check(port_.plug(), "the kernel takes the glove")) return;
    check_opening();
    check_steady();
    check_bad_reports();
    check_stall();
    check_unplug();
    if (setup_.application != nullptr) check_application_death();
    check_reader_death();
  }
  [[nodiscard]] int failed() const { return failed_; }
  [[nodiscard]] int passed() const { return passed_; }

 private:
  __attribute__((format(printf, 3, 4))) bool check(bool holds, const char* what, ...) {
    std::printf("check %-6s %s: ", holds ? "ok" : "FAILED", setup_.name.c_str());
    va_list arguments;
    va_start(arguments, what);
    std::vprintf(what, arguments);
    va_end(arguments);
    std::printf("\n");
    std::fflush(stdout);
    (holds ? passed_ : failed_) += 1;
    return holds;
  }

  void metric(const char* what, Duration value) {
    std::printf("metric hil.%s%s %.1f us\n", is_service() ? "" : "transport_", what, to_us(value));
  }

  [[nodiscard]] bool is_service() const { return setup_.application != nullptr; }

  static pid_t start(char* const* program) {
    const pid_t child = fork();
    if (child != 0) return child;
    execv(program[0], program);
    std::perror(program[0]);
    _exit(127);
  }
  void start_application() {
    if (!is_service()) return;
    char* const program[] = {const_cast<char*>(setup_.application), nullptr};
    application_ = start(program);
  }
  static void end(pid_t& child) {
    if (child <= 0) return;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    child = 0;
  }
  [[nodiscard]] bool reader_lives() const { return waitpid(reader_, nullptr, WNOHANG) == 0; }

  /// Asks the reader while the glove lives on.
  Status status() {
    Status out;
    out.sent_least = port_.next_sequence();
    std::FILE* const pipe = popen(setup_.status_command.c_str(), "r");
    if (pipe == nullptr) return out;
    pollfd said{fileno(pipe), POLLIN, 0};
    port_.live(kAnswered, [&] { return poll(&said, 1, 0) > 0; });
    char line[256] = "";
    if (std::fgets(line, sizeof(line), pipe) != nullptr) {
      out.known = std::sscanf(line, "reports_in %llu reports_dropped %llu bad %llu", &out.reports,
                              &out.dropped, &out.bad) >= 2;
    }
    pclose(pipe);
    out.sent_most = port_.next_sequence();
    return out;
  }
  /// After the reader had time to say the latest.
  Status settled_status() {
    port_.live(200ms);
    return status();
  }

  void check_opening() {
    const bool opened = port_.live(kOpened, [this] { return port_.readers() > 0; });
    check(opened, "the reader opens /dev/hidraw of %s", kSerial);
    port_.live(1s, [this] { return port_.glove().counts().feature_reads >= 5; });
    const auto reads = port_.glove().counts().feature_reads;
    check(reads >= 5, "feature reports: %llu read", static_cast<unsigned long long>(reads));
    const bool answered = port_.live(2s, [this] { return port_.glove().counts().frames_in >= 50; });
    check(answered, "output reports arrive");
  }

  void check_steady() {
    const Status before = settled_status();
    (void)port_.take_answers();
    const std::uint32_t first = port_.next_sequence();
    const auto frames_before = port_.glove().counts().frames_in;
    port_.live(2s);
    const std::uint32_t reports = port_.next_sequence() - first;
    const auto frames = port_.glove().counts().frames_in - frames_before;
    const std::vector<Duration> answers = port_.take_answers();
    const Status after = settled_status();
    check(after.known && after.reports - before.reports >= reports,
          "input: %u reports in 2 s, all read (the reader says %llu)", reports,
          after.reports - before.reports);
    check(after.known && after.dropped == 0, "input: %llu lost", after.dropped);
    check(frames >= 400, "output: %llu frames in 2 s", static_cast<unsigned long long>(frames));
    check(answers.size() >= 400, "answers: %zu states answered, report to report p50 %.1f us",
          answers.size(), to_us(median(answers)));
    metric("report_to_report_p50_us", median(answers));
    if (!is_service()) measure_reads(first, reports);
    check_violations("steady");
  }

  void measure_reads(std::uint32_t first, std::uint32_t reports) {
    std::vector<Duration> delays;
    for (std::uint32_t s = first; s < first + reports; ++s) {
      const std::size_t slot = s % ReadTimes::kSlots;
      delays.emplace_back(times_.read_ns[slot] - times_.sent_ns[slot]);
    }
    const Duration p50 = median(delays);
    check(p50 > 0us && p50 < 1ms, "UHID write to hidapi read: p50 %.1f us, longest %.1f us",
          to_us(p50), to_us(*std::ranges::max_element(delays)));
    std::printf("metric hil.uhid_read_p50_us %.1f us\n", to_us(p50));
  }

  void check_violations(const char* when) {
    const simulator::Tg1Violations& wrong = port_.glove().violations();
    check(wrong.bad_crc + wrong.bad_length + wrong.unknown_report == 0,
          "%s: every output report is well formed", when);
    check(wrong.over_ceiling + wrong.over_rise == 0,
          "%s: ceiling and slew are kept (%llu, %llu over)", when,
          static_cast<unsigned long long>(wrong.over_ceiling),
          static_cast<unsigned long long>(wrong.over_rise));
    check(wrong.out_of_sequence == 0, "%s: output is in sequence (%llu never came)", when,
          static_cast<unsigned long long>(wrong.lost));
  }

  /// The reader lives on and loses nothing of the rest. Kernels differ in whether a report that is
  /// too short reaches the reader at all.
  void check_bad_reports() {
    const Status before = settled_status();
    std::array<std::uint8_t, 100> bytes{};
    bytes[0] = tg1::kInputReport;
    port_.inject(bytes);
    port_.inject(std::span(bytes).first(tg1::kInputBytes));
    const Status counted = settled_status();
    port_.inject(std::span(bytes).first(20));
    bytes[0] = 0x55;
    port_.inject(std::span(bytes).first(tg1::kInputBytes));
    const Status after = settled_status();
    check(reader_lives() && after.dropped == before.dropped && after.reports > before.reports,
          "oversized, damaged, truncated and foreign reports are survived");
    if (!is_service())
      check(counted.bad - before.bad == 2, "the first two are counted: %llu",
            counted.bad - before.bad);
  }

  /// Lives until the actuators have been driven for a moment.
  void await_touch(const char* before_what) {
    const bool felt = port_.live(kTouched, [this] { return !port_.glove().silent(); });
    port_.live(10ms);
    check(felt && !port_.glove().silent(), "the glove vibrates before %s", before_what);
  }

  void check_silence(HostTime t_cut, const char* whose) {
    const Duration silent_after = port_.t_last_drive() - t_cut;
    check(silent_after > 0ms && silent_after <= 50ms && port_.glove().silent(),
          "%s: drive 0 after %.2f ms", whose, to_ms(silent_after));
  }

  /// The reader stands still: hidraw keeps the oldest reports, the glove falls silent by itself.
  void check_stall() {
    const Status before = settled_status();
    await_touch("its reader hangs");
    const auto fired = port_.glove().counts().watchdog_fired;
    const std::uint32_t first = port_.next_sequence();
    const HostTime t_stop = now();
    kill(reader_, SIGSTOP);
    port_.live(200ms);
    const auto sent = static_cast<long long>(port_.next_sequence() - first);
    check_silence(t_stop, "a reader that hangs");
    check(port_.glove().counts().watchdog_fired == fired + 1, "watchdog fired once");
    kill(reader_, SIGCONT);
    const Status after = settled_status();
    const auto lost = static_cast<long long>(after.dropped - before.dropped);
    const long long least = sent - static_cast<long long>(kHidrawKeeps) - 1;
    check(after.known && lost >= least,
          "stalled for %lld reports: %lld counted as lost, at least %lld", sent, lost, least);
    const auto read = static_cast<long long>(after.reports - before.reports);
    const long long unsaid = is_service() ? kUnderway : kBetweenStatuses;
    check(read + lost >= after.sent_least - before.sent_most - unsaid &&
              read + lost <= after.sent_most - before.sent_least + unsaid,
          "each is read (%lld) or counted as lost: %lld to %lld were sent", read,
          after.sent_least - before.sent_most, after.sent_most - before.sent_least);
    await_touch("it goes on");
    check_violations("after the stall");
  }

  void check_unplug() {
    await_touch("its cable is pulled");
    const HostTime t_cut = now();
    port_.unplug_mid_state();
    port_.live(700ms);
    check_silence(t_cut, "a cable that is pulled");
    check(reader_lives(), "unplugged after two of four fragments: the reader lives");
    const auto frames = port_.glove().counts().frames_in;
    if (!check(port_.plug(), "plugged in again, serial %s", kSerial)) return;
    const bool again =
        port_.live(kOpened, [&] { return port_.glove().counts().frames_in >= frames + 50; });
    check(again, "the reader finds it again and answers");
    const Status after = settled_status();
    check(after.known && after.reports > 0, "and reads it: %llu reports", after.reports);
    await_touch("it goes on");
    check_violations("after the replug");
  }

  void check_application_death() {
    await_touch("the application is killed");
    const HostTime t_kill = now();
    end(application_);
    port_.live(200ms);
    check_silence(t_kill, "an application that is killed");
    check(reader_lives(), "the service outlives it");
    start_application();
    await_touch("it goes on, with the next application");
    check_violations("after the application's death");
  }

  void check_reader_death() {
    await_touch("its reader is killed");
    const auto fired = port_.glove().counts().watchdog_fired;
    const HostTime t_kill = now();
    end(reader_);
    port_.live(100ms);
    const Duration after_frame = port_.t_last_drive() - port_.glove().t_last_frame();
    check_silence(t_kill, "a reader that is killed");
    check(port_.glove().counts().watchdog_fired == fired + 1, "watchdog fired once");
    check(after_frame > 25ms && after_frame <= 30ms,
          "watchdog: last drive %.2f ms after the last frame", to_ms(after_frame));
  }

  Setup setup_;
  ReadTimes& times_;
  GlovePort port_;
  pid_t reader_ = 0, application_ = 0;
  int passed_ = 0, failed_ = 0;
};

bool parse(int argc, char** argv, Setup& setup) {
  if (argc < 5) return false;
  setup.name = argv[1];
  setup.status_command = argv[2];
  for (int i = 3; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--application" && i + 1 < argc) setup.application = argv[++i];
    if (word == "--times" && i + 1 < argc) setup.times = argv[++i];
    if (word == "--") {
      setup.reader = argv + i + 1;
      return i + 1 < argc;
    }
  }
  return false;
}

/// A device is hardware: nothing on the host delays it. Its children are ordinary.
void go_before_all() {
  const sched_param first{80};
  sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first);
}

int run(int argc, char** argv) {
  Setup setup;
  if (!parse(argc, argv, setup)) {
    std::fprintf(stderr,
                 "usage: hil_check NAME STATUS_COMMAND [--application PROGRAM] [--times FILE] -- "
                 "READER [ARGUMENTS]\n");
    return 2;
  }
  ReadTimes* const times = map_read_times(setup.times);
  if (times == nullptr) {
    std::perror(setup.times);
    return 1;
  }
  go_before_all();
  const std::string name = setup.name;
  Rig rig(std::move(setup), *times);
  rig.run();
  std::printf("checks %s passed %d failed %d\n", name.c_str(), rig.passed(), rig.failed());
  return rig.failed() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tactus::hil

int main(int argc, char** argv) { return tactus::hil::run(argc, argv); }
