"""What stands between `braid serve` and the first page."""

import pytest

from braid.site import serving


class Nobody:
    """The worker of longer tasks, not started."""

    def __init__(self, command):
        self.command = command

    def terminate(self):
        pass


@pytest.fixture
def forked(monkeypatch):
    """Return what the moment of forking met, instead of a server that runs."""
    met = {}
    monkeypatch.setattr(serving.subprocess, "Popen", Nobody)
    monkeypatch.setattr(serving, "refuse_a_taken_port", lambda host, port: None)
    monkeypatch.setattr(serving, "_say_when_ready", lambda address: None)
    monkeypatch.setattr(
        serving.connections, "close_all", lambda: met.setdefault("closed", True)
    )
    monkeypatch.setattr(
        serving._Server,
        "run",
        lambda server: met.setdefault("ran_closed", "closed" in met),
    )
    return met


def test_workers_inherit_no_open_connection(forked):
    serving.serve("127.0.0.1", 8000)
    assert forked == {"closed": True, "ran_closed": True}
