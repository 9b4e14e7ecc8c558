"""The applicant's own page of benefits: what was offered, what was worked out, for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.benefits import queries
from braid.benefits.presenters import page as presenter
from braid.benefits.presenters.words import labels
from braid.benefits.views.opening import applicant, opened
from braid.people import own_queries


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """My income and work: the offer, my benefits, my pages and who may read them."""
    actor, today = applicant(request), timezone.localdate()
    person = own_queries.own_record(actor)
    opened(actor, "own_benefits_opened", person.pk)
    has_episode = bool(own_queries.own_episodes(actor))
    page = queries.page_of(actor, person.pk) if has_episode else None
    context = {
        "title": _("My income and work"),
        "sub": _("Only you and a counsellor read this, unless you show it."),
        "person": person,
        "page": presenter.present(page, labels()) if page else None,
        "today": today,
        "current_year": today.year,
    }
    return render(request, "benefits/own.html", context)
