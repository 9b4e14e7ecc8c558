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
    "group": [{"group": name} for name in ("gender", "age_band", "origin")],
    "scope": [{"scope": "episode"}],
    "dating": [{"dating": "threshold_met", "profile": "as_coded"}],
    "counted_from": [
        {"counted_from": "referral"},
        {"counted_from": "referral", "dating": "threshold_met", "group": "area"},
    ],
    "people": [{"people": "everyone"}],
    "cohort": [{"cohort": "period"}],
    "mode": [{"mode": "compatible"}],
    "followed": [
        {"followed": "flow", "profile": "as_coded", "anchor": name}
        for name in ("at_start", "at_spell")
    ],
    "anchor": [{"anchor": "at_spell", "profile": "as_coded"}],
    "discharged": [{"discharged": "faithful"}],
    "lately": [{"lately": 90}],
    "unverified_after": [{"unverified_after": 30}],
}
# What of these words holds in days that lie so close together.
NEAR = {
    "sustained_days": [
        {"max_gap_days": 14, "n": 30},
        {"max_gap_days": 30, "n": 60, "gaps_count": True, "boundary": "beyond"},
        {"max_gap_days": 60, "n": 120, "max_gaps": 1, "scope": "person"},
        {"successor": "same_employer", "n": 30, "unseen": ("lost_contact", "moved")},
    ],
    "sustained_periods": [
        {"n": 2, "of": 3, "sick_counts": "all", "scope": "person"},
        {"n": 2, "of": 3, "source": "paid_or_agreed", "threshold": Decimal(16)},
        {"n": 2, "of": 4, "unit": "iso_week", "anchor": "rolling", "cumulative": False},
        {"n": 2, "of": 3, "unit": "month", "counted": "net", "threshold": Decimal(300)},
    ],
    "sustained_hours": [
        {"n": 14, "source": "paid_or_agreed"},
        {"n": 14, "statistic": "each", "source": "paid_or_agreed", "scope": "person"},
        {"n": 14, "statistic": "min", "edge": Decimal(8), "edge_is": "above"},
    ],
    "research": [
        {"length": 90},
        {"length": 6, "length_in": "months", "weeks": "days", "twenty": "mean"},
        {"length": 90, "source": "paid_or_agreed"},
    ],
    "work_or_education": [
        {"length": 3, "length_in": "months", "look": "at", "tolerance": 7},
        {"length": 180, "evidence": "register"},
    ],
    "enough_months": [
        {"length": 90, "n": 2, "threshold": Decimal(20), "comparator": "at_least"},
        {"length": 6, "length_in": "months", "counted": "gross"},
    ],
    "lasting_education": [{"n": 10}],
    "engaged": [{"appointments": 1}],
    "trajectories": [{"months": 2, "hours": Decimal(140)}],
    "days_to": [
        {"event": "contact", "origin": "entered"},
        {"event": "employer_contact", "censor": "facts"},
        {"event": "exit", "origin": "referred"},
    ],
    "meetings_of_kind": [{"kind": "job_centre"}],
    "questions": [{"days": 3}],
    "weeks_worked": [{"leave_days": 1}],
    "meetings_attended": [
        {"kinds": ("treatment_team", "supervision"), "every": "month"},
        {"kinds": ("outcome_review",), "every": "quarter"},
    ],
    "final_reviews": [{"scale": "ips-15"}, {"recent": 30, "high": 90}],
    "counselled_changes": [{"within": 5, "planners": ("caseworker",)}],
    "counselled_starts": [{"planners": ("specialist", "caseworker")}],
    "disclosure_talks": [{"after": 10}],
    "profile_updates": [{"within": 5}],
    "logged_searches": [{"after": 5}],
    "leave_weeks": [{"leave_days": 1}],
    "signed_weeks": [{"leave_days": 5, "signed_after": 0}],
    "variety": [
        {"apart": "employer", "percent": 30},
        {"apart": "chain", "percent": 1},
    ],
    "reached_out": [{"missed": 1}],
    "repeated_starts": [{"gap_days": 5}],
    "contacts_around_payment": [{"around": 20}],
}


def _coded(word):
    return {"profile": "as_coded"} if "profile" in word.parameters else {}


def _takes(word, way):
    """Say whether a word has parameters of these names that can have these values."""
    parameters = [(word.parameters.get(name), value) for name, value in way.items()]
    return all(
        parameter is not None
        and (value in parameter.choices or parameter.kind != "choice")
        and (parameter.kind != "number" or isinstance(value, int))
        for parameter, value in parameters
    )


CASES = [
    *((name, {}, seed) for name in WORDS for seed in SEEDS),
    *(
        (name, _coded(get(name)) | way, SEEDS[0])
        for name, ways in NEAR.items()
        for way in ways
    ),
    *(
        (name, way, SEEDS[0])
        for name, word in WORDS.items()
        for key, ways in WAYS.items()
        if key in word.parameters
        for way in ways
        if _takes(word, way)
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


# By case, the amounts that were counted and the reasons to leave out: a reference takes
# long, and what every case must have somewhere is asked of the same rows.
MET: dict[tuple[object, ...], tuple[frozenset[str], frozenset[str]]] = {}


def _key(name, said, seed):
    return name, tuple(sorted(said.items())), seed


def _plain(name, said, seed):
    """Return the rows of the reference, and keep what they meet."""
    facts, _ = _service(seed)
    rows = get(name).reference(facts, PERIODS, **said)
    MET[_key(name, said, seed)] = (
        frozenset(n for n in get(name).amounts if any(row[n] for row in rows)),
        frozenset(row["left_out"] for row in rows) - {None},
    )
    return rows


def _met(name, said, seed):
    if _key(name, said, seed) not in MET:
        _plain(name, said, seed)
    return MET[_key(name, said, seed)]


@pytest.mark.parametrize("case", CASES, ids=_named)
def test_both_ways_give_the_same_rows(case):
    word, parameters, seed = case
    _, held = _service(seed)
    plain = _plain(word, parameters, seed)
    found = by_engine(word, held, PERIODS, **parameters)
    assert as_multiset(found) == as_multiset(plain)


@pytest.mark.parametrize("name", WORDS)
def test_a_thousand_people_have_every_case(name):
    """Each amount is counted somewhere, and each reason to leave out is met."""
    word = get(name)
    ways = [_coded(word) | way for way in ({}, *NEAR.get(name, ()))]
    # What is left to the word itself is read strictly.
    met = [_met(name, way, SEEDS[0]) for way in ([{}, *ways] if _coded(word) else ways)]
    assert set().union(*(amounts for amounts, _ in met)) == set(word.amounts)
    assert set().union(*(reasons for _, reasons in met)) == set(word.left_out)
