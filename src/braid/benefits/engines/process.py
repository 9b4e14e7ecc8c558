"""One engine's process: started when first asked, kept warm, ended when it idles.

It gets a folder of its own, no settings of ours, and no way to a network.
"""

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from braid.benefits.engines.faults import EngineUnavailable
from braid.benefits.engines.known import RUNNERS, Engine

TIMEOUT = 120.0
IDLE = 600.0
MEMORY_MB = 6144
# Half a megabyte holds two hundred rows many times over.
LONGEST_ANSWER = 500_000
# A proxy where nothing listens, for libraries that would fetch something.
NOWHERE = "http://127.0.0.1:9"


class Process:
    """An engine that answers one request at a time. Raises: EngineUnavailable."""

    def __init__(
        self,
        engine: Engine,
        *,
        timeout: float = TIMEOUT,
        idle: float = IDLE,
        memory_mb: int = MEMORY_MB,
        runners: Path = RUNNERS,
    ) -> None:
        self.engine = engine
        self._timeout, self._idle, self._memory = timeout, idle, memory_mb
        self._runners = runners
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._unread = b""
        self._planned_end: threading.Timer | None = None
        atexit.register(self.close)

    @property
    def is_warm(self) -> bool:
        """Say whether the process runs."""
        return self._running is not None and self._running.poll() is None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one request, within the time allowed in all."""
        with self._lock:
            self._forget_end()
            until = time.monotonic() + self._timeout
            try:
                if not self.is_warm:
                    self._start(until)
                answer = self._exchange(request, until)
            except EngineUnavailable:
                self._end()
                raise
            self._planned_end = threading.Timer(self._idle, self.close)
            self._planned_end.daemon = True
            self._planned_end.start()
            return answer

    def close(self) -> None:
        """End the process, if it runs."""
        with self._lock:
            self._forget_end()
            self._end()

    def _start(self, until: float) -> None:
        self._end()
        if self.engine.python is None:
            raise EngineUnavailable(self.engine.id, "missing")
        self._home = tempfile.TemporaryDirectory(prefix="braid-engine-")
        try:
            self._running = subprocess.Popen(  # noqa: S603 - our own files, no shell
                [
                    str(self.engine.python),
                    "-I",
                    "-B",
                    str(self._runners / "serving.py"),
                    str(self._runners / self.engine.runner),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._home.name,
                env=self._environment(self._home.name),
                close_fds=True,
            )
        except OSError as error:
            raise EngineUnavailable(self.engine.id, "missing") from error
        if self._read(until).get("ready") is not True:
            raise EngineUnavailable(self.engine.id, "malformed")

    def _environment(self, home: str) -> dict[str, str]:
        return {
            "HOME": home,
            "TMPDIR": home,
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
            "http_proxy": NOWHERE,
            "https_proxy": NOWHERE,
            "BRAID_ENGINE_MEMORY_MB": str(self._memory),
        }

    def _exchange(self, request: dict[str, Any], until: float) -> dict[str, Any]:
        running = self._running
        if running is None or running.stdin is None:
            raise EngineUnavailable(self.engine.id, "ended")
        try:
            running.stdin.write(json.dumps(request).encode() + b"\n")
            running.stdin.flush()
        except OSError as error:
            raise EngineUnavailable(self.engine.id, "ended") from error
        return self._read(until)

    def _read(self, until: float) -> dict[str, Any]:
        """Return the next line that the process says, as values."""
        line = self._line(until)
        try:
            said = json.loads(line)
        except ValueError as error:
            raise EngineUnavailable(self.engine.id, "malformed") from error
        if not isinstance(said, dict) or said.get("v") != 1:
            raise EngineUnavailable(self.engine.id, "malformed")
        return said

    def _line(self, until: float) -> bytes:
        running = self._running
        if running is None or running.stdout is None:
            raise EngineUnavailable(self.engine.id, "ended")
        with selectors.DefaultSelector() as selector:
            selector.register(running.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                left = until - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise EngineUnavailable(self.engine.id, "timeout")
                more = os.read(running.stdout.fileno(), 65536)
                if not more:
                    raise EngineUnavailable(self.engine.id, "ended")
                self._unread += more
                if len(self._unread) > LONGEST_ANSWER:
                    raise EngineUnavailable(self.engine.id, "malformed")
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _forget_end(self) -> None:
        if self._planned_end is not None:
            self._planned_end.cancel()
            self._planned_end = None

    def _end(self) -> None:
        running, self._running, self._unread = self._running, None, b""
        if running is not None:
            running.kill()
            running.wait()
            for stream in (running.stdin, running.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        if self._home is not None:
            self._home.cleanup()
            self._home = None
