"""Runs beside an engine, in the engine's environment: a line asked, a line answered.

Called as `python -I serving.py RUNNER`. It uses the standard library only. The runner is
a file that defines `PACKAGE`, `prepare()`, `answer(engine, request)`, and where inputs
may be missing an exception `Missing` that names one. Nothing here or in the
engine reaches a network.
"""

import importlib.metadata
import json
import os
import runpy
import socket
import sys
from typing import Any, TextIO


def _no_network(*args: object, **kwargs: object) -> None:
    raise OSError("The network is closed to benefit engines.")


def _ceiling(megabytes: str) -> None:
    """Let the process end rather than take more memory than it was given."""
    if not megabytes:
        return
    import resource

    most = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _own_output() -> TextIO:
    """Return the stream that is read by Braid; what an engine prints goes elsewhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def main() -> None:
    """Tell that the engine is ready, then answer until nothing more is asked."""
    answers = _own_output()
    _ceiling(os.environ.get("BRAID_ENGINE_MEMORY_MB", ""))
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _no_network)
    setattr(socket, "getaddrinfo", _no_network)  # noqa: B010 - of another shape
    runner = runpy.run_path(sys.argv[1])
    engine = runner["prepare"]()
    version = importlib.metadata.version(runner["PACKAGE"])
    said = {"v": 1, "engine": runner["PACKAGE"], "engine_version": version}

    def tell(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(said | answer) + "\n")
        answers.flush()

    tell({"ready": True})
    for line in sys.stdin:
        try:
            tell(runner["answer"](engine, json.loads(line)))
        except Exception as error:
            # Told by its kind only, and the next question may work.
            kind = type(error).__name__
            missing = [str(error)] if kind == "Missing" else []
            tell({"error": "missing_input" if missing else kind, "missing": missing})


if __name__ == "__main__":
    main()
