"""Items 12 to 25: from the figures of their measures to what the scale asks for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from braid.fidelity.quantities import services
from braid.fidelity.quantities.services import BESIDE, QUANTITIES, evenly, spread
from braid.fidelity.quantities.shape import Settings
from braid.method.measures.reference.job_variety import PERCENT, cap_of
from braid.packs import measures

JUDGED = ("1", "2", "3", "4", "5")


def read(item, settings=None, /, **amounts):
    """Return the quantities of an item whose measures all say these amounts."""
    figures = dict.fromkeys(QUANTITIES[item].measures, amounts)
    given_settings = {} if settings is None else {"settings": settings}
    return QUANTITIES[item].read(figures, **given_settings)


def test_every_item_of_the_section_is_answered_by_measures_that_there_are():
    assert sorted(QUANTITIES) == list(range(12, 26))
    known = measures.load()
    for quantity in QUANTITIES.values():
        assert set(quantity.measures) <= set(known)
    assert [no for no, q in QUANTITIES.items() if q.per_specialist] == [17, 18, 24]


@pytest.mark.parametrize("item", sorted(QUANTITIES))
def test_what_is_rated_per_specialist_can_be_told_by_specialist(item):
    by = [measures.get(name).by for name in QUANTITIES[item].measures]
    keys = {"unit_id", "staff_id"} if QUANTITIES[item].per_specialist else {"unit_id"}
    assert all(keys <= set(each) for each in by)


def test_what_stands_beside_has_a_label_of_its_measure():
    beside = [pair for pairs in BESIDE.values() for pair in pairs]
    beside += [
        (QUANTITIES[item].measures[0], name)
        for item in (14, 18, 22)
        for name in read(item)["signals"]
    ]
    assert beside
    assert all(measures.get(name).ratios[ratio].means for name, ratio in beside)


@pytest.mark.parametrize("item", sorted(QUANTITIES))
def test_a_unit_without_any_figure_is_answered_and_says_nothing_good(item):
    found = QUANTITIES[item].read({})
    if found is None:
        return
    good = found.get("met", [])
    assert good in ([], ["i"])  # nobody was sent away
    assert not any(found.get("signals", {}).values())


# 12: work incentives planning


@pytest.mark.parametrize(
    ("amounts", "met", "not_met"),
    [
        pytest.param({}, [], [], id="nothing recorded leaves all open"),
        pytest.param({"starts": 9}, [], [], id="starts, but no counselling on record"),
        pytest.param(
            {"starts": 10, "counselled": 9, "by_planner": 9},
            ["3", "4"],
            [],
            id="nine of ten planned by somebody trained",
        ),
        pytest.param(
            {"starts": 10, "counselled": 9, "by_planner": 8},
            ["3"],
            ["4", "5"],
            id="nine told, eight of them by somebody trained",
        ),
        pytest.param(
            {"starts": 10, "counselled": 8, "by_planner": 8},
            [],
            ["4", "5"],
            id="eight told",
        ),
        pytest.param(
            {
                "starts": 10,
                "counselled": 10,
                "by_planner": 10,
                "changes": 2,
                "changes_by_planner": 1,
            },
            ["3", "4"],
            ["5"],
            id="planned, and one of two changes followed",
        ),
        pytest.param(
            {"changes": 2, "changes_counselled": 2, "changes_by_planner": 2},
            [],
            [],
            id="changes followed, and nobody has started",
        ),
    ],
)
def test_work_incentives(amounts, met, not_met):
    found = read(12, **amounts)
    assert (found["met"], found["not_met"]) == (met, not_met)
    assert sorted(name for part in found.values() for name in part) == list(JUDGED)


# 13: disclosure


@pytest.mark.parametrize(
    ("amounts", "place"),
    [
        pytest.param(
            {"talk_due": 4, "talked_twice": 0}, "open", id="no talk on record"
        ),
        pytest.param({"talks": 3}, "open", id="nobody for whom it is due"),
        pytest.param(
            {"talks": 9, "talk_due": 10, "talked_twice": 9}, "met", id="nine of ten"
        ),
        pytest.param(
            {"talks": 9, "talk_due": 10, "talked_twice": 8}, "not_met", id="eight"
        ),
    ],
)
def test_disclosure_is_talked_about_again(amounts, place):
    found = read(13, **amounts)
    assert "d" in found[place]
    assert set("abc") <= set(found["open"])


# 14, 18, 22: signals


@pytest.mark.parametrize(
    ("item", "amounts", "signals"),
    [
        pytest.param(
            14,
            {"with_profile": 3, "open_episodes": 4, "job_events": 0},
            {"share_with_profile": Fraction(3, 4), "share_updated": None},
            id="profiles, and no start or end",
        ),
        pytest.param(
            18,
            {"repeated": 1, "number_known": 2, "visits": 9},
            {"share_repeated": Fraction(1, 2), "share_hiring": None},
            id="visits of which little is known",
        ),
        pytest.param(
            22,
            {"working_people": 4, "supported": 2, "sources": 6, "support_kinds": 5},
            {
                "share_supported": Fraction(1, 2),
                "sources_each": Fraction(3, 2),
                "kinds_each": Fraction(5, 4),
            },
            id="support from several",
        ),
    ],
)
def test_signals_are_shares_and_never_a_score(item, amounts, signals):
    assert read(item, **amounts) == {"signals": signals}


# 15 and 16: the search


def rapid(with_contact=0, days=0, without=0, days_open=0, logged=0, searches=0):
    figures = {
        services.RAPID: {
            "episodes": with_contact + without,
            "with_contact": with_contact,
            "days": days,
            "without_contact": without,
            "days_open": days_open,
        },
        services.LOG: {"searches": searches, "searches_logged": logged},
    }
    return services.rapid_search(figures)


def test_days_add_up_to_the_figures():
    found = rapid(with_contact=3, days=70, without=2, days_open=290)
    assert (sum(found["days_completed"]), len(found["days_completed"])) == (70, 3)
    assert (sum(found["days_open"]), len(found["days_open"])) == (290, 2)


@pytest.mark.parametrize(
    ("logged", "searches", "tracked"),
    [
        pytest.param(9, 10, True, id="a log for nine of ten"),
        pytest.param(8, 10, False, id="a log for eight of ten"),
        pytest.param(0, 0, False, id="nobody for whom one is to be expected"),
    ],
)
def test_contacts_are_tracked_for_nearly_everybody(logged, searches, tracked):
    found = rapid(with_contact=1, days=5, logged=logged, searches=searches)
    assert found["contacts_tracked"] is tracked


def test_without_anybody_who_entered_there_are_no_quantities():
    assert rapid() is None


def test_everybody_may_still_be_waiting():
    found = rapid(without=2, days_open=42)
    assert (found["days_completed"], found["days_open"]) == ([], [21, 21])


def test_contacts_that_fit_are_over_those_of_which_it_is_known():
    found = read(16, fitting=3, for_a_person=4, fit_unknown=9)
    assert found == {"contacts_matching": 3, "contacts_client_specific": 4}


# 17: frequent employer contact


@pytest.mark.parametrize(
    ("amounts", "review"),
    [
        pytest.param({"weeks_due": 8}, None, id="the unit signs no week"),
        pytest.param(
            {"weeks_of_a_log": 1, "weeks_due": 0}, None, id="no week was due yet"
        ),
        pytest.param(
            {"weeks_due": 7, "weeks_signed": 7, "spans_due": 2, "spans_signed": 2},
            "weekly",
            id="all weeks signed",
        ),
        pytest.param(
            {"weeks_due": 7, "weeks_signed": 6, "spans_due": 2, "spans_signed": 2},
            "monthly",
            id="six of seven, some in each 28 days",
        ),
        pytest.param(
            {"weeks_due": 7, "weeks_signed": 3, "spans_due": 2, "spans_signed": 1},
            "none",
            id="none in one of the two spans",
        ),
    ],
)
def test_how_often_the_log_is_looked_through(amounts, review):
    known = {"weeks_of_a_log": amounts.get("weeks_signed", 0)} | amounts
    found = read(17, days_in_post=56, contacts=1, **known)
    assert found["form_review"] == review


@pytest.mark.parametrize(
    ("amounts", "rate"),
    [
        pytest.param({"days_in_post": 56, "contacts": 48}, Fraction(6), id="6 a week"),
        pytest.param(
            {"days_in_post": 56, "leave_days": 14, "contacts": 39},
            Fraction(13, 2),
            id="two weeks of leave are no weeks worked",
        ),
        pytest.param(
            {"days_in_post": 10, "contacts": 3}, Fraction(21, 10), id="ten days in post"
        ),
    ],
)
def test_contacts_are_counted_by_week_worked(amounts, rate):
    assert read(17, **amounts)["face_to_face_per_week"] == rate


def test_who_worked_no_day_is_not_rated():
    assert read(17, days_in_post=7, leave_days=7, contacts=2) is None


@pytest.mark.parametrize(
    ("seekers", "sought", "counted"),
    [
        pytest.param(2, 9, 2, id="those of the day"),
        pytest.param(0, 3, 3, id="nobody today, three in the window"),
        pytest.param(0, 0, 0, id="nobody in the window"),
    ],
)
def test_a_specialist_without_anybody_looking_for_work(seekers, sought, counted):
    found = read(17, days_in_post=56, seekers=seekers, sought=sought)
    assert found["job_seekers"] == counted


def test_a_pack_may_ask_for_less_than_nine_weeks_in_ten():
    half = Settings(weekly=Fraction(1, 2))
    found = read(
        17, half, days_in_post=56, weeks_of_a_log=4, weeks_due=8, weeks_signed=4
    )
    assert found["form_review"] == "weekly"


# 19 and 20: variety


COUNTS = some.lists(some.integers(1, 30), min_size=1, max_size=12)


@given(COUNTS)
def test_a_list_made_of_sums_has_as_many_jobs_kinds_and_jobs_above_the_cap(counts):
    jobs = sum(counts)
    cap = cap_of(jobs, PERCENT)
    over = sum(max(0, count - cap) for count in counts)
    found = spread(jobs, len(counts), over)
    assert (sum(found), len(found)) == (jobs, len(counts))
    assert sum(max(0, count - cap) for count in found) == over
    assert min(found) >= 1


@given(some.integers(0, 10_000), some.integers(1, 40))
def test_even_parts_add_up(total, number):
    parts = evenly(total, number)
    assert (sum(parts), len(parts)) == (total, number)
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize(
    ("item", "key"), [(19, "counts_per_type"), (20, "counts_per_employer")]
)
def test_counts_of_jobs(item, key):
    assert read(item, jobs=20, kinds=13, over_cap=5) == {key: [8, *[1] * 12]}
    assert read(item) == {key: []}


def test_the_cap_is_worked_out_in_whole_numbers():
    assert [cap_of(jobs, PERCENT) for jobs in (0, 1, 6, 7, 20, 21, 40)] == [
        *(1, 1, 1, 2),
        *(3, 4, 6),
    ]


# 21, 23, 24


def test_jobs_that_are_competitive_and_permanent():
    found = read(21, competitive_and_permanent=9, current_jobs=12)
    assert found == {"competitive_permanent": 9, "current_jobs": 12}


@pytest.mark.parametrize(
    ("amounts", "later"),
    [
        pytest.param({"later_due": 0}, None, id="no work has lasted two months"),
        pytest.param({"later_due": 2, "later_met": 0}, 0, id="nobody met later"),
        pytest.param({"later_due": 2, "later_met": 1}, 1, id="one met later"),
    ],
)
def test_follow_along_has_every_test(amounts, later):
    found = read(23, before_due=3, before_met=2, **amounts)
    assert (found["before_due"], found["before_met"]) == (3, 2)
    assert found["later_met"] == later
    assert {f"{test}_due" for test in services.TESTS} <= set(found)


def test_without_a_start_there_is_nothing_to_follow():
    assert read(23) is None


LOGGED = {
    "outside_minutes": 300,
    "in_person_minutes": 500,
    "scheduled_minutes": 600,
    "travel_minutes": 100,
}
MET = {"community_minutes": 10, "f2f_minutes": 30, "all_minutes": 40}


@pytest.mark.parametrize(
    ("weeks", "logged", "basis", "minutes"),
    [
        pytest.param(8, 8, "logged_time", (300, 500, 600), id="every week logged"),
        pytest.param(7, 6, "contact_minutes", (10, 30, 40), id="six of seven"),
        pytest.param(0, 0, "contact_minutes", (10, 30, 40), id="no whole week in post"),
    ],
)
def test_time_is_logged_or_that_of_contacts(weeks, logged, basis, minutes):
    found = read(24, weeks=weeks, weeks_logged=logged, **LOGGED, **MET)
    names = ("community_minutes", "in_person_minutes", "all_minutes")
    assert found == {"basis": basis} | dict(zip(names, minutes, strict=True))


def test_travel_as_time_outside_stands_beside():
    figures = {services.TIME: LOGGED | {"weeks": 1, "weeks_logged": 1}}
    found = services.travel_as_community(figures)
    assert (found["community_minutes"], found["in_person_minutes"]) == (400, 600)
    assert services.travel_as_community({services.CONTACTS: MET}) is None


# 25: outreach


def outreach(**amounts):
    return read(25, **{"disengaged": 10, "tried": 10} | amounts)


@pytest.mark.parametrize(
    ("amounts", "strategy", "place"),
    [
        pytest.param({}, "i", "met", id="nobody sent away"),
        pytest.param({"ended_by_rule": 1}, "i", "not_met", id="one sent away"),
        pytest.param(
            {"exit_reason_unknown": 1}, "i", "open", id="an end without a reason"
        ),
        pytest.param(
            {"exit_reason_unknown": 1, "ended_by_rule": 1},
            "i",
            "not_met",
            id="an end without a reason, and one sent away",
        ),
        pytest.param({"tried": 9}, "ii", "met", id="nine of ten tried"),
        pytest.param({"tried": 8}, "ii", "not_met", id="eight of ten tried"),
        pytest.param(
            {"tried": 8, "attempt_unknown": 1}, "ii", "open", id="or perhaps nine"
        ),
        pytest.param({"tried": 0, "disengaged": 0}, "ii", "open", id="nobody away"),
        pytest.param({"by_others": 5}, "iii", "met", id="half tried by others"),
        pytest.param(
            {"by_others": 4, "others_unknown": 1}, "iii", "open", id="or perhaps half"
        ),
        pytest.param({"visited": 4}, "iv", "not_met", id="fewer than half visited"),
        pytest.param(
            {"joint": 4, "joint_unknown": 3}, "v", "open", id="joint, or not known"
        ),
        pytest.param({"family": 5}, "vi", "met", id="family of half"),
        pytest.param({"family": 0}, "vi", "open", id="family, as far as relevant"),
    ],
)
def test_strategies_against_losing_people(amounts, strategy, place):
    found = outreach(**amounts)
    assert strategy in found[place]
    assert sum(map(len, found.values())) == 6
