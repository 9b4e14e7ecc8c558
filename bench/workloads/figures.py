"""Figures of one unit, from facts that are there and from facts drawn fresh.

The floor is reading every row once, or drawing them and no more.
For one of them, time in the community, the peer is the plain function that says what it
means, and the floor is DuckDB's answer to SQL written by hand.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.record import Made
from bench.scene import Unit
from bench.workload import Goal, Side, Workload, Wrong
from braid.facts.measuring import periods_of, run
from braid.facts.service_figures import service_figures
from braid.method.measures import WORDS
from braid.packs import measures
from braid.work.models import Contact

DAYS = timedelta(days=55)  # before the last day: the window has 56
COMMUNITY = """
    WITH in_post AS (
        SELECT DISTINCT staff_id, team_id FROM staff_teams
        WHERE role = 'specialist' AND first_day <= DATE '{last}'
          AND (last_day IS NULL OR last_day >= DATE '{first}')
    )
    SELECT sum(minutes) FILTER (place IN
             ('community', 'employer_site', 'home', 'job_centre')) AS community,
           sum(minutes) AS in_person
    FROM contacts JOIN in_post
      ON contacts.staff_id = in_post.staff_id AND contacts.unit_id = in_post.team_id
    WHERE attended AND mode = 'in_person'
      AND day BETWEEN DATE '{first}' AND DATE '{last}'
"""


def workloads(made: Made) -> Iterator[Workload]:
    """Yield all figures of the unit, the same drawn fresh, and one of them alone."""
    unit = _OfUnit(made)
    yield Workload(
        name="figures of a unit",
        ours=Side(unit.work_out),
        peer=None,
        floor=Side(unit.read),
        check=unit.check,
        goals=(Goal("cpu", 50),),
        calls=5,
    )
    yield Workload(
        name="figures, drawn fresh",
        ours=Side(unit.draw_and_work_out),
        peer=None,
        floor=Side(unit.draw_and_leave),
        check=unit.check,
        goals=(Goal("cpu", 200),),
        calls=3,
    )
    yield Workload(
        name="one figure",
        ours=Side(unit.by_measure),
        peer=Side(unit.by_reference),
        floor=Side(unit.by_hand),
        check=unit.check_one,
        goals=(Goal("to_floor", 1.5),),
        by="wall",
        calls=5,
    )


class _OfUnit(Unit):
    """A unit whose supervisor asks for its figures."""

    def __init__(self, made: Made) -> None:
        super().__init__(made)
        self._measure = measures.get("item24_community")
        self._periods = periods_of(self._measure, self.facts, unit=self.id)
        self._tables = {
            name: self.facts.table(name).to_pylist()
            for name in ("contacts", "staff_teams")
        }
        self._found: dict[str, dict[str, Any]] = {}
        self._one: set[tuple[int, int]] = set()

    def work_out(self) -> None:
        self._found = service_figures(self.facts, self.day, self.id, {})

    def draw_and_work_out(self) -> None:
        with self.draw() as facts:
            self._found = service_figures(facts, self.day, self.id, {})

    def check(self) -> None:
        """Compare what was counted with the record itself."""
        contacts = Contact.objects.system("how many contacts the benchmarks expect")
        kept = contacts.filter(episode__unit=self.team, day__lte=self.day).count()
        counted = self._found["counts"]["contacts"] if self._found else kept
        if counted != kept or not kept:
            raise Wrong(f"the figures count {counted} contacts, the record {kept}")

    def by_measure(self) -> None:
        figure = run(self._measure, self.facts, periods=self._periods)[0]
        self._keep(figure.numerator, figure.denominator)

    def by_reference(self) -> None:
        word = WORDS["contact_minutes"]
        rows = word.reference(self._tables, self._periods)
        self._keep(
            sum(row["community_minutes"] for row in rows),
            sum(row["f2f_minutes"] for row in rows),
        )

    def by_hand(self) -> None:
        sql = COMMUNITY.format(first=self.day - DAYS, last=self.day)
        (row,) = self.facts.run_sql(sql)
        self._keep(row["community"], row["in_person"])

    def _keep(self, community: Any, in_person: Any) -> None:
        self._one.add((int(community), int(in_person)))

    def check_one(self) -> None:
        """Every way must come to the same minutes."""
        if len(self._one) != 1 or min(self._one)[1] == 0:
            raise Wrong(f"the ways come to {sorted(self._one)} minutes")
