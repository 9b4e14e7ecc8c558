"""The page that says why a single sign-on led nowhere, and whom to ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from braid.access.sign_in import providers, recorded

SENTENCES: dict[str, Callable[[], str]] = {
    "unknown": lambda: _(
        "Nobody here knows this sign-in. Open the link of your invitation and sign in "
        "from there; without one, ask your data steward."
    ),
    "assurance": lambda: _(
        "Your sign-in was not strong enough for Braid. Sign in again with a stronger "
        "means, such as an app, a card or a passkey."
    ),
    "other_organisation": lambda: _(
        "You signed in for another organisation than the one that uses Braid here. "
        "Choose the other one at the sign-in."
    ),
    "other_person": lambda: _(
        "Somebody else signed in just now. Sign out there first, then sign in as "
        "yourself."
    ),
    "taken": lambda: _(
        "This sign-in belongs to somebody else here. Use your own, or ask your data "
        "steward."
    ),
    "not_fresh": lambda: _(
        "The sign-in did not say that it asked you just now, so nothing was confirmed. "
        "Ask your data steward to look at its settings."
    ),
    "no_subject": lambda: _(
        "The sign-in did not say who you are. Ask your data steward to look at its "
        "settings."
    ),
    "cancelled": lambda: _("The sign-in was cancelled. You can try again."),
    "failed": lambda: _(
        "The sign-in could not be checked, so it was not accepted. Try again; if it "
        "happens once more, tell your data steward."
    ),
}


def page(request: HttpRequest, reason: str, slug: str) -> HttpResponse:
    """Return the page for a reason; no word of who somebody might be."""
    if reason != "cancelled":
        recorded.refused_here(request, "single_sign_on_failed")
    provider = providers.by_slug(slug)
    context = {
        "title": _("You are not signed in"),
        "sentence": SENTENCES[reason](),
        "organisation": provider.organisation.name if provider else "",
        "again": provider if provider and reason != "unknown" else None,
    }
    return render(request, "access/sign_in/refused.html", context, status=403)
