"""Whom a page is about, and the entry that says it was opened.

Views record what they show themselves where they know more of it: on which ground, by
which agreement. What they leave out is written here, for every page about one person.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch

from braid.access import audit, policy
from braid.access.policy import Action, Actor, Information
from braid.access.records import Scoped
from braid.access.scopes import ScopedQuerySet

REASON = "whom a page is about, for the log and the read budget"
APPLICANT = "people.Applicant"
# What a part of an address is the key of.
PARTS = {
    "applicant_id": APPLICANT,
    "episode_id": "people.Episode",
    "entry_id": "access.ConsentEntry",
}
# Of which record a page is, whose address has but a `key`.
RECORDS = {
    "work:job": "work.Job",
    "work:job_edit": "work.Job",
    "work:terms": "work.Job",
    "work:absence": "work.Job",
    "work:ordinary": "work.Job",
    "work:support_plan": "work.Job",
    "work:support": "work.Job",
    "work:problem": "work.Job",
    "work:evidence_new": "work.Job",
    "work:end_review": "work.Job",
    "work:problem_edit": "work.JobProblem",
    "work:absence_edit": "work.Absence",
    "work:application_edit": "work.Application",
    "work:education_edit": "work.Education",
    "work:appointment": "work.Appointment",
    "work:appointment_edit": "work.Appointment",
    "work:appointment_kept": "work.Appointment",
    "work:appointment_calendar": "work.Appointment",
    "people:treatment_note": "people.TreatmentNote",
    "people:own_past_job": "people.PastJob",
    "people:own_past_job_remove": "people.PastJob",
    "benefits:answer": "benefits.Counselling",
    "benefits:book": "benefits.Counselling",
    "benefits:done": "benefits.Counselling",
    "benefits:benefit": "benefits.Benefit",
    "benefits:question_answer": "benefits.PayerQuestion",
    "benefits:scenario": "benefits.Calculation",
    "benefits:scenario_progress": "benefits.Calculation",
    "benefits:scenario_print": "benefits.Calculation",
    "benefits:scenario_pdf": "benefits.Calculation",
    "benefits:hand_over": "benefits.Calculation",
    "desk:contact": "work.Contact",
    "desk:task": "teamwork.Task",
    "teamwork:proposal": "teamwork.Proposal",
    "teamwork:proposal_take_back": "teamwork.Proposal",
    "teamwork:question": "teamwork.Question",
    "teamwork:question_give": "teamwork.Question",
    "teamwork:question_link": "teamwork.Question",
    "teamwork:question_remind": "teamwork.Question",
    "teamwork:question_take_back": "teamwork.Question",
    "desk:task_done": "teamwork.Task",
    "desk:take_up_again": "teamwork.Snooze",
    "desk:log_fit": "work.EmployerContact",
    "desk:document": "documents.Document",
    "desk:set_aside": "access.Block",
    "desk:glass_review": "access.BrokenGlass",
    "desk:request": "access.SubjectRequest",
    "desk:request_erase": "access.SubjectRequest",
    "desk:request_restrict": "access.SubjectRequest",
    "funding:event_back": "funding.FunderEvent",
}
# Pages that are asked about somebody: the record stands in the query.
ASKED = {
    "desk:log_audience": {"person": "people.Episode", "job": "work.Job"},
    "desk:log_beside": {"person": "people.Episode"},
    "teamwork:question_new": {"person": APPLICANT},
    "teamwork:question_bounds": {"person": APPLICANT},
}
# What a page shows besides the name.
SHOWN = {
    "people:details": Information.CONTACT_DETAILS,
    "people:goal": Information.WORK_GOALS,
    "people:groups": Information.CONVERSATION,
    "people:area": Information.CONTACT_DETAILS,
    "people:dates": Information.ATTENDANCE,
    "teamwork:proposal_new": Information.WORK_GOALS,
    "teamwork:proposal": Information.WORK_GOALS,
    "people:hold": Information.ATTENDANCE,
    "people:treatment": Information.ATTENDANCE,
    "people:casework": Information.ATTENDANCE,
    "people:state": Information.ATTENDANCE,
    "people:pause": Information.ATTENDANCE,
    "people:step_down": Information.WORK_GOALS,
    "people:entered": Information.ATTENDANCE,
    "desk:end": Information.ATTENDANCE,
    "desk:hand_over": Information.ATTENDANCE,
    "people:refusal": Information.ATTENDANCE,
    "work:job": Information.JOBS,
    "work:job_edit": Information.JOBS,
    "work:terms": Information.JOBS,
    "work:absence": Information.JOBS,
    "work:ordinary": Information.JOBS,
    "work:support_plan": Information.HEALTH_AT_WORK,
    "work:support": Information.JOBS,
    "work:problem": Information.JOBS,
    "work:problem_edit": Information.CONVERSATION,
    "work:evidence_new": Information.JOBS,
    "work:end_review": Information.CONVERSATION,
    "work:absence_edit": Information.JOBS,
    "work:appointment_kept": Information.ATTENDANCE,
    "desk:contact": Information.ATTENDANCE,
    "desk:task": Information.ATTENDANCE,
    "desk:corridor": Information.ATTENDANCE,
    "desk:gathering_person": Information.ATTENDANCE,
    "benefits:answer": Information.BENEFITS,
    "benefits:book": Information.BENEFITS,
    "benefits:done": Information.BENEFITS,
    "benefits:benefit": Information.BENEFITS,
    "benefits:benefit_new": Information.BENEFITS,
    "benefits:question_new": Information.BENEFITS,
    "benefits:question_answer": Information.BENEFITS,
    "benefits:duty_new": Information.BENEFITS,
    "benefits:scenario_new": Information.BENEFITS,
    "benefits:scenario_progress": Information.BENEFITS,
    "benefits:hand_over": Information.BENEFITS,
    "desk:own_plan": Information.WORK_GOALS,
    "funding:events": Information.ATTENDANCE,
}
REFUSED_FORM = 422  # a form with what is wrong beside it shows whom it is about again


def is_about_somebody(request: HttpRequest) -> bool:
    """Say whether an address is about one person: by its key, or a record of theirs."""
    return _record(request) is not None


def whose(request: HttpRequest) -> UUID | None:
    """Return the key of the applicant whom a page is about; None where there is none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _whose(actor, request.resolver_match, _record(request))


