"""Spark over a cluster: a master and two workers, and what goes wrong with them."""

import gc
import json
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.facts import busy, cluster, test_spark

from braid.facts import parts, spark
from braid.facts.measuring import measured
from braid.facts.read import Facts
from braid.kernel.errors import InputFault
from braid.packs import measures

pytestmark = test_spark.pytestmark
MEASURES = ("counts", "item24_community", "item21_competitive_permanent", "quarters")
BRAID = (sys.executable, "-c", "from braid.site.cli import main; main()")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def master(place):
    with cluster.running(place) as found:
        yield found


@pytest.fixture(scope="module")
def folder(place):
    return busy.frozen(place / "facts", people=200)


@pytest.fixture(autouse=True)
def collected():
    """Let go of what PySpark leaves open while that is no fault yet."""
    yield
    gc.collect()


def _braid(*words):
    return subprocess.run([*BRAID, *words], capture_output=True, text=True)


def test_the_command_comes_to_the_same_figures(master, folder, place):
    """Each worker reads the Parquet of the folder itself."""
    words = ("measures", "run", *MEASURES, "--facts", folder, "--by", "unit_id")
    by_spark = _braid(*words, "--json", "--engine", "spark", "--master", master)
    by_duckdb = _braid(*words, "--json")
    # No noise of Spark's own: the same words, if any, as without it.
    assert (by_spark.returncode, by_spark.stderr) == (0, by_duckdb.stderr)
    assert json.loads(by_spark.stdout) == json.loads(by_duckdb.stdout)
    assert {path.parts[-3] for path in place.glob("*/app-*/*")} == {"one", "two"}


def test_work_that_is_divided_comes_to_the_same_figures(master, folder, monkeypatch):
    monkeypatch.setattr(spark, "FEW", 0)
    by_spark = spark.over(Facts.read(folder), master=master, folder=folder)
    with by_spark, Facts.read(folder) as by_duckdb:
        for name in MEASURES:
            measure = measures.get(name)
            expected = measured(measure, by_duckdb).parts
            assert measured(measure, by_spark).parts == expected
        assert all(tasks > 0 for tasks in _tasks_of_workers())


def _tasks_of_workers():
    from pyspark import SparkContext

    store = SparkContext._active_spark_context._jsc.sc().statusStore()
    found = store.executorList(True)
    each = [found.apply(number) for number in range(found.length())]
    return [one.totalTasks() for one in each if one.id() != "driver"]


def test_a_table_that_goes_away_is_a_sentence(tmp_path):
    folder = busy.frozen(tmp_path / "facts", people=5)
    with spark.over(Facts.read(folder), folder=folder) as facts:
        for file in parts.files(folder, "contacts"):
            file.unlink()
        with pytest.raises(InputFault, match="Spark broke off") as refused:
            measured(measures.get("item24_community"), facts)
    assert refused.value.reason == "engine_failed"


def test_a_master_that_is_none_is_a_sentence(monkeypatch):
    """Something listens there, and never says a word of Spark's."""
    monkeypatch.setattr(spark, "PATIENCE", 20)
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        Thread(target=_listen, args=(silent, over), daemon=True).start()
        master = f"spark://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(InputFault, match="within 20 seconds") as refused:
            spark.over(busy.facts(people=1), master=master)
        over.set()
    assert refused.value.reason == "master_unreachable"


def _listen(server, over):
    server.settimeout(0.1)
    kept = []
    while not over.is_set():
        try:
            kept.append(server.accept()[0])
        except TimeoutError:
            continue
        except OSError:
            break
    for each in kept:
        each.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            ("--master", "spark://127.0.0.1:{port}"), "did not answer", id="nobody"
        ),
        pytest.param(("--master", "yarn"), "is no master of Spark", id="no master"),
        pytest.param(
            ("--engine", "duckdb", "--master", "local[2]"), "has no master", id="duckdb"
        ),
    ],
)
def test_a_wrong_master_is_a_sentence_of_the_command(words, told, tmp_path):
    folder = busy.frozen(tmp_path / "facts", people=1)
    given = [word.format(port=cluster.free_port()) for word in words]
    done = _braid("measures", "run", "counts", "--facts", folder, *given)
    assert done.returncode == 2
    assert told in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_java_that_does_not_start_is_a_sentence(monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputFault, match="did not start") as refused:
        spark.over(busy.facts(people=1))
    assert refused.value.reason == "engine_failed"
    assert not list(Path(tmp_path).glob("braid-spark-*"))
