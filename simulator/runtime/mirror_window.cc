#include "mirror_window.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "input_script.h"

namespace tactus::runtime {
namespace {

constexpr int kWindow_px = 512;
constexpr float kWalk_m_per_s = 1.2f;
constexpr float kTurn_rad_per_px = 0.005f;
constexpr float kSteepest_rad = 1.5f;

}  // namespace

struct MirrorWindow::X {
  Display* display = nullptr;
  Window window = 0;
  GC context = nullptr;
  Visual* visual = nullptr;
  Atom close = 0;
  int width_px = kWindow_px;
  int height_px = kWindow_px;
  std::set<KeySym> held;
  bool dragging = false;
  int drag_x_px = 0;
  int drag_y_px = 0;

  ~X() {
    if (context) XFreeGC(display, context);
    if (window) XDestroyWindow(display, window);
    if (display) XCloseDisplay(display);
  }
  [[nodiscard]] float axis(KeySym minus, KeySym plus) const {
    return static_cast<float>(held.count(plus)) - static_cast<float>(held.count(minus));
  }
  [[nodiscard]] float lever(KeySym key) const { return held.contains(key) ? 1.0f : 0.0f; }
  void note(const XEvent& event, Steering& steering, WindowWishes& wishes);
  void drag(const XMotionEvent& motion, Steering& steering);
  void walk(Steering& steering, float dt_s) const;
};

MirrorWindow::MirrorWindow(std::unique_ptr<X> x) : x_(std::move(x)) {}
MirrorWindow::~MirrorWindow() = default;

std::unique_ptr<MirrorWindow> MirrorWindow::open() {
  const char* name = std::getenv("DISPLAY");
  if (!name || !*name) return nullptr;
  auto x = std::make_unique<X>();
  x->display = XOpenDisplay(nullptr);
  if (!x->display) return nullptr;
  const int screen = DefaultScreen(x->display);
  x->visual = DefaultVisual(x->display, screen);
  if (DefaultDepth(x->display, screen) != 24 || x->visual->red_mask != 0xff0000) return nullptr;
  x->window = XCreateSimpleWindow(x->display, RootWindow(x->display, screen), 0, 0, kWindow_px,
                                  kWindow_px, 0, 0, BlackPixel(x->display, screen));
  XStoreName(x->display, x->window, "Tactus desktop runtime");
  XSelectInput(x->display, x->window,
               KeyPressMask | KeyReleaseMask | ButtonPressMask | ButtonReleaseMask |
                   Button1MotionMask | StructureNotifyMask | FocusChangeMask);
  x->close = XInternAtom(x->display, "WM_DELETE_WINDOW", False);
  XSetWMProtocols(x->display, x->window, &x->close, 1);
  x->context = XCreateGC(x->display, x->window, 0, nullptr);
  XMapWindow(x->display, x->window);
  return std::unique_ptr<MirrorWindow>(new MirrorWindow(std::move(x)));
}

void MirrorWindow::show(const Picture& picture) {
  if (picture.rgba.empty()) return;
  const auto width = static_cast<std::size_t>(x_->width_px);
  const auto height = static_cast<std::size_t>(x_->height_px);
  pixels_.resize(width * height);
  for (std::size_t y = 0; y < height; ++y) {
    const std::size_t row = y * picture.height_px / height * picture.width_px;
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint8_t* from = &picture.rgba[4 * (row + x * picture.width_px / width)];
      pixels_[y * width + x] = static_cast<std::uint32_t>(from[0] << 16 | from[1] << 8 | from[2]);
    }
  }
  XImage* image =
      XCreateImage(x_->display, x_->visual, 24, ZPixmap, 0, reinterpret_cast<char*>(pixels_.data()),
                   x_->width_px, x_->height_px, 32, 0);
  if (!image) return;
  XPutImage(x_->display, x_->window, x_->context, image, 0, 0, 0, 0, x_->width_px, x_->height_px);
  image->data = nullptr;  // it is ours
  XDestroyImage(image);
  XFlush(x_->display);
}

WindowWishes MirrorWindow::steer(Steering& steering, float dt_s) {
  WindowWishes wishes;
  while (XPending(x_->display) > 0) {
    XEvent event;
    XNextEvent(x_->display, &event);
    x_->note(event, steering, wishes);
  }
  x_->walk(steering, dt_s);
  steering.controls.trigger = {x_->lever(XK_f), x_->lever(XK_space)};
  steering.controls.squeeze = {x_->lever(XK_g), x_->lever(XK_g)};
  steering.controls.menu = {x_->held.contains(XK_m), false};
  return wishes;
}

void MirrorWindow::X::note(const XEvent& event, Steering& steering, WindowWishes& wishes) {
  switch (event.type) {
    case KeyPress: {
      XKeyEvent key = event.xkey;
      const KeySym symbol = XLookupKeysym(&key, 0);
      held.insert(symbol);
      wishes.recentre |= symbol == XK_r;
      wishes.quit |= symbol == XK_Escape;
      break;
    }
    case KeyRelease: {
      XKeyEvent key = event.xkey;
      held.erase(XLookupKeysym(&key, 0));
      break;
    }
    case FocusOut:
      held.clear();
      break;
    case ButtonPress:
      dragging = event.xbutton.button == Button1;
      drag_x_px = event.xbutton.x;
      drag_y_px = event.xbutton.y;
      break;
    case ButtonRelease:
      dragging = false;
      break;
    case MotionNotify:
      drag(event.xmotion, steering);
      break;
    case ConfigureNotify:
      width_px = std::max(1, event.xconfigure.width);
      height_px = std::max(1, event.xconfigure.height);
      break;
    case ClientMessage:
      wishes.quit |= static_cast<Atom>(event.xclient.data.l[0]) == close;
      break;
    default:
      break;
  }
}

// As if the picture were taken by the hand.
void MirrorWindow::X::drag(const XMotionEvent& motion, Steering& steering) {
  if (!dragging) return;
  steering.taken = true;
  steering.yaw_rad += kTurn_rad_per_px * static_cast<float>(motion.x - drag_x_px);
  steering.pitch_rad =
      std::clamp(steering.pitch_rad + kTurn_rad_per_px * static_cast<float>(motion.y - drag_y_px),
                 -kSteepest_rad, kSteepest_rad);
  drag_x_px = motion.x;
  drag_y_px = motion.y;
}

void MirrorWindow::X::walk(Steering& steering, float dt_s) const {
  const Vec3 way{axis(XK_a, XK_d), axis(XK_q, XK_e), axis(XK_w, XK_s)};
  if (dot(way, way) == 0.0f) return;
  steering.taken = true;
  const Quat q_stage_body = axis_angle({0, 1, 0}, steering.yaw_rad);
  steering.p_stage_head += rotate(q_stage_body, dt_s * kWalk_m_per_s * way);
}

}  // namespace tactus::runtime
