"""Pages of the career profile, for the unit and for the applicant: the same sections.

An address with an applicant's key is the unit's; without one it is the own account's.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault, Stale
from braid.people import commands, printing, profile_forms, rules
from braid.people import profile_presenters as presenters
from braid.people.choices import AnswerKind, Section, UpdateBecause
from braid.people.models import Applicant
from braid.people.profile import (
    FIRST_MEETINGS,
    PARTS,
    Part,
    neighbours,
    words_of,
)
from braid.people.queries import profile as queries
from braid.web.pages import add_fault, form_page, stale_sentence, status_of
from braid.web.responses import go

HISTORY_PAGE = 40
KINDS = tuple(AnswerKind)


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose profile a page is of, and from which side it is opened."""

    actor: Actor
    person: Applicant
    is_own: bool

    def at(self, page: str, *parts: object) -> str:
        """Return the address of a page of this profile."""
        if self.is_own:
            return reverse(f"people:own_{page}", args=parts)
        return reverse(f"people:{page}", args=[self.person.pk, *parts])

    @property
    def title(self) -> str:
        return _("My career profile") if self.is_own else _("Career profile")

    @property
    def crumbs(self) -> list[dict[str, str]]:
        if self.is_own:
            return [{"label": _("My page"), "url": reverse("desk:own_home")}]
        person = reverse("desk:person", args=[self.person.pk])
        return [
            {"label": _("Caseload"), "url": reverse("desk:caseload")},
            {"label": self.person.name, "url": person},
        ]

    @property
    def inner_crumbs(self) -> list[dict[str, str]]:
        return [*self.crumbs, {"label": self.title, "url": self.at("profile")}]

    def opened(self, page: str, kinds: tuple[AnswerKind, ...] = KINDS) -> None:
        """Record that a page was opened, and what it shows."""
        audit.record(
            self.actor,
            page,
            applicant=self.person.pk,
            information=(
                Information.IDENTITY,
                *(Information(kind) for kind in kinds),
            ),
            ground=Ground.OWN_RECORD if self.is_own else Ground.OWN_CARE,
        )


def _frame(request: HttpRequest, applicant_id: UUID | None) -> Frame:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if applicant_id is None:
        access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
        if actor.own is None:
            raise Http404
        return Frame(actor, queries.owner(actor, actor.own), True)
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return Frame(actor, queries.owner(actor, applicant_id), False)


def _part(section: str) -> Part:
    try:
        return PARTS[section]
    except KeyError:
        raise Http404 from None


@require_GET
def overview(request: HttpRequest, applicant_id: UUID | None = None) -> HttpResponse:
    """The sections with what is written in them, and what to talk about next."""
    frame = _frame(request, applicant_id)
    found = queries.profile(frame.actor, frame.person.pk)
    frame.opened("profile_opened")
    urls = {key: frame.at("profile_section", key) for key in PARTS}
    tiles = presenters.tiles(found, urls)
    wanted = rules.suggested_sections(found.touched, FIRST_MEETINGS, list(PARTS))
    context = {
        "frame": frame,
        "title": frame.title,
        "crumbs": frame.crumbs,
        "sub": presenters.progress(found.touched),
        "profile": found,
        "tiles": tiles,
        "suggested": [one for one in tiles if one.letter.lower() in wanted],
        "updates": presenters.update_lines(found.updates[:3]),
        "urls": {
            name: frame.at(f"profile_{name}")
            for name in ("history", "print", "right", "update")
        },
        "current_year": timezone.localdate().year,
    }
    return render(request, "people/profile/overview.html", context)


@require_http_methods(["GET", "POST"])
def section(
    request: HttpRequest, section: str, applicant_id: UUID | None = None
) -> HttpResponse:
    """One section: its questions, saved together or not at all."""
    frame, part = _frame(request, applicant_id), _part(section)
    answers = queries.answers(frame.actor, frame.person.pk, section=section)
    is_goal = part.section == Section.GOAL
    form = profile_forms.SectionForm(
        request.POST or None,
        part=part,
        answers=answers,
        is_own=frame.is_own,
        episode=queries.goal_episode(frame.actor, frame.person.pk) if is_goal else None,
    )
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_answers(
                actor=frame.actor,
                applicant=frame.person,
                given=form.given(),
                goal=form.goal(),
                today=timezone.localdate(),
            )
        except InputFault as fault:
            add_fault(form, fault)
        except Stale as fault:
            theirs = _met(frame, part, form, fault)
        else:
            messages.success(
                request, _("“%(title)s” is saved.") % {"title": part.title}
            )
            return go(request, _onwards(request, frame, part))
    frame.opened("profile_section_opened", part.kinds)
    context = _section_context(frame, part, form, answers, theirs)
    return render(
        request, "people/profile/section.html", context, status=status_of(form)
    )


