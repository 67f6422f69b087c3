"""What docs/commands.md shows is what the program prints.

Every block marked `console` is run in one folder, in the order of the document: a line that begins
with `$ ` is a command, what follows is its output. A block marked `yaml NAME` is a file there.
With HEADROOM_APPROVE=1 the document is written
anew with what is printed now: read the difference before committing it.
"""

import os
import re
import subprocess
import unittest

from program import CLEAN, PROGRAM, ProgramTest

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/commands.md")
FILE = re.compile(r"(?ms)^```yaml (\S+)\n(.*?)^```$")
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


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

    def test_every_example_prints_what_the_document_shows(self):
        with open(DOCUMENT, encoding="utf-8") as file:
            text = file.read()
        self.assertGreater(len(BLOCK.findall(text)), 5)
        for name, content in FILE.findall(text):
            self.write(name, content)
        new = BLOCK.sub(lambda match: f"```console\n{self.renewed(match[1])}```", text)
        if os.environ.get("HEADROOM_APPROVE"):
            with open(DOCUMENT, "w", encoding="utf-8") as file:
                file.write(new)
            self.fail("docs/commands.md is written anew: run again without HEADROOM_APPROVE")
        self.maxDiff = None
        self.assertEqual(text, new)


if __name__ == "__main__":
    unittest.main()
