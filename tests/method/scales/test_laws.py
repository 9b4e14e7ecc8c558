"""What always holds of scores and totals, whatever the numbers."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.scales import (
    correlation_p,
    interval,
    largest_sd,
    points_to_next_band,
    programme,
    rules_of,
    scored,
    total,
    what_would_raise,
)
from braid.packs import scales as packs

IPS25, IPS15 = packs.get("ips-25"), packs.get("ips-15")
RULES = rules_of(IPS25)
COUNT = st.integers(1, 400)
RATING = st.integers(1, 5)
RATINGS = st.lists(RATING | st.none(), min_size=25, max_size=25)


def score(no, **quantities):
    return scored(IPS25.item(no), quantities, rules=RULES)


def lift(no, **quantities):
    item = IPS25.item(no)
    found = scored(item, quantities, rules=RULES)
    return what_would_raise(item, found, quantities, rules=RULES)


def bounds(found):
    return found.floor, found.ceiling


def never_lower(worse, better):
    assert better.floor >= worse.floor
    assert better.ceiling >= worse.ceiling


# ---- A better input never lowers a ratio item --------------------------------------------


@given(COUNT, st.integers(0, 400), st.fractions(Fraction(1, 10), 40))
def test_fewer_people_for_each_post_never_lower_item_1(people, fewer, posts):
    posts = posts.limit_denominator(100)
    worse = score(1, active_clients=people + fewer, es_fte=posts)
    never_lower(worse, score(1, active_clients=people, es_fte=posts))


@pytest.mark.parametrize(
    ("no", "of", "to"),
    [
        (2, "employment_minutes", "worked_minutes"),
        (16, "contacts_matching", "contacts_client_specific"),
    ],
)
@given(whole=COUNT, data=st.data())
def test_a_larger_part_never_lowers_items_2_and_16(no, of, to, whole, data):
    parts = st.integers(0, whole)
    worse, better = sorted((data.draw(parts), data.draw(parts)))
    never_lower(
        score(no, **{of: worse, to: whole}), score(no, **{of: better, to: whole})
    )


@given(
    whole=COUNT,
    teams=st.one_of(st.none(), st.integers(0, 5)),
    data=st.data(),
)
def test_more_people_from_the_top_teams_never_lower_item_4(whole, teams, data):
    parts = st.integers(0, whole)
    worse, better = sorted((data.draw(parts), data.draw(parts)))
    never_lower(
        *(
            score(4, attached_teams=teams, clients_from_top_two=part, caseload=whole)
            for part in (worse, better)
        )
    )


@given(
    rates=st.tuples(st.integers(0, 120), st.integers(0, 120)),
    seekers=st.integers(0, 30),
    review=st.sampled_from(["weekly", "monthly", "none", None]),
)
def test_more_contacts_never_lower_item_17(rates, seekers, review):
    said = {"form_review": review, "job_seekers": seekers}
    never_lower(
        *(
            score(17, face_to_face_per_week=Fraction(rate, 10), **said)
            for rate in sorted(rates)
        )
    )


@given(st.tuples(st.integers(0, 1000), st.integers(0, 1000)))
def test_more_time_outside_never_lowers_item_24(shares):
    never_lower(
        *(score(24, community_percent=Fraction(each, 10)) for each in sorted(shares))
    )


@given(
    st.integers(1, 50),
    st.integers(1, 200),
    st.integers(1, 200),
    st.sampled_from([1, 2]),
)
def test_scaling_both_parts_together_changes_nothing(factor, one, other, no):
    part, whole = sorted((one, other))
    names = (
        ("active_clients", "es_fte")
        if no == 1
        else ("employment_minutes", "worked_minutes")
    )
    small = score(no, **dict(zip(names, (part, whole), strict=True)))
    large = score(no, **dict(zip(names, (part * factor, whole * factor), strict=True)))
    assert (bounds(small), small.value) == (bounds(large), large.value)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.randoms())
def test_the_order_of_rows_is_irrelevant(counts, random):
    shuffled = random.sample(counts, len(counts))
    for no, key in ((19, "counts_per_type"), (20, "counts_per_employer")):
        assert score(no, **{key: counts}) == score(no, **{key: shuffled})
    waits = {"days_open": counts, "contacts_tracked": True}
    assert score(15, days_completed=counts, **waits) == score(
        15, days_completed=shuffled, days_open=shuffled, contacts_tracked=True
    )
    scores = [min(5, each) for each in counts]
    item = IPS25.item(17)
    assert programme(item, scores, rules=RULES) == programme(
        item, random.sample(scores, len(scores)), rules=RULES
    )


# ---- What is unknown lies between floor and ceiling --------------------------------------

WEEKS = st.integers(0, 26)
MONTHS = st.integers(0, 6)
QUARTERS = st.integers(0, 2)
WINDOW = {"weeks": 26, "months": 6, "quarters": 2}
KNOWN = st.fixed_dictionaries(
    {
        "weeks_with_contact": WEEKS,
        "months_face_to_face": MONTHS,
        "months_with_contact": MONTHS,
        "quarters_face_to_face": QUARTERS,
        "quarters_with_contact": QUARTERS,
    }
)


@given(KNOWN, st.data())
def test_every_completion_of_item_6_lies_between_floor_and_ceiling(known, data):
    hidden = data.draw(st.sets(st.sampled_from(sorted(known))))
    partly = score(
        6, **WINDOW, **{k: None if k in hidden else n for k, n in known.items()}
    )
    whole = score(6, **WINDOW, **known)
    assert partly.floor <= whole.score <= partly.ceiling
    if hidden:
        assert "contact_unknown" in partly.notes


@given(
    st.integers(0, 100),
    st.integers(0, 20),
    st.sampled_from(["weekly", "monthly", "none"]),
)
def test_every_log_review_of_item_17_lies_between_floor_and_ceiling(
    rate, seekers, review
):
    said = {"face_to_face_per_week": Fraction(rate, 10), "job_seekers": seekers}
    partly, whole = (
        score(17, **said, form_review=None),
        score(17, **said, form_review=review),
    )
    assert partly.floor <= whole.score <= partly.ceiling


@given(st.integers(1, 60), st.integers(0, 4), st.data())
def test_every_attachment_of_item_4_lies_between_floor_and_ceiling(whole, teams, data):
    part = data.draw(st.integers(0, whole))
    said = {"clients_from_top_two": part, "caseload": whole}
    partly = score(4, attached_teams=None, **said)
    complete = score(4, attached_teams=teams, **said)
    assert partly.floor <= complete.score <= partly.ceiling
    nothing = score(4, attached_teams=None, clients_from_top_two=None, caseload=whole)
    assert bounds(nothing) == (1, 5)


@pytest.mark.parametrize("no", [5, 8, 10, 11, 13, 25])
@given(data=st.data())
def test_every_decision_of_open_components_lies_between_floor_and_ceiling(no, data):
    item = IPS25.item(no)
    answers = {name: data.draw(st.sampled_from("yno")) for name in item.components}
    sorted_out = {
        key: [name for name in item.components if answers[name] == letter]
        for key, letter in (("met", "y"), ("not_met", "n"), ("open", "o"))
    }
    more = data.draw(st.integers(0, len(sorted_out["open"])))
    partly = score(no, **sorted_out)
    met = len(sorted_out["met"]) + more
    whole = score(no, components_met=met, components_total=len(item.components))
    assert partly.floor <= whole.score <= partly.ceiling


@given(st.lists(RATING | st.none(), min_size=1, max_size=8), st.data())
def test_every_completion_of_specialists_lies_between_floor_and_ceiling(scores, data):
    item = IPS25.item(18)
    complete = [each or data.draw(RATING) for each in scores]
    partly = programme(item, scores, rules=RULES)
    assert (
        partly.floor <= programme(item, complete, rules=RULES).score <= partly.ceiling
    )


# ---- Totals ------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [IPS25, IPS15], ids=lambda each: each.id)
def test_every_total_has_one_band_and_more_points_never_a_lower_one(scale):
    def band_of(points):
        found = [n for n, b in enumerate(scale.bands) if b.low <= points <= b.high]
        assert len(found) == 1
        return found[0]

    bands = [band_of(points) for points in range(scale.least, scale.most + 1)]
    assert all(one <= other for one, other in pairwise(bands))


@given(RATINGS, st.data())
def test_the_interval_contains_every_completion(ratings, data):
    partly = total(IPS25, ratings)
    whole = total(IPS25, [each or data.draw(RATING) for each in ratings])
    low, high = partly.interval
    assert low <= whole.total <= high
    assert whole.band in partly.bands_possible
    assert partly.band in (None, whole.band)
    for one, other in zip(partly.sections, whole.sections, strict=True):
        assert one in (None, other)
    assert sum(whole.sections) == whole.total


@given(RATINGS, st.integers(0, 24))
def test_a_higher_rating_never_lowers_a_total(ratings, place):
    higher = [*ratings]
    higher[place] = min(5, (ratings[place] or 5) + 1)
    if ratings[place] is None:
        higher[place] = None
    before, after = total(IPS25, ratings), total(IPS25, higher)
    assert all(a >= b for a, b in zip(after.interval, before.interval, strict=True))


@given(RATINGS)
def test_bounds_of_items_and_a_rating_with_gaps_tell_the_same_interval(ratings):
    known = {no: (each, each) for no, each in enumerate(ratings, 1) if each}
    found, rated = interval(IPS25, known), total(IPS25, ratings)
    assert (found.low, found.high) == rated.interval
    assert (found.band, found.bands_possible) == (rated.band, rated.bands_possible)
    assert (found.clear, found.partly, found.open) == (len(known), 0, 25 - len(known))


@given(st.integers(25, 125))
def test_so_many_points_lead_to_the_next_band_and_one_fewer_does_not(points):
    above = points_to_next_band(IPS25, points)
    if above is None:
        assert points >= 115
        return
    band, missing = above
    reached = next(each for each in IPS25.bands if each.id == band)
    assert points + missing == reached.low
    assert not reached.low <= points + missing - 1 <= reached.high


# ---- What would raise --------------------------------------------------------------------


@given(COUNT, COUNT)
def test_so_many_people_fewer_raise_item_1_and_one_less_does_not(people, posts):
    found = lift(1, active_clients=people, es_fte=posts)
    if found is None:
        return
    fewer = found.change["count"]
    reached = score(1, active_clients=people - fewer, es_fte=posts)
    almost = score(1, active_clients=people - fewer + 1, es_fte=posts)
    assert reached.score >= found.next_score > almost.score
    value = Fraction(people, posts) - found.change["points"]
    assert score(1, active_clients=value.numerator, es_fte=value.denominator).score >= (
        found.next_score
    )


@pytest.mark.parametrize(
    ("no", "of", "to"),
    [
        (2, "employment_minutes", "worked_minutes"),
        (16, "contacts_matching", "contacts_client_specific"),
        (21, "competitive_permanent", "current_jobs"),
    ],
)
@given(whole=st.integers(10, 400), data=st.data())
def test_so_many_more_raise_a_share_and_one_less_does_not(no, of, to, whole, data):
    part = data.draw(st.integers(0, whole))
    found = lift(no, **{of: part, to: whole})
    if found is None:
        assert score(no, **{of: part, to: whole}).score == 5
        return
    more = found.change["count"]
    reached = score(no, **{of: part + more, to: whole})
    almost = score(no, **{of: part + more - 1, to: whole})
    assert reached.score >= found.next_score > almost.score


@given(st.integers(0, 9), st.data())
def test_so_many_jobs_more_lift_a_unit_with_few(whole, data):
    part = data.draw(st.integers(0, whole))
    more = lift(21, competitive_permanent=part, current_jobs=whole).change["count"]

    def with_jobs(number):
        return score(
            21, competitive_permanent=part + number, current_jobs=whole + number
        ).score

    assert with_jobs(more) >= 2 > with_jobs(more - 1)


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_so_many_minutes_outside_raise_item_24(one, other):
    outside, in_person = sorted((one, other))
    said = {"basis": "logged_time", "in_person_minutes": in_person, "all_minutes": 2000}
    found = lift(24, community_minutes=outside, **said)
    if found is None:
        return
    more = found.change["count"]
    reached = score(24, community_minutes=outside + more, **said)
    almost = score(24, community_minutes=outside + more - 1, **said)
    assert reached.score >= found.next_score > almost.score


@given(st.lists(RATING, min_size=1, max_size=9))
def test_so_many_points_of_specialists_raise_a_programme(scores):
    found = lift(17, per_es_scores=scores)
    if found is None:
        return
    wanted = sum(scores) + found.change["points"]
    mean = Fraction(wanted, len(scores))
    assert (mean + Fraction(1, 2)).__floor__() >= found.next_score
    almost = Fraction(wanted - 1, len(scores)) + Fraction(1, 2)
    assert almost.__floor__() < found.next_score


# ---- Statistics --------------------------------------------------------------------------


@given(st.lists(st.integers(25, 125), min_size=2, max_size=12))
def test_no_values_vary_more_than_their_range_allows(values):
    mean = Fraction(sum(values), len(values))
    squares = sum((each - mean) ** 2 for each in values)
    population, sample = largest_sd(len(values), min(values), max(values))
    assert float(squares / len(values)) ** 0.5 <= population + 1e-9
    assert float(squares / (len(values) - 1)) ** 0.5 <= sample + 1e-9


@given(st.floats(-1, 1), st.integers(3, 400))
def test_a_correlation_has_a_p_and_its_sign_does_not_matter(r, n):
    p = correlation_p(r, n)
    assert 0 <= p <= 1
    assert p == correlation_p(-r, n)
