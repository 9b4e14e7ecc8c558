"""Writing the region into an empty database, through the commands of the rooms."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from braid.access import commands as access
from braid.access import queries as who
from braid.access.choices import Sector, TeamKind
from braid.access.models import Organisation, Team
from braid.access.policy import Actor, Role
from braid.people import commands as people
from braid.people import queries as people_queries
from braid.people.choices import NoteKind
from braid.site.demo import (
    agreed,
    cast,
    disclosed,
    equal,
    funded,
    income,
    job_support,
    not_yet,
    own,
    region,
    reviewed,
    sharing,
    shelf,
    standing,
    talked,
    together,
    working_day,
)
from braid.site.demo.agreed import Around
from braid.site.demo.cast import (
    COUNTRY,
    CURRENCY,
    PROVIDER,
    SAM,
    STEWARD_NAME,
    Size,
)
from braid.site.demo.dice import Dice
from braid.site.demo.keys import TASK, Keys, address, author
from braid.site.demo.values import Contact, Job, Life, UnitRecord, Visit
from braid.work import commands as work
from braid.work import queries as work_queries
from braid.work.choices import AbsencePay


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was written, and in how many seconds."""

    episodes: int
    contacts: int
    jobs: int
    seconds: float


def provider_slug(token: str) -> str:
    """Return the short name by which the database proves that a demo made it."""
    return f"demo-{token}"


@shelf.at_hand()
@transaction.atomic
def fill(size: Size, seed: int, today: date, *, token: str) -> Filled:
    """Write a region of this size and seed, as it stands on `today`."""
    began = time.perf_counter()
    records = region.draw(size, seed, today)
    keys = Keys()
    _organisations_and_teams(size, keys, token)
    _staff(size, keys, today)
    shared: list[sharing.OneLife] = []
    waiting = not_yet.write(keys, seed, today)
    opened, talks = today - timedelta(days=size.days), 0
    for record in records:
        dice = Dice(f"{seed} {record.unit} sharing")
        around = [agreed.around(life, dice, today) for life in record.lives]
        known = _unit(record, around, keys, today)
        talks += together.write(
            record, known, keys, waiting, days=(opened, today), seed=seed
        )
        shared += map(sharing.OneLife, record.lives, around)
    sharing.write(shared, keys)
    own.write(shared, keys, today)
    income.write(shared, keys, today)
    reviewed.write_earlier(keys, today)
    agreements = funded.write_letters(keys, today)
    standing.write(size, keys, today)
    reviewed.write_present(keys, today)
    funded.write_claims(keys, agreements, today)
    lives = [life for record in records for life in record.lives]
    return Filled(
        episodes=len(lives),
        contacts=sum(len(life.contacts) for life in lives) + talks,
        jobs=sum(len(life.jobs) for life in lives),
        seconds=round(time.perf_counter() - began, 2),
    )


def _organisations_and_teams(size: Size, keys: Keys, token: str) -> None:
    made: dict[str, Organisation] = {}
    for each in cast.organisations():
        actor = access.setup_actor(made[PROVIDER], TASK) if made else None
        made[each.key] = access.create_organisation(
            actor=actor,
            name=each.name,
            sector=Sector(each.sector),
            country=COUNTRY,
            slug=provider_slug(token) if each.key == PROVIDER else "",
        )
        keys.organisations[each.key] = made[each.key].pk
    for team in cast.teams().values():
        organisation = made[team.organisation]
        if team.kind == "ips_unit" and team.key not in size.units:
            continue
        keys.teams[team.key] = access.create_team(
            actor=access.setup_actor(organisation, TASK),
            organisation=organisation,
            name=team.name,
            kind=TeamKind(team.kind),
            slug=team.key,
        )
    actor = access.setup_actor(made[PROVIDER], TASK)
    for unit in size.units:
        partners = (*cast.units()[unit].teams, *cast.units()[unit].job_centres)
        for key in partners:
            access.link_team(actor=actor, unit=keys.teams[unit], team=keys.teams[key])


def _staff(size: Size, keys: Keys, today: date) -> None:
    opened = today - timedelta(days=size.days)
    for each in cast.specialists(size).values():
        first, last = cast.in_post(each, opened, today)
        _member(
            keys, each.key, each.name, "specialist", each.unit, first, last, each.fte
        )
    for colleague in cast.colleagues():
        if colleague.team in keys.teams:
            _member(keys, *_place(colleague), opened)
    provider = keys.teams[size.units[0]].organisation
    access.add_steward(
        actor=access.setup_actor(provider, TASK),
        organisation=provider,
        name=STEWARD_NAME,
        email=address(SAM),
        first_day=opened,
    )


