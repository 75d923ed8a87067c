// `tactus step N`: the facilitator goes on to another step; applications hear of it as an event.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <optional>

#include "client.h"
#include "options.h"

namespace tactus::tools {
namespace {

std::optional<std::uint32_t> number_in(const std::string& word) {
  std::uint32_t number = 0;
  const char* end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace

int run_step(Arguments arguments) {
  int exit_code = 0;
  Options options(
      "tactus step N\n"
      "Tells every application that step N of the session begins "
      "(docs/XR_TACTUSX_touch_preview.md,\n"
      "Events); what a step is, the application says.",
      {});
  if (!options.parse(arguments, exit_code)) return exit_code;
  const auto words = options.words();
  const auto number = words.size() == 1 ? number_in(words[0]) : std::nullopt;
  if (!number) {
    fmt::print(stderr, "tactus step: name one step, a whole number: tactus step 3\n");
    return 2;
  }
  Client client;
  if (!client.connect()) return 1;
  std::string body;
  const ipc::Step step{*number};
  if (!client.send(ipc::Kind::Step, step) || !client.await(ipc::Kind::Done, body, 1000)) {
    fmt::print(stderr, "tactus step: the service did not answer; is it of this version?\n");
    return 1;
  }
  fmt::print("step {}\n", *number);
  return 0;
}

}  // namespace tactus::tools
