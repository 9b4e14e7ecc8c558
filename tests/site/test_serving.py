"""What stands between `braid serve` and the first page."""

import gc

import pytest
from django.core.management import call_command
from django.db import connections

from braid.access.tasks import look_through
from braid.site import serving


class Nobody:
    """The worker of longer tasks, not started."""

    started: list[list[str]] = []

    def __init__(self, command):
        self.started.append(command)

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
    monkeypatch.setattr(serving, "_when_ready", lambda address, beside: None)
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


def test_the_worker_of_tasks_and_the_daily_work_are_started(server, collector):
    said = [" ".join(command[1:]) for command in Nobody.started[-2:]]
    assert said[0].startswith("-m django db_worker")
    assert said[1] == "-m braid.site.daily"


@pytest.mark.parametrize(
    ("answers", "started"),
    [
        pytest.param(True, ["braid.site.warming"], id="the first page answers"),
        pytest.param(False, [], id="no page answers"),
    ],
)
def test_statements_are_compiled_when_the_first_page_has_answered(
    monkeypatch, answers, started
):
    monkeypatch.setattr(serving.subprocess, "Popen", Nobody)
    monkeypatch.setattr(Nobody, "started", [])
    monkeypatch.setattr(serving, "_say_when_ready", lambda address: answers)
    beside = []
    serving._when_ready("http://127.0.0.1:8000", beside)
    assert [command[-1] for command in Nobody.started] == started
    assert len(beside) == len(started)  # it ends with the site


@pytest.mark.django_db
def test_a_task_that_waits_is_done_by_the_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    waiting = look_through.enqueue("2026-09-28")
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    waiting.refresh()
    assert waiting.is_finished


@pytest.mark.django_db
def test_sqlite_is_shown_how_large_its_tables_are():
    serving.look_at_the_tables()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1")
        assert cursor.fetchone()[0] > 0