def _place(colleague: cast.Colleague) -> tuple[str, str, str, str]:
    return colleague.key, colleague.name, colleague.works_as, colleague.team


def _member(
    keys: Keys,
    key: str,
    name: str,
    works_as: str,
    team: str,
    first_day: date,
    last_day: date | None = None,
    fte: str | None = None,
) -> None:
    membership = access.add_member(
        actor=access.setup_actor(keys.teams[team].organisation, TASK),
        team=keys.teams[team],
        role=Role(works_as),
        name=name,
        email=address(key),
        first_day=first_day,
        last_day=last_day,
        fte=Decimal(fte) if fte else None,
    )
    keys.staff[key] = membership.user_id


def _unit(
    record: UnitRecord, around: Sequence[Around], keys: Keys, today: date
) -> list[tuple[UUID, Life, Around]]:
    """Write one unit's own record; return its lives with their ids."""
    unit = keys.teams[record.unit]
    actor = who.system_actor(unit, TASK)
    _employers(actor, unit, record, keys)
    ids = _episodes(actor, unit, record.lives, around, keys)
    lives = list(zip(ids, record.lives, strict=True))
    _jobs(actor, unit, lives, keys, today)
    _contacts(actor, unit, lives, keys)
    _employer_contacts(actor, unit, record, lives, keys)
    _words(actor, unit, lives, keys)
    equal.write(actor, unit, lives)
    working_day.write(actor, unit, record, lives, keys, today)
    disclosed.write(actor, unit, lives, keys, today)
    known = [(key, life, each) for (key, life), each in zip(lives, around, strict=True)]
    talked.write(actor, unit, known, keys, today)
    return known


def _employers(actor: Actor, unit: Team, record: UnitRecord, keys: Keys) -> None:
    """Write heads before branches."""
    for branches in (False, True):
        rows = [each for each in record.employers if bool(each.parent) is branches]
        made = work.record_employers(
            actor=actor,
            unit=unit,
            rows=[
                work.NewEmployer(
                    name=each.name,
                    city=each.city,
                    industry=each.industry,
                    size=each.size,
                    parent_id=keys.employers[each.parent] if each.parent else None,
                    contact_person=each.contact_person,
                    learned=each.learned,
                    register_system="dk-cvr" if each.register_number else "",
                    register_number=each.register_number,
                )
                for each in rows
            ],
        )
        keys.employers.update(zip((each.key for each in rows), made, strict=True))


def _episodes(
    actor: Actor,
    unit: Team,
    lives: Iterable[Life],
    around: Iterable[Around],
    keys: Keys,
) -> list[UUID]:
    persons = list(dict.fromkeys(life.person for life in lives))
    made = people.record_applicants(
        actor=actor,
        unit=unit,
        rows=[
            people.NewApplicant(
                person.given_name,
                person.family_name,
                person.birth_date,
                person.gender,
                person.phone,
            )
            for person in persons
        ],
    )
    keys.people.update(zip(persons, made, strict=True))
    rows = [_episode(*pair, keys) for pair in zip(lives, around, strict=True)]
    return people.record_episodes(actor=actor, unit=unit, rows=rows)


_EPISODE = (
    "referred_on",
    "referral_source",
    "referral_words",
    "at_referral",
    "accepted_on",
    "entered_on",
    "profile_started_on",
    "exited_on",
    "exit_reason",
    "goal",
    "goal_seen_on",
    "states",
)


def _episode(life: Life, around: Around, keys: Keys) -> people.NewEpisode:
    return people.NewEpisode(
        applicant_id=keys.people[life.person],
        treatment_team_id=keys.teams[life.team].pk,
        key_clinician_id=keys.staff.get(life.clinician or ""),
        job_centre_id=keys.teams[around.job_centre].pk,
        caseworker_id=keys.staff[around.caseworker],
        referral_way=around.referral_way,
        caseload=tuple(
            people.CaseloadShare(
                keys.staff.get(holder.staff or ""),
                holder.first_day,
                holder.last_day,
                holder.ended_because,
            )
            for holder in life.holders
        ),
        **{name: getattr(life, name) for name in _EPISODE},
    )


