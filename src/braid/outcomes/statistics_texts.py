"""What `braid outcomes compare` and `survival` print: documents, and lines for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from braid.method import survival
from braid.method.statistics.intervals import Interval
from braid.method.statistics.proportions import METHODS
from braid.method.statistics.rounding import Number, half_up
from braid.method.statistics.two_groups import REASONS, Comparison, Estimate
from braid.method.statistics.two_groups import compare as compare_two
from braid.outcomes.adjusted import Person, adjusted
from braid.outcomes.statistics_files import Arm, Duration

Document = dict[str, Any]
MOST_LINES = 40
NONE = "–"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms of one id, compared."""

    id: str
    arms: tuple[Arm, Arm]
    method: str
    intervals: tuple[Interval | None, Interval | None]
    comparison: Comparison

    def as_dict(self) -> Document:
        """Return the contrast as JSON has it: proportions from 0 to 1, not rounded."""
        found = self.comparison
        document: Document = {
            "id": self.id,
            "arms": [arm.name for arm in self.arms],
            "rate": [_plain(rate) for rate in found.rates],
            "rate_interval": {
                "method": self.method,
                "limits": [_limits(interval) for interval in self.intervals],
            },
            "risk_difference": _estimate(found.risk_difference),
            "odds_ratio": _estimate(found.odds_ratio),
            "risk_ratio": _estimate(found.risk_ratio),
            "chi2": _plain(found.chi2),
            "p": found.p,
            "nnt": _plain(found.needed_to_treat.value),
            "nnt_ranges": [list(limits) for limits in found.needed_to_treat.ranges],
        }
        if found.odds_ratio.is_corrected:
            document["odds_ratio"]["correction"] = "haldane"
        if found.undefined_because:
            document["undefined_because"] = found.undefined_because
        return document


def contrasts(
    counts: Mapping[str, Sequence[Arm]], method: str, *, haldane: bool = False
) -> list[Contrast]:
    """Return the first arm of each id against each later one."""
    interval = METHODS[method]
    return [
        Contrast(
            id=name,
            arms=(first, other),
            method=method,
            intervals=(
                interval(first.events, first.n),
                interval(other.events, other.n),
            ),
            comparison=compare_two(
                *(first.events, first.n, other.events, other.n), haldane=haldane
            ),
        )
        for name, (first, *others) in counts.items()
        for other in others
    ]


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def _limits(interval: Interval | None) -> Document | None:
    return None if interval is None else interval._asdict()


def _estimate(found: Estimate) -> Document:
    return {"value": _plain(found.value), "low": found.low, "high": found.high}


def compared_lines(contrast: Contrast) -> list[str]:
    """Return a contrast as lines for a person."""
    found = contrast.comparison
    first, other = contrast.arms
    pairs = zip(contrast.arms, found.rates, contrast.intervals, strict=True)
    difference = found.risk_difference
    ratio = "odds ratio, half an event added to each cell"
    return [
        f"{contrast.id}: {first.name} against {other.name}",
        *(
            _rate_line(arm, rate, limits, contrast.method)
            for arm, rate, limits in pairs
        ),
        _line("risk difference, points", difference, 100, 1),
        _line(
            ratio if found.odds_ratio.is_corrected else "odds ratio", found.odds_ratio
        ),
        _line("risk ratio", found.risk_ratio),
        _chi_square_line(found),
        _needed_line(found),
        "",
    ]


def _rate_line(
    arm: Arm, rate: Number | None, interval: Interval | None, method: str
) -> str:
    if rate is None or interval is None:
        return f"  {arm.name}: nobody, so no rate"
    low, high = (half_up(limit * 100, 1) for limit in interval)
    share = half_up(rate * 100, 1)
    name = method.replace("_", "-").title()
    return f"  {arm.name}: {arm.events} of {arm.n}, {share} % ({name} {low} to {high})"


def _line(name: str, found: Estimate, times: int = 1, decimals: int = 2) -> str:
    if found.value is None or found.low is None or found.high is None:
        return f"  {name}: {NONE} {REASONS[found.reason]}"
    value, low, high = (
        half_up(each * times, decimals) for each in (found.value, found.low, found.high)
    )
    return f"  {name}: {value} ({low} to {high})"


def _chi_square_line(found: Comparison) -> str:
    name = "  chi-square without continuity correction, 1 df"
    if found.chi2 is None:
        return f"{name}: {NONE} {REASONS[found.reason]}"
    return f"{name}: {half_up(found.chi2, 2)}, p {found.p:.2g}"


def _needed_line(found: Comparison) -> str:
    needed = found.needed_to_treat
    if needed.value is None:
        value = f"{NONE} {REASONS[needed.reason]}"
    else:
        value = str(half_up(needed.value, 2))
    ranges = " and ".join(
        f"{_end(low, '-∞')} to {_end(high, '∞')}" for low, high in needed.ranges
    )
    return f"  number needed to treat: {value}" + (f" ({ranges})" if ranges else "")


