"""The named checks of a case file that a contract may ask for."""

from collections.abc import Callable
from datetime import date

from braid.method.contracts.case import Case
from braid.method.contracts.conditions import Known


def single_municipality(case: Case, known: Known) -> str:
    """Say what is wrong where another than the municipality of residence asks."""
    entry = known.entry
    file = case.files.get(entry.episode) if entry else None
    if file is None or entry is None:
        return ""
    areas = [
        row["area"]
        for row in case.of("residence")
        if row["first_day"] <= entry.day <= (row["last_day"] or date.max)
    ]
    wrong = file.is_joint_body or (bool(areas) and file.requester not in areas)
    return "requester_is_joint_body" if wrong else ""


RULES: dict[str, Callable[[Case, Known], str]] = {
    "requester_is_single_municipality": single_municipality
}
