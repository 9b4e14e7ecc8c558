"""What an office that oversees forty units opens, from the snapshot of a region.

The floor is an empty view behind the same middleware. What is worked out beside a
snapshot was worked out when it was made; a process reads it once, and once more each
time here, as the first page of every process does.
"""

from collections.abc import Iterator

from bench import record
from bench.asking import Reader
from bench.workload import Goal, Side, Workload, Wrong, nothing
from braid.access.queries import teams_named
from braid.facts.models import Snapshot
from braid.outcomes import queries as outcomes
from braid.site.demo.cast import SAM

GOAL = Goal("cpu", 300)
PAGES = {
    "outcomes of all units": "/outcomes/all-units/?figures=1",
    "equity of all units": "/outcomes/all-units/equity/?figures=1&by=age_band",
    "two periods side by side": "/outcomes/all-units/compare/?figures=1&by=period",
    "two units side by side": (
        "/outcomes/all-units/compare/?figures=1&by=unit&one={0}&other={1}"
    ),
    "reports of all units": "/outcome-reports/",
    "reviews of all units": "/fidelity-across/?figures=1",
    "live items of all units": "/fidelity-across/live/?figures=1",
    "fidelity beside outcomes": "/fidelity-across/outcomes/?figures=1",
    "learning together": "/fidelity-across/community/?figures=1",
}
FIRST = "outcomes of all units, first in a process"


def workloads() -> Iterator[Workload]:
    """Yield each page of an office, and the largest as a new process opens it."""
    reader = Reader(record.member(SAM), factor=True)
    snapshot = Snapshot.objects.latest("made_at")
    names = [team.name for team in teams_named(snapshot.units)]
    floor = Side(lambda: reader.read("/bench/empty/"))
    for name, path in PAGES.items():
        yield _page(name, reader, path.format(*sorted(snapshot.units)), names, floor)
    yield _page(FIRST, reader, PAGES["outcomes of all units"], names, floor, fresh=True)


def _page(
    name: str,
    reader: Reader,
    address: str,
    names: list[str],
    floor: Side,
    *,
    fresh: bool = False,
) -> Workload:
    def read() -> None:
        said.append(reader.read(address))
        del said[:-1]

    def check() -> None:
        if not any(unit in page for page in said for unit in (*names, "report")):
            raise Wrong(f"{address} names none of the units")

    said: list[str] = []
    before = outcomes.forget if fresh else nothing
    return Workload(
        name=name,
        ours=Side(read, before=before),
        peer=None,
        floor=floor,
        check=check,
        goals=(GOAL,),
        rounds=5,
        calls=3,
    )
