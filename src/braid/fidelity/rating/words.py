"""Items, scores and agreement in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from braid.fidelity.choices import RatingStatus
from braid.packs.scale_texts import texts
from braid.web.presenters import Tab

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from braid.fidelity.models import Rating, Review
    from braid.fidelity.rating.reading import Place
    from braid.method.scales import Item
    from braid.packs.scale_texts import TextPack

NOTHING = "–"
EVIDENCE: Mapping[str, StrOrPromise] = {
    "MIS": gettext_lazy("figures"),
    "DOC": gettext_lazy("documents and records"),
    "INT": pgettext_lazy("of a review", "interviews"),
    "OBS": gettext_lazy("observation"),
    "ISP": gettext_lazy("plans of people"),
    "VL": gettext_lazy("contact logs"),
}


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What a page says of an item before anybody rates it."""

    number: int
    title: str
    section: str
    about: str
    anchors: Mapping[int, str]
    components: Mapping[str, str]
    evidence: tuple[str, ...]
    by_specialist: bool
    may_not_fit: bool
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.number}. {self.title}"


def pack_of(review: Review) -> TextPack:
    """Return the words of the scale, in the reader's language where there are any."""
    return texts(review.scale, get_language() or "en")


def item_words(place: Place, item: Item, pack: TextPack | None = None) -> ItemWords:
    """Return the words of an item of the review's scale."""
    pack = pack or pack_of(place.review)
    said = pack.items[item.no]
    return ItemWords(
        number=item.no,
        title=said.title,
        section=pack.sections[item.section],
        about=said.about,
        anchors=pack.anchors(item),
        components=dict(said.components),
        evidence=tuple(str(EVIDENCE.get(code, code)) for code in item.evidence),
        by_specialist=item.per_es,
        may_not_fit=place.scale.no_fit is not None,
        note="" if item.documented else pack.not_documented,
    )


def score_text(row: Rating | None) -> str:
    """Return a score as a page shows it; why there is none in words."""
    if row is None:
        return NOTHING
    if row.status == RatingStatus.SCORED:
        return str(row.score)
    return str(RatingStatus(row.status).label)


def score_figure(row: Rating | None) -> str:
    """Return a score as a figure; a dash where there is none."""
    return NOTHING if row is None or row.score is None else str(row.score)


def score_note(row: Rating | None) -> str:
    """Return why an item has no score of its own; empty where it has one."""
    if row is None or row.status == RatingStatus.SCORED:
        return ""
    return str(RatingStatus(row.status).label)


def proposal_text(row: Rating | None) -> str:
    """Return the score that the record gives, or between which; empty where it is open."""
    if row is None:
        return ""
    if row.score is not None:
        return str(row.score)
    low, high = row.figures.get("floor"), row.figures.get("ceiling")
    if None in (low, high) or (low, high) == (1, 5):
        return ""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def crumbs(review: Review) -> list[dict[str, str]]:
    """Return the way back from a page of a review."""
    return [
        {
            "label": _("Reviews of %(unit)s") % {"unit": review.unit.name},
            "url": reverse("fidelity:reviews", args=[review.unit.slug]),
        },
        {"label": _("The review"), "url": reverse("fidelity:review", args=[review.pk])},
    ]


def tabs(place: Place, current: str) -> list[Tab]:
    """Return the parts of the ratings that the reader may open by now."""
    reads = place.reads and place.is_compared
    shown = [
        ("rate", _("my ratings"), place.rates),
        ("disagreement", _("side by side"), reads),
        ("consensus", _("consensus"), reads),
        ("moderation", _("moderation"), reads and place.has_moderator),
        ("answers", _("answers of the service"), place.is_told),
        ("final", _("final scores"), place.is_told),
    ]
    return [
        Tab(label, reverse(f"fidelity:{name}", args=[place.review.pk]), name == current)
        for name, label, may in shown
        if may
    ]
