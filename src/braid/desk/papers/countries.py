"""Documents that one country asks for, in a layout of our own: never the official form.

Netherlands: application, stop notice and end report of a trajectory. United States: the
monthly report to vocational rehabilitation. Denmark: IPS as an active offer.
"""

from calendar import monthrange

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from braid.access.policy import Information
from braid.desk.papers.asked import Asked, Written, job_rows
from braid.desk.papers.everywhere import around, search_plan
from braid.documents.paper import Part
from braid.people.choices import AtReferral
from braid.work.queries.month import done_between

NOT_THE_FORM = gettext_lazy(
    "This holds the fields of the form in a layout of our own. It is not the official "
    "form: copy it there where that is asked for."
)
THREE_SIGN = (
    gettext_lazy("Applicant, day"),
    gettext_lazy("Provider, day"),
    gettext_lazy("Municipality or UWV, day"),
)


def nl_application(asked: Asked) -> Written:
    """The application in its three parts: grant, cost, decision."""
    episode = asked.episode
    yield Information.ATTENDANCE, around(asked)
    wish = ((_("Wants to work"), episode.goal or "–"),)
    yield Information.WORK_GOALS, Part(_("1. Request for the grant"), rows=wish)
    before = ((_("Work at referral"), str(AtReferral(episode.at_referral).label)),)
    yield Information.JOBS, Part(_("Work before"), rows=before)
    to_fill = (
        (_("Requested by"), f"{episode.unit.organisation.name} · {episode.unit.name}"),
        (_("Length of the trajectory"), _("2 or 3 years: ______")),
        (_("Municipality of residence"), "______"),
    )
    yield Information.ATTENDANCE, Part(_("2. Request for the costs"), rows=to_fill)
    decision = (
        (_("Granted"), _("yes / no")),
        (_("From"), "______"),
        (_("Signed by"), "______"),
    )
    yield Information.ATTENDANCE, Part(_("3. Decision"), rows=decision)


def not_entered(asked: Asked) -> str:
    if asked.episode.referred_on is not None:
        return ""
    return _("The day of the referral is not known. Write it down under dates first.")


def nl_stop(asked: Asked) -> Written:
    """That a trajectory stops before its end, in its two parts."""
    episode = asked.episode
    rows = (
        (_("Began"), asked.written(episode.entered_on)),
        (_("First day off"), asked.written(episode.exited_on)),
        (_("Reason"), str(episode.get_exit_reason_display()) or "–"),
    )
    yield Information.ATTENDANCE, Part(_("1. The trajectory stops"), rows=rows)
    running = job_rows(asked, asked.running())
    none = () if running else (_("No job on this day."),)
    yield (
        Information.JOBS,
        Part(_("2. Work on the last day"), rows=running, paragraphs=none),
    )


def has_not_ended(asked: Asked) -> str:
    if asked.episode.exited_on is not None:
        return ""
    return _("The trajectory goes on. Write down its end before telling it to others.")


def nl_end_report(asked: Asked) -> Written:
    """What was done in a trajectory, and what came of it."""
    yield Information.ATTENDANCE, around(asked)
    first = asked.episode.entered_on or asked.episode.referred_on or asked.day
    done = done_between(asked.actor, [asked.episode.pk], first, asked.day)
    rows = (
        (_("Meetings"), str(len(done.met))),
        (_("Contacts with employers"), str(len(done.employers))),
    )
    yield Information.ATTENDANCE, Part(_("What was done"), rows=rows)
    yield Information.JOBS, Part(_("Jobs"), rows=job_rows(asked, asked.jobs))


def us_monthly(asked: Asked) -> Written:
    """The month of the day: meetings, employers, work, and what comes next."""
    last = monthrange(asked.day.year, asked.day.month)[1]
    first_day, last_day = asked.day.replace(day=1), asked.day.replace(day=last)
    done = done_between(asked.actor, [asked.episode.pk], first_day, last_day)
    meetings = tuple(
        " · ".join(filter(None, (asked.written(day), mode, _minutes(minutes))))
        for day, mode, minutes in done.met
    )
    rows = (
        (_("Month"), f"{asked.written(first_day)} – {asked.written(last_day)}"),
        (_("Meetings that were missed"), str(done.missed)),
    )
    yield Information.ATTENDANCE, Part(_("Meetings"), rows=rows, points=meetings)
    visits = tuple(
        " · ".join(filter(None, (asked.written(day), mode)))
        for day, mode in done.employers
    )
    yield Information.WORK_GOALS, Part(_("Contacts with employers"), points=visits)
    running = job_rows(asked, asked.running())
    none = () if running else (_("No job now; the search goes on."),)
    yield Information.JOBS, Part(_("Work"), rows=running, paragraphs=none)
    yield from search_plan(asked)


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {
        "count": minutes
    }


def dk_active_offer(asked: Asked) -> Written:
    """A note for the job centre: what IPS is here, and since when."""
    words = (
        _(
            "The person takes part in Individual Placement and Support (IPS): an "
            "individual course in ordinary paid work, with support from an employment "
            "specialist in the treatment team."
        ),
        _(
            "IPS is asked to count as the active offer in the plan of the job centre. "
            "Beside it no internship or course is needed, unless the person wishes it."
        ),
    )
    yield Information.ATTENDANCE, Part(_("IPS as active offer"), paragraphs=words)
    yield Information.ATTENDANCE, around(asked)
    yield Information.JOBS, Part(_("Work"), rows=job_rows(asked, asked.running()))
    yield from search_plan(asked)
