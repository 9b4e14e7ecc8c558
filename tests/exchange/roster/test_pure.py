"""The heart of the import needs no Django, no settings, no clock."""

import subprocess
import sys

PROBE = """
import sys
import braid.exchange.roster.planning, braid.exchange.roster.inspecting
import braid.exchange.roster.reading.opening, braid.packs.layouts
print(sorted(name for name in sys.modules if name.split(".")[0] == "django"))
"""


def test_roster_is_read_and_planned_without_django():
    told = subprocess.run(
        [sys.executable, "-c", PROBE],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert told.stdout.strip() == "[]"
