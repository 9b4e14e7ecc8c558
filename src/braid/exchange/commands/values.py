"""What a roster's records are in the fields of the rooms.

`of_…` return the fields that a roster knows, and no others: an update leaves what only
Braid knows as it is. `new_…` return whole rows. Saving and the figures of a preview
both read them, so that a preview shows what saving brings.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from braid.exchange.choices import LinkKind
from braid.exchange.roster.plan import Plan
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    EpisodeRecord,
    JobRecord,
    MeetingRecord,
    PersonRecord,
)
from braid.exchange.roster.setup import Setup, SpecialistPost
from braid.people.commands import CaseloadShare, NewApplicant, NewEpisode
from braid.teamwork.commands import NewAttendance
from braid.work.commands import NewContact, NewEmployerContact, NewJob, NewTerms

DAY = timedelta(days=1)
CENT = Decimal("0.01")
Values = dict[str, Any]


@dataclass(slots=True)
class Ids:
    """The records that rows name, by the roster's own names for them."""

    applicants: dict[str, UUID] = field(default_factory=dict)
    episodes: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    employers: dict[str, UUID] = field(default_factory=dict)

    def employer(self, name: str) -> UUID | None:
        return self.employers.get(name)

    def member(self, name: str | None) -> UUID | None:
        return self.staff.get(name) if name else None

    def team(self, name: str | None) -> UUID | None:
        return self.teams.get(name) if name else None


def known_ids(plan: Plan) -> Ids:
    """Return the people and episodes of a plan that are in Braid already."""
    episodes = {name: UUID(key) for name, key in plan.existing_episodes.items()}
    for row in plan.rows:
        if isinstance(row.record, EpisodeRecord) and row.existing is not None:
            episodes[row.record.key] = UUID(row.existing)
    people = {
        person.record.key: UUID(person.existing)
        for person in plan.people
        if person.existing is not None
    }
    return Ids(people, episodes)


def rows_that(plan: Plan, kind: str, does: str) -> list[Any]:
    """Return the rows of a kind that do this; each holds a record."""
    return [
        row
        for row in plan.rows
        if row.kind == kind and row.does == does and row.record is not None
    ]


def clipped(text: str, length: int) -> str:
    """Return a text that the field can hold; what is cut off leaves a mark."""
    clean = text.replace("\x00", "").strip()
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def lines(*parts: str) -> str:
    """Return the parts that say something, a line each."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def stored(amount: Decimal | None) -> Decimal | None:
    """Return an amount as the record holds it: with two places."""
    return amount.quantize(CENT) if amount is not None else None


def of_post(post: SpecialistPost, as_of: date) -> Values:
    """Return the fields of a specialist's membership, and the name."""
    return {
        "name": post.name[:150],
        "first_day": post.first_day or as_of,
        "last_day": post.last_day,
        "fte": stored(Decimal(str(post.fte))) or None if post.fte else None,
    }


def of_person(record: PersonRecord) -> Values:
    return {
        "given_name": clipped(record.given_name, 100),
        "family_name": clipped(record.family_name, 100),
        "birth_date": record.birth_date,
        "phone": clipped(record.phone, 40),
    }


def of_episode(record: EpisodeRecord) -> Values:
    """Return the fields of the episode itself; its spells are `caseload_of`."""
    return {
        "referred_on": record.referred_on,
        "referral_source": record.referral_source or "",
        "referral_words": "" if record.referral_source else record.source_text,
        "at_referral": record.at_referral or "unknown",
        "accepted_on": record.accepted_on,
        "entered_on": record.entered_on,
        "profile_started_on": record.profile_started_on,
        "exited_on": record.exited_on,
        "exit_reason": record.exit_reason or "",
    }


def note_of(record: EpisodeRecord) -> str:
    """Return the note, with the service's own reason where no code says it."""
    return lines("" if record.exit_reason else record.exit_reason_text, record.note)


def caseload_of(
    record: EpisodeRecord, setup: Setup, ids: Ids
) -> tuple[CaseloadShare, ...]:
    """Return who has had the episode; a spell without a day is none."""
    spells = [
        spell
        for spell in record.caseload
        if spell.last_day is None or spell.last_day >= spell.first_day
    ]
    left = {post.name: post.last_day for post in setup.specialists}
    shares = []
    for place, spell in enumerate(spells, start=1):
        gone = left.get(spell.specialist or "")
        ended = ""
        if spell.last_day is not None and place == len(spells):
            ended = "exit" if record.exited_on else ""
        elif spell.last_day is not None:
            went = gone is not None and abs((gone - spell.last_day).days) <= 1
            ended = "specialist_left" if went else "handover"
        member = ids.member(spell.specialist)
        shares.append(CaseloadShare(member, spell.first_day, spell.last_day, ended))
    return tuple(shares)


