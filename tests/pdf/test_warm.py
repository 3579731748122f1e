"""After warming, nothing is loaded any more."""

import subprocess
import sys

PROGRAM = """
import sys
from pliego.pdf.warm import warm
warm()
seen = set(sys.modules)
opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event in ("open", "import", "socket.connect") else None)
warm()
named = [name for name in opened if not isinstance(name, int) and not str(name).startswith("/tmp")]
print(sorted(set(sys.modules) - seen), named)
"""


def test_a_second_round_imports_and_opens_nothing() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[] []", "")
