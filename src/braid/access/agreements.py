"""Reading the consent ledger: what is agreed, what was, what ends soon, what may be."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from braid.access import consent_rules, queries
from braid.access.choices import TeamKind
from braid.access.consent_rules import Entry, Kind
from braid.access.models import (
    ConsentEntry,
    Membership,
    Organisation,
    Sharing,
    Team,
)
from braid.access.policy import Action, Actor, Information, Purpose, Subject
from braid.kernel.errors import Refused
from braid.packs import consents


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with one organisation for one purpose, as it holds or will."""

    purpose: Purpose
    receiver: Organisation
    information: tuple[Information, ...]
    first_day: date
    last_day: date
    entry: ConsentEntry


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be agreed: what for, with which organisation, its teams around, what."""

    purpose: Purpose
    receiver: Organisation
    teams: list[str]
    information: tuple[Information, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends soon and that nothing follows; `entry` gave it."""

    entry: ConsentEntry
    last_day: date


_NAMES = ("receiver", "recorded_by", "asked_by")


def as_entry(row: ConsentEntry) -> Entry:
    """Return a row of the ledger as the rules take it."""
    return Entry(
        number=row.number,
        recorded_at=row.recorded_at,
        kind=Kind(row.kind),
        purpose=Purpose(row.purpose),
        receiver=row.receiver_id,
        information=frozenset(Information(one) for one in row.information),
        first_day=row.first_day,
        last_day=row.last_day,
    )


def whom(subject: Subject) -> UUID:
    """Return whom a subject is about. Raises Refused where it is about nobody."""
    if subject.applicant is None:
        raise Refused("no_ground")
    return subject.applicant


def entries(applicant_id: UUID, purpose: Purpose, receiver: UUID) -> list[Entry]:
    """Return the entries of one agreement, for the commands."""
    rows = ConsentEntry.objects.filter(
        applicant_id=applicant_id, purpose=purpose.value, receiver_id=receiver
    )
    return [as_entry(row) for row in rows]


def withdrawn(
    applicants: Collection[UUID], purpose: Purpose, receiver: UUID
) -> frozenset[UUID]:
    """Return those who took back what they had agreed to for a purpose and a receiver.

    Whoever was never asked is not among them, nor who agreed anew.
    """
    rows = ConsentEntry.objects.filter(
        applicant_id__in=applicants, purpose=purpose.value, receiver_id=receiver
    ).order_by("recorded_at", "number")
    last = dict(rows.values_list("applicant_id", "kind"))
    return frozenset(who for who, kind in last.items() if kind == Kind.WITHDRAWN)


def offered(text: consents.ConsentText, purpose: Purpose) -> list[Information]:
    """Return the classes that may be asked for; never one that the policy closes."""
    return [
        Information(one)
        for one in text.may_ask_for(purpose.value)
        if consent_rules.may_be_agreed(purpose, Information(one))
    ]


def texts(subject: Subject) -> consents.ConsentText:
    """Return the consent texts of the country whose organisation holds the record."""
    country = Organisation.objects.values_list("country", flat=True)
    return consents.of_country(country.get(pk=subject.organisation))


def ledger(actor: Actor, subject: Subject, *, ends: bool = False) -> list[ConsentEntry]:
    """Return all entries about an applicant, newest first, with names.

    Raises Refused unless the actor may see to the applicant's sharing. With `ends` a
    restriction closes nothing: sharing less is possible always.
    """
    asking = replace(actor, restricted=frozenset()) if ends else actor
    queries.require(asking, Action.SHARE, subject)
    return list(
        ConsentEntry.objects.filter(applicant_id=whom(subject))
        .select_related(*_NAMES)
        .order_by("-recorded_at", "-number")
    )


def present(rows: Iterable[ConsentEntry], today: date) -> list[Agreed]:
    """Return what is agreed today and what has yet to begin, from a read ledger."""
    return [one for one in _worked_out(rows) if one.last_day >= today]


def on_day(rows: Iterable[ConsentEntry], day: date, known_at: datetime) -> list[Agreed]:
    """Return what was in force on a day, by what was known at an instant."""
    known = [row for row in rows if row.recorded_at <= known_at]
    return [one for one in _worked_out(known) if one.first_day <= day <= one.last_day]


