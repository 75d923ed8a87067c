/* The smallest application that can be touched: makes a body, sways it in front of the wearer and
 * prints what the gloves touch and grasp, and what the facilitator does. No graphics: it needs a runtime with XR_MND_headless.
 *
 *   tactus_print_contacts BODY.tbody [SECONDS]
 *
 *   Clocks   the runtime's display times; SECONDS of them.
 *   Frames   STAGE, or LOCAL where there is none.
 *   Units    metres, newtons.
 *   Errors   said on stderr with the function that failed; exit code 1. Usage: 2.
 *   Threads  one.
 *   Proof    tests/openxr-layer/CMakeLists.txt runs it under the real loader
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "tactus/XR_TACTUSX_touch_preview.h"

typedef struct {
  XrInstance instance;
  XrSystemId system;
  XrSession session;
  XrSpace space;
  XrTouchBodyTACTUSX body;
  uint32_t boneCount;
  XrPosef rest[XR_TOUCH_MAX_BONES_TACTUSX]; /* of the bones, in the body's own frame */
  bool running, focused, over;
  PFN_xrCreateTouchBodyTACTUSX createTouchBody;
  PFN_xrDestroyTouchBodyTACTUSX destroyTouchBody;
  PFN_xrUpdateTouchBodyTACTUSX updateTouchBody;
  PFN_xrGetTouchContactsTACTUSX getTouchContacts;
  PFN_xrGetTouchHoldsTACTUSX getTouchHolds;
  bool grasping[2]; /* left, right: the body, at the last frame */
} App;

static bool succeeded(XrResult result, const char* what) {
  if (XR_FAILED(result)) fprintf(stderr, "%s failed: XrResult %d\n", what, result);
  return XR_SUCCEEDED(result);
}

static bool create_instance(App* app) {
  const char* extensions[] = {"XR_MND_headless", XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME};
  XrInstanceCreateInfo info = {.type = XR_TYPE_INSTANCE_CREATE_INFO};
  strcpy(info.applicationInfo.applicationName, "tactus_print_contacts");
  info.applicationInfo.apiVersion = XR_MAKE_VERSION(1, 0, 0);
  info.enabledExtensionCount = 2;
  info.enabledExtensionNames = extensions;
  const XrResult result = xrCreateInstance(&info, &app->instance);
  if (result == XR_ERROR_EXTENSION_NOT_PRESENT) {
    fprintf(stderr,
            "the runtime lacks XR_MND_headless, or the Tactus layer is not loaded: set\n"
            "XR_API_LAYER_PATH to its folder and XR_ENABLE_API_LAYERS=XR_APILAYER_TACTUS_touch\n");
    return false;
  }
  return succeeded(result, "xrCreateInstance");
}

static bool find_function(App* app, const char* name, PFN_xrVoidFunction* function) {
  return succeeded(xrGetInstanceProcAddr(app->instance, name, function), name);
}

static bool find_functions(App* app) {
  return find_function(app, "xrCreateTouchBodyTACTUSX",
                       (PFN_xrVoidFunction*)&app->createTouchBody) &&
         find_function(app, "xrDestroyTouchBodyTACTUSX",
                       (PFN_xrVoidFunction*)&app->destroyTouchBody) &&
         find_function(app, "xrUpdateTouchBodyTACTUSX",
                       (PFN_xrVoidFunction*)&app->updateTouchBody) &&
         find_function(app, "xrGetTouchContactsTACTUSX",
                       (PFN_xrVoidFunction*)&app->getTouchContacts) &&
         find_function(app, "xrGetTouchHoldsTACTUSX", (PFN_xrVoidFunction*)&app->getTouchHolds);
}

static bool find_system(App* app) {
  const XrSystemGetInfo get = {.type = XR_TYPE_SYSTEM_GET_INFO,
                               .formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY};
  if (!succeeded(xrGetSystem(app->instance, &get, &app->system), "xrGetSystem")) return false;
  XrSystemTouchPropertiesTACTUSX touch = {.type = XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX};
  XrSystemProperties properties = {.type = XR_TYPE_SYSTEM_PROPERTIES, .next = &touch};
  if (!succeeded(xrGetSystemProperties(app->instance, app->system, &properties),
                 "xrGetSystemProperties")) {
    return false;
  }
  if (!touch.supportsTouch) fprintf(stderr, "no Tactus service: start `tactus serve`\n");
  return touch.supportsTouch;
}

