"""The engine and the walk day by day agree on generated histories of every scheme."""

from dataclasses import replace
from datetime import date

import pytest
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import facts
from tests.method.contracts.schemes import (
    DES,
    DES_BOUND,
    IPSPC,
    MHEP,
    TTW,
    UWV_2,
    WISCONSIN,
    D,
    bound,
    changed,
    contract,
    event,
    known,
    milestone,
    open_,
    word,
)

from braid.method.contracts import shape as s
from braid.method.contracts.case import cases
from braid.method.contracts.reference import by_days
from braid.method.contracts.running import run

PAPERS = s.Evidence(
    any_of=(("payslip",), ("self_declaration", s.Other(other="employer_call"))),
    deadline_days=60,
)
SKELETON = contract(
    milestone(
        "start",
        "event",
        word("job_start"),
        start_minimum=s.StartMinimum(hours=D(4)),
        cap=s.Cap(person=1),
        amount=known("433.335"),
        evidence=PAPERS,
    ),
    milestone(
        "again",
        "event",
        word("job_start"),
        profile="as_coded",
        repeat=s.Repeat(max_count=2, min_gap_days=30, new_employer=True),
        amount=known("50"),
    ),
    population=(
        word("on_caseload", basis="accepted"),
        s.NoneOf(none_of=(word("resident_in", among=("B",)),)),
    ),
    entry=event("consent"),
    cap=s.Cap(amount=known("900")),
)
CMD = contract(
    milestone("started", "event", event("consent"), amount=open_("PRICE")),
    contract="nl-cmd-2019",
    population=(
        word("diagnosis_group", among=("common_mental_disorder",)),
        word("in_treatment"),
        s.AnyOf(
            any_of=(
                word("at_referral", among=("out_of_work",)),
                word("statement", label="blind"),
            )
        ),
    ),
    entry=event("consent"),
    valid_from=date(2024, 1, 20),
    valid_to=date(2024, 3, 10),
    run_off_days=5,
)
FCS = contract(
    milestone(
        "unit",
        "units",
        word("contact_minutes"),
        unit_minutes=15,
        rounding=open_("ROUNDING"),
        amount=open_("RATE"),
        cap=s.Cap(person=open_("MOST")),
    ),
    contract="us-wa-fcs",
)
STAGES = contract(
    milestone(
        "profile",
        "event",
        word("plan_event", kind="profile_started"),
        amount=known("100"),
    ),
    milestone(
        "hire",
        "event",
        word("job_start"),
        requires=("profile",),
        order="strict",
        amount=known("700"),
    ),
    milestone(
        "stable",
        "sustained",
        word("in_work"),
        requires=("profile", "hire"),
        order="strict",
        window=s.Window(n=90, of=90, unit="day", boundary="elapsed"),
        amount=open_("STABLE"),
    ),
    contract="us-tn-ips-2019",
    unit="episode",
)
RECENT = replace(MHEP, valid_from=date(2024, 1, 1), valid_to=date(2024, 9, 30))
LEVELS = tuple(
    each
    for year in (2023, 2024, 2025)
    for each in (
        s.YearLevel(name="twl", year=year, value=D("1160.00"), source="test"),
        s.YearLevel(name="sga", year=year, value=D("1620.00"), source="test"),
    )
)
TICKET = replace(TTW, levels=LEVELS, reconcile=None, valid_from=date(2024, 1, 1))
SCHEMES = {
    "uk-mhep": (
        RECENT,
        {"ENG": "50", "START": "300", "SUSTAIN_LOWER": "100", "SUSTAIN_UPPER": "160",
         "CAP_ENG": "2", "CAP_START": "1"},
    ),
    "uk-ipspc": (IPSPC, {}),
    "uk-ipspc from the start, by the week of Monday": (
        changed(
            IPSPC,
            "sustained",
            window=s.Window(n=4, of=6, unit="week", anchor="start"),
        ),
        {},
    ),
    "us-ttw": (TICKET, {"P2_SSDI": "400"}),
    "us-wi": (WISCONSIN, {"RETENTION_LOWER": "1000"}),
    "au-des": (DES, None),
    "nl-uwv, second version": (replace(UWV_2, switch=None), {}),
    "nl-cmd": (CMD, {"PRICE": "8000"}),
    "us-wa-fcs": (FCS, {"ROUNDING": "nearest", "RATE": "21.335", "MOST": "2"}),
    "stages in order": (STAGES, {}),
    "skeleton": (SKELETON, {}),
}  # fmt: skip


def both(scheme, values, seed):
    """Return what the engine and the walk say of one generated history."""
    made = Made(seed, scheme)
    tables = facts(*made.people(1 + seed % 3))
    bindings = DES_BOUND if values is None else bound(scheme, **values)
    result = run(scheme, cases(scheme, tables), made.as_of, bindings=bindings)
    engine = {
        (
            line.event_key.split("/")[1],
            line.milestone,
            line.ordinal,
            line.reached_on,
            # A cap that pays a part is told beside the amount.
            "" if line.is_due else "".join(line.reasons),
            line.amount,
        )
        for line in result.lines
        if line.is_reached
    }
    walk = by_days(scheme, cases(scheme, tables), made.as_of, bindings)
    return engine, {_plain(each) for each in walk if each.reason != "window_failed"}


def _plain(told):
    subject, name, ordinal, on, reason, amount = told.plain
    if amount == 0 and reason == "" and told.milestone.pays:
        reason = "over_cap"
    return subject, name, ordinal, on, reason, amount


def agree(name, seeds):
    scheme, values = SCHEMES[name]
    met = 0
    for seed in seeds:
        engine, walk = both(scheme, values, seed)
        assert engine == walk, f"{name}, seed {seed}"
        met += len(engine)
    return met


@pytest.mark.parametrize("name", SCHEMES)
def test_two_ways_agree(name):
    assert agree(name, range(40)) > 10


@pytest.mark.long
@pytest.mark.parametrize("name", SCHEMES)
def test_two_ways_agree_on_a_thousand_histories(name):
    assert agree(name, range(1000, 2000)) > 200
