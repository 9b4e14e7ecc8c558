"""The one page to hand over, as words for a paper."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.benefits.models import Calculation, ReportingDuty
from braid.benefits.presenters.scenario import Line, Scenario, worked_out_by
from braid.documents.paper import Paper, Part


def paper(
    calculation: Calculation,
    scenario: Scenario,
    kept_duties: Iterable[ReportingDuty],
    rules_title: str,
) -> Paper:
    """Return the scenario page in plain words, for one sheet."""
    given = tuple(
        (
            one.name,
            f"{one.value} ({_('assumed')})" if one.verified is False else one.value,
        )
        for one in scenario.given
    )
    not_known = tuple(f"{one.name}: {one.question}" for one in scenario.unknown)
    ends = tuple(f"{one.name}: {one.says}" for one in scenario.at_the_end)
    duties = tuple(_duties(scenario, kept_duties))
    return Paper(
        title=calculation.question,
        lead=rules_title if scenario.is_training else "",
        parts=(
            Part(_("What it counts with"), rows=given),
            Part(
                _("Money %(per)s, in %(currency)s")
                % {"per": scenario.per, "currency": scenario.currency},
                rows=tuple(_row(line) for line in scenario.lines),
            ),
            Part(_("Take care here"), points=scenario.cliffs),
            Part(_("Not known, ask the payer"), points=not_known),
            Part(_("To report"), points=duties),
            Part(_("If the job ends"), points=ends),
            Part(_("Not covered"), points=(*scenario.not_covered, *scenario.warnings)),
        ),
        foot=" ".join(_foot(calculation, scenario, rules_title)),
        language=(get_language() or "en").partition("-")[0],
    )


def _row(line: Line) -> tuple[str, str]:
    hours = _("%(hours)s hours a week") % {"hours": line.hours}
    if not line.net:
        return hours, _("not known")
    words = _("%(net)s left in all, of %(gross)s pay")
    return hours, words % {"net": line.net, "gross": line.gross}


def _duties(scenario: Scenario, kept: Iterable[ReportingDuty]) -> Iterator[str]:
    for one in scenario.duties:
        yield _with_day(f"{one.who} → {one.to}: {one.what}", one.by)
    for row in kept:
        yield _with_day(f"{row.who} → {row.to_whom}: {row.what}", row.due_on)


def _with_day(words: str, day: date | None) -> str:
    return f"{words} — {date_format(day, 'DATE_FORMAT')}" if day else words


def _foot(
    calculation: Calculation, scenario: Scenario, rules_title: str
) -> Iterator[str]:
    yield scenario.notice
    if scenario.not_verified:
        yield _(
            "Not verified: this page rests on a benefit that nobody has checked yet."
        )
    yield worked_out_by(calculation) or (
        f"{rules_title} ({calculation.pack_id} {calculation.pack_version})."
    )
    if calculation.confirmed_by is not None:
        yield _("Confirmed by %(name)s.") % {"name": calculation.confirmed_by.name}
