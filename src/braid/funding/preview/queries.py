"""What episodes still need for a claim: dates and evidence, never an amount.

Read from the record as it stands, by whoever keeps it in the unit. What the contract
pays is not among what comes out of here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from braid.access.policy import Actor
from braid.facts import queries as facts
from braid.funding import engine
from braid.funding.queries import agreements_of_unit

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.reading import Facts
    from braid.funding.models import Agreement
    from braid.method.contracts.values import Line, Preview, Proofs

WEEKS = 8
"""So far ahead the list of a specialist looks."""
OVER = frozenset({"submitted", "queried", "accepted", "paid", "adjusted"})
"""States of a claim for which nothing is missing any more."""
MILESTONE = "milestone:"


@dataclass(frozen=True, slots=True)
class Ahead:
    """One milestone of one contract for an episode.

    `day` is the day reached, or the earliest on which it can be; None where none can be
    told. Evidence by its kind: `missing` are sets of which one is enough, each with what
    is not there yet. `first` are milestones that come before it. `deadline` is the last
    day on which evidence counts.
    """

    episode: str
    contract: str
    funder: str
    milestone: str
    clause: str
    day: date | None
    is_reached: bool
    present: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    first: tuple[str, ...]
    deadline: date | None

    @property
    def is_ready(self) -> bool:
        """Say whether it is reached and nothing is missing."""
        return self.is_reached and not self.missing and not self.first


def of_episode(actor: Actor, episode: Any, today: date) -> list[Ahead]:
    """Return what is ahead of an episode by every agreement of its unit, by day."""
    found = _of_unit(actor, episode.unit, today, person=str(episode.applicant_id))
    return [one for one in found if one.episode == str(episode.pk)]


def of_caseload(actor: Actor, unit: Team, today: date) -> list[Ahead]:
    """Return what is ahead of the actor's own caseload in the next weeks, by day.

    Of supervisors the whole unit: whoever has no caseload of their own looks after all.
    """
    until = today + timedelta(weeks=WEEKS)
    found = _of_unit(actor, unit, today, staff=str(actor.id))
    return [
        one
        for one in found
        if not one.is_ready and one.day is not None and one.day <= until
    ]


def _of_unit(
    actor: Actor, unit: Team, today: date, *, person: str = "", staff: str = ""
) -> list[Ahead]:
    agreements = [
        one
        for one in agreements_of_unit(actor, unit.pk)
        if one.last_day is None or one.last_day >= today
    ]
    if not agreements:
        return []
    with facts.unit_facts(actor, unit, today) as drawn:
        episodes = _chosen(drawn, today, person, staff)
        tables = _rows(drawn, episodes)
    found: list[Ahead] = []
    for agreement in agreements:
        found += _ahead(agreement, tables, today)
    last = date.max
    return sorted(found, key=lambda one: (one.day or last, one.episode, one.contract))


def _chosen(drawn: Facts, today: date, person: str, staff: str) -> set[str]:
    """Return the episodes of a person, or those a specialist holds; else all."""
    episodes = drawn.table("episodes").select(["episode_id", "person_key"]).to_pylist()
    if person:
        return {row["episode_id"] for row in episodes if row["person_key"] == person}
    spells = drawn.table("caseload").to_pylist()
    own = {
        row["episode_id"]
        for row in spells
        if row["staff_id"] == staff
        and row["first_day"] <= today
        and (row["last_day"] is None or row["last_day"] >= today)
    }
    return own or {row["episode_id"] for row in episodes}


def _rows(drawn: Facts, episodes: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of some episodes that a contract may read."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from braid.method.contracts.case import OF_JOBS, TABLES

    def kept(name: str, column: str, values: Any) -> Any:
        table = drawn.table(name)
        return table.filter(pc.is_in(table.column(column), values))

    wanted = pa.array(sorted(episodes), pa.string())
    jobs = kept("jobs", "episode_id", wanted).column("job_id").combine_chunks()
    return {
        name: (
            kept(name, "job_id", jobs)
            if name in OF_JOBS
            else kept(name, "episode_id", wanted)
        ).to_pylist()
        for name in TABLES
    }


def _ahead(
    agreement: Agreement, tables: Mapping[str, Any], today: date
) -> Iterator[Ahead]:
    """Yield what a contract says of some episodes: what is reached, and what is not."""
    from braid.method.contracts.running import cases, run

    settled = engine.terms(agreement)
    result = run(
        settled.latest,
        cases(settled.latest, tables, files=engine.files_of(agreement)),
        today,
        bindings=settled.bindings,
        versions=settled.versions[:-1],
    )
    over = {
        (row["episode_id"], row["milestone"])
        for row in tables["claims"]
        if row["contract_id"] == agreement.contract and row["state"] in OVER
    }
    told: set[tuple[str, str]] = set()
    for preview in result.previews:
        key = preview.episode, preview.milestone
        if key not in over:
            told.add(key)
            yield _of_preview(agreement, preview)
    for line in _reached(result.lines):
        if (line.episode, line.milestone) not in told | over:
            yield _of_line(agreement, line)


def _reached(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if line.kind == "milestone" and line.is_reached and line.counts and line.pays:
            yield line


def _of_preview(agreement: Agreement, preview: Preview) -> Ahead:
    reached = "evidence_missing" in preview.reasons or (
        preview.earliest is not None and "prerequisite" in preview.reasons
    )
    return _told(
        agreement,
        preview,
        day=preview.earliest,
        is_reached=reached,
        proofs=preview.evidence,
        first=[
            one.removeprefix(MILESTONE)
            for one in preview.missing
            if one.startswith(MILESTONE)
        ],
    )


def _of_line(agreement: Agreement, line: Line) -> Ahead:
    return _told(
        agreement,
        line,
        day=line.reached_on,
        is_reached=True,
        proofs=line.evidence,
    )


def _missing(proofs: Proofs) -> tuple[tuple[str, ...], ...]:
    """Return what each set of evidence lacks; nothing where one of them is whole."""
    lacking = [
        tuple(kind for kind in one if kind not in proofs.present)
        for one in proofs.required
    ]
    return tuple(lacking) if all(lacking) else ()


def _told(
    agreement: Agreement,
    said: Line | Preview,
    *,
    day: date | None,
    is_reached: bool,
    proofs: Proofs,
    first: Iterable[str] = (),
) -> Ahead:
    return Ahead(
        episode=said.episode,
        contract=agreement.contract,
        funder=agreement.funder.name,
        milestone=said.milestone,
        clause=said.clause or said.milestone,
        day=day,
        is_reached=is_reached,
        present=proofs.present,
        missing=_missing(proofs),
        first=tuple(first),
        deadline=proofs.deadline,
    )


def episodes_in(found: Iterable[Ahead]) -> set[UUID]:
    """Return whom these are about."""
    return {UUID(one.episode) for one in found}
