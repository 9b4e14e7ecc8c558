"""The JSON that crosses to an engine and back, checked on both ways.

Amounts are decimal texts. Ids are opaque: nothing that names a person crosses.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from braid.benefits.engines.faults import EngineUnavailable
from braid.kernel.errors import InputFault
from braid.method.benefits.values import Household, Inputs
from braid.method.benefits.working import check, row_id, today_wage

TODAY = "today"
DISABILITY = ("lcwra", "is_disabled", "is_blind", "rate")
# Every key that may cross, and no other.
KEYS = frozenset({"v", "country", "rules_date", "period", "household", "axis", "ask"})
HOUSEHOLD_KEYS = frozenset({"people", "rent", "region"})
PERSON_KEYS = frozenset({"id", "age", "disability"})
STEP_KEYS = frozenset({"id", "hours", "wage", "weeks"})
PERSON_ID = re.compile(r"p[0-9]{1,2}")
STEP_ID = re.compile(r"today|h[0-9]{1,3}(\.[0-9]{1,3})?")
REGION = re.compile(r"[A-Za-z_]{2,30}")


def request_for(inputs: Inputs, country: str, rules_date: date) -> dict[str, Any]:
    """Return one request for all scenarios of these inputs, today's among them.

    Raises: InputFault when something is missing that every engine needs.
    """
    check(inputs)
    age = inputs.household.age
    if age is None:
        raise InputFault(
            "The age is missing, and the calculation needs it. Give it in years.",
            field="age",
            reason="age_missing",
        )
    person: dict[str, Any] = {
        "id": "p1",
        "age": age,
        "disability": {
            flag: True for flag in inputs.household.flags if flag in DISABILITY
        },
    }
    household: dict[str, Any] = {"people": [person]}
    if inputs.household.rent is not None:
        household["rent"] = f"{inputs.household.rent:f}"
    if inputs.household.region:
        household["region"] = inputs.household.region
    weeks = inputs.weeks_per_year
    steps = [(TODAY, inputs.today_hours, today_wage(inputs))]
    steps += [(row_id(h), h, inputs.wage) for h in sorted(set(inputs.hours))]
    return {
        "v": 1,
        "country": country,
        "rules_date": rules_date.isoformat(),
        "period": "month",
        "household": household,
        "axis": [
            {"id": name, "hours": f"{h:f}", "wage": f"{wage:f}", "weeks": f"{weeks:f}"}
            for name, h, wage in steps
        ],
        "ask": ["net", "tax", "benefits"],
    }


def not_sent(household: Household) -> tuple[str, ...]:
    """Return what is known of a household and does not cross, as warnings."""
    found = []
    if household.partner is not False:
        found.append("partner_not_counted")
    if household.children != 0:
        found.append("children_not_counted")
    found += [f"not_counted:{f}" for f in household.flags if f not in DISABILITY]
    return tuple(found)


def checked(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request that may cross. Raises: InputFault naming the field."""
    _only(request, KEYS, "request")
    if request.get("v") != 1 or request.get("period") not in {"month", "year"}:
        raise _wrong("period", "version 1 and a month or a year")
    _day(request.get("rules_date"))
    household = request.get("household")
    if not isinstance(household, Mapping) or not household.get("people"):
        raise _wrong("household", "at least one person")
    _only(household, HOUSEHOLD_KEYS, "household")
    region = household.get("region", "")
    if region and not REGION.fullmatch(str(region)):
        raise _wrong("region", "a region as the engine calls it")
    if household.get("rent") is not None:
        _amount(household["rent"], "rent")
    for person in household["people"]:
        _only(person, PERSON_KEYS, "person")
        _only(person.get("disability", {}), frozenset(DISABILITY), "disability")
        if not PERSON_ID.fullmatch(str(person.get("id"))):
            raise _wrong("id", "an opaque id such as p1")
        if not isinstance(person.get("age"), int) or not 0 <= person["age"] <= 120:
            raise _wrong("age", "an age in years")
    _steps(request.get("axis"))
    return dict(request)


def usable(engine: str, request: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """Return an answer that has one whole row for each scenario, in order.

    Raises: EngineUnavailable otherwise; InputFault when the engine names what it misses.
    """
    if answer.get("error") == "missing_input":
        missing = [str(each) for each in answer.get("missing", [])]
        raise InputFault(
            "The calculation needs something more of the household. "
            f"Give: {', '.join(missing)}.",
            field=missing[0] if missing else "",
            reason="engine_input_missing",
        )
    if "error" in answer:
        raise EngineUnavailable(engine, "failed", str(answer["error"])[:60])
    rows = answer.get("rows")
    wanted = [step["id"] for step in request["axis"]]
    if not isinstance(rows, list) or [_id(row) for row in rows] != wanted:
        raise EngineUnavailable(engine, "partial")
    for row in rows:
        _whole(engine, row)
    for part in ("coverage", "not_covered"):
        _texts(engine, answer.get(part))
    _texts(engine, answer.get("warnings", []))
    return dict(answer)


def _whole(engine: str, row: Mapping[str, Any]) -> None:
    """Every part is there, and they add up to what the engine calls net."""
    try:
        gross, tax, net = (_amount(row[part], part) for part in ("gross", "tax", "net"))
        benefits = [_amount(each, "benefit") for each in row["benefits"].values()]
        other = _amount(row.get("other", "0"), "other")
    except (KeyError, AttributeError, InputFault) as error:
        raise EngineUnavailable(engine, "partial") from error
    _texts(engine, row.get("warnings", []))
    # Each part is rounded by itself.
    if abs(gross - tax + sum(benefits) + other - net) > Decimal("0.01") * (
        len(benefits) + 3
    ):
        raise EngineUnavailable(engine, "malformed", "the parts are not the whole")


def _steps(steps: Any) -> None:
    if not isinstance(steps, list) or not steps:
        raise _wrong("axis", "at least one scenario")
    for step in steps:
        _only(step, STEP_KEYS, "axis")
        if not STEP_ID.fullmatch(str(step.get("id"))):
            raise _wrong("id", "an opaque id such as h16")
        for part in ("hours", "wage"):
            _amount(step.get(part), part)
        _amount(step.get("weeks", "52"), "weeks")


def _only(given: Any, known: Iterable[str], name: str) -> None:
    if not isinstance(given, Mapping):
        raise _wrong(name, "values by name")
    for key in given:
        if key not in known:
            raise _wrong(name, f"only {', '.join(sorted(known))}")


def _amount(given: Any, name: str) -> Decimal:
    try:
        amount = Decimal(given) if isinstance(given, int | str) else None
    except InvalidOperation:
        amount = None
    if amount is None or isinstance(given, bool) or not amount.is_finite():
        raise _wrong(name, 'an amount as text, such as "12.50"')
    return amount


def _day(given: Any) -> None:
    try:
        date.fromisoformat(str(given))
    except ValueError:
        raise _wrong("rules_date", "a day such as 2026-01-31") from None


def _id(row: Any) -> str:
    return str(row.get("id")) if isinstance(row, Mapping) else ""


def _texts(engine: str, given: Any) -> None:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise EngineUnavailable(engine, "malformed")


def _wrong(field: str, expected: str) -> InputFault:
    return InputFault(
        f"The value of '{field}' cannot be given to an engine. Expected {expected}.",
        field=field,
        reason="engine_value_wrong",
    )
