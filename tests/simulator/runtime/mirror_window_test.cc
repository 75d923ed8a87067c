// The mirror window, on a display without a screen.
#include <filesystem>
#include <set>
#include <thread>

#include "client_process.h"
// Xlib's macros (None, Bool, Status) would break GoogleTest's headers.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>

namespace tactus::test {
namespace {

constexpr const char* kTitle = "Tactus desktop runtime";

void doze() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

class MirrorWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/tactus_mirror_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    ASSERT_TRUE(std::filesystem::exists("/usr/bin/Xvfb")) << "Xvfb is missing: install xvfb";
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    server_ = std::make_unique<ClientProcess>(
        std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ready[1]), "-screen", "0",
                                 "800x600x24", "-nolisten", "tcp"},
        std::map<std::string, std::string>{}, folder_ + "/server_log");
    close(ready[1]);
    char digit = 0;
    while (read(ready[0], &digit, 1) == 1 && digit != '\n') name_ += digit;
    close(ready[0]);
    name_ = ":" + name_;
    display_ = XOpenDisplay(name_.c_str());
    ASSERT_NE(display_, nullptr) << file_text(folder_ + "/server_log");
  }
  void TearDown() override {
    if (display_) XCloseDisplay(display_);
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// 0: it is not there, or not yet shown: its pixels cannot be asked for before.
  [[nodiscard]] Window find_window() const {
    Window root = 0, parent = 0, *children = nullptr, found = 0;
    unsigned count = 0;
    XQueryTree(display_, DefaultRootWindow(display_), &root, &parent, &children, &count);
    for (unsigned i = 0; i < count; ++i) {
      char* title = nullptr;
      if (XFetchName(display_, children[i], &title) && title && std::string(title) == kTitle) {
        XWindowAttributes attributes{};
        const bool known = XGetWindowAttributes(display_, children[i], &attributes) != 0;
        if (known && attributes.map_state == IsViewable) found = children[i];
      }
      if (title) XFree(title);
    }
    if (children) XFree(children);
    return found;
  }

  [[nodiscard]] std::vector<unsigned long> pixels(Window window) const {
    XImage* image = XGetImage(display_, window, 0, 0, 512, 512, AllPlanes, ZPixmap);
    if (!image) return {};
    std::vector<unsigned long> all;
    for (int i = 0; i < 512 * 512; ++i) all.push_back(XGetPixel(image, i % 512, i / 512));
    XDestroyImage(image);
    return all;
  }

  void press(Window window, KeySym symbol, int type) const {
    XEvent event{};
    event.xkey.type = type;
    event.xkey.display = display_;
    event.xkey.window = window;
    event.xkey.root = DefaultRootWindow(display_);
    event.xkey.keycode = XKeysymToKeycode(display_, symbol);
    XSendEvent(display_, window, True, type == KeyPress ? KeyPressMask : KeyReleaseMask, &event);
    XFlush(display_);
  }

  std::string folder_, name_;
  std::unique_ptr<ClientProcess> server_;
  Display* display_ = nullptr;
};

TEST_F(MirrorWindow, ShowsThePictureMovesByKeysAndEndsByEscape) {
  unsetenv("TACTUS_RUNTIME_NO_WINDOW");
  ClientProcess hello({"hello_xr", "-g", "Vulkan2"},
                      {{"DISPLAY", name_}, {"TACTUS_RUNTIME_VIEW_SIZE", "256"}}, folder_ + "/log");
  Window window = 0;
  const auto colours = [&] {
    const std::vector<unsigned long> all = pixels(window);
    return std::set<unsigned long>(all.begin(), all.end());
  };
  while (hello.runs() && (window = find_window()) == 0) doze();
  ASSERT_NE(window, Window{0}) << file_text(folder_ + "/log");
  while (hello.runs() && colours().size() <= 3) doze();
  ASSERT_TRUE(hello.runs()) << file_text(folder_ + "/log");
  // Walking backwards takes the first frames' cubes out of sight or makes them small: the share of
  // plain background grows beyond what the script's swaying does to it.
  const auto background = [&] {
    const std::vector<unsigned long> all = pixels(window);
    return std::count(all.begin(), all.end(), all.front());
  };
  const auto before = background();
  press(window, XK_s, KeyPress);
  while (hello.runs() && background() == before) doze();
  press(window, XK_s, KeyRelease);
  press(window, XK_Escape, KeyPress);
  EXPECT_EQ(hello.wait(), 0) << file_text(folder_ + "/log");
}

}  // namespace
}  // namespace tactus::test
