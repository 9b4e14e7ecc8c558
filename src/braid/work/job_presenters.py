"""What the page of one job says: windows of support, papers, steps forward, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.policy import Actor
from braid.kernel.dates import Period
from braid.method import clocks, competitive, support_windows
from braid.method.support_windows import SustainedCheck, Window, WindowState
from braid.packs.jurisdictions import Jurisdiction
from braid.web.presenters import State
from braid.work import job_rules, presenters, queries, rules
from braid.work.choices import Placement
from braid.work.job_rules import Need, Step
from braid.work.models import Evidence, Job
from braid.work.queries.prompts import PAID_LATELY
from braid.work.queries.revisiting import WHILE_NEW, asks_at_start

MONTHS_SHOWN = 3
GIVEN_SHOWN = 10
WINDOWS: dict[str, Promise] = {
    clocks.BEFORE_START: gettext_lazy("Before the start"),
    clocks.AFTER_START: gettext_lazy("Right after the start"),
    clocks.FIRST_MONTH: gettext_lazy("Week %(number)s"),
    clocks.STABLE_WORK: gettext_lazy("Month %(number)s"),
}
STATES: dict[WindowState, State] = {
    WindowState.MET: State.OK,
    WindowState.OPEN: State.SOON,
    WindowState.MISSED: State.INFO,
    WindowState.AHEAD: State.INFO,
}
STEPS: dict[Step, Promise] = {
    Step.RAISE: gettext_lazy("a rise in pay"),
    Step.MORE_HOURS: gettext_lazy("more hours"),
    Step.FEWER_HOURS: gettext_lazy("fewer hours"),
    Step.NEW_TITLE: gettext_lazy("a new title"),
}
NEEDS: dict[Need, Promise] = {
    Need.CONTRACT: gettext_lazy("Contract, or a letter from the employer"),
    Need.PAYSLIP: gettext_lazy("Payslip, or what else shows the pay"),
}
SUBSIDISED = frozenset(Placement.values) - {
    Placement.COMPETITIVE,
    Placement.SELF_EMPLOYED,
    Placement.AGENCY,
}


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A window of support under its name; whether they met in it, its `became` says."""

    label: str
    first_day: date
    last_day: date
    met_on: date | None
    became: WindowState
    state: State


