"""What an employer may be told about somebody, from what that person decided.

The decision is the applicant's: for one employer or for any, piece by piece, in exact
words, and taken back at any time. Pure; days decide, not the order of entry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

NOTHING, APPROACH, NAME, SUPPORT, HEALTH = LADDER = (
    "nothing",
    "approach",
    "name",
    "support",
    "health",
)
# The least that must be decided before an employer is told this much. Without the name
# it still is a contact on somebody's behalf.
NEEDS: Mapping[str, str] = {
    "": APPROACH,
    "nothing": APPROACH,
    "name": NAME,
    "support": SUPPORT,
    "health": HEALTH,
}
# The least that must be decided before a piece of information may be told.
ITEM_NEEDS: Mapping[str, str] = {
    "name": NAME,
    "contact": NAME,
    "gaps": NAME,
    "legal_record": NAME,
    "benefits": NAME,
    "support": SUPPORT,
    "adjustments": SUPPORT,
    "mental_health": HEALTH,
    "diagnosis": HEALTH,
    "treatment": HEALTH,
}
# What a job says that its employer was told, by what was decided.
OF_JOB: Mapping[str, str] = {SUPPORT: "support_only", HEALTH: "health"}
JOB_NEEDS: Mapping[str, str] = {"support_only": SUPPORT, "health": HEALTH}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. `employer_id` None is any employer for whom nothing else is decided.

    `agreed_on` None is a draft, which allows nothing. `items` are the pieces that may be
    told, with their words. `recorded_at` tells decisions of one day apart.
    """

    employer_id: UUID | None
    decision: str
    agreed_on: date | None
    recorded_at: datetime
    revoked_on: date | None = None
    items: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be told: a rung of the ladder, pieces with their words, and why.

    `decision` is empty where nothing is in force. `reason`: `own` (decided for this
    employer), `general`, `revoked` (taken back since) or `none` (never decided).
    """

    decision: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    reason: str = "none"

    def reaches(self, rung: str) -> bool:
        """Say whether the decision goes as far as a rung of the ladder."""
        return self.decision in LADDER and _rung(self.decision) >= _rung(rung)

    def allows(self, told: str) -> bool:
        """Say whether an employer may be told this much; empty counts as no name."""
        return self.reaches(NEEDS[told])

    def allows_in_job(self, disclosure: str) -> bool:
        """Say whether a job may say that its employer was told this."""
        return disclosure not in JOB_NEEDS or self.reaches(JOB_NEEDS[disclosure])

    @property
    def of_job(self) -> str:
        """Return what a job begins with; empty where nothing was decided."""
        return OF_JOB.get(self.decision, "none") if self.decision else ""


def _rung(decision: str) -> int:
    return LADDER.index(decision)


def beyond(decision: str, items: Iterable[str]) -> tuple[str, ...]:
    """Return the pieces that a decision does not reach, in their order."""
    return tuple(
        item for item in items if _rung(ITEM_NEEDS[item]) > _rung(decision or NOTHING)
    )


def may_be_told(
    decisions: Iterable[Decided],
    employer_id: UUID | None,
    day: date,
    head_id: UUID | None = None,
) -> Limit:
    """Return the most that an employer may be told on `day`.

    What was decided for the employer stands before what was decided for the one that it
    is a branch of (`head_id`), and that before what was decided for any. Of several
    the one agreed last holds; where two were agreed and recorded at once, the narrower.
    A decision that was taken back leaves nothing, neither what stood before it nor what
    holds for any employer, until something new is agreed: nothing of an earlier day
    that is only written down later.
    """
    agreed = [one for one in decisions if one.agreed_on and one.agreed_on <= day]
    own = _of(agreed, employer_id) or _of(agreed, head_id)
    found = own or [one for one in agreed if one.employer_id is None]
    if not found:
        return Limit()
    last = max((one.agreed_on or day, one.recorded_at) for one in found)
    holding = [one for one in found if (one.agreed_on, one.recorded_at) == last]
    taken_back = [one.revoked_on for one in found if one.revoked_on]
    if any(last[0] < back <= day for back in taken_back):
        return Limit(reason="revoked")
    if any(one.revoked_on and one.revoked_on <= day for one in holding):
        return Limit(reason="revoked")
    narrowest = min(holding, key=lambda one: _rung(one.decision))
    kept = set.intersection(*(set(one.items) for one in holding))
    reached = kept - set(beyond(narrowest.decision, kept))
    items = {item: narrowest.items[item] for item in sorted(reached)}
    return Limit(narrowest.decision, items, "own" if own else "general")


def _of(agreed: Iterable[Decided], employer_id: UUID | None) -> list[Decided]:
    """Return what was decided for one employer; nothing where none is named."""
    if employer_id is None:
        return []
    return [one for one in agreed if one.employer_id == employer_id]
