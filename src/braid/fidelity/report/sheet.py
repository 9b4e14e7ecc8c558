"""A report said in words, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.fidelity import rules
from braid.fidelity.choices import ReviewMode, ReviewStatus
from braid.fidelity.rating.sums import variant_text
from braid.fidelity.report import items, profiling, summing
from braid.fidelity.report.reading import Report
from braid.fidelity.report.shapes import Line, Sheet
from braid.packs.scale_texts import TextPack, texts
from braid.web.days import day_text

POINT = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def sheet(report: Report) -> Sheet:
    """Return a report in the language in force."""
    language = get_language() or "en"
    words = texts(report.pack.id, language)
    figures = profiling.profile(report, words)
    return Sheet(
        title=title(report),
        draft=_draft(report),
        draft_mark=_("Draft") if report.is_draft else "",
        about=tuple(_about(report, words)),
        introduction=_paragraphs(report, "introduction"),
        totals=tuple(summing.totals(report, words)),
        summary=tuple(summing.summary(report, words)),
        flags=tuple(summing.flags(report, words)),
        notes=tuple(summing.notes(report, words)),
        strengths=_points(report, "strengths"),
        priorities=_points(report, "priorities"),
        profile=figures,
        alt=profiling.alt(report, words),
        rows=tuple(profiling.rows(report, words)),
        sections=tuple(items.sections(report, words)),
        rules=tuple(_rules(report, words)),
        log=tuple(Line(day_text(one.on), one.says) for one in report.pack.rule_log),
        foot=_foot(report, words),
        language=language,
        words=labels(report),
    )


def title(report: Report) -> str:
    """Return what a report is called."""
    return _("Fidelity report: %(unit)s") % {"unit": report.review.unit.name}


def labels(report: Report) -> dict[str, str]:
    """Return the headings of the parts of a report."""
    return {
        "introduction": _("Introduction"),
        "summary": _("Summary"),
        "strengths": _("Strengths"),
        "priorities": _("Priorities"),
        "profile": _("Profile"),
        "scores": _("Scores of all items"),
        "no": _("No."),
        "item": _("Item"),
        "score": _("Score"),
        "last": _("Last time"),
        "change": _("Difference"),
        "seen": _("What was seen"),
        "figures": _("From the frozen figures"),
        "recommendation": _("Recommendation"),
        "answers": _("The service's answer"),
        "history": _("How the score came about"),
        "rules": _("House rules that had a say"),
        "log": _("Rule log of the scale"),
        "nothing": _("Nothing was written."),
        "no_figures": _("The record has no figures for this item."),
        "has_last": "1" if report.last else "",
    }


def _draft(report: Report) -> str:
    if not report.is_draft:
        return ""
    if report.review.status == ReviewStatus.CONSENSUS:
        return _(
            "The reviewers are agreeing their scores. The service was not told yet."
        )
    if report.review.status == ReviewStatus.MODERATED and report.review.told_on:
        return _("The service may answer until %(day)s. Scores can still change.") % {
            "day": day_text(rules.answer_by(report.review.told_on))
        }
    return _("The week of the service is over. Scores can still change.")


def _about(report: Report, words: TextPack) -> Iterator[Line]:
    """Yield the lines of the front page."""
    review = report.review
    yield Line(_("Service"), f"{review.unit.name}, {review.unit.organisation.name}")
    yield Line(
        _("Scale"),
        _("%(scale)s (%(edition)s)")
        % {"scale": words.title, "edition": f"{report.pack.id} {report.pack.version}"},
    )
    yield Line(
        _("Edition of the manual"), review.edition or report.pack.edition_of_manual
    )
    if review.variant:
        yield Line(_("House rule in another variant"), variant_text(review))
    yield Line(_("How it was held"), mode_text(review))
    yield Line(_("Visit"), _span(review.first_day, review.last_day))
    for seat in report.seats:
        yield Line(capfirst(seat.get_part_display()), seat.user.name)
    yield _dated(_("Day of the figures"), review.facts_on)
    if review.snapshot is not None:
        yield Line(_("Frozen figures"), _snapshot(review.snapshot))
    if review.told_on:
        yield _dated(_("The service was told on"), review.told_on)
    if report.final_on:
        yield _dated(_("Final on"), report.final_on)
    if review.deleted_on:
        yield _dated(_("Personal data were deleted on"), review.deleted_on)
    elif review.delete_by:
        yield _dated(_("Personal data are deleted by"), review.delete_by)


def _dated(label: str, day: date) -> Line:
    return Line(label, day_text(day), day)


def mode_text(review: object) -> str:
    """Return who rated, and whether at a distance."""
    mode = str(ReviewMode(review.mode).label)  # type: ignore[attr-defined]
    if review.remote:  # type: ignore[attr-defined]
        return _("%(mode)s, held at a distance") % {"mode": capfirst(mode)}
    return capfirst(mode)


def _snapshot(snapshot: object) -> str:
    return _("%(key)s, facts as of %(day)s, frozen on %(made)s") % {
        "key": str(snapshot.pk),  # type: ignore[attr-defined]
        "day": day_text(snapshot.as_of),  # type: ignore[attr-defined]
        "made": day_text(snapshot.made_at.date()),  # type: ignore[attr-defined]
    }


def _span(first: object, last: object) -> str:
    if first == last:
        return day_text(first)  # type: ignore[arg-type]
    return _("%(first)s to %(last)s") % {
        "first": day_text(first),  # type: ignore[arg-type]
        "last": day_text(last),  # type: ignore[arg-type]
    }


def _paragraphs(report: Report, part: str) -> tuple[str, ...]:
    found = report.passages.get(part)
    return items.lines(found.text) if found else ()


def _points(report: Report, part: str) -> tuple[str, ...]:
    """Return a passage as points, a line each, without the marks that were typed."""
    return tuple(POINT.sub("", line) for line in _paragraphs(report, part))


def _rules(report: Report, words: TextPack) -> Iterator[Line]:
    """Yield the rules that changed a score, or could have; all where nobody knows."""
    if report.figures is None:
        named: Iterable[str] = words.rules
    else:
        said = {rule for one in report.figures.values() for rule in one.scored.rule}
        named = [name for name in words.rules if name in said]
    for name in named:
        yield Line(name, words.rules[name])


def _foot(report: Report, words: TextPack) -> str:
    return _("%(title)s · %(scale)s · figures of %(day)s · names no applicant") % {
        "title": title(report),
        "scale": words.title,
        "day": day_text(report.review.facts_on),
    }
