"""The groups that a sample of records is drawn from, read from facts.

Searching, working, lately lost a job, and withdrawn: ended within half a year, or not
met for two months. The groups are those of the published review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from braid.facts.reading import Facts

_SQL = """
SELECT e.unit_id, e.episode_id, c.staff_id,
  CASE WHEN e.exited_on <= a.last_day THEN 'withdrawn'
       WHEN coalesce(j.present, 0) > 0 THEN 'working'
       WHEN coalesce(j.lost, 0) > 0 THEN 'job_lost'
       WHEN coalesce(m.met, 0) = 0 THEN 'withdrawn'
       ELSE 'searching' END AS stratum
FROM episodes AS e
CROSS JOIN asked AS a
LEFT JOIN (
  SELECT k.episode_id, max(k.staff_id) AS staff_id FROM caseload AS k
  JOIN (SELECT episode_id, max(caseload.first_day) AS first_day
        FROM caseload
        CROSS JOIN asked WHERE caseload.first_day <= asked.last_day
        GROUP BY episode_id) AS l
    ON l.episode_id = k.episode_id AND l.first_day = k.first_day
  GROUP BY k.episode_id
) AS c ON c.episode_id = e.episode_id
LEFT JOIN (
  SELECT jobs.episode_id,
    sum(CASE WHEN jobs.last_day IS NULL OR jobs.last_day >= asked.last_day
        THEN 1 ELSE 0 END) AS present,
    sum(CASE WHEN jobs.last_day < asked.last_day
             AND jobs.last_day >= asked.last_day - INTERVAL 90 DAY
        THEN 1 ELSE 0 END) AS lost
  FROM jobs CROSS JOIN asked WHERE jobs.first_day <= asked.last_day
  GROUP BY jobs.episode_id
) AS j ON j.episode_id = e.episode_id
LEFT JOIN (
  SELECT contacts.episode_id, count(*) AS met FROM contacts CROSS JOIN asked
  WHERE contacts.with_applicant AND coalesce(contacts.attended, TRUE)
    AND contacts.day <= asked.last_day
    AND contacts.day > asked.last_day - INTERVAL 60 DAY
  GROUP BY contacts.episode_id
) AS m ON m.episode_id = e.episode_id
WHERE coalesce(e.accepted_on, e.entered_on) <= a.last_day
  AND (e.exited_on IS NULL OR e.exited_on > a.last_day - INTERVAL 180 DAY)
"""


@dataclass(frozen=True, slots=True)
class Strata:
    """Episodes of a unit by group, and who had each of them on the caseload last."""

    episodes: Mapping[str, Sequence[UUID]]
    holders: Mapping[UUID, str]


def strata(facts: Facts, unit: UUID, day: date) -> Strata:
    """Return the groups of a unit's episodes on a day."""
    import pyarrow as pa

    asked = pa.table(
        {
            "period": [str(day)],
            "first_day": [day],
            "last_day": [day],
            "as_of": [facts.as_of],
        }
    )
    groups: dict[str, list[UUID]] = defaultdict(list)
    holders: dict[UUID, str] = {}
    for row in facts.run_sql(_SQL, asked):
        if row["unit_id"] == str(unit):
            key = UUID(row["episode_id"])
            groups[row["stratum"]].append(key)
            holders[key] = row["staff_id"] or ""
    return Strata(groups, holders)
