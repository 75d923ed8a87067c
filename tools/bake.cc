// `tactus bake`: a glTF becomes a body that can be touched.
#include "tactus/avatar/bake.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "commands.h"
#include "options.h"
#include "write_file.h"

namespace tactus::tools {
namespace {

struct BakeRequest {
  std::string in, out, rules, picture, thickness;
  unsigned triangles = 12000;
  bool is_thing = false;
};

int fail(const std::string& cause) {
  fmt::print(stderr, "tactus bake: {}\n", cause);
  return 1;
}

bool read_rules(const std::string& path, std::vector<avatar::RegionRule>& rules,
                std::string& cause) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file.good() && !file.eof()) {
    cause = fmt::format("cannot read {}: check its path and permissions", path);
    return false;
  }
  auto parsed = avatar::parse_region_rules(text);
  if (!parsed) {
    cause = fmt::format("{}:{}: {}", path, parsed.error().line, parsed.error().reason);
    return false;
  }
  rules = std::move(*parsed);
  return true;
}

int bake_file(const BakeRequest& request) {
  avatar::BakeOptions options{
      .triangles = request.triangles, .is_thing = request.is_thing, .rules = {}};
  std::string cause;
  if (!request.rules.empty() && !read_rules(request.rules, options.rules, cause)) {
    return fail(cause);
  }
  fmt::print("reading {}\n", request.in);
  const auto model = avatar::read_skinned_gltf(request.in);
  if (!model) return fail(fmt::format("{}: {}", request.in, describe(model.error())));
  fmt::print("baking\n");
  std::fflush(stdout);
  const auto bytes = avatar::bake(*model, options);
  if (!bytes) return fail(fmt::format("{}: {}", request.in, describe(bytes.error())));
  const auto body = view_body(*bytes);
  if (!body) return fail(fmt::format("{}: {}", request.in, describe(body.error())));
  fmt::print("{}", describe(avatar::check_body(*model, *body)));
  if (!write_file(request.out, {reinterpret_cast<const char*>(bytes->data()), bytes->size()})) {
    return fail(
        fmt::format("cannot write {}: is the folder there, and the disk not full?", request.out));
  }
  fmt::print("wrote {} ({} bytes)\n", request.out, bytes->size());
  const auto draw = [&body](bool (*write)(const BodyView&, const std::string&),
                            const std::string& path) {
    if (path.empty()) return 0;
    if (!write(*body, path)) {
      return fail(
          fmt::format("cannot write {}: is the folder there, and the disk not full?", path));
    }
    fmt::print("wrote {}\n", path);
    return 0;
  };
  return draw(avatar::write_region_picture, request.picture) |
         draw(avatar::write_thickness_picture, request.thickness);
}

}  // namespace

int run_bake(Arguments arguments) {
  constexpr unsigned kFewestTriangles = 100;
  BakeRequest request;
  Options options(
      "tactus bake FILE.glb [-o FILE.tbody] [--triangles N] [--thing] [--regions FILE]\n"
      "            [--picture FILE.png] [--thickness FILE.png]\n"
      "Turns a glTF (also packed by Draco or meshopt) into a touchable body: a skinned person "
      "(VRM,\n"
      "Mixamo, …), or a thing to hold, which has no bones or none of a person's. docs/regions.md "
      "says\n"
      "how the parts of a person are found and how to overrule it.",
      {{"-o", "FILE", "where to write; beside FILE.glb if not given", into(request.out)},
       {"--triangles", "N", "how many to leave, 100 to 500000 (12000)", into(request.triangles)},
       {"--thing", "", "of no person, whatever its bones are called", into(request.is_thing)},
       {"--regions", "FILE", "rules that overrule what was found", into(request.rules)},
       {"--picture", "FILE", "a PNG of the regions: front, side, back", into(request.picture)},
       {"--thickness", "FILE", "the same by thickness: red is thin", into(request.thickness)}});
  int exit_code = 0;
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (options.words().size() != 1) {
    fmt::print(stderr, "tactus bake: name one file: tactus bake FILE.glb\n");
    return 2;
  }
  if (request.triangles < kFewestTriangles || request.triangles > 500'000) {
    fmt::print(stderr, "tactus bake: --triangles takes 100 to 500000\n");
    return 2;
  }
  request.in = options.words()[0];
  if (request.out.empty()) {
    request.out = std::filesystem::path(request.in).replace_extension(".tbody").string();
  }
  if (request.out == request.in) {
    fmt::print(stderr, "tactus bake: the result would overwrite {}\n", request.in);
    return 2;
  }
  return bake_file(request);
}

}  // namespace tactus::tools
