"""A small sound set of facts, wholly invented: North in the summer of 2026.

Ann (p1) has a job, Bo (p2) has left and come back. Every table has a row.
"""

from datetime import date
from decimal import Decimal

from braid.facts.columns import table_from_dicts
from braid.facts.read import Facts

AS_OF = date(2026, 10, 5)


def day(month, number):
    return date(2026, month, number)


def rows():
    """Return the rows of each table, to be changed at will."""
    north = {"unit_id": "north"}
    first = {"episode_id": "e1", **north}
    return {
        "organisations": [
            {"org_id": "havn", "sector": "ips_provider", "country": "dk"}
        ],
        "teams": [
            {"team_id": "north", "org_id": "havn", "kind": "ips_unit"},
            {"team_id": "east", "org_id": "havn", "kind": "treatment_team"},
            {"team_id": "centre", "org_id": "havn", "kind": "job_centre"},
        ],
        "staff": [
            {"staff_id": "ada", "org_id": "havn"},
            {"staff_id": "ben", "org_id": "havn"},
        ],
        "staff_teams": [
            {
                "staff_id": "ada",
                "team_id": "north",
                "role": "specialist",
                "fte": Decimal("0.8"),
                "first_day": day(1, 5),
            }
        ],
        "episodes": [
            {
                **first,
                "person_key": "p1",
                "referred_on": day(3, 2),
                "accepted_on": day(3, 9),
                "entered_on": day(3, 16),
                "at_referral": "out_of_work",
                "first_of_person": True,
            },
            {
                "episode_id": "e2",
                **north,
                "person_key": "p2",
                "referred_on": day(2, 2),
                "accepted_on": day(2, 9),
                "exited_on": day(5, 4),
                "exit_reason": "moved",
                "at_referral": "unknown",
                "first_of_person": True,
            },
            {
                "episode_id": "e3",
                **north,
                "person_key": "p2",
                "referred_on": day(8, 3),
                "at_referral": "unknown",
                "first_of_person": False,
            },
        ],
        "refusals": [
            {
                "refusal_id": "r1",
                **first,
                "day": day(3, 4),
                "by_role": "clinician",
                "stage": "referral",
                "reason": "not_ready",
            }
        ],
        "caseload": [
            {**first, "first_day": day(3, 9), "last_day": day(3, 15)},
            {**first, "staff_id": "ada", "first_day": day(3, 16)},
            {
                "episode_id": "e2",
                **north,
                "staff_id": "ada",
                "first_day": day(2, 9),
                "last_day": day(5, 3),
                "ended_because": "exit",
            },
        ],
        "treatment": [{**first, "team_id": "east", "first_day": day(3, 2)}],
        "casework": [{**first, "team_id": "centre", "first_day": day(3, 2)}],
        "status": [{**first, "state": "active", "first_day": day(3, 9)}],
        "contacts": [
            {
                "contact_id": "c1",
                **first,
                "staff_id": "ada",
                "day": day(3, 16),
                "minutes": 45,
                "attended": True,
            }
        ],
        "employer_contacts": [
            {
                "employer_contact_id": "v1",
                **first,
                "made_by": "specialist",
                "staff_id": "ada",
                "employer_id": "bakery",
                "day": day(4, 13),
                "mode": "in_person",
            }
        ],
        "employers": [{"employer_id": "bakery", **north, "size": "under_10"}],
        "jobs": [
            {
                "job_id": "j1",
                **first,
                "employer_id": "bakery",
                "first_day": day(5, 4),
                "placement": "competitive",
                "held_at_referral": False,
            }
        ],
        "job_terms": [
            {
                "job_id": "j1",
                **north,
                "first_day": day(5, 4),
                "last_day": day(6, 28),
                "weekly_hours": Decimal(12),
            },
            {
                "job_id": "j1",
                **north,
                "first_day": day(6, 29),
                "weekly_hours": Decimal("16.5"),
            },
        ],
        "paid_work": [
            {
                "job_id": "j1",
                **north,
                "first_day": day(5, 4),
                "last_day": day(5, 31),
                "hours": Decimal(48),
                "source": "payslip",
            }
        ],
        "absences": [{"job_id": "j1", **north, "first_day": day(7, 1), "paid": True}],
        "job_problems": [{"job_id": "j1", **north, "first_day": day(6, 1)}],
        "supports": [
            {
                "support_id": "s1",
                **north,
                "job_id": "j1",
                "day": day(5, 5),
                "kind": "on_site",
                "given_by": "specialist",
            }
        ],
        "evidence": [
            {
                "evidence_id": "p1",
                **north,
                "episode_id": "e1",
                "job_id": "j1",
                "kind": "contract",
                "received_on": day(5, 4),
                "sha256": "0" * 64,
            }
        ],
        "education": [{**first, "first_day": day(4, 1), "mainstream": True}],
        "plan_events": [
            {
                "event_id": "x1",
                **north,
                "episode_id": "e1",
                "kind": "search_plan",
                "day": day(3, 30),
                "by_role": "specialist",
            }
        ],
        "benefit_spells": [{**first, "benefit": "support", "first_day": day(1, 5)}],
        "time_entries": [
            {
                "entry_id": "t1",
                **north,
                "staff_id": "ada",
                "day": day(3, 16),
                "minutes": 300,
                "activity": "employment",
            }
        ],
        "meetings": [
            {
                "meeting_id": "m1",
                **north,
                "kind": "treatment_team",
                "team_id": "east",
                "day": day(3, 10),
            }
        ],
        "attendance": [
            {"meeting_id": "m1", **north, "staff_id": "ada", "present": True}
        ],
        "discussions": [
            {"meeting_id": "m1", **first, "unreferred": False, "decision": True}
        ],
        "tasks": [
            {
                "task_id": "k1",
                **first,
                "meeting_id": "m1",
                "sector": "mental_health",
                "due_on": day(3, 17),
            }
        ],
        "questions": [
            {
                "question_id": "q1",
                **first,
                "asked_by_sector": "ips_provider",
                "asked_of_sector": "mental_health",
                "asked_on": day(3, 18),
                "answered_on": day(3, 20),
            }
        ],
        "proposals": [
            {
                "proposal_id": "o1",
                **first,
                "day": day(3, 25),
                "kind": "internship",
                "by_role": "caseworker",
                "wanted": False,
            }
        ],
        **outside_the_record(north, first),
    }


