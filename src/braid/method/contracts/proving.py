"""Evidence: which files a milestone asks for, which are there, and whether in time."""

from collections.abc import Iterable
from datetime import date, timedelta

from braid.method.contracts.case import Case
from braid.method.contracts.shape import Evidence, Proof
from braid.method.contracts.values import Proofs
from braid.method.contracts.windows import Measured
from braid.method.measures.words import Row

OTHER = "other:"


def code(proof: Proof) -> str:
    """Return a kind of evidence as one word: its code, or `other:LABEL`."""
    return proof if isinstance(proof, str) else f"{OTHER}{proof.other}"


def code_of(row: Row) -> str:
    """Return the kind of a file as one word."""
    if row["kind"] != "other":
        return str(row["kind"])
    return f"{OTHER}{row.get('label') or ''}"


def files_of(case: Case, measured: Measured, as_of: date) -> list[Row]:
    """Return the files about what was reached, received by a day.

    Of the same episode; of one of its jobs where a file names a job; not only of days
    before it began.
    """
    jobs = measured.event.rows
    return [
        row
        for row in case.of("evidence")
        if row["received_on"] <= as_of
        and row["episode_id"] == measured.event.episode
        and (row["job_id"] is None or not jobs or row["job_id"] in jobs)
        and (row["period_last"] is None or row["period_last"] >= measured.first_day)
    ]


def proofs_of(case: Case, asked: Evidence, measured: Measured, as_of: date) -> Proofs:
    """Return what is asked for, present and missing, and the last day for it."""
    present = {code_of(row) for row in files_of(case, measured, as_of)}
    required = tuple(tuple(code(each) for each in one) for one in asked.any_of)
    known = sorted(present & {each for one in required for each in one})
    lacking = [tuple(each for each in one if each not in present) for one in required]
    nearest = min(lacking, key=len, default=())
    day = measured.reached_on or measured.earliest
    return Proofs(required, tuple(known), nearest, deadline(asked, day))


def deadline(asked: Evidence, reached_on: date | None) -> date | None:
    """Return the last day on which evidence counts."""
    if asked.deadline_days is None or reached_on is None:
        return None
    return reached_on + timedelta(asked.deadline_days)


def proved(case: Case, asked: Evidence, measured: Measured, as_of: date) -> str:
    """Return why the evidence does not do: missing or late; empty where it does."""
    if not asked.any_of:
        return ""
    files = files_of(case, measured, as_of)
    last = deadline(asked, measured.reached_on)
    in_time = [row for row in files if last is None or row["received_on"] <= last]
    if _whole(asked, in_time):
        return ""
    return "evidence_late" if _whole(asked, files) else "evidence_missing"


def _whole(asked: Evidence, files: Iterable[Row]) -> bool:
    there = {code_of(row) for row in files}
    return any(all(code(each) in there for each in one) for one in asked.any_of)
