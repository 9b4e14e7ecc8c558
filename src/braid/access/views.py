"""Pages of who is who: first run, members, invitations, one's own settings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import calendars, commands, forms, managing, queries, referring
from braid.access.choices import TeamKind
from braid.access.middleware import SESSION_KEY, open_page
from braid.access.models import Membership, User
from braid.access.policy import (
    Action,
    Actor,
    Information,
    Role,
    Subject,
    decide,
    may,
)
from braid.access.sign_in import entering, factors, sessions
from braid.access.step_up import fresh_factor
from braid.web.pages import form_page, status_of


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@open_page
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Set up an empty installation; gone as soon as there is an organisation."""
    if not queries.is_empty_installation():
        raise Http404
    form = forms.FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = commands.set_up(now=timezone.now(), **form.cleaned_data)
        messages.success(
            request, _("Braid is set up. Now add the people of your unit.")
        )
        return entering.with_new_password(request, user, reverse("access:members"))
    context = {"title": _("Welcome to Braid"), "form": form}
    return render(request, "access/first_run.html", context, status=status_of(form))


@open_page
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by the link of an invitation, once."""
    now = timezone.now()
    invitation = commands.open_invitation(token, now)
    if invitation is None:
        over = {"title": _("This link no longer works")}
        return render(request, "access/link_over.html", over, status=404)
    by_provider_only = entering.is_by_provider_only(invitation.user)
    form = forms.AcceptForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and not by_provider_only and form.is_valid():
        user = commands.accept_invitation(
            invitation=invitation, password=form.cleaned_data["password"], now=now
        )
        return entering.with_new_password(request, user)
    context: dict[str, Any] = {
        "title": _("Welcome, %(name)s") % {"name": invitation.user.name},
        "form": form,
        "email": invitation.user.email,
        "token": token,
        "providers": entering.providers_for(invitation.user),
        "by_provider_only": by_provider_only,
    }
    return render(request, "access/accept.html", context, status=status_of(form))


@open_page
@require_GET
def no_place(request: HttpRequest) -> HttpResponse:
    """Somebody signed in who has no role today."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "access/no_place.html", {"title": _("No role today")})


@require_GET
def no_page(request: HttpRequest) -> HttpResponse:
    """Somebody whose role has no pages yet in this version."""
    return render(
        request, "access/no_page.html", {"title": _("Nothing for you here yet")}
    )


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Who works where, in which role."""
    actor, today = _actor(request), timezone.localdate()
    queries.require_anywhere(actor, Action.MANAGE_MEMBERS)
    rows = list(managing.members(actor))
    context = {
        "title": _("Members"),
        "members": [row for row in rows if not row.is_over(today)],
        "former": [row for row in rows if row.is_over(today)],
        "teams": managing.manageable_teams(actor),
        "may_add_team": decide(
            actor, Action.MANAGE_MEMBERS, Subject(None, actor.organisation)
        ).allowed,
        "may_assign": may(actor, Action.ASSIGN, Information.ATTENDANCE),
        "with_factor": factors.who_have_one({row.user_id for row in rows}),
        "current_year": today.year,
    }
    return render(request, "access/members.html", context)


@require_http_methods(["GET", "POST"])
@fresh_factor
def member_new(request: HttpRequest) -> HttpResponse:
    """Give somebody a role."""
    actor = _actor(request)
    queries.require_anywhere(actor, Action.MANAGE_MEMBERS)
    teams = managing.manageable_teams(actor)
    form = forms.MemberForm(
        request.POST or None,
        teams=teams,
        roles=managing.roles_to_give(actor, teams),
        initial={"first_day": timezone.localdate()},
    )
    return form_page(
        request,
        form,
        lambda given: commands.add_member(
            actor=actor, **given | {"role": Role(given["role"])}
        ),
        title=_("Add somebody"),
        done=_("Added. Invite them when they should sign in."),
        to=reverse("access:members"),
    )


@require_http_methods(["GET", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    """Make a team of one's own organisation."""
    actor = _actor(request)
    organisation = managing.organisation_to_manage(actor)
    form = forms.TeamForm(
        request.POST or None, units=queries.units(actor, Action.MANAGE_MEMBERS)
    )

    def save(given: dict[str, Any]) -> None:
        kind = TeamKind(given["kind"])
        team = commands.create_team(
            actor=actor, organisation=organisation, name=given["name"], kind=kind
        )
        if given["unit"] is not None and kind != TeamKind.IPS_UNIT:
            commands.link_team(actor=actor, unit=given["unit"], team=team)

    return form_page(
        request,
        form,
        save,
        title=_("New team"),
        done=_("Team added."),
        to=reverse("access:members"),
    )


