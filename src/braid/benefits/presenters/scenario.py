"""A scenario page: question, inputs, chart, table, cliffs, what else is to be known.

Everything is read from what was stored, so that the page says tomorrow what it says
today. Steps stand in the order of hours and none is advised.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.benefits import rules, working_out
from braid.benefits.models import Calculation
from braid.benefits.presenters.words import WHY_NOT, hours_text, in_words, whole
from braid.web.pictures import stacks
from braid.web.pictures.stacks import Stack, Stacks

CLIFF_MARK = "▼"
ALL_LOST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; an amount that is not known is empty."""

    hours: str
    gross: str
    tax: str
    benefits: tuple[str, ...]
    net: str
    change: str
    kept: str


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Something that nobody can work out, and what to ask whom."""

    name: str
    question: str
    payer: str


@dataclass(frozen=True, slots=True)
class Given:
    """One part of the strip of inputs, verified or assumed, said in words too."""

    name: str
    value: str
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class ToReport:
    """Who tells whom what, and by which day where the job's first day is known."""

    who: str
    to: str
    what: str
    by: date | None
    within_days: int | None


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """What happens to a benefit when the job ends."""

    name: str
    says: str
    waiting_days: int | None
    claim_within_days: int | None
    restored: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that a scenario page shows besides the record itself."""

    given: tuple[Given, ...]
    sources: tuple[str, ...]
    lines: tuple[Line, ...]
    today_net: str
    picture: Stacks | None
    kept: tuple[str, ...]
    cliffs: tuple[str, ...]
    unknown: tuple[NotKnown, ...]
    at_the_end: tuple[AtTheEnd, ...]
    duties: tuple[ToReport, ...]
    questions: tuple[str, ...]
    not_covered: tuple[str, ...]
    currency: str
    per: str
    not_verified: bool
    is_training: bool
    notice: str
    warnings: tuple[str, ...] = ()


def scenario(calculation: Calculation, *, is_training: bool) -> Scenario:
    """Return what the page of a result says."""
    found, inputs = calculation.result or {}, calculation.inputs
    names = {key: in_words(texts) for key, texts in found["labels"].items()}
    sources = list(found["rows"][0]["benefits"]) if found["rows"] else []
    labels = tuple(names.get(one, one) for one in sources)
    today = found["today"]
    return Scenario(
        given=tuple(_given(inputs, names, found["currency"])),
        sources=labels,
        lines=tuple(_line(row, sources) for row in found["rows"]),
        today_net=whole(today["net"]) if today else "",
        picture=_picture(found, sources, labels),
        kept=tuple(_kept(found)),
        cliffs=tuple(_cliffs(found, names)),
        unknown=tuple(_unknown(found, names)),
        at_the_end=tuple(_at_the_end(found, names)),
        duties=tuple(_duties(found, inputs)),
        questions=tuple(in_words(texts) for texts in found["questions"]),
        not_covered=tuple(in_words(texts) for texts in found["not_covered"]),
        currency=found["currency"],
        per=_("a month") if found["unit"] == "month" else _("a year"),
        not_verified=rules.carries_not_verified(inputs),
        is_training=is_training,
        notice=in_words(found["notice"]),
        warnings=tuple(_warnings(found)),
    )


def _given(
    inputs: Mapping[str, Any], names: Mapping[str, str], currency: str
) -> Iterator[Given]:
    asked = inputs["asked"]
    wage, hours = whole_or_exact(asked["wage"]), hours_text(inputs["hours_offered"])
    yield Given(_("Pay"), _("%(amount)s %(currency)s an hour") % _money(wage, currency))
    yield Given(_("Hours in that job"), _("%(hours)s a week") % {"hours": hours})
    yield Given(_("Paid weeks a year"), hours_text(asked["weeks_per_year"]))
    today = hours_text(asked["today_hours"])
    yield Given(_("Hours today"), _("%(hours)s a week") % {"hours": today})
    yield Given(
        _("Household"), _household(asked["household"]), inputs["household_verified"]
    )
    for one in asked["benefits"]:
        amount = whole(one["amount"])
        words = _("%(amount)s %(currency)s") % _money(amount, currency)
        yield Given(
            names.get(one["benefit"], one["benefit"]),
            words if amount else _("amount not known"),
            one["verified"],
        )


def _money(amount: str, currency: str) -> dict[str, str]:
    return {"amount": amount, "currency": currency}


def whole_or_exact(amount: str) -> str:
    """Write an hourly wage: it keeps its cents, unlike amounts of a month."""
    value = Decimal(amount)
    return whole(value) if value == value.to_integral_value() else f"{value:.2f}"


def _household(home: Mapping[str, Any]) -> str:
    parts = []
    if home["age"] is not None:
        parts.append(_("age %(age)s") % {"age": home["age"]})
    if home["partner"] is not None:
        parts.append(_("with a partner") if home["partner"] else _("without a partner"))
    if home["children"] is not None:
        parts.append(_("children: %(number)s") % {"number": home["children"]})
    if home["rent"] is not None:
        parts.append(_("rent %(amount)s a month") % {"amount": whole(home["rent"])})
    return ", ".join(parts) or _("not known")


def _line(row: Mapping[str, Any], sources: list[str]) -> Line:
    marginal = row["marginal"]
    lost = marginal is not None and Decimal(marginal) > ALL_LOST
    change = whole(row["change"])
    return Line(
        hours=hours_text(row["hours"]),
        gross=whole(row["gross"]),
        tax=whole(row["tax"]),
        benefits=tuple(whole(row["benefits"][one]) for one in sources),
        net=whole(row["net"]),
        change=f"+{change}" if change and Decimal(row["change"]) > 0 else change,
        kept=_("less than before") if lost else whole(row["kept"]),
    )


def _picture(
    found: Mapping[str, Any], sources: list[str], labels: tuple[str, ...]
) -> Stacks | None:
    """Return the chart; where no step is known there is none."""
    rows, today = found["rows"], found["today"]
    if all(row["net"] is None for row in rows):
        return None
    after = [
        next((row["id"] for row in rows if _beyond(row, cliff)), "")
        for cliff in found["cliffs"]
    ]
    shown = []
    for row in rows:
        parts = None
        if row["net"] is not None:
            wage = float(Decimal(row["gross"]) - Decimal(row["tax"]))
            help_ = [float(row["benefits"][one]) for one in sources]
            parts = (wage, *help_, float(row["other"]))
        mark = CLIFF_MARK if row["id"] in after else ""
        shown.append(Stack(hours_text(row["hours"]), parts, whole(row["net"]), mark))
    has_other = any(Decimal(row["other"]) for row in rows)
    keys = [_("Pay after tax"), *labels, *([_("Other income")] if has_other else [])]
    line = float(today["net"]) if today and today["net"] is not None else None
    return stacks.draw(shown, keys, line)


def _beyond(row: Mapping[str, Any], cliff: Mapping[str, Any]) -> bool:
    return Decimal(row["hours"]) > Decimal(cliff["at_hours"])


def _kept(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each stretch of steps in which the same share is kept."""
    rows = found["rows"]
    steps = [
        (above["hours"], row["hours"], _share(row))
        for above, row in pairwise(rows)
        if row["marginal"] is not None
    ]
    for share, stretch in groupby(steps, key=lambda step: step[2]):
        ends = list(stretch)
        words = {"from": hours_text(ends[0][0]), "to": hours_text(ends[-1][1])}
        if share is None:
            yield (
                _(
                    "From %(from)s to %(to)s hours: working more here leaves you with less."
                )
                % words
            )
        else:
            yield _(
                "From %(from)s to %(to)s hours: of each extra 100 you keep %(kept)s."
            ) % (words | {"kept": share})


