"""Whether a lead fits a plan: a table of cases, and what never changes an answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.matching import Fit, LeadFacts, PlanFacts, compare

BAKERY = "7512"
BESIDE_BAKERY = "7511"  # of the same minor group
OFFICE = "4110"
hours = st.none() | st.integers(0, 80).map(Decimal)
isco = st.sampled_from(["", "75", "751", BAKERY, BESIDE_BAKERY, OFFICE, "411", "9"])
isic = st.sampled_from(["", "10", "1071", "47", "4711"])


def lead(**values):
    return LeadFacts(
        **{
            "hours_from": Decimal(12),
            "hours_to": Decimal(20),
            "occupation": BAKERY,
        }
        | values
    )


def plan(**values):
    return PlanFacts(
        **{
            "hours_from": Decimal(10),
            "hours_to": Decimal(15),
            "occupations": frozenset({BAKERY}),
        }
        | values
    )


@pytest.mark.parametrize(
    ("of_lead", "of_plan", "fit", "slugs"),
    [
        pytest.param(
            {}, {}, Fit.FITS, {"hours_meet", "occupation_meets"}, id="both meet"
        ),
        pytest.param(
            {"occupation": BESIDE_BAKERY},
            {},
            Fit.FITS,
            {"hours_meet", "occupation_meets"},
            id="work of the same group",
        ),
        pytest.param(
            {"occupation": "75"},
            {},
            Fit.FITS,
            {"hours_meet", "occupation_meets"},
            id="lead named broadly",
        ),
        pytest.param(
            {"occupation": OFFICE},
            {},
            Fit.DOES_NOT,
            {"hours_meet", "other_work"},
            id="other work",
        ),
        pytest.param(
            {"occupation": OFFICE, "industry": "1071"},
            {"industries": frozenset({"10"})},
            Fit.FITS,
            {"hours_meet", "industry_meets"},
            id="the industry is enough",
        ),
        pytest.param(
            {"hours_from": Decimal(16)},
            {},
            Fit.DOES_NOT,
            {"hours_too_many", "occupation_meets"},
            id="one hour too many",
        ),
        pytest.param(
            {"hours_from": Decimal(15)},
            {},
            Fit.FITS,
            {"hours_meet", "occupation_meets"},
            id="hours touch",
        ),
        pytest.param(
            {"hours_from": None, "hours_to": Decimal(9)},
            {},
            Fit.DOES_NOT,
            {"hours_too_few", "occupation_meets"},
            id="too few hours",
        ),
        pytest.param(
            {"hours_from": None, "hours_to": None},
            {},
            Fit.OPEN,
            {"hours_not_known", "occupation_meets"},
            id="hours not known",
        ),
        pytest.param(
            {"hours_from": None, "hours_to": None},
            {"hours_from": None, "hours_to": None},
            Fit.FITS,
            {"hours_free", "occupation_meets"},
            id="the plan is free of hours",
        ),
        pytest.param(
            {"occupation": ""},
            {},
            Fit.OPEN,
            {"hours_meet", "occupation_not_known"},
            id="occupation not known",
        ),
        pytest.param(
            {"occupation": OFFICE},
            {"occupations": frozenset(), "industries": frozenset({"10"})},
            Fit.OPEN,
            {"hours_meet", "industry_not_known"},
            id="industry not known",
        ),
        pytest.param(
            {"occupation": OFFICE},
            {"other_targets": True},
            Fit.OPEN,
            {"hours_meet", "work_in_words"},
            id="work named in words",
        ),
        pytest.param(
            {},
            {"occupations": frozenset()},
            Fit.FITS,
            {"hours_meet", "work_free"},
            id="any work",
        ),
        pytest.param(
            {"occupation": "", "hours_from": Decimal(30), "hours_to": None},
            {},
            Fit.DOES_NOT,
            {"hours_too_many", "occupation_not_known"},
            id="a no is stronger than not known",
        ),
    ],
)
def test_whether_a_lead_fits_and_why(of_lead, of_plan, fit, slugs):
    match = compare(lead(**of_lead), plan(**of_plan))
    assert match.fit == fit
    assert {reason.slug for reason in match.reasons} == slugs


def test_words_are_shown_to_weigh_and_decide_nothing():
    wished = plan(times="no nights", avoid="Kitchens, bars", travel_minutes=40)
    match = compare(lead(words="Help in the kitchens", times="nights"), wished)
    assert match.fit == Fit.FITS
    looked = {reason.slug: reason.words for reason in match.reasons[2:]}
    assert looked == {
        "times_to_compare": ("no nights", "nights"),
        "travel_to_check": ("40",),
        "avoid_met": ("Kitchens, bars", "Kitchens"),
    }
    assert {reason.fit for reason in match.reasons[2:]} == {Fit.LOOK}


def test_what_to_avoid_is_always_shown():
    match = compare(lead(), plan(avoid="bars"))
    assert match.reasons[-1].slug == "avoid_to_check"


leads = st.builds(
    LeadFacts, hours_from=hours, hours_to=hours, occupation=isco, industry=isic
)
plans = st.builds(
    PlanFacts,
    hours_from=hours,
    hours_to=hours,
    occupations=st.frozensets(isco.filter(bool)),
    industries=st.frozensets(isic.filter(bool)),
    other_targets=st.booleans(),
)


def widened(one, less, more):
    from dataclasses import replace

    least = one.hours_from - less if one.hours_from is not None else None
    most = one.hours_to + more if one.hours_to is not None else None
    return replace(one, hours_from=least, hours_to=most)


@given(leads, plans, st.integers(0, 20), st.integers(0, 20))
def test_a_plan_with_wider_hours_never_loses_a_lead(one, wish, less, more):
    if compare(one, wish).fit != Fit.DOES_NOT:
        assert compare(one, widened(wish, less, more)).fit != Fit.DOES_NOT
    if compare(one, wish).fit == Fit.FITS:
        assert compare(one, widened(wish, less, more)).fit == Fit.FITS


@given(leads, plans, st.frozensets(isco.filter(bool)))
def test_more_work_in_a_plan_with_work_never_loses_a_lead(one, wish, more):
    from dataclasses import replace

    if wish.occupations:
        wider = replace(wish, occupations=wish.occupations | more)
        if compare(one, wish).fit == Fit.FITS:
            assert compare(one, wider).fit == Fit.FITS


@given(leads, plans)
def test_the_answer_follows_from_the_reasons_that_decide(one, wish):
    match = compare(one, wish)
    deciding = [reason.fit for reason in match.reasons if reason.fit != Fit.LOOK]
    assert len(deciding) == 2
    assert (match.fit == Fit.FITS) == (set(deciding) == {Fit.FITS})
    assert (match.fit == Fit.DOES_NOT) == (Fit.DOES_NOT in deciding)


@given(leads, plans)
def test_not_knowing_never_says_no(one, wish):
    from dataclasses import replace

    unknown = replace(one, hours_from=None, hours_to=None, occupation="", industry="")
    assert compare(unknown, wish).fit != Fit.DOES_NOT
