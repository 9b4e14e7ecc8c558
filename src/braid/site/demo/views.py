"""The sign-in cards of the demo: pick whose day it is, and you are in."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from braid.access.middleware import open_page
from braid.access.queries import user_by_email
from braid.site.demo import mark as marks
from braid.site.demo.cast import ADA, BEN, CORA, DEV, FEMI, KIT, MARGIT, RUI, SAM, SIGNE
from braid.site.demo.keys import address


@dataclass(frozen=True, slots=True)
class Card:
    """One person whose day can be tried."""

    key: str
    name: str
    works_as: str | Promise
    day: str | Promise
    tries: tuple[str | Promise, ...]

    @property
    def given_name(self) -> str:
        return self.name.partition(" ")[0]


CARDS = (
    Card(
        ADA,
        "Ada Holm",
        _("Employment specialist, IPS Nord"),
        _("Twenty people, a telephone, and a day that is mostly outdoors."),
        (
            _("See who needs you first today"),
            _("Log a visit or a job start"),
            _("Open Signe and read how two strands became three"),
        ),
    ),
    Card(
        BEN,
        "Ben Lauritsen",
        _("Supervisor, IPS Nord"),
        _("Every specialist of the unit, and who needs what this week."),
        (
            _("See caseloads, employer visits and job starts"),
            _("Find somebody who has not been seen for a while"),
            _("Bring a service's own workbook"),
        ),
    ),
    Card(
        SIGNE,
        "Signe Lindholm",
        _("Applicant"),
        _("Her plan in her own words, and who may read what."),
        (
            _("See what happens next and who helps with what"),
            _("Take a consent back, or give one"),
            _("See who has looked, when and why"),
        ),
    ),
    Card(
        CORA,
        "Cora Winther",
        _("Clinician, Team Øst"),
        _("Two minutes before the team meeting."),
        (
            _("Read what her people agreed to share"),
            _("Write a note for the sake of work"),
            _("Meet a sentence where something is not shared"),
        ),
    ),
    Card(
        MARGIT,
        "Margit Thune",
        _("Clinical manager, Region Havnelund"),
        _("Five teams, and the question whether they work with IPS or beside it."),
        (
            _("See each treatment team against the same practices"),
            _("Print the quarter on one page"),
            _("Open the steering group that she sits in; find no applicant"),
        ),
    ),
    Card(
        DEV,
        "Dev Rao",
        _("Caseworker, Jobcenter Havnelund"),
        _("One date is missing for a decision."),
        (
            _("See status, jobs and benefits, as far as agreed"),
            _("Change what he works at, and see less"),
            _("Find nothing from treatment"),
        ),
    ),
    Card(
        KIT,
        "Kit Aaen",
        _("Benefits counsellor, IPS Nord"),
        _("Somebody starts on Monday and asks what will be left."),
        (
            _("See whose income may change"),
            _("Read what work leaves, hour by hour, by invented training rules"),
            _("Confirm a page with your name, and print it"),
        ),
    ),
    Card(
        RUI,
        "Rui Tavares",
        _("Fidelity reviewer, Metodehuset"),
        _("A review of IPS Nord, half rated."),
        (
            _("Rate an item alone, beside figures that were frozen for it"),
            _("Read the agenda and the sample: numbers, never names"),
            _("Notice that the other reviewer's ratings are nowhere"),
        ),
    ),
    Card(
        FEMI,
        "Femi Adeyemi",
        _("Funder, Fonden Vejen til Arbejde"),
        _("Claims wait for an answer, and one is disputed."),
        (
            _("Accept, ask back, reject or pay a claim"),
            _("Hold a document against its digest without seeing it"),
            _("Find cases and figures, and no person"),
        ),
    ),
    Card(
        SAM,
        "Sam Kjær",
        _("Data steward, IPS Havnelund"),
        _("Who may see what, and who works here."),
        (
            _("Invite a colleague, end a role"),
            _("Import a roster and take it back"),
            _(
                "Look through unusual access, and notice that names are not yours to read"
            ),
        ),
    ),
)


def _demo_or_404() -> marks.Mark:
    mark = marks.read()
    if mark is None:
        raise Http404
    return mark


@open_page
@never_cache
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """Show whose day can be tried; only in a database that `braid demo` made."""
    mark = _demo_or_404()
    context = {
        "cards": CARDS,
        "made_on": mark.day,
        "is_old": mark.is_old(timezone.localdate()),
        "signed_in_as": getattr(request.user, "name", ""),
    }
    return render(request, "demo/cards.html", context)


@open_page
@never_cache
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cards, without a password."""
    _demo_or_404()
    if key not in {card.key for card in CARDS}:
        raise Http404
    user = user_by_email(address(key))
    if user is None or not user.is_active:
        raise Http404
    login(request, user)
    return redirect("home")
