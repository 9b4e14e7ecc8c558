"""Reading about work, always in the scope of the policy."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.kernel.moments import Clock, Moment, Strand
from braid.method import clocks as method_clocks
from braid.method.clocks import ClockLimit, EpisodeFacts, JobSpell
from braid.method.likeness import employer_likeness, fold_employer, search
from braid.people import queries as people
from braid.people.queries import CaseloadRow
from braid.work import rules
from braid.work.choices import Mode
from braid.work.models import (
    Absence,
    Contact,
    DistinctEmployers,
    Employer,
    EmployerContact,
    Job,
    JobTerms,
    PaidWork,
)

# The rules about a start look back over the first four weeks and the week before it.
RECENT = timedelta(days=45)
LIKE_EMPLOYER = 78  # likeness of two employers' names, of 100, to propose them as one


@dataclass(frozen=True, slots=True)
class CurrentJob:
    """A job on the day: what a line on a person says about work."""

    job_id: UUID
    episode_id: UUID
    employer: str
    title: str
    placement: str
    first_day: date
    last_day: date | None
    end_known_on: date | None
    end_reason: str
    end_words: str


def jobs_of(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, list[CurrentJob]]:
    """Return the jobs of the episodes, by episode, the earliest first."""
    rows = (
        Job.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .order_by("first_day")
        .values_list(
            "pk",
            "episode_id",
            "employer__name",
            "title",
            "placement",
            "first_day",
            "last_day",
            "end_known_on",
            "end_reason",
            "end_words",
        )
    )
    found: dict[UUID, list[CurrentJob]] = {}
    for pk, episode_id, employer, *rest in rows:
        found.setdefault(episode_id, []).append(
            CurrentJob(pk, episode_id, employer or "", *rest)
        )
    return found


def current(jobs: Iterable[CurrentJob], today: date) -> list[CurrentJob]:
    """Return the jobs that somebody is in on `today`, placements of every kind."""
    return [
        job
        for job in jobs
        if job.first_day <= today and (job.last_day is None or today <= job.last_day)
    ]


def course(
    actor: Actor, rows: Collection[CaseloadRow], today: date
) -> dict[UUID, EpisodeFacts]:
    """Return what the clocks ask of each episode; two queries whatever the number."""
    keys = [row.episode_id for row in rows]
    ends = {
        key: (spoken, seen, met) for key, spoken, seen, met in _ends(actor, keys, today)
    }
    seen: dict[UUID, set[date]] = {}
    for key, day in _seen_since_start(actor, keys, today):
        seen.setdefault(key, set()).add(day)
    return {
        row.episode_id: _facts(
            row,
            ends.get(row.episode_id, (None, None, None)),
            seen.get(row.episode_id, set()),
        )
        for row in rows
    }


def _ends(actor: Actor, keys: Collection[UUID], today: date) -> QuerySet[Any]:
    """Ask for last spoken to, last seen and first employer contact, by episode.

    Each is the first row of an index, so the length of a course costs nothing; grouped
    maxima would read all of it.
    """
    spoken = Q(mode__in=method_clocks.CONTACT_MODES) | Q(mode="")
    attended = (
        Contact.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), attended=True, day__lte=today)
        .order_by("-day")
        .values("day")
    )
    met = (
        EmployerContact.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), mode=Mode.IN_PERSON)
        .order_by("day")
        .values("day")
    )
    return people.episodes(actor, keys).values_list(
        "pk",
        Subquery(attended.filter(spoken)[:1]),
        Subquery(attended.filter(mode=Mode.IN_PERSON)[:1]),
        Subquery(met[:1]),
    )


def _seen_since_start(
    actor: Actor, keys: Collection[UUID], today: date
) -> QuerySet[Any]:
    """Ask for the days face to face of those who started lately or start soon."""
    return (
        Contact.objects.visible_to(actor)
        .filter(
            episode_id__in=keys,
            episode__jobs__first_day__gte=today - RECENT,
            attended=True,
            mode=Mode.IN_PERSON,
            day__range=(today - RECENT, today),
        )
        .order_by()
        .values_list("episode_id", "day")
    )


def clocks(
    facts: Mapping[UUID, EpisodeFacts],
    jobs: Mapping[UUID, list[CurrentJob]],
    limits: Mapping[str, ClockLimit],
    today: date,
) -> dict[UUID, tuple[Clock, ...]]:
    """Return the clocks that run today, by episode, the nearest due day first."""
    return {
        key: method_clocks.running(
            found, [_spell(job) for job in jobs.get(key, ())], limits, today
        )
        for key, found in facts.items()
    }


def _facts(
    row: CaseloadRow,
    ends: tuple[date | None, date | None, date | None],
    seen: set[date],
) -> EpisodeFacts:
    last_attended, last_seen, first_met = ends
    days = seen | ({last_seen} if last_seen else set())
    return EpisodeFacts(
        episode_id=row.episode_id,
        referred_on=row.referred_on,
        entered_on=row.entered_on,
        exited_on=row.exited_on,
        state=row.state,
        last_attended_on=last_attended,
        in_person_days=tuple(sorted(days)),
        first_employer_contact_on=first_met,
        step_down_offered_on=row.step_down_offered_on,
        seeks_job=row.at_referral != "employed_retention",
    )


def _spell(job: CurrentJob) -> JobSpell:
    return JobSpell(
        job.job_id, job.employer, job.first_day, job.last_day, job.end_known_on
    )


# Being there is not yet work: the search goes on beside these.
NOT_WORK = ("unpaid_internship", "work_trial", "volunteering")
FIRST_WEEKS = timedelta(days=28)


def in_work(actor: Actor, today: date) -> QuerySet[Any]:
    """Return the ids of episodes with paid work today, for filtering lists.

    Internships without pay, work trials and volunteering are not work.
    """
    running = Q(last_day__isnull=True) | Q(last_day__gte=today)
    return (
        Job.objects.visible_to(actor)
        .filter(running, first_day__lte=today)
        .exclude(placement__in=NOT_WORK)
        .values("episode_id")
    )


def new_in_work(actor: Actor, today: date) -> QuerySet[Any]:
    """Return the ids of episodes whose present work is in its first four weeks."""
    return in_work(actor, today).filter(first_day__gt=today - FIRST_WEEKS)


def is_work(job: CurrentJob) -> bool:
    """Say whether a job is paid work, as `in_work` has it."""
    return job.placement not in NOT_WORK


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed with an employer for a day."""

    contact_id: UUID
    employer_id: UUID
    employer: str
    step: str
    day: date


