#include "scene/app_xr/app.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include "scene/app_xr/contacts.h"
#include "scene/app_xr/eyes.h"
#include "scene/app_xr/graphics.h"
#include "scene/app_xr/hands.h"
#include "scene/app_xr/requests.h"
#include "scene/app_xr/spaces.h"
#include "scene/app_xr/touch.h"

namespace tactus::scene {
namespace {

XrSession create_session(const Runtime& runtime, const XrGraphics& graphics) {
  const XrGraphicsBindingVulkan2KHR binding = graphics.binding();
  XrSessionCreateInfo request{XR_TYPE_SESSION_CREATE_INFO, &binding};
  request.systemId = runtime.system;
  XrSession session = XR_NULL_HANDLE;
  check(xrCreateSession(runtime.instance, &request, &session), "xrCreateSession");
  return session;
}

struct SessionEnd {
  using pointer = XrSession;
  void operator()(XrSession session) const { xrDestroySession(session); }
};

class App {
 public:
  explicit App(const Options& options)
      : options_(options),
        child_(load_model(asset(options, "child.glb"))),
        rig_(make_rig(child_.skeleton)),
        graphics_(runtime_),
        session_(create_session(runtime_, graphics_)),
        spaces_(session_.get()),
        eyes_(runtime_.instance, runtime_.system, session_.get(), graphics_.gpu().device),
        renderer_(graphics_.gpu(), eyes_.format(), child_, load_model(asset(options, "park.glb"))),
        hands_(runtime_, session_.get()),
        touch_(runtime_, session_.get(), asset(options, "child.tbody"), child_.skeleton) {
    if (!runtime_.has_hands)
      std::fprintf(stderr, "tactus-scene: the runtime tracks no hands; none are drawn\n");
  }

  void run() {
    while (poll_events()) {
      answer_requests();
      if (leaving_ && !running_) break;
      if (running_) {
        frame();
      } else {
        constexpr auto kIdle = std::chrono::milliseconds(5);
        std::this_thread::sleep_for(kIdle);
      }
    }
    renderer_.wait();
    write_stats();
  }

 private:
  bool poll_events();
  bool enter(XrSessionState state);
  void answer_requests();
  void leave();
  void frame();
  Picture live(const XrFrameState& state);
  void end_frame(const XrFrameState& state, const XrCompositionLayerProjection* layer);
  void write_stats() const;

