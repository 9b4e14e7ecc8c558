"""The way in for somebody who was invited: code and date of birth, then an account.

An unknown, a used, an old code and a wrong date of birth get the same answer.
"""

from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import accounts
from braid.access.middleware import SESSION_KEY, open_page
from braid.access.sign_in import entering, sessions
from braid.desk.own import forms
from braid.kernel.errors import InputFault
from braid.people import own_queries
from braid.web.pages import add_fault, status_of

CONFIRMED = "own_page_confirmed"
CONFIRMED_FOR = timedelta(minutes=30)
LIMIT = "own_page_code"  # of ACCOUNT_RATE_LIMITS


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for the code and the date of birth; a link brings its code with it."""
    form = forms.WelcomeForm(request.POST or None, initial={"code": code[:40]})
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT):
            form.add_error(None, _("Too many tries. Wait ten minutes and try again."))
        elif key := _confirmed(form.cleaned_data):
            until = timezone.now() + CONFIRMED_FOR
            request.session[CONFIRMED] = [key, until.timestamp()]
            return redirect("desk:welcome_account")
        else:
            form.add_error(None, _no_way_in())
    context = {"title": _("Open your own page"), "form": form}
    return render(request, "desk/own/welcome.html", context, status=status_of(form))


def _confirmed(given: dict[str, Any]) -> str:
    """Return the key of the invitation if code and date of birth belong together.

    The same work is done for a code that nobody has.
    """
    found = accounts.invitation(timezone.now(), code=given["code"])
    applicant_id = found.applicant_id if found else None
    is_born = own_queries.is_born_on(applicant_id, given["birth_date"])
    if found is not None and not is_born:
        accounts.miss(invitation=found)
    return str(found.pk) if found is not None and is_born else ""


def _no_way_in() -> str:
    return _(
        "This code and date of birth do not open a page. Look at both again; after "
        "three tries, or after two weeks, ask for a new invitation."
    )


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Choose how to sign in; who signs in already connects that."""
    now = timezone.now()
    key, until = request.session.get(CONFIRMED, (None, 0))
    found = accounts.invitation(now, key=key) if until > now.timestamp() else None
    if found is None:
        return redirect("desk:welcome")
    if request.user.is_authenticated:
        return _connect(request, found)
    name = own_queries.name_for_account(found.applicant_id)
    form = forms.AccountForm(request.POST or None, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.open_account(
                invitation=found, name=name, now=now, **form.cleaned_data
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            del request.session[CONFIRMED]
            return entering.with_new_password(request, user)
    context = {"title": _("How do you want to sign in?"), "form": form}
    return render(request, "desk/own/account.html", context, status=status_of(form))


def _connect(request: HttpRequest, found: Any) -> HttpResponse:
    """Connect the page with the sign-in that is there, once it was confirmed."""
    fault = ""
    if request.method == "POST":
        try:
            user: Any = request.user
            accounts.connect(invitation=found, user=user, now=timezone.now())
        except InputFault as refused:
            fault = str(refused)
        else:
            del request.session[CONFIRMED]
            request.session[SESSION_KEY] = str(found.applicant_id)
            sessions.rotate(request)
            return redirect("home")
    context = {
        "title": _("Connect your own page"),
        "name": request.user.name,  # type: ignore[union-attr]
        "fault": fault,
    }
    status = 422 if fault else 200
    return render(request, "desk/own/connect.html", context, status=status)


@open_page
@require_GET
def ended(request: HttpRequest) -> HttpResponse:
    """Say goodbye to somebody who closed their page."""
    return render(request, "desk/own/ended.html", {"title": _("Your page is closed")})
