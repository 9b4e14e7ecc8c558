"""A review as FHIR R4 QuestionnaireResponse, for who may read its report.

Source: HL7 FHIR R4 (4.0.1), QuestionnaireResponse. Scores are those in force; the
ratings of one reviewer are in no response. It names the service and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from braid.fidelity import queries, rules
from braid.fidelity.choices import RatingStatus, ReviewStatus
from braid.fidelity.exchange_form import form
from braid.fidelity.exchange_form.form import Document
from braid.fidelity.report import reading
from braid.fidelity.report.reading import AGREED
from braid.kernel.errors import InputFault, Refused
from braid.method.scales import NO_FIT, Total, total
from braid.packs import scales

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.fidelity.models import Rating, Review
    from braid.method.scales import Item
    from braid.packs.scales import ScalePack

URI = "urn:ietf:rfc:3986"  # the system of identifiers that are themselves URIs
STATUS: Mapping[str, str] = {
    ReviewStatus.FINAL: "completed",
    ReviewStatus.WITHDRAWN: "stopped",
}


def response(actor: Actor, review: Review, locale: str) -> Document:
    """Return a review as `actor` may read it. Raises Refused."""
    if not reading.may_read(actor, review):
        raise Refused("no_ground")
    pack = scales.pack(review.scale, review.scale_version)
    asked = form.questionnaire(pack.id, locale, pack.version)
    rows = _in_force(queries.ratings(actor, review))
    found = total(pack.scale, [_points(rows.get(item.no)) for item in pack.scale.items])
    shown = _displays(asked)
    sections = (
        (name, [_item(rows[no], shown) for no in numbers if no in rows])
        for name, numbers in pack.sections.items()
    )
    authored = max((row.created_at for row in rows.values()), default=review.created_at)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(review.pk),
        "language": asked["language"],
        "identifier": _identifier(review),
        "questionnaire": f"{asked['url']}|{asked['version']}",
        "status": STATUS.get(review.status, "in-progress"),
        "subject": {
            "type": "Organization",
            "identifier": _identifier(review.unit),
            "display": review.unit.name,
        },
        "authored": authored.isoformat(timespec="seconds"),
        "item": [
            {"linkId": form.ABOUT, "item": list(_about(review, shown))},
            *({"linkId": name, "item": items} for name, items in sections if items),
            {"linkId": form.TOTALS, "item": list(_totals(pack, found, shown))},
        ],
    }


def _identifier(one: Any) -> Document:
    return {"system": URI, "value": f"urn:uuid:{one.pk}"}


def _in_force(rows: list[Rating]) -> dict[int, Rating]:
    """Return the score of each item that was agreed last."""
    kept = rules.in_force(row for row in rows if row.stage in AGREED)
    ordered = sorted(kept.values(), key=lambda row: AGREED.index(row.stage))
    return {row.item: row for row in ordered}


def _points(row: Rating | None) -> object:
    if row is None:
        return None
    return NO_FIT if row.status == RatingStatus.NO_FIT else row.score


def _displays(asked: Document) -> dict[str, dict[str, Document]]:
    """Return the answers of each question by their codes, as the form has them."""
    found = {}
    waiting = list(asked["item"])
    while waiting:
        item = waiting.pop()
        waiting += item.get("item", ())
        options = [option["valueCoding"] for option in item.get("answerOption", ())]
        found[item["linkId"]] = {option["code"]: option for option in options}
    return found


def _item(row: Rating, shown: Mapping[str, Mapping[str, Document]]) -> Document:
    link = str(row.item)
    code = str(row.score) if row.status == RatingStatus.SCORED else row.status
    answer: Document = {"valueCoding": shown[link][code]}
    said = [
        _answered(f"{link}.{part}", valueString=text)
        for part, text in (
            (form.SEEN, row.seen),
            (form.RECOMMENDATION, row.recommendation),
            (form.REASON, row.reason),
        )
        if text.strip()
    ]
    if said:
        answer["item"] = said
    return {"linkId": link, "answer": [answer]}


def _answered(link: str, **value: object) -> Document:
    return {"linkId": link, "answer": [value]}


def _about(
    review: Review, shown: Mapping[str, Mapping[str, Document]]
) -> Iterator[Document]:
    yield _answered(form.MODE, valueCoding=shown[form.MODE][review.mode])
    yield _answered(form.REMOTE, valueBoolean=review.remote)
    yield _answered(form.DAY, valueDate=review.facts_on.isoformat())


def _totals(
    pack: ScalePack, found: Total, shown: Mapping[str, Mapping[str, Document]]
) -> Iterator[Document]:
    """Yield the total where there is one, else only between which it lies."""
    if found.total is not None:
        yield _answered(form.POINTS, valueInteger=found.total)
    low, high = found.interval
    yield _answered(form.LOW, valueInteger=low)
    yield _answered(form.HIGH, valueInteger=high)
    if pack.bands and found.band is not None:
        yield _answered(form.BAND, valueCoding=shown[form.BAND][found.band])


def ratings_of(answered: Mapping[str, Any]) -> list[object]:
    """Return the ratings that a response says, in item order, as `total` takes them.

    None where it has no score or says that evidence was insufficient. Raises: InputFault
    (`form_unknown`, `answer_unknown`) for another form or a code that it has not.
    """
    scale = _scale_of(str(answered.get("questionnaire", "")))
    said = dict(_codes(answered))
    return [_rating(scale, item, said.get(str(item.no))) for item in scale.scale.items]


def _scale_of(named: str) -> ScalePack:
    url, _mark, version = named.partition("|")
    for name in scales.load():
        if form.canonical(f"scale {name}") == url:
            return scales.pack(name, version or None)
    raise InputFault(
        _(
            "This is a response to a form that is not known here. Expected is a "
            "fidelity scale of this installation."
        ),
        field="questionnaire",
        reason="form_unknown",
    )


def _codes(answered: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for group in answered.get("item", ()):
        for item in group.get("item", ()):
            for answer in item.get("answer", ()):
                if "valueCoding" in answer:
                    yield item["linkId"], answer["valueCoding"].get("code")


def _rating(pack: ScalePack, item: Item, code: str | None) -> object:
    if code is None or code == RatingStatus.INSUFFICIENT:
        return None
    if code == RatingStatus.NO_FIT and pack.no_fit_allowed:
        return NO_FIT
    if code in map(str, range(form.LOWEST, form.HIGHEST + 1)):
        return int(code)
    raise InputFault(
        _("Item %(item)s has an answer that its form does not have.")
        % {"item": item.no},
        field=str(item.no),
        reason="answer_unknown",
    )