  Options options_;
  Model child_;
  ChildRig rig_;
  Requests requests_;
  Runtime runtime_;
  XrGraphics graphics_;
  std::unique_ptr<XrSession, SessionEnd> session_;
  XrSpaces spaces_;
  XrEyes eyes_;
  Renderer renderer_;
  XrHands hands_;
  XrTouch touch_;
  ChildState state_;
  ChildPose pose_;
  Feeling feeling_;
  bool running_ = false, leaving_ = false, stopped_ = false;
  XrTime t_first_ = 0, t_last_ = 0;
  std::uint64_t frames_ = 0, rendered_ = 0;
};

bool App::poll_events() {
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
  while (xrPollEvent(runtime_.instance, &event) == XR_SUCCESS) {
    if (event.type == XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING) return false;
    if (event.type == XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED &&
        !enter(reinterpret_cast<const XrEventDataSessionStateChanged&>(event).state))
      return false;
    event = {XR_TYPE_EVENT_DATA_BUFFER};
  }
  return true;
}

bool App::enter(XrSessionState state) {
  switch (state) {
    case XR_SESSION_STATE_READY: {
      XrSessionBeginInfo begin{XR_TYPE_SESSION_BEGIN_INFO};
      begin.primaryViewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
      check(xrBeginSession(session_.get(), &begin), "xrBeginSession");
      running_ = true;
      return true;
    }
    case XR_SESSION_STATE_STOPPING:
      running_ = false;
      check(xrEndSession(session_.get()), "xrEndSession");
      return true;
    case XR_SESSION_STATE_EXITING:
    case XR_SESSION_STATE_LOSS_PENDING:
      return false;
    default:
      return true;
  }
}

void App::answer_requests() {
  if (requests_.stop()) {
    stopped_ = touch_.stop();
    std::fprintf(stderr, "tactus-scene: STOP%s\n", stopped_ ? "" : ": nothing to silence");
  }
  if (requests_.leave()) leave();
}

void App::leave() {
  if (leaving_) return;
  leaving_ = true;
  if (running_) check(xrRequestExitSession(session_.get()), "xrRequestExitSession");
}

// The bones go out as soon as they are known, whether or not anything is drawn: the hand feels at
// its own rate.
Picture App::live(const XrFrameState& state) {
  const XrTime t = state.predictedDisplayTime;
  if (frames_ == 0) t_first_ = t_last_ = t;
  const auto dt_s = static_cast<float>(static_cast<double>(t - t_last_) * 1e-9);
  t_last_ = t;
  spaces_.locate(t);
  feeling_.take(touch_.contacts(spaces_.local(), t), dt_s);

  Picture picture;
  picture.T_world_place = spaces_.stage_in_local() * options_.T_stage_child;
  Percept percept;
  percept.t_s = static_cast<double>(t - t_first_) * 1e-9;
  percept.cheek_touched = feeling_.cheek();
  percept.hand_touched = feeling_.hand();
  percept.hugged = touch_.is_hugged(t);
  if (spaces_.head_in_local())
    percept.T_model_head = inverse(picture.T_world_place) * *spaces_.head_in_local();
  animate(state_, rig_, options_.story, percept, pose_);
  picture.T_model_bone = {pose_.T_model_bone.data(), pose_.bones};
  picture.expressions = pose_.expressions;
  touch_.show(spaces_.local(), t, picture.T_world_place, picture.T_model_bone);
  return picture;
}

void App::frame() {
  XrFrameState state{XR_TYPE_FRAME_STATE};
  check(xrWaitFrame(session_.get(), nullptr, &state), "xrWaitFrame");
  check(xrBeginFrame(session_.get(), nullptr), "xrBeginFrame");
  Picture picture = live(state);
  const XrCompositionLayerProjection* layer = nullptr;
  if (state.shouldRender) {
    for (std::size_t i = 0; i < picture.hands.size(); ++i) {
      picture.hands[i] = hands_.locate(i, spaces_.local(), state.predictedDisplayTime);
      if (picture.hands[i]) picture.hands[i]->glow = feeling_.glow(i);
    }
    layer = eyes_.draw(renderer_, picture, spaces_.local(), state.predictedDisplayTime);
    if (layer != nullptr) ++rendered_;
  }
  end_frame(state, layer);
  if (++frames_ == options_.frames) leave();
}

void App::end_frame(const XrFrameState& state, const XrCompositionLayerProjection* layer) {
  const auto* header = reinterpret_cast<const XrCompositionLayerBaseHeader*>(layer);
  XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO};
  end.displayTime = state.predictedDisplayTime;
  end.environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_OPAQUE;
  end.layerCount = layer != nullptr ? 1 : 0;
  end.layers = &header;
  check(xrEndFrame(session_.get(), &end), "xrEndFrame");
}

void App::write_stats() const {
  if (options_.stats.empty()) return;
  std::ofstream file(options_.stats);
  file << "{\"frames\": " << frames_ << ", \"rendered\": " << rendered_
       << ", \"contacts\": " << feeling_.seen()
       << ", \"stopped\": " << (stopped_ ? "true" : "false") << ", \"regions\": [";
  const char* comma = "";
  for (const std::uint32_t region : feeling_.regions()) {
    file << comma << region;
    comma = ", ";
  }
  file << "]}\n";
  if (!file.flush()) throw SceneError(options_.stats + ": cannot be written");
}

}  // namespace

int run_in_headset(const Options& options) {
  App(options).run();
  return 0;
}

}  // namespace tactus::scene
