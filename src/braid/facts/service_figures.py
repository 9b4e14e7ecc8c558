"""The figures of one service: what a unit sees about itself before anything else.

Plain numbers in the keys of the ten measures; shares and ratios are rounded to six
decimals, half up, and None where there was nothing to count.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from braid.facts.measuring import Figure, measured, periods_of
from braid.facts.numbers import number, rounded
from braid.facts.reading import Facts
from braid.packs import measures

Names = Mapping[str, str]
Values = dict[str, Any]
MINUTES = ("community_minutes", "f2f_minutes", "all_minutes")
TEAMS = ("from_top_two", "caseload", "teams")
OF_A_QUARTER = (
    "served",
    "working",
    "first_job_starts",
    "job_starts",
    "retention_new_jobs",
)
# What a service calls a kind of job, where the facts have another word.
CALLED = {"unpaid_internship": "internship"}


def service_figures(
    facts: Facts, as_of: date, unit: str, names: Names
) -> dict[str, Values]:
    """Return the figures of a unit as known on `as_of`, by the id of the measure.

    `names` says how a specialist is called; one without a name is called by the id.
    Raises InputFault where the facts end before that day.
    """
    service = _Service(facts, as_of, unit, _told_apart(names))
    return {key: work_out(service) for key, work_out in FIGURES.items()}


class _Service:
    """One unit's facts, from which figures are taken."""

    def __init__(self, facts: Facts, as_of: date, unit: str, names: Names) -> None:
        self._facts = facts
        self._as_of = as_of
        self._unit = unit
        self._names = names

    def figures(self, measure_id: str, by: str = "") -> tuple[Figure, list[Figure]]:
        """Return the first figure of the unit and those of its groups."""
        every, groups = self._asked(measure_id, by)
        return every[0], groups

    def periods(self, measure_id: str) -> list[Figure]:
        """Return a figure for each period of the measure's window."""
        return self._asked(measure_id, "")[0]

    def specialists(self, groups: list[Figure]) -> dict[str, Figure]:
        """Return figures by the name of the specialist, in the order of the names."""
        found = {
            self._names.get(staff, staff): figure
            for figure in groups
            if (staff := figure.group["staff_id"]) is not None
        }
        return dict(sorted(found.items()))

    def _asked(self, measure_id: str, by: str) -> tuple[list[Figure], list[Figure]]:
        measure = measures.get(measure_id)
        periods = periods_of(measure, self._facts, self._as_of, self._unit)
        asked = measured(measure, self._facts, periods=periods)
        within = {"unit_id": self._unit}
        groups = asked.figures((by,), within) if by else []
        return asked.figures((), within), groups


def _told_apart(names: Names) -> Names:
    """Return the names with the id beside those that several people have."""
    often = Counter(names.values())
    return {
        staff: name if often[name] == 1 else f"{name} ({staff})"
        for staff, name in names.items()
    }


def _caseload(service: _Service) -> Values:
    whole, groups = service.figures("item01_caseload", "staff_id")
    in_post = [g for g in groups if g.amounts["fte"] or g.left_out.get("fte_unknown")]
    return {
        "total": number(whole.amounts["episodes"]),
        "fte": rounded(whole.amounts["fte"]),
        "ratio": rounded(whole.value),
        "per_specialist": {
            name: {
                "caseload": number(figure.amounts["episodes"]),
                "fte": rounded(figure.amounts["fte"]),
                "per_fte": rounded(figure.value),
            }
            for name, figure in service.specialists(in_post).items()
        },
        "no_specialist": number(whole.amounts["without_specialist"]),
    }


def _teams(service: _Service) -> Values:
    whole, groups = service.figures("item04_top_two_teams", "staff_id")
    return {
        "per_specialist": {
            name: _amounts(figure, *TEAMS) | _ratios(figure)
            for name, figure in service.specialists(groups).items()
        },
        "pooled_numerator": number(whole.amounts["from_top_two"]),
        "pooled_denominator": number(whole.amounts["caseload"]),
        "pooled_share": rounded(whole.value),
    }


def _community(service: _Service) -> Values:
    _, groups = service.figures("item24_community", "staff_id")
    return {
        name: _amounts(figure, *MINUTES) | _ratios(figure)
        for name, figure in service.specialists(groups).items()
    }


def _employer_contacts(service: _Service) -> Values:
    _, groups = service.figures("item17_employer_contacts", "staff_id")
    return {
        name: {
            "contacts": number(figure.amounts["contacts"]),
            "weeks": rounded(figure.denominator),
            "per_week": rounded(figure.value),
        }
        for name, figure in service.specialists(groups).items()
    }


def _rapid_search(service: _Service) -> Values:
    whole, _ = service.figures("item15_rapid_search")
    shown = ("episodes", "with_contact", "without_contact")
    return _amounts(whole, *shown) | _ratios(whole)


def _competitive_permanent(service: _Service) -> Values:
    whole, _ = service.figures("item21_competitive_permanent")
    shown = ("current_jobs", "competitive_and_permanent", "volunteering_left_out")
    return _amounts(whole, *shown) | _ratios(whole)


def _hours(service: _Service) -> Values:
    whole, _ = service.figures("current_competitive_hours")
    unknown = number(whole.amounts["unknown_hours"])
    return _amounts(whole, "under_16", "16_and_over") | {"unknown": unknown}


def _quarters(service: _Service) -> Values:
    found = {}
    for figure in service.periods("quarters"):
        without_rule = number(figure.amounts["job_starts_without_minimum"])
        found[figure.period.period] = {
            **_amounts(figure, *OF_A_QUARTER),
            "rate": rounded(figure.value),
            "job_starts_without_4h_rule": without_rule,
        }
    return found


def _time_to_first_job(service: _Service) -> Values:
    whole, _ = service.figures("time_to_first_competitive_job")
    said = {key: rounded(each.value) for key, each in whole.statistics.items()}
    return _amounts(whole, "episodes", "starters") | said


def _counts(service: _Service) -> Values:
    whole, groups = service.figures("counts", "placement")
    types = {
        CALLED.get(placement, placement): number(jobs)
        for figure in groups
        if (jobs := figure.amounts["jobs"]) and (placement := figure.group["placement"])
    }
    return _amounts(whole, *whole.amounts) | {"jobs_by_type": types}


def _amounts(figure: Figure, *names: str) -> Values:
    return {name: number(figure.amounts[name]) for name in names}


def _ratios(figure: Figure) -> Values:
    return {key: rounded(share.value) for key, share in figure.ratios.items()}


FIGURES = {
    "item01_caseload": _caseload,
    "item04_top_two_teams": _teams,
    "item24_community": _community,
    "item17_employer_contacts": _employer_contacts,
    "item15_rapid_search": _rapid_search,
    "item21_competitive_permanent": _competitive_permanent,
    "current_competitive_hours": _hours,
    "quarters": _quarters,
    "time_to_first_competitive_job": _time_to_first_job,
    "counts": _counts,
}
