"""An installation under https: Django's own check is content, cookies hold to the host."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import braid

ASKED = (
    *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"),
    *("SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"),
    *("SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "SECURE_HSTS_SECONDS"),
)
SAY = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))
"""


def run(folder: Path, base_url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the settings of an installation, in a process of its own."""
    kept = {
        key: text for key, text in os.environ.items() if not key.startswith("BRAID_")
    }
    environment = kept | {
        "BRAID_DATA": str(folder),
        "BRAID_BASE_URL": base_url,
        "DJANGO_SETTINGS_MODULE": "braid.site.settings",
        "PYTHONPATH": str(Path(braid.__file__).parents[1]),
    }
    return subprocess.run(
        [sys.executable, *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_check_before_deployment_finds_nothing(tmp_path):
    found = run(
        tmp_path,
        "https://braid.example.org",
        *("-m", "django", "check", "--deploy", "--fail-level", "DEBUG"),
    )
    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout


@pytest.mark.parametrize(
    ("base_url", "is_https"),
    [("https://braid.example.org", True), ("http://localhost:8000", False)],
    ids=["https", "this computer"],
)
def test_cookies_follow_the_scheme(tmp_path, base_url, is_https):
    said = json.loads(run(tmp_path, base_url, "-c", SAY).stdout)
    prefix = "__Host-" if is_https else ""
    assert said["SESSION_COOKIE_NAME"] == f"{prefix}sessionid"
    assert said["CSRF_COOKIE_NAME"] == f"{prefix}csrftoken"
    assert said["LANGUAGE_COOKIE_NAME"].startswith(prefix)
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert said[f"{name}_COOKIE_SECURE"] is is_https
    assert said["SESSION_COOKIE_HTTPONLY"]
    assert said["CSRF_COOKIE_HTTPONLY"]
    assert said["SESSION_COOKIE_SAMESITE"] == "Lax"
    # What the prefix demands of a cookie.
    assert (said["SESSION_COOKIE_DOMAIN"], said["SESSION_COOKIE_PATH"]) == (None, "/")
    assert (said["SECURE_HSTS_SECONDS"] >= 2 * 365 * 24 * 3600) is is_https
