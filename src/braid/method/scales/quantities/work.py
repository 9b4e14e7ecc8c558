"""Words about how specialists work: teams, employer contacts, waiting, time outside."""

from collections.abc import Sequence
from fractions import Fraction

from braid.method.scales.inputs import Form, Key, must_not_exceed
from braid.method.scales.quantities.case import (
    PERCENT,
    Case,
    Lift,
    Reading,
    Word,
    gate_in_the_way,
    keys_of_gates,
)
from braid.method.scales.quantities.ratios import (
    distance,
    fewer_or_more,
    next_step,
    value_of,
)
from braid.method.scales.shape import Item

# ---- teams -------------------------------------------------------------------------------

TEAMS, FROM_TEAMS, CASELOAD = "attached_teams", "clients_from_top_two", "caseload"


def _teams_forms(item: Item) -> Sequence[Form]:
    keys = (
        Key(TEAMS, may_be_unknown=True),
        Key(FROM_TEAMS, may_be_unknown=True),
        Key(CASELOAD),
    )
    return (Form(keys),)


def _teams(case: Case) -> Reading:
    teams, part, whole = (case.given[key] for key in (TEAMS, FROM_TEAMS, CASELOAD))
    must_not_exceed(part, whole, (FROM_TEAMS, CASELOAD))
    if whole == 0:
        return case.nothing()
    value = None if part is None else Fraction(part, whole)
    # Where nobody's team is recorded, anything from none to all of them may be so.
    low = case.banded(Fraction(0) if value is None else value * PERCENT)[0]
    high = case.banded(Fraction(PERCENT) if value is None else value * PERCENT)[1]
    if teams is None:
        if case.settings.get("teams_unknown") == "none":
            return Reading(2, 2, value, ("attachment_unknown",))
        return Reading(case.lowest, high, value, ("attachment_unknown",))
    if teams == 0:
        case.settings.get("teams_unknown")
        return Reading(2, 2, value, (), {"no_team": True})
    if teams >= 3 and case.settings.get("many_teams") == "two":
        return Reading(2, 2, value, ("three_or_more_teams",))
    return Reading(low, high, value, ("attachment_unknown",) if part is None else ())


def _teams_rise(case: Case, reading: Reading) -> Lift | None:
    teams, part, whole = (case.given[key] for key in (TEAMS, FROM_TEAMS, CASELOAD))
    step = next_step(case, reading.floor)
    if part is None:
        return None
    change: dict[str, Fraction | int | str] = {}
    if teams == 0:
        return Lift(step.score, {"teams": 1}, "attach_to_a_team")
    if "three_or_more_teams" in reading.notes:
        change["teams"] = teams - 2
    change["points"] = max(Fraction(0), step.at - Fraction(part, whole) * PERCENT)
    change["count"] = fewer_or_more(step, part, Fraction(whole, PERCENT))
    return Lift(step.score, change, "fewer_teams" if "teams" in change else "more_from")


TEAM_ATTACHMENT = Word("teams", frozenset(), _teams_forms, _teams, _teams_rise)
"""The share of a specialist's caseload that comes from the one or two largest teams."""


# ---- days to the first contact -----------------------------------------------------------

MEAN, DONE, OPEN = "mean_days_to_first_contact", "days_completed", "days_open"


def _days_forms(item: Item) -> Sequence[Form]:
    gates = keys_of_gates(item)
    return (
        Form((Key(MEAN, "number"), *gates)),
        Form((Key(DONE, "days"), Key(OPEN, "days"), *gates)),
    )


def _days(case: Case) -> Reading:
    if MEAN in case.given:
        return _mean_days(case, case.given[MEAN], {})
    done, waiting = case.given[DONE], case.given[OPEN]
    value, with_open = _mean(done), _mean([*done, *waiting])
    extras: dict[str, object] = {
        "value_with_open": with_open,
        "open_cases": len(waiting),
    }
    if with_open is not None:
        bounds, _notes = case.through_gates(case.banded(with_open))
        extras["score_with_open"] = bounds[0]
    if case.settings.get("open_cases") == "counted":
        value = with_open
    if value is None:
        _bounds, notes = case.through_gates((case.lowest, case.highest))
        return case.nothing(*notes, **extras)
    return _mean_days(case, value, extras)


def _mean_days(case: Case, value: Fraction, extras: dict[str, object]) -> Reading:
    (floor, ceiling), notes = case.through_gates(case.banded(value))
    return Reading(floor, ceiling, value, tuple(notes), extras)


