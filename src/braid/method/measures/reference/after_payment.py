"""Words about what follows a payment: contact, late news of an end, and the answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word

AROUND_DAYS = Parameter(
    "So many days before and after the day on which a milestone was reached.",
    60,
    "number",
)
EVIDENCE_REASONS = ("evidence_missing", "evidence_late")
MESSAGE = "message"
CONTACTS_AROUND_PAYMENT = Word(
    name="contacts_around_payment",
    family="after_payment",
    about="Paid milestones that were reached in the period, with the contacts kept in "
    "the days before and in the days after; several claims of one milestone and day are "
    "one.",
    ids=("claim_id", "episode_id", "person_key"),
    keys=("milestone",),
    amounts={
        "payments": "paid milestones whose days after are over",
        "people": "of these, the first of each person and milestone",
        "contacts_before": "contacts kept in the days before",
        "contacts_after": "contacts kept in the days after",
    },
    left_out={"too_early": "The days after the milestone are not over."},
    parameters={"around": AROUND_DAYS},
)


def contacts_around_payment(
    tables: Tables, asked: Sequence[Asked], around: int = 60
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CONTACTS_AROUND_PAYMENT."""
    people = {row["episode_id"]: row["person_key"] for row in tables["episodes"]}
    kept = by(filter(_is_kept, tables["contacts"]), "episode_id")
    rows = []
    for each in asked:
        met: set[tuple[str, str, str]] = set()
        for claim in _paid_once(tables, each):
            episode, day = claim["episode_id"], claim["reached_on"]
            over = day + timedelta(around) <= each.as_of
            person = claim["unit_id"], people[episode], claim["milestone"]
            days = [row["day"] for row in kept[episode]]
            rows.append(
                CONTACTS_AROUND_PAYMENT.row(
                    period=each.period,
                    unit_id=claim["unit_id"],
                    claim_id=claim["claim_id"],
                    episode_id=episode,
                    person_key=people[episode],
                    milestone=claim["milestone"],
                    payments=int(over),
                    people=int(over and person not in met),
                    contacts_before=_count(days, day - timedelta(around), day, over),
                    contacts_after=_count(
                        days, day + timedelta(1), day + timedelta(around + 1), over
                    ),
                    left_out=None if over else "too_early",
                )
            )
            if over:
                met.add(person)
    return rows


def _count(days: Sequence[date], first: date, before: date, over: bool) -> int:
    return sum(first <= day < before for day in days) if over else 0


def _is_kept(row: Row) -> bool:
    return bool(
        row["attended"]
        and row["with_applicant"] is not False
        and row["mode"] != MESSAGE
    )


def _paid_once(tables: Tables, asked: Asked) -> list[Row]:
    """Return the paid claims of a period by their day; of one milestone and day one."""
    found = [
        row
        for row in tables["claims"]
        if _is_paid(row, asked) and asked.days.contains(row["reached_on"])
    ]
    found.sort(key=lambda row: (row["reached_on"], row["claim_id"]))
    once: dict[tuple[Any, ...], Row] = {}
    for row in found:
        key = row["episode_id"], row["milestone"], row["reached_on"]
        once.setdefault(key, row)
    return list(once.values())


def _is_paid(claim: Row, asked: Asked) -> bool:
    return claim["paid_on"] is not None and claim["paid_on"] <= asked.as_of


JOB_ENDS = Word(
    name="job_ends",
    family="after_payment",
    about="Jobs and placements of people accepted by then whose last day lies in the "
    "period, with the days until the end was known, and those of which something was "
    "reached and paid after the end, with no other job that day.",
    ids=("job_id", "episode_id"),
    amounts={
        "ends": "jobs ended, with the day on which that was known",
        "days_to_knowing": "days from the last day to the day on which it was known",
        "paid_after_end": "of these, with a milestone reached after the end, and paid",
    },
    left_out={"known_day_unknown": "When this end was known is not known."},
)


def job_ends(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOB_ENDS."""
    claims = by(tables["claims"], "episode_id")
    jobs, rows = by(tables["jobs"], "episode_id"), []
    accepted = {row["episode_id"]: row["accepted_on"] for row in tables["episodes"]}
    for each in asked:
        for job in tables["jobs"]:
            last, known_on = job["last_day"], job["end_known_on"]
            if last is None or not each.days.contains(last):
                continue
            if last < (accepted.get(job["episode_id"]) or date.max):
                continue
            known = known_on is not None and known_on <= each.as_of
            episode = job["episode_id"]
            rows.append(
                JOB_ENDS.row(
                    period=each.period,
                    unit_id=job["unit_id"],
                    job_id=job["job_id"],
                    episode_id=episode,
                    ends=int(known),
                    days_to_knowing=max(0, days_between(last, known_on))
                    if known
                    else 0,
                    paid_after_end=int(
                        known
                        and any(
                            _is_paid(claim, each)
                            and last < claim["reached_on"] <= known_on
                            and not _works(jobs[episode], claim["reached_on"])
                            for claim in claims.get(episode, ())
                        )
                    ),
                    left_out=None if known else "known_day_unknown",
                )
            )
    return rows


def _works(jobs: Sequence[Row], day: date) -> bool:
    return any(job["first_day"] <= day <= (job["last_day"] or day) for job in jobs)


ONE_CLAIM = (
    "episode_id",
    "contract_id",
    "contract_version",
    "milestone",
    "reached_on",
    "submitted_on",
    "decided_on",
    "state",
    "reason",
)
"""What the parts of one claim have in common; each payer has a row of its own."""
CLAIM_ANSWERS = Word(
    name="claim_answers",
    family="after_payment",
    about="Claims submitted in the period, and those rejected by the last day of the "
    "facts. What several pay for is one claim: that of the payer whose name is first.",
    ids=("claim_id", "episode_id"),
    keys=("reason", "milestone"),
    amounts={
        "submitted": "claims submitted",
        "rejected": "of these, rejected",
        "rejected_for_evidence": "of these, because evidence was missing or late",
    },
)


def claim_answers(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CLAIM_ANSWERS."""
    rows = []
    first: dict[tuple[Any, ...], str] = {}
    for claim in tables["claims"]:
        key = tuple(claim[name] for name in ONE_CLAIM)
        first[key] = min(first.get(key, claim["payer"]), claim["payer"])
    for each in asked:
        for claim in tables["claims"]:
            if claim["payer"] != first[tuple(claim[name] for name in ONE_CLAIM)]:
                continue
            submitted, decided = claim["submitted_on"], claim["decided_on"]
            if submitted is None or not each.days.contains(submitted):
                continue
            rejected = (
                claim["state"] == "rejected"
                and decided is not None
                and decided <= each.as_of
            )
            reason = claim["reason"] if rejected else None
            rows.append(
                CLAIM_ANSWERS.row(
                    period=each.period,
                    unit_id=claim["unit_id"],
                    claim_id=claim["claim_id"],
                    episode_id=claim["episode_id"],
                    reason=reason,
                    milestone=claim["milestone"],
                    submitted=1,
                    rejected=int(rejected),
                    rejected_for_evidence=int(reason in EVIDENCE_REASONS),
                )
            )
    return rows
