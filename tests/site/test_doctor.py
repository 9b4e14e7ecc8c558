"""`braid doctor` tells who else can read the folder, and whether the log can be changed."""

import pytest
from django.db import connection

from braid.site import installation


@pytest.fixture
def folder(settings, tmp_path):
    settings.BRAID_DATA = tmp_path / "house"
    settings.BRAID_DATA.mkdir(mode=0o700)
    for name in ("braid.sqlite3", "braid.sqlite3-wal", "secret-key"):
        (settings.BRAID_DATA / name).touch(mode=0o600)
    return settings.BRAID_DATA


def test_a_folder_for_its_owner_only_is_sound(folder):
    assert installation._data_folder() == "ok"


@pytest.mark.parametrize(
    ("name", "mode", "says"),
    [
        pytest.param(".", 0o755, "chmod 700", id="the folder"),
        pytest.param("braid.sqlite3", 0o644, "chmod 600", id="the database"),
        pytest.param("braid.sqlite3-wal", 0o640, "chmod 600", id="beside it"),
        pytest.param("secret-key", 0o604, "chmod 600", id="the secret key"),
    ],
)
def test_what_others_can_open_is_told(folder, name, mode, says):
    (folder / name).chmod(mode)
    assert says in installation._data_folder()


def test_the_log_refuses_changes(db):
    assert installation._append_only() == "ok"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words are SQLite's")
def test_a_trigger_that_was_taken_away_is_told(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_auditentry_no_delete")
    assert "access_auditentry_no_delete" in installation._append_only()