@dataclass(frozen=True, slots=True)
class TermsLine:
    """Hours and pay from a day on, with what they brought."""

    text: str
    first_day: date
    last_day: date | None
    title: str
    reason: str
    steps: tuple[tuple[str, State], ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What is asked for as proof, whether it is there, or from which day to ask.

    `on` is the day on which the work has lasted so long, where that is asked about.
    """

    label: str
    is_there: bool
    state: State
    on: date | None = None
    ask_on: date | None = None


# Who proposed a placement of this kind, and whether it was wanted, is worth a note: the
# kinds of `teamwork` proposals.
PROPOSED_AS = {
    "paid_internship": "internship",
    "unpaid_internship": "internship",
    "work_trial": "work_trial",
    **dict.fromkeys(competitive.SUBSIDISED, "wage_subsidy"),
    **dict.fromkeys(
        ("set_aside", "transitional", "volunteering", "institution"), "other"
    ),
}


def head(job: Job, pack: Jurisdiction, today: date) -> dict[str, Any]:
    """Return what the job is: its verdict, its terms over time, the days away."""
    terms = list(job.terms.all())
    return {
        "title": job_rules.title_now(job.title, terms, today) or _("Job"),
        "job": job,
        "person": job.episode.applicant,
        "verdict": presenters.verdict_words(rules.verdict(job, pack.table_switches)),
        "terms": terms_lines(terms),
        "paid_hours": queries.paid_hours(job.paid_work.all()),
        "absences": list(job.absences.all()),
        "goes_on": _goes_on(job, today),
        "is_over": job.last_day is not None and job.last_day <= today,
        "proposal_kind": PROPOSED_AS.get(job.placement, ""),
        "may_turn_ordinary": _goes_on(job, today) and job.placement in SUBSIDISED,
    }


def _goes_on(job: Job, today: date) -> bool:
    return job.first_day <= today and (job.last_day is None or job.last_day > today)


def terms_lines(terms: Sequence[Any]) -> list[TermsLine]:
    """Return hours and pay over time, the latest first; steps forward are green."""
    before = [None, *terms]
    lines = [
        TermsLine(
            presenters.terms_line(one),
            one.first_day,
            one.last_day,
            one.title,
            one.get_reason_display(),
            tuple(_steps(earlier, one)) if earlier is not None else (),
        )
        for earlier, one in zip(before, terms, strict=False)
    ]
    return lines[::-1]


def _steps(before: Any, after: Any) -> list[tuple[str, State]]:
    found = job_rules.steps(before, after)
    return [
        (str(label), State.OK if step in job_rules.FORWARD else State.INFO)
        for step, label in STEPS.items()
        if step in found
    ]


def support(actor: Actor, job: Job, pack: Jurisdiction, today: date) -> dict[str, Any]:
    """Return the plan, the windows with who met in them, what was given, what is hard."""
    others = queries.beside(actor, job.episode.applicant_id, but=job.pk)
    began = job_rules.began_on(job.first_day, job.employer_id, others)
    limits = pack.limits
    before = limits.get(clocks.BEFORE_START)
    since = began - timedelta(before.limit if before else 0)
    found = support_windows.windows(
        Period(began, job.last_day),
        limits,
        queries.days_seen_in(actor, job, since, today),
        today,
        since=job.episode.entered_on,
    )
    if job.held_at_referral:  # it began without us: only the months are ours to ask
        found = tuple(one for one in found if one.kind == clocks.STABLE_WORK)
    lines = [window_line(one) for one in found]
    months = sum(one.kind == clocks.STABLE_WORK for one in found)
    folded = lines[len(lines) - months : len(lines) - MONTHS_SHOWN]
    problems = queries.problems(actor, [job.pk])
    return {
        "plan": queries.support_plans(actor, [job.pk]).get(job.pk),
        "windows": [one for one in lines if one not in folded],
        "earlier_windows": folded,
        "given": queries.supports_given(actor, job)[:GIVEN_SHOWN],
        "problems": problems,
    }


def window_line(window: Window) -> WindowLine:
    """Return a window in words; one that nobody met in is no reproach."""
    return WindowLine(
        str(WINDOWS[window.kind]) % {"number": window.number},
        window.first_day,
        window.last_day,
        window.met_on,
        window.state,
        STATES[window.state],
    )


def papers(actor: Actor, job: Job, today: date) -> dict[str, Any]:
    """Return the papers about a job, and what is asked for; never an amount."""
    held = queries.papers(actor, job)
    needs = job_rules.evidence_needs({one.kind for one in held})
    lines = [_need_line(need, is_there=there) for need, there in needs.items()]
    checks = support_windows.sustained(Period(job.first_day, job.last_day))
    lines += [_check_line(check, held, today) for check in checks]
    return {"papers": held, "paper_lines": lines}


def _need_line(need: Need, *, is_there: bool) -> PaperLine:
    return PaperLine(str(NEEDS[need]), is_there, State.OK if is_there else State.INFO)


def _check_line(
    check: SustainedCheck, held: Sequence[Evidence], today: date
) -> PaperLine:
    label = _("%(weeks)s weeks in the job") % {"weeks": check.weeks}
    days = [(one.period_first, one.period_last) for one in held]
    if job_rules.has_evidence_for(check.day - PAID_LATELY, check.day, days):
        return PaperLine(label, True, State.OK, check.day)
    state = State.INFO if today < check.ask_on else State.SOON
    return PaperLine(label, False, state, check.day, check.ask_on)


def ending(actor: Actor, job: Job, today: date) -> dict[str, Any]:
    """Return what was learned from the end, where there is one."""
    review = queries.end_review(actor, job) if job.last_day is not None else None
    asked = job.last_day is not None and review is None
    due = job.end_known_on + timedelta(3) if asked and job.end_known_on else None
    return {"review": review, "review_due": due}


def begun(actor: Actor, job: Job, today: date) -> dict[str, Any]:
    """Return what a job that is new asks to look at again."""
    is_new = job.last_day is None and job.first_day >= today - WHILE_NEW
    return {"is_new": is_new, "asks_to_talk": asks_at_start(actor, job, today)}


def others(actor: Actor, job: Job) -> list[str]:
    """Return a sentence for each other job in the days of this one."""
    held = queries.beside(actor, job.episode.applicant_id)
    rest = [one for one in held if one.job_id != job.pk]
    found = job_rules.overlapping(Period(job.first_day, job.last_day), rest)
    if not found:
        return []
    own = next((one.weekly_hours for one in held if one.job_id == job.pk), None)
    together = job_rules.hours_together(own, found)
    names = ", ".join(one.employer or _("a job") for one in found)
    sentence = _("There is another job in these days: %(names)s. Both count.") % {
        "names": names
    }
    if together is not None:
        hours = f"{together.normalize():f}"
        sentence += " " + _("Together %(hours)s hours a week.") % {"hours": hours}
    return [sentence]
