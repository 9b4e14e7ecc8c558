"""Each word says the same in plain Python and of DuckDB, about a thousand people."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

import pytest
from tests.method.measures.engine import as_multiset, by_engine, loaded
from tests.method.measures.histories import D, history

from braid.kernel.dates import quarter_period
from braid.method.competitive import Switches
from braid.method.measures import WORDS, Asked, get

SEEDS = (1, 2, 3)


def _quarter(name):
    period = quarter_period(name)
    return Asked(name, period.first_day, period.last_day, D)


PERIODS = (
    Asked.on(D),
    Asked("56 days", D - timedelta(55), D, D),
    Asked("365 days", D - timedelta(364), D, D),
    *(_quarter(name) for name in ("2024Q1", "2025Q4", "2026Q1", "2026Q2")),
    Asked("2026Q1 then", date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 31)),
    Asked("as known in March", date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)),
    Asked.on(date(2024, 2, 29), "leap day"),
)
ALL = Switches(True, True, True)
WAYS = {
    "basis": [{"basis": name} for name in ("referred", "entered", "profile")],
    "profile": [{"profile": "as_coded"}, {"profile": "as_coded", "switches": ALL}],
    "of": [{"of": "employment"}],
    "reasons": [{"reasons": ("no_capacity", "other")}],
    "min_paid_hours": [
        {"profile": "as_coded", "min_paid_hours": hours}
        for hours in (None, Decimal(30))
    ],
}
CASES = [
    *((name, {}, seed) for name in WORDS for seed in SEEDS),
    *(
        (name, way, SEEDS[0])
        for name, word in WORDS.items()
        for key, ways in WAYS.items()
        if key in word.parameters
        for way in ways
    ),
]


@cache
def _service(seed):
    facts = history(Random(seed), people=1000)
    return facts, loaded(facts, D + timedelta(20))


def _named(case):
    word, parameters, seed = case
    said = ", ".join(f"{name} {value}" for name, value in parameters.items())
    return f"{word}, {said or f'service {seed}'}"


@pytest.mark.parametrize("case", CASES, ids=_named)
def test_both_ways_give_the_same_rows(case):
    word, parameters, seed = case
    facts, held = _service(seed)
    plain = get(word).reference(facts, PERIODS, **parameters)
    found = by_engine(word, held, PERIODS, **parameters)
    assert as_multiset(found) == as_multiset(plain)


@pytest.mark.parametrize(
    "word", [pytest.param(w, id=name) for name, w in WORDS.items()]
)
def test_a_thousand_people_have_every_case(word):
    """Each amount is counted somewhere, and each reason to leave out is met."""
    given = {"profile": "as_coded"} if "profile" in word.parameters else {}
    facts, _ = _service(SEEDS[0])
    rows = word.reference(facts, PERIODS, **given)
    if "profile" in word.parameters:
        rows += word.reference(facts, PERIODS, profile="strict")
    assert {name for name in word.amounts if any(row[name] for row in rows)} == set(
        word.amounts
    )
    assert {row["left_out"] for row in rows} - {None} == set(word.left_out)
