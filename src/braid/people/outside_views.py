"""The page for anybody: I want to work. Nobody is signed in, and nobody is looked up."""

from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import referring
from braid.access.middleware import open_page
from braid.kernel.errors import InputFault
from braid.people import commands, referral_forms
from braid.web.pages import add_fault, status_of

LIMIT = "enquiry"  # of ACCOUNT_RATE_LIMITS


def _unit(slug: str) -> Any:
    unit = referring.open_to_outside(slug)
    if unit is None:
        raise Http404
    return unit


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def want_to_work(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a wish to work, with a way to answer; the answer is the same for everybody."""
    unit = _unit(slug)
    form = referral_forms.EnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT):
            form.add_error(
                None, _("Too many messages from here. Wait an hour, or ring the unit.")
            )
        elif _is_received(unit, form):
            return redirect("people:want_to_work_thanks", slug)
    context = {"title": _("I want to work"), "unit": unit, "form": form}
    return render(request, "people/outside.html", context, status=status_of(form))


def _is_received(unit: Any, form: Any) -> bool:
    try:
        commands.receive_enquiry(unit=unit, now=timezone.now(), **form.cleaned_data)
    except InputFault as fault:
        add_fault(form, fault)
        return False
    return True


@open_page
@require_GET
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what happens next."""
    context = {"title": _("Thank you"), "unit": _unit(slug)}
    return render(request, "people/outside_thanks.html", context)
