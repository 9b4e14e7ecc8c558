"""From an engine's answer to the same values that a rule pack gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from braid.benefits.engines.contract import TODAY, not_sent
from braid.method.benefits.cliffs import dips_between
from braid.method.benefits.rules import RuleSet
from braid.method.benefits.values import Inputs, Result, Row
from braid.method.benefits.working import compared, net_of, row_id


def result_of(
    answer: Mapping[str, Any], inputs: Inputs, rules: RuleSet, currency: str
) -> Result:
    """Return an engine's answer as a result.

    `rules` are those of the country's pack: its names, duties and questions belong on
    the page whoever worked out the amounts. Net is what its parts add up to. An engine
    answers for single hours: falls are told between rows, never as an exact amount.
    """
    by_id = {row["id"]: row for row in answer["rows"]}
    names = list(dict.fromkeys(n for row in answer["rows"] for n in row["benefits"]))
    today = _row(by_id[TODAY], inputs.today_hours, names)
    rows = [
        _row(by_id[row_id(hours)], hours, names) for hours in sorted(set(inputs.hours))
    ]
    shown = tuple(compared(rows, today))
    labels = {benefit.id: benefit.label for benefit in rules.benefits}
    return Result(
        rows=shown,
        cliffs=(),
        dips=dips_between(shown),
        segments=(),
        unknown=(),
        not_covered=(
            *rules.not_covered,
            *(labels.get(each, {"en": _words(each)}) for each in answer["not_covered"]),
        ),
        duties=rules.duties,
        transitions=tuple(t for t in rules.transitions if t.benefit in names),
        questions=rules.questions,
        rules_date=date.fromisoformat(answer["rules_date"]),
        pack_id="",
        pack_version="",
        engine=answer["engine"],
        engine_version=answer["engine_version"],
        currency=currency,
        unit="month",
        today=today,
        labels={name: labels.get(name, {"en": _words(name)}) for name in names},
        warnings=(
            "between_hours_not_seen",
            *not_sent(inputs.household),
            *answer.get("warnings", ()),
            *(f"assumed:{benefit}" for benefit in inputs.assumed),
        ),
    )


def _row(said: Mapping[str, Any], hours: Decimal, names: list[str]) -> Row:
    benefits = said["benefits"]
    amounts: dict[str, Decimal | None] = {
        name: Decimal(benefits.get(name, "0.00")) for name in names
    }
    gross, tax = Decimal(said["gross"]), Decimal(said["tax"])
    # The rest that the engine counts and does not name, with what rounding left.
    other = Decimal(said["net"]) - gross + tax - sum(filter(None, amounts.values()))
    row = Row(
        id=said["id"],
        hours=hours,
        gross=gross,
        tax=tax,
        benefits=amounts,
        net=None,
        other=other,
        warnings=tuple(said.get("warnings", ())),
    )
    return replace(row, net=net_of(row))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
