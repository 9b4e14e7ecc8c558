"""Spark as the engine: the same expressions, on this computer or on a cluster.

It comes with the extra `spark` and needs Java; both are looked for when it is asked
for. What it is proved to do is to come to the same figures, not to come to them sooner.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from tempfile import mkdtemp
from threading import Timer
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet

from braid.facts import columns, parts
from braid.facts.engine import ASKED
from braid.facts.engines import HERE, address, is_here
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PATIENCE = 60  # seconds until a cluster must have answered, and given a worker
FEW = 200_000  # rows of all tables together that are not worth dividing
PARTS = 4  # into which more are divided
# What a statement names more than once is worked out once. Written out at each mention,
# as these rules would have it, the longest words need more memory to plan than to run.
RULES = ("InlineCTE", "PushdownPredicatesAndPruneColumnsForCTEDef")
SETTINGS = {
    "spark.app.name": "braid",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "2g",
    "spark.log.level": "OFF",
    "spark.sql.adaptive.enabled": "false",  # plans long words anew after every step
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.optimizer.excludedRules": ",".join(
        f"org.apache.spark.sql.catalyst.optimizer.{rule}" for rule in RULES
    ),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
# Of few rows, compiling and dividing the work takes longer than the work.
FOR_FEW = {
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.leafNodeDefaultParallelism": "1",
}


def over(facts: Facts, *, master: str = HERE, folder: Path | None = None) -> Facts:
    """Return the same facts with Spark to answer about them; closed with the result.

    `master` is `local[n]` or `spark://host:port`. Tables that lie in `folder` as Parquet
    are read there by Spark itself, on every computer of the cluster under this path.
    Raises InputFault: `engine_missing`, `engine_taken`, `engine_failed`,
    `java_missing`, `master_unreachable`.
    """
    must_be_there()
    try:
        _must_be_free()
        place = address(master)
        if place is not None:
            _must_listen(master, *place)
        engine = Spark(master, facts, _paths(folder) if folder else {})
    except BaseException:
        facts.close()
        raise
    return Facts(engine, as_of=facts.as_of, snapshot=facts.snapshot)


def must_be_there() -> None:
    """Raise InputFault where the extra or Java is not installed."""
    if find_spec("pyspark") is None:
        raise InputFault(
            "The engine 'spark' is not in this installation. Install braid-ips[spark], "
            "or use the engine duckdb.",
            field="engine",
            reason="engine_missing",
        )
    if _java() is None:
        raise InputFault(
            "Spark needs Java, and there is none here. Install Java 17, or use the "
            "engine duckdb.",
            field="engine",
            reason="java_missing",
        )


def _must_be_free() -> None:
    """Raise InputFault (`engine_taken`): there is one session of Spark in a process."""
    loaded = sys.modules.get("pyspark")
    if loaded is not None and loaded.SparkContext._active_spark_context is not None:
        raise InputFault(
            "Spark is already in use in this process. Close what uses it first.",
            field="engine",
            reason="engine_taken",
        )


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def _paths(folder: Path) -> dict[str, list[Path]]:
    """Return the files of the tables that lie in a folder just as the schema has them."""
    places = {name: folder.resolve() / f"{name}{parts.SUFFIX}" for name in TABLES}
    return {
        name: parts.of(place)
        for name, place in places.items()
        if parts.are_exact(place, columns.arrow_schema(name))
    }


class Spark:
    """A session of Spark for one set of facts, ended with it."""

    dialect = "pyspark"

    def __init__(
        self, master: str, facts: Facts, paths: Mapping[str, list[Path]]
    ) -> None:
        self._facts = facts
        self._asked: pa.Table | None = None
        self._scratch = mkdtemp(prefix="braid-spark-")
        try:
            self._session = _session(master, self._scratch)
            self._register(paths)
        except BaseException:
            _end(self._scratch)
            raise

    def _register(self, paths: Mapping[str, list[Path]]) -> None:
        number = sum(
            pyarrow.parquet.read_metadata(path).num_rows
            for files in paths.values()
            for path in files
        )
        for name in TABLES:
            if name in paths:
                rows = self._session.read.parquet(*(p.as_uri() for p in paths[name]))
            else:
                table = self._facts.table(name)
                number += table.num_rows
                rows = self._session.createDataFrame(table)
            rows.createOrReplaceTempView(name)
        is_small = number <= FEW
        for key, value in FOR_FEW.items() if is_small else ():
            self._session.conf.set(key, value)
        self._session.conf.set("spark.sql.shuffle.partitions", 1 if is_small else PARTS)

    def rows(self, sql: str, asked: pa.Table | None) -> list[dict[str, Any]]:
        """Return the rows of a statement. Raises InputFault (`engine_failed`)."""
        from py4j.protocol import Py4JError

        try:
            if asked is not None and asked is not self._asked:
                self._session.createDataFrame(asked).createOrReplaceTempView(ASKED)
                self._asked = asked
            return [row.asDict() for row in self._session.sql(sql).collect()]
        except Py4JError as error:
            raise _broken(
                "Spark broke off. See that every worker has the folder under its path, "
                "and memory"
            ) from error

    def table(self, name: str) -> pa.Table:
        """Return one table."""
        return self._facts.table(name)

    def close(self) -> None:
        """End the session, and the Java program that it ran in."""
        _end(self._scratch)
        self._facts.close()


def _session(master: str, scratch: str) -> SparkSession:
    """Return a new session at a master that listens. Raises InputFault."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    own = {
        "spark.master": master,
        "spark.local.dir": scratch,
        "spark.sql.warehouse.dir": f"{scratch}/warehouse",
    }
    if is_here(master):
        # Nothing but this computer may reach it.
        own |= dict.fromkeys(
            ("spark.driver.host", "spark.driver.bindAddress"), "127.0.0.1"
        )
    conf = SparkConf(loadDefaults=False).setAll([*SETTINGS.items(), *own.items()])
    try:
        with _loopback(is_here(master)):
            # Its notices are for whoever runs Spark; ours is what it answers.
            gateway = launch_gateway(conf, {"stdout": DEVNULL, "stderr": DEVNULL})
    except Exception as error:
        raise _broken("Spark did not start. See that Java is 17 or newer") from error
    try:
        with _patience(master, gateway.proc):
            context = SparkContext(conf=conf, gateway=gateway)
            if address(master) is not None:
                _must_have_worker(context)
    except Exception as error:
        gateway.proc.kill()
        gateway.proc.wait()
        raise _unreachable(master) from error
    return SparkSession(context)


