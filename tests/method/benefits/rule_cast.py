"""Invented rules for tests, and a second, plain way to work them out."""

from datetime import date
from decimal import Decimal

from braid.method.benefits.rules import (
    Band,
    Benefit,
    RuleSet,
    Tax,
    Withdrawal,
)

FIRST_DAY = date(2025, 1, 1)
QUESTION = {"en": "How does my pay change this?"}


def amount(value):
    return None if value is None else Decimal(str(value))


def benefit(name, base=1000, order=1, **said):
    """Return a benefit; what is not a key of benefits is one of its withdrawal."""
    own = {k: said.pop(k) for k in list(said) if k in Benefit.__dataclass_fields__}
    kind = said.pop("kind", "none")
    for key in ("disregard", "rate", "limit", "hours_limit"):
        if key in said:
            said[key] = amount(said[key])
    rule = Withdrawal(kind, **said)
    return Benefit(
        **{
            "id": name,
            "label": {"en": name},
            "payer": {"en": "Office"},
            "period": "month",
            "order": order,
            "base": None if base == "input" else amount(base),
            "base_from_input": base == "input",
            "withdrawal": rule,
            "valid_from": FIRST_DAY,
            "question": QUESTION,
        }
        | own
    )


def tax(*bands, name="income_tax", **said):
    return Tax(
        **{
            "id": name,
            "label": {"en": name},
            "period": "month",
            "bands": banded(*bands),
            "valid_from": FIRST_DAY,
            "question": QUESTION,
        }
        | said
    )


def banded(*bands):
    return tuple(Band(amount(above), amount(rate)) for above, rate in bands)


def rules(*benefits, taxes=(), **said):
    return RuleSet(
        **{
            "id": "xx",
            "version": "1",
            "currency": "XXX",
            "unit": "month",
            "rules_date": FIRST_DAY,
            "taxes": tuple(taxes),
            "benefits": benefits,
            "status": "reviewed",
        }
        | said
    )


TAX = tax((0, 0), (500, "0.1"))
SUPPORT = benefit("support", kind="taper", disregard=200, rate="0.5")
RENT_HELP = benefit("rent_help", 150, 2, kind="threshold_cliff", limit=1000)
INVENTED = rules(SUPPORT, RENT_HELP, taxes=[TAX])


def plainly(found, gross, hours=Decimal(0)):
    """Return net a month of some pay, straight from the words of the rules."""
    net = gross
    for one in found.taxes:
        tops = [*(band.above for band in one.bands[1:]), None]
        for band, top in zip(one.bands, tops, strict=True):
            within = gross if top is None else min(gross, top)
            net -= max(within - band.above, Decimal(0)) * band.rate
    for one in found.benefits:
        rule = one.withdrawal
        if rule.kind == "taper":
            lost = max(gross - rule.disregard, Decimal(0)) * rule.rate
            net += max(one.base - lost, Decimal(0))
        elif rule.kind == "threshold_cliff":
            net += one.base if gross <= rule.limit else Decimal(0)
        elif rule.kind == "hours_limit":
            net += one.base if hours <= rule.limit else Decimal(0)
        else:
            net += one.base
    return net
