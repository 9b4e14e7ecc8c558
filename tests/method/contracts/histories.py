"""Compact histories of invented people for contracts: what is not said is not known."""

from datetime import date, timedelta
from decimal import Decimal

from braid.facts.schema import TABLES
from braid.method.contracts.running import cases, run

UNIT = "north"


def day(text):
    """Return a day written as `2026-06-30`; what is no text stays as it is."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def row(table, **values):
    """Return a table's name and a whole row of it."""
    known = dict.fromkeys(TABLES[table].names)
    known["unit_id"] = UNIT
    days = {c.name for c in TABLES[table].columns if c.type == "day"}
    read = {name: day(v) if name in days else v for name, v in values.items()}
    return table, known | read


def facts(*rows):
    """Return rows, and lists of rows, as a set of facts."""
    found = {name: [] for name in TABLES}
    for each in rows:
        for table, values in each if isinstance(each, list) else [each]:
            found[table].append(values)
    return found


def episode(who="ada", accepted="2019-01-07", exited=None, person=None, **values):
    known = {
        "episode_id": who,
        "person_key": person or who,
        "referred_on": accepted,
        "accepted_on": accepted,
        "entered_on": accepted,
        "exited_on": exited,
        "at_referral": "out_of_work",
        "first_of_person": True,
    }
    return row("episodes", **(known | values))


def funder_event(kind, on, who="ada", contract="example"):
    return row("funder_events", episode_id=who, contract_id=contract, kind=kind, day=on)


def plan_event(kind, on, who="ada", name="pe-1"):
    return row(
        "plan_events",
        event_id=name,
        episode_id=who,
        kind=kind,
        day=on,
        by_role="specialist",
    )


def contact(name, on, who="ada", minutes=60, **values):
    known = {"attended": True, "with_applicant": True, "minutes": minutes}
    return row("contacts", contact_id=name, episode_id=who, day=on, **(known | values))


ORDINARY = {
    "placement": "competitive",
    "permanence": "permanent",
    "open_to_all": True,
    "at_least_minimum": True,
    "going_rate": True,
    "employer_of_record": "employer",
    "normal_rights": True,
    "held_at_referral": False,
}


def job(name, first, last=None, who="ada", hours=None, **values):
    """Return an ordinary job with its terms; the employer is the job's own unless said."""
    known = {**ORDINARY, "employer_id": f"of-{name}"}
    found = [
        row(
            "jobs",
            job_id=name,
            episode_id=who,
            first_day=first,
            last_day=last,
            **(known | values),
        )
    ]
    if hours is not None:
        found.append(terms(name, first, last, hours))
    return found


def terms(name, first, last=None, hours="16"):
    return row(
        "job_terms",
        job_id=name,
        first_day=first,
        last_day=last,
        weekly_hours=Decimal(hours),
    )


def paid(name, first, last=None, hours=None, gross=None, net=None):
    amounts = {"hours": hours, "gross": gross, "net": net}
    read = {key: None if v is None else Decimal(v) for key, v in amounts.items()}
    return row(
        "paid_work", job_id=name, first_day=first, last_day=last or first, **read
    )


def weeks(name, first, *hours):
    """Return the hours paid in week after week of seven days from a day on."""
    return [
        paid(name, begun, begun + timedelta(6), each)
        for number, each in enumerate(hours)
        for begun in [day(first) + timedelta(7 * number)]
    ]


def month(name, text, **amounts):
    """Return what was paid in a month written as `2025-07`."""
    first = day(f"{text}-01")
    after = (first + timedelta(32)).replace(day=1)
    return paid(name, first, after - timedelta(1), **amounts)


def evidence(kind, received, who="ada", name="ev-1", label=None, **values):
    table, known = row(
        "evidence",
        evidence_id=name,
        episode_id=who,
        kind=kind,
        received_on=received,
        sha256=name,
        **values,
    )
    return table, known | {"label": label}


def ran(contract, as_of, *rows, **given):
    """Return the run of a contract over a history."""
    found = cases(contract, facts(*rows))
    return run(contract, found, day(as_of), **given)


def told(result, milestone=None, kind=None):
    """Return what matters of lines: milestone, day, amount, reasons."""
    return [
        (
            line.milestone,
            line.reached_on and line.reached_on.isoformat(),
            None if line.amount is None else str(line.amount),
            line.reasons,
        )
        for line in result.lines
        if (milestone is None or line.milestone == milestone)
        and (kind is None or line.kind == kind)
    ]
