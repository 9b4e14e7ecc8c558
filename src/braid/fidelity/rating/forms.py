"""Forms of ratings: a score with its words, the answer of the service, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from braid.fidelity.choices import RatingStatus
from braid.fidelity.commands.rating import Said
from braid.fidelity.reviewing.forms import FileField
from braid.web.forms import LaidOut

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from braid.fidelity.models import Rating, Review
    from braid.fidelity.rating.words import ItemWords

LONGEST = 4000


def _text(label: StrOrPromise, *, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}),
        **more,
    )


class RatingForm(LaidOut, forms.Form):
    """One item: a score, or why there is none, what was seen, what is recommended.

    `shown` is the version that the form shows: whoever was faster is not overwritten.
    """

    keeps_draft = True

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    rating = forms.ChoiceField(label=_("Score"), widget=forms.RadioSelect)
    seen = _text(
        _("What was seen"),
        required=False,
        help_text=_("What the score rests on, without names of people."),
    )
    recommendation = _text(_("Recommendation"), rows=3, required=False)

    def __init__(
        self,
        *args: Any,
        words: ItemWords,
        row: Rating | None,
        version: str | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.number = words.number
        rating: Any = self.fields["rating"]
        rating.choices = list(_choices(words))
        self.initial["shown"] = (
            version if version is not None else str(row.pk) if row else ""
        )
        if row is not None:
            self.initial["rating"] = row.status if row.score is None else _of(row)
            self.initial["seen"] = row.seen
            self.initial["recommendation"] = row.recommendation

    @property
    def said(self) -> Said:
        """Return what was chosen and written. The form is valid."""
        given = self.cleaned_data
        chosen = given["rating"]
        scored = chosen.isdecimal()
        score = int(chosen) if scored else None
        if chosen == RatingStatus.NO_FIT:
            score = 1
        return Said(
            item=self.number,
            score=score,
            status=RatingStatus.SCORED if scored else chosen,
            seen=given["seen"],
            recommendation=given["recommendation"],
            reason=given.get("reason", ""),
        )

    def show_again(self, row: Rating | None) -> None:
        """Let what was typed stand over a version that came meanwhile, if sent again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["shown"] = str(row.pk) if row else ""
        self.data = data


class AgreedForm(RatingForm):
    """A score that is agreed on, with the reason where it is not what stood before."""

    layout: tuple[object, ...] = (
        "shown",
        "rating",
        "reason",
        "seen",
        "recommendation",
    )

    reason = _text(
        _("Why the score changed"),
        rows=3,
        required=False,
        help_text=_("Needed where the score is not what everybody gave before."),
    )


class AnswerForm(LaidOut, forms.Form):
    """What the service says to the score of an item, and what shows it."""

    text = _text(_("Your answer"))
    shown_by = _text(
        _("What shows it"),
        rows=2,
        required=False,
        help_text=_("A document, a log, a figure, or somebody the reviewers can ask."),
    )
    file = FileField()


class CorrectionForm(LaidOut, forms.Form):
    """That a score of an earlier review was wrong."""

    earlier = forms.ChoiceField(label=_("Earlier review"))
    item = forms.ChoiceField(label=_("Item"))
    text = _text(
        _("What was wrong"),
        help_text=_("What was overlooked or misread, and how it is seen now."),
    )

    def __init__(
        self,
        *args: Any,
        earlier: Mapping[str, str],
        items: Mapping[int, str],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        fields: Any = self.fields
        fields["earlier"].choices = list(earlier.items())
        fields["item"].choices = list(items.items())


class StatedBandForm(LaidOut, forms.Form):
    """A band that somebody states, beside the one that the scores give."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    band = forms.ChoiceField(label=_("Band as stated"), required=False)

    def __init__(
        self, *args: Any, review: Review, bands: Mapping[str, str], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        band: Any = self.fields["band"]
        band.choices = [("", _("none was stated")), *bands.items()]
        self.initial["row_version"] = review.row_version
        self.initial["band"] = review.stated_band


def _choices(words: ItemWords) -> Iterable[tuple[str, StrOrPromise]]:
    for score in range(5, 0, -1):
        anchor = words.anchors.get(score, "")
        label = format_html("<strong>{}</strong> {}", score, anchor)
        yield str(score), label
    if words.may_not_fit:
        yield RatingStatus.NO_FIT, RatingStatus.NO_FIT.label
    yield RatingStatus.INSUFFICIENT, RatingStatus.INSUFFICIENT.label


def _of(row: Rating) -> str:
    return row.status if row.status == RatingStatus.NO_FIT else str(row.score)
