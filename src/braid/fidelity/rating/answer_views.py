"""The week of the service: what it says to the score of each item, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Information
from braid.fidelity import commands, queries, rules
from braid.fidelity.choices import ReviewStatus
from braid.fidelity.models import Answer
from braid.fidelity.rating.forms import AnswerForm
from braid.fidelity.rating.reading import Place, answers_by_item, place, versions
from braid.fidelity.rating.sums import summed
from braid.fidelity.rating.words import (
    ItemWords,
    crumbs,
    item_words,
    pack_of,
    score_figure,
    score_note,
    score_text,
    tabs,
)
from braid.fidelity.reviewing.evidence_views import BODY
from braid.fidelity.reviewing.opening import (
    actor_of,
    as_file,
    file_given,
    taken_part,
)
from braid.fidelity.reviewing.presenters import next_step
from braid.kernel.errors import Refused
from braid.web.body_limits import body_limit
from braid.web.pages import form_page

if TYPE_CHECKING:
    from braid.fidelity.models import Rating


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the service reads it: the score, its words, its own answers."""

    words: ItemWords
    score: str
    note: str
    rating: Rating | None
    answers: tuple[Answer, ...]
    url: str


def _told(request: HttpRequest, key: UUID) -> Place:
    """Return a review of which the service was told. Raises Refused before."""
    found = place(request, key)
    if not found.is_told:
        raise Refused("no_ground")
    return found


def _may_answer(found: Place) -> bool:
    is_week = found.review.status == ReviewStatus.MODERATED
    return is_week and queries.may_answer(found.actor, found.review)


@require_GET
def answers(request: HttpRequest, key: UUID) -> HttpResponse:
    """The scores as the service was told them, with what it said to each."""
    found = _told(request, key)
    review, today = found.review, timezone.localdate()
    known, said = (
        versions(found.actor, review),
        answers_by_item(found.actor, review),
    )
    pack = pack_of(review)
    lines = [
        Line(
            words=item_words(found, item, pack),
            score=score_figure(known[item.no].standing),
            note=score_note(known[item.no].standing),
            rating=known[item.no].standing,
            answers=tuple(said.get(item.no, ())),
            url=reverse("fidelity:answer_item", args=[review.pk, item.no]),
        )
        for item in found.scale.items
    ]
    context = {
        "title": _("Answers of the service"),
        "place": found,
        "review": review,
        "crumbs": crumbs(review),
        "tabs": tabs(found, "answers"),
        "lines": lines,
        "sum": summed(review, {no: each.standing for no, each in known.items()}),
        "may_answer": _may_answer(found),
        "answer_by": rules.answer_by(review.told_on) if review.told_on else None,
        "opens_files": queries.may_open(found.actor, review),
        "onward": next_step(found.actor, found.review, today),
        "current_year": today.year,
    }
    return render(request, "fidelity/rating/answers.html", context)


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def answer_item(request: HttpRequest, key: UUID, item: int) -> HttpResponse:
    """Answer to the score of one item."""
    found = _told(request, key)
    if not queries.may_answer(found.actor, found.review):
        raise Refused("no_ground")
    words = item_words(found, found.item(item))
    standing = versions(found.actor, found.review)[item].standing
    form = AnswerForm(
        request.POST if request.method == "POST" else None, request.FILES or None
    )

    def save(given: dict[str, Any]) -> object:
        return commands.answer(
            actor=found.actor,
            review=found.review,
            item=item,
            text=given["text"],
            shown_by=given["shown_by"],
            file=file_given(given),
        )

    seen = standing.seen if standing else ""
    lead = _("Score: %(score)s. %(seen)s") % {
        "score": score_text(standing),
        "seen": seen,
    }
    return form_page(
        request,
        form,
        save,
        title=words.name,
        lead=lead.strip(),
        submit=_("Send the answer"),
        done=_("Sent. The reviewers read it with the score."),
        to=reverse("fidelity:answers", args=[key]),
    )


@require_GET
def answer_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand out the file of an answer to who takes part in the review."""
    actor = actor_of(request)
    seen = queries.readable(Answer, actor)
    found: Answer | None = seen.select_related("review").filter(pk=key).first()
    if found is None:
        raise Http404
    answer = as_file(found, taken_part(actor, found.review_id))
    audit.record(
        actor, "review_answer_opened", found, information=(Information.STATISTICAL,)
    )
    return answer
