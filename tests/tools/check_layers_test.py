"""Plants violations of the architecture and expects check_layers.py to report each."""

import io
import unittest
from contextlib import redirect_stdout

from planted_tree import ROOT, PlantedTreeTest

import check_layers

ALLOWED = [
    ("models/traffic/rate_profile.hpp", "core/units.hpp"),
    ("models/endpoint/fleet.cpp", "models/traffic/arrival_process.hpp"),
    ("models/autoscaling/arbiter.cpp", "models/cloudwatch/alarm.hpp"),
    ("sim/scenario/scenario.cpp", "sim/prices/price_table.hpp"),
    ("sim/run/simulation.cpp", "models/endpoint/fleet.hpp"),
    ("sim/run/simulation.cpp", "sim/observe/run_observer.hpp"),
    ("sim/observe/run_recorder.cpp", "sim/scenario/scenario.hpp"),
    ("sim/report/table_report.cpp", "sim/run/run_result.hpp"),
    ("sim/study/sweep.cpp", "sim/report/report.hpp"),
    ("tools/headroom/main.cpp", "sim/study/sweep.hpp"),
    ("tests/support/a_scenario.cpp", "tools/headroom/run_command.hpp"),
]
# Where, the header, and a part of the fix.
FORBIDDEN = [
    ("core/event_loop.hpp", "models/traffic/rate_profile.hpp", "car wash"),
    ("core/event_loop.hpp", "sim/run/event.hpp", "car wash"),
    ("models/traffic/rate_profile.hpp", "models/endpoint/fleet.hpp", "pass the value in"),
    ("models/endpoint/fleet.hpp", "models/cloudwatch/metric.hpp", "does not know"),
    ("models/endpoint/fleet.hpp", "models/autoscaling/arbiter.hpp", "does not know"),
    ("models/cloudwatch/alarm.hpp", "models/endpoint/fleet.hpp", "samples from sim/run"),
    ("models/cloudwatch/alarm.hpp", "models/traffic/rate_profile.hpp", "samples from sim/run"),
    ("models/autoscaling/arbiter.hpp", "models/endpoint/instance.hpp", "metrics and alarms"),
    ("models/autoscaling/arbiter.hpp", "models/traffic/rate_profile.hpp", "metrics and alarms"),
    ("models/autoscaling/arbiter.hpp", "sim/run/event.hpp", "metrics and alarms"),
    ("sim/prices/price_table.hpp", "sim/scenario/scenario.hpp", "pass the instance type in"),
    ("sim/scenario/scenario.hpp", "sim/run/event.hpp", "before anything runs"),
    ("sim/scenario/scenario.hpp", "sim/observe/run_observer.hpp", "before anything runs"),
    ("sim/scenario/scenario.hpp", "sim/report/report.hpp", "before anything runs"),
    ("sim/scenario/scenario.hpp", "sim/study/sweep.hpp", "before anything runs"),
    ("sim/observe/run_observer.hpp", "sim/run/event.hpp", "they do not ask"),
    ("sim/run/simulation.hpp", "sim/report/report.hpp", "take it from there"),
    ("sim/run/simulation.hpp", "sim/study/sweep.hpp", "take it from there"),
    ("sim/report/report.hpp", "sim/run/simulation.hpp", "result type"),
    ("sim/study/sweep.hpp", "tools/headroom/options.hpp", "fix"),
    ("tools/headroom/main.cpp", "tests/support/a_scenario.hpp", "nothing includes a test"),
]
# Library header, where it may be, where it may not.
LIBRARIES = [
    ("yaml-cpp/yaml.h", "sim/scenario/yaml_document.cpp", "sim/scenario/scenario_yaml.cpp"),
    ("yaml-cpp/yaml.h", "sim/scenario/yaml_document.cpp", "tests/sim/scenario_test.cpp"),
    ("boost/graph/adjacency_list.hpp", "sim/scenario/control_graph_builder.cpp",
     "sim/scenario/control_graph.hpp"),
    ("date/tz.h", "sim/scenario/iana_time_zone.cpp", "sim/scenario/wall_clock.cpp"),
    ("spdlog/spdlog.h", "sim/run/simulation.cpp", "models/endpoint/fleet.cpp"),
    ("nlohmann/json.hpp", "tests/sim/report_test.cpp", "models/cloudwatch/alarm.cpp"),
    ("Eigen/Dense", "models/endpoint/saturation_curve_fit.cpp", "sim/study/tuner.cpp"),
    ("unsupported/Eigen/NonLinearOptimization", "models/endpoint/fit.cpp", "core/fit.cpp"),
    ("CLI/CLI.hpp", "tools/headroom/main.cpp", "tools/bench/limit.cpp"),
    ("gtest/gtest.h", "tests/core/id_test.cpp", "sim/run/simulation.cpp"),
    ("benchmark/benchmark.h", "tools/bench/limit.cpp", "tests/core/id_test.cpp"),
    ("thread", "sim/study/sweep.cpp", "core/event_loop.hpp"),
    ("mutex", "sim/study/sweep.cpp", "models/endpoint/fleet.hpp"),
    ("fstream", "tools/headroom/main.cpp", "models/traffic/trace_reader.cpp"),
    ("filesystem", "sim/scenario/scenario_yaml.cpp", "core/check.cpp"),
]