def next_steps(
    actor: Actor, staff_id: UUID, since: date, until: date
) -> list[NextStep]:
    """Return what a specialist agreed with employers for these days and has not done.

    A later contact with the same employer takes the step off the list.
    """
    later = EmployerContact.objects.filter(
        employer=OuterRef("employer"), staff=OuterRef("staff"), day__gt=OuterRef("day")
    )
    rows = (
        EmployerContact.objects.visible_to(actor)
        .filter(~Exists(later), staff_id=staff_id, next_on__range=(since, until))
        .order_by("next_on")
        .values_list("pk", "employer_id", "employer__name", "next_step", "next_on")
    )
    return [NextStep(*row) for row in rows[:8]]


@dataclass(frozen=True, slots=True)
class Week:
    """What one specialist logged in a week so far."""

    employer_visits: int
    minutes: int
    community_minutes: int

    @property
    def community_share(self) -> str:
        """Return the share of contact time in the community, in whole per cent."""
        return f"{round(100 * self.community_minutes / self.minutes)} %"


def visits_by_staff(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return face-to-face employer contacts in a period, by who made them."""
    made = (
        EmployerContact.objects.visible_to(actor)
        .filter(day__gte=first_day, day__lte=last_day, mode=Mode.IN_PERSON)
        .exclude(staff__isnull=True)
    )
    counted = made.values("staff_id").annotate(number=Count("pk")).order_by()
    return dict(counted.values_list("staff_id", "number"))


def starts_by_holder(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return job starts in a period, by who had the person on the first day.

    Ordinary work by the service's own coding; jobs held at referral and those of
    people who came to keep a job are no starts.
    """
    held_then = Q(episode__caseload__last_day__isnull=True) | Q(
        episode__caseload__last_day__gte=F("first_day")
    )
    starts = (
        Job.objects.visible_to(actor)
        .filter(first_day__gte=first_day, first_day__lte=last_day)
        .filter(placement__in=rules.COUNTED_AS_CODED, held_at_referral=False)
        .exclude(episode__at_referral="employed_retention")
        .filter(held_then, episode__caseload__first_day__lte=F("first_day"))
        .exclude(episode__caseload__specialist__isnull=True)
    )
    counted = (
        starts.values("episode__caseload__specialist_id")
        .annotate(number=Count("pk", distinct=True))
        .order_by()
    )
    return dict(counted.values_list("episode__caseload__specialist_id", "number"))


COMMUNITY = ("community", "employer_site", "home", "job_centre")


def week_of(actor: Actor, staff_id: UUID, first_day: date, last_day: date) -> Week:
    """Return a specialist's face-to-face employer contacts and contact time, two queries.

    Time: minutes of attended face-to-face contacts; in the community means not in the
    IPS or treatment office (rosters README, item 24).
    """
    days = Q(day__gte=first_day, day__lte=last_day, staff_id=staff_id)
    visits = EmployerContact.objects.visible_to(actor).filter(days, mode="in_person")
    time = (
        Contact.objects.visible_to(actor)
        .filter(days, attended=True, mode="in_person")
        .aggregate(
            in_all=Sum("minutes"),
            community=Sum("minutes", filter=Q(place__in=COMMUNITY)),
        )
    )
    return Week(visits.count(), time["in_all"] or 0, time["community"] or 0)


def timeline(
    actor: Actor,
    jobs: Mapping[UUID, list[CurrentJob]],
    episode_ids: Collection[UUID],
    *,
    before: date | None = None,
    limit: int = 60,
) -> list[Moment]:
    """Return contacts, employer contacts and `jobs` as moments, latest first."""
    earlier = Q() if before is None else Q(day__lt=before)
    contacts = (
        Contact.objects.visible_to(actor)
        .filter(earlier, episode_id__in=episode_ids)
        .order_by("-day")
        .values_list(*_CONTACT_COLUMNS, "staff__name", named=True)[:limit]
    )
    visits = (
        EmployerContact.objects.visible_to(actor)
        .filter(earlier, episode_id__in=episode_ids)
        .order_by("-day")
        .values_list(*_VISIT_COLUMNS, "employer__name", "staff__name", named=True)
    )
    moments = [_contact_moment(row) for row in contacts]
    moments += [_visit_moment(row) for row in visits[:limit]]
    for job in (job for listed in jobs.values() for job in listed):
        moments += [m for m in _job_moments(job) if before is None or m.day < before]
    return moments


_CONTACT_COLUMNS = (
    "pk",
    "day",
    "mode",
    "place",
    "minutes",
    "attended",
    "with_applicant",
    "with_clinician",
    "with_caseworker",
    "with_family",
    "note",
)
_VISIT_COLUMNS = ("pk", "day", "mode", "outcome", "learned")


def _contact_moment(row: Any) -> Moment:
    meets = {Strand.EMPLOYMENT}
    if row.with_clinician:
        meets.add(Strand.HEALTH)
    if row.with_applicant:
        meets.add(Strand.APPLICANT)
    kept = "contact_missed" if row.attended is False else "contact"
    return Moment(
        day=row.day,
        kind=kept,
        strand=Strand.EMPLOYMENT,
        record_kind="work.contact",
        record_id=row.pk,
        title=kept,
        values={
            "mode": row.mode,
            "place": row.place,
            "minutes": row.minutes,
            "words": row.note,
            "with_clinician": row.with_clinician,
            "with_caseworker": row.with_caseworker,
            "with_family": row.with_family,
        },
        by=row.staff__name or "",
        meets=frozenset(meets) if row.attended else frozenset(),
    )


def _visit_moment(row: Any) -> Moment:
    return Moment(
        day=row.day,
        kind="employer_contact",
        strand=Strand.EMPLOYMENT,
        record_kind="work.employercontact",
        record_id=row.pk,
        title="employer_contact",
        values={
            "employer": row.employer__name or "",
            "mode": row.mode,
            "outcome": row.outcome,
            "words": row.learned,
        },
        by=row.staff__name or "",
    )


def _job_moments(job: CurrentJob) -> list[Moment]:
    values = {
        "employer": job.employer,
        "title": job.title,
        "placement": job.placement,
        "reason": job.end_reason,
    }
    started = Moment(
        day=job.first_day,
        kind="job_start",
        strand=Strand.APPLICANT,
        record_kind="work.job",
        record_id=job.job_id,
        title="job_start",
        values=values,
    )
    if job.last_day is None:
        return [started]
    ended = Moment(
        day=job.last_day,
        kind="job_end",
        strand=Strand.APPLICANT,
        record_kind="work.job",
        record_id=job.job_id,
        title="job_end",
        values={**values, "words": job.end_words},
    )
    return [ended, started]


def joint_contact_days(
    actor: Actor, episode_ids: Collection[UUID]
) -> list[tuple[date, UUID]]:
    """Return the days on which a clinician was part of an attended contact."""
    return list(
        Contact.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids, with_clinician=True, attended=True)
        .order_by("day")
        .values_list("day", "pk")
    )


