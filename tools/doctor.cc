// `tactus doctor`: what keeps touch from an application on this machine, and how to mend it.
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "doctor/findings.h"
#include "options.h"

namespace tactus::tools {
namespace {

void print_json(const std::vector<Finding>& findings) {
  nlohmann::ordered_json all = nlohmann::json::array();
  for (const Finding& finding : findings) {
    all.push_back({{"id", finding.id}, {"what", finding.what}, {"remedy", finding.remedy}});
  }
  fmt::print("{}\n", nlohmann::ordered_json{{"findings", all}}.dump(2));
}

void print_text(const Facts& facts, const std::vector<Finding>& findings) {
  const std::string& runtime = facts.openxr.loader.runtime;
  if (!runtime.empty()) fmt::print("runtime  {}\n         {}\n", runtime, facts.runtime_manifest);
  for (const Manifest& manifest : facts.openxr.manifests) {
    fmt::print("layer    for {}\n         {}\n",
               manifest.is_implicit ? "every application" : "those that ask", manifest.path);
  }
  for (const Finding& finding : findings) {
    fmt::print("\n{}\n  {}\n  mend: {}\n", finding.id, finding.what, finding.remedy);
  }
  fmt::print("\n{}\n", findings.empty()       ? "all is well"
                       : findings.size() == 1 ? "1 finding"
                                              : fmt::format("{} findings", findings.size()));
}

}  // namespace

int run_doctor(Arguments arguments) {
  bool as_json = false, only_loader = false;
  std::string root = "/", program;
  int exit_code = 0;
  Options options("tactus doctor [--json] [--program FILE] [--root FOLDER]",
                  {{"--json", "", "for scripts", into(as_json)},
                   {"--program", "FILE", "an application that finds no touch", into(program)},
                   {"--root", "FOLDER", "look there for what is the system's own", into(root)},
                   {"--loader", "", "only what the loader answers, as JSON", into(only_loader)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (!options.words().empty() || (!program.empty() && ::access(program.c_str(), F_OK) != 0)) {
    fmt::print(stderr, "tactus doctor: {}\n",
               options.words().empty() ? program + ": no such file" : "takes no words");
    return 2;
  }
  if (only_loader) return print_openxr_answers();
  const Facts facts = gather_facts(root, program);
  const std::vector<Finding> findings = judge(facts);
  if (as_json) {
    print_json(findings);
  } else {
    print_text(facts, findings);
  }
  return findings.empty() ? 0 : 1;
}

}  // namespace tactus::tools
