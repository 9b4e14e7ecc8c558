"""Documents of every country: profile, plans, notes for others, letters."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access.policy import Information
from braid.access.sector_words import said
from braid.benefits import queries as benefits
from braid.desk.papers.asked import Asked, Written, job_rows
from braid.documents.paper import Part
from braid.people import plan_presenters, printing
from braid.people import queries as people
from braid.people.choices import AnswerKind, Owner
from braid.people.queries import step_down
from braid.work.choices import DisclosureItemKind
from braid.work.queries.disclosure import agreed_for
from braid.work.queries.month import done_between
from braid.work.queries.support import support_plans

FOUR_WEEKS = timedelta(days=28)


def profile(asked: Asked) -> Written:
    """The career profile, section by section, each in its own class."""
    for kind in AnswerKind:
        information = Information(kind.value)
        if not asked.reads(information):
            continue
        values = printing.profile_values(asked.actor, asked.applicant.pk, kinds=(kind,))
        if values["goal"]:
            yield (
                information,
                Part(_("Goal in own words"), paragraphs=(values["goal"],)),
            )
        for section in values["sections"]:
            rows = [(one["label"], one["text"]) for one in section["answers"]]
            for job in section["jobs"]:
                where = " · ".join(filter(None, (job["title"], job["employer"])))
                rows.append((where, str(job["years"])))
                rows += [(one["label"], one["text"]) for one in job["facts"]]
            yield information, Part(str(section["title"]), rows=_texts(rows))


def _texts(rows: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), str(text)) for label, text in rows)


def search_plan(asked: Asked) -> Written:
    """The search plan in force, and who does what by when."""
    plan = asked.plan
    if plan is not None:
        goal = (plan.goal,) if plan.goal else ()
        yield Information.WORK_GOALS, Part(_("Goal in own words"), paragraphs=goal)
        words = plan_presenters.plan_words(plan)
        rows = [*words.lines, (_("Looked at again on"), asked.written(plan.review_on))]
        yield Information.WORK_GOALS, Part(_("What is looked for"), rows=_texts(rows))
    yield Information.WORK_GOALS, _steps(asked)


def _steps(asked: Asked) -> Part:
    open_steps = [
        one for one in people.steps(asked.actor, [asked.episode.pk]) if not one.done_on
    ]
    points = tuple(
        _("%(who)s: %(what)s (by %(day)s)")
        % {
            "who": Owner(one.owner).label,
            "what": one.text,
            "day": asked.written(one.due_on),
        }
        if one.due_on
        else _("%(who)s: %(what)s") % {"who": Owner(one.owner).label, "what": one.text}
        for one in open_steps
    )
    return Part(_("Who does what"), points=points)


def no_plan(asked: Asked) -> str:
    if asked.plan is not None:
        return ""
    return _(
        "No search plan is agreed for this day. Agree on one on the person's page first."
    )


def support_plan(asked: Asked) -> Written:
    """The support plan of each job that goes on."""
    running = list(asked.running())
    plans = support_plans(asked.actor, [job.job_id for job in running])
    for job in running:
        yield Information.JOBS, Part(_("The job"), rows=job_rows(asked, [job]))
        plan = plans.get(job.job_id)
        if plan is None:
            continue
        supports = tuple(
            " · ".join(filter(None, (str(one.kind), str(one.given_by), one.words)))
            for one in plan.supports
        )
        yield Information.JOBS, Part(_("Support"), points=supports)
        rows = (
            (_("Where this job may lead"), plan.career_goal),
            (_("School and training"), plan.education_support),
            (_("Looked at again on"), asked.written(plan.review_on)),
        )
        kept = tuple(row for row in rows if row[1])
        yield Information.JOBS, Part(_("Agreed"), rows=kept)
        health = (
            (_("What makes it hard"), plan.triggers),
            (_("Early signs, and what helps then"), plan.early_signs),
        )
        yield (
            Information.HEALTH_AT_WORK,
            Part(_("Health at work"), rows=tuple(row for row in health if row[1])),
        )


def no_support_plan(asked: Asked) -> str:
    jobs = [job.job_id for job in asked.running()]
    if support_plans(asked.actor, jobs):
        return ""
    return _(
        "No job that goes on has a support plan. Write it on the job's page first."
    )


def handover(asked: Asked) -> Written:
    """What the next specialist should know, on one page."""
    if asked.episode.goal:
        goal = (asked.episode.goal,)
        yield Information.WORK_GOALS, Part(_("Goal in own words"), paragraphs=goal)
    yield Information.ATTENDANCE, around(asked)
    running = job_rows(asked, asked.running())
    yield Information.JOBS, Part(_("Jobs"), rows=running)
    yield from search_plan(asked)
    told = step_down.handovers(asked.actor, asked.episode.pk)
    words = tuple(one.words for one in told[:1] if one.words)
    yield Information.CONVERSATION, Part(_("From one to the next"), paragraphs=words)


def around(asked: Asked) -> Part:
    """Return where somebody stands in IPS, and who works with them."""
    episode = asked.episode
    rows = (
        (_("Referred"), asked.written(episode.referred_on)),
        (_("First meeting"), asked.written(episode.entered_on)),
        (_("Now"), str(episode.get_state_display())),
        (_("Specialist"), episode.specialist_name or "–"),
        (_("Treatment team"), episode.team_name or "–"),
    )
    return Part(_("In IPS"), rows=rows)


def health_record(asked: Asked) -> Written:
    """A few lines for the record of the treatment team."""
    done = done_between(
        asked.actor, [asked.episode.pk], asked.day - FOUR_WEEKS, asked.day
    )
    if asked.episode.goal:
        goal = (asked.episode.goal,)
        yield Information.WORK_GOALS, Part(_("Goal in own words"), paragraphs=goal)
    met = ngettext(
        "%(count)d meeting in the last four weeks, the latest on %(day)s",
        "%(count)d meetings in the last four weeks, the latest on %(day)s",
        len(done.met),
    )
    last = done.met[-1][0] if done.met else None
    line = (
        met % {"count": len(done.met), "day": asked.written(last)}
        if done.met
        else _("No meeting in the last four weeks")
    )
    yield Information.ATTENDANCE, Part(_("Contact"), paragraphs=(line,))
    rows = job_rows(asked, asked.running())
    none = () if rows else (_("No job now; the search goes on."),)
    yield Information.JOBS, Part(_("Work"), rows=rows, paragraphs=none)
    goals = capfirst(said("search_plan", asked.actor, "health"))
    yield Information.WORK_GOALS, replace(_steps(asked), heading=goals)


def benefit_letter(asked: Asked) -> Written:
    """What whoever pays was asked and answered, and who must tell whom what."""
    page = benefits.page_of(asked.actor, asked.applicant.pk)
    for one in page.questions:
        rows = [
            (_("Question"), one.question),
            (_("Asked of"), f"{one.asked_of}, {asked.written(one.asked_on)}"),
        ]
        if one.answered_on:
            rows += [
                (_("Answer"), one.answer),
                (
                    _("Answered by"),
                    f"{one.answered_by}, {asked.written(one.answered_on)}",
                ),
            ]
        yield Information.BENEFITS, Part(_("Asked"), rows=tuple(rows))
    duties = tuple(
        _("%(who)s tells %(whom)s: %(what)s (by %(day)s)")
        % {
            "who": one.who,
            "whom": one.to_whom,
            "what": one.what,
            "day": asked.written(one.due_on),
        }
        for one in page.duties
    )
    yield Information.BENEFITS, Part(_("Who tells whom"), points=duties)


def nothing_asked(asked: Asked) -> str:
    page = benefits.page_of(asked.actor, asked.applicant.pk)
    if page.questions or page.duties:
        return ""
    return _(
        "No question to whoever pays is written down. Write it on the page of benefits "
        "first."
    )


def exit_letter(asked: Asked) -> Written:
    """That the support ended, and how to come back."""
    episode = asked.episode
    rows = (
        (
            capfirst(said("exit", asked.actor, "applicant")),
            asked.written(episode.exited_on),
        ),
        (_("Reason"), str(episode.get_exit_reason_display()) or "–"),
    )
    yield Information.ATTENDANCE, Part(_("The end of the support"), rows=rows)
    back = _(
        "You can come back whenever you want to work. You need no referral: call or "
        "write to the unit."
    )
    yield Information.ATTENDANCE, Part(_("The way back"), paragraphs=(back,))
    own = (episode.door_open_words,) if episode.door_open_words else ()
    yield Information.CONVERSATION, Part(_("What we agreed"), paragraphs=own)
    jobs = job_rows(asked, asked.running())
    yield Information.JOBS, Part(_("Work"), rows=jobs)


def not_ended(asked: Asked) -> str:
    if asked.episode.exited_on is not None:
        return ""
    return _("The support has not ended. This letter is for somebody who has left.")


def introduction(asked: Asked) -> Written:
    """What an employer may know: never beyond what was agreed, in the agreed words."""
    limit = agreed_for(asked.actor, asked.episode.pk, asked.employer_id, asked.day)
    words = dict(DisclosureItemKind.choices)
    rows = tuple(
        (str(words.get(item, item)), said) for item, said in limit.items.items() if said
    )
    yield Information.WORK_GOALS, Part(_("Agreed to be told"), rows=rows)
    may_count_years = DisclosureItemKind.GAPS in limit.items
    values = printing.profile_values(asked.actor, asked.applicant.pk, for_employer=True)
    for section in values["sections"]:
        found = [(one["label"], one["text"]) for one in section["answers"]]
        for job in section["jobs"]:
            where = " · ".join(filter(None, (job["title"], job["employer"])))
            # Years show where there were none; that is decided by itself.
            found.append((where, str(job["years"]) if may_count_years else ""))
        yield Information.JOBS, Part(str(section["title"]), rows=_texts(found))


def not_agreed(asked: Asked) -> str:
    limit = agreed_for(asked.actor, asked.episode.pk, asked.employer_id, asked.day)
    if limit.allows("name"):
        return ""
    return _(
        "The person has not agreed that this employer is told their name. Talk about it "
        "and write down what was decided."
    )
