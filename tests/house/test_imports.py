"""What a process loads: a web worker that only shows pages carries no engine."""

import subprocess
import sys

import pytest

ENGINES = ("duckdb", "ibis", "pyarrow", "numpy", "pandas", "sqlglot")


@pytest.mark.parametrize(
    "module", ["braid.site.wsgi", "braid.site.wsgi, braid.site.urls", "braid.site.cli"]
)
def test_no_engine_is_loaded_before_somebody_asks_for_facts(module, tmp_path):
    script = (
        f"import sys, {module}; "
        f"print(*sorted(set({ENGINES!r}) & set(sys.modules)), sep=',')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"BRAID_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""
