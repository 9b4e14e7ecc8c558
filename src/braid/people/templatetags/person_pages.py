"""The pages of one person as tabs, the same above each of them."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from braid.access.policy import Action, Information, may
from braid.people.queries import latest_episode
from braid.web.presenters import Tab

register = template.Library()


@register.inclusion_tag("web/components/tabs.html", takes_context=True)
def person_pages(
    context: dict[str, Any],
    applicant_id: UUID,
    current: str,
    episode_id: UUID | None = None,
) -> dict[str, Any]:
    """Return the tabs of a person for who keeps the record; for others there are none.

    `episode_id` is the latest, where the page knows it already.
    """
    actor = context["request"].actor
    if not may(actor, Action.RECORD, Information.ATTENDANCE):
        return {"tabs": []}
    if episode_id is None:
        episode_id = latest_episode(actor, applicant_id)
    if episode_id is None:
        return {"tabs": []}
    pages = (
        ("overview", _("Overview"), "desk:person", applicant_id),
        ("profile", _("Profile"), "people:profile", applicant_id),
        ("plan", _("Search plan"), "people:plan", episode_id),
        ("disclosure", _("For employers"), "work:disclosure", episode_id),
        ("search", pgettext("for a job", "Search"), "desk:person_search", applicant_id),
        ("benefits", _("Benefits"), "benefits:person", applicant_id),
        ("documents", _("Documents"), "desk:documents", applicant_id),
        ("papers", _("Make a document"), "desk:papers", applicant_id),
    )
    return {
        "label": _("Pages of this person"),
        "tabs": [
            Tab(label, reverse(name, args=[key]), slug == current)
            for slug, label, name, key in pages
        ],
    }
