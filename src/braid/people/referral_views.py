"""Pages of the way in: referrals by everybody who may, their list, and what they need."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit, referring
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.access.sight import cares_for_people
from braid.kernel.errors import InputFault
from braid.people import (
    commands,
    forms,
    loop_presenters,
    own_queries,
    queries,
    referral_forms,
)
from braid.people.choices import (
    EnquiryBy,
    ReferralSource,
    ReferralWay,
    RefusalReason,
)
from braid.people.commands.enquiries import SOURCES
from braid.people.models import Enquiry, Episode
from braid.people.queries.sent import OPENED as SENT_OPENED
from braid.people.queries.sent import Sent
from braid.web.pages import add_fault, form_page, status_of
from braid.web.presenters import Tab
from braid.web.responses import go

LISTED = (Information.IDENTITY, Information.CONTACT_DETAILS, Information.ATTENDANCE)
# What may be told of a referral to who sent it, each as far as the person agrees.
TOLD = (Information.IDENTITY, Information.ATTENDANCE, Information.JOBS)
SAME = ("given_name", "family_name", "birth_date", "phone")


def unit_actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def person_url(episode: Episode) -> str:
    return reverse("desk:person", args=[episode.applicant_id])


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """Refer somebody in one sentence: in the unit, or from a team that works with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.REFER, Information.IDENTITY)
    if actor.own is not None:
        raise Http404  # an applicant comes back on a page of their own
    if not cares_for_people(actor):
        return _refer_from_outside(request, actor)
    return _refer_in_unit(request, actor)


