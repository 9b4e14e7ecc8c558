"""A site of Braid as it is really run: a process of its own, with a database of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import braid

READY_WITHIN = 90
BRAID = [sys.executable, "-c", "from braid.site.cli import main; main()"]


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment without what this test run set for itself."""
    ours = ("BRAID_", "DJANGO_", "COV_", "COVERAGE_")
    kept = {key: text for key, text in os.environ.items() if not key.startswith(ours)}
    source = Path(braid.__file__).parents[1]
    return kept | {"BRAID_DATA": str(folder), "PYTHONPATH": str(source)}


def share_statements(folder: Path) -> None:
    """Let a site find what another of this run compiled beside its first page."""
    (folder / "statements").symlink_to(os.environ["TESTS_STATEMENTS"])


def run(folder: Path, *words: str) -> None:
    """Run a command of `braid` to its end."""
    subprocess.run([*BRAID, *words], env=_environment(folder), check=True, timeout=600)


def execute(folder: Path, program: str) -> None:
    """Run a program that works with the site's records, as no page lets anybody."""
    environment = _environment(folder) | {
        "DJANGO_SETTINGS_MODULE": "braid.site.settings"
    }
    words = [sys.executable, "-c", f"import django\ndjango.setup()\n{program}"]
    subprocess.run(words, env=environment, check=True, timeout=120)


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """A running site; `address` has no slash at its end."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path) -> "Site":
        """Serve the database of a folder, and wait until the first page answers."""
        port = _free_port()
        with (folder / "site.log").open("wb") as log:
            process = subprocess.Popen(
                [*BRAID, "serve", "--port", str(port)],
                env=_environment(folder),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that its workers end with it
            )
        site = cls(f"http://127.0.0.1:{port}", folder, process)
        site._wait()
        return site

    @property
    def log(self) -> str:
        return (self.folder / "site.log").read_text()

    def _wait(self) -> None:
        for _attempt in range(READY_WITHIN * 10):
            if "Ready on" in self.log:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"The site did not start.\n{self.log}")

    def stop(self) -> None:
        """End the server, its workers and the worker of longer tasks."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    # ---- Its database -------------------------------------------------------------------

    @property
    def _database(self) -> Path:
        return self.folder / "braid.sqlite3"

    @property
    def _kept(self) -> Path:
        return self.folder / "kept.sqlite3"

    def keep(self) -> None:
        """Keep the database as it is now."""
        _copy(self._database, self._kept)

    def restore(self) -> None:
        """Bring the database back to what was kept, under the running site."""
        _copy(self._kept, self._database)

    def key(self, query: str, *values: str) -> UUID:
        """Return the key that a query on the kept database finds first."""
        return UUID(self.text(query, *values))

    def text(self, query: str, *values: str) -> str:
        """Return the text that a query on the kept database finds first."""
        with closing(sqlite3.connect(self._kept)) as database:
            row = database.execute(query, values).fetchone()
        if row is None:
            raise LookupError(f"The demo has nothing that answers: {query}")
        return str(row[0])


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=30)) as one,
        closing(sqlite3.connect(target, timeout=30)) as other,
    ):
        one.backup(other)
