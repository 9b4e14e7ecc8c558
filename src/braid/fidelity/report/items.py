"""What a report says of one item."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts.presenters import figure_line
from braid.fidelity.choices import RatingStatus
from braid.fidelity.report.shapes import Line, Rated, Section
from braid.packs import measures
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.fidelity.live import LiveItem
    from braid.fidelity.models import Rating
    from braid.fidelity.report.reading import Report, Score
    from braid.packs.scale_texts import TextPack

HIGHEST = 5


def sections(report: Report, words: TextPack) -> Iterator[Section]:
    """Yield the sections of the scale with their items."""
    by_no = {score.item.no: score for score in report.scores}
    every = report.pack.scale.sections
    for section, known in zip(every, report.total.sections, strict=True):
        yield Section(
            title=words.sections[section.id],
            points=points_text(known, len(section.items)),
            items=tuple(_rated(report, words, by_no[no]) for no in section.items),
        )


def points_text(points: int | None, items: int) -> str:
    """Return the points of so many items; where one has none there is no sum."""
    if points is None:
        return _("no sum, items are open")
    return _("%(points)s of %(most)s") % {"points": points, "most": items * HIGHEST}


def _rated(report: Report, words: TextPack, score: Score) -> Rated:
    no, now = score.item.no, score.now
    found = (report.figures or {}).get(no)
    return Rated(
        no=no,
        title=words.items[no].title,
        score=score_text(now),
        anchor=_anchor(words, score),
        seen=lines(now.seen) if now else (),
        figures=tuple(_figures(found)) if found else (),
        proposal=_proposal(found) if found else "",
        rules=", ".join(found.scored.rule) if found else "",
        last=tuple(_last(report, score)),
        recommendation=lines(now.recommendation) if now else (),
        answers=tuple(_answers(report, no)),
        history=tuple(_history(score)),
    )


def _anchor(words: TextPack, score: Score) -> str:
    """Return the description of the score that was agreed; none for any other mark."""
    now = score.now
    if now is None or now.score is None or now.status != RatingStatus.SCORED:
        return ""
    return words.anchors(score.item).get(now.score, "")


def score_text(now: Rating | None) -> str:
    """Return a score in words, and why there is none."""
    if now is None:
        return _("Not agreed yet")
    if now.status == RatingStatus.NO_FIT:
        return _("Does not fit, counts as %(score)s") % {"score": now.score}
    if now.status == RatingStatus.INSUFFICIENT:
        return _("Not enough evidence")
    return _("%(score)s of 5") % {"score": now.score}


def lines(text: str) -> tuple[str, ...]:
    """Return the paragraphs of what was written."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _figures(found: LiveItem) -> Iterator[Line]:
    """Yield each figure with what it was made of and of which days."""
    for figure in found.figures.values():
        line = figure_line(measures.get(figure.measure), figure)
        parts = dict.fromkeys((line.made_of, line.period, *line.left_out))
        beneath = " · ".join(part for part in parts if part)
        yield Line(line.label, f"{line.value} {line.means} ({beneath})")


def _proposal(found: LiveItem) -> str:
    """Return what the record alone would give; nothing where it says nothing."""
    scored = found.scored
    if scored.score is not None:
        return _("The record alone gives %(score)s.") % {"score": scored.score}
    if found.figures and (scored.floor, scored.ceiling) != (1, HIGHEST):
        return _("The record alone leaves %(low)s to %(high)s open.") % {
            "low": scored.floor,
            "high": scored.ceiling,
        }
    return ""


def _answers(report: Report, no: int) -> Iterator[str]:
    for one in report.answers.get(no, ()):
        words = " ".join(lines(one.text))
        shown = " ".join(lines(one.shown_by))
        if shown:
            words = _("%(text)s What shows it: %(shown)s") % {
                "text": words,
                "shown": shown,
            }
        yield words


def _history(score: Score) -> Iterator[str]:
    """Yield the versions of a score where they differ, with the reason of each change."""
    versions = score.versions
    if all(points(a) == points(b) for a, b in pairwise(versions)):
        return
    for before, now in zip((None, *versions), versions, strict=False):
        stage = capfirst(now.get_stage_display())
        said = f"{stage}: {score_text(now)}"
        is_changed = before is not None and points(before) != points(now)
        yield f"{said}. {now.reason}" if is_changed and now.reason else said


def points(row: Rating) -> tuple[str, int | None]:
    """Return what tells one score from another."""
    return row.status, row.score


def _last(report: Report, score: Score) -> Iterator[str]:
    """Yield how the item stood last time, and what was found wrong about it."""
    no, last = score.item.no, report.last
    if last is not None and (then := last.scores.get(no)) is not None:
        day = day_text(last.review.facts_on)
        said = {"score": score_text(then), "day": day}
        text = _("%(score)s on %(day)s.") % said
        yield f"{text} {_moved(report, score, then)}".strip()
    for one in report.wrong:
        if one.item == no:
            day = day_text(one.earlier.facts_on)
            yield _("The score of %(day)s was wrong: %(text)s") % {
                "day": day,
                "text": one.text,
            }
    for one in report.found_wrong:
        if one.item == no:
            day = day_text(one.review.facts_on)
            yield _("A later review, %(day)s, found this score wrong: %(text)s") % {
                "day": day,
                "text": one.text,
            }


def _moved(report: Report, score: Score, then: Rating) -> str:
    """Return how far an item moved; nothing where it cannot be said."""
    if report.last is None or not report.last.is_joined:
        return _("The two reviews were not alike; no change is counted.")
    moved = change(score, then)
    if moved is None:
        return ""
    if not moved:
        return _("The same now.")
    if moved > 0:
        text = ngettext("%(n)s point higher now.", "%(n)s points higher now.", moved)
    else:
        text = ngettext("%(n)s point lower now.", "%(n)s points lower now.", -moved)
    return text % {"n": abs(moved)}


def change(score: Score, then: Rating | None) -> int | None:
    """Return by how many points an item moved; None where one of the two has none."""
    now = score.now
    if now is None or then is None or now.score is None or then.score is None:
        return None
    return int(now.score - then.score)
