// Whose input a path names: a hand's, or a tracker's, by where it is worn or by which it is.
//
// Paths of trackers are those of XR_HTCX_vive_tracker_interaction. A runtime without it knows none
// of them, and no runtime knows our trackers by name: such paths stay with us, and those below are
// asked about the action without them.
//
//   Clocks   none.
//   Units    none.
//   Errors   kNoUser for all other paths.
//   Threads  any; the instance's lock, never held while calling down.
//   Proof    tests/openxr-layer/must_vive_tracker_test.cc
#pragma once
#include <string_view>

#include "instance.h"

namespace tactus::layer {

[[nodiscard]] constexpr bool is_hand(User user) noexcept { return user < kHands; }
[[nodiscard]] constexpr bool is_tracker(User user) noexcept {
  return user >= kHands && user < kUsers;
}
[[nodiscard]] constexpr Hand hand_of(User user) noexcept { return static_cast<Hand>(user); }
[[nodiscard]] constexpr User user_of(Hand hand) noexcept { return static_cast<User>(hand); }
/// None of those who are named by a role.
[[nodiscard]] constexpr ipc::TrackerRole role_of(User user) noexcept {
  const bool has_role = user >= kHands && user < kFirstTracker;
  return has_role ? static_cast<ipc::TrackerRole>(user - kHands + 1) : ipc::TrackerRole::None;
}
[[nodiscard]] constexpr User user_of(ipc::TrackerRole role) noexcept {
  return role == ipc::TrackerRole::None ? kNoUser
                                        : static_cast<User>(kHands + static_cast<User>(role) - 1);
}

/// A path and what it is made of.
struct UserPath {
  UserPath(Instance& instance, XrPath path) noexcept;
  UserPath(const UserPath&) = delete;
  UserPath& operator=(const UserPath&) = delete;
  PathText text;
  User user = kNoUser;
  std::string_view input;  ///< behind the user, without a slash: input/grip/pose; may be empty

  /// The user's own path, with nothing behind it.
  [[nodiscard]] bool is_whole() const noexcept { return user != kNoUser && input.empty(); }
};

/// The tracker of this serial number as a user; kNoUser when there are too many.
[[nodiscard]] User name_tracker(Instance& instance, std::string_view serial) noexcept;

/// The user's path; XR_NULL_PATH of none.
[[nodiscard]] XrPath path_of(const Instance& instance, User user,
                             std::string_view input = {}) noexcept;

/// How a person calls it.
[[nodiscard]] const char* title_of(User user) noexcept;

/// Those below do not know its paths.
[[nodiscard]] inline bool is_hidden(const Instance& instance, User user) noexcept {
  return instance.gives_trackers() && is_tracker(user) &&
         (user >= kFirstTracker || !instance.below.has(Extension::ViveTracker));
}

/// A question about an action through the path of a user. Those below get it without a path that
/// they do not know, so that their verdict on everything else counts.
template <class Info>
class Question {
 public:
  Question(Instance& instance, const Info* info) noexcept : info_(info) {
    if (info == nullptr || info->subactionPath == XR_NULL_PATH || !instance.gives_trackers())
      return;
    const UserPath path(instance, info->subactionPath);
    is_hidden_ = is_hidden(instance, path.user);
    if (!is_hidden_) return;
    const Action* action = actions.find(key_of(info->action));
    is_right_ =
        action == nullptr || (path.is_whole() && (action->subactions >> path.user & 1) != 0);
    below_ = *info;
    below_.subactionPath = XR_NULL_PATH;
    info_ = &below_;
  }
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  [[nodiscard]] const Info* below() const noexcept { return info_; }
  /// Only we know whom it is about.
  [[nodiscard]] bool is_hidden_below() const noexcept { return is_hidden_; }
  /// The path is one of the action's, as far as that is ours to say.
  [[nodiscard]] bool is_right() const noexcept { return is_right_; }

 private:
  Info below_{};
  const Info* info_;
  bool is_hidden_ = false;
  bool is_right_ = true;
};

}  // namespace tactus::layer
