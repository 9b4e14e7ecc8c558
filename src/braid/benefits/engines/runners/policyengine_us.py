"""Asks PolicyEngine US: all scenarios are households of one simulation."""

import importlib
from typing import Any

Said = dict[str, Any]

PACKAGE = "policyengine-us"
BENEFITS = {
    "ssi": "ssi",
    "snap": "snap",
    "social_security_disability": "ssdi",
    "tanf": "tanf",
    "state_supplement": "state_supplement",
    "spm_unit_capped_housing_subsidy": "housing_assistance",
}
NOT_COVERED = [
    "trial_work_period",
    "extended_eligibility",
    "work_expenses",
    "pass",
    "medicaid_1619b",
    "medicaid",
]
GROUPS = ("tax_units", "spm_units", "families", "marital_units", "households")


class Missing(ValueError):
    """An input that the engine would otherwise make up."""


def prepare() -> Any:
    """Load the engine; this is what takes long."""
    return importlib.import_module("policyengine_us")


def answer(engine: Any, request: Said) -> Said:
    """Return the rows of all scenarios, worked out at once."""
    if not request["household"].get("region"):
        raise Missing("region")
    year = request["rules_date"][:4]
    simulation = engine.Simulation(situation=_situation(request, year))

    def of(variable: str) -> list[float]:
        found = simulation.calculate(variable, int(year), map_to="household")
        return [float(each) for each in found]

    known = simulation.tax_benefit_system.variables
    benefits = {v: of(v) for v in BENEFITS if v in known}
    found = {
        "gross": of("employment_income"),
        "tax": of("household_tax"),
        "net": of("household_net_income"),
    }
    share = 12 if request["period"] == "month" else 1
    rows = [
        _row(step["id"], number, found, benefits, share)
        for number, step in enumerate(request["axis"])
    ]
    return {
        "rules_date": request["rules_date"],
        "coverage": [BENEFITS[v] for v in benefits],
        "not_covered": NOT_COVERED,
        "warnings": ["housing_cost_not_given"]
        * (request["household"].get("rent") is None),
        "rows": rows,
    }


def _row(name: str, number: int, found: Said, benefits: Said, share: int) -> Said:
    gross, tax, net = (found[part][number] for part in ("gross", "tax", "net"))
    paid = {BENEFITS[v]: amounts[number] for v, amounts in benefits.items()}
    other = net - (gross - tax + sum(paid.values()))
    return {
        "id": name,
        "gross": _text(gross / share),
        "tax": _text(tax / share),
        "benefits": {v: _text(amount / share) for v, amount in paid.items() if amount},
        "other": _text(other / share),
        "net": _text(net / share),
        "warnings": ["unexplained_amount"] if abs(other) >= 0.005 else [],
    }


def _situation(request: Said, year: str) -> Said:
    household = request["household"]
    situation: Said = {"people": {}} | {group: {} for group in GROUPS}
    for number, step in enumerate(request["axis"]):
        members = []
        for place, person in enumerate(household["people"]):
            name = f"{person['id']}_{number}"
            members.append(name)
            said: Said = {"age": {year: person["age"]}}
            if place == 0:
                said["employment_income"] = {year: _pay(step)}
            for flag in ("is_disabled", "is_blind"):
                if person.get("disability", {}).get(flag):
                    said[flag] = {year: True}
            situation["people"][name] = said
        for group in GROUPS:
            situation[group][f"{group}_{number}"] = {"members": members}
        home = situation["households"][f"households_{number}"]
        home["state_name"] = {year: household["region"]}
        if household.get("rent"):
            months = 12 if request["period"] == "month" else 1
            rent = float(household["rent"]) * months
            situation["people"][members[0]]["rent"] = {year: rent}
    return situation


def _pay(step: Said) -> float:
    return float(step["wage"]) * float(step["hours"]) * float(step.get("weeks", 52))


def _text(amount: float) -> str:
    # Binary fractions of the engine; half a cent is beyond what it knows.
    return f"{round(amount, 2) + 0.0:.2f}"
