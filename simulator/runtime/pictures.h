// Where a session's pictures go: to files and to the mirror window.
//
// $TACTUS_RUNTIME_SNAPSHOTS names a folder, $TACTUS_RUNTIME_SNAPSHOT_EVERY takes every n-th. The
// window opens where there is a $DISPLAY, unless $TACTUS_RUNTIME_NO_WINDOW is set.
//
//   Clocks   none
//   Units    pictures
//   Errors   a file that cannot be written is reported on stderr, once.
//   Threads  only inside xrEndFrame; `show` without Runtime::mutex.
//   Proof    tests/simulator/runtime/hello_xr_test.cc
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "mirror_window.h"
#include "picture.h"

namespace tactus::runtime {

class Readback;
struct Composition;
struct Session;
class World;

class Pictures {
 public:
  Pictures();
  ~Pictures();
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

  /// Shows a frame's composition. `number` names the file. Returns how many files were written.
  unsigned show(Session& session, const Composition& composition, std::int64_t number);

  /// Lets the window's keys and mouse move the user. With Runtime::mutex held.
  void steer(World& world);

 private:
  [[nodiscard]] bool write(std::int64_t number);

  std::string folder_;  ///< empty: no files
  std::uint64_t every_ = 1;
  std::uint64_t shown_ = 0;
  bool complained_ = false;
  Picture picture_;
  std::unique_ptr<Readback> readback_;
  std::unique_ptr<MirrorWindow> window_;
  std::int64_t steered_ns_ = 0;
};

}  // namespace tactus::runtime
