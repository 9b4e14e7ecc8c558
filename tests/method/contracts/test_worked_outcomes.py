"""Worked situations of outcome contracts: engagement, starts, bands, caps, evidence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.method.contracts.histories import (
    contact,
    episode,
    evidence,
    funder_event,
    job,
    month,
    paid,
    plan_event,
    ran,
    told,
    weeks,
)
from tests.method.contracts.schemes import (
    DES,
    DES_BOUND,
    IPSPC,
    MHEP,
    MHEP_BOUND,
    WISCONSIN,
    D,
    bound,
    changed,
    contract,
    event,
    known,
    milestone,
    word,
)

from braid.method.contracts import shape as s

ENGAGED = plan_event("profile_started", "2020-01-20")
PERSON = episode(accepted="2020-01-06")


def mhep(*rows, as_of="2023-06-30", scheme=MHEP, bindings=MHEP_BOUND, **given):
    return ran(scheme, as_of, PERSON, *rows, bindings=bindings, **given)


def test_w11_the_profile_engages_and_the_third_appointment_pays_nothing():
    result = mhep(
        contact("c-1", "2020-05-02"),
        contact("c-2", "2020-05-09"),
        plan_event("profile_started", "2020-05-14"),
        contact("c-3", "2020-05-20"),
    )
    assert told(result) == [("engagement", "2020-05-14", "50.00", ())]


@pytest.mark.parametrize(
    ("weekly", "shift", "daily", "reached"),
    [
        pytest.param("20", "4.0", None, "2020-03-02", id="w12 four hours"),
        pytest.param("20", "3.5", None, None, id="w12 half an hour short"),
        pytest.param("37", "7.4", "7.4", "2020-03-02", id="w12a the job's own day"),
        pytest.param("37", "7.4", None, None, id="w12a eight hours needed"),
        pytest.param("30", "7.9", None, None, id="thirty hours are no part-time"),
    ],
)
def test_w12_a_start_is_a_full_day_or_four_hours_of_part_time(
    weekly, shift, daily, reached
):
    result = mhep(
        ENGAGED,
        job(
            "j-1", "2020-03-02", hours=weekly, contracted_daily_hours=daily and D(daily)
        ),
        paid("j-1", "2020-03-02", hours=shift),
        as_of="2020-03-04",
    )
    (line,) = [line for line in result.lines if line.milestone == "start"]
    assert line.reached_on == (reached and date.fromisoformat(reached))
    assert line.is_due is (reached is not None)


@pytest.mark.parametrize(
    ("last", "reached"),
    [("2020-03-11", date(2020, 3, 2)), ("2020-03-06", None)],
    ids=["ten days", "five days"],
)
def test_w12b_hours_not_recorded_count_by_the_length_of_the_spell(last, reached):
    result = mhep(ENGAGED, job("j-1", "2020-03-02", last))
    (line,) = [line for line in result.lines if line.milestone == "start"]
    assert line.reached_on == reached
    assert line.flags == ("hours_unknown",)


def sustained(*rows, scheme=MHEP, **given):
    result = mhep(ENGAGED, *rows, scheme=scheme, **given)
    return [line for line in result.lines if line.milestone.startswith("sustain")]


def test_w13_sixteen_hours_lie_in_the_upper_band():
    (line,) = sustained(job("j-1", "2020-03-02", hours="16"))
    assert (line.milestone, line.reached_on) == ("sustain_upper", date(2020, 5, 31))
    assert (line.amount, line.is_due) == (Decimal("160.00"), True)


def test_w13_with_above_sixteen_hours_lie_in_no_band():
    above = changed(
        MHEP,
        "sustain_upper",
        threshold=s.Threshold(measure="weekly_hours", statistic="mean", above=D(16)),
    )
    (line,) = sustained(job("j-1", "2020-03-02", hours="16"), scheme=above)
    assert (line.reasons, line.state, line.is_due) == (
        ("band_undefined",),
        "draft",
        False,
    )


def test_w14_later_payslips_bring_the_difference_and_no_second_line():
    first = mhep(ENGAGED, job("j-1", "2020-03-02", hours="15"))
    assert told(first, "sustain_lower")[0][2] == "100.00"
    later = mhep(
        ENGAGED,
        job("j-1", "2020-03-02", hours="15"),
        weeks("j-1", "2020-03-02", *["17"] * 13),
        previous=first.ledger,
    )
    assert [(line.kind, line.amount) for line in later.lines] == [
        ("difference", Decimal("60.00"))
    ]
    assert later.lines[0].settles == first.lines[-1].event_key


def starting(name, on, who):
    return [
        episode(who, accepted="2020-01-06"),
        plan_event("profile_started", "2020-01-20", who, f"pe-{who}"),
        job(name, on, who=who),
    ]


def many(number):
    return [
        each
        for n in range(number)
        for each in starting(f"j-1{n:02}", "2021-02-01", f"p{n:02}")
    ]


def test_w15_the_last_place_goes_by_the_day_then_by_the_row():
    fifty = bound(MHEP, ENG="50", START="300", CAP_START="50", CAP_ENG="900")
    result = ran(
        MHEP,
        "2021-06-30",
        *starting("j-204", "2021-03-04", "aaa"),
        *many(49),
        *starting("j-017", "2021-03-04", "zzz"),
        bindings=fifty,
    )
    found = {line.event_row: line for line in result.lines if line.milestone == "start"}
    assert found["j-017"].is_due
    assert found["j-204"].reasons == ("over_cap",)
    assert (found["j-204"].amount, found["j-204"].counts) == (Decimal("0.00"), True)


def test_w15_accepted_claims_hold_their_places():
    claims = [
        (
            "claims",
            {
                "claim_id": f"k{n}",
                "unit_id": "north",
                "episode_id": "old",
                "contract_id": MHEP.contract,
                "contract_version": "1",
                "milestone": "start",
                "payer": "funder",
                "reached_on": date(2020, 2, 3),
                "submitted_on": None,
                "decided_on": None,
                "paid_on": None,
                "state": "accepted",
                "reason": None,
                "amount": D(300),
                "currency": "GBP",
            },
        )
        for n in range(49)
    ]
    fifty = bound(MHEP, ENG="50", START="300", CAP_START="50", CAP_ENG="900")
    result = ran(
        MHEP,
        "2021-06-30",
        episode("old", accepted="2019-05-06"),
        claims,
        *starting("j-204", "2021-03-04", "aaa"),
        *starting("j-017", "2021-03-04", "zzz"),
        bindings=fifty,
    )
    due = [each for each in told(result, "start") if not each[3]]
    assert due == [("start", "2021-03-04", "300.00", ())]


def test_w16_sustained_work_without_engagement_waits_for_it():
    result = mhep(job("j-1", "2020-03-02", hours="20"))
    reasons = {line.milestone: line.reasons for line in result.lines}
    assert reasons["sustain_upper"] == ("prerequisite",)
    ahead = {each.milestone: each.missing for each in result.previews}
    assert ahead["start"] == ("milestone:engagement",)


W17 = ("8", "8", "0", "7", "7", "9", "10", "6.5", *["7"] * 3, "12", *["7"] * 4)


def ipspc(*rows, scheme=IPSPC, as_of="2026-06-30", **given):
    person = episode(accepted="2025-01-06")
    return told(ran(scheme, as_of, person, *rows, **given))


def test_w17_the_thirteenth_good_week_is_week_fifteen():
    found = ipspc(job("j-1", "2025-03-03"), weeks("j-1", "2025-03-03", *W17))
    assert found == [("sustained", "2025-06-15", None, ())]


FOUR_SHORT = [("6" if n in (3, 6, 9, 12) else "7") for n in range(1, 30)]


@pytest.mark.parametrize(
    ("anchor", "reached"),
    [("rolling", "2025-07-13"), ("start", None)],
)
def test_w18_a_rolling_window_finds_what_the_first_weeks_lack(anchor, reached):
    window = replace(IPSPC.milestones[0].window, anchor=anchor)
    found = ipspc(
        job("j-1", "2025-03-03"),
        weeks("j-1", "2025-03-03", *FOUR_SHORT),
        scheme=changed(IPSPC, "sustained", window=window),
    )
    reasons = () if reached else ("window_failed",)
    assert found == [("sustained", reached, None, reasons)]


def test_w19_weeks_below_the_minimum_wage_do_not_count():
    hours = [*W17, *["7"] * 8]
    below = job(
        "j-1", "2025-03-03", "2025-03-30", at_least_minimum=False, employer_id="e"
    )
    found = ipspc(
        below,
        job("j-2", "2025-03-31", employer_id="e"),
        weeks("j-1", "2025-03-03", *hours[:4]),
        weeks("j-2", "2025-03-31", *hours[4:]),
    )
    assert found == [("sustained", "2025-07-06", None, ())]


def test_w20_the_same_outcome_on_two_contracts_pays_on_neither():
    ipes = replace(IPSPC, contract="uk-ipes", exclusive_with=("uk-ipspc",))
    rows = [job("j-1", "2025-03-03"), *weeks("j-1", "2025-03-03", *W17)]
    person = episode(accepted="2025-01-06")
    first = ran(IPSPC, "2026-06-30", person, *rows)
    second = ran(ipes, "2026-06-30", person, *rows)
    for scheme, others in ((IPSPC, second), (ipes, first)):
        result = ran(scheme, "2026-06-30", person, *rows, others=others.lines)
        assert told(result)[0][3] == ("duplicate_funding",)
    decided = ran(
        IPSPC,
        "2026-06-30",
        person,
        *rows,
        others=second.lines,
        settled=[first.lines[0].event_key],
    )
    assert told(decided)[0][3] == ()


ORDER = [
    episode(accepted="2024-04-01"),
    funder_event("purchase_order", "2024-05-01", contract=WISCONSIN.contract),
]


def wisconsin(*rows, as_of="2024-12-31", **given):
    return ran(WISCONSIN, as_of, *ORDER, *rows, **given)


@pytest.mark.parametrize(
    ("hired", "amount"), [("2024-07-30", "1900.00"), ("2024-07-31", "1600.00")]
)
def test_w30_hired_within_ninety_days_is_worth_more(hired, amount):
    result = wisconsin(job("j-1", hired, hours="36"))
    assert told(result, "hire") == [("hire", hired, amount, ())]


def test_w31_ninety_days_elapsed_and_still_in_work():
    result = wisconsin(job("j-1", "2024-07-30", hours="36"))
    assert told(result, "retention90") == [("retention90", "2024-10-28", "2200.00", ())]
    ended = wisconsin(job("j-1", "2024-07-30", "2024-10-27", hours="36"))
    assert told(ended, "retention90") == [
        ("retention90", None, "0.00", ("window_failed",))
    ]


def problem(first, last=None):
    days = [value and date.fromisoformat(value) for value in (first, last)]
    return (
        "job_problems",
        {
            "job_id": "j-1",
            "unit_id": "north",
            "first_day": days[0],
            "last_day": days[1],
        },
    )


@pytest.mark.parametrize(
    ("resolved", "ended", "as_of", "reasons"),
    [
        pytest.param(None, None, "2024-10-28", ("held",), id="open"),
        pytest.param("2024-11-15", None, "2024-11-15", ("held",), id="its last day"),
        pytest.param("2024-11-15", None, "2024-11-16", (), id="resolved"),
        pytest.param("2024-11-15", "2024-11-10", "2024-12-31", ("held",), id="gone"),
        pytest.param("2024-10-27", None, "2024-10-28", (), id="over before"),
    ],
)
def test_w32_a_problem_on_the_job_holds_the_payment(resolved, ended, as_of, reasons):
    result = wisconsin(
        job("j-1", "2024-07-30", ended, hours="36"),
        problem("2024-10-01", resolved),
        as_of=as_of,
    )
    amount = "0.00" if reasons else "2200.00"
    assert told(result, "retention90") == [
        ("retention90", "2024-10-28", amount, reasons)
    ]


def test_w33_the_lower_tier_is_not_bound():
    result = wisconsin(job("j-1", "2024-07-30", hours="20"))
    assert told(result, "retention90") == [
        ("retention90", "2024-10-28", None, ("amount_unbound",))
    ]


def des(*rows, as_of="2026-06-30"):
    person = episode(accepted="2025-01-06")
    return ran(DES, as_of, person, *rows, bindings=DES_BOUND)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2025-06-30", (None, "0.00", ("window_failed",))),
        ("2025-07-01", ("2025-07-01", "1000.00", ())),
    ],
    ids=["day 90", "day 91"],
)
def test_w34_thirteen_weeks_are_ninety_one_days(last, found):
    result = des(job("j-1", "2025-04-02", last))
    assert told(result, "outcome13") == [("outcome13", *found)]


def test_w35_a_gap_longer_than_is_tolerated_starts_the_chain_again():
    result = des(
        job("j-1", "2025-03-03", "2025-05-11"), job("j-2", "2025-05-27", "2025-12-31")
    )
    assert told(result, "outcome13") == [("outcome13", "2025-08-25", "1000.00", ())]
    bridged = des(
        job("j-1", "2025-03-03", "2025-05-11"), job("j-2", "2025-05-26", "2025-12-31")
    )
    assert told(bridged, "outcome13") == [("outcome13", "2025-06-15", "1000.00", ())]


def test_w36_a_job_end_entered_late_takes_the_claim_back():
    before = wisconsin(job("j-1", "2024-07-30", hours="36"))
    after = wisconsin(
        job("j-1", "2024-07-30", "2024-10-01", hours="36"), previous=before.ledger
    )
    (line,) = [line for line in after.lines if line.kind == "reversal"]
    assert line.amount == Decimal("-2200.00")
    assert line.settles.endswith("/retention90/1")
    kept = sum(line.amount for line in after.ledger if line.is_due)
    assert kept == Decimal("1900.00")


def test_w38_a_subsidised_job_counts_from_the_day_it_turns_ordinary():
    result = des(
        job(
            "j-1",
            "2025-02-03",
            "2025-05-31",
            placement="wage_subsidy",
            employer_id="e",
        ),
        job("j-2", "2025-06-01", employer_id="e"),
    )
    assert told(result, "start")[0][1] == "2025-06-01"
    assert told(result, "outcome13")[0][1] == "2025-08-30"


AMSTERDAM = contract(
    milestone(
        "unit",
        "units",
        word("contact_minutes"),
        unit_minutes=15,
        rounding="up",
        amount=known("20.00"),
    ),
    payer_periods=(
        s.PayerPeriod(payer="insurer", until=event("consent")),
        s.PayerPeriod(payer="uwv_or_municipality", since=event("consent")),
    ),
)


def test_w39_a_contact_belongs_to_one_payer_by_its_day():
    result = ran(
        AMSTERDAM,
        "2023-12-31",
        episode(accepted="2023-03-01"),
        contact("c-1", "2023-04-03", minutes=50),
        contact("c-2", "2023-04-10", minutes=15),
        funder_event("consent", "2023-04-10"),
    )
    assert [(line.payer, line.amount) for line in result.lines] == [
        ("insurer", Decimal("80.00")),
        ("uwv_or_municipality", Decimal("20.00")),
    ]
    assert result.totals.by_payer == {
        "insurer": Decimal("80.00"),
        "uwv_or_municipality": Decimal("20.00"),
    }


def test_w40_hours_of_two_jobs_add_up_to_one_line():
    (line,) = sustained(
        job("j-1", "2020-03-02", hours="10"), job("j-2", "2020-03-02", hours="8")
    )
    assert (line.milestone, line.reached_on) == ("sustain_upper", date(2020, 5, 31))


START = contract(
    milestone(
        "start",
        "event",
        word("job_start"),
        cap=s.Cap(person=1),
        amount=known("400.00"),
        evidence=s.Evidence(
            any_of=(
                ("payslip",),
                ("self_declaration", s.Other(other="employer_call")),
            ),
            deadline_days=60,
        ),
    ),
)


@pytest.mark.parametrize(
    ("files", "reasons"),
    [
        pytest.param([("payslip", "2025-05-02", None)], (), id="day 60"),
        pytest.param(
            [("payslip", "2025-05-03", None)], ("evidence_late",), id="day 61"
        ),
        pytest.param([], ("evidence_missing",), id="none"),
        pytest.param(
            [("self_declaration", "2025-03-10", None)], ("evidence_missing",), id="half"
        ),
        pytest.param(
            [
                ("self_declaration", "2025-03-10", None),
                ("other", "2025-03-11", "employer_call"),
            ],
            (),
            id="both",
        ),
        pytest.param(
            [
                ("self_declaration", "2025-03-10", None),
                ("other", "2025-03-11", "bank_statement"),
            ],
            ("evidence_missing",),
            id="another label",
        ),
    ],
)
def test_w41_evidence_counts_until_its_deadline(files, reasons):
    result = ran(
        START,
        "2025-12-31",
        episode(accepted="2025-01-06"),
        job("j-1", "2025-03-03"),
        [
            evidence(kind, on, name=f"e{n}", label=label)
            for n, (kind, on, label) in enumerate(files)
        ],
    )
    (line,) = result.lines
    assert (line.reasons, line.counts) == (reasons, True)
    assert line.amount == (Decimal("400.00") if not reasons else Decimal("0.00"))
    assert line.evidence.deadline == date(2025, 5, 2)


@pytest.mark.parametrize(("run_off", "reasons"), [(9, ("outside_period",)), (10, ())])
def test_w42_what_is_reached_after_the_end_is_payable_in_the_run_off(run_off, reasons):
    scheme = replace(MHEP, run_off_days=run_off)
    (line,) = sustained(
        job("j-1", "2023-04-11", hours="20"), scheme=scheme, as_of="2023-12-31"
    )
    assert (line.reached_on, line.reasons) == (date(2023, 7, 10), reasons)


def test_w43_a_parameter_not_bound_counts_without_money():
    result = mhep(ENGAGED, bindings=None)
    (line,) = [line for line in result.lines if line.is_reached]
    assert (line.amount, line.reasons) == (None, ("amount_unbound",))
    assert (result.totals.counted, result.totals.unbound) == (1, 1)
    assert set(line.unbound) == {"CAP_ENG", "ENG"}
    assert line.state == "draft"


def test_an_amount_beside_a_cap_not_bound_is_told_and_not_due():
    result = mhep(ENGAGED, bindings=bound(MHEP, ENG="50"))
    (line,) = [line for line in result.lines if line.is_reached]
    assert (line.amount, line.is_due) == (Decimal("50.00"), False)
    assert line.reasons == ("amount_unbound",)


def test_month_rows_are_told_apart_from_other_pay():
    assert month("j", "2025-02", gross="1")[1]["last_day"] == date(2025, 2, 28)
