"""What was claimed and paid, and when an end was known; added to a history last of all."""

from datetime import timedelta
from decimal import Decimal

REASONS = ("evidence_missing", "evidence_late", "over_cap")


def add(make, last):
    """Add claims of jobs, near their days and after their end; `last` ends the history."""
    for row in make.tables["jobs"]:
        ended = row["last_day"]
        if ended is not None:
            row["end_known_on"] = make.one_of(
                None, ended, ended + timedelta(9), ended + timedelta(40)
            )
        for _ in range(make.one_of(0, 1, 1, 2)):
            day = row["first_day"] + timedelta(make.one_of(0, 0, 13, 91, 120))
            if ended is not None and make.chance(0.3):
                day = ended + timedelta(make.one_of(1, 8, 30))
            _claim(make, row, day, last)
    for row in make.tables["episodes"]:
        for days in make.one_of((), (1, 30, 60), (-60, -1, 0, 61)):
            claim = (
                next(
                    (
                        one
                        for one in make.tables["claims"]
                        if one["episode_id"] == row["episode_id"]
                    ),
                    None,
                )
                if make.chance(0.1)
                else None
            )
            if claim is not None:
                make.add(
                    "contacts",
                    contact_id=make.number("contacts"),
                    unit_id=row["unit_id"],
                    episode_id=row["episode_id"],
                    day=claim["reached_on"] + timedelta(days),
                    mode="in_person",
                    attended=True,
                )
    for row in make.tables["job_terms"]:
        if make.chance(0.3):
            row["weekly_hours"] = make.one_of(
                *map(Decimal, ("6.5", "7", "15.5", "16", "16.9", "34.5", "35"))
            )


def _claim(make, job, day, last):
    state = make.one_of("paid", "paid", "paid", "rejected", "submitted", "reversed")
    sent = day + timedelta(make.one_of(1, 5))
    is_paid = state in ("paid", "reversed")
    answered = state != "submitted"
    make.add(
        "claims",
        claim_id=make.number("claims"),
        unit_id=job["unit_id"],
        episode_id=job["episode_id"],
        contract_id="north-county",
        contract_version="1",
        milestone=make.one_of("start", "sustained"),
        payer="fund",
        reached_on=day,
        submitted_on=make.one_of(sent, sent, sent, None),
        decided_on=sent + timedelta(7) if answered else None,
        paid_on=sent + timedelta(make.one_of(9, 60)) if is_paid else None,
        state=state,
        reason=make.one_of(*REASONS) if state == "rejected" else None,
        amount=Decimal(100),
        currency="EUR",
    )
