"""headroom check, init, schema and prices."""

import csv
import io
import json
import os
import shutil
import subprocess
import unittest

from program import BROKEN, MET, SMALL, ProgramTest

HERE = os.path.dirname(os.path.abspath(__file__))
GRAPHS = os.path.join(HERE, "graphs")
TWO_VARIANTS = os.path.join(GRAPHS, "two_variants.scenario.yaml")
STEP_SCALING = os.path.join(HERE, "../../scenarios/seed/step_scaling.scenario.yaml")


class CheckTest(ProgramTest):
    def test_a_good_scenario_is_ok(self):
        self.write("a.yaml", SMALL)
        result = self.expect(0, "check", "a.yaml")
        self.assertEqual((result.stdout, result.stderr), ("a.yaml: ok\n", ""))
        self.assertEqual(json.loads(self.expect(0, "check", "a.yaml", "-o", "json").stdout),
                         {"errors": [], "warnings": []})

    def test_what_is_wrong_is_the_result(self):
        self.write("a.yaml", BROKEN)
        result = self.expect(2, "check", "a.yaml")
        self.assertRegex(result.stdout, r"(?m)^a.yaml:6:1: error: ")
        self.assertRegex(result.stdout, r"(?m)^a.yaml: 1 error, 0 warnings$")
        self.assertEqual(result.stderr, "")

    def test_as_json_for_editors(self):
        self.write("a.yaml", BROKEN)
        found = json.loads(self.expect(2, "check", "a.yaml", "-o", "json").stdout)
        self.assertEqual(list(found), ["errors", "warnings"])
        error = found["errors"][0]
        self.assertEqual(list(error), ["file", "line", "column", "code", "message", "hint"])
        self.assertEqual((error["file"], error["line"], error["column"]), ("a.yaml", 6, 1))
        self.assertEqual(error["hint"], "did you mean 'traffic'?")

    def test_as_csv_and_markdown(self):
        self.write("a.yaml", BROKEN)
        rows = list(csv.DictReader(io.StringIO(self.expect(2, "check", "a.yaml", "-o",
                                                           "csv").stdout)))
        self.assertEqual((rows[0]["file"], rows[0]["severity"]), ("a.yaml", "error"))
        self.assertIn("| a.yaml:6:1 | error |",
                      self.expect(2, "check", "a.yaml", "-o", "markdown").stdout)

    def test_several_files_give_the_worst_exit_code(self):
        self.write("a.yaml", SMALL)
        self.write("b.yaml", BROKEN)
        result = self.expect(2, "check", "a.yaml", "b.yaml", "gone.yaml")
        for line in ("a.yaml: ok", "b.yaml: 1 error, 0 warnings", "gone.yaml: 1 error, 0 warnings"):
            self.assertRegex(result.stdout, f"(?m)^{line}$")

    def test_the_expanded_scenario_gives_the_same_run(self):
        self.write("a.yaml", MET)
        self.write("b.yaml", self.expect(0, "check", "a.yaml", "--expand").stdout)
        self.assertIn("queue:", self.read("b.yaml"))
        runs = [json.loads(self.expect(0, "run", name, "-o", "json").stdout)
                for name in ("a.yaml", "b.yaml")]
        # A price that is written out is no longer one of the table.
        for run in runs:
            del run["scenario"]["file"], run["summary"]["cost"]["price_table"]
        self.assertEqual(runs[0], runs[1])

    def test_nothing_is_expanded_of_a_broken_scenario(self):
        self.write("a.yaml", BROKEN)
        result = self.expect(2, "check", "a.yaml", "--expand")
        self.assertEqual(result.stdout, "")
        self.assertIn("a.yaml:6:1: error: ", result.stderr)
        self.expect(2, "check", "a.yaml", "a.yaml", "--expand")


