"""The schema by which Jenkins's xunit plugin reads JUnit files: junit-10.xsd, of the plugin's
repository at ae25da5089d4f94ac6c4669bf736e4d416cc4665, under the licence at its beginning."""

import os
import subprocess


def problems_of_junit(path):
    """What makes the file invalid, as xmllint (package libxml2-utils) tells it; empty: nothing."""
    schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "junit-10.xsd")
    result = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path],
                            capture_output=True, check=False)
    return "" if result.returncode == 0 else result.stderr.decode(errors="replace")
