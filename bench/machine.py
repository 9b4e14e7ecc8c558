"""The computer and the versions that figures were taken with."""

import os
import platform
import resource
import sqlite3
import subprocess
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
        },
    }


def peak_memory() -> float:
    """Return the largest memory of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1024, 1)