def _onwards(request: HttpRequest, frame: Frame, part: Part) -> str:
    following = neighbours(part.section.value)[1]
    if "next" in request.POST and following is not None:
        return frame.at("profile_section", following.section.value)
    return frame.at("profile")


def _met(
    frame: Frame, part: Part, form: profile_forms.SectionForm, fault: Stale
) -> dict[str, Any]:
    """Say beside each stale answer what the other wrote; the next save takes it over."""
    now = queries.answers(frame.actor, frame.person.pk, section=part.section.value)
    versions = {name: one.row_version for name, one in now.items()}
    episode = queries.goal_episode(frame.actor, frame.person.pk)
    if episode is not None:
        versions[profile_forms.GOAL] = episode.row_version
    form.add_error(None, stale_sentence())
    for change in fault.changes:
        form.add_error(
            change.field,
            _("Somebody else wrote here too. Save again to keep what stands here."),
        )
    stale = {change.field: change for change in fault.changes}
    form.shows({name: versions[name] for name in stale if name in versions})
    questions = {one.id: one for one in part.questions}
    return {
        name: (
            change,
            words_of(questions[name], change.new) if name in questions else change.new,
        )
        for name, change in stale.items()
    }


def _section_context(
    frame: Frame,
    part: Part,
    form: profile_forms.SectionForm,
    answers: dict[str, queries.Answer],
    theirs: dict[str, Any],
) -> dict[str, Any]:
    before, after = neighbours(part.section.value)
    is_jobs = part.section == Section.PAST_JOBS
    rows: list[Any] = []
    if form.episode is not None:
        rows.append((form[profile_forms.GOAL], None, theirs.get(profile_forms.GOAL)))
    rows += [
        (
            form[one.id],
            presenters.show(part, one, answers.get(one.id), frame.actor),
            theirs.get(one.id),
        )
        for one in form.questions
    ]
    others = [one for one in part.questions if one not in form.questions]
    return {
        "frame": frame,
        "part": part,
        "title": part.title,
        "crumbs": frame.inner_crumbs,
        "sub": part.purpose,
        "form": form,
        "rows": rows,
        "hidden": form.hidden_fields(),
        "others": presenters.shown(part, others, answers, frame.actor),
        "jobs": _job_lines(frame) if is_jobs else [],
        "job_new_url": frame.at("past_job_new") if is_jobs else "",
        "readers": presenters.readers(frame.person.pk, part.kinds),
        "before": before and (before.title, _section_at(frame, before)),
        "after": after and (after.title, _section_at(frame, after)),
        "back": frame.at("profile"),
        "current_year": timezone.localdate().year,
    }


def _section_at(frame: Frame, part: Part) -> str:
    return frame.at("profile_section", part.section.value)


def _job_lines(frame: Frame) -> list[tuple[queries.Past, str, Any, str]]:
    return [
        (
            job,
            presenters.past_years(job),
            presenters.past_facts(job),
            frame.at("past_job", job.id),
        )
        for job in queries.past_jobs(frame.actor, frame.person.pk)
    ]


# ---- Jobs before IPS ---------------------------------------------------------------------


def _jobs_url(frame: Frame) -> str:
    return frame.at("profile_section", Section.PAST_JOBS.value)


@require_http_methods(["GET", "POST"])
def past_job_new(
    request: HttpRequest, applicant_id: UUID | None = None
) -> HttpResponse:
    """Add a job before IPS."""
    frame, today = _frame(request, applicant_id), timezone.localdate()
    form = profile_forms.PastJobForm(
        request.POST or None, today=today, initial={"row_version": 1}
    )
    frame.opened("past_job_begun", ())
    return form_page(
        request,
        form,
        lambda _given: commands.add_past_job(
            actor=frame.actor, applicant=frame.person, today=today, **form.values()
        ),
        title=_("A job so far"),
        lead=_("The title is enough to begin with. Everything else can come later."),
        done=_("Job saved."),
        to=_jobs_url(frame),
        later=who_sees(frame.person.pk, Information.JOBS),
    )


