"""The facts of one subject of a contract: a person, or an episode, by its unit."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from braid.method.contracts.shape import Contract
from braid.method.measures.words import Row, Tables

OF_EPISODES = (
    "benefit_spells",
    "claims",
    "contacts",
    "evidence",
    "funder_events",
    "groups",
    "jobs",
    "plan_events",
    "residence",
    "treatment",
)
OF_JOBS = ("absences", "job_problems", "job_terms", "paid_work")
TABLES = ("episodes", *OF_EPISODES, *OF_JOBS)
"""The tables that a contract may read."""
Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Who asks for an episode, as it stands in its case file, not in the facts.

    `requester` is the area of the municipality, or the joint body that asked for it.
    """

    requester: str = ""
    is_joint_body: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of a subject: its episodes, oldest first, and their rows.

    `rows` holds the tables named in TABLES; a table without rows may be missing.
    """

    subject: str
    person: str
    episodes: tuple[Row, ...]
    rows: Rows
    files: Mapping[str, CaseFile] = field(default_factory=dict)

    def of(self, table: str) -> Sequence[Row]:
        """Return the rows of a table; none where it has none."""
        return self.rows.get(table, ())

    def episode(self, name: str) -> Row:
        """Return an episode by its id. Raises KeyError."""
        for each in self.episodes:
            if each["episode_id"] == name:
                return each
        raise KeyError(name)


def cases(
    contract: Contract,
    tables: Tables,
    unit_ids: Collection[str] | None = None,
    files: Mapping[str, CaseFile] = MappingProxyType({}),
) -> Iterator[Case]:
    """Yield the cases of a contract, by subject; `unit_ids` None means all units.

    A person has all episodes with the same key, in whatever unit they are.
    """
    yield from sliced(contract.unit, tables, unit_ids, files)


def sliced(
    unit: str,
    tables: Tables,
    unit_ids: Collection[str] | None = None,
    files: Mapping[str, CaseFile] = MappingProxyType({}),
) -> Iterator[Case]:
    """Yield the cases of a unit of count, person or episode."""
    by_subject: dict[str, list[Row]] = defaultdict(list)
    key = "person_key" if unit == "person" else "episode_id"
    for row in tables["episodes"]:
        if unit_ids is None or row["unit_id"] in unit_ids:
            by_subject[row[key]].append(row)
    held = {name: _by(tables.get(name, ()), "episode_id") for name in OF_EPISODES}
    in_jobs = {name: _by(tables.get(name, ()), "job_id") for name in OF_JOBS}
    for subject in sorted(by_subject):
        episodes = tuple(sorted(by_subject[subject], key=_age))
        yield case_of(subject, episodes, held, in_jobs, files)


def case_of(
    subject: str,
    episodes: tuple[Row, ...],
    held: Mapping[str, Rows],
    in_jobs: Mapping[str, Rows],
    files: Mapping[str, CaseFile] = MappingProxyType({}),
) -> Case:
    """Return one case out of rows by episode and by job."""
    rows: dict[str, Sequence[Row]] = {"episodes": episodes, "jobs": (), "paid_work": ()}
    names = [row["episode_id"] for row in episodes]
    for table, of_episode in held.items():
        found = [row for name in names for row in of_episode.get(name, ())]
        if found:
            rows[table] = found
    jobs = [row["job_id"] for row in rows["jobs"]]
    for table, of_job in in_jobs.items():
        found = [row for job in jobs for row in of_job.get(job, ())]
        if found:
            rows[table] = found
    own = {name: files[name] for name in names if name in files} if files else {}
    return Case(subject, episodes[0]["person_key"], episodes, rows, own)


def _by(rows: Sequence[Row], column: str) -> Rows:
    found: dict[str, list[Row]] = defaultdict(list)
    value_of = itemgetter(column)
    for row in rows:
        found[value_of(row)].append(row)
    return found


def _age(row: Mapping[str, Any]) -> tuple[str, str]:
    began = row["accepted_on"] or row["referred_on"] or row["entered_on"]
    return (began.isoformat() if began else "9999", row["episode_id"])
