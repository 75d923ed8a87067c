// `tactus eval`: how good the estimates are, against truth, as tables, metrics and a picture.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string_view>

#include "../options.h"
#include "evaluation.h"

namespace tactus::tools {
namespace {

struct Evaluation {
  std::string_view name;
  int (*run)(const EvalRequest&);
};

constexpr auto kEvaluations = std::to_array<Evaluation>({
    {"orientation", eval_orientation},
    {"body", eval_body},
    {"clock", eval_clock},
    {"hand", eval_hand},
    {"touch", eval_touch},
    {"wrist", eval_wrist},
});

}  // namespace

int run_eval(Arguments arguments) {
  EvalRequest request;
  Options options(
      "tactus eval orientation|wrist|hand|body|clock [--data DIR]\n"
      "tactus eval touch [--body FILE]\n"
      "Scores the estimates against truth and prints the tables; the same as JSON, and "
      "the error over time as a picture, are in the --out folder.",
      {{"--data", "DIR", "recordings with truth (layouts: docs/evaluation.md)", into(request.data)},
       {"--body", "FILE", "touch: a skinned glTF or a .tbody (default a generated head)",
        into(request.body)},
       {"--seed", "N", "of what is synthetic (default 1)", into(request.seed)},
       {"--out", "DIR", "where to write (default out/eval)", into(request.out)},
       {"--write", "DIR", "hand: no score, but a synthetic recording of each glove, for --data",
        into(request.write)}});
  int exit_code = 0;
  if (!options.parse(arguments, exit_code)) return exit_code;
  const auto found =
      options.words().size() == 1
          ? std::ranges::find(kEvaluations, options.words().front(), &Evaluation::name)
          : kEvaluations.end();
  if (found == kEvaluations.end()) {
    fmt::print(stderr, "tactus eval: say one of");
    for (const Evaluation& evaluation : kEvaluations) fmt::print(stderr, " {}", evaluation.name);
    fmt::print(stderr, "\n");
    return 2;
  }
  if (!request.write.empty() && found->name != "hand") {
    fmt::print(stderr, "tactus eval {}: --write is hand's alone\n", found->name);
    return 2;
  }
  return found->run(request);
}

}  // namespace tactus::tools