def whose_page(
    actor: Actor, match: ResolverMatch, asked: Mapping[str, Any]
) -> UUID | None:
    """Return whom the page at another address is about; None where there is nobody.

    `asked` is what stands in the query of the address.
    """
    return _whose(actor, match, _named(match, asked))


def address_of(request: HttpRequest) -> str:
    """Return the path of a page, with the record that it is asked about, if any."""
    match = request.resolver_match
    records = ASKED.get(match.view_name, {}) if match is not None else {}
    asked = {name: request.GET[name] for name in records if request.GET.get(name)}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def may_know(actor: Actor, applicant: UUID) -> bool:
    """Say whether `actor` may know the name of an applicant. Raises Http404."""
    subject = _subject(actor, applicant)
    return policy.decide(actor, Action.READ, subject).allowed


def _whose(
    actor: Actor, match: ResolverMatch | None, named: tuple[str, object] | None
) -> UUID | None:
    if named is not None:
        return applicant_of(*named)
    return actor.own if _is_own_page(actor, match) else None


def record(request: HttpRequest, response: HttpResponse) -> None:
    """Write down that a page about one person was opened, unless its view has done so.

    Raises Unwritten: then the page must not leave.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if response.status_code not in (200, REFUSED_FORM):
        return
    applicant = whose(request)
    if applicant is None or audit.is_written(applicant):
        return
    match = request.resolver_match
    view_name = match.view_name if match is not None else ""
    subject = _subject(actor, applicant)
    decision = policy.decide(actor, Action.READ, subject)
    shown = {Information.IDENTITY, SHOWN.get(view_name, Information.IDENTITY)}
    with transaction.atomic():
        audit.record(
            actor,
            f"{view_name.rpartition(':')[2]}_opened",
            applicant=applicant,
            holder=subject.organisation,
            information=shown if decision.allowed else (),
            ground=decision.reason if decision.allowed else "",
        )


def _record(request: HttpRequest) -> tuple[str, object] | None:
    """Return the model and the key of the record that an address names."""
    match = request.resolver_match
    return _named(match, request.GET) if match is not None else None


def _named(match: ResolverMatch, asked: Mapping[str, Any]) -> tuple[str, object] | None:
    named = _named_by(match)
    if named is not None:
        return named
    for name, label in ASKED.get(match.view_name, {}).items():
        if key := asked.get(name):
            return label, key
    return None


def _named_by(match: ResolverMatch) -> tuple[str, object] | None:
    for part, label in PARTS.items():
        if part in match.kwargs:
            return label, match.kwargs[part]
    if match.view_name in RECORDS:
        return RECORDS[match.view_name], match.kwargs["key"]
    return None


def _is_own_page(actor: Actor, match: ResolverMatch | None) -> bool:
    if actor.own is None or match is None:
        return False
    return match.app_name == "desk" or match.route.startswith("me/")


def applicant_of(label: str, key: object) -> UUID | None:
    """Return the applicant of a record; None where there is no such record."""
    try:
        key = key if isinstance(key, UUID) else UUID(str(key))
    except ValueError:
        return None
    if label == APPLICANT:
        return key
    model = apps.get_model(label)
    rows = model.objects.filter(pk=key)
    if isinstance(rows, ScopedQuerySet):
        rows = rows.system(REASON)
    path = model.applicant_path if issubclass(model, Scoped) else "applicant_id"
    found: UUID | None = rows.values_list(path, flat=True).first()
    return found


def _subject(actor: Actor, applicant: UUID) -> policy.Subject:
    """Return the facts by which the policy decides whether the name may be known."""
    kept = apps.get_model(APPLICANT).objects.filter(pk=applicant).system(REASON).first()
    if kept is None:  # erased while the page was made
        raise Http404
    subject: policy.Subject = kept.subject(Information.IDENTITY, actor.day)
    return subject
