"""Asks PolicyEngine UK: all scenarios are households of one simulation."""

import importlib
from typing import Any

Said = dict[str, Any]

PACKAGE = "policyengine-uk"
BENEFITS = {
    "universal_credit": "universal_credit",
    "esa_income": "esa",
    "esa_contrib": "esa",
    "housing_benefit": "housing_benefit",
    "pip": "pip",
    "child_benefit": "child_benefit",
    "carers_allowance": "carers_allowance",
    "council_tax_benefit": "council_tax_reduction",
}
TAXES = ("income_tax", "national_insurance")
NOT_COVERED = ["access_to_work", "passported_help", "statutory_sick_pay"]


def prepare() -> Any:
    """Load the engine; this is what takes long."""
    return importlib.import_module("policyengine_uk")


def answer(engine: Any, request: Said) -> Said:
    """Return the rows of all scenarios, worked out at once."""
    year = request["rules_date"][:4]
    simulation = engine.Simulation(situation=_situation(request, year))

    def of(variable: str) -> list[float]:
        return simulation.calculate(variable, int(year), map_to="household").tolist()

    known = simulation.tax_benefit_system.variables
    benefits = {v: of(v) for v in BENEFITS if v in known}
    found = {
        "gross": of("employment_income"),
        "taxes": [of(v) for v in TAXES],
        "net": of("household_net_income"),
    }
    share = 12 if request["period"] == "month" else 1
    rows = [
        _row(step["id"], number, found, benefits, share)
        for number, step in enumerate(request["axis"])
    ]
    return {
        "rules_date": request["rules_date"],
        "coverage": list(dict.fromkeys(BENEFITS[v] for v in benefits)),
        "not_covered": NOT_COVERED,
        "warnings": _warnings(request),
        "rows": rows,
    }


def _row(name: str, number: int, found: Said, benefits: Said, share: int) -> Said:
    gross, net = found["gross"][number], found["net"][number]
    tax = sum(each[number] for each in found["taxes"])
    paid = dict.fromkeys((BENEFITS[v] for v in benefits), 0.0)
    for variable, amounts in benefits.items():
        paid[BENEFITS[variable]] += amounts[number]
    other = net - (gross - tax + sum(paid.values()))
    unnamed = abs(other) >= 0.005
    return {
        "id": name,
        "gross": _text(gross / share),
        "tax": _text(tax / share),
        "benefits": {v: _text(amount / share) for v, amount in paid.items() if amount},
        "other": _text(other / share),
        "net": _text(net / share),
        "warnings": ["unexplained_amount"] if unnamed else [],
    }


def _situation(request: Said, year: str) -> Said:
    household = request["household"]
    rent = float(household.get("rent") or 0) * (
        12 if request["period"] == "month" else 1
    )
    people: Said = {}
    units: Said = {}
    homes: Said = {}
    for number, step in enumerate(request["axis"]):
        members = []
        for person in household["people"]:
            name = f"{person['id']}_{number}"
            members.append(name)
            people[name] = {"age": {year: person["age"]}}
            if person["id"] == household["people"][0]["id"]:
                people[name]["employment_income"] = {year: _pay(step)}
        units[f"b{number}"] = {"members": members, "would_claim_uc": {year: True}}
        if household["people"][0].get("disability", {}).get("lcwra"):
            people[members[0]]["uc_limited_capability_for_WRA"] = {year: True}
        homes[f"h{number}"] = {"members": members, "rent": {year: rent}}
        if household.get("region"):
            homes[f"h{number}"]["region"] = {year: household["region"]}
    return {"people": people, "benunits": units, "households": homes}


def _pay(step: Said) -> float:
    return float(step["wage"]) * float(step["hours"]) * float(step.get("weeks", 52))


def _warnings(request: Said) -> list[str]:
    household = request["household"]
    given = {
        "rent_not_given": household.get("rent") is not None,
        "region_not_given": bool(household.get("region")),
        "council_tax_not_given": False,
    }
    return [warning for warning, known in given.items() if not known]


def _text(amount: float) -> str:
    # Binary fractions of the engine; half a cent is beyond what it knows.
    return f"{round(amount, 2) + 0.0:.2f}"
