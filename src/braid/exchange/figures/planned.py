"""Figures from a plan: facts as they would stand, measured as any facts are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from braid.exchange.figures.gaps import count_gaps
from braid.exchange.planned_facts.laying import planned_facts
from braid.exchange.roster.plan import Plan
from braid.facts.extraction import extract
from braid.facts.measuring import Figure, run
from braid.facts.numbers import number, rounded
from braid.facts.reading import Facts
from braid.facts.service_figures import service_figures
from braid.packs import measures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from braid.access.models import Team

Kept = dict[str, Any]
MEASURES = (
    "item01_caseload",
    "item17_employer_contacts",
    "item24_community",
    "item15_rapid_search",
    "item21_competitive_permanent",
    "time_to_first_competitive_job",
    "quarters",
    "counts",
)
"""The measures that the page of first figures shows something of."""


def figures_of(
    plan: Plan, team: Team | None, without: Collection[UUID] = ()
) -> dict[str, Kept]:
    """Return the figures in the keys and shapes in which services compare them.

    The caller has asked the policy; `without` are the applicants who do not exist for
    whoever asks. `team` None: the unit is yet to be made.
    """
    with _planned(plan, team, without) as (facts, unit, names):
        return service_figures(facts, plan.as_of, unit, names)


def kept_figures(plan: Plan, team: Team | None, without: Collection[UUID] = ()) -> Kept:
    """Return what the preview keeps: figures by measure, and what they lack.

    As JSON can hold it, without a name of anybody.
    """
    with _planned(plan, team, without) as (facts, _unit, _names):
        figures = {
            name: [_kept(figure) for figure in run(measures.get(name), facts)]
            for name in MEASURES
        }
        return {"measures": figures, "gaps": count_gaps(facts)}


@contextmanager
def _planned(
    plan: Plan, team: Team | None, without: Collection[UUID]
) -> Iterator[tuple[Facts, str, Mapping[str, str]]]:
    """Open the facts as they would stand, with the unit's id and its staff's names."""
    present = extract({team.pk}, without) if team is not None else {}
    planned = planned_facts(plan, team, present)
    with Facts.of(planned.tables, as_of=plan.as_of) as facts:
        yield facts, planned.unit, planned.names


def _kept(figure: Figure) -> Kept:
    return {
        "period": figure.period.period,
        "first_day": figure.period.first_day.isoformat(),
        "last_day": figure.period.last_day.isoformat(),
        "amounts": {name: number(value) for name, value in figure.amounts.items()},
        "ratios": {key: rounded(share.value) for key, share in figure.ratios.items()},
        "statistics": {
            key: rounded(said.value) for key, said in figure.statistics.items()
        },
        "left_out": dict(figure.left_out),
        "version": figure.version,
    }
