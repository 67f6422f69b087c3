"""What docs/commands.md and docs/testing.md show is what the program prints.

Every block marked `console` is run, those of a document in one folder and in their order: a line
that begins with `$ ` is a command, what follows is its output. A block marked `yaml NAME`,
`json NAME` or `csv NAME` is a file there, from its place on. With HEADROOM_APPROVE=1 a document is
written anew with what is printed now: read the difference before committing it.
"""

import os
import re
import subprocess
import unittest

from program import CLEAN, PROGRAM, ProgramTest

DOCS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs")
BLOCK = re.compile(r"(?ms)^```(?:(?:yaml|json|csv) (?P<file>\S+)|console)\n(?P<text>.*?)^```$")


class DocsTest(ProgramTest):
    def printed(self, command):
        path = os.path.dirname(PROGRAM) + os.pathsep + CLEAN["PATH"]
        result = subprocess.run(["bash", "-c", command], cwd=self.folder, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                env={**CLEAN, "PATH": path}, timeout=300, check=False)
        return result.stdout

    def renewed(self, block):
        commands = re.findall(r"(?m)^\$ (.*)$", block)
        return "".join(f"$ {command}\n{self.printed(command)}" for command in commands)

    def played(self, block):
        if block["file"]:
            self.write(block["file"], block["text"])
            return block[0]
        return f"```console\n{self.renewed(block['text'])}```"

    def check_examples(self, document, fewest):
        path = os.path.join(DOCS, document)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertGreaterEqual(text.count("\n```console\n"), fewest)
        new = BLOCK.sub(self.played, text)
        if os.environ.get("HEADROOM_APPROVE"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(new)
            self.fail(f"docs/{document} is written anew: run again without HEADROOM_APPROVE")
        self.maxDiff = None
        self.assertEqual(text, new)

    def test_every_example_of_the_commands_prints_what_is_shown(self):
        self.check_examples("commands.md", 6)

    def test_every_example_of_testing_prints_what_is_shown(self):
        self.check_examples("testing.md", 3)


if __name__ == "__main__":
    unittest.main()