class GraphTest(ProgramTest):
    def graph_of(self, file, *more):
        return self.expect(0, "check", "--graph", file, *more).stdout

    def expect_approved(self, name, graph):
        """With HEADROOM_APPROVE=1 the file is written anew: read the difference."""
        path = os.path.join(GRAPHS, name)
        if os.environ.get("HEADROOM_APPROVE"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(graph)
        with open(path, encoding="utf-8") as file:
            self.maxDiff = None
            self.assertEqual(file.read(), graph)

    def test_the_graphs_are_those_that_were_approved(self):
        self.expect_approved("step_scaling.dot", self.graph_of(STEP_SCALING))
        self.expect_approved("two_variants.dot", self.graph_of(TWO_VARIANTS))

    def test_what_is_wrong_is_talk(self):
        result = self.expect(0, "check", "--graph", TWO_VARIANTS)
        self.assertIn("warning: no alarm triggers the step policy 'for later'", result.stderr)
        self.write("a.yaml", BROKEN)
        result = self.expect(2, "check", "--graph", "a.yaml")
        self.assertEqual(result.stdout, "")
        self.assertIn("a.yaml:6:1: error: ", result.stderr)

    def test_changes_are_drawn(self):
        target = "\\nMinCapacity 1, MaxCapacity {}\"]"
        self.assertIn(target.format(8), self.graph_of(STEP_SCALING))
        changed = self.graph_of(STEP_SCALING, "--set",
                                "scaling.ScalableTargets=[{MinCapacity: 1, MaxCapacity: 9}]")
        self.assertIn(target.format(9), changed)

    def test_nothing_scales_a_variant_alone(self):
        self.write("a.yaml", SMALL)
        graph = self.graph_of("a.yaml")
        self.assertIn("variant_1 [label=\"variant\\nAllTraffic\\nml.c5.large\"]", graph)
        self.assertNotIn("->", graph)

    def test_only_one_form_is_printed_of_one_file(self):
        self.write("a.yaml", SMALL)
        for option in ("--graph", "--expand"):
            for form in ("json", "csv", "markdown"):
                self.assertIn(f"'{option}' has a form of its own",
                              self.expect(2, "check", "a.yaml", option, "-o", form).stderr)
            self.assertEqual(self.expect(0, "check", "a.yaml", option, "-o", "none").stdout, "")
            self.assertIn(f"'{option}' takes one file",
                          self.expect(2, "check", "a.yaml", "a.yaml", option).stderr)
        self.assertIn("--expand", self.expect(2, "check", "a.yaml", "--graph", "--expand").stderr)

    @unittest.skipUnless(shutil.which("dot"), "Graphviz is not installed")
    def test_graphviz_reads_it_without_complaint(self):
        named = SMALL.replace("name: small", r'name: "a \"b\" \\G \\ < > { } | é"')
        self.write("a.yaml", named)
        for file in (STEP_SCALING, TWO_VARIANTS, "a.yaml"):
            drawn = subprocess.run(["dot", "-Tsvg"], input=self.graph_of(file), encoding="utf-8",
                                   capture_output=True, timeout=60, check=False)
            self.assertEqual((drawn.returncode, drawn.stderr), (0, ""))
            self.assertIn("</svg>", drawn.stdout)


class InitTest(ProgramTest):
    def test_the_first_scenario_checks_and_runs(self):
        result = self.expect(0, "init", "shop")
        self.assertEqual(result.stdout, "")
        self.assertIn("next: headroom run shop.scenario.yaml", result.stderr)
        self.assertTrue(self.read("shop.scenario.yaml").startswith(
            "# yaml-language-server: $schema=scenario.schema.json\n"))
        self.expect(0, "check", "shop.scenario.yaml")
        self.assertIn("EXPECT     all 4 met", self.expect(0, "run", "shop.scenario.yaml").stdout)

    def test_the_schema_is_written_for_editors(self):
        self.expect(0, "init", "shop")
        self.assertEqual(self.read("scenario.schema.json"), self.expect(0, "schema").stdout)

    def test_nothing_is_overwritten_without_being_asked(self):
        self.write("shop.scenario.yaml", "mine")
        self.write("scenario.schema.json", "mine too")
        self.assertIn("is there already", self.expect(2, "init", "shop").stderr)
        self.assertEqual(self.read("shop.scenario.yaml"), "mine")
        self.expect(0, "init", "other")
        self.assertEqual(self.read("scenario.schema.json"), "mine too")
        self.expect(0, "init", "shop", "--force")
        self.assertIn("version: 1", self.read("shop.scenario.yaml"))

    def test_a_name_that_aws_would_refuse_is_refused(self):
        for name in ("a b", "", "x/", "ä"):
            self.expect(2, "init", name)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_folder_that_is_not_there_is_told(self):
        self.assertIn("cannot write gone/shop.scenario.yaml: No such file or directory",
                      self.expect(3, "init", "gone/shop").stderr)


class SchemaTest(ProgramTest):
    def test_all_are_draft_7(self):
        for which in ([], ["scenario"], ["test"], ["result"]):
            schema = json.loads(self.expect(0, "schema", *which).stdout)
            self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")
            self.assertEqual(schema["type"], "object")


class PricesTest(ProgramTest):
    def test_the_table_is_the_same_in_every_format(self):
        rows = list(csv.DictReader(io.StringIO(self.expect(0, "prices", "-o", "csv").stdout)))
        prices = json.loads(self.expect(0, "prices", "-o", "json").stdout)["prices"]
        self.assertGreaterEqual(len(rows), 25)
        self.assertEqual(len(self.expect(0, "prices").stdout.splitlines()), len(rows) + 1)
        for row, price in zip(rows, prices, strict=True):
            self.assertEqual(row["instance_type"], price["instance_type"])
            if price["usd_per_hour"] is None:
                self.assertEqual(row["usd_per_hour"], "")
            else:
                self.assertEqual(float(row["usd_per_hour"]), price["usd_per_hour"])

    def test_types_can_be_chosen(self):
        lines = self.expect(0, "prices", "ml.c5.large", "--region", "us-east-1").stdout.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[1], r"^ml\.c5\.large +0\.102 ")

    def test_an_unknown_type_or_region_is_told(self):
        self.assertIn("the table has no 'ml.c5.larg'; close to it: ml.c5.large",
                      self.expect(2, "prices", "ml.c5.larg").stderr)
        self.assertIn("no prices for 'eu-west-1'",
                      self.expect(2, "prices", "--region", "eu-west-1").stderr)


if __name__ == "__main__":
    unittest.main()
