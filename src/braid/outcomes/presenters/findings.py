"""What each chart shows, in a sentence: the words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from braid.outcomes.presenters.words import upper

if TYPE_CHECKING:
    from braid.outcomes.charts import Chart
    from braid.outcomes.presenters.grids import Told


def sentence(chart: Chart, told: Told) -> str:
    """Return the finding of a chart; where there is none, why."""
    is_told = chart.kind == "quarters" and not told.words["hidden"]
    if told.picture is None and chart.kind not in ("plain", "spread") and not is_told:
        return _("There is nothing to draw yet.")
    return SAYING[chart.kind](chart, told.words)


def _quarters(chart: Chart, words: Mapping[str, str]) -> str:
    if words["hidden"]:
        return _("In %(quarter)s there were none, or too few to be shown.") % words
    if words["made_of"]:
        now = _("In %(quarter)s: %(value)s (%(made_of)s), %(means)s.") % words
    else:
        now = _("In %(quarter)s: %(value)s %(means)s.") % words
    if not words["before"]:
        return now
    return f"{now} {_('A year before: %(before)s.') % words}"


def _curve(chart: Chart, words: Mapping[str, str]) -> str:
    parts = []
    if chart.rises:
        if words["median"]:
            parts.append(_("Half had started by day %(median)s.") % words)
        else:
            parts.append(_("Fewer than half had started in the time observed."))
        if words["share"]:
            parts.append(_("By day 365 %(share)s had, of %(n)s followed.") % words)
        return " ".join(parts)
    if words["median"]:
        parts.append(_("Half of the jobs had ended by day %(median)s.") % words)
    else:
        parts.append(_("Half of the jobs or more went on in the time observed."))
    if words["share"]:
        parts.append(_("After 365 days %(share)s went on, of %(n)s jobs.") % words)
    return " ".join(parts)


def _parts(chart: Chart, words: Mapping[str, str]) -> str:
    told = {**words, "means": upper(words["means"])}
    return _("%(means)s: %(lines)s.") % told


def _spread(chart: Chart, words: Mapping[str, str]) -> str:
    return words["lines"] or _("There is nothing to tell yet.")


def _plain(chart: Chart, words: Mapping[str, str]) -> str:
    if not words:
        return _("There is nothing to tell yet.")
    return _("%(means)s: %(value)s.") % words


SAYING: Mapping[str, Callable[[Chart, Mapping[str, str]], str]] = {
    "quarters": _quarters,
    "curve": _curve,
    "parts": _parts,
    "plain": _plain,
    "spread": _spread,
}
