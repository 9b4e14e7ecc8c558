"""Which engine is meant: DuckDB inside the process, or Spark at a master. Loads neither."""

from contextlib import suppress
from urllib.parse import urlsplit

from braid.kernel.errors import InputFault

DUCKDB, SPARK = ENGINES = ("duckdb", "spark")
HERE = "local[2]"  # two threads of this computer
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def master_of(engine: str, master: str = "") -> str | None:
    """Return the master of Spark, None for DuckDB.

    `engine` is `duckdb`, `spark`, or a master itself, as BRAID_ENGINE may say. Raises
    InputFault (`master_wrong`, `master_of_no_engine`).
    """
    if engine == DUCKDB:
        if master:
            raise InputFault(
                "DuckDB has no master. Give --engine spark with it.",
                field="master",
                reason="master_of_no_engine",
            )
        return None
    chosen = master or (HERE if engine == SPARK else engine)
    if address(chosen) is None and not is_local(chosen):
        raise InputFault(
            f"'{chosen}' is no master of Spark. Expected is local[2] or "
            "spark://host:port.",
            field="master",
            reason="master_wrong",
        )
    return chosen


def address(master: str) -> tuple[str, int] | None:
    """Return host and port of a cluster's master; None for what is none."""
    with suppress(ValueError):
        parts = urlsplit(master)
        host, port = parts.hostname or "", parts.port
        shown = f"[{host}]" if ":" in host else host
        if port and master.lower() == f"spark://{shown}:{port}":
            return host, port
    return None


def is_local(master: str) -> bool:
    """Say whether threads of this computer are meant."""
    threads = master.removeprefix("local[").removesuffix("]")
    return master == f"local[{threads}]" and (threads == "*" or threads.isdecimal())


def is_here(master: str) -> bool:
    """Say whether nothing but this computer has to do with a master."""
    found = address(master)
    return found is None or found[0] in LOOPBACK