Lives = list[tuple[UUID, Life]]


def _jobs(actor: Actor, unit: Team, lives: Lives, keys: Keys, today: date) -> None:
    pairs = [(key, job) for key, life in lives for job in life.jobs]
    whose = [life for _key, life in lives for _job in life.jobs]
    made = work.record_jobs(
        actor=actor, unit=unit, rows=[_job(key, job, keys) for key, job in pairs]
    )
    for job_id, (_, job) in zip(made, pairs, strict=True):
        for absence in job.absences:
            work.record_absence(
                actor=actor,
                job=work_queries.job(actor, job_id),
                first_day=absence.first_day,
                last_day=absence.last_day,
                pay=AbsencePay.FULL if absence.paid else AbsencePay.NONE,
            )
    held = [
        job_support.Held(job_id, job, life)
        for job_id, (_, job), life in zip(made, pairs, whose, strict=True)
    ]
    job_support.write(actor, unit, held, keys, today)


def _same_fields(row: Any, *, without: Iterable[str]) -> Mapping[str, Any]:
    names = (each.name for each in fields(row))
    return {name: getattr(row, name) for name in names if name not in without}


_OTHERWISE = frozenset({"employer", "staff", "terms", "absences"})


def _job(episode_id: UUID, job: Job, keys: Keys) -> work.NewJob:
    return work.NewJob(
        episode_id=episode_id,
        employer_id=keys.employers[job.employer],
        terms=tuple(
            work.NewTerms(
                each.first_day,
                each.last_day,
                each.weekly_hours,
                each.pay,
                "hour" if each.pay else "",
                CURRENCY if each.pay else "",
            )
            for each in job.terms
        ),
        paid_hours_source="payslip",
        **_same_fields(job, without=_OTHERWISE),
    )


def _contacts(actor: Actor, unit: Team, lives: Lives, keys: Keys) -> None:
    rows = [
        _contact(key, contact, keys) for key, life in lives for contact in life.contacts
    ]
    work.record_contacts(actor=actor, unit=unit, rows=rows)


def _contact(episode_id: UUID, contact: Contact, keys: Keys) -> work.NewContact:
    # Named one by one: this runs for every row of the largest table.
    return work.NewContact(
        episode_id=episode_id,
        day=contact.day,
        staff_id=keys.staff[contact.staff],
        minutes=contact.minutes,
        mode=contact.mode,
        place=contact.place,
        place_words=contact.place_words,
        phase=contact.phase,
        attended=contact.attended,
        with_clinician=contact.with_clinician,
        with_caseworker=contact.with_caseworker,
        with_family=contact.with_family,
        note=contact.note,
        initiated_by=contact.initiated_by,
    )


def _employer_contacts(
    actor: Actor, unit: Team, record: UnitRecord, lives: Lives, keys: Keys
) -> None:
    rows = [_visit(key, visit, keys) for key, life in lives for visit in life.visits]
    rows += [_visit(None, visit, keys) for visit in record.visits]
    work.record_employer_contacts(actor=actor, unit=unit, rows=rows)


def _visit(
    episode_id: UUID | None, visit: Visit, keys: Keys
) -> work.NewEmployerContact:
    return work.NewEmployerContact(
        episode_id=episode_id,
        staff_id=keys.staff[visit.staff],
        employer_id=keys.employers[visit.employer],
        **_same_fields(visit, without=_OTHERWISE),
    )


def _words(actor: Actor, unit: Team, lives: Lives, keys: Keys) -> None:
    """Write notes as their authors, refusals, and the step-downs that were offered."""
    for key, life in lives:
        if not (life.notes or life.refusals or life.step_down_offered_on):
            continue
        episode = people_queries.episode(actor, key)
        for note in life.notes:
            people.write_note(
                actor=author(unit, keys.staff[note.staff]),
                episode=episode,
                day=note.day,
                kind=NoteKind(note.kind),
                text=note.text,
            )
        for refusal in life.refusals:
            people.log_refusal(
                actor=actor,
                episode=episode,
                stage="referral",
                **_same_fields(refusal, without=()),
            )
        if life.step_down_offered_on:
            people.change_episode(
                actor=actor,
                episode=episode,
                row_version=episode.row_version,
                step_down_offered_on=life.step_down_offered_on,
            )
