"""What the commands about scales tell, as documents. Fractions are written as text."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from braid.fidelity.rating_files import Ratings
from braid.method import scales as engine
from braid.packs.scale_texts import TextPack, texts
from braid.packs.scales import ScalePack, item_document, plain

Document = dict[str, Any]


def _verified(pack: ScalePack, words: TextPack) -> Document:
    """Return whether the scale was compared, and the sentence where it was not."""
    said = None if pack.verified else words.unverified
    return {"verified": pack.verified, "unverified": said}


def described(pack: ScalePack, language: str) -> Document:
    """Return a scale in short: title, how many items, sections, bands."""
    words = texts(pack.id, language)
    return {
        "scale": pack.id,
        "version": pack.version,
        "title": words.title,
        "locale": words.locale,
        "edition_of_manual": pack.edition_of_manual,
        "items": len(pack.items),
        "sections": [
            {"id": name, "label": words.sections[name], "items": list(items)}
            for name, items in pack.sections.items()
        ],
        "bands": [
            {"id": name, "label": words.bands[name], "min": band.min, "max": band.max}
            for name, band in pack.bands.items()
        ],
        "bands_unknown": pack.bands_unknown or None,
        "no_fit_allowed": pack.no_fit_allowed,
        "source": pack.source.title,
    } | _verified(pack, words)


def in_full(pack: ScalePack, language: str) -> Document:
    """Return a scale with its items, house rules and rule log."""
    words, scale = texts(pack.id, language), pack.scale
    items = [_told(item, words) for item in scale.items]
    rules = [
        {
            "rule": rule.id,
            "items": list(rule.items),
            "variant": rule.default,
            "variants": list(rule.variants),
            "says": words.rules[rule.id],
        }
        for rule in scale.rules
    ]
    log = [{"on": each.on.isoformat(), "says": each.says} for each in pack.rule_log]
    more = {"items": items, "house_rules": rules, "rule_log": log}
    return described(pack, language) | more | {"not_documented": words.not_documented}


def _told(item: engine.Item, words: TextPack) -> Document:
    said = words.items[item.no]
    return {
        "item": item.no,
        "section": item.section,
        "section_no": item.section_no,
        "key": item.key,
        "title": said.title,
        "about": said.about,
        "kind": item.kind,
        "auto": item.auto,
        "per_es": item.per_es,
        "evidence": list(item.evidence),
        "documented": item.documented,
        "anchors": {str(n): text for n, text in words.anchors(item).items()},
        "components": dict(said.components),
    }


def of_item(
    pack: ScalePack,
    words: TextPack,
    number: int,
    quantities: Mapping[str, object],
    variants: Mapping[str, str],
) -> Document:
    """Return the score of one item, with its anchor and what would raise it."""
    scale = pack.scale
    rules = engine.rules_of(scale, variants)
    item = scale.item(number)
    found = engine.scored(item, quantities, rules=rules)
    lift = engine.what_would_raise(item, found, quantities, rules=rules)
    anchors = words.anchors(item)
    return (
        {
            "scale": scale.id,
            "version": scale.version,
            "item": number,
            "key": item.key,
            "title": words.items[number].title,
        }
        | item_document(found)
        | {"anchor": anchors.get(found.score or 0), "raise": plain(lift)}
        | _verified(pack, words)
    )


def of_ratings(
    pack: ScalePack, ratings: Ratings, variants: Mapping[str, str], claim: str | None
) -> Document:
    """Return totals, sections and bands of ratings, or the band of a total."""
    scale = pack.scale
    rules = engine.rules_of(scale, variants)
    head: Document = {"scale": scale.id, "version": scale.version}
    words = texts(scale.id, "en")
    if ratings.scores is None:
        said = dict(ratings.said) | ({} if claim is None else {"claim": claim})
        banded = engine.banded(scale, ratings.total, rules=rules, **said)
        document = _of_total(ratings, banded)
    else:
        claim = claim if claim is not None else ratings.said.get("claim")
        document = _of_scores(scale, ratings.scores, rules, claim)
    if not scale.bands:
        document["bands_unknown"] = scale.bands_unknown
    return head | document | _verified(pack, words)


def _of_total(ratings: Ratings, banded: engine.Banded) -> Document:
    is_exact = ratings.total is None or isinstance(ratings.total, int)
    found: Document = {"total": ratings.total if is_exact else str(ratings.total)}
    if ratings.said.get("is_mean"):
        found["is_mean"] = True
    found |= {"band": banded.band, "band_source": banded.band_source}
    return found | _of_claim(banded) | {"warnings": list(banded.warnings)}


def _of_scores(
    scale: engine.Scale, scores: list[object], rules: engine.Rules, claim: str | None
) -> Document:
    total = engine.total(scale, scores)
    found = {name: plain(value) for name, value in asdict(total).items()}
    if not total.missing:
        del found["interval"]
    if claim is not None:
        found |= _of_claim(_claimed(scale, total, rules, claim))
    above = engine.points_to_next_band(scale, total.interval[0])
    found["next_band"] = {"band": above[0], "points": above[1]} if above else None
    return found


def _claimed(
    scale: engine.Scale, total: engine.Total, rules: engine.Rules, claim: str
) -> engine.Banded:
    """Return how a claim fits: with gaps it is held against the band, where there is one."""
    return engine.banded(
        scale, total.total, rules=rules, claim=claim, stated_band=total.band
    )


def _of_claim(banded: engine.Banded) -> Document:
    if banded.claim_band is None:
        return {}
    return {"claim_band": banded.claim_band, "claim_agrees": banded.claim_agrees}
