"""Spark says the same as DuckDB: in two threads of this computer, and on a cluster.

Starting Spark takes longer than asking it, so it is started once for every word.
"""

import json
import os
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from tests.facts import busy
from tests.method.measures.engine import (
    as_multiset,
    asked_table_of,
    by_engine,
    loaded,
)
from tests.method.measures.histories import D, history
from tests.method.measures.test_agreement import PERIODS, SEEDS

from braid.facts import spark
from braid.facts.reading import asked_table, compiled, tables
from braid.kernel.errors import InputFault
from braid.method.measures import WORDS
from braid.site import cli

LIMIT = 60  # seconds for a cluster to start, or to end


def _missing():
    try:
        spark.must_be_there()
    except InputFault as missing:
        return str(missing)
    return ""


pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "Spark is here"),
    # Py4J leaves it to the end of the process to close its sockets.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _disagreements(by_duckdb, by_spark):
    """Yield the words whose rows are not the same."""
    asked = asked_table_of(PERIODS)
    for name, word in WORDS.items():
        sql = compiled(word.ask(tables(), asked_table()), by_spark.dialect)
        found = as_multiset(by_spark.run_sql(sql, asked))
        expected = as_multiset(by_engine(name, by_duckdb, PERIODS))
        if not expected:
            yield f"{name}: no rows, so nothing is compared"
        if found != expected:
            missing, surplus = list(expected - found)[:2], list(found - expected)[:2]
            yield f"{name}: missing {missing}, too many {surplus}"


def test_every_word_gives_the_same_rows_once_over_all():
    # The reference is compared with DuckDB on these very facts, in test_agreement.
    facts = history(Random(SEEDS[0]), people=1000)
    before = _left_behind()
    with loaded(facts, D) as by_duckdb, spark.over(loaded(facts, D)) as by_spark:
        assert list(_disagreements(by_duckdb, by_spark)) == []
        assert by_spark.units == by_duckdb.units
        assert by_spark.table("jobs") == by_duckdb.table("jobs")
        assert {host for host, _ in _listening()} <= {"127.0.0.1", "::1"}
    assert _left_behind() == before


def _listening():
    """Return the addresses at which Java programs of this process listen."""
    found = subprocess.run(
        ["ss", "-Hltnp"], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split() for line in found.splitlines() if '"java"' in line]
    addresses = [line[3].rpartition(":") for line in lines]
    return {
        (host.strip("[]").removeprefix("::ffff:"), port) for host, _, port in addresses
    }


def _left_behind():
    """Return the scratch folders and Java children that this process has."""
    import tempfile

    folders = set(Path(tempfile.gettempdir()).glob("braid-spark-*"))
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid()), "-C", "java"],
        capture_output=True,
        text=True,
    ).stdout
    return folders, [each for each in children.split() if _is_java(each)]


def _is_java(pid):
    try:
        return "java" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


# A cluster of two workers on this computer


@contextmanager
def _cluster(folder):
    """Start a master and two workers that only this computer reaches; end them all."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as ends:
        at = ("--host", "127.0.0.1", "--webui-port", "0")
        ends.enter_context(_java("master.Master", *at, "--port", str(port)))
        _wait_for(lambda: _answers(port))
        for name in ("one", "two"):
            own = ("--cores", "1", "--memory", "2g", "--work-dir", str(folder / name))
            ends.enter_context(_java("worker.Worker", *at, *own, master))
        yield master


@contextmanager
def _java(name, *words):
    import pyspark

    home = Path(pyspark.__file__).parent
    program = subprocess.Popen(
        [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *words],
        env={
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_HOSTNAME": "localhost",
            "SPARK_DAEMON_MEMORY": "256m",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(timeout=LIMIT)


def _answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait_for(happened):
    limit = time.monotonic() + LIMIT
    while not happened():
        assert time.monotonic() < limit, "the cluster takes too long"
        time.sleep(0.1)


MEASURES = ("counts", "item24_community", "item21_competitive_permanent", "quarters")


def test_a_cluster_of_two_workers_comes_to_the_same_figures(tmp_path):
    """Through the command: each worker reads the Parquet of the folder itself."""
    folder = busy.frozen(tmp_path / "facts", people=200)
    words = ("measures", "run", *MEASURES, "--facts", str(folder), "--json")
    with _cluster(tmp_path) as master:
        by_spark = CliRunner().invoke(
            cli.main, [*words, "--by", "unit_id", "--master", master]
        )
        worked = {path.parts[-3] for path in tmp_path.glob("*/app-*/*")}
    by_duckdb = CliRunner().invoke(cli.main, [*words, "--by", "unit_id"])
    # No noise of Spark's own: the same words, if any, as without it.
    assert (by_spark.exit_code, by_spark.stderr) == (0, by_duckdb.stderr)
    assert json.loads(by_spark.stdout) == json.loads(by_duckdb.stdout)
    assert worked == {"one", "two"}
    _wait_for(lambda: not _still_running(tmp_path))


def _still_running(folder):
    """Return the programs that have to do with a folder, executors of workers too."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return [pid for pid in found if pid != str(os.getpid())]
