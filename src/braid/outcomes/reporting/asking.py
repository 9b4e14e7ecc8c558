"""What a page of reports is asked for: whose report, of when, and what may be chosen.

Outside the unit a report comes in its usual form only: the usual kind of period, the
usual choices, the report's own rule for small numbers. Else what is kept back in one
form could be worked out from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.http import urlencode

from braid.access.policy import Actor
from braid.facts import queries as facts
from braid.kernel.errors import InputFault
from braid.outcomes import scopes
from braid.outcomes.reporting import queries
from braid.outcomes.reporting.running import OF_REPORT, Order, run
from braid.outcomes.scopes import ALL, Scope
from braid.packs import reports
from braid.packs.reports.periods import Kind, Span, before
from braid.packs.reports.schema import Report

if TYPE_CHECKING:
    from braid.outcomes.reporting.document import Document

EXACT = "exact"
OPTION = "option-"
OFFERED = 8  # periods of each kind
NAMED_BY_DAYS = frozenset({"day", "days"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A report that is asked for. `may_choose`: more than its usual form is open."""

    scope: Scope
    report: Report
    order: Order
    may_choose: bool

    @property
    def is_missing(self) -> bool:
        """Say whether there are no facts to read it from yet."""
        return self.scope.unit is None and self.scope.snapshot is None

    @property
    def profile(self) -> str | None:
        """Return the rule for small numbers by its own id; None for exact figures."""
        is_named = self.order.profile != OF_REPORT
        return self.order.profile if is_named else self.report.suppression

    @property
    def query(self) -> str:
        """Return it as an address asks for it."""
        said = {
            "unit": self.scope.key,
            "period": self.order.period,
            "profile": self.order.profile or EXACT,
            **({"restate": "1"} if self.order.restate else {}),
            **{f"{OPTION}{name}": one for name, one in self.order.options.items()},
        }
        return urlencode(said)


def scopes_of(actor: Actor) -> list[tuple[str, str]]:
    """Return whose reports `actor` may open: keys and names, all together last."""
    found = [(unit.slug, unit.name) for unit in scopes.units(actor)]
    if scopes.overseen(actor):
        found.append((ALL, scopes.scope(actor, ALL).name))
    return found


def wish(
    actor: Actor, name: str, given: Mapping[str, str], day: date, language: str
) -> Wish:
    """Return what is asked for; what is left out or not open is the usual.

    Answers 404 for no report and for a unit that `actor` may not look at.
    """
    known = reports.load()
    offered = scopes_of(actor)
    if name not in known or not offered:
        raise Http404
    report = known[name]
    scope = scopes.scope(actor, given.get("unit") or offered[0][0])
    may_choose = scope.is_inside or scope.unit is None
    order = Order(
        report=name,
        period=given.get("period") or usual_period(report, day),
        options=_options(given, report) if may_choose else {},
        profile=_profile(given, scope),
        restate=may_choose and bool(given.get("restate")),
        language=language,
        unit=str(scope.unit.pk) if scope.unit else None,
    )
    if not may_choose and order.period not in {one.id for one in _usual(report, day)}:
        raise InputFault(
            "Choose one of the periods that are offered.",
            field="period",
            reason="period_unknown",
        )
    return Wish(scope, report, order, may_choose)


def usual_period(report: Report, day: date) -> str:
    """Return the last period of the usual kind that is over."""
    return _usual(report, day)[1].id


def periods(report: Report, day: date, *, may_choose: bool) -> list[Span]:
    """Return the periods offered, of each kind the newest first."""
    if not may_choose:
        return _usual(report, day)
    return [
        one
        for kind in report.periods
        if kind not in NAMED_BY_DAYS
        for one in before(day, kind, OFFERED)
    ]


def _usual(report: Report, day: date) -> list[Span]:
    kind: Kind = report.periods[0]
    return before(day, kind, OFFERED)


def _options(given: Mapping[str, str], report: Report) -> dict[str, str]:
    return {
        name: given[f"{OPTION}{name}"]
        for name in report.options
        if given.get(f"{OPTION}{name}")
    }


def _profile(given: Mapping[str, str], scope: Scope) -> str | None:
    """Return the rule for small numbers: none only inside, another never outside."""
    asked = given.get("profile", EXACT if scope.is_inside else "")
    if not scope.is_inside or not asked:
        return OF_REPORT
    return None if asked == EXACT else asked


def made(actor: Actor, of: Wish, day: date) -> Document:
    """Return the report as it stands now. Raises Refused, and InputFault."""
    names = queries.names(of.scope.units)
    with scopes.opened(actor, of.scope, day) as drawn:
        snapshot = of.scope.snapshot
        return run(
            of.order,
            drawn,
            units=names,
            content_hash=snapshot.hash if snapshot else None,
        )


def may_release(actor: Actor, of: Wish) -> bool:
    """Say whether `actor` may release this report."""
    if of.scope.unit is None:
        return bool(facts.overseen(actor))
    return queries.may_release(actor, of.scope.unit)
