"""Totals, claims, numberings of items, statistics: what no case tells."""

from decimal import Decimal

import pytest

from braid.kernel.errors import InputFault
from braid.method.scales import (
    NOTES,
    Row,
    banded,
    correlation_p,
    interval,
    largest_sd,
    named_band,
    placed,
    points_to_next_band,
    rules_of,
    total,
)
from braid.packs import scales as packs

IPS25, IPS15, JISEF = (packs.get(each) for each in ("ips-25", "ips-15", "jisef"))
RULES = rules_of(IPS25)


def refused(call, *args, **named):
    with pytest.raises(InputFault) as caught:
        call(*args, **named)
    assert str(caught.value).count(". ") <= 2
    return caught.value.reason


# ---- Totals, bands, claims ---------------------------------------------------------------


def test_no_fit_and_insufficient_are_kept_apart():
    found = total(IPS15, ["no_fit", None, *[5] * 13])
    assert (found.no_fit, found.missing, found.interval) == ((1,), (2,), (67, 71))


@pytest.mark.parametrize("value", [True, "5", 4.0, Decimal(5), "insufficient", [5]])
def test_a_rating_is_never_coerced(value):
    assert refused(total, IPS25, [value, *[5] * 24]) == "score_not_integer"


@pytest.mark.parametrize("value", [0, 6, 9, -1])
def test_a_rating_outside_the_scale_is_refused_with_its_item(value):
    with pytest.raises(InputFault, match="Item 3: ") as caught:
        total(IPS25, [5, 5, value, *[5] * 22])
    assert caught.value.reason == "score_out_of_range"


@pytest.mark.parametrize(
    ("claim", "band"),
    [("high", "good"), (" High ", "good"), ("not IPS", "not_ips"), ("fair", "fair")],
)
def test_a_claim_is_an_id_or_an_authors_word(claim, band):
    assert named_band(IPS25, claim) == band


def test_a_claim_without_a_band_to_hold_it_against_is_neither_right_nor_wrong():
    found = banded(IPS25, None, rules=RULES, claim="good")
    assert (found.band, found.claim_band, found.claim_agrees) == (None, "good", None)


@pytest.mark.parametrize(
    ("points", "said", "reason"),
    [
        ("99.5", {}, "total_not_integer"),
        (True, {}, "total_not_integer"),
        ("many", {"is_mean": True}, "total_not_integer"),
        (99.5, {"is_mean": True}, "total_not_integer"),
        (126, {"is_mean": True}, "total_out_of_range"),
        ("125.1", {"is_mean": True}, "total_out_of_range"),
        (100, {"claim": "superb"}, "band_unknown"),
        (None, {"stated_band": "superb"}, "band_unknown"),
    ],
)
def test_a_total_that_cannot_be_is_refused(points, said, reason):
    assert refused(banded, IPS25, points, rules=RULES, **said) == reason


def test_a_scale_without_cut_offs_gives_totals_without_a_band():
    found = total(JISEF, [4] * 25)
    assert (found.total, found.band, found.bands_possible) == (100, None, ())
    assert points_to_next_band(JISEF, 100) is None
    assert banded(JISEF, 100, rules=rules_of(JISEF)).band is None


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        ({26: (1, 5)}, "item_unknown"),
        ({1: (0, 5)}, "bounds_unfit"),
        ({1: (5, 4)}, "bounds_unfit"),
    ],
)
def test_bounds_that_cannot_be_are_refused(bounds, reason):
    assert refused(interval, IPS25, bounds) == reason


# ---- Numberings --------------------------------------------------------------------------

OVERALL = [str(no) for no in range(1, 26)]
PRINTED = [str(item.section_no) for item in IPS25.items]
NAMED = [f"{item.section} {item.section_no}" for item in IPS25.items]


@pytest.mark.parametrize(
    ("labels", "sections"),
    [
        pytest.param(OVERALL, None, id="overall"),
        pytest.param([f"Item {no}" for no in OVERALL], None, id="with the word item"),
        pytest.param(PRINTED, None, id="as printed, beginning anew"),
        pytest.param(NAMED, None, id="with their section"),
        pytest.param(
            PRINTED, [item.section for item in IPS25.items], id="section beside"
        ),
        pytest.param(
            [label.replace("z", "s").replace(" ", "-").title() for label in NAMED],
            None,
            id="as spelt in Britain",
        ),
    ],
)
def test_either_numbering_is_taken(labels, sections):
    beside = sections or [""] * 25
    rows = [
        Row(label, no, section)
        for no, (label, section) in enumerate(zip(labels, beside, strict=True))
    ]
    assert placed(IPS25, rows) == list(range(25))


def test_rows_may_stand_in_any_order():
    rows = [Row(label, int(label)) for label in reversed(OVERALL)]
    assert placed(IPS25, rows) == list(range(1, 26))


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        pytest.param(
            [*OVERALL[:11], *NAMED[11:]], "numbering_mixed", id="half and half"
        ),
        pytest.param(
            [*OVERALL[:11], *PRINTED[11:]], "numbering_mixed", id="anew at 12"
        ),
        pytest.param(OVERALL[:-1], "wrong_item_count", id="one is missing"),
        pytest.param([*OVERALL[:-1], "24"], "item_twice", id="one stands twice"),
        pytest.param([*OVERALL[:-1], "26"], "item_unknown", id="no such item"),
        pytest.param(
            [*NAMED[:-1], "services 15"], "item_unknown", id="none in the section"
        ),
        pytest.param([*NAMED[:-1], "kitchen 1"], "item_unknown", id="no such section"),
        pytest.param([*NAMED[:-1], "s 1"], "item_unknown", id="two such sections"),
        pytest.param([*OVERALL[:-1], "last"], "item_unknown", id="no number"),
        pytest.param([], "wrong_item_count", id="nothing"),
    ],
)
def test_a_numbering_that_is_not_clear_is_refused(labels, reason):
    rows = [Row(label, 5) for label in labels]
    assert refused(placed, IPS25, rows) == reason


# ---- Statistics and the closed lists -----------------------------------------------------


@pytest.mark.parametrize(
    ("call", "args"),
    [
        (largest_sd, (1, 97, 109)),
        (largest_sd, (6, 109, 97)),
        (correlation_p, (0.3, 2)),
        (correlation_p, (1.1, 79)),
    ],
)
def test_statistics_that_cannot_be_are_refused(call, args):
    assert refused(call, *args) == "statistics_unfit"


def test_an_item_that_is_not_there_is_refused():
    assert refused(IPS25.item, 26) == "item_unknown"


def test_the_notes_are_a_closed_list():
    assert len(NOTES) == len(set(NOTES)) == 11


def test_the_first_item_twice_may_be_two_things_and_both_are_said():
    with pytest.raises(InputFault, match="rated twice, or items are numbered within"):
        placed(IPS25, [Row("1", 5), Row("1", 4)])