def contact(actor: Actor, key: UUID) -> Contact:
    """Return a contact that `actor` may open, else answer 404."""
    found: Contact | None = (
        Contact.objects.visible_to(actor)
        .select_related("episode__unit__organisation", "episode__applicant")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def job(actor: Actor, key: UUID) -> Job:
    """Return a job that `actor` may open, with terms, paid work and absences."""
    found: Job | None = (
        Job.objects.visible_to(actor)
        .select_related(
            "employer",
            "episode__unit__organisation",
            "episode__applicant",
            "created_by",
        )
        .prefetch_related(
            Prefetch("terms", JobTerms.objects.visible_to(actor)),
            Prefetch("paid_work", PaidWork.objects.visible_to(actor)),
            Prefetch("absences", Absence.objects.visible_to(actor)),
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs that `actor` sees, with person and employer, the latest first."""
    listed: QuerySet[Job] = (
        Job.objects.visible_to(actor)
        .select_related("employer", "episode__applicant")
        .prefetch_related(Prefetch("terms", JobTerms.objects.visible_to(actor)))
    )
    return listed.order_by("-first_day", "pk")


def jobs_to_end(actor: Actor, today: date) -> list[tuple[UUID, str]]:
    """Return (id, person and employer) of the jobs people are in, for choosing one."""
    running = Q(last_day__isnull=True) | Q(last_day__gte=today)
    listed = jobs(actor).filter(running, first_day__lte=today)
    return [
        (pk, " · ".join(part for part in (f"{given} {family}", employer) if part))
        for pk, given, family, employer in listed.order_by(
            "episode__applicant__given_name"
        ).values_list(
            "pk",
            "episode__applicant__given_name",
            "episode__applicant__family_name",
            "employer__name",
        )
    ]


def paid_hours(rows: Iterable[PaidWork]) -> Decimal | None:
    """Return the sum of known paid hours, or None where none is known."""
    known = [row.hours for row in rows if row.hours is not None]
    return sum(known, Decimal(0)) if known else None


def _directory(actor: Actor) -> QuerySet[Employer]:
    found: QuerySet[Employer] = Employer.objects.visible_to(
        actor, Action.KEEP_EMPLOYERS
    ).filter(merged_into__isnull=True)
    return found


def employers(actor: Actor) -> QuerySet[Any]:
    """Return the directory with the number of contacts and the last one."""
    return (
        _directory(actor)
        .select_related("parent")
        .annotate(
            contacts_made=Count("contacts", distinct=True),
            last_contact_on=Max("contacts__day"),
        )
        .order_by("name", "pk")
    )


def employer(actor: Actor, key: UUID) -> Employer:
    """Return an employer of the actor's units; a merged one leads to what it became."""
    found: Employer | None = (
        Employer.objects.visible_to(actor, Action.KEEP_EMPLOYERS)
        .select_related("parent", "merged_into", "unit__organisation")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found.merged_into or found


def branches(actor: Actor, parent: Employer) -> list[Employer]:
    """Return the branches of an employer."""
    return list(_directory(actor).filter(parent=parent))


def contacts_with(actor: Actor, one: Employer) -> QuerySet[EmployerContact]:
    """Return the contacts with an employer, the latest first. No applicant's name."""
    made: QuerySet[EmployerContact] = (
        EmployerContact.objects.visible_to(actor)
        .filter(employer=one)
        .select_related("staff")
    )
    return made.order_by("-day", "-created_at")


def jobs_at(actor: Actor, one: Employer) -> list[Job]:
    """Return the jobs at an employer that `actor` sees, the latest first."""
    return list(jobs(actor).filter(employer=one)[:50])


def employer_names(actor: Actor) -> list[tuple[UUID, str]]:
    """Return (id, name) of the directory, for choosing one."""
    return list(_directory(actor).order_by("name").values_list("pk", "name"))


def search_employers(actor: Actor, text: str, *, limit: int = 50) -> list[UUID]:
    """Return the employers whose name is like `text`, best first."""
    names = {key: fold_employer(name) for key, name in employer_names(actor)}
    return [hit.id for hit in search(fold_employer(text), names, limit=limit)]


def employers_named(actor: Actor, text: str, *, limit: int = 10) -> list[Employer]:
    """Return the employers whose name is like `text`, best first."""
    order = {
        key: place
        for place, key in enumerate(search_employers(actor, text, limit=limit))
    }
    found = list(_directory(actor).filter(pk__in=order))
    return sorted(found, key=lambda one: order[one.pk])


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two employers that may be one, and why they are proposed."""

    first: Employer
    second: Employer
    reason: str

    @property
    def both(self) -> tuple[Employer, Employer]:
        return self.first, self.second


def employers_alike(actor: Actor, *, limit: int = 20) -> list[LikePair]:
    """Propose employers that may be one: the same register number, or like names.

    Branches of one employer, and pairs somebody kept apart, are not proposed.
    """
    rows = list(_directory(actor).order_by("folded_name"))
    apart = set(
        DistinctEmployers.objects.visible_to(actor, Action.KEEP_EMPLOYERS).values_list(
            "first_id", "second_id"
        )
    )
    pairs = []
    for first, second in _candidates(rows):
        reason = _alike(first, second)
        known = {(first.pk, second.pk), (second.pk, first.pk)} & apart
        if reason and not known and not _family(first, second):
            pairs.append(LikePair(first, second, reason))
    return sorted(pairs, key=lambda pair: pair.reason != "register_number")[:limit]


def _candidates(rows: list[Employer]) -> Iterable[tuple[Employer, Employer]]:
    """Return the pairs worth a look: one number, or words that begin alike.

    Comparing each with each would take minutes in a large directory.
    """
    blocks: dict[str, list[int]] = {}
    for place, one in enumerate(rows):
        keys = {word[:3] for word in one.folded_name.split() if len(word) > 2}
        if one.register_number:
            keys.add(f"#{one.register_number}")
        for key in keys:
            blocks.setdefault(key, []).append(place)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    return ((rows[first], rows[second]) for first, second in sorted(pairs))


def _family(first: Employer, second: Employer) -> bool:
    heads = {first.parent_id or first.pk, second.parent_id or second.pk}
    return len(heads) == 1


def _alike(first: Employer, second: Employer) -> str:
    if first.unit_id != second.unit_id:
        return ""
    if first.register_number and first.register_number == second.register_number:
        return "register_number"
    if first.city and second.city and first.city != second.city:
        return ""
    if employer_likeness(first.name, second.name) >= LIKE_EMPLOYER:
        return "like_name"
    return ""