def _worked_out(rows: Iterable[ConsentEntry]) -> list[Agreed]:
    """Return the agreements of a ledger, classes with equal days as one."""
    by_number = {row.number: row for row in rows}
    steps = [as_entry(by_number[number]) for number in sorted(by_number)]
    receivers = {row.receiver_id: row.receiver for row in by_number.values()}
    found = []
    for purpose, receiver in dict.fromkeys((s.purpose, s.receiver) for s in steps):
        days: dict[tuple[date, date, int], list[Information]] = {}
        for span in consent_rules.spans(
            steps, purpose=purpose, receiver=receiver, known_at=steps[-1].recorded_at
        ):
            key = (span.first_day, span.last_day, span.number)
            days.setdefault(key, []).append(span.information)
        found += [
            Agreed(
                purpose,
                receivers[receiver],
                tuple(classes),
                first_day,
                last_day,
                by_number[number],
            )
            for (first_day, last_day, number), classes in sorted(days.items())
        ]
    return found


def endings(today: date, applicants: Collection[UUID] | None = None) -> list[Ending]:
    """Return the agreements that end within their country's days of reminding.

    Of these applicants, whom the caller may see, or of all for a task of the system.
    """
    later = Sharing.objects.filter(
        applicant_id=OuterRef("applicant_id"),
        organisation_id=OuterRef("organisation_id"),
        purpose=OuterRef("purpose"),
        last_day__gt=OuterRef("last_day"),
    )
    longest = max(text.remind_days.value for text in consents.load().values())
    rows = Sharing.objects.filter(
        ~Exists(later),
        last_day__gte=today,
        last_day__lte=today + timedelta(days=longest),
    )
    if applicants is not None:
        rows = rows.filter(applicant_id__in=applicants)
    last = {
        (row.applicant_id, row.number): row for row in rows.order_by("last_day", "pk")
    }
    steps = ConsentEntry.objects.filter(
        applicant_id__in={applicant for applicant, _number in last},
        number__in={number for _applicant, number in last},
    ).select_related("organisation", "receiver")
    given = {(step.applicant_id, step.number): step for step in steps}
    return [
        Ending(given[key], row.last_day)
        for key, row in last.items()
        if key in given and _is_near(given[key], row.last_day, today)
    ]


def _is_near(step: ConsentEntry, last_day: date, today: date) -> bool:
    days = consents.of_country(step.organisation.country).remind_days.value
    return consent_rules.reminded_from(last_day, days) <= today


def one(actor: Actor, key: UUID) -> ConsentEntry:
    """Return an entry of any ledger, else answer 404; who may see it is asked by whom.

    One of somebody who has blocked the actor is not there.
    """
    entries = ConsentEntry.objects.exclude(applicant_id__in=actor.hidden)
    found = entries.filter(pk=key).select_related(*_NAMES).first()
    if found is None:
        raise Http404
    return found


def extendable_until(agreed: Agreed, text: consents.ConsentText) -> date:
    """Return the last day to which an agreement can be extended, not given anew."""
    months = text.renew_after_months.value
    return consent_rules.longest_until(said_on(as_entry(agreed.entry)), months)


def said_on(given: Entry) -> date:
    """Return the day on which it was said: not later than it was recorded."""
    return min(given.first_day, timezone.localdate(given.recorded_at))


_SERVES: Mapping[str, tuple[Purpose, ...]] = {
    TeamKind.IPS_UNIT: (Purpose.IPS_SUPPORT,),
    TeamKind.TREATMENT_TEAM: (Purpose.TREATMENT,),
    TeamKind.JOB_CENTRE: (
        Purpose.JOB_SEARCH_SUPPORT,
        Purpose.BENEFIT_DECISION,
        Purpose.BENEFITS_COUNSELLING,
    ),
    TeamKind.OTHER: tuple(Purpose),
}


def possible(text: consents.ConsentText, around: Collection[UUID]) -> list[Offer]:
    """Return what could be agreed with the organisations of these teams."""
    found: dict[tuple[UUID, Purpose], Offer] = {}
    teams = Team.objects.filter(pk__in=around).select_related("organisation")
    for team in teams.order_by("organisation__name", "name"):
        for purpose in _SERVES[team.kind]:
            key = (team.organisation_id, purpose)
            if key in found:
                found[key].teams.append(team.name)
            elif classes := offered(text, purpose):
                found[key] = Offer(
                    purpose, team.organisation, [team.name], tuple(classes)
                )
    return list(found.values())


def who_may_ask(around: Collection[UUID], today: date) -> list[tuple[UUID, str, str]]:
    """Return (id, name, team) of the people in these teams, for saying who asked."""
    posts = Membership.objects.filter(queries.in_force(today), team_id__in=around)
    return list(
        posts.order_by("team__name", "user__name")
        .values_list("user_id", "user__name", "team__name")
        .distinct()
    )