class CheckLayersTest(PlantedTreeTest):
    check = check_layers.check

    def test_what_the_table_allows_is_not_reported(self):
        for path, header in ALLOWED:
            with self.subTest(path=path, header=header):
                self.start_over()
                self.plant(path, f'#include "{header}"\n')
                self.assert_clean()

    def test_every_crossed_boundary_is_reported_with_place_and_fix(self):
        for path, header, fix in FORBIDDEN:
            with self.subTest(path=path, header=header):
                self.start_over()
                self.plant(path, f'// Says it.\n\n#include <vector>\n  #  include "{header}"\n')
                self.assert_one_report(f"{path}:4", f"may not include {header}", fix)

    def test_a_library_is_reported_outside_of_its_place_alone(self):
        for header, allowed, forbidden in LIBRARIES:
            with self.subTest(header=header, forbidden=forbidden):
                self.start_over()
                self.plant(allowed, f"#include <{header}>\n")
                self.assert_clean()
                self.plant(forbidden, f"#include <{header}>\n")
                self.assert_one_report(f"{forbidden}:1", f"<{header}> is only for")

    def test_chrono_itself_is_allowed_everywhere(self):
        self.plant("core/sim_time.hpp", "#include <chrono>\n")
        self.assert_clean()

    def test_a_path_that_does_not_start_at_the_root_is_reported(self):
        self.plant("core/event_loop.hpp", '#include "event_queue.hpp"\n')
        self.assert_one_report("core/event_loop.hpp:1", "repository's root")

    def test_a_header_of_ours_in_angle_brackets_is_reported(self):
        self.plant("core/event_loop.hpp", "#include <core/event_queue.hpp>\n")
        self.assert_one_report("core/event_loop.hpp:1", "with quotes")

    def test_a_folder_that_is_not_in_the_table_is_reported(self):
        self.plant("models/weather/rain.hpp", "")
        self.assert_one_report("models/weather/rain.hpp:1", "no row for this folder", "MAY_SEE")

    def test_an_include_in_a_comment_is_not_one(self):
        self.plant("core/event_loop.hpp", '// #include "sim/run/event.hpp"\n')
        self.assert_clean()

    def test_what_decides_about_capacity_may_not_say_what_has_it(self):
        for line in ("// Waits for the instance.\n", "int pending_requests = 0;\n"):
            self.start_over()
            self.plant("models/endpoint/fleet.hpp", line)
            self.assert_clean()
            self.plant("models/autoscaling/arbiter.hpp", line)
            self.assert_one_report("models/autoscaling/arbiter.hpp:1", "may not say", "hand it")

    def test_names_and_sentences_of_aws_are_not_changed(self):
        self.plant("models/autoscaling/scaling_activity.cpp",
                   'InstanceCount to;  // "Setting desired instance count to {}."\n')
        self.plant("models/cloudwatch/metric.cpp", '"InvocationsPerInstance"\n')
        self.assert_clean()

    def test_the_status_tells_whether_something_was_reported(self):
        self.plant("core/a.hpp", "")
        out = io.StringIO()
        with redirect_stdout(out):
            self.assertEqual(check_layers.main([self.root]), 0)
            self.assertEqual(out.getvalue(), "")
            self.plant("core/a.hpp", '#include "sim/run/event.hpp"\n')
            self.assertEqual(check_layers.main([self.root]), 1)
        self.assertEqual(out.getvalue().count("\n"), 1)

    def test_every_folder_of_the_table_has_a_fix_to_tell(self):
        self.assertEqual(set(check_layers.MAY_SEE), set(check_layers.FIX))

    def test_the_tree_itself_has_sources_to_look_at(self):
        self.assertIn("core/event_loop.hpp", list(check_layers.sources(ROOT)))


if __name__ == "__main__":
    unittest.main()