def _end(limit: float | None, infinite: str) -> str:
    return infinite if limit is None else str(half_up(limit, 2))


def survival_document(
    people: Sequence[Duration],
    horizon: int | None,
    *,
    by: str | None = None,
    covariates: Sequence[str] = (),
) -> Document:
    """Return the curves of the groups, their test, and with covariates a model.

    Raises InputFault where a model is asked for and none can be had.
    """
    groups: dict[str | None, list[survival.Observation]] = {}
    for one in people:
        seen = survival.Observation(one.days, one.event)
        groups.setdefault(one.group, []).append(seen)
    tables = {name: survival.LifeTable.of(seen) for name, seen in groups.items()}
    until = horizon or survival.common_horizon(tables.values()) or 0
    test = survival.log_rank({str(name): table for name, table in tables.items()})
    document: Document = {
        "horizon": until,
        "curves": [_curve(name, table, until) for name, table in tables.items()],
        "logrank": {"chi2": test.chi2, "df": test.df, "p": test.p},
    }
    if test.reason:
        document["undefined_because"] = {"logrank": test.reason}
    if covariates:
        document["adjusted"] = _model(people, by, covariates)
    return document


def _curve(name: str | None, table: survival.LifeTable, horizon: int) -> Document:
    curve = survival.curve_of(table)
    rmst = curve.restricted_mean(horizon)
    document: Document = {
        "group": name,
        "n": table.observed,
        "events": table.events,
        "median": curve.median,
        "median_limits": list(curve.median_limits),
        "times": [step.time for step in curve.steps],
        "at_risk": [step.at_risk for step in curve.steps],
        "survival": [step.survival for step in curve.steps],
        "low": [step.low for step in curve.steps],
        "high": [step.high for step in curve.steps],
        "rmst": rmst,
    }
    because = {"median": "not_reached"} if curve.median is None else {}
    if rmst is None:
        because["rmst"] = "not_followed_long_enough"
    return document | ({"undefined_because": because} if because else {})


def _model(
    people: Sequence[Duration], by: str | None, covariates: Sequence[str]
) -> Document:
    group = by.casefold() if by else None
    known = [
        Person(
            one.days, one.event, one.covariates | ({group: one.group} if group else {})
        )
        for one in people
    ]
    return adjusted(
        known, group=group, equal=[name.casefold() for name in covariates]
    ).as_dict()


def survived_lines(document: Document) -> list[str]:
    """Return the document of curves as lines for a person."""
    lines: list[str] = []
    for curve in document["curves"]:
        lines += [*_curve_lines(curve, document["horizon"]), ""]
    test = document["logrank"]
    if test["chi2"] is not None:
        chi2 = half_up(test["chi2"], 2)
        lines.append(f"log-rank: chi-square {chi2}, {test['df']} df, p {test['p']:.2g}")
    elif len(document["curves"]) > 1:
        lines.append(f"log-rank: {NONE} The groups have no days with events in common.")
    return [*lines, *_model_lines(document.get("adjusted"))]


def _curve_lines(curve: Document, horizon: int) -> Iterator[str]:
    low, high = map(_days, curve["median_limits"])
    yield (
        f"{curve['group'] or 'Everybody'}: {curve['n']} people, "
        f"{curve['events']} with the event"
    )
    yield f"  median (Kaplan-Meier), days: {_days(curve['median'])} ({low} to {high})"
    mean = curve["rmst"]
    if mean is None:
        said = f"{NONE} Nobody was followed that long and some were still waiting."
    else:
        said = str(half_up(mean, 1))
    yield f"  mean restricted to day {horizon}, days: {said}"
    names = ("times", "at_risk", "survival", "low", "high")
    for step in list(zip(*(curve[name] for name in names), strict=True))[:MOST_LINES]:
        day, at_risk, height, *limits = step
        below, above = (NONE if each is None else half_up(each, 4) for each in limits)
        yield f"  day {day}: {at_risk} at risk, S {half_up(height, 4)} ({below} to {above})"
    more = len(curve["times"]) - MOST_LINES
    if more > 0:
        yield f"  … {more} more days with events; --json has all of them"


def _days(day: int | None) -> str:
    return "not reached" if day is None else str(day)


def _model_lines(model: Document | None) -> Iterator[str]:
    if model is None:
        return
    yield ""
    yield (
        f"Cox regression of {model['n']} people, {model['events']} with the event, "
        f"{model['left_out']} left out: hazard ratios, above 1 is sooner"
    )
    for ratio in model["hazard_ratios"]:
        about = ratio["column"]
        if ratio["level"] is not None:
            about += f" {ratio['level']} against {ratio['reference']}"
        value, low, high = (
            half_up(ratio[name], 2) for name in ("value", "low", "high")
        )
        yield f"  {about}: {value} ({low} to {high}), p {ratio['p']:.2g}"
    if model["is_thin"]:
        yield "  There are fewer than ten events a term: these ratios may be far off."