static bool create_session(App* app) {
  const XrSessionCreateInfo info = {.type = XR_TYPE_SESSION_CREATE_INFO, .systemId = app->system};
  if (!succeeded(xrCreateSession(app->instance, &info, &app->session), "xrCreateSession")) {
    return false;
  }
  XrReferenceSpaceCreateInfo space = {.type = XR_TYPE_REFERENCE_SPACE_CREATE_INFO,
                                      .referenceSpaceType = XR_REFERENCE_SPACE_TYPE_STAGE,
                                      .poseInReferenceSpace = {.orientation = {.w = 1}}};
  XrResult result = xrCreateReferenceSpace(app->session, &space, &app->space);
  if (result == XR_ERROR_REFERENCE_SPACE_UNSUPPORTED) {
    space.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_LOCAL;
    result = xrCreateReferenceSpace(app->session, &space, &app->space);
  }
  return succeeded(result, "xrCreateReferenceSpace");
}

/* The whole file, to be freed; NULL with a word on stderr. */
static unsigned char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    return NULL;
  }
  fseek(file, 0, SEEK_END);
  const long length = ftell(file);
  rewind(file);
  unsigned char* bytes = length > 0 ? malloc((size_t)length) : NULL;
  *size = bytes != NULL ? fread(bytes, 1, (size_t)length, file) : 0;
  fclose(file);
  if (bytes == NULL) fprintf(stderr, "%s cannot be read\n", path);
  return bytes;
}

/* Of a .tbody only the bones concern an application: their number stands at byte 16, and they
 * follow the 32 bytes of the head, 64 bytes each with the bind pose in the last 28. */
static bool read_bones(App* app, const unsigned char* bytes, size_t size) {
  enum { kHead = 32, kBone = 64, kBindPose = 36 };
  if (size < kHead) return false;
  memcpy(&app->boneCount, bytes + 16, sizeof(app->boneCount));
  if (app->boneCount > XR_TOUCH_MAX_BONES_TACTUSX || size < kHead + app->boneCount * kBone) {
    return false;
  }
  for (uint32_t i = 0; i < app->boneCount; ++i) {
    memcpy(&app->rest[i], bytes + kHead + i * kBone + kBindPose, sizeof(XrPosef));
  }
  return true;
}

static bool create_body(App* app, const char* path) {
  size_t size = 0;
  unsigned char* bytes = read_file(path, &size);
  if (bytes == NULL) return false;
  const XrTouchBodyCreateInfoTACTUSX info = {
      .type = XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, .dataSize = (uint32_t)size, .data = bytes};
  const bool made = succeeded(app->createTouchBody(app->session, &info, &app->body),
                              "xrCreateTouchBodyTACTUSX") &&
                    read_bones(app, bytes, size);
  free(bytes);
  return made;
}

/* The body half a metre ahead, swaying a hand's breadth to each side every two seconds. */
static void move_body(const App* app, XrTime shown) {
  XrPosef bones[XR_TOUCH_MAX_BONES_TACTUSX];
  const double phase = 3.14159265358979 * (double)(shown % 2000000000) * 1e-9;
  for (uint32_t i = 0; i < app->boneCount; ++i) {
    bones[i] = app->rest[i];
    bones[i].position.x += 0.1f * (float)sin(phase);
    bones[i].position.z -= 0.5f;
  }
  const XrTouchBodyPosesTACTUSX poses = {.type = XR_TYPE_TOUCH_BODY_POSES_TACTUSX,
                                         .space = app->space,
                                         .displayTime = shown,
                                         .boneCount = app->boneCount,
                                         .bones = bones};
  succeeded(app->updateTouchBody(app->body, &poses), "xrUpdateTouchBodyTACTUSX");
}

static void print_contacts(const App* app, XrTime shown) {
  XrTouchContactTACTUSX contact[XR_TOUCH_MAX_CONTACTS_TACTUSX];
  const XrTouchContactsGetInfoTACTUSX get = {
      .type = XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, .baseSpace = app->space, .time = shown};
  XrTouchContactsTACTUSX contacts = {.type = XR_TYPE_TOUCH_CONTACTS_TACTUSX,
                                     .contactCapacityInput = XR_TOUCH_MAX_CONTACTS_TACTUSX,
                                     .contacts = contact};
  if (!succeeded(app->getTouchContacts(app->session, &get, &contacts),
                 "xrGetTouchContactsTACTUSX")) {
    return;
  }
  for (uint32_t i = 0; i < contacts.contactCountOutput; ++i) {
    const XrTouchContactTACTUSX* c = &contact[i];
    static const char* const kParts[] = {"hand", "forearm", "chest"};
    printf("%-5s %-7s joint %2d actuator %2u region %2u  at %6.3f %6.3f %6.3f  %4.1f mm %5.2f N\n",
           c->hand == XR_HAND_LEFT_EXT ? "left" : "right", kParts[c->part], (int)c->joint,
           c->actuator, c->region, (double)c->position.x, (double)c->position.y,
           (double)c->position.z, 1e3 * (double)c->depth, (double)c->force);
  }
}