def _refer_in_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Refer within the unit; like people are shown before a new one is made."""
    today = timezone.localdate()
    asked = _asked(request, actor)
    unit = asked.unit if asked else referring.units_to_refer_to(actor).first()
    form = forms.ReferralForm(
        request.POST or None,
        teams=access.linked_teams(actor),
        referrers=referring.referrers(unit, today),
        today=today,
        # A wish from outside says by itself how it came, and from whom.
        leaves_out=("way", "referred_by") if asked else (),
        initial=_of_enquiry(asked) if asked else {},
    )
    like: list[Any] = []
    others: list[Enquiry] = []
    if request.method == "POST" and form.is_valid() and unit is not None:
        chosen = request.POST.get("same_person", "")
        if not chosen:
            like, others = _like(actor, form.cleaned_data, asked)
        if not like and not others:
            try:
                episode = _referred(actor, unit, form.cleaned_data, chosen, asked)
            except InputFault as fault:
                add_fault(form, fault)
            else:
                text = _("Referral received. Next: take the person on.")
                messages.success(request, text)
                return go(request, person_url(episode))
    context = {
        "title": _("Refer somebody"),
        "form": form,
        "like": like,
        "others": others,
        "asked": asked,
    }
    status = 422 if form.is_bound and (form.errors or like or others) else 200
    return render(request, "people/refer.html", context, status=status)


def _asked(request: HttpRequest, actor: Actor) -> Enquiry | None:
    """Return the wish from outside that is taken up here, if the address names one."""
    key = request.GET.get("enquiry", "")
    if not key:
        return None
    try:
        return queries.enquiry(actor, UUID(key))
    except ValueError as error:
        raise Http404 from error


def _of_enquiry(asked: Enquiry) -> dict[str, Any]:
    """Return what a wish from outside already says of a referral."""
    given, _space, family = asked.name.strip().partition(" ")
    is_mail = "@" in asked.reach_at
    return {
        "given_name": given,
        "family_name": family,
        "words": asked.words,
        "source": SOURCES[EnquiryBy(asked.by)],
        "referred_on": timezone.localdate(asked.received_at),
        "phone": "" if is_mail else asked.reach_at[:40],
    }


def _like(
    actor: Actor, given: dict[str, Any], asked: Enquiry | None
) -> tuple[list[Any], list[Enquiry]]:
    """Return the people, and the other wishes from outside, that may be the same."""
    name = f"{given['given_name']} {given['family_name']}"
    people = queries.possible_duplicates(
        actor, name=name, birth_date=given["birth_date"], phone=given["phone"]
    )
    wishes = queries.like_enquiries(actor, name=name, phone=given["phone"])
    return people, [one for one in wishes if asked is None or one.pk != asked.pk]


def _referred(
    actor: Actor,
    unit: Any,
    given: dict[str, Any],
    chosen: str,
    asked: Enquiry | None,
) -> Episode:
    known = None
    if chosen not in ("", "new"):
        known = queries.applicant(actor, _key(chosen), Action.RECORD)
    referral = {key: value for key, value in given.items() if key not in SAME}
    identity = {} if known else {key: given[key] for key in SAME}
    if asked is None:
        return commands.refer(
            actor=actor, unit=unit, applicant=known, **referral, **identity
        )
    if not known and "@" in asked.reach_at:
        identity["email"] = asked.reach_at.strip()
    return commands.take_up_enquiry(
        actor=actor,
        enquiry=asked,
        today=timezone.localdate(),
        applicant=known,
        **referral,
        **identity,
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _refer_from_outside(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Refer to a unit that one's team works with; nobody is looked up for it."""
    units = referring.units_to_refer_to(actor)
    form = referral_forms.OutsideReferralForm(
        request.POST or None, units=units, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.refer_from_outside(
                actor=actor, referred_on=timezone.localdate(), **_sent(form)
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Sent. The unit confirms the receipt here."))
            return go(request, reverse("people:sent"))
    context = {
        "title": _("Refer somebody"),
        "form": form,
        "has_unit": units.exists(),
    }
    name = "people/refer_from_outside.html"
    return render(request, name, context, status=status_of(form))


def _sent(form: Any) -> dict[str, Any]:
    return {k: v for k, v in form.cleaned_data.items() if k != "consent_to_contact"}


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The referrals that one sent oneself, and what came of them as far as agreed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.REFER, Information.IDENTITY)
    if cares_for_people(actor) or actor.own is not None:
        raise Http404
    found = queries.sent(actor)
    audit.record(actor, SENT_OPENED, count=len(found))
    for holder, named in _named(found).items():
        audit.record_list(actor, "sent_people_listed", named, TOLD, holder=holder)
    context = {
        "title": _("Your referrals"),
        "sent": loop_presenters.sent_lines(found),
        "current_year": timezone.localdate().year,
    }
    return render(request, "people/sent.html", context)


def _named(found: list[Sent]) -> dict[UUID, list[UUID]]:
    """Return those whose name the page tells, by the organisation that holds them."""
    named: dict[UUID, list[UUID]] = {}
    for one in found:
        if one.name:
            named.setdefault(one.organisation_id, []).append(one.applicant_id)
    return named


@require_GET
def loop(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The loop of one referral: how it came, where it stands, who is told of it."""
    actor = unit_actor(request)
    found = queries.loop_of(actor, episode_id)
    audit.record(
        actor,
        "referral_opened",
        applicant=found.episode.applicant_id,
        information=(*LISTED, Information.WORK_GOALS),
        ground="own_care",
    )
    context = {
        "title": _("The referral of %(name)s") % {"name": found.episode.applicant.name},
        "loop": loop_presenters.loop_lines(found, actor.country),
        "episode": found.episode,
        "current_year": timezone.localdate().year,
    }
    return render(request, "people/loop.html", context)


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """Wishes from outside, and those who were referred and wait to be taken on."""
    actor, day = unit_actor(request), timezone.localdate()
    way = request.GET.get("way", "")
    rows = queries.waiting(actor, way)
    asked = list(queries.enquiries(actor))
    audit.record_list(
        actor, "referrals_opened", [row.applicant_id for row in rows], LISTED
    )
    reasons = dict(RefusalReason.choices)
    context = {
        "title": _("On the way in"),
        "asked": asked,
        "tabs": _way_tabs(way),
        "rows": [
            (
                row,
                reasons.get(row.reason, ""),
                row.is_asked_again(day),
                loop_presenters.way_words(row.way),
            )
            for row in rows
        ],
        "outside": referring.units_to_refer_to(actor).filter(takes_enquiries=True),
        "current_year": day.year,
    }
    return render(request, "people/referrals.html", context)


def _way_tabs(way: str) -> list[Tab]:
    """Return the choice between those sent here and those noted afterwards."""
    choices = (
        ("", _("All")),
        (ReferralWay.LIVE.value, _("Sent here")),
        (queries.LOGGED, _("Noted afterwards")),
    )
    return [
        Tab(label, f"?way={slug}" if slug else "?", slug == way)
        for slug, label in choices
    ]


@require_http_methods(["GET", "POST"])
def enquiry_close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close a wish from outside with a sentence."""
    actor, today = unit_actor(request), timezone.localdate()
    found = queries.enquiry(actor, key)
    form = referral_forms.AnswerForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: commands.close_enquiry(
            actor=actor, enquiry=found, today=today, **given
        ),
        title=_("Close this wish"),
        done=_("Closed. It goes by itself after two weeks."),
        to=reverse("people:referrals"),
        lead=_("Whoever wants to work can be referred, whatever else is said of them."),
    )


@require_POST
def acknowledge(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Confirm that a referral was received."""
    actor = unit_actor(request)
    episode = queries.episode(actor, episode_id)
    commands.acknowledge(actor=actor, episode=episode, day=timezone.localdate())
    messages.success(request, _("Receipt confirmed."))
    return go(request, reverse("people:referrals"))


@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Say that somebody who was referred is known already."""
    actor = unit_actor(request)
    episode = queries.episode(actor, episode_id)
    row = next(
        (one for one in queries.waiting(actor) if one.episode_id == episode.pk), None
    )
    like = queries.like_them(actor, row) if row else []
    if request.method == "POST" and not request.POST.get("known"):
        messages.error(request, _("Choose who it is, or leave the two apart."))
        return go(request, person_url(episode))
    if request.method == "POST":
        known = queries.applicant(actor, _key(request.POST["known"]), Action.RECORD)
        try:
            commands.same_person(actor=actor, episode=episode, known=known)
        except InputFault as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("One person now, with one record."))
        return go(request, person_url(episode))
    context = {
        "title": _("Is it somebody whom you know?"),
        "episode": episode,
        "like": like,
        "current_year": timezone.localdate().year,
    }
    return render(request, "people/same.html", context)


@require_http_methods(["GET", "POST"])
def entered(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask whether a contact was the first meaningful one: one tap says yes."""
    actor, today = unit_actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = referral_forms.EnteredForm(
        request.POST or None,
        today=today,
        initial={"day": request.GET.get("day", today.isoformat())},
    )
    return form_page(
        request,
        form,
        lambda given: commands.enter(actor=actor, episode=episode, **given),
        title=_("Was this the first meaningful contact?"),
        done=_("Noted. The thirty days to the first employer run from this day."),
        to=person_url(episode),
        submit=_("Yes, it was"),
        lead=_(
            "The first meeting in which you talked about work together. "
            "If it was not, leave this page; you are asked again next time."
        ),
        later=who_sees(episode.applicant_id, Information.ATTENDANCE),
    )


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Begin a new episode with somebody who was here before: one sentence."""
    actor, today = unit_actor(request), timezone.localdate()
    person = queries.applicant(actor, applicant_id, Action.RECORD)
    before = queries.episodes_of(actor, applicant_id)
    if not before:
        raise Http404
    form = referral_forms.WayBackForm(request.POST or None, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.refer(
            actor=actor,
            unit=before[0].unit,
            source=ReferralSource.SELF,
            applicant=person,
            consent_to_contact=True,
            **given,
        ),
        title=_("%(name)s wants to work again") % {"name": person.given_name},
        done=_("Begun again. What was written before is still there."),
        to=reverse("desk:person", args=[applicant_id]),
        submit=_("Begin again"),
        lead=_("No referral is needed, and no reason. The profile stays."),
    )


@require_http_methods(["GET", "POST"])
def own_again(request: HttpRequest) -> HttpResponse:
    """I want to work again: the applicant's own way back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    units = referring.units_again(queries.former_units(actor))
    if not units:
        raise Http404
    person = own_queries.own_record(actor)
    audit.record(
        actor,
        "own_again_opened",
        applicant=actor.own,
        information=(Information.ATTENDANCE,),
        ground="own_record",
    )
    form = referral_forms.AgainForm(request.POST or None, units=units)
    return form_page(
        request,
        form,
        lambda given: commands.refer_oneself_again(
            actor=actor, applicant=person, day=timezone.localdate(), **given
        ),
        title=_("I want to work again"),
        done=_("Received. Somebody from the unit gets in touch with you."),
        to=reverse("desk:own_home"),
        submit=_("Send"),
        lead=_("You need no referral and no reason."),
    )