def outside_the_record(north, first):
    """Return the rows of tables that come from lenses, funders and calendars."""
    return {
        "groups": [{**first, "key": "origin", "value": "rather_not"}],
        "residence": [{**first, "area": "Havnelund", "first_day": day(3, 2)}],
        "log_reviews": [
            {
                "staff_id": "ada",
                **north,
                "week": day(4, 13),
                "reviewed_on": day(4, 20),
                "by_role": "supervisor",
            }
        ],
        "funder_events": [
            {**first, "contract_id": "town", "kind": "grant", "day": day(3, 9)}
        ],
        "claims": [
            {
                "claim_id": "b1",
                **first,
                "contract_id": "town",
                "contract_version": "2026.1",
                "milestone": "job_start",
                "payer": "the town",
                "reached_on": day(5, 4),
                "state": "submitted",
                "amount": Decimal(2500),
                "currency": "DKK",
            }
        ],
        "reviews": [
            {
                "review_id": "f1",
                **north,
                "scale_id": "ips-25",
                "scale_version": "2008",
                "day": day(6, 9),
                "mode": "independent",
                "remote": False,
                "status": "final",
            }
        ],
        "ratings": [
            {
                "review_id": "f1",
                **north,
                "item": "01",
                "stage": "final",
                "score": 4,
                "status": "scored",
            }
        ],
        "reports_shared": [
            {
                **north,
                "report_id": "ilc-quarterly",
                "period": "2026Q2",
                "shared_on": day(7, 6),
                "audience": "leadership",
            }
        ],
        "unit_quarters": [{**north, "quarter": "2026Q2", "vacant_fte": Decimal("0.5")}],
        "calendar": [{"country": "dk", "day": day(1, 1), "working": False}],
    }


def tables(changed=None):
    """Return the set as Arrow tables; `changed` stands for the rows as they are."""
    given = rows() if changed is None else changed
    return {name: table_from_dicts(name, given[name]) for name in given}


def facts(changed=None):
    return Facts.of(tables(changed), as_of=AS_OF)
