"""The computer and the versions that figures were taken with."""

import os
import platform
import resource
import sqlite3
import subprocess
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django

import braid

QUIET = 0.5  # load above which figures are lower bounds
ROOT = Path(__file__).parents[1]


def load() -> float:
    """Return the load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def commit() -> str:
    """Return the short name of the commit, with a plus where files differ from it."""
    return _git("rev-parse", "--short", "HEAD") + ("+" * bool(_git("status", "-s")))


def _git(*words: str) -> str:
    try:
        asked = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown" if words[0] == "rev-parse" else ""
    return asked.stdout.strip()


def described() -> dict[str, Any]:
    """Return what a reader must know of the computer."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "system": platform.platform(),
        "versions": {
            "braid": braid.__version__,
            "python": platform.python_version(),
            "django": django.get_version(),
            "sqlite": sqlite3.sqlite_version,
            "duckdb": version("duckdb"),
        },
    }


def forget_peak() -> None:
    """Begin anew to note the largest memory of this process, where the system can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_memory() -> float:
    """Return the largest memory of this process since `forget_peak`, in MiB."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
