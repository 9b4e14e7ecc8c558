"""Statistics that leave: two filters, several periods, and figures without a number."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
import yaml
from tests.method.small_numbers.cubes import narrow

from braid.facts import leaving
from braid.facts.leaving_cells import is_sum, laid_out
from braid.facts.leaving_figures import HIDDEN
from braid.facts.presenters import figure_line
from braid.method.small_numbers.tables import protect
from braid.packs import loader, measures, suppression
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


def overlapping(seed, *asked_too):
    """Ask for six months and for periods of them of which two overlap."""
    tables, found = referrals(seed, 40), {}
    for first, last in (*OVERLAPPING, *asked_too):
        found |= asked(tables, first, last)
    return found


SPRING = date(2026, 3, 1), date(2026, 5, 20)
OVERLAPPING = (
    (FIRST, date(2026, 4, 10)),
    (date(2026, 4, 1), LAST),  # ten days of both
    (FIRST, LAST),
)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_what_two_overlapping_periods_have_in_common_is_not_told(name):
    """The two together less all months are the ten days: few people, printed nowhere."""
    profile = PROFILES[name]
    figures = overlapping(1)
    cells = laid_out(figures)
    kinds = {"of_rates": cells.of_rates, "unsaid": cells.unsaid}
    found = protect(cells.counts, cells.sums, profile.rule, **kinds)
    few = few_in_common(figures, cells)
    assert few and few <= found.hidden
    assert narrow(found, cells.sums, profile.rule, *kinds.values()) == []


def test_an_exact_count_of_few_does_not_follow_from_three_periods():
    profile, attacked = PROFILES["dst"], 0
    for seed in range(6):
        figures = overlapping(seed, SPRING)
        shown = leaving.protect(figures, profile)
        for team in {team for team, *_period in figures}:
            places = [(team, *period) for period in OVERLAPPING]
            if not figures.keys() >= set(places):
                continue
            one, other, both = (figures[p].amounts["referrals"] for p in places)
            if 0 < one + other - both < 5:
                numbers = [shown[place].amounts["referrals"] for place in places]
                assert any(number.is_hidden for number in numbers), (seed, team)
                attacked += 1
    assert attacked


def few_in_common(figures, cells):
    """Return the cells of pieces of periods that stand for one to four referrals."""
    kind = ("amount", "referrals")
    pieces = [key for key in cells.places if str(key).startswith("(('pieces'")]
    assert all(piece not in figures for piece in pieces)
    places = {cells.places[key][kind] for key in pieces if kind in cells.places[key]}
    return {at for at in places if 0 < cells.counts[at] < 5}


@pytest.mark.parametrize(
    ("today", "known_on"),
    [
        pytest.param("2026-11-23", "2026-10-31", id="the month before"),
        pytest.param("2026-11-30", "2026-10-31", id="not even on its last day"),
        pytest.param("2026-12-01", "2026-11-30", id="from the first on"),
        pytest.param("2026-01-05", "2025-12-31", id="over new year"),
    ],
)
def test_figures_leave_as_the_last_month_ended(today, known_on):
    today, known_on = date.fromisoformat(today), date.fromisoformat(known_on)
    assert leaving.known_on(today, inside=False) == known_on
    assert leaving.known_on(today, inside=True) == today


def test_no_day_of_a_month_differs_from_another():
    """One referral a day: live figures would tell the day on which each came."""
    days = [date(2026, 6, 1) + timedelta(n) for n in range(30)]
    told = set()
    for day in days:
        until = leaving.known_on(day, inside=False)
        figures = asked(referrals(5), FIRST, until)
        shown = leaving.protect(figures, PROFILES["dst"])
        told.add(tuple((key, repr(one.amounts)) for key, one in shown.items()))
    live = {
        repr(asked(referrals(5), FIRST, day)[None, FIRST, day].amounts) for day in days
    }
    assert len(told) == 1 and len(live) > 5


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


OF_POSTS = "item01_caseload"  # applicants for each full post
OF_MINUTES = "item24_community"
OF_PEOPLE = "mhsds_caseload"


def of_situations(times):
    """Return figures of people, of posts and of minutes, of so many times as many."""
    for name in (OF_POSTS, OF_MINUTES, OF_PEOPLE):
        path = loader.DATA / "measures" / "situations" / f"{name}.yaml"
        situations = yaml.safe_load(path.read_text())
        given = Given.model_validate(situations[0]["input"])
        yield scaled(figures_of(measures.get(name), given)[0], times)


def scaled(figure, times):
    ratios = {
        key: replace(
            share,
            numerator=share.numerator * times,
            denominator=share.denominator * times,
        )
        for key, share in figure.ratios.items()
    }
    return replace(
        figure,
        amounts={key: amount * times for key, amount in figure.amounts.items()},
        ratios=ratios,
        statistics={
            key: replace(said, value=None) for key, said in figure.statistics.items()
        },
        left_out={key: n * times for key, n in figure.left_out.items()},
        rows=figure.rows * times,
    )


@pytest.mark.parametrize("times", [1, 40], ids=["few", "many"])
@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_ratio_is_shown_only_with_both_its_sides(name, times):
    """Also where a side is full posts or minutes, which count nobody."""
    shown = hidden = 0
    for figure in of_situations(times):
        leaves = leaving.protect({0: figure}, PROFILES[name])[0]
        for rate in leaves.ratios.values():
            sides = (rate.numerator, rate.denominator)
            if any(side.is_hidden for side in sides):
                assert rate.value.is_hidden, figure.measure
            hidden += rate.value.is_hidden
            shown += rate.value.value is not None
    assert hidden if times == 1 else shown


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
    assert len(leaving.curve(curve, PROFILES["nhs-mhsds"]).steps) == 2


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