def _mean(days: Sequence[int]) -> Fraction | None:
    return Fraction(sum(days), len(days)) if days else None


def _days_rise(case: Case, reading: Reading) -> Lift:
    step = next_step(case, reading.floor)
    change = gate_in_the_way(case, step.score)
    text = "meet_the_condition"
    if not step.holds(value_of(reading)):
        change["days"], text = distance(step, value_of(reading)), "fewer_days"
    return Lift(step.score, change, text)


DAYS = Word("days_to_first_contact", frozenset(), _days_forms, _days, _days_rise)
"""The mean of days until a first contact; who still waits is shown beside it."""


# ---- contacts a week ---------------------------------------------------------------------

RATE, SEEKERS = "face_to_face_per_week", "job_seekers"
FEW_SEEKERS = 3


def _contacts_forms(item: Item) -> Sequence[Form]:
    return (Form((Key(RATE, "number"), *keys_of_gates(item), Key(SEEKERS))),)


def _contacts(case: Case) -> Reading:
    rate, seekers = case.given[RATE], case.given[SEEKERS]
    bounds = case.banded(rate)
    enough = _enough(seekers)
    if enough is not None and rate >= enough:
        bounds = case.highest, case.highest
    (floor, ceiling), notes = case.through_gates(bounds)
    if case.bands.anchors:
        notes.append("nearest_anchor")
    extras: dict[str, object] = {}
    if seekers == 0 and case.settings.get("no_seekers") == "left_out":
        extras["in_mean"] = False
    return Reading(floor, ceiling, rate, tuple(notes), extras)


def _enough(seekers: int) -> Fraction | None:
    """Return how many contacts suffice for the highest score where few seek a job."""
    return Fraction(2 * seekers) if 0 < seekers < FEW_SEEKERS else None


def _contacts_rise(case: Case, reading: Reading) -> Lift:
    step = next_step(case, reading.floor)
    rate, enough = case.given[RATE], _enough(case.given[SEEKERS])
    wanted = step.at if enough is None else min(step.at, enough)
    change = gate_in_the_way(case, step.score)
    text = "meet_the_condition"
    if rate < wanted or (rate == wanted and not step.holds(rate) and wanted == step.at):
        change["contacts_per_week"], text = wanted - rate, "more_contacts"
    return Lift(step.score, change, text)


CONTACTS = Word(
    "contacts_per_week", frozenset(), _contacts_forms, _contacts, _contacts_rise
)
"""Contacts of a specialist with employers a week, then the gates."""


# ---- time outside ------------------------------------------------------------------------

SHARE, BASIS = "community_percent", "basis"
OUTSIDE, IN_PERSON, ALL = "community_minutes", "in_person_minutes", "all_minutes"


def _time_forms(item: Item) -> Sequence[Form]:
    minutes = tuple(Key(name) for name in (OUTSIDE, IN_PERSON, ALL))
    basis = Key(BASIS, choices=("logged_time", "contact_minutes"))
    return (Form((Key(SHARE, "percent"),)), Form((basis, *minutes)))


def _time(case: Case) -> Reading:
    if SHARE in case.given:
        value = case.given[SHARE]
        return Reading(*case.banded(value), value / PERCENT)
    outside, in_person, total = (case.given[key] for key in (OUTSIDE, IN_PERSON, ALL))
    must_not_exceed(outside, in_person, (OUTSIDE, IN_PERSON))
    must_not_exceed(in_person, total, (IN_PERSON, ALL))
    proxy = case.given[BASIS] == "contact_minutes"
    notes = ("contact_minutes_proxy",) if proxy else ()
    extras = {"share_of_all": Fraction(outside, total) if total else None}
    if in_person == 0:
        return case.nothing(*notes, **extras)
    value = Fraction(outside, in_person)
    return Reading(*case.banded(value * PERCENT), value, notes, extras)


def _time_rise(case: Case, reading: Reading) -> Lift:
    step = next_step(case, reading.floor)
    change: dict[str, Fraction | int | str] = {
        "points": distance(step, value_of(reading) * PERCENT)
    }
    if OUTSIDE in case.given:
        whole = Fraction(case.given[IN_PERSON], PERCENT)
        change["count"] = fewer_or_more(step, case.given[OUTSIDE], whole)
    return Lift(step.score, change, "more_time_outside")


TIME = Word("time_outside", frozenset(), _time_forms, _time, _time_rise)
"""The share of time in person that is spent outside the offices."""
