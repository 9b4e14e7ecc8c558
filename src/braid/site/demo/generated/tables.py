"""The tables of one unit in the schema of the facts."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from braid.facts import columns
from braid.facts.numbering import numbered
from braid.facts.schema import CODES, TABLES
from braid.site.demo.cast import COUNTRY, CURRENCY
from braid.site.demo.generated.arrow import YES, Given, chosen, table
from braid.site.demo.generated.calendar import EPOCH
from braid.site.demo.generated.chance import NONE, Whole, every, places, where
from braid.site.demo.generated.employers import trade_keys
from braid.site.demo.generated.service import (
    JOB_CENTRE,
    TREATMENT_TEAMS,
    Body,
    Service,
)
from braid.site.demo.generated.unit import Unit
from braid.site.demo.trades import industries, trades

# Columns that are drawn under the names that they have in the facts.
CONTACT = (
    "day",
    "minutes",
    "mode",
    "place",
    "phase",
    "with_applicant",
    "with_clinician",
    "with_caseworker",
    "with_family",
    "attended",
    "outreach",
    "scheduled",
    "initiated_by",
)
VISITS = "employer_contacts"
EMPLOYER_CONTACT = (
    "made_by",
    "day",
    "mode",
    "with_hiring_role",
    "fits_plan",
    "outcome",
)
JOB = (
    "placement",
    "permanence",
    "time_limit_origin",
    "open_to_all",
    "at_least_minimum",
    "going_rate",
    "employer_of_record",
    "normal_rights",
    "held_at_referral",
    "found_by",
    "disclosure",
    "end_reason",
)


def tables(unit: Unit) -> dict[str, pa.Table]:
    """Return all tables of a unit, each sorted by its day where it has one.

    What no measure asks for yet is drawn by nobody: those tables are empty.
    """
    drawn = {
        name: table(name, _GIVEN[name](unit)) if name in _GIVEN else columns.empty(name)
        for name in TABLES
    }
    return drawn | {VISITS: numbered(drawn[VISITS])}


# Who is there


def _organisations(unit: Unit) -> Given:
    sectors = {
        Body.PROVIDER: "ips_provider",
        Body.PSYCHIATRY: "mental_health",
        Body.MUNICIPALITY: "employment",
    }
    own = _bodies(unit.service)
    return {
        "org_id": chosen(unit.service.bodies, np.array(own)),
        "sector": np.array([CODES["sector"].index(sectors[Body(n)]) for n in own]),
        "country": COUNTRY,
    }


def _bodies(service: Service) -> list[int]:
    """Return the bodies that come with this unit; a region's come with its first."""
    if service.begins_region:
        return [*Body]
    return [Body.MUNICIPALITY]


def _teams(unit: Unit) -> Given:
    kinds = ["ips_unit", *["treatment_team"] * TREATMENT_TEAMS, "job_centre"]
    bodies = [Body.PROVIDER, *[Body.PSYCHIATRY] * TREATMENT_TEAMS, Body.MUNICIPALITY]
    return {
        "team_id": unit.service.teams,
        "org_id": chosen(unit.service.bodies, np.array(bodies)),
        "kind": np.array([CODES["team_kind"].index(kind) for kind in kinds]),
    }


def _staff(unit: Unit) -> Given:
    service = unit.service
    bodies = np.full(len(service.staff), Body.PSYCHIATRY)
    bodies[: service.supervisor + 1] = Body.PROVIDER
    bodies[service.caseworker] = Body.MUNICIPALITY
    return {"staff_id": service.staff, "org_id": chosen(service.bodies, bodies)}


