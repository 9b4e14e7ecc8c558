"""Claims that somebody changed are caught, each in its way; clean ones pass."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import facts
from tests.method.contracts.schemes import DES_BOUND, bound
from tests.method.contracts.test_two_ways import SCHEMES

from braid.method.contracts.case import cases
from braid.method.contracts.checking import checked_fields, verify
from braid.method.contracts.running import run
from braid.method.contracts.values import Proofs

CENT, DAY = Decimal("0.01"), timedelta(1)


def paid_less(line, taken=CENT):
    return replace(line, amount=line.amount - taken)


WAYS = {
    "a cent more": lambda one: replace(one, amount=one.amount + CENT),
    "a cent less": paid_less,
    "ten times as much": lambda one: replace(one, amount=one.amount * 10),
    "the sign turned": lambda one: replace(one, amount=-one.amount),
    "another currency": lambda one: replace(one, currency="XTS"),
    "a day earlier": lambda one: replace(one, reached_on=one.reached_on - DAY),
    "a day later": lambda one: replace(one, reached_on=one.reached_on + DAY),
    "begun a day earlier": lambda one: replace(one, first_day=one.first_day - DAY),
    "payable a day earlier": lambda one: replace(one, payable_on=one.payable_on - DAY),
    "another person": lambda one: replace(one, person="somebody"),
    "another episode": lambda one: replace(one, episode="another"),
    "another unit": lambda one: replace(one, unit_id="south"),
    "another milestone": lambda one: replace(one, milestone="another"),
    "claimed a second time": lambda one: replace(
        one, ordinal=one.ordinal + 90, event_key=one.event_key[:-1] + "91"
    ),
    "another version": lambda one: replace(one, version=one.version + 1),
    "another clause": lambda one: replace(one, clause="another"),
    "another payer": lambda one: replace(one, payer="somebody", parts=()),
    "parts that lose a cent": lambda one: replace(
        one, parts=(("a", one.amount - CENT),)
    ),
    "another row": lambda one: replace(one, event_row="another"),
    "evidence made up": lambda one: replace(one, evidence=Proofs(present=("invoice",))),
    "net without VAT": lambda one: replace(one, net=(one.net or Decimal(0)) - CENT),
    "further than draft": lambda one: replace(one, state="paid"),
    "another kind": lambda one: replace(one, kind="advance"),
    "not counted": lambda one: replace(one, counts=not one.counts),
}


def claims(seeds):
    """Yield lines that are due, with all that they were made of."""
    for seed in seeds:
        for name, (scheme, values) in SCHEMES.items():
            made = Made(seed, scheme)
            tables = facts(*made.people())
            bindings = DES_BOUND if values is None else bound(scheme, **values)
            (case,) = cases(scheme, tables)
            result = run(scheme, [case], made.as_of, bindings=bindings)
            for line in result.lines:
                yield name, line, (scheme, case, made.as_of), bindings


def caught(line, given, bindings):
    scheme, case, as_of = given
    return verify(line, scheme, case, as_of, bindings=bindings)


def test_clean_claims_are_never_refused():
    met = 0
    for name, line, given, bindings in claims(range(3000, 3025)):
        assert caught(line, given, bindings) == [], f"{name}: {line.event_key}"
        met += 1
    assert met > 500


def test_a_thousand_mutated_claims_are_all_caught():
    met, ways = Counter(), list(WAYS)
    for name, line, given, bindings in claims(range(4000, 4200)):
        if not line.is_due or line.amount < 1:
            continue
        for n in range(3):
            way = ways[(sum(met.values()) + n) % len(ways)]
            assert caught(WAYS[way](line), given, bindings), f"{name}: {way}"
            met[way] += 1
        if sum(met.values()) > 1100:
            break
    assert len(met) >= 20
    assert sum(met.values()) >= 1000


def test_money_that_a_reason_takes_is_caught():
    met = 0
    for _name, line, given, bindings in claims(range(5000, 5010)):
        if line.reasons and line.is_reached and line.amount == 0:
            taken = replace(line, reasons=(), amount=Decimal("100.00"))
            assert caught(taken, given, bindings)
            met += 1
    assert met > 20


@pytest.mark.parametrize("name", ["amount", "reached_on", "parts", "evidence", "state"])
def test_what_a_claim_says_is_looked_at(name):
    assert name in checked_fields()
