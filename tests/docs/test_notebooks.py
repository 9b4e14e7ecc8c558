"""The worked notebooks run as they stand, without Django, and print what they promise."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.facts import busy

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
NOTEBOOKS = HOW_TO / "notebooks"
# Runs a script as it is, then says whether the web framework was loaded.
RUN = (
    "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__'); "
    "print('django' in sys.modules)"
)


def printed(name, folder):
    """Return the lines that a notebook prints in a folder."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, str(NOTEBOOKS / name)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    *lines, is_loaded = done.stdout.splitlines()
    assert is_loaded == "False", "a notebook loaded Django"
    return lines


def test_a_published_table_comes_out_as_it_was_printed(tmp_path):
    lines = printed("published_table.py", tmp_path)
    assert lines[0].startswith("IPS: worked at least one day: 85/156 = 54.5 %")
    assert lines[1].startswith("vocational: worked at least one day: 43/156 = 27.6 %")
    assert "Work, difference in points: 26.9 (16.4 to 37.4)" in lines
    assert "Work, odds ratio: 3.15 (1.96 to 5.04)" in lines
    assert "Dropping out, difference in points: 32.05 (22.65 to 41.46)" in lines


@pytest.fixture
def two_folders(tmp_path):
    for seed, name in enumerate(("facts-of-north", "facts-of-south"), start=1):
        busy.frozen(tmp_path / name, seed=seed, people=80)
    return tmp_path


def test_two_services_are_put_side_by_side(two_folders):
    lines = printed("two_services.py", two_folders)
    north, south = lines[0], lines[2]
    assert north.startswith("North, 2026Q2: ")
    assert south.startswith("South, 2026Q2: ")
    assert any(line.startswith("Difference: ") for line in lines)
    assert any(line.startswith("North: ") and "median" in line for line in lines)
    assert lines[-1].startswith("Log-rank: chi2 ")


@pytest.mark.parametrize("script", sorted(NOTEBOOKS.glob("*.py")), ids=lambda p: p.stem)
def test_every_notebook_is_shown_on_a_page(script):
    included = f'--8<-- "docs/how-to/notebooks/{script.name}"'
    assert any(included in page.read_text() for page in HOW_TO.glob("*.md"))
