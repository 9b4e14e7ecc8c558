"""How the unit gives an applicant the way to their own page, and takes it away.

Nothing that leaves the house names the kind of service, or anything about health.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import accounts
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.own import forms
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.days import day_text
from braid.web.pages import add_fault, status_of
from braid.web.pictures import qr
from braid.web.responses import go


@dataclass(frozen=True, slots=True)
class Letter:
    """One invitation in its three forms: mail, a text message, a page of paper."""

    code: str
    link: str
    address: str
    message: str
    picture: SafeString
    is_mailed: bool


def _person(request: HttpRequest, applicant_id: UUID) -> tuple[Actor, Any]:
    """Return actor and applicant; who may not invite is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.INVITE, Information.IDENTITY)
    person = people.applicant(actor, applicant_id)
    access.require(actor, Action.INVITE, person.subject())
    return actor, person


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Invite an applicant, and show the invitation once: to mail, to send, to print."""
    actor, person = _person(request, applicant_id)
    now = timezone.now()
    form_class = forms.InviteForm if settings.BRAID_MAILS else forms.LetterForm
    initial = {"email": person.email}
    form = form_class(
        request.POST if request.method == "POST" else None, initial=initial
    )
    context = {
        "title": _("Own page of %(name)s") % {"name": person.name},
        "person": person,
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        try:
            code = _invited(actor, person)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            email = form.cleaned_data.get("email", "")
            context["letter"] = _letter(request, person, code, email)
            context["until"] = timezone.localdate(now + timedelta(days=accounts.DAYS))
            return render(request, "desk/own/letter.html", context)
    context["account"] = accounts.account_of(applicant_id)
    context["invitation"] = accounts.invitation_of(applicant_id, now)
    return render(request, "desk/own/invite.html", context, status=status_of(form))


def _invited(actor: Actor, person: Any) -> str:
    """Return the code. Raises InputFault where nobody could open the page with it."""
    if person.birth_date is None:
        raise InputFault(
            _(
                "The date of birth is not written down, and nobody can open the page "
                "without it. Add it to the contact details first."
            )
        )
    return accounts.invite(actor=actor, subject=person.subject(), now=timezone.now())


def _letter(request: HttpRequest, person: Any, code: str, email: str) -> Letter:
    link = request.build_absolute_uri(reverse("desk:welcome_link", args=[code]))
    until = timezone.localdate() + timedelta(days=accounts.DAYS)
    message = _(
        "Hello %(name)s. Here you can open your own page: %(link)s It works once, until "
        "%(day)s. You need your date of birth."
    ) % {"name": person.given_name, "link": link, "day": day_text(until)}
    is_mailed = bool(email and settings.BRAID_MAILS)
    if is_mailed:
        send_mail(_("Your own page"), f"{message}\n", None, [email])
    return Letter(
        code=code,
        link=link,
        address=request.build_absolute_uri(reverse("desk:welcome")),
        message=message,
        picture=qr.draw(link, _("The same address, for the camera of a telephone")),
        is_mailed=is_mailed,
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """End an applicant's account, or take back an invitation that is still open."""
    actor, person = _person(request, applicant_id)
    where = reverse("desk:invite", args=[applicant_id])
    if request.method == "POST":
        accounts.end_account(actor=actor, subject=person.subject())
        messages.success(request, _("The account is ended."))
        return go(request, where)
    context = {
        "title": _("End the account of %(name)s") % {"name": person.name},
        "action": request.path,
        "back": where,
    }
    return render(request, "desk/own/end_for.html", context)
