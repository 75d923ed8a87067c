// A window that shows what the left eye sees, and lets keyboard and mouse move the user.
//
//   Clocks   seconds between two calls of `steer`
//   Units    pixels, metres, radians
//   Errors   open: nullptr without $DISPLAY or with a display of other than 24-bit colour.
//   Threads  only inside xrEndFrame.
//   Proof    tests/simulator/runtime/mirror_window_test.cc
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "picture.h"

namespace tactus::runtime {

struct Steering;

/// What the user asked for apart from moving.
struct WindowWishes {
  bool quit = false;
  bool recentre = false;
};

class MirrorWindow {
 public:
  [[nodiscard]] static std::unique_ptr<MirrorWindow> open();
  ~MirrorWindow();
  MirrorWindow(const MirrorWindow&) = delete;
  MirrorWindow& operator=(const MirrorWindow&) = delete;

  /// Scales the picture to the window.
  void show(const Picture& picture);

  /// Reads keys and mouse and moves the user by them over `dt_s`.
  [[nodiscard]] WindowWishes steer(Steering& steering, float dt_s);

 private:
  struct X;  // Xlib's types stay in one file
  explicit MirrorWindow(std::unique_ptr<X> x);

  std::unique_ptr<X> x_;
  std::vector<std::uint32_t> pixels_;
};

}  // namespace tactus::runtime
