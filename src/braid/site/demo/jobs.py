"""Jobs and placements of the region, with terms, absences and ends."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from braid.site.demo import tables
from braid.site.demo.days import DAY, workday_from, workday_until
from braid.site.demo.dice import Dice
from braid.site.demo.employers import Directory
from braid.site.demo.trades import trades
from braid.site.demo.values import Absence, Job, Terms

# The usual length of a job in days, and how much jobs differ.
TENURE, TENURE_SPREAD = 265, 0.95
HOURS = {6: 3, 8: 5, 10: 8, 12: 12, 15: 18, 18: 12, 20: 17, 25: 11, 30: 7, 37: 7}
PLACEMENT_SHARES = {
    "competitive": 0.9,
    "agency": 0.03,
    "flex_job": 0.035,
    "apprenticeship": 0.01,
    "self_employed": 0.01,
    "": 0.015,
}
END_REASONS = {
    "quit_with_notice": 0.24,
    "quit": 0.13,
    "laid_off": 0.14,
    "dismissed": 0.12,
    "better_job": 0.13,
    "education": 0.06,
    "health": 0.13,
    "other": 0.05,
}
# What usually ends a contract that has an end of its own.
OWN_END = {"fixed_term": "contract_ended", "seasonal": "season_ended"}
FOUND_BY = {"specialist": 0.52, "applicant": 0.24, "advert": 0.12, "family": 0.08}
DISCLOSURE = {"none": 0.4, "support_only": 0.4, "health": 0.2}
PERMANENCE = {"permanent": 0.66, "fixed_term": 0.2, "on_call": 0.09, "seasonal": 0.05}


def ordinary(
    dice: Dice, directory: Directory, wish: str, first_day: date, until: date
) -> Job:
    """Draw a job begun on `first_day`; whatever would end after `until` is still held."""
    trade, fits = _trade(dice, wish)
    title, occupation = dice.choice(trades()[trade].titles)
    permanence = dice.weighted(PERMANENCE)
    job = Job(
        employer=directory.draw(dice, trade),
        title=title,
        occupation=occupation,
        first_day=first_day,
        placement=dice.weighted(PLACEMENT_SHARES),
        permanence=permanence,
        time_limit_origin="employer" if permanence in OWN_END else "",
        fits_preference=fits,
        found_by=dice.weighted(FOUND_BY),
        disclosure=dice.weighted(DISCLOSURE),
    )
    job = _tested(dice, job)
    ended = ended_job(dice, job, until)
    return _absent(dice, _with_terms(dice, ended, trades()[trade].pay, until), until)


def _trade(dice: Dice, wish: str) -> tuple[str, str]:
    """Return what the job is in the end, and whether that fits the wish."""
    if dice.chance(0.76):
        return wish, "yes"
    if dice.chance(0.7):
        return trades()[wish].near, "partly"
    others = [trade for trade in ("cleaning", "shelves", "kitchen") if trade != wish]
    return dice.choice(others), "no"


def _tested(dice: Dice, job: Job) -> Job:
    """Answer the tests of competitive work; some answers nobody has asked for yet."""
    if job.placement == "flex_job":
        return replace(
            job, open_to_all=False, permanence="permanent", time_limit_origin=""
        )
    if job.placement == "agency":
        return replace(job, employer_of_record="agency")
    if dice.chance(0.05):
        return replace(job, going_rate=None)
    return job


def ended_job(dice: Dice, job: Job, until: date) -> Job:
    """Return the job with its end, if it ends on or before `until`."""
    tenure = max(dice.around(TENURE, TENURE_SPREAD), 3)
    last_day = job.first_day + timedelta(days=tenure)
    if last_day > until:
        return job
    reason = OWN_END.get(job.permanence, "")
    if not reason or dice.chance(0.25):
        reason = dice.weighted(END_REASONS)
    known = workday_from(last_day + timedelta(days=dice.choice((-7, -3, 0, 0, 1, 2))))
    return replace(
        job,
        last_day=last_day,
        end_known_on=min(max(known, job.first_day), until),
        end_reason=reason,
        end_words=dice.choice(tables.load()["endings"][reason]),
    )


def _with_terms(dice: Dice, job: Job, pay: int, until: date) -> Job:
    hours = dice.weighted(HOURS)
    wage = (
        Decimal(pay + dice.randrange(-6, 14))
        + Decimal(dice.choice((0, 25, 50, 75))) / 100
    )
    first = Terms(job.first_day, Decimal(hours), wage, job.last_day)
    terms: tuple[Terms, ...] = (first,)
    more_from = workday_from(job.first_day + timedelta(days=dice.around(110, 0.4)))
    end = job.last_day or until
    if hours <= 25 and more_from < end - DAY and dice.chance(0.34):
        more = Terms(
            more_from, Decimal(hours + dice.choice((3, 5, 5, 8))), wage, job.last_day
        )
        terms = (replace(first, last_day=more_from - DAY), more)
    paid = None
    if job.last_day is not None and dice.chance(0.7):
        paid = _paid_hours(terms)
    return replace(job, terms=terms, paid_hours=paid)


def _paid_hours(terms: tuple[Terms, ...]) -> Decimal:
    hours = Decimal(0)
    for each in terms:
        if each.last_day is not None:
            days = (each.last_day - each.first_day).days + 1
            hours += each.weekly_hours * days / 7
    return max(hours.quantize(Decimal("0.5")), Decimal(3))


def _absent(dice: Dice, job: Job, until: date) -> Job:
    """Add a time of illness to some of the longer jobs."""
    days = ((job.last_day or until) - job.first_day).days
    if days < 60 or not dice.chance(0.2):
        return job
    first = job.first_day + timedelta(days=dice.randrange(20, days - 30))
    last = first + timedelta(days=dice.randrange(2, 19))
    return replace(job, absences=(Absence(first, last, paid=dice.chance(0.85)),))


def internship(
    dice: Dice, directory: Directory, wish: str, first_day: date, weeks: int
) -> Job:
    """Return an unpaid internship that a job centre wanted."""
    title, occupation = trades()[wish].titles[0]
    last_day = workday_until(first_day + timedelta(weeks=weeks))
    return Job(
        employer=directory.draw(dice, wish),
        title=title,
        occupation=occupation,
        first_day=first_day,
        last_day=last_day,
        placement="unpaid_internship",
        permanence="fixed_term",
        time_limit_origin="programme",
        open_to_all=False,
        at_least_minimum=False,
        going_rate=False,
        employer_of_record="programme",
        normal_rights=False,
        fits_preference="partly",
        found_by="job_centre",
        disclosure="support_only",
        end_reason="contract_ended",
        end_words="The weeks were over and nothing was agreed.",
        terms=(Terms(first_day, Decimal(dice.choice((15, 20, 25))), None, last_day),),
    )


def subsidised(
    dice: Dice, directory: Directory, wish: str, first_day: date, weeks: int
) -> Job:
    """Return a job with wage subsidy for some weeks."""
    title, occupation = trades()[wish].titles[0]
    last_day = workday_until(first_day + timedelta(weeks=weeks))
    pay = Decimal(trades()[wish].pay)
    return Job(
        employer=directory.draw(dice, wish),
        title=title,
        occupation=occupation,
        first_day=first_day,
        last_day=last_day,
        placement="wage_subsidy",
        permanence="fixed_term",
        time_limit_origin="programme",
        open_to_all=False,
        fits_preference="partly",
        found_by="job_centre",
        disclosure="support_only",
        end_reason="contract_ended",
        terms=(Terms(first_day, Decimal(dice.choice((20, 25, 30))), pay, last_day),),
    )


def turned_ordinary(dice: Dice, before: Job, until: date) -> Job:
    """Return the ordinary job with the same employer that follows a placement."""
    if before.last_day is None:
        raise ValueError("A placement that has not ended cannot be followed by a job.")
    first = before.last_day + DAY
    job = Job(
        employer=before.employer,
        title=before.title,
        occupation=before.occupation,
        first_day=first,
        fits_preference="yes",
        found_by="specialist",
        disclosure=before.disclosure,
        note="The same place, now on ordinary terms.",
    )
    pay = before.terms[0].pay or Decimal(145)
    ended = ended_job(dice, job, until)
    return replace(
        ended,
        terms=(Terms(first, before.terms[0].weekly_hours, pay, ended.last_day),),
    )