@require_http_methods(["GET", "POST"])
def past_job(
    request: HttpRequest, key: UUID, applicant_id: UUID | None = None
) -> HttpResponse:
    """Change a job before IPS."""
    frame, today = _frame(request, applicant_id), timezone.localdate()
    job = queries.past_job(frame.actor, frame.person.pk, key)
    names = list(profile_forms.PastJobForm.base_fields)
    initial = {name: getattr(job, name) for name in names}
    initial["reference"] = {True: "yes", False: "no", None: ""}[job.reference]
    form = profile_forms.PastJobForm(request.POST or None, today=today, initial=initial)
    frame.opened("past_job_opened", (AnswerKind.JOBS, AnswerKind.CONVERSATION))
    return form_page(
        request,
        form,
        lambda given: commands.change_past_job(
            actor=frame.actor,
            job=job,
            row_version=given["row_version"],
            **form.values(),
        ),
        title=_("A job so far"),
        done=_("Job saved."),
        to=_jobs_url(frame),
        later=who_sees(frame.person.pk, Information.JOBS),
    )


@require_http_methods(["GET", "POST"])
def past_job_remove(
    request: HttpRequest, key: UUID, applicant_id: UUID | None = None
) -> HttpResponse:
    """Ask, then take a job before IPS away."""
    frame = _frame(request, applicant_id)
    job = queries.past_job(frame.actor, frame.person.pk, key)
    if request.method == "POST":
        commands.remove_past_job(actor=frame.actor, job=job)
        messages.success(request, _("The job is taken away."))
        return go(request, _jobs_url(frame))
    frame.opened("past_job_opened", (AnswerKind.JOBS,))
    context = {
        "title": _("Take this job away?"),
        "job": job,
        "action": frame.at("past_job_remove", key),
        "cancel_url": _jobs_url(frame),
    }
    return render(request, "people/profile/past_job_remove.html", context)


# ---- Looked at again, history, paper -----------------------------------------------------


@require_POST
def right(request: HttpRequest, applicant_id: UUID | None = None) -> HttpResponse:
    """Keep that the profile was read and found right."""
    frame = _frame(request, applicant_id)
    commands.say_right(
        actor=frame.actor, applicant=frame.person, day=timezone.localdate()
    )
    messages.success(request, _("Noted: read and found right today."))
    return redirect(frame.at("profile"))


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, applicant_id: UUID | None = None) -> HttpResponse:
    """What changed: after a job began or ended, a course, or something learned."""
    frame, today = _frame(request, applicant_id), timezone.localdate()
    job_id = _key(request.GET.get("job", ""))
    because = request.GET.get("because", "")
    known = because in UpdateBecause.values and because != UpdateBecause.AGREED
    usual = UpdateBecause.JOB_END if job_id else UpdateBecause.INSIGHT
    form = profile_forms.UpdateForm(
        request.POST or None,
        today=today,
        initial={"because": because if known else usual, "day": today},
    )
    frame.opened("profile_update_begun", ())
    return form_page(
        request,
        form,
        lambda given: commands.note_update(
            actor=frame.actor, applicant=frame.person, job_id=job_id, **given
        ),
        title=_("What changed after this job") if job_id else _("What changed"),
        lead=_("A job that ended is knowledge for the next one."),
        done=_("Kept in the career profile."),
        to=frame.at("profile"),
        later=who_sees(frame.person.pk, Information.WORK_GOALS),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


@require_GET
def history(request: HttpRequest, applicant_id: UUID | None = None) -> HttpResponse:
    """Who changed which answer, when, from what to what."""
    frame = _frame(request, applicant_id)
    answers = queries.answers(frame.actor, frame.person.pk)
    jobs = queries.past_jobs(frame.actor, frame.person.pk)
    rows = queries.history(frame.actor, frame.person.pk, answers, jobs)
    page = Paginator(rows, HISTORY_PAGE).get_page(request.GET.get("page"))
    frame.opened("profile_history_opened")
    updates = queries.updates(frame.actor, frame.person.pk)
    context = {
        "title": _("What was changed"),
        "sub": frame.title,
        "crumbs": frame.inner_crumbs,
        "lines": presenters.history_lines(page.object_list, answers, jobs),
        "page": page,
        "updates": presenters.update_lines(updates),
        "current_year": timezone.localdate().year,
    }
    return render(request, "people/profile/history.html", context)


@require_GET
def on_paper(request: HttpRequest, applicant_id: UUID | None = None) -> HttpResponse:
    """The profile as it is printed, with the classes that were ticked."""
    frame = _frame(request, applicant_id)
    form = profile_forms.PrintForm(request.GET if "chosen" in request.GET else None)
    chosen = profile_forms.PrintForm.usual()
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["kinds"]
    form.initial["kinds"] = chosen
    kinds = tuple(AnswerKind(one) for one in chosen)
    frame.opened("profile_print_opened", kinds)
    values = printing.profile_values(frame.actor, frame.person.pk, kinds=kinds)
    context = {
        "title": frame.title,
        "crumbs": frame.inner_crumbs,
        "form": form,
        "values": values,
        "person": frame.person,
        "day": timezone.localdate(),
    }
    return render(request, "people/profile/print.html", context)
