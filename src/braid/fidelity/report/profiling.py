"""The profile of a report: its marks, its table, and what it shows in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.fidelity.choices import RatingStatus
from braid.fidelity.report.items import change
from braid.fidelity.report.profile import NO_FIT, OPEN, Group, Key, Mark, Profile
from braid.fidelity.report.shapes import Row
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.fidelity.models import Rating
    from braid.fidelity.report.reading import Report, Score
    from braid.packs.scale_texts import TextPack

NOTHING = "–"
MANY, FEW = 4, 3  # a high score; how many of the lowest are named


def profile(report: Report, words: TextPack) -> Profile:
    """Return the marks of all items by section."""
    by_no = {score.item.no: score for score in report.scores}
    return Profile(
        groups=tuple(
            Group(
                words.sections[section.id],
                tuple(_mark(report, words, by_no[no]) for no in section.items),
            )
            for section in report.pack.scale.sections
        ),
        keys=tuple(_keys(report)),
        is_joined=report.last is not None and report.last.is_joined,
    )


def _mark(report: Report, words: TextPack, score: Score) -> Mark:
    now, then = score.now, _then(report, score)
    how = "scored"
    if now is None or now.score is None:
        how = OPEN
    elif now.status == RatingStatus.NO_FIT:
        how = NO_FIT
    last = then.score if then is not None else None
    no = score.item.no
    return Mark(
        no=no,
        title=words.items[no].title,
        score=now.score if now is not None else None,
        text=_figure(now),
        how=how,
        last=last,
    )


def _then(report: Report, score: Score) -> Rating | None:
    return report.last.scores.get(score.item.no) if report.last else None


def _figure(row: Rating | None) -> str:
    return NOTHING if row is None or row.score is None else str(row.score)


def _keys(report: Report) -> Iterator[Key]:
    """Yield what each kind of mark stands for, of those that are there."""
    day = day_text(report.review.facts_on)
    yield Key("now", _("this review, figures of %(day)s") % {"day": day})
    if report.last is not None:
        day = day_text(report.last.review.facts_on)
        text = _("last time, %(day)s; in brackets") % {"day": day}
        yield Key("last" if report.last.is_joined else "apart", text)
    rows = [score.now for score in report.scores]
    if any(row is not None and row.status == RatingStatus.NO_FIT for row in rows):
        yield Key(NO_FIT, _("does not fit, counts as 1"))
    if any(row is None or row.score is None for row in rows):
        yield Key(OPEN, _("no score: evidence is missing, or it is not agreed yet"))


def rows(report: Report, words: TextPack) -> Iterator[Row]:
    """Yield the table under the profile."""
    is_joined = report.last is not None and report.last.is_joined
    for score in report.scores:
        then = _then(report, score)
        moved = change(score, then) if is_joined else None
        yield Row(
            no=score.item.no,
            title=words.items[score.item.no].title,
            score=_figure(score.now),
            last=_figure(then),
            change=NOTHING if moved is None else _signed(moved),
        )


def _signed(moved: int) -> str:
    if not moved:
        return "0"
    return f"+{moved}" if moved > 0 else f"\N{MINUS SIGN}{-moved}"


def alt(report: Report, words: TextPack) -> str:
    """Return what the profile shows: how many are high, the lowest, and what moved."""
    known = [one for one in report.scores if _points(one)]
    high = [one for one in known if _points(one) >= MANY]
    said = [
        _("%(high)s of %(all)s items have a score of 4 or 5.")
        % {"high": len(high), "all": len(report.scores)}
    ]
    if low := sorted((one for one in known if one not in high), key=_points)[:FEW]:
        named = (f"{words.items[o.item.no].title} {_points(o)}" for o in low)
        said.append(_("Lowest: %(items)s.") % {"items": ", ".join(named)})
    without = len(report.scores) - len(known)
    if without:
        text = ngettext(
            "%(n)s item has no score.", "%(n)s items have no score.", without
        )
        said.append(text % {"n": without})
    if report.last is not None and report.last.is_joined:
        said.append(_moves(report))
    return " ".join(said)


def _points(score: Score) -> int:
    return int(score.now.score) if score.now and score.now.score else 0


def _moves(report: Report) -> str:
    found = [change(one, _then(report, one)) for one in report.scores]
    moves = [moved for moved in found if moved is not None]
    return _(
        "Since last time %(up)s are higher, %(down)s lower and %(same)s the same."
    ) % {
        "up": sum(moved > 0 for moved in moves),
        "down": sum(moved < 0 for moved in moves),
        "same": sum(not moved for moved in moves),
    }
