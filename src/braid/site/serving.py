"""Running the site: the application server, and the worker of longer tasks beside it."""

import gc
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from gunicorn.app.base import BaseApplication

import braid
from braid.kernel.errors import InputFault

READY_WITHIN = 60
COLLECT_AFTER = 10_000  # objects made and not given back


class _Server(BaseApplication):
    """gunicorn with our options instead of its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from braid.site.wsgi import application

        return application


def prepare() -> None:
    """Bring database and static files up to this version; quick when nothing changed."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)  # counts of what was tried at sign-in
    look_at_the_tables()
    stamp = settings.STATIC_ROOT / "version"
    wanted = f"{braid.__version__} {_newest_static()}"
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(wanted)


def forget_the_erased() -> None:
    """Erase again whoever was erased and came back with an older database."""
    from braid.access.rights import erasing

    erasing.replay(timezone.now())


def look_at_the_tables() -> None:
    """Let SQLite see how large its tables are, so that it plans queries by that.

    PostgreSQL does so by itself. A few hundred rows of each index are enough, which
    takes milliseconds whatever their number.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")


def _newest_static() -> float:
    found = Path(braid.__file__).parent.glob("*/static/**/*")
    return max(path.stat().st_mtime for path in found if path.is_file())


def refuse_a_taken_port(host: str, port: int) -> None:
    """Raise InputFault when something else answers there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputFault(
                f"Port {port} of {host} cannot be used: {error.strerror}. "
                "Choose another with --port (or PORT= for make)."
            ) from error


def serve(host: str, port: int, *, workers: int = 2) -> None:
    """Serve until stopped; print a line when the first page answers."""
    refuse_a_taken_port(host, port)
    shown = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "django",
            "db_worker",
            "--no-startup-delay",
            "--interval",
            "1",
            "--verbosity",
            "0",
        ]
    )
    daily = subprocess.Popen([sys.executable, "-m", "braid.site.daily"])
    beside = [worker, daily]
    threading.Thread(target=_when_ready, args=(shown, beside), daemon=True).start()
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": 2,
        "worker_class": "gthread",
        "preload_app": True,
        "when_ready": lambda server: settle(),
        "accesslog": None,
        "loglevel": "warning",
        "timeout": 60,
        "on_exit": lambda server: _stop(*beside),
    }
    try:
        _Server(options).run()
    finally:
        _stop(*beside)


def _stop(*beside: subprocess.Popen[bytes]) -> None:
    for process in beside:
        process.terminate()


def settle() -> None:
    """Make ready what workers inherit, once all is loaded and before they are forked.

    An open SQLite file must not be carried into a child. What is loaded by now stays,
    so the collector need not look at it again, and memory stays shared; a page makes
    some thousand objects and leaves none behind, so it may look less often.
    """
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def _when_ready(address: str, beside: list[subprocess.Popen[bytes]]) -> None:
    """Say that the first page answers; only then begin what may take its time."""
    if _say_when_ready(address):
        beside.append(subprocess.Popen([sys.executable, "-m", "braid.site.warming"]))


def _say_when_ready(address: str) -> bool:
    for _attempt in range(READY_WITHIN * 10):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    print(f"Ready on {address}", flush=True)
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    print(f"No answer from {address} after {READY_WITHIN} seconds.", file=sys.stderr)
    return False
