"""Hours and pay of a job over time, and the days away from it."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.dates import Period
from braid.kernel.errors import InputFault
from braid.work import after, job_rules
from braid.work.after import Happened, What
from braid.work.choices import AbsencePay
from braid.work.models import Absence, Job, JobTerms
from braid.work.queries.beside import beside

OF_JOB = "rows of a job already opened by policy"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermsGiven:
    """Hours a week and pay; pay says for what time and in which money."""

    weekly_hours: Decimal | None = None
    pay: Decimal | None = None
    pay_unit: str = ""
    currency: str = ""

    @property
    def is_empty(self) -> bool:
        return self.weekly_hours is None and self.pay is None


def check_terms(actor: Actor, job: Job, given: TermsGiven) -> None:
    """Raise InputFault for pay without its unit or money, and for too many hours."""
    if given.pay is not None and not given.pay_unit:
        raise InputFault(
            _("Pay needs its unit: an hour, a day, a week, a month or a year."),
            field="pay_unit",
        )
    if given.pay is not None and not given.currency:
        raise InputFault(
            _("Pay needs its currency, in three letters such as EUR."),
            field="currency",
        )
    others = job_rules.overlapping(
        Period(job.first_day, job.last_day),
        beside(actor, job.episode.applicant_id, but=job.pk),
    )
    together = job_rules.hours_together(given.weekly_hours, others)
    if together is not None and together > job_rules.MOST_HOURS:
        raise InputFault(
            _(
                "With the other jobs of these days that makes %(hours)s hours a week; "
                "more than 80 cannot be right. Correct the hours, or end a job that is "
                "over."
            )
            % {"hours": f"{together.normalize():f}"},
            field="weekly_hours",
            reason="too_many_hours",
        )


def _terms_of(job: Job) -> Any:
    return JobTerms.objects.filter(job=job).system(OF_JOB)


def set_first_terms(actor: Actor, job: Job, given: TermsGiven) -> None:
    """Set the hours and pay with which a job began; nothing given makes no row.

    What was said before and is said otherwise now is a change that is told.
    """
    check_terms(actor, job, given)
    first = _terms_of(job).first()
    if first is None:
        if not given.is_empty:
            JobTerms.objects.create(
                job=job,
                first_day=job.first_day,
                last_day=job.last_day,
                created_by_id=actor.id,
                **asdict(given),
            )
        return
    applicant_id = job.episode.applicant_id
    known = first.weekly_hours is not None or first.pay is not None
    changed = edit(
        actor, first, action="terms_changed", applicant=applicant_id, **asdict(given)
    )
    if changed and known:
        _tell_change(actor, job, first.first_day)


def fit_terms(actor: Actor, job: Job, before: Period) -> None:
    """Let hours and pay begin and end with a job whose days were corrected.

    What would then lie outside the job was never in force and is dropped.
    """
    inside = []
    for terms in _terms_of(job):
        ended = terms.last_day is not None and terms.last_day < job.first_day
        if ended or (job.last_day is not None and terms.first_day > job.last_day):
            audit.record(actor, "terms_dropped", terms)
            terms.delete()
        else:
            inside.append(terms)
    if not inside:
        return
    first, last = inside[0], inside[-1]
    if first.first_day == before.first_day or first.first_day < job.first_day:
        edit(actor, first, action="terms_changed", first_day=job.first_day)
    is_last_day_of_job = last.last_day == before.last_day
    if is_last_day_of_job or last.last_day is None or _is_past(last.last_day, job):
        edit(actor, last, action="terms_ended", last_day=job.last_day)


def _is_past(day: date, job: Job) -> bool:
    return job.last_day is not None and day > job.last_day


@transaction.atomic
def change_terms(
    *,
    actor: Actor,
    job: Job,
    first_day: date,
    weekly_hours: Decimal | None,
    pay: Decimal | None,
    pay_unit: str,
    currency: str,
    title: str = "",
    reason: str = "",
    permanence: str = "",
) -> JobTerms:
    """Set hours and pay from `first_day` on; what held before ends the day before.

    A new title or contract is no new job. The change is told to those who listen.
    """
    require(actor, Action.RECORD, job.subject())
    if first_day < job.first_day or (job.last_day and first_day > job.last_day):
        raise InputFault(
            _("The new terms begin outside the job. Choose a day within the job."),
            field="first_day",
        )
    given = TermsGiven(weekly_hours, pay, pay_unit, currency)
    check_terms(actor, job, given)
    values = {**asdict(given), "title": title, "reason": reason}
    applicant_id = job.episode.applicant_id
    same_day = _terms_of(job).filter(first_day=first_day).first()
    if same_day is not None:
        edit(actor, same_day, action="terms_changed", applicant=applicant_id, **values)
    made = same_day or _insert_terms(actor, job, first_day, values)
    if permanence:
        edit(
            actor,
            job,
            action="contract_changed",
            applicant=applicant_id,
            permanence=permanence,
        )
    _tell_change(actor, job, first_day)
    return made


def _insert_terms(
    actor: Actor, job: Job, first_day: date, values: dict[str, Any]
) -> JobTerms:
    terms = _terms_of(job)
    before = terms.filter(first_day__lt=first_day).last()
    later = terms.filter(first_day__gt=first_day).first()
    if before is not None:
        edit(actor, before, action="terms_ended", last_day=first_day - DAY)
    made = JobTerms.objects.create(
        job=job,
        first_day=first_day,
        last_day=later.first_day - DAY if later else job.last_day,
        created_by_id=actor.id,
        **values,
    )
    audit.record(actor, "terms_changed", made, applicant=job.episode.applicant_id)
    return made


def _tell_change(actor: Actor, job: Job, day: date) -> None:
    applicant_id = job.episode.applicant_id
    after.tell(
        actor,
        Happened(What.TERMS_CHANGED, day, job.episode_id, applicant_id, job.pk),
    )


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    job: Job,
    first_day: date,
    last_day: date | None,
    pay: str = AbsencePay.FULL,
    kind: str = "",
) -> Absence:
    """Record days away from the job; open while they go on. Raises InputFault."""
    require(actor, Action.RECORD, job.subject())
    _check_absence(job, first_day, last_day)
    absence = Absence.objects.create(
        job=job,
        first_day=first_day,
        last_day=last_day,
        pay=pay,
        kind=kind,
        created_by_id=actor.id,
    )
    audit.record(actor, "absence_recorded", absence, applicant=job.episode.applicant_id)
    return absence


@transaction.atomic
def change_absence(
    *,
    actor: Actor,
    absence: Absence,
    row_version: int,
    first_day: date,
    last_day: date | None,
    pay: str,
    kind: str,
) -> bool:
    """Correct or end days away. Raises Refused, Stale, or InputFault."""
    require(actor, Action.RECORD, absence.subject())
    _check_absence(absence.job, first_day, last_day, but=absence)
    return edit(
        actor,
        absence,
        action="absence_changed",
        expected_version=row_version,
        first_day=first_day,
        last_day=last_day,
        pay=pay,
        kind=kind,
    )


def _check_absence(
    job: Job, first_day: date, last_day: date | None, but: Absence | None = None
) -> None:
    """Raise InputFault for days in a wrong order, outside the job, or noted already."""
    if last_day is not None and last_day < first_day:
        raise InputFault(
            _("The last day is before the first. Correct one of the two dates."),
            field="last_day",
        )
    away = Period(first_day, last_day)
    if first_day < job.first_day or Period(job.first_day, job.last_day).ended_before(
        first_day
    ):
        raise InputFault(
            _(
                "Nobody is away from a job outside its days. Choose a day within the job."
            ),
            field="first_day",
        )
    others = Absence.objects.filter(job=job).system(OF_JOB)
    if but is not None:
        others = others.exclude(pk=but.pk)
    for one in others:
        if Period(one.first_day, one.last_day).overlaps(away):
            raise InputFault(
                _(
                    "From %(first)s an absence is recorded already that meets these "
                    "days. End or correct that one first."
                )
                % {"first": one.first_day},
                field="first_day",
                reason="absence_twice",
            )
