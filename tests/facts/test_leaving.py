"""Statistics that leave: two filters, several periods, and figures without a number."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from tests.method.small_numbers.cubes import narrow

from braid.facts import leaving
from braid.facts.leaving_cells import is_sum, laid_out
from braid.facts.leaving_figures import HIDDEN
from braid.facts.presenters import figure_line
from braid.method.small_numbers.tables import protect
from braid.packs import measures, suppression
from braid.packs.measures.situations import Given, figures_of

MEASURE = measures.get("int_clinician_referrals")
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
SOURCES = ("clinician", "self", "caseworker")
PROFILES = suppression.load()


def referrals(seed, number=60):
    """Return invented referrals of some teams, with where each person is treated."""
    chance = Random(seed)
    episodes, treatment = [], []
    for n in range(number):
        day = FIRST + timedelta(chance.randrange(181))
        team = chance.choice("aaaaabbbbcd")
        episode = f"e{n}"
        episodes.append(
            {
                "episode_id": episode,
                "referred_on": day,
                "referral_source": chance.choice(SOURCES),
            }
        )
        treatment.append({"episode_id": episode, "team_id": team, "first_day": FIRST})
    return {"episodes": episodes, "treatment": treatment}


def asked(tables, first=FIRST, last=LAST):
    """Return the figure of a period, whole and by team, by where it stands."""
    found = {}
    for by in ((), ("team_id",)):
        given = Given(as_of=LAST, by=by, period=(first, last), tables=tables)
        for figure in figures_of(MEASURE, given):
            found[figure.group.get("team_id"), first, last] = figure
    return found


def all_periods(seed):
    tables = referrals(seed)
    april = date(2026, 4, 1)
    return (
        asked(tables)
        | asked(tables, FIRST, april - timedelta(1))
        | asked(tables, april, LAST)
        | asked(tables, april + timedelta(20), LAST)
    )


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_two_filters_or_periods_tell_nothing_by_their_difference(name):
    """Every number of a real measure, by team and in periods that lie in one another."""
    profile = PROFILES[name]
    attacked = 0
    for seed in range(2):
        figures = all_periods(seed)
        shown = leaving.protect(figures, profile)
        cells = laid_out(figures)
        kinds = {"of_rates": cells.of_rates, "unsaid": cells.unsaid}
        found = protect(cells.counts, cells.sums, profile.rule, **kinds)
        assert narrow(found, cells.sums, profile.rule, *kinds.values()) == []
        attacked += len(found.hidden)
        for one in shown.values():
            assert one.is_hidden or one.value == one.numerator / one.denominator
    assert attacked


def test_the_same_figures_are_shown_alike_in_any_order_and_again():
    figures = asked(referrals(3))
    once = leaving.protect(figures, PROFILES["dst"])
    turned = dict(reversed(figures.items()))
    for _ in range(50):
        assert leaving.protect(turned, PROFILES["dst"]) == once


def test_inside_the_unit_figures_are_exact():
    figures = all_periods(1)
    assert leaving.profile_of(MEASURE, inside=True) is None
    shown = leaving.protect(figures, None)
    for key, figure in figures.items():
        assert shown[key].figure == figure
        assert (shown[key].value, shown[key].mark) == (figure.value, "")


def test_nothing_exact_is_left_in_what_is_shown():
    figures = all_periods(1)
    profile = leaving.profile_of(MEASURE, inside=False)
    for key, one in leaving.protect(figures, profile).items():
        numbers = [*one.figure.amounts.values(), one.figure.rows]
        numbers += [one.figure.numerator, one.figure.denominator]
        numbers += one.figure.left_out.values()
        for share in one.figure.ratios.values():
            numbers += [share.numerator, share.denominator]
        assert all(number % 5 == 0 for number in numbers if number is not None)
        if one.is_hidden:
            assert (one.mark, one.file_mark, one.figure.reason) == (
                "*",
                "9999999",
                HIDDEN,
            )
            assert one.value is None and not one.figure.ratios
        line = figure_line(MEASURE, one)
        assert (line.value == "*") == one.is_hidden, key


def test_what_only_the_caller_knows_to_add_up_is_linked():
    shown = leaving.counts(
        {"all": 35, "north": 3, "south": 12, "west": 20},
        PROFILES["dst"],
        sums=[leaving.Adds("all", ("north", "south", "west"))],
    )
    assert [shown[key].mark for key in ("north", "south", "west", "all")] == [
        "<5",
        "hidden",
        "",
        "",
    ]
    assert shown["west"].value == Fraction(20)


def test_counts_and_their_hits_are_rates():
    numbers = {"asked": 20, "in time": 18, "open": 0}
    rates = [("in time", "asked")]
    shown = leaving.counts(numbers, PROFILES["dst"], rates=rates)
    assert shown["asked"].is_hidden or shown["in time"].is_hidden
    exact = leaving.counts(numbers, None, rates=rates)
    assert exact["in time"].value == 18 and not exact["open"].is_hidden


@pytest.mark.parametrize("name", ["dst", "cbs", "cms"])
def test_a_count_that_is_all_of_its_whole_is_a_rate_of_all(name):
    numbers = {"asked": 12, "in time": 12}
    shown = leaving.counts(numbers, PROFILES[name], rates=[("in time", "asked")])
    assert any(number.is_hidden for number in shown.values())


def test_no_more_is_told_where_a_part_is_not_asked_for():
    """What the parts leave over of a whole is hidden like a part of it."""
    numbers = {"all": 35, "north": 12, "south": 20}  # 3 are in neither
    sums = [leaving.Adds("all", ("north", "south"))]
    shown = leaving.counts(numbers, PROFILES["dst"], sums=sums)
    assert sum(number.is_hidden for number in shown.values()) == 1


def test_a_mark_is_in_the_language_of_the_reader(settings):
    from django.utils import translation

    with translation.override("da"):
        shown = leaving.counts(
            {"all": 15, "a": 3, "b": 12},
            PROFILES["dst"],
            sums=[leaving.Adds("all", ("a", "b"))],
        )
    assert {"skjult", "<5"} <= {number.mark for number in shown.values()}


def test_days_and_money_added_up_are_no_counts():
    names = {
        name: is_sum(measure, name)
        for measure in measures.load().values()
        for name in measure.amounts
    }
    assert {n for n in ("days", "f2f_minutes", "fte") if names.get(n)} == {
        "days",
        "f2f_minutes",
        "fte",
    }
    assert not any(names[n] for n in ("served", "hours_unknown") if n in names)


def test_a_curve_leaves_with_its_profile():
    from braid.method.survival import Observation, kaplan_meier

    curve = kaplan_meier(Observation(day, True) for day in range(1, 31))
    assert leaving.curve(curve, None) is curve
    assert len(leaving.curve(curve, PROFILES["nhs-mhsds"]).steps) == 4


@pytest.mark.parametrize("one", ["nhs-mhsds", "dst"])
@pytest.mark.parametrize("other", ["a", "b"])
def test_a_period_in_another_is_not_told_by_both(one, other):
    """The days of two periods differ by one referral: it stays unknown which side."""
    day = date(2026, 6, 20)
    tables = referrals(9, 30)
    figures = asked(tables) | asked(tables, FIRST, day)
    shown = leaving.protect(figures, PROFILES[one])
    late, early = shown[other, FIRST, LAST], shown[other, FIRST, day]
    exact = figures[other, FIRST, LAST], figures[other, FIRST, day]
    gap = exact[0].amounts["referrals"] - exact[1].amounts["referrals"]
    if 0 < gap < 5 and PROFILES[one].rounded_to is None:
        assert (
            late.amounts["referrals"].is_hidden or early.amounts["referrals"].is_hidden
        )
