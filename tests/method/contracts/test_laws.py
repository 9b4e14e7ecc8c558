"""Laws of every contract: order, caps, evidence, thresholds, netting, exact money."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import day, facts
from tests.method.contracts.schemes import (
    DES,
    DES_BOUND,
    IPSPC,
    UWV_1,
    UWV_2,
    D,
    bound,
    changed,
    contract,
    known,
    milestone,
    word,
)
from tests.method.contracts.test_two_ways import PAPERS, SCHEMES, SKELETON
from tests.method.contracts.test_worked_regimes import trajectory

from braid.method.contracts import money
from braid.method.contracts import shape as s
from braid.method.contracts.case import cases
from braid.method.contracts.documents import (
    line_document,
    line_from_document,
    result_document,
)
from braid.method.contracts.running import run

ALL = list(SCHEMES)
SEEDS = range(7000, 7012)


def made(name, seed, number=3):
    scheme, values = SCHEMES[name]
    history = Made(seed, scheme)
    bindings = DES_BOUND if values is None else bound(scheme, **values)
    return scheme, facts(*history.people(number)), history.as_of, bindings


def ran(scheme, tables, as_of, bindings, **given):
    return run(scheme, cases(scheme, tables), as_of, bindings=bindings, **given)


def total(result):
    return sum(line.amount for line in result.lines if line.is_due)


@pytest.mark.parametrize("name", ALL)
def test_1_the_order_of_entry_never_matters(name):
    for seed in SEEDS:
        scheme, tables, as_of, bindings = made(name, seed)
        shuffled = {key: list(rows) for key, rows in tables.items()}
        for rows in shuffled.values():
            Random(seed).shuffle(rows)
        once = ran(scheme, tables, as_of, bindings)
        again = ran(scheme, shuffled, as_of, bindings)
        assert result_document(once) == result_document(again)


@pytest.mark.parametrize("name", ["uk-mhep", "skeleton", "us-wa-fcs", "us-ttw"])
def test_2_what_is_paid_keeps_within_the_caps(name):
    for seed in SEEDS:
        scheme, tables, as_of, bindings = made(name, seed, 5)
        result = ran(scheme, tables, as_of, bindings)
        due = [line for line in result.lines if line.is_due]
        for each in scheme.milestones:
            own = [line for line in due if line.milestone == each.id]
            people = Counter(line.person for line in own)
            if each.cap and each.cap.person is not None:
                most = _bound(each.cap.person, bindings)
                assert max(people.values(), default=0) <= most
            if each.cap and each.cap.contract is not None:
                assert len(own) <= _bound(each.cap.contract, bindings)
        if scheme.cap and scheme.cap.amount:
            assert total(result) <= scheme.cap.amount.value


def _bound(value, bindings):
    return bindings.get(value.parameter) if isinstance(value, s.Open) else value


def test_3_removing_evidence_never_raises_the_total():
    asked = replace(SKELETON, cap=None)
    for seed in range(7000, 7060):
        tables = facts(*Made(seed, asked).people(2))
        before = total(ran(asked, tables, date(2025, 6, 30), None))
        for number in range(len(tables["evidence"])):
            left = [r for n, r in enumerate(tables["evidence"]) if n != number]
            after = ran(asked, tables | {"evidence": left}, date(2025, 6, 30), None)
            assert total(after) <= before


@pytest.mark.parametrize("comparison", ["at_least", "above"])
@pytest.mark.parametrize("scheme", [IPSPC, DES], ids=["weeks", "days"])
def test_4_raising_a_threshold_never_raises_the_count(scheme, comparison):
    name = scheme.milestones[-1].id if scheme is IPSPC else "outcome13"
    for seed in SEEDS:
        history = Made(seed, scheme, length=500)
        tables, counts = facts(*history.people(3)), []
        for hours in ("0", "6.5", "7", "8", "16", "20", "40"):
            rule = s.Threshold(
                measure="weekly_hours",
                statistic="each" if scheme is IPSPC else "mean",
                **{comparison: D(hours)},
            )
            asked = changed(scheme, name, threshold=rule)
            result = ran(asked, tables, history.as_of, DES_BOUND)
            counts.append(sum(x.counts for x in result.lines if x.milestone == name))
        assert counts == sorted(counts, reverse=True)


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(
                [None, "2017-05-10", "2018-06-30", "2018-07-01", "2018-09-03",
                 "2019-05-06", "2019-07-01", "2019-09-02"]
            ),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_5_the_netted_total_is_what_is_due_less_the_advances(people):
    rows = [
        each
        for number, (granted, consent) in enumerate(people)
        for each in trajectory(
            f"t{number:02}", consent, "2017-02-01" if granted else None
        )
    ]
    found = cases(UWV_2, facts(*rows))
    result = run(UWV_2, found, date(2020, 1, 31), versions=[UWV_1])
    started = sum(1 for _, consent in people if consent)
    advances = sum(1 for granted, _ in people if granted)
    assert total(result) == started * Decimal(8000) - advances * Decimal(3200)
    if people:
        assert result.totals.switch.balance == 0


@pytest.mark.parametrize("name", ALL)
def test_6_runs_one_after_another_add_up_to_the_last(name):
    for seed in SEEDS:
        scheme, tables, as_of, bindings = made(name, seed)
        ledger = ()
        for days in (200, 100, 30, 0):
            on = as_of - timedelta(days)
            result = ran(scheme, tables, on, bindings, previous=ledger)
            ledger = result.ledger
        at_once = ran(scheme, tables, as_of, bindings)
        due = sum(line.amount for line in ledger if line.is_due)
        assert due == total(at_once)
        again = ran(scheme, tables, as_of, bindings, previous=ledger)
        assert not [line for line in again.lines if line.is_due]


@pytest.mark.parametrize("name", ALL)
def test_7_splitting_a_job_changes_nothing(name):
    for seed in SEEDS:
        scheme, tables, as_of, bindings = made(name, seed)
        whole = ran(scheme, tables, as_of, bindings)
        parts = ran(scheme, _split(tables), as_of, bindings)
        assert _outcomes(whole) == _outcomes(parts)


def _outcomes(result):
    return [
        (x.event_key, x.reached_on, x.amount, x.reasons, x.kind) for x in result.lines
    ]


def _split(tables):
    """Return the facts with every longer job as two rows of one employer."""
    known, jobs, moved = dict(tables), [], {}
    for row in tables["jobs"]:
        middle = row["first_day"] + timedelta(20)
        last = row["last_day"]
        if row["employer_id"] is None or (last is not None and last <= middle):
            jobs.append(row)
            continue
        name = f"{row['job_id']}-b"
        jobs.append(row | {"last_day": middle})
        jobs.append(row | {"job_id": name, "first_day": middle + timedelta(1)})
        moved[row["job_id"]] = middle, name
    known["jobs"] = jobs
    for table in ("job_terms", "absences", "job_problems"):
        known[table] = [
            part for row in tables[table] for part in _halves(row, moved, None)
        ]
    known["paid_work"] = [
        part
        for row in tables["paid_work"]
        for part in _halves(row, moved, ("hours", "gross", "net"))
    ]
    return known


def _halves(row, moved, amounts):
    if row["job_id"] not in moved:
        return [row]
    middle, name = moved[row["job_id"]]
    first, last = row["first_day"], row["last_day"]
    if last is not None and last <= middle:
        return [row]
    if first > middle:
        return [row | {"job_id": name}]
    parts = [
        row | {"last_day": middle},
        row | {"job_id": name, "first_day": middle + timedelta(1)},
    ]
    if amounts:
        inside, length = (middle - first).days + 1, (last - first).days + 1
        for column in amounts:
            if row[column] is not None:
                share = row[column] * inside / length
                parts[0] |= {column: share}
                parts[1] |= {column: row[column] - share}
    return parts


@pytest.mark.parametrize("name", ALL)
def test_8_no_two_lines_share_an_event_key(name):
    for seed in SEEDS:
        result = ran(*made(name, seed))
        keys = Counter(line.event_key for line in result.lines)
        assert not [key for key, number in keys.items() if number > 1]


@given(
    st.decimals(min_value=-99999, max_value=99999, places=2),
    st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=6),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_9_parts_add_up_to_the_line(amount, weights, currency):
    amount = money.rounded(amount, currency)
    hundred = [Decimal(100 * w) / sum(weights) for w in weights[:-1]]
    shares = [
        s.Share(payer=f"p{n}", percent=percent)
        for n, percent in enumerate([*hundred, 100 - sum(hundred, Decimal(0))])
    ]
    parts = money.split(amount, shares, currency)
    assert sum(part for _, part in parts) == amount
    assert all(part == money.rounded(part, currency) for _, part in parts)


@given(
    st.decimals(min_value=0, max_value=99999, places=2),
    st.integers(min_value=0, max_value=27),
)
def test_9_net_and_vat_add_up_to_an_amount_with_vat_inside(amount, percent):
    net, vat = money.net_and_vat(amount, "inclusive", Decimal(percent), "EUR")
    assert net + vat == amount
    assert vat >= 0


@pytest.mark.parametrize("name", ALL)
def test_10_what_never_pays_creates_no_money(name):
    scheme, values = SCHEMES[name]
    unpaid = replace(
        scheme,
        advance=None,
        milestones=tuple(replace(m, pays=False) for m in scheme.milestones),
    )
    for seed in SEEDS:
        tables = facts(*Made(seed, scheme).people(2))
        bindings = None if values is None else bound(scheme, **values)
        result = ran(unpaid, tables, date(2025, 3, 1), bindings)
        assert not [line for line in result.lines if line.amount or line.parts]
        assert result.totals.due.amount == 0


@pytest.mark.parametrize("name", ALL)
def test_11_what_is_not_bound_is_never_due(name):
    scheme, _ = SCHEMES[name]
    met = 0
    for seed in SEEDS:
        tables = facts(*Made(seed, scheme).people(2))
        result = ran(scheme, tables, date(2025, 3, 1), None)
        for line in result.lines:
            if line.unbound:
                assert line.reasons
                assert not line.is_due
                met += "amount_unbound" in line.reasons
    assert met or not bindings_asked(scheme)


def bindings_asked(scheme):
    """Say whether a scheme has amounts that are not bound and that everybody meets."""
    return any(
        isinstance(m.amount, s.Open) and not m.requires for m in scheme.milestones
    )


@pytest.mark.parametrize("name", ALL)
def test_12_an_anchor_outside_a_version_never_uses_it(name):
    scheme, values = SCHEMES[name]
    bindings = DES_BOUND if values is None else bound(scheme, **values)
    first, last = date(2024, 4, 1), date(2024, 6, 30)
    narrow = replace(
        scheme, valid_from=first, valid_to=last, run_off_days=7, retroactive_to=None,
        anchor="milestone",
    )  # fmt: skip
    for seed in SEEDS:
        tables = facts(*Made(seed, scheme).people(2))
        result = ran(narrow, tables, date(2025, 3, 1), bindings)
        for line in result.lines:
            if line.is_due or line.counts:
                assert first <= line.reached_on <= last + timedelta(7)


def test_13_a_place_that_is_freed_goes_to_the_next_by_day_then_row():
    scheme, values = SCHEMES["uk-mhep"]
    bindings = bound(scheme, **(values | {"CAP_START": "1"}))
    met = 0
    for seed in range(7000, 7080):
        history = Made(seed, scheme)
        tables = facts(*history.people(4))
        result = ran(scheme, tables, history.as_of, bindings)
        starts = [x for x in result.lines if x.milestone == "start"]
        over = [x for x in starts if x.reasons == ("over_cap",)]
        if not over:
            continue
        (paid,) = [x for x in starts if x.is_due]
        left = [r for r in tables["jobs"] if r["episode_id"] != paid.episode]
        after = ran(scheme, tables | {"jobs": left}, history.as_of, bindings)
        (now,) = [x for x in after.lines if x.milestone == "start" and x.is_due]
        first = min(over, key=lambda x: (x.reached_on, x.event_row))
        assert now.event_key == first.event_key
        met += 1
    assert met > 3


@pytest.mark.parametrize("name", ["uk-mhep", "au-des", "us-wi", "uk-ipspc"])
def test_14_a_job_lengthened_at_its_end_never_pays_less(name):
    for seed in range(7000, 7030):
        scheme, tables, as_of, bindings = made(name, seed, 1)
        tables["paid_work"] = []
        before = ran(scheme, tables, as_of, bindings)
        for number, row in enumerate(tables["jobs"]):
            if row["last_day"] is None or row["employer_id"] is not None:
                continue
            longer = list(tables["jobs"])
            longer[number] = row | {"last_day": row["last_day"] + timedelta(45)}
            after = ran(scheme, tables | {"jobs": longer}, as_of, bindings)
            assert total(after) >= total(before)


@pytest.mark.parametrize("name", ALL)
def test_a_document_of_a_line_is_the_line_again(name):
    for seed in SEEDS:
        for line in ran(*made(name, seed)).lines:
            again = line_from_document(line_document(line))
            assert replace(again, steps=()) == replace(line, steps=())


def test_evidence_late_or_missing_is_counted_and_unpaid():
    asked = contract(
        milestone(
            "start", "event", word("job_start"), amount=known("9"), evidence=PAPERS
        )
    )
    reasons = defaultdict(set)
    for seed in range(7000, 7100):
        for line in ran(
            asked, facts(*Made(seed, asked).people(1)), day("2025-06-30"), None
        ).lines:
            if line.counts:
                reasons[line.reasons].add(line.amount)
    assert reasons[("evidence_missing",)] == {Decimal("0.00")}
    assert reasons[("evidence_late",)] == {Decimal("0.00")}
    assert reasons[()] == {Decimal("9.00")}