def treatment_of(
    earlier: Sequence[Values], record: EpisodeRecord, as_of: date, ids: Ids
) -> list[Values]:
    """Return the spells of an episode that has `earlier` ones, in their order.

    A roster tells the present team, not since when.
    """
    team, kept = ids.team(record.treatment_team), list(earlier)
    if team is None:
        return kept
    last = kept.pop() if kept else None
    first = last["first_day"] if last else first_day_of(record, as_of)
    until = max(record.exited_on - DAY, first) if record.exited_on else None
    return [*kept, {"team_id": team, "first_day": first, "last_day": until}]


def of_contact(record: ContactRecord, ids: Ids) -> Values:
    return {
        "episode_id": ids.episodes[record.episode or ""],
        "day": record.day,
        "staff_id": ids.member(record.specialist),
        "minutes": record.minutes,
        "mode": record.mode or "",
        "place": record.place or "",
        "place_words": clipped(record.place_text, 100),
        "attended": record.attended,
        "note": lines("" if record.mode else record.mode_text, record.note),
    }


def of_employer_contact(record: EmployerContactRecord, ids: Ids) -> Values:
    return {
        "day": record.day,
        "staff_id": ids.member(record.specialist),
        "employer_id": ids.employer(record.employer),
        "episode_id": ids.episodes.get(record.episode or ""),
        "mode": record.mode or "",
        "spoke_to": clipped(record.spoke_to, 150),
        "outcome": record.outcome or "",
        "learned": lines(
            "" if record.mode else record.mode_text,
            "" if record.outcome else record.outcome_text,
            record.note,
        ),
    }


def of_job(record: JobRecord, ids: Ids) -> Values:
    return {
        "episode_id": ids.episodes[record.episode or ""],
        "employer_id": ids.employer(record.employer),
        "title": clipped(record.title, 150),
        "first_day": record.first_day,
        "last_day": record.last_day,
        "placement": record.placement or "",
        "permanence": record.permanence or "",
        "held_at_referral": record.held_at_referral,
        "end_reason": record.end_reason or "",
        "end_words": "" if record.end_reason else record.end_reason_text,
        "note": lines(
            "" if record.placement else record.placement_text,
            record.pay_text,
            record.note,
        ),
    }


def terms_of(record: JobRecord) -> tuple[NewTerms, ...]:
    return tuple(
        NewTerms(
            first_day=terms.first_day,
            last_day=terms.last_day,
            weekly_hours=stored(terms.weekly_hours),
            pay=stored(terms.pay),
            pay_unit=terms.pay_unit or "",
            currency=(terms.currency or "")[:3],
        )
        for terms in record.terms
    )


def paid_of(job: NewJob) -> list[Values]:
    """Return what was paid in all, where a roster states it."""
    if job.paid_hours is None:
        return []
    return [
        {
            "first_day": job.first_day,
            "last_day": job.last_day or job.first_day,
            "hours": job.paid_hours,
            "source": job.paid_hours_source,
        }
    ]


def of_meeting(record: MeetingRecord, ids: Ids) -> Values:
    return {
        "day": record.day,
        "team_id": ids.team(record.team),
        "staff_id": ids.member(record.specialist),
        "present": bool(record.present),
    }


def first_day_of(record: EpisodeRecord, as_of: date) -> date:
    """Return the earliest day that the record tells of, else the day of the file."""
    days = (record.referred_on, record.accepted_on, record.entered_on)
    return min((day for day in days if day is not None), default=as_of)


def new_applicant(record: PersonRecord, system: str) -> NewApplicant:
    number = record.client_number
    identifiers = ((system, number),) if number else ()
    return NewApplicant(**of_person(record), identifiers=identifiers)


def new_episode(record: EpisodeRecord, plan: Plan, ids: Ids) -> NewEpisode:
    return NewEpisode(
        applicant_id=ids.applicants[record.person],
        **of_episode(record),
        treatment_team_id=ids.team(record.treatment_team),
        caseload=caseload_of(record, plan.setup, ids),
        note=note_of(record),
        note_day=first_day_of(record, plan.as_of),
    )


def new_job(record: JobRecord, ids: Ids) -> NewJob:
    """Return a job with its terms and the hours that were paid in all."""
    hours = stored(record.paid_hours)
    return NewJob(**of_job(record, ids), terms=terms_of(record), paid_hours=hours)


OF_ROW: Mapping[str, Callable[[Any, Ids], Values]] = {
    LinkKind.CONTACTS: of_contact,
    LinkKind.EMPLOYER_CONTACTS: of_employer_contact,
    LinkKind.JOBS: of_job,
    LinkKind.MEETINGS: of_meeting,
}
NEW_ROW: Mapping[str, Callable[[Any, Ids], Any]] = {
    LinkKind.CONTACTS: lambda record, ids: NewContact(**of_contact(record, ids)),
    LinkKind.EMPLOYER_CONTACTS: lambda record, ids: NewEmployerContact(
        **of_employer_contact(record, ids)
    ),
    LinkKind.JOBS: new_job,
    LinkKind.MEETINGS: lambda record, ids: NewAttendance(**of_meeting(record, ids)),
}
"""The rows of logs by kind: the fields that a roster knows, and whole new rows."""