/* When a hand begins to grasp the body, and when it lets go. */
static void print_grasps(App* app, XrTime shown) {
  const XrTouchHoldsGetInfoTACTUSX get = {.type = XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX,
                                          .time = shown};
  XrTouchHoldsTACTUSX holds = {.type = XR_TYPE_TOUCH_HOLDS_TACTUSX};
  if (!succeeded(app->getTouchHolds(app->session, &get, &holds), "xrGetTouchHoldsTACTUSX")) return;
  for (int hand = 0; hand < 2; ++hand) {
    const XrTouchHoldTACTUSX* grasp = &holds.grasps[hand];
    const bool grasps = grasp->isHeld && grasp->body == app->body;
    if (grasps != app->grasping[hand]) {
      printf("%s hand %s\n", hand == 0 ? "left" : "right", grasps ? "grasps it" : "lets it go");
    }
    app->grasping[hand] = grasps;
  }
}

static void obey_state(App* app, XrSessionState state) {
  app->focused = state == XR_SESSION_STATE_FOCUSED;
  if (state == XR_SESSION_STATE_READY) {
    const XrSessionBeginInfo begin = {
        .type = XR_TYPE_SESSION_BEGIN_INFO,
        .primaryViewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
    app->running = succeeded(xrBeginSession(app->session, &begin), "xrBeginSession");
  } else if (state == XR_SESSION_STATE_STOPPING) {
    app->running = false;
    succeeded(xrEndSession(app->session), "xrEndSession");
  }
  app->over |= state == XR_SESSION_STATE_EXITING || state == XR_SESSION_STATE_LOSS_PENDING;
}

static void print_facilitator(const XrEventDataTouchStateChangedTACTUSX* changed) {
  static const char* const kAllowed[] = {"full", "softened", "paused", "stopped"};
  printf("touch %s, step %u\n", kAllowed[changed->allowed], changed->step);
}

static void obey_events(App* app) {
  XrEventDataBuffer event = {.type = XR_TYPE_EVENT_DATA_BUFFER};
  while (xrPollEvent(app->instance, &event) == XR_SUCCESS) {
    if (event.type == XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) {
      XrEventDataSessionStateChanged changed;
      memcpy(&changed, &event, sizeof(changed));
      obey_state(app, changed.state);
    } else if (event.type == XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX) {
      XrEventDataTouchStateChangedTACTUSX changed;
      memcpy(&changed, &event, sizeof(changed));
      print_facilitator(&changed);
    }
    event = (XrEventDataBuffer){.type = XR_TYPE_EVENT_DATA_BUFFER};
  }
}

/* One frame without layers. False when the frame loop must end. */
static bool run_frame(App* app, XrTime* shown) {
  XrFrameState state = {.type = XR_TYPE_FRAME_STATE};
  if (!succeeded(xrWaitFrame(app->session, NULL, &state), "xrWaitFrame") ||
      !succeeded(xrBeginFrame(app->session, NULL), "xrBeginFrame")) {
    return false;
  }
  *shown = state.predictedDisplayTime;
  if (app->focused) {
    move_body(app, *shown);
    print_contacts(app, *shown);
    print_grasps(app, *shown);
  }
  const XrFrameEndInfo end = {.type = XR_TYPE_FRAME_END_INFO,
                              .displayTime = *shown,
                              .environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_OPAQUE};
  return succeeded(xrEndFrame(app->session, &end), "xrEndFrame");
}

static bool run(App* app, double seconds) {
  XrTime first = 0, shown = 0;
  bool asked_to_exit = false;
  while (!app->over) {
    obey_events(app);
    if (!app->running) {
      thrd_sleep(&(struct timespec){.tv_nsec = 10000000}, NULL); /* until the headset is worn */
      continue;
    }
    if (!run_frame(app, &shown)) return false;
    if (first == 0) first = shown;
    if (!asked_to_exit && (double)(shown - first) * 1e-9 > seconds) {
      asked_to_exit = succeeded(xrRequestExitSession(app->session), "xrRequestExitSession");
    }
  }
  return true;
}

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3 || argv[1][0] == '-') {
    fprintf(stderr, "usage: tactus_print_contacts BODY.tbody [SECONDS]\n");
    return 2;
  }
  App app = {0};
  bool good = create_instance(&app);
  good = good && find_functions(&app) && find_system(&app) && create_session(&app) &&
         create_body(&app, argv[1]) && run(&app, argc > 2 ? atof(argv[2]) : 10);
  if (app.body != XR_NULL_HANDLE) app.destroyTouchBody(app.body);
  if (app.session != XR_NULL_HANDLE) xrDestroySession(app.session);
  if (app.instance != XR_NULL_HANDLE) xrDestroyInstance(app.instance);
  return good ? 0 : 1;
}
