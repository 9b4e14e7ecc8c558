"""The site's settings, for tests: a database in memory, fast hashing, tasks at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="braid-tests-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["BRAID_DATA"] = str(_data)
os.environ["BRAID_SECRET_KEY"] = "only-for-tests-" + "x" * 32
os.environ.pop("BRAID_DATABASE_URL", None)
(_data / "static").mkdir()
# What one worker compiled, the others need not: they share the statements of the process
# that began the run, which takes them away with its folder.
_statements = Path(os.environ.setdefault("TESTS_STATEMENTS", str(_data / "shared")))
_statements.mkdir(mode=0o700, exist_ok=True)
(_data / "statements").symlink_to(_statements)

from braid.site.settings import *  # noqa: E402, F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF"},
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
BRAID_GALLERY = True
TIME_ZONE = "Europe/Copenhagen"
# Members of the cast sign in without a second factor; tests of their own require it.
BRAID_SECOND_FACTOR = "offered"
