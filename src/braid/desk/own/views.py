"""The applicant's own pages: my plan, what comes next, who helps, how it is going."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import accounts, audit, notices, requests
from braid.access import queries as access
from braid.access.looked import who_looked
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.step_up import fresh_factor
from braid.desk import presenters as desk
from braid.desk.own import forms, presenters
from braid.desk.presenters.looking import look_lines
from braid.kernel.errors import InputFault
from braid.people import commands as people
from braid.people import own_queries
from braid.web.pages import add_fault, form_page, status_of
from braid.web.responses import go
from braid.work import queries as work

SHOWN = 20


def _actor(request: HttpRequest) -> Actor:
    """Return the applicant; who acts as anybody else is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    return actor


def _opened(actor: Actor, page: str, *information: Information) -> None:
    """Record that the applicant opened a page of their own."""
    audit.record(
        actor,
        page,
        applicant=actor.own,
        information=information,
        ground=Ground.OWN_RECORD,
    )


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is new, my plan, what comes next, how it is going, who helps."""
    actor, day = _actor(request), timezone.localdate()
    person = own_queries.own_record(actor)
    episodes = own_queries.own_episodes(actor)
    _opened(
        actor,
        "own_page_opened",
        Information.IDENTITY,
        Information.WORK_GOALS,
        Information.ATTENDANCE,
        Information.CONVERSATION,
        Information.JOBS,
    )
    said = own_queries.own_words(actor, limit=1)
    helpers = own_queries.people_around(actor, day)
    context = {
        "title": desk.greeting(timezone.localtime().hour, person.given_name),
        "day": day,
        "told": presenters.told(notices.unseen(actor)),
        "episode": episodes[0] if episodes else None,
        "ahead": work.ahead(actor, [one.pk for one in episodes], day),
        "jobs": [pair for pair in _jobs(actor, episodes, day) if pair[0].is_now(day)],
        "form": _how_form(actor, None),
        "last": next(iter(presenters.said(said)), None),
        "helpers": presenters.helpers(helpers, actor.country),
        "ways": presenters.ways()[:3],
        "appointments": work.own_appointments(actor, [one.pk for one in episodes], day),
        "may_begin_again": not any(one.is_open for one in episodes),
        "current_year": day.year,
    }
    return render(request, "desk/own/home.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """My own words about work, to change at any time."""
    actor = _actor(request)
    episode = next(
        (one for one in own_queries.own_episodes(actor) if one.is_open), None
    )
    if episode is None:
        return redirect("desk:own_home")
    form = forms.PlanForm(
        request.POST or None,
        initial={"goal": episode.goal, "row_version": episode.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: people.say_own_goal(actor=actor, episode=episode, **given),
        title=_("My plan, in my own words"),
        done=_("Your words are saved."),
        to=reverse("desk:own_home"),
        lead=_("They stand on top of the page that your specialist works with."),
    )


def _how_form(actor: Actor, posted: Any) -> forms.HowForm:
    teams = own_queries.possible_readers(actor, timezone.localdate())
    return forms.HowForm(posted, teams=teams)


@require_http_methods(["GET", "POST"])
def how(request: HttpRequest) -> HttpResponse:
    """How is it going? One question, for those whom the applicant chooses."""
    actor, day = _actor(request), timezone.localdate()
    form = _how_form(actor, request.POST or None)
    said = presenters.said(own_queries.own_words(actor, SHOWN))
    if request.method == "GET":
        _opened(actor, "own_words_opened", Information.CONVERSATION)
    if request.method == "POST" and form.is_valid():
        person = own_queries.own_record(actor)
        given = dict(form.cleaned_data)
        readers = [team.pk for team in given.pop("readers", ())]
        try:
            people.say_how_it_goes(
                actor=actor, applicant=person, day=day, readers=readers, **given
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _thanks(bool(readers)))
            return go(request, reverse("desk:own_how"))
    context = {
        "title": _("How is it going?"),
        "form": form,
        "said": said,
        "current_year": day.year,
    }
    return render(request, "desk/own/how.html", context, status=status_of(form))


def _thanks(is_told: bool) -> str:
    if is_told:
        return _("Saved. Those whom you ticked can read it.")
    return _("Saved. Only you can read it.")


@require_POST
def how_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take own words back, from everybody."""
    actor = _actor(request)
    try:
        people.take_back_words(actor=actor, key=key)
    except InputFault as fault:
        messages.info(request, str(fault))
    else:
        messages.success(request, _("Taken back. Nobody can read it any more."))
    return redirect("desk:own_how")


