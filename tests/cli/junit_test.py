"""headroom test --junit: valid by Jenkins's schema, whatever the names are made of."""

import os
import unittest
import xml.etree.ElementTree

from program import FAILED, MET, ProgramTest
from schemas import problems_of_junit

BROKEN = "version: 1\nname: [oops\n"
# As YAML writes it, and as it is read.
NAMES = [
    (r'"<b> & \"c\" it' + "'" + 's ]]>"', '<b> & "c" it\'s ]]>'),
    (r'"tab\tbell\aescape\e[1mdelete\x7f"', "tab?bell?escape?[1mdelete?"),
    (r'"two\nlines"', "two\nlines"),
    ('"rocket \U0001f680 \u00fc \u65e5\u672c"', "rocket \U0001f680 \u00fc \u65e5\u672c"),
]


class JunitTest(ProgramTest):
    def junit(self, code, *paths):
        self.expect(code, "test", *paths, "--junit", "out.xml", "-o", "none")
        root = xml.etree.ElementTree.fromstring(self.read("out.xml").encode())
        self.assertEqual(root.tag, "testsuites")
        self.assertEqual(problems_of_junit(os.path.join(self.folder, "out.xml")), "")
        for suite in root:
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
            self.assertEqual(int(suite.get("errors")), len(suite.findall("testcase/error")))
        for count in ("tests", "failures", "errors"):
            self.assertEqual(int(root.get(count)), sum(int(suite.get(count)) for suite in root))
        return root

    def test_all_is_well(self):
        self.write("a.scenario.yaml", MET)
        root = self.junit(0, ".")
        self.assertEqual((root.get("tests"), root.get("failures")), ("1", "0"))

    def test_failures(self):
        self.write("a.scenario.yaml", MET)
        self.write("b.scenario.yaml", FAILED)
        self.assertEqual(self.junit(1, ".").get("failures"), "1")

    def test_a_file_that_is_broken_keeps_the_others_in_it(self):
        self.write("a.scenario.yaml", MET)
        self.write("b.scenario.yaml", BROKEN)
        root = self.junit(2, ".")
        self.assertEqual({suite.get("name"): suite.get("errors") for suite in root},
                         {"a.scenario.yaml": "0", "b.scenario.yaml": "1"})

    def test_names_of_tests_come_through(self):
        for written, read in NAMES:
            with self.subTest(read):
                self.write("a.scenario.yaml",
                           FAILED.replace("name: small", f"name: {written}"))
                root = self.junit(1, "a.scenario.yaml")
                self.assertEqual(root.find("testsuite/testcase").get("name"), read)

    def test_names_of_files_come_through(self):
        name = "<&> \"it's\" \U0001f680.scenario.yaml"
        self.write(name, FAILED)
        root = self.junit(1, ".")
        self.assertEqual(root.find("testsuite").get("name"), name)
        self.assertIn(name, root.find("testsuite/testcase/failure").text)

    def test_reasons_come_through(self):
        self.write("a.scenario.yaml", FAILED.replace(
            "expect: [latency.p50 < 1us]",
            r'expect: [{that: latency.p50 < 1us, because: "a < b & \e[1m]]> ' "\U0001f680" '"}]'))
        text = self.junit(1, ".").find("testsuite/testcase/failure").text
        self.assertIn("because a < b & ?[1m]]> \U0001f680\n", text)

    def test_characters_that_xml_does_not_have(self):
        for escape in (r"\ufffe", r"\uffff"):
            with self.subTest(escape):
                self.write("a.scenario.yaml", MET.replace("name: small", f'name: "a{escape}b"'))
                self.junit(0, "a.scenario.yaml")

    def test_a_name_of_a_file_that_is_no_text(self):
        name = b"caf\xe9.scenario.yaml"
        with open(os.path.join(os.fsencode(self.folder), name), "w", encoding="utf-8") as file:
            file.write(MET)
        self.junit(0, ".")


if __name__ == "__main__":
    unittest.main()
