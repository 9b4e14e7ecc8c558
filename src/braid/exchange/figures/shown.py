"""Kept figures as the page shows them: each with what it is of, and what is not in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from braid.facts.presenters import (
    left_out_texts,
    number_text,
    quotient_text,
    value_text,
)
from braid.kernel.dates import quarter_period
from braid.packs import measures
from braid.packs.jurisdictions import in_language
from braid.packs.measures import Measure
from braid.web.pictures.columns import Columns, Share, draw

QUARTERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Headline:
    """Which part of a measure stands on top, and what it is made of."""

    measure: str
    key: str
    of: str
    to: str
    label: Any = None


HEADLINES = (
    Headline("item01_caseload", "per_fte", "episodes", "fte"),
    Headline("item17_employer_contacts", "per_week", "contacts", "days_in_post"),
    Headline(
        "item24_community",
        "share_of_f2f",
        "community_minutes",
        "f2f_minutes",
    ),
    Headline("item15_rapid_search", "mean_days", "with_contact", "episodes"),
    Headline(
        "quarters",
        "rate",
        "working",
        "served",
        label=gettext_lazy("Working this quarter, of those served"),
    ),
    Headline(
        "item21_competitive_permanent",
        "share",
        "competitive_and_permanent",
        "current_jobs",
    ),
    Headline(
        "time_to_first_competitive_job",
        "median_days_among_starters",
        "starters",
        "episodes",
    ),
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure with all that is needed to read it; `value` is a dash where there is none.

    `means` says what the value is, `counted` what is divided by what; `parts` are the
    whole and what of it is counted, in words.
    `span`: day, as_of, trailing_days or quarters.
    """

    label: str
    about: str
    value: str
    means: str
    counted: str
    parts: Sequence[str]
    left_out: Sequence[str]
    first_day: date
    last_day: date
    span: str


@dataclass(frozen=True, slots=True)
class QuarterView:
    """A quarter: who was served, who worked, which jobs began."""

    quarter: str
    last_day: date
    is_cut: bool
    served: int
    working: int
    rate: str
    job_starts: int
    first_job_starts: int


def figure_views(kept: Mapping[str, Any]) -> list[FigureView]:
    """Return the headline figures of what a preview keeps, in the reader's language."""
    return [_figure(one, kept["measures"][one.measure][-1]) for one in HEADLINES]


def as_of(kept: Mapping[str, Any]) -> date:
    """Return the last day that the figures know of."""
    (counts,) = kept["measures"]["counts"]
    return date.fromisoformat(counts["last_day"])


def _figure(one: Headline, figure: Mapping[str, Any]) -> FigureView:
    measure = measures.get(one.measure)
    value = (figure["ratios"] | figure["statistics"])[one.key]
    said = measure.ratios.get(one.key) or measure.statistics[one.key]
    return FigureView(
        label=str(one.label or _told(measure.label)),
        about=_told(measure.about),
        value=value_text(value, said.form),
        means=_told(said.means),
        counted=_quotient(one, measure, figure),
        parts=[_part(measure, figure, name) for name in (one.to, one.of)],
        left_out=list(
            left_out_texts(
                {
                    reason: number
                    for reason in reasons_of(one)
                    if (number := figure["left_out"].get(reason))
                }
            )
        ),
        first_day=date.fromisoformat(figure["first_day"]),
        last_day=date.fromisoformat(figure["last_day"]),
        span=next(iter(measure.window.model_fields_set)),
    )


def _quotient(one: Headline, measure: Measure, figure: Mapping[str, Any]) -> str:
    """Return what is divided by what, where the value is nothing but that."""
    ratio = measure.ratios.get(one.key)
    if ratio is None or (ratio.of, ratio.to, ratio.per) != ((one.of,), (one.to,), 1):
        return ""
    amounts = figure["amounts"]
    return quotient_text(amounts[one.of], amounts[one.to], ratio.form)


def reasons_of(one: Headline) -> list[str]:
    """Return why rows may be left out of a headline."""
    words = [use.defined for use in measures.get(one.measure).words]
    return [
        reason
        for word in words
        if one.of in word.amounts or one.to in word.amounts
        for reason in word.left_out
    ]


def _told(names: Mapping[str, str]) -> str:
    return in_language(dict(names), get_language() or "en")


def _part(measure: Measure, figure: Mapping[str, Any], name: str) -> str:
    return f"{number_text(figure['amounts'][name], 2)} {_told(measure.amounts[name])}"


def quarter_views(kept: Mapping[str, Any]) -> list[QuarterView]:
    """Return the latest quarters, the last first."""
    found = kept["measures"]["quarters"][-QUARTERS_SHOWN:]
    return [_quarter(figure) for figure in reversed(found)]


def _quarter(figure: Mapping[str, Any]) -> QuarterView:
    amounts, rate = figure["amounts"], figure["ratios"]["rate"]
    last_day = date.fromisoformat(figure["last_day"])
    return QuarterView(
        quarter=figure["period"],
        last_day=last_day,
        is_cut=last_day != quarter_period(figure["period"]).last_day,
        served=amounts["served"],
        working=amounts["working"],
        rate=value_text(rate, "share"),
        job_starts=amounts["job_starts"],
        first_job_starts=amounts["first_job_starts"],
    )


def picture_of(kept: Mapping[str, Any]) -> Columns:
    """Return the rates of the latest quarters as columns, from left to right."""
    shown = kept["measures"]["quarters"][-QUARTERS_SHOWN:]
    views = reversed(quarter_views(kept))
    return draw(
        [
            Share(view.quarter, figure["ratios"]["rate"], view.rate)
            for view, figure in zip(views, shown, strict=True)
        ]
    )
