"""Time in the community by specialist, on each day of a trend: ours, pandas, SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bench.scene import Unit
from bench.workload import Wrong
from braid.facts.measuring import measured
from braid.fidelity.live.reading import STAFF, UNIT, period_of
from braid.packs import measures

OUTSIDE = ("community", "employer_site", "home", "job_centre")
COLUMNS = {
    "staff_teams": ("staff_id", "team_id", "role", "first_day", "last_day"),
    "contacts": ("unit_id", "staff_id", "day", "minutes", "mode", "place", "attended"),
}
BY_HAND = """
    SELECT asked.day, contacts.staff_id,
           sum(CASE WHEN place IN {outside} THEN minutes ELSE 0 END) AS community,
           sum(minutes) AS in_person
    FROM (VALUES {days}) AS asked(first_day, day)
    JOIN contacts ON contacts.day BETWEEN asked.first_day AND asked.day
    JOIN (SELECT DISTINCT asked.day, staff_id, team_id
          FROM staff_teams JOIN (VALUES {days}) AS asked(first_day, day)
            ON staff_teams.first_day <= asked.day
               AND coalesce(last_day, asked.day) >= asked.first_day
          WHERE role = 'specialist') AS posts
      ON posts.day = asked.day AND posts.staff_id = contacts.staff_id
         AND posts.team_id = contacts.unit_id
    WHERE attended AND mode = 'in_person'
    GROUP BY 1, 2
"""
Minutes = dict[tuple[date, str], tuple[int, int]]


class OneItem:
    """One item of fidelity, of every specialist of a unit on some days."""

    def __init__(self, unit: Unit, days: Sequence[date]) -> None:
        self._facts = unit.facts
        self._measure = measures.get("item24_community")
        self._periods = [period_of(self._measure, day) for day in days]
        self._frames = {
            name: self._facts.table(name)
            .select(columns)
            .to_pandas(date_as_object=False)
            for name, columns in COLUMNS.items()
        }
        span = timedelta((self._measure.window.trailing_days or 1) - 1)
        self._days = [(day - span, day) for day in days]
        listed = ", ".join(f"(DATE '{a}', DATE '{b}')" for a, b in self._days)
        self._sql = BY_HAND.format(outside=OUTSIDE, days=listed)
        self._said: list[Minutes] = []

    def by_measure(self) -> None:
        asked = measured(
            self._measure, self._facts, periods=self._periods, keys=[UNIT, STAFF]
        )
        self._keep(
            (figure.period.last_day, figure.group[STAFF], figure.numerator,
             figure.denominator)
            for figure in asked.figures([STAFF])
        )  # fmt: skip

    def by_hand(self) -> None:
        rows = self._facts.run_sql(self._sql)
        self._keep(
            (row["day"], row["staff_id"], row["community"], row["in_person"])
            for row in rows
        )

    def by_pandas(self) -> None:
        posts, contacts = self._frames["staff_teams"], self._frames["contacts"]
        met = contacts[
            contacts["attended"].eq(True) & (contacts["mode"] == "in_person")
        ]
        met = met.assign(
            community=met["minutes"].where(met["place"].isin(OUTSIDE), 0)
        ).rename(columns={"unit_id": "team_id"})
        found: list[Any] = []
        for first, last in self._days:
            held = posts[
                (posts["role"] == "specialist")
                & (posts["first_day"] <= str(last))
                & (posts["last_day"].isna() | (posts["last_day"] >= str(first)))
            ][["staff_id", "team_id"]].drop_duplicates()
            there = met[met["day"].between(str(first), str(last))]
            sums = there.merge(held, on=["staff_id", "team_id"]).groupby("staff_id")
            for staff, row in sums[["community", "minutes"]].sum().iterrows():
                found.append((last, staff, row["community"], row["minutes"]))
        self._keep(found)

    def _keep(self, rows: Any) -> None:
        self._said.append(
            {
                (day, staff): (int(community), int(whole))
                for day, staff, community, whole in rows
                if staff is not None and whole
            }
        )

    def check(self) -> None:
        """Every way must come to the same minutes of each specialist and day."""
        if not self._said[0] or any(one != self._said[0] for one in self._said):
            raise Wrong("the ways come to other minutes")
        del self._said[1:]