def _share(row: Mapping[str, Any]) -> str | None:
    """Return what is kept of each extra 100; None where one has less than before."""
    return None if Decimal(row["marginal"]) > ALL_LOST else whole(row["kept"])


def _cliffs(found: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for cliff in found["cliffs"]:
        benefits = ", ".join(names.get(one, one) for one in cliff["benefits"])
        words = {
            "gross": whole(cliff["at_gross"]),
            "hours": hours_text(Decimal(cliff["at_hours"]).quantize(Decimal("0.1"))),
            "loss": whole(cliff["loss"]),
            "benefits": benefits or _("what is left after tax"),
        }
        yield (
            _(
                "Above %(gross)s of pay (about %(hours)s hours a week) you lose %(loss)s "
                "at once: %(benefits)s."
            )
            % words
        )
        again = cliff["level_again_gross"]
        if again is None:
            yield _("No pay that we can work out makes up for that.")
        elif cliff["level_again_hours"] is None:
            yield _("You are level again at %(gross)s of pay.") % {
                "gross": whole(again)
            }
        else:
            yield _(
                "You are level again at %(gross)s of pay, about %(hours)s hours a week."
            ) % {
                "gross": whole(again),
                "hours": hours_text(
                    Decimal(cliff["level_again_hours"]).quantize(Decimal("0.1"))
                ),
            }
    for dip in found["dips"]:
        yield _dip(dip)


def _dip(dip: Mapping[str, Any]) -> str:
    first = whole(dip["from_hours"])
    if dip["until_hours"] is None:
        return _(
            "Above about %(from)s hours a week you have less than at %(from)s."
        ) % {"from": first}
    return _(
        "Between about %(from)s and %(until)s hours a week you have less than at "
        "%(from)s."
    ) % {"from": first, "until": whole(dip["until_hours"])}


def _unknown(found: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[NotKnown]:
    for one in found["unknown"]:
        yield NotKnown(
            names.get(one["benefit"], one["benefit"]),
            in_words(one["question"]),
            in_words(one["payer"]),
        )


def _at_the_end(
    found: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[AtTheEnd]:
    for one in found["transitions"]:
        yield AtTheEnd(
            names.get(one["benefit"], one["benefit"]),
            in_words(one["says"]),
            one["waiting_days"],
            one["claim_within_days"],
            whole(one["restored_amount"]),
        )


def _duties(found: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[ToReport]:
    starts = inputs["asked"]["start_on"]
    for one in found["duties"]:
        within, by = one["within_days"], None
        if starts and within is not None:
            by = date.fromisoformat(starts) + timedelta(days=within)
        yield ToReport(
            in_words(one["who"]), in_words(one["to"]), in_words(one["what"]), by, within
        )


# What an engine says beside its amounts; of others it has no words of ours.
WARNINGS: Mapping[str, str | Promise] = {
    "between_hours_not_seen": gettext_lazy(
        "Worked out at these hours only: what happens between two of them is not seen."
    ),
    "partner_not_counted": gettext_lazy("A partner is not counted with."),
    "children_not_counted": gettext_lazy("Children are not counted with."),
    "rent_not_given": gettext_lazy("No rent was given, so it counts with none."),
    "housing_cost_not_given": gettext_lazy(
        "No rent was given, so it counts with none."
    ),
    "region_not_given": gettext_lazy(
        "The region was not given, so it counts with the usual one."
    ),
    "council_tax_not_given": gettext_lazy("Council tax is not counted with."),
    "same_pay_the_year_before": gettext_lazy(
        "It counts as if the pay had been the same the year before."
    ),
    "unexplained_amount": gettext_lazy(
        "The program counts an amount that it does not name; it is in what is left."
    ),
}


def _warnings(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an engine did not count with, each once."""
    slugs = [
        *found["warnings"],
        *(one for row in found["rows"] for one in row["warnings"]),
    ]
    yield from dict.fromkeys(str(WARNINGS[one]) for one in slugs if one in WARNINGS)


def worked_out_by(calculation: Calculation) -> str:
    """Return the notice of an engine: name, version, licence, where it comes from."""
    engine = working_out.engine_of(calculation)
    if engine is None:
        return ""
    return _(
        "Worked out by %(name)s %(version)s, a program of its own under the licence "
        "%(licence)s. Its source: %(source)s"
    ) % {
        "name": engine.id,
        "version": calculation.engine_version,
        "licence": engine.licence,
        "source": f"https://{engine.source}",
    }


def why_not(finding: rules.Finding) -> list[str]:
    """Return why a page may not be printed, a sentence a reason."""
    return [str(WHY_NOT[reason]) for reason in finding.reasons]
