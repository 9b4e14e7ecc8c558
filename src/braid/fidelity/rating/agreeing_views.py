"""One score an item: agreed by the reviewers, moderated, settled after the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from braid.fidelity import commands, queries
from braid.fidelity.choices import RatingStage
from braid.fidelity.rating import figures
from braid.fidelity.rating.comparing_views import sides
from braid.fidelity.rating.forms import AgreedForm
from braid.fidelity.rating.reading import (
    Place,
    Versions,
    answers_by_item,
    compared,
    place,
    versions,
)
from braid.fidelity.rating.saving import NO_CHANGES, save
from braid.fidelity.rating.sums import footing, summed
from braid.fidelity.rating.views import pager
from braid.fidelity.rating.words import (
    crumbs,
    item_words,
    pack_of,
    proposal_text,
    score_figure,
    score_note,
    score_text,
    tabs,
)
from braid.fidelity.reviewing.presenters import next_step
from braid.kernel.errors import Refused
from braid.web.pages import status_of
from braid.web.responses import go

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from braid.fidelity.models import Rating

STAGE: Mapping[str, RatingStage] = {
    "consensus": RatingStage.CONSENSUS,
    "moderation": RatingStage.MODERATED,
    "final": RatingStage.FINAL,
}
TITLE: Mapping[str, StrOrPromise] = {
    "consensus": gettext_lazy("Consensus"),
    "moderation": gettext_lazy("Moderation"),
    "final": gettext_lazy("Final scores"),
}
LEAD: Mapping[str, StrOrPromise] = {
    "consensus": gettext_lazy(
        "One score an item, from the evidence and with a reason. It is agreed, never the "
        "mean of what was rated."
    ),
    "moderation": gettext_lazy(
        "The moderator reads what was agreed and may change a score, with a reason. Every "
        "version stays."
    ),
    "final": gettext_lazy(
        "What the reviewers made of the answers. What nobody changed stands as it was."
    ),
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a score on the list of an item."""

    stage: str
    score: str
    seen: str
    recommendation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item on a list of scores, with what was rated and every later version."""

    name: str
    section: str
    url: str
    rated: tuple[tuple[str, str], ...]
    score: str
    note: str
    is_written: bool
    versions: tuple[Version, ...]
    answers: int
    wrong: tuple[str, ...]


def _versions(known: Versions) -> tuple[Version, ...]:
    stages = (RatingStage.CONSENSUS, RatingStage.MODERATED, RatingStage.FINAL)
    return tuple(
        Version(
            str(stage.label), score_text(row), row.seen, row.recommendation, row.reason
        )
        for stage in stages
        if (row := known.stages.get(stage)) is not None
    )


def _lines(found: Place, name: str, known: Mapping[int, Versions]) -> list[Line]:
    pack, review = pack_of(found.review), found.review
    answered = answers_by_item(found.actor, review)
    wrong: dict[int, list[str]] = {}
    for one in queries.found_wrong(found.actor, [review]):
        wrong.setdefault(one.item, []).append(one.text)
    lines = []
    for item in found.scale.items:
        words, each = item_words(found, item, pack), known[item.no]
        lines.append(
            Line(
                name=words.name,
                section=words.section,
                url=reverse(f"fidelity:{name}_item", args=[review.pk, item.no]),
                rated=tuple(
                    (side.name, side.score) for side in sides(found.raters, each)
                ),
                score=score_figure(each.standing),
                note=score_note(each.standing),
                is_written=STAGE[name] in each.stages,
                versions=_versions(each),
                answers=len(answered.get(item.no, ())),
                wrong=tuple(wrong.get(item.no, ())),
            )
        )
    return lines


def _listed(request: HttpRequest, found: Place, name: str) -> HttpResponse:
    known = versions(found.actor, found.review)
    lines = _lines(found, name, known)
    today = timezone.localdate()
    context = {
        "title": TITLE[name],
        "lead": LEAD[name],
        "name": name,
        "place": found,
        "review": found.review,
        "crumbs": crumbs(found.review),
        "tabs": tabs(found, name),
        "lines": lines,
        "written": sum(one.is_written for one in lines),
        "sum": summed(found.review, {no: each.standing for no, each in known.items()}),
        "footing": footing(found.review),
        "corrections": queries.corrections(found.actor, found.review),
        "may_write": _may_write(found, name),
        "may_correct": found.reads and queries.stage_of(found.actor, found.review),
        "onward": next_step(found.actor, found.review, today),
        "current_year": today.year,
    }
    return render(request, "fidelity/rating/scores.html", context)


def _may_write(found: Place, name: str) -> bool:
    """Say whether this version of the scores is written now, and by the reader."""
    return found.reads and queries.stage_of(found.actor, found.review) == STAGE[name]


@require_GET
def consensus(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was rated and agreed, item by item, and what it adds up to so far."""
    return _listed(request, compared(request, key), "consensus")


