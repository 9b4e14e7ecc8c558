"""Rows of facts for stories: what is not said is not known."""

from datetime import date, timedelta
from decimal import Decimal

from braid.facts.schema import TABLES
from braid.method.measures import Asked

UNIT = "north"
D = date(2026, 6, 30)
ON_D = Asked.on(D)
Q2 = Asked("2026Q2", date(2026, 4, 1), D, D)
WEEKS_8 = Asked("56 days", date(2026, 5, 6), D, D)
YEAR = Asked("365 days", date(2025, 7, 1), D, D)


def day(text):
    """Return a day written as `2026-06-30`; None stays None."""
    return None if text is None else date.fromisoformat(text)


def row(table, **values):
    """Return a table's name and a whole row of it; its unit is `north`."""
    known = dict.fromkeys(TABLES[table].names)
    days = {c.name for c in TABLES[table].columns if c.type == "day"}
    if "unit_id" in known:
        known["unit_id"] = UNIT
    read = {
        name: day(value) if name in days and isinstance(value, str) else value
        for name, value in values.items()
    }
    return table, known | read


def facts(*rows):
    """Return rows as a set of facts: every table of the schema."""
    found = {name: [] for name in TABLES}
    for each in rows:
        table, values = each
        found[table].append(values)
    return found


def post(who, first="2024-01-01", last=None, fte="1.0", role="specialist", team=UNIT):
    return row(
        "staff_teams",
        staff_id=who,
        team_id=team,
        role=role,
        fte=None if fte is None else Decimal(fte),
        first_day=first,
        last_day=last,
    )


def episode(who, accepted="2026-01-12", exited=None, person=None, **values):
    """Return an episode of somebody out of work, named after the person."""
    return row(
        "episodes",
        **{
            "episode_id": who,
            "person_key": person or who,
            "referred_on": accepted,
            "accepted_on": accepted,
            "entered_on": accepted,
            "exited_on": exited,
            "at_referral": "out_of_work",
            "first_of_person": True,
            **values,
        },
    )


def held_by(who, staff, first="2026-01-12", last=None):
    return row(
        "caseload", episode_id=who, staff_id=staff, first_day=first, last_day=last
    )


def treated_by(who, team, first="2026-01-12", last=None):
    return row(
        "treatment", episode_id=who, team_id=team, first_day=first, last_day=last
    )


def state(who, name, first, last=None):
    return row("status", episode_id=who, state=name, first_day=first, last_day=last)


def contact(number, staff, on, minutes=60, place="community", **values):
    return row(
        "contacts",
        **{
            "contact_id": f"c{number}",
            "staff_id": staff,
            "day": on,
            "minutes": minutes,
            "mode": "in_person",
            "place": place,
            "attended": True,
            **values,
        },
    )


def employer_contact(number, staff, on, who=None, **values):
    return row(
        "employer_contacts",
        **{
            "employer_contact_id": f"e{number}",
            "made_by": "specialist",
            "staff_id": staff,
            "episode_id": who,
            "day": on,
            "mode": "in_person",
            **values,
        },
    )


def job(who, name, first, last=None, **values):
    """Return a permanent competitive job; its employer is the first word of `name`."""
    return row(
        "jobs",
        **{
            "job_id": name,
            "episode_id": who,
            "employer_id": name.split()[0],
            "first_day": first,
            "last_day": last,
            "placement": "competitive",
            "permanence": "permanent",
            "held_at_referral": False,
            **values,
        },
    )


def terms(name, first, last=None, hours=None):
    return row(
        "job_terms",
        job_id=name,
        first_day=first,
        last_day=last,
        weekly_hours=None if hours is None else Decimal(hours),
    )


def paid(name, first, last=None, hours=None):
    return row(
        "paid_work",
        job_id=name,
        first_day=first,
        last_day=last or first,
        hours=None if hours is None else Decimal(hours),
        source="payslip",
    )


def rows_of_weeks(name, first, hours):
    """Return the hours paid in a job week after week from a day on."""
    begins = [day(first) + timedelta(7 * number) for number in range(len(hours))]
    return [
        paid(name, begun.isoformat(), (begun + timedelta(6)).isoformat(), each)
        for begun, each in zip(begins, hours, strict=True)
    ]
