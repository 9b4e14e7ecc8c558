"""Pages of signing in that allauth does not have: single sign-on, sessions, purposes."""

from typing import Any
from uuid import UUID

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import commands, managing
from braid.access import queries as access
from braid.access.middleware import PURPOSE_KEY, open_page
from braid.access.models import User
from braid.access.policy import Action, Actor
from braid.access.sign_in import (
    connecting,
    factors,
    forms,
    oidc,
    providers,
    purposes,
    recorded,
    refusals,
    sessions,
)
from braid.access.step_up import fresh_factor
from braid.kernel.errors import InputFault
from braid.web.pages import form_page


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


# ---- Single sign-on ---------------------------------------------------------------------


def _provider(request: HttpRequest, slug: str) -> oidc.Provider:
    try:
        found: oidc.Provider = get_adapter().get_provider(request, provider=slug)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return found


def _go_there(
    request: HttpRequest, slug: str, process: str, data: Any = None, **wanted: str
) -> HttpResponse:
    """Answer with a page that leads to the provider.

    A plain redirect would end at the browser's own rule: a form of ours is sent to us.
    """
    provider = _provider(request, slug)
    try:
        answer = provider.redirect(
            request,
            process,
            get_next_redirect_url(request),
            data,
            auth_params=wanted or None,
        )
    except (requests.RequestException, OAuth2Error):
        return refusals.page(request, "failed", slug)
    except ImmediateHttpResponse as immediate:
        refused: HttpResponse = immediate.response
        return refused
    if answer.status_code != 302:
        return answer
    context = {
        "title": _("Sign in with %(name)s") % {"name": provider.name},
        "address": answer["Location"],
    }
    return render(request, "access/sign_in/leaving.html", context)


@open_page
@never_cache
@require_POST
def sign_in_with(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in at a provider, for an open invitation if its link led here."""
    data = None
    if token := request.POST.get("invitation"):
        invitation = commands.open_invitation(token, timezone.now())
        data = {connecting.INVITATION: str(invitation.pk)} if invitation else None
    return _go_there(request, slug, "login", data)


@open_page
@never_cache
@require_GET
def sign_in_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the provider's answer."""
    try:
        view = oidc.Answer.adapter_view(oidc.Adapter(request, slug))
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm at the provider that it is still the same person."""
    own = {provider.slug: provider for provider in _own_providers(request)}
    if slug not in own:
        raise Http404
    if request.method == "POST":
        data = {connecting.STEP_UP: True}
        return _go_there(request, slug, "redirect", data, **connecting.AGAIN)
    context = {
        "title": _("Confirm that it is you"),
        "provider": own[slug],
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "access/sign_in/again.html", context)


def _own_providers(request: HttpRequest) -> list[Any]:
    return providers.of_person(request.user.pk) if request.user.is_authenticated else []


@never_cache
@require_POST
@fresh_factor
def connect(request: HttpRequest, slug: str) -> HttpResponse:
    """Connect a provider of one's own organisation to one's own account."""
    return _go_there(request, slug, "connect")


@require_POST
@fresh_factor
def disconnect(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own account off a provider, unless it is the only way in."""
    try:
        found = providers.disconnect(request, slug)
    except ValidationError:
        messages.error(request, _("Set a password first: this is your only way in."))
    else:
        if not found:
            raise Http404
        messages.success(request, _("Disconnected."))
    return redirect("access:security")


# ---- One's own ways in ------------------------------------------------------------------


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Everything by which one signs in, and where one is signed in."""
    user: User = request.user  # type: ignore[assignment]
    user_id = user.pk
    connected = {provider.pk for provider in providers.of_person(user_id)}
    context = {
        "title": _("Sign-in and security"),
        "has_password": user.has_usable_password()
        and not providers.replace_password(user_id, timezone.localdate()),
        "has_factor": factors.has_one(user_id),
        "providers": [
            (provider, provider.pk in connected)
            for provider in providers.open_to(user_id, timezone.localdate())
        ],
    }
    return render(request, "access/sign_in/security.html", context)


@require_POST
def session_end(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own sign-ins at once."""
    with transaction.atomic():
        if not sessions.end(request.user.pk, key):  # type: ignore[arg-type]
            raise Http404
        recorded.done(request.user, "session_ended")
    messages.success(request, _("That sign-in has ended."))
    return redirect("usersessions_list")


@require_POST
def choose_purpose(request: HttpRequest, purpose: str) -> HttpResponse:
    """Work at something else from now on."""
    try:
        purposes.choose(actor=_actor(request), purpose=purpose)
    except InputFault:
        raise Http404 from None
    request.session[PURPOSE_KEY] = purpose
    sessions.rotate(request)
    return redirect("home")


@require_http_methods(["GET", "POST"])
@fresh_factor
def factors_take_away(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take away the second factors of a member who has lost them."""
    actor = _actor(request)
    membership = managing.members(actor).filter(pk=key).first()
    if membership is None:
        raise Http404
    context = {
        "title": _("Lost phone of %(name)s") % {"name": membership.user.name},
        "action": request.get_full_path(),
        "fault": "",
    }
    if request.method == "POST":
        try:
            factors.take_away(actor=actor, membership=membership)
        except InputFault as fault:
            context["fault"] = str(fault)
        else:
            messages.success(request, _("Taken away. A new one is set up at sign-in."))
            return redirect("access:members")
    return render(request, "access/sign_in/factors_take_away.html", context)


# ---- The steward's pages ----------------------------------------------------------------


@require_GET
def provider_list(request: HttpRequest) -> HttpResponse:
    """The sign-in providers of one's own organisation."""
    actor = _actor(request)
    organisation = managing.organisation_to_manage(actor)
    today = timezone.localdate()
    context = {
        "title": _("Single sign-on"),
        "providers": [
            (one, _answer_address(request, one.slug), providers.proposals(one, today))
            for one in providers.of_organisation(organisation.pk)
        ],
    }
    return render(request, "access/sign_in/providers.html", context)


def _answer_address(request: HttpRequest, slug: str) -> str:
    return request.build_absolute_uri(reverse("access:sign_in_answer", args=[slug]))


@require_http_methods(["GET", "POST"])
@fresh_factor
def provider_new(request: HttpRequest) -> HttpResponse:
    """Add a provider."""
    managing.organisation_to_manage(_actor(request))
    return _provider_page(request, None, _("Add single sign-on"))


@require_http_methods(["GET", "POST"])
@fresh_factor
def provider_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a provider, or switch it off."""
    organisation = managing.organisation_to_manage(_actor(request))
    provider = providers.of_organisation(organisation.pk).filter(pk=key).first()
    if provider is None:
        raise Http404
    return _provider_page(
        request, provider, _("Change %(name)s") % {"name": provider.name}
    )


def _provider_page(request: HttpRequest, provider: Any, title: str) -> HttpResponse:
    form = forms.ProviderForm(request.POST or None, initial=forms.initial(provider))
    access.require_anywhere(_actor(request), Action.MANAGE_MEMBERS)
    return form_page(
        request,
        form,
        lambda _given: providers.save(
            actor=_actor(request), provider=provider, **form.kept()
        ),
        title=title,
        done=_("Saved."),
        to=reverse("access:providers"),
    )
