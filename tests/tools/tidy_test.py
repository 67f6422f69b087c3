"""Plants what reviews would remark on and expects tidy.py to report each, and nothing else."""

import io
import unittest
from contextlib import redirect_stdout

from planted_tree import ROOT, PlantedTreeTest

import tidy

HEADER = "// Says what it is for.\n#pragma once\n"
LEFTOVER = "TO" + "DO"


class TidyTest(PlantedTreeTest):
    check = tidy.check

    def plant_header(self, path, body):
        self.plant(path, HEADER + body)

    def plant_cpp(self, path, text):
        """A .cpp that CMake knows, so that nothing but its text can be reported."""
        folder, name = path.rsplit("/", 1)
        self.plant(f"{folder}/CMakeLists.txt", f"add_library(x {name})\n")
        self.plant(path, text)

    def test_a_tree_in_order_is_clean(self):
        self.plant_header("core/a.hpp", "int twice(int x);\n")
        self.plant_cpp("core/a.cpp", '#include "core/a.hpp"\n\nint twice(int x) { return x; }\n')
        self.plant("docs/a.md", "# A\n\n## B\n\n```sh\n# a comment\n```\n")
        self.assert_clean()


class LengthTest(TidyTest):
    def test_a_line_of_101_columns_is_reported_and_one_of_100_is_not(self):
        self.plant_header("core/a.hpp", "//" + "x" * 98 + "\n")
        self.assert_clean()
        self.plant_header("core/a.hpp", "//" + "x" * 99 + "\n")
        self.assert_one_report("core/a.hpp:3", "101 columns")

    def test_columns_are_characters_not_bytes(self):
        self.plant_header("core/a.hpp", "//" + "\u03bb" * 98 + "\n")
        self.assert_clean()

    def test_scripts_have_the_same_columns(self):
        for path in ("tools/a.py", "tools/a.sh", "cmake/A.cmake", "core/CMakeLists.txt", ".ci/run"):
            with self.subTest(path=path):
                self.start_over()
                self.plant(path, "#" * 101 + "\n")
                self.assert_one_report(f"{path}:1", "101 columns")

    def test_the_scripts_and_style_sheets_of_pages_have_the_same_sizes(self):
        for path in ("sim/report/page/a.js", "sim/report/page/a.css", "tests/pages/a.mjs"):
            with self.subTest(path=path):
                self.start_over()
                self.plant(path, "x" * 100 + "\n" * 500)
                self.assert_clean()
                self.plant(path, "x" * 101 + "\n")
                self.assert_one_report(f"{path}:1", "101 columns")
                self.plant(path, "\n" * 501)
                self.assert_one_report(f"{path}:501", "501 lines", "at most 500")

    def test_what_others_wrote_is_as_long_as_they_like(self):
        for path in ("third_party/x/x.min.js", "third_party/x/README.md",
                     "tests/pages/node_modules/x/a.js"):
            self.plant(path, "x" * 101 + f" {LEFTOVER}\n" * 600)
        self.assert_clean()

    def test_a_header_of_201_lines_is_reported(self):
        self.plant_header("core/a.hpp", "\n" * 198)
        self.assert_clean()
        self.plant_header("core/a.hpp", "\n" * 199)
        self.assert_one_report("core/a.hpp:201", "201 lines", "at most 200")

    def test_an_implementation_of_501_lines_is_reported(self):
        self.plant_cpp("core/a.cpp", "// Says it.\n" + "\n" * 499)
        self.assert_clean()
        self.plant_cpp("core/a.cpp", "// Says it.\n" + "\n" * 500)
        self.assert_one_report("core/a.cpp:501", "501 lines", "at most 500")

    def test_a_function_of_61_lines_is_reported_where_it_begins(self):
        for heading in (
            "int f() {",
            "X::X(int x) : a_{1}, b_{x} {",
            "void f(Options options = {}) {",
            "template <int n = 3>\nbool operator==(const X<n>& a, const X<n>& b) {",
            "TEST(Suite, Name) {",
            "auto X::f() const -> std::vector<int> {",
        ):
            with self.subTest(heading=heading):
                self.start_over()
                inner = 58 - heading.count("\n")
                text = "// Says it.\nnamespace n {{\nint x = 0;\n{}\n{}}}\n}}\n"
                body = "  if (x) { y(); }\n"
                self.plant_cpp("core/a.cpp", text.format(heading, body * inner))
                self.assert_clean()
                self.plant_cpp("core/a.cpp", text.format(heading, body * (inner + 1)))
                self.assert_one_report("core/a.cpp:4", "61 lines", "at most 60")

    def test_what_only_looks_like_a_function_may_be_longer(self):
        for opening in ("namespace n {", "struct X {", "const Row kRows[] = {", "enum class E {"):
            with self.subTest(opening=opening):
                self.start_over()
                self.plant_cpp("core/a.cpp", f"// Says it.\n{opening}\n" + "  a,\n" * 70 + "};\n")
                self.assert_clean()

    def test_braces_in_strings_and_comments_do_not_count(self):
        body = '  f("{", \'{\', R"({)");  // {\n  /* { */\n'
        self.plant_cpp("core/a.cpp", "// Says it.\n" + ("void f() {\n" + body + "}\n") * 20)
        self.assert_clean()