@require_GET
def moderation(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was agreed, for the moderator, and what they changed."""
    return _listed(request, compared(request, key), "moderation")


@require_GET
def final(request: HttpRequest, key: UUID) -> HttpResponse:
    """The scores as they stand, for everybody who reads the review."""
    return _listed(request, _told(request, key), "final")


def _told(request: HttpRequest, key: UUID) -> Place:
    """Return a review of which the service was told. Raises Refused before."""
    found = place(request, key)
    if not found.is_told:
        raise Refused("no_ground")
    return found


@require_http_methods(["GET", "POST"])
def consensus_item(request: HttpRequest, key: UUID, item: int) -> HttpResponse:
    """Agree one item: every rating, all evidence and figures beside the agreed score."""
    return _item(request, compared(request, key), "consensus", item)


@require_http_methods(["GET", "POST"])
def moderation_item(request: HttpRequest, key: UUID, item: int) -> HttpResponse:
    """Change an agreed score, with a reason."""
    return _item(request, compared(request, key), "moderation", item)


@require_http_methods(["GET", "POST"])
def final_item(request: HttpRequest, key: UUID, item: int) -> HttpResponse:
    """Settle one item in view of what the service said."""
    return _item(request, _told(request, key), "final", item)


def _item(request: HttpRequest, found: Place, name: str, item: int) -> HttpResponse:
    words = item_words(found, found.item(item))
    known = versions(found.actor, found.review)[item]
    form, changes = None, NO_CHANGES
    if _may_write(found, name) or request.method == "POST":
        data = request.POST if request.method == "POST" else None
        form = _form(data, words, found, known, STAGE[name])
        if data is not None:
            is_saved, changes = save(
                form,
                lambda said, shown: commands.agree(
                    actor=found.actor, review=found.review, said=said, shown=shown
                ),
                lambda: _again(found, item).stages.get(STAGE[name]),
            )
            if is_saved:
                messages.success(request, _("Saved: %(item)s") % {"item": words.name})
                return go(request, _onwards(found, name, item))
    context: dict[str, Any] = {
        "title": words.name,
        "stage": TITLE[name],
        "place": found,
        "review": found.review,
        "crumbs": [
            *crumbs(found.review),
            {
                "label": str(TITLE[name]),
                "url": reverse(f"fidelity:{name}", args=[found.review.pk]),
            },
        ],
        "words": words,
        "form": form,
        "changes": changes,
        "sides": sides(found.raters, known) if found.reads else (),
        "versions": _versions(known),
        "answers": answers_by_item(found.actor, found.review).get(item, []),
        "opens_files": queries.may_open(found.actor, found.review),
        "current_year": timezone.localdate().year,
        "pager": pager(found, item, f"{name}_item"),
    }
    if found.reads:
        context |= {
            "figures": figures.figures(found.review, item),
            "proposal": proposal_text(known.stages.get(RatingStage.COMPUTED)),
            "evidence": queries.evidence(found.actor, found.review).filter(item=item),
        }
    status = status_of(form) if form else 200
    return render(request, "fidelity/rating/agreed_item.html", context, status=status)


def _again(found: Place, item: int) -> Versions:
    return versions(found.actor, found.review)[item]


def _form(
    data: Any, words: Any, found: Place, known: Versions, stage: RatingStage
) -> AgreedForm:
    """Return the form with the version that stands, else with what all rated alike."""
    written = known.stages.get(stage)
    form = AgreedForm(
        data,
        words=words,
        row=known.standing or _alike(known),
        version=str(written.pk) if written else "",
    )
    if written is not None:
        form.initial["reason"] = written.reason
    if known.standing is None:
        form.initial["seen"] = _joined(one.seen for one in known.rated.values())
        form.initial["recommendation"] = _joined(
            one.recommendation for one in known.rated.values()
        )
    return form


def _alike(known: Versions) -> Rating | None:
    """Return a rating that stands for all where they gave the same."""
    return None if known.differ else next(iter(known.rated.values()), None)


def _joined(texts: Any) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _onwards(found: Place, name: str, item: int) -> str:
    """Return where to go after saving: the next item not agreed yet, else the list."""
    known = versions(found.actor, found.review)
    if name == "consensus":
        later = [no for no in known if no > item] + [no for no in known if no < item]
        for number in later:
            if STAGE[name] not in known[number].stages:
                return reverse(
                    "fidelity:consensus_item", args=[found.review.pk, number]
                )
    return reverse(f"fidelity:{name}", args=[found.review.pk])