def _staff_teams(unit: Unit) -> Given:
    service, stretches = unit.service, unit.service.stretches
    held = stretches.staff != NONE
    staff = stretches.staff[held]
    fte = where(service.fte_told[staff], service.fte[stretches.post[held]])
    others = np.arange(service.supervisor, len(service.staff))
    clinicians = len(others) - 2
    team = np.concatenate(
        [
            np.zeros(service.specialists + 1, int),
            np.repeat(np.arange(TREATMENT_TEAMS) + 1, clinicians // TREATMENT_TEAMS),
            [JOB_CENTRE],
        ]
    )
    roles = [
        *["specialist"] * service.specialists,
        "supervisor",
        *["clinician"] * clinicians,
        "caseworker",
    ]
    opened = np.full(len(others), unit.calendar.opened)
    unknown = np.full(len(others), NONE)
    return {
        "staff_id": chosen(service.staff, np.concatenate([staff, others])),
        "team_id": chosen(service.teams, team),
        "role": np.array([CODES["role"].index(role) for role in roles]),
        "fte": np.concatenate([fte, unknown]),
        "first_day": np.concatenate([stretches.first[held], opened]),
        "last_day": np.concatenate([stretches.last[held], unknown]),
    }


# Episodes


def _episodes(unit: Unit) -> Given:
    course = unit.courses
    born = unit.people.born[course.person]
    years = np.array(
        [NONE if day == NONE else (EPOCH + timedelta(int(day))).year for day in born]
    )
    return {
        "episode_id": unit.ids.episodes,
        "unit_id": _unit_id(unit),
        "person_key": chosen(unit.ids.people, course.person),
        "referred_on": course.referred,
        "referral_source": course.source,
        "referred_by_staff": chosen(unit.service.staff, course.referred_by),
        "accepted_on": course.accepted,
        "entered_on": course.entered,
        "profile_started_on": course.profile,
        "exited_on": course.exited,
        "exit_reason": course.exit_reason,
        "at_referral": course.at_referral,
        "first_of_person": course.first_of_person,
        "birth_year": years,
        "gender": unit.people.gender[course.person],
    }


def _unit_id(unit: Unit) -> str:
    return str(unit.service.teams[0])


def _refusals(unit: Unit) -> Given:
    course = unit.courses
    rows = places(course.refused)
    reason = course.refusal_reason[rows]
    not_ready = reason == CODES["refusal_reason"].index("not_ready")
    roles = CODES["role"]
    return {
        "refusal_id": unit.ids.refusals,
        "unit_id": _unit_id(unit),
        "episode_id": chosen(unit.ids.episodes, rows),
        "day": course.exited[rows],
        "by_role": where(
            not_ready, roles.index("clinician"), roles.index("specialist")
        ),
        "stage": every("stage", "referral", len(rows)),
        "reason": reason,
    }


def _plan_events(unit: Unit) -> Given:
    """Return the beginning of each career profile; no other talk is drawn yet."""
    profile = unit.courses.profile
    rows = places(profile != NONE)
    return {
        "event_id": chosen(unit.ids.episodes, rows),
        "unit_id": _unit_id(unit),
        "episode_id": chosen(unit.ids.episodes, rows),
        "kind": every("plan_event", "profile_started", len(rows)),
        "day": profile[rows],
        "by_role": every("role", "specialist", len(rows)),
    }


def _caseload(unit: Unit) -> Given:
    spells = unit.spells
    return {
        "episode_id": chosen(unit.ids.episodes, spells.episode),
        "unit_id": _unit_id(unit),
        "staff_id": chosen(unit.service.staff, spells.staff),
        "first_day": spells.first,
        "last_day": spells.last,
        "ended_because": spells.ended,
    }


def _treatment(unit: Unit) -> Given:
    course = unit.courses
    return {
        "episode_id": unit.ids.episodes,
        "unit_id": _unit_id(unit),
        "team_id": chosen(unit.service.teams, course.team),
        "first_day": course.referred,
        "last_day": where(course.exited == NONE, NONE, course.exited - 1),
    }


def _casework(unit: Unit) -> Given:
    """Return the municipality's own job centre, which all people of the unit have."""
    spells = dict(_treatment(unit))
    centre = np.full(len(unit.courses), JOB_CENTRE, np.int32)
    return spells | {"team_id": chosen(unit.service.teams, centre)}


def _status(unit: Unit) -> Given:
    """Return what was decided: each state lasts until the next, or the exit."""
    course, decided = unit.courses, unit.decided
    first = np.stack(
        [
            course.waits_from,
            course.accepted,
            decided.paused,
            decided.resumed,
            decided.stepped_down,
        ],
        axis=1,
    )
    end = np.where(course.exited == NONE, np.iinfo(np.int32).max, course.exited)
    known = np.where(first == NONE, np.iinfo(np.int32).max, first)
    following = np.column_stack([known[:, 1:], end])
    after = np.minimum.accumulate(following[:, ::-1], axis=1)[:, ::-1]
    episode, state = np.nonzero(first != NONE)
    codes = ("waiting", "active", "paused", "active", "stepped_down")
    places = np.array([CODES["state"].index(code) for code in codes])
    last = np.minimum(after, end[:, None])[episode, state]
    return {
        "episode_id": chosen(unit.ids.episodes, episode.astype(np.int32)),
        "unit_id": _unit_id(unit),
        "state": places[state],
        "first_day": first[episode, state],
        "last_day": where(last == np.iinfo(np.int32).max, NONE, last - 1),
    }


# Contacts


def _contacts(unit: Unit) -> Given:
    met = unit.contacts
    return {
        "contact_id": unit.ids.contacts,
        "unit_id": _unit_id(unit),
        "episode_id": chosen(unit.ids.episodes, met.episode),
        "staff_id": chosen(unit.service.staff, met.staff),
        **{name: getattr(met, name) for name in CONTACT},
    }


def _employer_contacts(unit: Unit) -> Given:
    met = unit.visits
    return {
        "employer_contact_id": unit.ids.visits,
        "unit_id": _unit_id(unit),
        "staff_id": chosen(unit.service.staff, met.staff),
        "employer_id": chosen(unit.directory.ids, met.employer),
        "episode_id": chosen(unit.ids.episodes, met.episode),
        "client_specific": where(met.episode == NONE, NONE, YES),
        **{name: getattr(met, name) for name in EMPLOYER_CONTACT},
    }


def _employers(unit: Unit) -> Given:
    known = unit.directory
    divisions = pa.array([each.division for each in industries()])
    return {
        "employer_id": known.ids,
        "unit_id": _unit_id(unit),
        "parent_id": chosen(known.ids, known.parent),
        "industry": chosen(divisions, known.kind),
        "size": known.size,
    }


# Jobs


def occupations() -> tuple[pa.Array, Whole]:
    """Return the occupations of all titles, and where those of each trade begin."""
    titles = [each.titles for each in trades().values()]
    starts = np.cumsum([0, *map(len, titles)])[: len(trade_keys())]
    codes = [code for each in titles for _, code in each]
    return pa.array(codes), starts.astype(np.int32)


def _jobs(unit: Unit) -> Given:
    jobs = unit.jobs
    codes, starts = occupations()
    return {
        "job_id": unit.ids.jobs,
        "unit_id": _unit_id(unit),
        "episode_id": chosen(unit.ids.episodes, jobs.episode),
        "employer_id": chosen(unit.directory.ids, jobs.employer),
        "occupation": chosen(codes, starts[jobs.trade] + jobs.title),
        "first_day": jobs.first,
        "last_day": jobs.last,
        "end_known_on": jobs.known,
        "fits_preference": jobs.fits,
        **{name: getattr(jobs, name) for name in JOB},
    }


def _job_terms(unit: Unit) -> Given:
    terms = unit.terms
    paid = terms.pay != NONE
    return {
        "job_id": chosen(unit.ids.jobs, terms.job),
        "unit_id": _unit_id(unit),
        "first_day": terms.first,
        "last_day": terms.last,
        "weekly_hours": terms.hours,
        "pay": terms.pay,
        "pay_unit": where(paid, CODES["pay_unit"].index("hour")),
        "currency": _currency(paid),
    }


def _currency(paid: Any) -> pa.Array:
    return chosen(pa.array([CURRENCY]), where(paid, 0))


def _paid_work(unit: Unit) -> Given:
    paid = unit.paid_work
    return {
        "job_id": chosen(unit.ids.jobs, paid.job),
        "unit_id": _unit_id(unit),
        "first_day": paid.first,
        "last_day": paid.last,
        "hours": paid.hours,
        "gross": paid.gross,
        "currency": _currency(paid.gross != NONE),
        "source": paid.source,
    }


def _absences(unit: Unit) -> Given:
    away = unit.absences
    return {
        "job_id": chosen(unit.ids.jobs, away.job),
        "unit_id": _unit_id(unit),
        "first_day": away.first,
        "last_day": away.last,
        "paid": away.paid,
    }


# Meetings


def _meetings(unit: Unit) -> Given:
    held = unit.meetings
    return {
        "meeting_id": held.ids,
        "unit_id": _unit_id(unit),
        "kind": held.kind,
        "team_id": chosen(unit.service.teams, held.team),
        "day": held.day,
    }


def _attendance(unit: Unit) -> Given:
    held = unit.meetings
    return {
        "meeting_id": chosen(held.ids, held.meeting),
        "unit_id": _unit_id(unit),
        "staff_id": chosen(unit.service.staff, held.staff),
        "present": held.present,
    }


_GIVEN: Mapping[str, Callable[[Unit], Given]] = {
    "organisations": _organisations,
    "teams": _teams,
    "staff": _staff,
    "staff_teams": _staff_teams,
    "episodes": _episodes,
    "refusals": _refusals,
    "caseload": _caseload,
    "treatment": _treatment,
    "casework": _casework,
    "status": _status,
    "contacts": _contacts,
    VISITS: _employer_contacts,
    "employers": _employers,
    "jobs": _jobs,
    "job_terms": _job_terms,
    "paid_work": _paid_work,
    "absences": _absences,
    "plan_events": _plan_events,
    "meetings": _meetings,
    "attendance": _attendance,
}
