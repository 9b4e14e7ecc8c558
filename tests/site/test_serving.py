"""What stands between `braid serve` and the first page."""

import gc

import pytest
from django.db import connections

from braid.site import serving


class Nobody:
    """The worker of longer tasks, not started."""

    def __init__(self, command):
        self.command = command

    def terminate(self):
        pass


@pytest.fixture
def collector():
    """Leave the collector of the tests as it was."""
    threshold = gc.get_threshold()
    yield gc
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.fixture
def server(monkeypatch):
    """Return the server that `serve` would have run."""
    made = []
    monkeypatch.setattr(serving.subprocess, "Popen", Nobody)
    monkeypatch.setattr(serving, "refuse_a_taken_port", lambda host, port: None)
    monkeypatch.setattr(serving, "_say_when_ready", lambda address: None)
    monkeypatch.setattr(serving._Server, "run", lambda server: made.append(server))
    serving.serve("127.0.0.1", 8000)
    return made[0]


def test_workers_inherit_no_open_connection(server, collector, monkeypatch):
    closed = []
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(True))
    assert server.cfg.preload_app
    server.cfg.when_ready(server)
    assert closed == [True]


def test_what_is_loaded_before_the_fork_is_not_looked_at_again(collector, monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)
    serving.settle()
    assert collector.get_freeze_count() > 0
    assert collector.get_threshold()[0] == serving.COLLECT_AFTER


@pytest.mark.django_db
def test_sqlite_is_shown_how_large_its_tables_are():
    serving.look_at_the_tables()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1")
        assert cursor.fetchone()[0] > 0
