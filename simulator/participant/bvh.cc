#include "tactus/simulator/bvh.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>

namespace tactus::simulator {
namespace {

constexpr std::size_t kMaxQuotedLetters = 40;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_brace(char c) { return c == '{' || c == '}'; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Walks the text word by word and knows the line it is on.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  /// The next word; a brace is a word of its own. Empty at the end.
  std::string_view word() {
    while (at_ < text_.size() && is_space(text_[at_])) line_ += text_[at_++] == '\n';
    const std::size_t begin = at_;
    if (at_ < text_.size() && is_brace(text_[at_])) return text_.substr(at_++, 1);
    while (at_ < text_.size() && !is_space(text_[at_]) && !is_brace(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  /// What is left of this line up to an opening brace, without the space around it.
  std::string_view rest_of_line() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '{') ++at_;
    std::string_view rest = text_.substr(begin, at_ - begin);
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
    return rest;
  }

  bool keyword(std::string_view wanted) { return expect(word(), wanted); }

  bool expect(std::string_view found, std::string_view wanted) {
    if (lower(found) == lower(wanted)) return true;
    return fail("expected " + std::string(wanted) + ", found " + quoted(found));
  }

  bool number(double& value) {
    std::string_view found = word();
    std::string_view digits = found;
    if (digits.size() > 1 && digits.front() == '+') digits.remove_prefix(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) {
      return fail("expected a number, found " + quoted(found));
    }
    return true;
  }

  bool count(std::size_t& value, std::size_t most, std::string_view of_what) {
    const std::string_view found = word();
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    if (error != std::errc{} || end != found.data() + found.size() || value > most) {
      return fail("expected the number of " + std::string(of_what) + ", at most " +
                  std::to_string(most) + ", found " + quoted(found));
    }
    return true;
  }

  bool fail(std::string what) {
    if (!error_) error_ = BvhError{line_, std::move(what)};
    return false;
  }

  [[nodiscard]] const BvhError& error() const { return *error_; }

  static std::string quoted(std::string_view found) {
    if (found.empty()) return "the end of the file";
    return "\"" + std::string(found.substr(0, kMaxQuotedLetters)) + "\"";
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::optional<BvhError> error_;
};

bool read_channel(Reader& in, BvhChannel& channel) {
  constexpr std::array<std::string_view, 6> kNames = {"xposition", "yposition", "zposition",
                                                      "xrotation", "yrotation", "zrotation"};
  const std::string_view found = in.word();
  const auto name = std::find(kNames.begin(), kNames.end(), lower(found));
  if (name == kNames.end()) {
    return in.fail("expected a channel such as Xrotation, found " + Reader::quoted(found));
  }
  channel = static_cast<BvhChannel>(name - kNames.begin());
  return true;
}

bool read_offset(Reader& in, BvhJoint& joint) {
  return in.number(joint.offset[0]) && in.number(joint.offset[1]) && in.number(joint.offset[2]);
}

bool read_channels(Reader& in, BvhMotion& motion, BvhJoint& joint) {
  std::size_t count = 0;
  if (joint.is_end_site) return in.fail("an end site has no channels");
  if (!joint.channels.empty()) return in.fail("a second CHANNELS for the same joint");
  if (!in.count(count, 6, "channels")) return false;
  joint.first_channel = motion.channel_count;
  for (std::size_t i = 0; i < count; ++i) {
    BvhChannel channel{};
    if (!read_channel(in, channel)) return false;
    joint.channels.push_back(channel);
  }
  motion.channel_count += count;
  return true;
}

bool open_joint(Reader& in, BvhMotion& motion, int parent, bool is_end_site) {
  if (motion.joints.size() == kMaxBvhJoints) {
    return in.fail("more than " + std::to_string(kMaxBvhJoints) + " joints");
  }
  BvhJoint joint;
  const std::string_view rest = in.rest_of_line();
  if (is_end_site) {
    if (lower(rest.substr(0, 4)) != "site") return in.fail("expected Site after End");
  } else if (rest.empty()) {
    return in.fail("a joint without a name");
  } else {
    joint.name = rest;
  }
  joint.parent = parent;
  joint.is_end_site = is_end_site;
  motion.joints.push_back(std::move(joint));
  return in.keyword("{");
}

/// Everything from ROOT's name to its closing brace, without recursion: depth is the file's choice.
bool read_hierarchy(Reader& in, BvhMotion& motion) {
  if (!in.keyword("HIERARCHY") || !in.keyword("ROOT") || !open_joint(in, motion, -1, false)) {
    return false;
  }
  int open = 0;
  while (open >= 0) {
    const std::string_view found = in.word();
    const std::string key = lower(found);
    BvhJoint& joint = motion.joints[static_cast<std::size_t>(open)];
    bool good = true;
    if (key == "offset") {
      good = read_offset(in, joint);
    } else if (key == "channels") {
      good = read_channels(in, motion, joint);
    } else if (key == "joint" || key == "end") {
      if (joint.is_end_site) return in.fail("an end site has no children");
      good = open_joint(in, motion, open, key == "end");
      open = static_cast<int>(motion.joints.size()) - 1;
    } else if (key == "}") {
      open = joint.parent;
    } else {
      good = in.fail("expected OFFSET, CHANNELS, JOINT, End Site or }, found " +
                     Reader::quoted(found));
    }
    if (!good) return false;
  }
  return motion.channel_count > 0 || in.fail("the skeleton has no channels");
}

bool read_motion(Reader& in, BvhMotion& motion) {
  if (!in.keyword("MOTION") || !in.keyword("Frames:")) return false;
  if (!in.count(motion.frame_count, kMaxBvhFrames, "frames")) return false;
  if (motion.frame_count == 0) return in.fail("no frames");
  if (!in.keyword("Frame") || !in.keyword("Time:") || !in.number(motion.frame_time_s)) return false;
  if (!(motion.frame_time_s > 1e-4 && motion.frame_time_s <= 1.0)) {
    return in.fail("a frame time outside 0.0001 to 1 seconds");
  }
  if (motion.frame_count * motion.channel_count > kMaxBvhValues) {
    return in.fail("more than " + std::to_string(kMaxBvhValues) + " values");
  }
  for (std::size_t i = 0; i < motion.frame_count * motion.channel_count; ++i) {
    double value = 0;
    if (!in.number(value)) return false;
    motion.values.push_back(value);
  }
  const std::string_view extra = in.word();
  return extra.empty() ||
         in.fail("more values than the frames announced: " + Reader::quoted(extra));
}

}  // namespace

Expected<BvhMotion, BvhError> read_bvh(std::string_view text) {
  Reader in(text);
  BvhMotion motion;
  if (!read_hierarchy(in, motion) || !read_motion(in, motion)) return Unexpected{in.error()};
  return motion;
}

Expected<BvhMotion, std::string> read_bvh_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
  if (size < 0) return Unexpected<std::string>{"cannot be opened"};
  if (static_cast<std::size_t>(size) > kMaxBvhBytes) return Unexpected<std::string>{"too large"};
  std::string text(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(text.data(), size)) return Unexpected<std::string>{"cannot be read"};
  auto motion = read_bvh(text);
  if (!motion) return Unexpected{describe(motion.error())};
  return *std::move(motion);
}

std::string describe(const BvhError& error) {
  return "line " + std::to_string(error.line) + ": " + error.what;
}

}  // namespace tactus::simulator
