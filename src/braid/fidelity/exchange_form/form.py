"""A scale as FHIR R4 Questionnaire: sections as groups, items as choices from 1 to 5.

Source: HL7 FHIR R4 (4.0.1), Questionnaire, and its extension ordinalValue. Besides a
score an item may be answered by a word: that evidence was insufficient, and, where the
form has the box, that the item does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _

from braid.fidelity.choices import RatingStatus, ReviewMode
from braid.packs import scales
from braid.packs.scale_texts import texts

if TYPE_CHECKING:
    from braid.method.scales import Item
    from braid.packs.scale_texts import TextPack
    from braid.packs.scales import ScalePack

Document = dict[str, Any]
# Names that are nobody's domain, and the same in every installation.
SPACE = UUID("4b1f2c1e-8d0a-5d0e-9a53-6d4f0f6f2b25")
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LOWEST, HIGHEST = 1, 5
SEEN, RECOMMENDATION, REASON = "seen", "recommendation", "reason"
ABOUT, MODE, REMOTE, DAY = "review", "review.mode", "review.remote", "review.day"
TOTALS, POINTS, LOW, HIGH, BAND = (
    "total",
    "total.points",
    "total.low",
    "total.high",
    "total.band",
)


@cache
def canonical(name: str) -> str:
    """Return the URI of a form or a list of codes, the same wherever it is told."""
    return f"urn:uuid:{uuid5(SPACE, name)}"


def answers_of(scale: str) -> str:
    """Return the URI of the codes that items of a scale are answered with."""
    return canonical(f"{scale} answers")


def bands_of(scale: str) -> str:
    """Return the URI of the bands of a scale."""
    return canonical(f"{scale} bands")


MODES = canonical("modes of a review")


def questionnaire(scale: str, locale: str, version: str | None = None) -> Document:
    """Return a scale as Questionnaire, in a language that it has.

    A scale that nobody has compared with its form is a draft. Raises: PackFault,
    InputFault (`texts_unknown`).
    """
    pack = scales.pack(scale, version)
    words = texts(scale, locale)
    with translation.override(words.locale.lower()):
        return _told(pack, words)


def _told(pack: ScalePack, words: TextPack) -> Document:
    found = {
        "resourceType": "Questionnaire",
        "id": f"{pack.id}-{pack.version}",
        "language": words.locale,
        "url": canonical(f"scale {pack.id}"),
        "version": pack.version,
        "name": _name(pack.id),
        "title": words.title,
        "status": "active" if pack.verified else "draft",
        "subjectType": ["Organization"],
        "publisher": "Braid",
        "description": pack.edition_of_manual,
        "copyright": _copyright(pack, words),
        "item": [
            _about(),
            *(_section(pack, words, name) for name in pack.sections),
            _totals(pack, words),
        ],
    }
    if pack.source.checked_on:
        found["date"] = pack.source.checked_on.isoformat()
    return found


def _name(scale: str) -> str:
    """Return a name that programs can use: letters, digits and lines below."""
    return "Scale_" + "".join(c if c.isalnum() else "_" for c in scale)


def _copyright(pack: ScalePack, words: TextPack) -> str:
    own = _(
        "Titles and descriptions of scores are paraphrased; they are not the published "
        "wording of the scale."
    )
    said = [pack.source.title, *[own] * words.paraphrased]
    said += [words.unverified] * (not pack.verified)
    return " ".join(part.rstrip(".") + "." for part in said)


def _section(pack: ScalePack, words: TextPack, name: str) -> Document:
    return {
        "linkId": name,
        "text": words.sections[name],
        "type": "group",
        "item": [
            _item(pack, words, item)
            for item in pack.scale.items
            if item.section == name
        ],
    }


def _item(pack: ScalePack, words: TextPack, item: Item) -> Document:
    return {
        "linkId": str(item.no),
        "code": [{"system": canonical(f"items {pack.id}"), "code": item.key}],
        "prefix": f"{item.no}.",
        "text": words.items[item.no].title,
        "type": "choice",
        "answerOption": [
            *_scores(pack, words.anchors(item)),
            *(
                {"valueCoding": _coded(answers_of(pack.id), code, display)}
                for code, display in without_score(pack).items()
            ),
        ],
        "item": [
            {"linkId": f"{item.no}.{part}", "text": text, "type": "text"}
            for part, text in (
                (SEEN, _("What was seen")),
                (RECOMMENDATION, _("Recommendation")),
                (REASON, _("Why the score changed")),
            )
        ],
    }


def _scores(pack: ScalePack, anchors: Mapping[int, str]) -> Iterator[Document]:
    for score in range(LOWEST, HIGHEST + 1):
        said = anchors.get(score, str(score))
        yield {
            "extension": [{"url": ORDINAL, "valueDecimal": score}],
            "valueCoding": _coded(answers_of(pack.id), str(score), said),
        }


def without_score(pack: ScalePack) -> dict[str, str]:
    """Return the words that an item may be answered with in place of a score."""
    codes = [RatingStatus.INSUFFICIENT]
    codes += [RatingStatus.NO_FIT] * pack.no_fit_allowed
    return {code.value: str(code.label) for code in codes}


def _coded(system: str, code: str, display: str) -> Document:
    return {"system": system, "code": code, "display": display}


def _about() -> Document:
    """Return the group on the review itself."""
    modes = [
        {"valueCoding": _coded(MODES, mode.value, str(mode.label))}
        for mode in ReviewMode
    ]
    mode = {"linkId": MODE, "text": _("Mode"), "type": "choice", "answerOption": modes}
    remote = {"linkId": REMOTE, "text": _("Held at a distance"), "type": "boolean"}
    day = {"linkId": DAY, "text": _("Day of the figures"), "type": "date"}
    items = [mode, remote, day]
    return {"linkId": ABOUT, "text": _("Review"), "type": "group", "item": items}


def _totals(pack: ScalePack, words: TextPack) -> Document:
    """Return the group of what follows from the scores; nobody types it."""
    whole = {"type": "integer", "readOnly": True}
    items = [
        {"linkId": POINTS, "text": _("Total"), **whole},
        {"linkId": LOW, "text": _("The total is at least"), **whole},
        {"linkId": HIGH, "text": _("The total is at most"), **whole},
    ]
    if pack.bands:
        options = [
            {"valueCoding": _coded(bands_of(pack.id), name, words.bands[name])}
            for name in pack.bands
        ]
        band = {"linkId": BAND, "text": _("Band"), "type": "choice"}
        items.append({**band, "readOnly": True, "answerOption": options})
    return {"linkId": TOTALS, "text": _("Total"), "type": "group", "item": items}
