"""Two sides with other things held equal, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.outcomes.presenters.contrasts import chance_text, p_text
from braid.outcomes.presenters.grids import Cell, Grid
from braid.outcomes.presenters.words import KEYS, NOTHING, said, upper, value_name
from braid.outcomes.tasks import FIRST_JOB
from braid.packs import measures

if TYPE_CHECKING:
    from braid.outcomes.tasks import Answer

Ratio = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows: the ratio of the sides, the others in a table, or why none.

    `why` stands in place of everything else.
    """

    why: str = ""
    finding: str = ""
    value: str = ""
    grid: Grid | None = None
    people: str = ""
    events: str = ""
    left_out: str = ""
    is_thin: bool = False
    definition: str = ""
    rules: str = ""


def told(answer: Answer, names: tuple[str, str], equal: Sequence[str]) -> Found | None:
    """Return an answer in words, None while it is waited for."""
    if answer.state == "waiting":
        return None
    if answer.model is None:
        return Found(why=WHY.get(answer.reason, WHY["broken"])())
    model, measure = answer.model, measures.get(FIRST_JOB)
    first, *others = model["hazard_ratios"]
    lines = [(_("%(one)s against %(other)s") % _sides(names), first)]
    if crude := model.get("crude"):
        label = _("%(one)s against %(other)s, nothing held equal")
        lines.append((label % _sides(names), crude))
    lines += [(_level(ratio), ratio) for ratio in others]
    columns = (_("What"), _("Hazard ratio"), _("95 % interval"), _("Chance"))
    return Found(
        finding=_finding(first, names, equal),
        value=_number(first["value"]),
        grid=Grid(columns, tuple(_row(label, ratio) for label, ratio in lines)),
        people=figures.number_text(model["n"], 0),
        events=figures.number_text(model["events"], 0),
        left_out=figures.number_text(model["left_out"], 0),
        is_thin=model["is_thin"],
        definition=said(measure.about),
        rules=figures.rules_text(measure),
    )


def _sides(names: tuple[str, str]) -> dict[str, str]:
    return {"one": names[0], "other": names[1]}


def _finding(ratio: Ratio, names: tuple[str, str], equal: Sequence[str]) -> str:
    """Say how much sooner one side starts, what was held equal, and about chance."""
    what = {**_sides(names), "ratio": _number(ratio["value"])}
    sentence = _("%(one)s: a first job comes at %(ratio)s times the pace of %(other)s.")
    held = _("Nothing is held equal yet: choose below what should be.")
    if equal:
        named = ", ".join(KEYS[key]().lower() for key in equal)
        held = _("Held equal: %(named)s.") % {"named": named}
    chance = chance_text(is_likely=ratio["low"] < 1 < ratio["high"])
    return " ".join(part for part in (sentence % what, held, chance) if part)


def _row(label: str, ratio: Ratio) -> tuple[Cell, ...]:
    interval = _("%(low)s to %(high)s") % {
        "low": _number(ratio["low"]),
        "high": _number(ratio["high"]),
    }
    return (
        Cell(label),
        Cell(_number(ratio["value"])),
        Cell(interval),
        Cell(p_text(ratio["p"])),
    )


def _level(ratio: Ratio) -> str:
    """Return what a further ratio compares: a value of a group with another of it."""
    key = str(ratio["column"])
    named = {"group": KEYS[key]() if key in KEYS else key}
    if ratio["level"] is None:
        return _("%(group)s, for each one more") % named
    named["level"] = value_name(key, ratio["level"])
    named["reference"] = value_name(key, ratio["reference"])
    return upper(_("%(group)s: %(level)s against %(reference)s") % named)


def _number(value: float | None) -> str:
    return NOTHING if value is None else figures.number_text(value, 2)


WHY: Mapping[str, Callable[[], str]] = {
    "extra_missing": lambda: _(
        "This installation cannot fit the model: the optional extra “stats” is not "
        "installed. Whoever keeps Braid running adds it with: pip install "
        "'braid-ips[stats]'."
    ),
    "too_few_events": lambda: _(
        "Too few of these people started a job for the model to say anything. Hold "
        "fewer things equal, or compare larger groups."
    ),
    "one_value": lambda: _(
        "Of the people whose values are known, all have the same value in one of the "
        "groups. Hold something else equal, or compare other groups."
    ),
    "too_many_values": lambda: _(
        "One of the groups has too many values for the model. Hold something else "
        "equal."
    ),
    "no_convergence": lambda: _(
        "The model does not settle: these people can be told apart too well. Hold "
        "fewer things equal, or compare larger groups."
    ),
    "not_granted": lambda: _("Only the unit's own staff may ask for this."),
    "broken": lambda: _(
        "Something in Braid is broken, and there is no answer. Try again tomorrow, and "
        "tell whoever keeps Braid running."
    ),
}
"""Why there is no model, by the reason that the worker gives."""