@require_http_methods(["GET", "POST"])
def team_enquiries(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open or close the page on which people write that they want to work."""
    actor = _actor(request)
    queries.require_anywhere(actor, Action.MANAGE_MEMBERS)
    units = queries.units(actor, Action.MANAGE_MEMBERS)
    unit = units.filter(pk=key).first()
    if unit is None:
        raise Http404
    form = forms.EnquiriesForm(
        request.POST or None, initial={"takes": unit.takes_enquiries}
    )
    return form_page(
        request,
        form,
        lambda given: referring.set_takes_enquiries(actor=actor, unit=unit, **given),
        title=_("Wishes from outside"),
        done=_("Saved."),
        to=reverse("access:members"),
        lead=_(
            "A page without sign-in, for leaflets and websites: whoever wants to work "
            "writes one sentence and how to be reached."
        ),
    )


@require_http_methods(["GET", "POST"])
def calendar_initials(request: HttpRequest) -> HttpResponse:
    """Whether calendars of the organisation may show initials of applicants."""
    actor = _actor(request)
    organisation = managing.organisation_to_manage(actor)
    form = forms.CalendarInitialsForm(
        request.POST or None, initial={"shown": organisation.calendar_initials}
    )
    return form_page(
        request,
        form,
        lambda given: calendars.set_initials(
            actor=actor, organisation=organisation, **given
        ),
        title=_("Initials in calendars"),
        done=_("Saved."),
        to=reverse("access:members"),
    )


def _membership(actor: Actor, key: UUID) -> Membership:
    found = managing.members(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@fresh_factor
def member_invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a link by which somebody sets a password; mailed where mail is set up."""
    actor = _actor(request)
    membership = _membership(actor, key)
    form = forms.InviteForm(
        request.POST or None, initial={"email": membership.user.email}
    )

    def invited(token: str) -> HttpResponse:
        path = reverse("access:accept_invitation", args=[token])
        link = request.build_absolute_uri(path)
        context = {
            "title": _("Invitation for %(name)s") % {"name": membership.user.name},
            "link": link,
            "is_mailed": _mail(form.cleaned_data["email"], link),
            "days": commands.INVITATION_DAYS,
        }
        return render(request, "access/invited.html", context)

    return form_page(
        request,
        form,
        lambda given: commands.invite(
            actor=actor, membership=membership, now=timezone.now(), **given
        ),
        title=_("Invite %(name)s") % {"name": membership.user.name},
        to=invited,
    )


def _mail(email: str, link: str) -> bool:
    """Mail the link where the installation has a mail server; say whether it went."""
    if not settings.BRAID_MAILS:
        return False
    text = _("You are invited to Braid. Set your password here, once:\n\n%(link)s\n")
    send_mail(_("Your invitation to Braid"), text % {"link": link}, None, [email])
    return True


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a role on a day, or at once."""
    actor = _actor(request)
    membership = _membership(actor, key)
    form = forms.EndForm(
        request.POST or None, initial={"last_day": timezone.localdate()}
    )

    def save(given: dict[str, Any]) -> None:
        if given["when"] == form.AT_ONCE:
            commands.cut_off(actor=actor, membership=membership, now=timezone.now())
        else:
            commands.end_membership(
                actor=actor, membership=membership, last_day=given["last_day"]
            )

    return form_page(
        request,
        form,
        save,
        title=_("End the role of %(name)s") % {"name": membership.user.name},
        done=_("The end of the role is set."),
        to=reverse("access:members"),
    )


@require_http_methods(["GET", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Language, appearance and mails of the person signed in."""
    user: User = request.user  # type: ignore[assignment]
    form = forms.AppearanceForm(
        request.POST or None,
        initial={
            "language": user.language,
            "theme": user.theme,
            "digest_every": user.digest_every,
        },
    )
    return form_page(
        request,
        form,
        lambda given: commands.choose_appearance(user=user, **given),
        title=_("Language, appearance and mails"),
        done=_("Saved."),
        to=reverse("access:appearance"),
    )


@require_POST
def choose_place(request: HttpRequest, key: UUID) -> HttpResponse:
    """Act in another of one's own roles from now on."""
    places = request.places  # type: ignore[attr-defined]
    if key not in {place.membership_id for place in places}:
        raise Http404
    request.session[SESSION_KEY] = str(key)
    sessions.rotate(request)
    return redirect("home")