class NameTest(TidyTest):
    def test_a_banned_word_in_an_identifier_is_reported_with_ours(self):
        for identifier, ours in (
            ("node_count", "instance"),
            ("ReplicaSet", "instance"),
            ("scale_up", "scale_out"),
            ("isScalingDown", "scaling in"),
            ("upscale_cooldown", "scale_out"),
            ("kSetpoint", "target_value"),
            ("max_qps", "invocations"),
            ("requests_dropped", "rejected"),
            ("lookback_", "evaluation_periods"),
            ("target_count", "desired_capacity"),
            ("ScalingEvent", "scaling_activity"),
        ):
            with self.subTest(identifier=identifier):
                self.start_over()
                self.plant_header("sim/a.hpp", f"\nint {identifier} = 0;\n")
                self.assert_one_report("sim/a.hpp:4", identifier, f"say {ours}")

    def test_words_that_only_contain_a_banned_word_are_fine(self):
        self.plant_header("sim/a.hpp", "int replications, podium, scale_out, scaled, denoted;\n")
        self.assert_clean()

    def test_comments_and_strings_may_say_anything(self):
        self.plant_header("sim/a.hpp", '// A node.\n/* a pod */ auto x = f("qps", R"(hits)");\n')
        self.assert_clean()

    def test_a_library_s_own_name_is_not_ours(self):
        self.plant_header("sim/a.hpp", "#include <x/node.h>\nvoid f(const YAML::Node& value);\n")
        self.assert_clean()

    def test_an_exception_holds_for_its_files_alone(self):
        self.plant_header("core/winner_tree.hpp", "struct Node;\n")
        self.assert_clean()
        self.plant_header("core/loser_tree.hpp", "struct Node;\n")
        self.assert_one_report("core/loser_tree.hpp:3", "Node says")

    def test_a_file_that_would_gather_anything_is_reported(self):
        for name in ("utils", "time_utils", "helpers", "common", "fleet_manager"):
            with self.subTest(name=name):
                self.start_over()
                self.plant_header(f"core/{name}.hpp", "")
                self.assert_one_report(f"core/{name}.hpp:1", "main type")

    def test_two_files_of_one_name_are_reported_once(self):
        self.plant_header("core/a.hpp", "")
        self.plant_header("sim/run/a.hpp", "")
        self.assert_one_report("sim/run/a.hpp:1", "taken by core/a.hpp")

    def test_main_and_tests_may_share_a_name(self):
        for folder in ("tools/bench", "tools/headroom", "tests/core", "tests/boundaries"):
            self.plant_cpp(f"{folder}/main.cpp", "// Says it.\n")
        for folder in ("tests/core", "tests/boundaries"):
            self.plant_header(f"{folder}/clock.hpp", "")
        self.assert_clean()


