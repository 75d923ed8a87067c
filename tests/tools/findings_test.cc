// Each finding of `tactus doctor`: the machine that has it, and the healthy one that has none.
#include "tools/doctor/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace tactus::tools {
namespace {

using ::testing::HasSubstr;

Facts healthy() {
  Facts facts;
  facts.openxr.loader.layers = {"XR_APILAYER_LUNARG_api_dump", kLayerName};
  facts.openxr.loader.runtime = "Monado";
  facts.openxr.manifests = {{"/home/ann/i.json", true, "/usr/lib/layer.so", ""},
                            {"/usr/share/e.json", false, "/usr/lib/layer.so", ""}};
  facts.runtime_manifest = "/etc/xdg/openxr/1/active_runtime.json";
  facts.asked_layers = {"XR_APILAYER_LUNARG_api_dump"};
  facts.service = ServiceState::Alive;
  facts.service_path = "/run/user/1/tactus/service.sock";
  facts.has_udev_rule = true;
  facts.may_be_real_time = true;
  facts.stripped = {"HOME"};
  return facts;
}

struct Ill {
  const char* name;
  std::string id;
  std::function<void(Facts&)> spoil;
  const char* says = "";     ///< in what is wrong
  const char* advises = "";  ///< in the remedy
};

class Findings : public ::testing::TestWithParam<Ill> {};

TEST(FindingsOf, AHealthyMachineHasNone) { EXPECT_TRUE(judge(healthy()).empty()); }

TEST_P(Findings, AreFoundAndNothingElseIs) {
  Facts facts = healthy();
  GetParam().spoil(facts);
  const std::vector<Finding> found = judge(facts);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, GetParam().id);
  EXPECT_THAT(found[0].what, HasSubstr(GetParam().says));
  EXPECT_THAT(found[0].remedy, HasSubstr(GetParam().advises));
}

INSTANTIATE_TEST_SUITE_P(
    All, Findings,
    ::testing::Values(
        Ill{"Death", "openxr_dies", [](Facts& f) { f.openxr.death = "died: Aborted"; }, "Aborted"},
        Ill{"NoLoader", "loader_missing",
            [](Facts& f) { f.openxr.loader = {.missing = "no such file"}; }, "no such file", "apt"},
        Ill{"NoRuntime", "runtime_missing",
            [](Facts& f) {
              f.openxr.loader.runtime_result = kRuntimeUnavailable;
              f.runtime_manifest.clear();
            },
            "", "XR_RUNTIME_JSON"},
        Ill{"BrokenRuntime", "runtime_broken",
            [](Facts& f) {
              f.openxr.loader.runtime_result = -32;
              f.openxr.complaints = "first\nno such library\n";
            },
            "active_runtime.json cannot be used: XrResult -32 (no such library)"},
        Ill{"UnknownLayer", "layer_unknown",
            [](Facts& f) { f.asked_layers.emplace_back("XR_APILAYER_nobody"); },
            "XR_APILAYER_nobody", "XR_API_LAYER_PATH"},
        Ill{"Container", "container_without_layer",
            [](Facts& f) {
              f.container = "Steam's container";
              f.openxr.loader.layers.clear();
              f.openxr.manifests.clear();
              f.asked_layers.clear();
            },
            "Steam", "PRESSURE_VESSEL_IMPORT_OPENXR_1_LAYERS=1"},
        Ill{"NoLayer", "layer_missing",
            [](Facts& f) {
              f.openxr.loader.layers.pop_back();
              f.openxr.manifests.clear();
            },
            "", "tactus layer enable"},
        Ill{"UnreadableImplicitLayer", "layer_unreadable",
            [](Facts& f) { f.openxr.manifests[0].error = "not an ELF file"; },
            "/home/ann/i.json cannot be loaded: not an ELF file", "tactus layer enable"},
        Ill{"UnreadableExplicitLayer", "layer_unreadable",
            [](Facts& f) { f.openxr.manifests[1].error = "not an ELF file"; }, "e.json",
            "install again"},
        Ill{"TwoManifests", "layer_twice",
            [](Facts& f) { f.openxr.manifests.push_back(f.openxr.manifests[1]); }, "e.json",
            "remove"},
        Ill{"AskedForThoughImplicit", "layer_twice",
            [](Facts& f) { f.asked_layers.emplace_back(kLayerName); }, "XR_ENABLE_API_LAYERS",
            "take it out"},
        Ill{"Disabled", "layer_off", [](Facts& f) { f.is_layer_disabled = true; }, "",
            "unset TACTUS_LAYER_DISABLE"},
        Ill{"NoInstance", "instance_fails", [](Facts& f) { f.openxr.loader.create_result = -2; },
            "XrResult -2"},
        Ill{"Privileged", "environment_stripped",
            [](Facts& f) {
              f.program = {"/opt/game", true};
            },
            "/opt/game", "/etc/xdg"},
        Ill{"NoService", "service_missing", [](Facts& f) { f.service = ServiceState::Absent; },
            "service.sock", "tactus serve"},
        Ill{"DeadService", "service_stale", [](Facts& f) { f.service = ServiceState::Dead; },
            "dead", "takes the socket over"},
        Ill{"SilentService", "service_stale", [](Facts& f) { f.service = ServiceState::Silent; },
            "does not greet"},
        Ill{"OldService", "service_stale", [](Facts& f) { f.service = ServiceState::OtherRelease; },
            "another release", "upgrade"},
        Ill{"HungService", "service_stale", [](Facts& f) { f.service = ServiceState::Hung; },
            "stands still"},
        Ill{"NoRule", "udev_rule_missing", [](Facts& f) { f.has_udev_rule = false; }, "",
            "70-tactus.rules"},
        Ill{"NoRealTime", "real_time_refused", [](Facts& f) { f.may_be_real_time = false; }, "",
            "rtprio"}),
    [](const auto& one) { return one.param.name; });

TEST(FindingsOf, APrivilegedProgramIsWellWhereNothingIsStripped) {
  Facts facts = healthy();
  facts.program = {"/opt/game", true};
  facts.stripped.clear();
  EXPECT_TRUE(judge(facts).empty());
}

TEST(FindingsOf, WhatOnlyAsksForTheLayerIsWell) {
  Facts facts = healthy();
  facts.openxr.manifests.erase(facts.openxr.manifests.begin());
  facts.asked_layers = {kLayerName};
  facts.is_layer_disabled = true;
  EXPECT_TRUE(judge(facts).empty());
}

}  // namespace
}  // namespace tactus::tools