@require_POST
def notice_seen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put something one was told aside."""
    notices.mark_seen(actor=_actor(request), key=key, now=timezone.now())
    return redirect("desk:own_home")


@require_GET
def around(request: HttpRequest) -> HttpResponse:
    """The people around me, and what each of them does."""
    actor, day = _actor(request), timezone.localdate()
    _opened(actor, "own_people_opened", Information.ATTENDANCE)
    found = own_queries.people_around(actor, day)
    context = {
        "title": _("People around me"),
        "helpers": presenters.helpers(found, actor.country),
        "current_year": day.year,
    }
    return render(request, "desk/own/people.html", context)


def _jobs(
    actor: Actor, episodes: list[Any], day: date
) -> list[tuple[work.OwnJob, str]]:
    """Return the own jobs, each with what its employer was told."""
    found = work.own_jobs(actor, [one.pk for one in episodes], day)
    return [(job, presenters.employer_knows(job)) for job in found]


def _supported(
    actor: Actor, found: list[tuple[work.OwnJob, str]]
) -> list[tuple[work.OwnJob, Any, list[Any]]]:
    """Return the jobs with a support plan, or with something that was hard in them."""
    keys = [job.id for job, _knows in found]
    plans, hard = work.support_plans(actor, keys), work.problems(actor, keys)
    rows = [
        (job, plans.get(job.id), [one for one in hard if one.job_id == job.id])
        for job, _knows in found
    ]
    return [row for row in rows if row[1] or row[2]]


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """My jobs, what each employer was told, and how I am supported in them."""
    actor, day = _actor(request), timezone.localdate()
    _opened(
        actor,
        "own_jobs_opened",
        Information.JOBS,
        Information.HEALTH_AT_WORK,
        Information.CONVERSATION,
    )
    found = _jobs(actor, own_queries.own_episodes(actor), day)
    context = {
        "title": _("My jobs"),
        "now": [pair for pair in found if pair[0].is_now(day)],
        "earlier": [pair for pair in found if not pair[0].is_now(day)],
        "supported": _supported(actor, found),
        "current_year": day.year,
    }
    return render(request, "desk/own/jobs.html", context)


@require_GET
def looked(request: HttpRequest) -> HttpResponse:
    """Who opened something about me, when, from where and why; page by page."""
    actor = _actor(request)
    found = who_looked(actor, request.GET.get("page", "1"))
    context = {
        "title": _("Who has looked"),
        "lines": look_lines(found.looks),
        "page": found.page,
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/own/looked.html", context)


@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Everything by which the applicant looks after what is known about them."""
    _actor(request)
    context = {"title": _("What is known about me"), "ways": presenters.ways()}
    return render(request, "desk/own/data.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a copy, a correction, erasure or restriction; and what came of it."""
    actor = _actor(request)
    form = forms.RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.ask(actor=actor, now=timezone.now(), **form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Sent. You get an answer here."))
            return go(request, reverse("desk:own_requests"))
    made = [(one, presenters.STATES[one.state]) for one in requests.own(actor)]
    context = {
        "title": _("Ask for something"),
        "form": form,
        "made": made,
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/own/requests.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@fresh_factor
def end(request: HttpRequest) -> HttpResponse:
    """Close one's own page: the account ends, the record stays with the unit."""
    actor = _actor(request)
    if request.method == "POST":
        person = own_queries.own_record(actor)
        accounts.end_account(actor=actor, subject=person.subject())
        logout(request)
        return redirect("desk:own_ended")
    return render(request, "desk/own/end.html", {"title": _("Close my page")})