class ContentTest(TidyTest):
    def test_a_leftover_is_reported_in_every_kind_of_file(self):
        for path in ("core/a.hpp", "docs/a.md", "tools/a.py", "tools/a.sh", "core/CMakeLists.txt",
                     "sim/report/page/a.js", "sim/report/page/a.css"):
            with self.subTest(path=path):
                self.start_over()
                first = HEADER if path.endswith(".hpp") else "# A\n\n"
                self.plant(path, f"{first}// {LEFTOVER}: later\n")
                self.assert_one_report(f"{path}:3", LEFTOVER)

    def test_a_distribution_of_the_standard_library_is_reported(self):
        self.plant_header("sim/a.hpp", "std::normal_distribution<double> gauss;\n")
        self.assert_one_report("sim/a.hpp:3", "std::normal_distribution", "boost::random")

    def test_a_distribution_of_boost_is_fine(self):
        self.plant_header("sim/a.hpp", "boost::random::normal_distribution<double> gauss;\n")
        self.assert_clean()

    def test_a_wall_clock_is_reported_below_sim_alone(self):
        for folder in ("core", "models/endpoint", "sim/run"):
            with self.subTest(folder=folder):
                self.start_over()
                self.plant_header(f"{folder}/a.hpp", "using C = std::chrono::steady_clock;\n")
                if folder == "sim/run":
                    self.assert_clean()
                else:
                    self.assert_one_report(f"{folder}/a.hpp:3", "steady_clock", "simulated time")

    def test_a_source_that_cmake_does_not_know_is_reported(self):
        self.plant("sim/CMakeLists.txt", "headroom_library(x SOURCES run/known.cpp)\n")
        self.plant("sim/run/known.cpp", "// Says it.\n")
        self.assert_clean()
        self.plant("sim/run/unknown.cpp", "// Says it.\n")
        self.assert_one_report("sim/run/unknown.cpp:1", "no CMakeLists.txt")

    def test_a_header_without_pragma_once_is_reported(self):
        self.plant("core/a.hpp", "// #pragma once\n")
        self.assert_one_report("core/a.hpp:1", "#pragma once")

    def test_a_file_without_a_first_comment_is_reported_in_the_layers_alone(self):
        self.plant("tests/support/a.hpp", "#pragma once\n")
        self.assert_clean()
        self.plant("sim/a.hpp", "#pragma once\n")
        self.assert_one_report("sim/a.hpp:1", "no first comment")

    def test_a_source_that_does_not_begin_with_its_header_is_reported(self):
        self.plant_header("core/a.hpp", "")
        self.plant_cpp("core/a.cpp", '// An essay.\n#include "core/a.hpp"\n#include <vector>\n')
        self.assert_clean()
        self.plant_cpp("core/a.cpp", '// An essay.\n#include <vector>\n#include "core/a.hpp"\n')
        self.assert_one_report("core/a.cpp:2", 'begin with #include "core/a.hpp"')
        self.plant_cpp("core/a.cpp", "// An essay.\n")
        self.assert_one_report("core/a.cpp:1", "does not include its header")

    def test_a_document_has_exactly_one_title(self):
        self.plant("docs/a.md", "no title\n")
        self.assert_one_report("docs/a.md:1", "no title")
        self.plant("docs/a.md", "# One\n\n# Two\n")
        self.assert_one_report("docs/a.md:3", "second title")

    def test_builds_and_hidden_folders_are_not_looked_at(self):
        self.plant("build/dev/utils.cpp", LEFTOVER)
        self.plant(".cache/utils.cpp", LEFTOVER)
        self.assert_clean()

    def test_the_status_tells_whether_something_was_reported(self):
        with redirect_stdout(io.StringIO()) as out:
            self.plant("docs/a.md", "# A\n")
            self.assertEqual(tidy.main([self.root]), 0)
            self.plant("docs/a.md", "a\n")
            self.assertEqual(tidy.main([self.root]), 1)
        self.assertEqual(out.getvalue().count("\n"), 1)

    def test_the_tree_itself_is_looked_at(self):
        self.assertIn("core/check.cpp", list(tidy.tree(ROOT)))


if __name__ == "__main__":
    unittest.main()
