"""`python -m bench.nation`: the figures of a nation, from facts alone.

Half a million episodes and some fifty million contacts are generated as a snapshot, kept
until somebody deletes it. Every measure that ships is asked in one run, as a report asks
them, so that what they share is worked out once; `--alone` asks each of facts newly
opened, `--reports` only what reports name. Then some of them, on which items of fidelity
rest, are asked by all ways alternately: ours, SQL by hand over the same files, SQL over
tables of DuckDB's own, pandas, and PostgreSQL where an address of one is given. Every way
must come to the same before a time counts. `--fidelity` works out the items of all units
instead, from the raw facts and as they are kept. `--funding` runs contracts over all
episodes instead, in as many processes as there are processors; one of them is worked out
for some units by an ordinary loop of an ORM as well, which must come to the same lines,
and is told by the episode. `--smoke` is small, and fails where a
way comes to something else.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import date
from functools import cache, partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import funding, machine
from bench.by_hand import QUESTIONS, Duck, Pandas, Postgres, Question

UNITS, PEOPLE, SEED = 600, 833, 1
KEPT = machine.ROOT / "build" / "bench"
EACH, ALL, MEMORY = 3.0, 30.0, 4096.0  # seconds, seconds, MiB
RECOMPUTED, KEPT_READ = 6.0, 0.05  # seconds
SCALE = "ips-25"
AGREE = ("ways agree", "kept is recomputed", "lines agree")
Way = Callable[[], tuple[int, int]]
Peer = Callable[[Question, date, date], tuple[int, int]]


def main() -> int:
    """Measure, print one JSON document, and return 1 where the ways differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.nation", description=__doc__)
    parser.add_argument("--only", default="", help="words of measures, with commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default="hand,table,pandas,postgres")
    parser.add_argument("--postgres", default="", help="postgres://user@host/name")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--reports", action="store_true", help="measures of reports")
    parser.add_argument("--fidelity", action="store_true", help="items of all units")
    parser.add_argument("--funding", action="store_true", help="runs of contracts")
    parser.add_argument("--smoke", action="store_true")
    wish = parser.parse_args()
    load = machine.load()
    with _facts(3 if wish.smoke else UNITS, 40 if wish.smoke else PEOPLE) as folder:
        document = {"load before": load}
        if wish.fidelity or wish.smoke:
            document |= _fidelity(folder)
        if wish.funding or wish.smoke:
            document |= funding.measured(folder, wish.only, few=wish.smoke)
        if wish.smoke or not (wish.fidelity or wish.funding):
            document |= _measured(folder, wish)
    print(json.dumps(document, indent=1, default=str))
    agree = (document.get(name, True) for name in AGREE)
    return 0 if all(agree) else 1


@contextmanager
def _facts(units: int, people: int) -> Iterator[Path]:
    from braid.site.demo.generated import write_facts

    with TemporaryDirectory(prefix="braid-bench-") as fresh:
        made = sorted(KEPT.glob(f"nation-{SEED}-*")) if units == UNITS else []
        if made:
            yield made[-1]
            return
        place = KEPT if units == UNITS else Path(fresh)
        folder = place / f"nation-{SEED}-{date.today()}"
        print("Making facts; those of a nation are kept.", file=sys.stderr)
        write_facts(folder, units=units, people=people, seed=SEED)
        yield folder


def _measured(folder: Path, wish: argparse.Namespace) -> dict[str, Any]:
    began = time.perf_counter()
    with _opened(folder) as facts:
        opened = time.perf_counter() - began
        (rows,) = facts.run_sql("SELECT count(*) AS contacts FROM contacts")
        found = _each(facts, folder, wish)
        memory = machine.peak_memory()
        ways = _ways(facts, folder, wish)
    seconds = [one["seconds"] for one in found.values()]
    return {
        **rows,
        "facts": folder.name,
        "opened s": round(opened, 3),
        "measures": found,
        "all cpu s": round(sum(one["cpu"] for one in found.values()), 2),
        "slowest s": max(seconds, default=None),
        "each": _judged(max(seconds, default=0), EACH),
        "all s": round(sum(seconds), 2),
        "all": _judged(sum(seconds), ALL),
        "memory MiB": memory,
        "memory": _judged(memory, MEMORY),
        **ways,
    }


def _opened(folder: Path) -> Any:
    from braid.facts import foreign

    facts, faults = foreign.open_folder(folder)
    if facts is None or faults:
        raise RuntimeError(f"The facts cannot be opened: {faults[:1]}.")
    return facts


def _judged(reached: float, limit: float) -> str:
    return f"{'pass' if reached <= limit else 'MISS'} (≤ {limit:g})"


def _each(
    facts: Any, folder: Path, wish: argparse.Namespace
) -> dict[str, dict[str, float]]:
    """Return seconds by the wall and of CPU for every measure, asked once."""
    from braid.facts.measuring import measured
    from braid.packs import measures

    words = [word.strip() for word in wish.only.split(",") if word.strip()]
    found = {}
    for name, measure in measures.load().items():
        if words and not any(word in name for word in words):
            continue
        if wish.reports and name not in _of_reports():
            continue
        wall, cpu = time.perf_counter(), time.process_time()
        with _opened(folder) if wish.alone else nullcontext(facts) as asked:
            measured(measure, asked).figures()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        found[name] = {"seconds": round(wall, 2), "cpu": round(cpu, 2)}
    return found


@cache
def _of_reports() -> frozenset[str]:
    """Return the measures that the lines of all reports name, whatever is chosen."""
    from braid.packs import reports

    return frozenset(
        line.measure for one in reports.load().values() for line in _lines(one)
    )


def _lines(report: Any) -> Iterator[Any]:
    for section in report.sections.values():
        yield from section.lines.values()


def _fidelity(folder: Path) -> dict[str, Any]:
    """Return the seconds of all items of all units: worked out anew, and as kept.

    The first time statements may have to be compiled, which is told by itself.
    """
    from braid.fidelity import stored
    from braid.packs import scales

    version = scales.pack(SCALE).version

    def bounds() -> Any:
        return stored.bounds_of(folder, SCALE, version, lambda: _opened(folder))

    place = folder / stored.FOLDER
    place.mkdir(exist_ok=True)
    told: dict[str, Any] = {}
    for name in ("first", "recomputed"):
        for path in place.glob("live-*.json"):
            path.unlink()
        wall, cpu = time.perf_counter(), time.process_time()
        found = bounds()
        told[f"{name} s"] = round(time.perf_counter() - wall, 2)
        told[f"{name} cpu s"] = round(time.process_time() - cpu, 2)
    seconds, same = [], True
    for _ in range(7):
        began = time.perf_counter()
        same &= bounds() == found
        seconds.append(time.perf_counter() - began)
    kept = round(median(seconds), 4)
    return {
        "units": len(found),
        **told,
        "recomputed": _judged(told["recomputed s"], RECOMPUTED),
        "kept s": kept,
        "kept": _judged(kept, KEPT_READ),
        "kept is recomputed": same and bool(found),
        "memory of fidelity MiB": machine.peak_memory(),
    }


def _ways(facts: Any, folder: Path, wish: argparse.Namespace) -> dict[str, Any]:
    """Return the seconds of each way to some measures, in rounds by turns."""
    wanted = wish.peers.split(",")
    told = {}
    with ExitStack() as ends:
        peers: dict[str, Peer] = {}
        if "hand" in wanted:
            peers["hand"] = ends.enter_context(Duck.over_files(folder))
        if "table" in wanted:
            peers["table"] = ends.enter_context(Duck.over_tables(folder))
        if "pandas" in wanted:
            with suppress(ImportError):
                peers["pandas"] = Pandas(folder)
        if "postgres" in wanted and wish.postgres:
            with suppress(ImportError):
                peers["postgres"] = ends.enter_context(Postgres(wish.postgres, folder))
        for name, question in QUESTIONS.items():
            ways = _ways_to(name, question, facts, peers)
            told[name] = _in_turns(ways, wish.rounds)
    return {"ways agree": all(one["agree"] for one in told.values()), "ways": told}


def _ways_to(
    name: str, question: Question, facts: Any, peers: dict[str, Peer]
) -> dict[str, Way]:
    from braid.facts.measuring import periods_of, run
    from braid.packs import measures

    measure = measures.get(name)
    (period,) = periods_of(measure, facts)
    days = period.first_day, period.last_day

    def ours() -> tuple[int, int]:
        (figure,) = run(measure, facts, periods=[period])
        return int(figure.numerator or 0), int(figure.denominator or 0)

    found: dict[str, Way] = {"ours": ours}
    for other, peer in peers.items():
        found[other] = partial(peer, question, *days)
    return found


def _in_turns(ways: dict[str, Way], rounds: int) -> dict[str, Any]:
    answers = {name: way() for name, way in ways.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - began)
    ratios = {
        name: round(
            median(
                one / other for one, other in zip(seconds["ours"], theirs, strict=True)
            ),
            3,
        )
        for name, theirs in seconds.items()
        if name != "ours"
    }
    return {
        "agree": len(set(answers.values())) == 1 and min(answers["ours"]) > 0,
        "answers": answers,
        "seconds": {name: round(median(each), 3) for name, each in seconds.items()},
        "ours to": ratios,
    }


if __name__ == "__main__":
    sys.exit(main())