@contextmanager
def _patience(master: str, program: Popen[bytes]) -> Iterator[None]:
    """End the Java program where a cluster takes too long, and with it the wait."""
    ending = Timer(PATIENCE, program.kill)
    if address(master) is not None:
        ending.start()
    try:
        yield
    finally:
        ending.cancel()


@contextmanager
def _loopback(is_local: bool) -> Iterator[None]:
    """Let the Java program that starts meanwhile bind to this computer alone."""
    names = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    before = {name: os.environ.get(name) for name in names}
    if is_local:
        os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _must_listen(master: str, host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except (OSError, UnicodeError) as error:  # a name may be none at all
        raise _unreachable(master) from error


def _must_have_worker(context: Any) -> None:
    """Wait for the first worker. Raises ConnectionError where there will be none."""
    status = context._jsc.sc().statusTracker()
    while len(status.getExecutorInfos()) < 2:  # the first is this process
        if context._jsc.sc().isStopped():
            raise ConnectionError("The master took its leave.")
        time.sleep(0.1)


def _unreachable(master: str) -> InputFault:
    return InputFault(
        f"Spark at '{master}' did not answer, or gave no worker, within {PATIENCE} "
        "seconds. Start its master and workers, or use the engine duckdb.",
        field="master",
        reason="master_unreachable",
    )


def _broken(sentences: str) -> InputFault:
    return InputFault(
        f"{sentences}, or use the engine duckdb.",
        field="engine",
        reason="engine_failed",
    )


def _end(scratch: str) -> None:
    """End what this process runs of Spark, and take away what it wrote."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    context, gateway = SparkContext._active_spark_context, SparkContext._gateway
    if context is not None:
        if gateway.proc.poll() is not None:
            context._jsc = None  # a program that has ended need not be told
        context.stop()
    SparkSession._instantiatedSession = SparkSession._activeSession = None
    SparkContext._gateway = SparkContext._jvm = None
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()  # at this the Java program ends itself
        try:
            gateway.proc.wait(timeout=PATIENCE)
        except TimeoutExpired:
            gateway.proc.kill()
            gateway.proc.wait()
    shutil.rmtree(scratch, ignore_errors=True)
