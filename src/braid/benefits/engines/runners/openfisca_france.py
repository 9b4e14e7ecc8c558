"""Asks OpenFisca France: all scenarios are households of one simulation.

Allowances of a month rest on the year before; the same pay is taken for both years.
"""

import importlib
from typing import Any

Said = dict[str, Any]

PACKAGE = "OpenFisca-France"
BENEFITS = {
    "aah": "aah",
    "rsa": "rsa",
    "ppa": "prime_activite",
    "aide_logement": "aide_logement",
}
NOT_COVERED = ["pension_invalidite", "indemnites_journalieres", "complementaire_sante"]


def prepare() -> Any:
    """Load the engine and the country's system; this is what takes long."""
    builder = importlib.import_module("openfisca_core.simulation_builder")
    system = importlib.import_module("openfisca_france").FranceTaxBenefitSystem()
    return builder, system


def answer(engine: Any, request: Said) -> Said:
    """Return the rows of all scenarios, worked out at once."""
    year = request["rules_date"][:4]
    builder, system = engine
    situation = _situation(request, int(year))
    simulation = builder.SimulationBuilder().build_from_entities(system, situation)

    def of(variable: str) -> list[float]:
        return [float(each) for each in simulation.calculate_add(variable, year)]

    benefits = {variable: of(variable) for variable in BENEFITS}
    found = {
        "gross": of("salaire_de_base"),
        "pay": of("salaire_net"),
        "income_tax": of("impot_revenu_restant_a_payer"),
        "net": of("revenu_disponible"),
    }
    share = 12 if request["period"] == "month" else 1
    rows = [
        _row(step["id"], number, found, benefits, share)
        for number, step in enumerate(request["axis"])
    ]
    return {
        "rules_date": request["rules_date"],
        "coverage": list(BENEFITS.values()),
        "not_covered": NOT_COVERED,
        "warnings": ["same_pay_the_year_before", *_warnings(request)],
        "rows": rows,
    }


def _row(name: str, number: int, found: Said, benefits: Said, share: int) -> Said:
    gross, pay, net = (found[part][number] for part in ("gross", "pay", "net"))
    # The engine writes a tax to pay as a negative amount.
    tax = gross - pay - found["income_tax"][number]
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


def _situation(request: Said, year: int) -> Said:
    household = request["household"]
    months = [f"{y}-{m:02d}" for y in (year - 1, year) for m in range(1, 13)]
    people: Said = {}
    taxed: Said = {}
    homes: Said = {}
    families: Said = {}
    for number, step in enumerate(request["axis"]):
        members = []
        for place, person in enumerate(household["people"]):
            name = f"{person['id']}_{number}"
            members.append(name)
            born = f"{year - int(person['age'])}-01-01"
            said: Said = {"date_naissance": {"ETERNITY": born}}
            if place == 0:
                said["salaire_de_base"] = {month: _pay(step) / 12 for month in months}
            rate = person.get("disability", {}).get("rate")
            if rate is not None:
                said["taux_incapacite"] = {month: float(rate) for month in months}
            people[name] = said
        taxed[f"f{number}"] = {"declarants": members}
        homes[f"m{number}"] = {"personne_de_reference": members[:1]}
        if members[1:]:
            homes[f"m{number}"]["conjoint"] = members[1:2]
        if household.get("rent"):
            monthly = request["period"] == "month"
            rent = float(household["rent"]) / (1 if monthly else 12)
            homes[f"m{number}"]["loyer"] = dict.fromkeys(months, rent)
        families[f"a{number}"] = {"parents": members}
    return {
        "individus": people,
        "foyers_fiscaux": taxed,
        "menages": homes,
        "familles": families,
    }


def _pay(step: Said) -> float:
    return float(step["wage"]) * float(step["hours"]) * float(step.get("weeks", 52))


def _warnings(request: Said) -> list[str]:
    household = request["household"]
    return [
        warning
        for warning, known in (
            ("rent_not_given", household.get("rent") is not None),
            ("region_not_used", not household.get("region")),
        )
        if not known
    ]


def _text(amount: float) -> str:
    # Binary fractions of the engine; half a cent is beyond what it knows.
    return f"{round(amount, 2) + 0.0:.2f}"
