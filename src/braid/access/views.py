"""Pages of who is who: first run, members, invitations, one's own settings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import commands, forms, queries
from braid.access.choices import TeamKind
from braid.access.middleware import SESSION_KEY, open_page
from braid.access.models import Membership, User
from braid.access.policy import Action, Actor, Role
from braid.kernel.errors import InputFault
from braid.web.responses import go

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


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
        login(request, user, backend=BACKEND)
        messages.success(
            request, _("Braid is set up. Now add the people of your unit.")
        )
        return redirect("access:members")
    context = {"title": _("Welcome to Braid"), "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "access/first_run.html", context, status=status)


@open_page
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by the link of an invitation, once."""
    now = timezone.now()
    invitation = commands.open_invitation(token, now)
    if invitation is None:
        over = {"title": _("This link no longer works")}
        return render(request, "access/link_over.html", over, status=404)
    form = forms.AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = commands.accept_invitation(
            invitation=invitation, password=form.cleaned_data["password"], now=now
        )
        login(request, user, backend=BACKEND)
        return redirect("home")
    context: dict[str, Any] = {
        "title": _("Welcome, %(name)s") % {"name": invitation.user.name},
        "form": form,
        "email": invitation.user.email,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "access/accept.html", context, status=status)


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
    rows = list(queries.members(actor))
    context = {
        "title": _("Members"),
        "members": [
            row for row in rows if row.last_day is None or row.last_day >= today
        ],
        "former": [row for row in rows if row.last_day and row.last_day < today],
        "teams": queries.manageable_teams(actor),
        "current_year": today.year,
    }
    return render(request, "access/members.html", context)


def _form_page(
    request: HttpRequest, title: str, form: Any, lead: str = ""
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"title": title, "form": form, "lead": lead}
    return render(request, "access/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest) -> HttpResponse:
    """Give somebody a role."""
    actor = _actor(request)
    queries.require_anywhere(actor, Action.MANAGE_MEMBERS)
    form = forms.MemberForm(
        request.POST or None,
        teams=queries.manageable_teams(actor),
        initial={"first_day": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["role"] = Role(given["role"])
        try:
            commands.add_member(actor=actor, **given)
        except InputFault as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            messages.success(request, _("Added. Invite them when they should sign in."))
            return go(request, reverse("access:members"))
    return _form_page(request, _("Add somebody"), form)


@require_http_methods(["GET", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    """Make a team of one's own organisation."""
    actor = _actor(request)
    organisation = queries.organisation_to_manage(actor)
    form = forms.TeamForm(
        request.POST or None, units=queries.units(actor, Action.MANAGE_MEMBERS)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        team = commands.create_team(
            actor=actor,
            organisation=organisation,
            name=given["name"],
            kind=TeamKind(given["kind"]),
        )
        if given["unit"] is not None and team.kind != TeamKind.IPS_UNIT:
            commands.link_team(actor=actor, unit=given["unit"], team=team)
        messages.success(request, _("Team added."))
        return go(request, reverse("access:members"))
    return _form_page(request, _("New team"), form)


def _membership(actor: Actor, key: UUID) -> Membership:
    found = queries.members(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def member_invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a link by which somebody sets a password; mailed where mail is set up."""
    actor = _actor(request)
    membership = _membership(actor, key)
    form = forms.InviteForm(
        request.POST or None, initial={"email": membership.user.email}
    )
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            token = commands.invite(
                actor=actor, membership=membership, email=email, now=timezone.now()
            )
        except InputFault as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            path = reverse("access:accept_invitation", args=[token])
            link = request.build_absolute_uri(path)
            context = {
                "title": _("Invitation for %(name)s") % {"name": membership.user.name},
                "link": link,
                "is_mailed": _mail(email, link),
                "days": commands.INVITATION_DAYS,
            }
            return render(request, "access/invited.html", context)
    title = _("Invite %(name)s") % {"name": membership.user.name}
    return _form_page(request, title, form)


def _mail(email: str, link: str) -> bool:
    """Mail the link where the installation has a mail server; say whether it went."""
    if not settings.BRAID_MAILS:
        return False
    text = _("You are invited to Braid. Set your password here, once:\n\n%(link)s\n")
    send_mail(_("Your invitation to Braid"), text % {"link": link}, None, [email])
    return True


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a role on a day."""
    actor = _actor(request)
    membership = _membership(actor, key)
    form = forms.EndForm(
        request.POST or None, initial={"last_day": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_membership(
                actor=actor, membership=membership, **form.cleaned_data
            )
        except InputFault as fault:
            form.add_error("last_day", str(fault))
        else:
            messages.success(request, _("The role ends on that day."))
            return go(request, reverse("access:members"))
    title = _("End the role of %(name)s") % {"name": membership.user.name}
    return _form_page(request, title, form)


@require_http_methods(["GET", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Language and appearance of the person signed in."""
    user: User = request.user  # type: ignore[assignment]
    form = forms.AppearanceForm(
        request.POST or None, initial={"language": user.language, "theme": user.theme}
    )
    if request.method == "POST" and form.is_valid():
        commands.choose_appearance(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("access:appearance")
    return _form_page(request, _("Language and appearance"), form)


@require_POST
def choose_place(request: HttpRequest, key: UUID) -> HttpResponse:
    """Act in another of one's own roles from now on."""
    places = request.places  # type: ignore[attr-defined]
    if key not in {place.membership_id for place in places}:
        raise Http404
    request.session[SESSION_KEY] = str(key)
    request.session.cycle_key()
    return redirect("home")
