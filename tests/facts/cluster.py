"""A master of Spark and two workers, which only this computer reaches."""

import os
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

WORKERS = ("one", "two")
LIMIT = 120  # seconds for a program to start, or to end


@contextmanager
def running(folder):
    """Start a master and two workers, which keep what they write in `folder`.

    Yield the address of the master. All of them end with the block, and with this
    process, however it ends.
    """
    port = free_port()
    with ExitStack() as ends:
        at = ("--host", "127.0.0.1", "--webui-port", "0")
        ends.enter_context(_java("master.Master", *at, "--port", str(port)))
        wait_for(lambda: _answers(port))
        for name in WORKERS:
            own = ("--cores", "1", "--memory", "2g", "--work-dir", str(folder / name))
            ends.enter_context(
                _java("worker.Worker", *at, *own, f"spark://127.0.0.1:{port}")
            )
        yield f"spark://127.0.0.1:{port}"
    wait_for(lambda: not still_running(folder))


@contextmanager
def _java(name, *words):
    import pyspark

    home = Path(pyspark.__file__).parent
    start = (home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}")
    program = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *start, *words],
        env={
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_HOSTNAME": "localhost",
            "SPARK_DAEMON_MEMORY": "256m",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        program.terminate()
        try:
            program.wait(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(happened):
    limit = time.monotonic() + LIMIT
    while not happened():
        assert time.monotonic() < limit, "the cluster takes too long"
        time.sleep(0.1)


def still_running(folder):
    """Return the programs that have to do with a folder, executors of workers too."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return [pid for pid in found if pid != str(os.getpid())]
