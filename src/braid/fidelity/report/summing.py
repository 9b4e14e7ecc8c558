"""What a report says of all items together: totals, bands, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.fidelity.choices import RatingStatus, ReviewMode
from braid.fidelity.report.items import points_text
from braid.fidelity.report.shapes import Line
from braid.fidelity.wording import any_of
from braid.method.scales import points_to_next_band
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.fidelity.report.reading import Report
    from braid.packs.scale_texts import TextPack


def totals(report: Report, words: TextPack) -> Iterator[Line]:
    """Yield the total and the band; with gaps, between which they lie."""
    found, scale = report.total, report.pack.scale
    if found.total is not None:
        yield Line(_("Total"), points_text(found.total, len(scale.items)))
    else:
        low, high = found.interval
        said = {"low": low, "high": high, "most": scale.most}
        yield Line(_("Total"), _("between %(low)s and %(high)s of %(most)s") % said)
    yield Line(_("Band"), band_text(report, words))


def summary(report: Report, words: TextPack) -> Iterator[Line]:
    """Yield the points of each section, last time, and how far the next band is."""
    found, scale = report.total, report.pack.scale
    for section, points in zip(scale.sections, found.sections, strict=True):
        yield Line(words.sections[section.id], points_text(points, len(section.items)))
    if report.last is not None:
        yield Line(_("Last time"), last_text(report, words))
    above = points_to_next_band(scale, found.interval[0])
    if found.total is not None and above is not None:
        text = ngettext("%(n)s point to %(band)s", "%(n)s points to %(band)s", above[1])
        said = {"n": above[1], "band": words.bands[above[0]]}
        yield Line(_("Next band"), text % said)


def band_text(report: Report, words: TextPack) -> str:
    """Return the band, or every band that totals with what is missing could be in."""
    found = report.total
    if found.band is not None:
        return words.bands[found.band]
    if not found.bands_possible:
        return report.pack.bands_unknown
    return _("%(bands)s, by what is missing") % {
        "bands": any_of(words.bands[one] for one in found.bands_possible)
    }


def last_text(report: Report, words: TextPack) -> str:
    """Return when the review before was, who rated, and its total where it has one."""
    if report.last is None:
        return ""
    then = report.last.review
    scores = [row.score for row in report.last.scores.values()]
    day, mode = day_text(then.facts_on), str(ReviewMode(then.mode).label)
    if None in scores or len(scores) != len(report.scores):
        return f"{day}, {mode}"
    return f"{sum(score for score in scores if score)}, {day}, {mode}"


def flags(report: Report, words: TextPack) -> Iterator[str]:
    """Yield what must be seen first: a claim that the scores do not bear out."""
    claim = report.claim
    if claim is None:
        return
    said = report.review.stated_band
    if claim.claim_band is None:
        yield _(
            "The band was stated as “%(said)s”, which is no band of this scale."
        ) % {"said": said}
        return
    stated, given = words.bands[claim.claim_band], band_text(report, words)
    names = {"stated": stated, "given": given}
    if claim.claim_agrees is False:
        yield (
            _(
                "The band was stated as %(stated)s; the scores give %(given)s. The two do "
                "not agree."
            )
            % names
        )
    elif claim.claim_agrees is None:
        yield (
            _("The band was stated as %(stated)s; the scores leave it open: %(given)s.")
            % names
        )


def notes(report: Report, words: TextPack) -> Iterator[str]:
    """Yield what is missing and why, what does not fit, and how it is compared."""
    yield from _missing(report)
    claim = report.claim
    if claim is not None and claim.claim_agrees:
        band = words.bands[claim.claim_band or ""]
        yield _("The band was stated as %(band)s; the scores give the same.") % {
            "band": band
        }
    yield from _compared(report)
    if report.figures is None:
        yield _("The frozen figures cannot be read any more; the scores stand without.")
    if not report.pack.verified:
        yield words.unverified


def _missing(report: Report) -> Iterator[str]:
    without = _numbers(report, RatingStatus.INSUFFICIENT)
    if without:
        yield ngettext(
            "Item %(items)s has not enough evidence. Nothing is put in its place: every "
            "total that it could give is counted.",
            "Items %(items)s have not enough evidence. Nothing is put in their place: "
            "every total that they could give is counted.",
            len(without),
        ) % {"items": _listed(without)}
    unfit = _numbers(report, RatingStatus.NO_FIT)
    if unfit:
        yield ngettext(
            "Item %(items)s does not fit this service and counts as 1, as the scale says.",
            "Items %(items)s do not fit this service and count as 1, as the scale says.",
            len(unfit),
        ) % {"items": _listed(unfit)}
    if report.open_items:
        yield ngettext(
            "Item %(items)s is not agreed yet.",
            "Items %(items)s are not agreed yet.",
            len(report.open_items),
        ) % {"items": _listed(report.open_items)}


def _numbers(report: Report, status: str) -> list[int]:
    return [
        one.item.no
        for one in report.scores
        if one.now is not None and one.now.status == status
    ]


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _compared(report: Report) -> Iterator[str]:
    """Yield how last time differed, and that another scale was used in between."""
    last = report.last
    if last is not None and last.differs:
        named = {
            "mode": _("who rated"),
            "scale_version": _("the version of the scale"),
            "edition": _("the edition of the manual"),
            "variant": _("the house rules"),
            "remote": _("whether it was held at a distance"),
        }
        said = ", ".join(named[name] for name in last.differs)
        yield _("Last time differed in: %(what)s.") % {"what": said}
        if not last.is_joined:
            yield _(
                "The scores stand beside one another and no change between them is "
                "counted."
            )
    if report.elsewhere is not None:
        yield _(
            "A review of %(day)s used another scale (%(scale)s) and is not compared here."
        ) % {
            "day": day_text(report.elsewhere.facts_on),
            "scale": report.elsewhere.scale,
        }
