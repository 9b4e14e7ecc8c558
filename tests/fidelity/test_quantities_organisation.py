"""Items 4 to 11: what is met, what is not, and what only a reviewer can say."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.fidelity.quantities import QUANTITIES, Settings
from braid.method.scales import rules_of, scored
from braid.packs import measures, scales

TEAMS = "item04_attached_teams"
WEEKLY, MEETINGS, DOCUMENTS = (
    *("item05_weekly_meetings", "item05_team_meetings", "item05_documents"),
)


def states(item, figures, **settings):
    """Return the state of each component: yes, no, or ? where it is open."""
    found = QUANTITIES[item].read(figures, **settings)
    marks = {"met": "yes", "not_met": "no", "open": "?"}
    return {name: mark for key, mark in marks.items() for name in found[key]}


def scored_by_scale(item, quantities):
    scale = scales.load()["ips-25"]
    return scored(scale.item(item), quantities, rules=rules_of(scale))


@pytest.mark.parametrize("item", [5, 7, 8, 10, 11])
def test_without_a_record_everything_is_open(item):
    found = scored_by_scale(item, QUANTITIES[item].read({}))
    assert (found.score, found.floor, found.ceiling) == (None, 1, 5)


# Item 4


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        pytest.param(
            {"caseload": 20, "from_top_two": 18, "with_team": 20, "attached_teams": 2},
            (2, 18),
            id="attached to two teams",
        ),
        pytest.param(
            {"caseload": 20, "from_top_two": 18, "with_team": 19},
            (None, 18),
            id="no attachment recorded",
        ),
        pytest.param({"caseload": 20}, (None, None), id="no team recorded at all"),
        pytest.param(
            {"caseload": 20, "attached_teams": 1},
            (1, 0),
            id="attached, and clients without a team are from none",
        ),
    ],
)
def test_teams_of_a_specialist(amounts, expected):
    assert QUANTITIES[4].read({TEAMS: amounts}) == {
        "attached_teams": expected[0],
        "clients_from_top_two": expected[1],
        "caseload": 20,
    }


def test_a_specialist_without_a_caseload_cannot_be_rated_by_teams():
    assert QUANTITIES[4].read({TEAMS: {"attached_teams": 2}}) is None


# Item 5


def weekly(met, unknown=0, weeks=13):
    return {
        "stretches_with": met,
        "stretches_unknown": unknown,
        "stretches_recorded": 13,
        "days_worked": 7 * weeks,
    }


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        pytest.param(weekly(12), "yes", id="12 of 13 weeks"),
        pytest.param(weekly(11), "no", id="11 of 13 weeks"),
        pytest.param(weekly(9, weeks=10), "yes", id="nine tenths themselves"),
        pytest.param(weekly(11, 1), "?", id="one week of which it is not known"),
        pytest.param(weekly(10, 1), "no", id="even with that week too few"),
        pytest.param(weekly(0), "no", id="meetings, but never there"),
        pytest.param({"days_worked": 91}, "?", id="no meeting is recorded"),
        pytest.param(weekly(0, weeks=0), "?", id="nobody worked"),
    ],
)
def test_weekly_meetings(amounts, expected):
    assert states(5, {WEEKLY: amounts})["a"] == expected


@pytest.mark.parametrize(
    ("amounts", "decisions", "unreferred"),
    [
        pytest.param({}, "?", "?", id="no meeting"),
        pytest.param(
            {"with_specialist": 10, "with_decision": 5, "unreferred": 1},
            "yes",
            "yes",
            id="half of the meetings decided, one asked about",
        ),
        pytest.param(
            {"with_specialist": 10, "with_decision": 4}, "no", "no", id="neither"
        ),
    ],
)
def test_what_meetings_bring(amounts, decisions, unreferred):
    found = states(5, {MEETINGS: amounts})
    assert (found["b"], found["e"], found["d"]) == (decisions, unreferred, "?")


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        pytest.param(9, "yes", id="nine of ten"),
        pytest.param(8, "no", id="eight of ten"),
        pytest.param(0, "?", id="none is recorded"),
    ],
)
def test_documents_with_the_team(shared, expected):
    amounts = {"documents_shared": shared, "open_episodes": 10}
    assert states(5, {DOCUMENTS: amounts})["c"] == expected


def test_a_pack_may_ask_for_less():
    figures = {WEEKLY: weekly(10)}
    assert states(5, figures)["a"] == "no"
    assert states(5, figures, settings=Settings(weekly=Fraction(3, 4)))["a"] == "yes"


# Item 6

WHOLE = {"weeks": 26, "months": 6, "quarters": 2, "job_centre_meetings": 6}


def caseworkers(**amounts):
    return QUANTITIES[6].read({"item06_caseworkers": WHOLE | amounts})


def test_all_that_is_known_is_told():
    assert caseworkers(
        weeks_with_contact=24,
        months_with_contact=6,
        months_face_to_face=5,
        quarters_with_contact=2,
        quarters_face_to_face=2,
    ) == {
        "weeks": 26,
        "weeks_with_contact": 24,
        "months": 6,
        "months_with_contact": 6,
        "months_face_to_face": 5,
        "quarters": 2,
        "quarters_with_contact": 2,
        "quarters_face_to_face": 2,
    }


@pytest.mark.parametrize(
    ("amounts", "key", "expected"),
    [
        pytest.param(
            {"weeks_with_contact": 20, "weeks_unknown": 4},
            "weeks_with_contact",
            None,
            id="the unknown weeks may make it weekly",
        ),
        pytest.param(
            {"weeks_with_contact": 20, "weeks_unknown": 3},
            "weeks_with_contact",
            20,
            id="even with them it is not weekly",
        ),
        pytest.param(
            {"weeks_with_contact": 24, "weeks_unknown": 2},
            "weeks_with_contact",
            24,
            id="weekly without them",
        ),
        pytest.param(
            {"months_with_contact": 5, "months_unknown": 1},
            "months_with_contact",
            None,
            id="a month that may have had contact",
        ),
        pytest.param(
            {"months_face_to_face": 4, "months_face_unknown": 1},
            "months_face_to_face",
            4,
            id="another month was without a meeting anyway",
        ),
        pytest.param(
            {"quarters_face_to_face": 0, "job_centre_meetings": 0},
            "quarters_face_to_face",
            None,
            id="no meeting is recorded",
        ),
        pytest.param(
            {"months_face_to_face": 0},
            "months_face_to_face",
            0,
            id="meetings are recorded, none of them in person",
        ),
    ],
)
def test_what_is_not_known_of_caseworkers(amounts, key, expected):
    assert caseworkers(**amounts)[key] == expected


def test_a_unit_at_work_on_no_week_has_no_item_6():
    assert QUANTITIES[6].read({"item06_caseworkers": {}}) is None


@given(known=st.integers(0, 26), unknown=st.integers(0, 26))
def test_an_unknown_week_is_told_just_where_it_could_change_the_answer(known, unknown):
    unknown = min(unknown, 26 - known)
    found = caseworkers(weeks_with_contact=known, weeks_unknown=unknown)
    changes = (known * 10 >= 26 * 9) != ((known + unknown) * 10 >= 26 * 9)
    assert (found["weeks_with_contact"] is None) == changes


PARTS = {
    "weeks_with_contact": ("weeks_unknown", "weeks"),
    **{
        f"{each}_{what}": (f"{each}_{unknown}", each)
        for each in ("months", "quarters")
        for what, unknown in (
            ("with_contact", "unknown"),
            ("face_to_face", "face_unknown"),
        )
    },
}


@given(drawn=st.data())
def test_floor_and_ceiling_are_those_of_nothing_and_all_of_what_is_unknown(drawn):
    low, high, amounts = {}, {}, {}
    for name, (unknown, whole) in PARTS.items():
        low[name] = drawn.draw(st.integers(0, WHOLE[whole]))
        high[name] = drawn.draw(st.integers(low[name], WHOLE[whole]))
        amounts |= {name: low[name], unknown: high[name] - low[name]}
    wholes = {whole: WHOLE[whole] for _, whole in PARTS.values()}
    found = scored_by_scale(6, caseworkers(**amounts))
    assert found.floor == scored_by_scale(6, wholes | low).score
    assert found.ceiling == scored_by_scale(6, wholes | high).score


# Item 7


def unit(posts=(4, 1), fte=Fraction(4), weeks=(26, 0, 26), **load):
    met, unsaid, recorded = weeks
    return states(
        7,
        {
            "item07_group_supervision": {
                "weeks_supervised": met,
                "weeks_unsaid": unsaid,
                "weeks_met": recorded,
                "unit_weeks": 26,
            },
            "item08_posts": {
                "specialists_in_post": posts[0],
                "supervisors_in_post": posts[1],
            },
            "item01_caseload": {"fte": fte, **load},
        },
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            unit(), "?yes???", id="weekly: cover and leads are for a reviewer"
        ),
        pytest.param(unit(weeks=(20, 0, 20)), "?yes??no", id="three a month"),
        pytest.param(unit(weeks=(12, 0, 12)), "?yes??no", id="twice a month"),
        pytest.param(unit(weeks=(11, 0, 11)), "?yes?nono", id="rarer"),
        pytest.param(unit(weeks=(11, 1, 12)), "?yes??no", id="one may make it twice"),
        pytest.param(unit(weeks=(0, 0, 0)), "?yes???", id="no meeting is recorded"),
        pytest.param(
            unit(fte=Fraction(3, 2)), "?yes?nono", id="not two full-time posts"
        ),
        pytest.param(
            unit(fte=Fraction(1), fte_unknown=1), "?yes???", id="posts of unknown share"
        ),
        pytest.param(
            unit(posts=(1, 1), weeks=(0, 0, 5)), "?????", id="a specialist alone"
        ),
        pytest.param(unit(posts=(4, 2)), "?????", id="two supervisors"),
    ],
)
def test_descriptions_of_the_unit(found, expected):
    assert "".join(found[name] for name in "12345") == expected


# Item 8


def posts(specialists, fte, supervisors=1, **left_out):
    return {
        "item08_posts": {
            "specialists_in_post": specialists,
            "supervisors_in_post": supervisors,
            "supervisor_fte": fte,
            **left_out,
        }
    }


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param(posts(10, 1), "yes", id="ten for a full-time supervisor"),
        pytest.param(posts(11, 1), "no", id="eleven"),
        pytest.param(posts(5, Fraction(1, 2)), "yes", id="five for half a post"),
        pytest.param(posts(6, Fraction(1, 2)), "no", id="six for half a post"),
        pytest.param(
            posts(6, 0, supervisor_fte_unknown=1), "?", id="a share that is not known"
        ),
        pytest.param(
            posts(6, 1, 2, supervisor_fte_unknown=1), "yes", id="enough without it"
        ),
        pytest.param(posts(6, 0, 0), "?", id="no supervisor is recorded"),
    ],
)
def test_how_many_a_supervisor_has(figures, expected):
    assert states(8, figures)["a"] == expected


@pytest.mark.parametrize(
    ("figures", "component", "expected"),
    [
        pytest.param(
            {"item08_supervision": weekly(46, weeks=50)}, "b", "yes", id="weekly"
        ),
        pytest.param(
            {"item08_supervision": weekly(12, weeks=50)}, "b", "no", id="monthly"
        ),
        pytest.param(
            {
                "item08_team_visits": {
                    "team_quarters": 8,
                    "quarters_visited": 8,
                    "quarters_met": 8,
                }
            },
            "c",
            "yes",
            id="every team in every quarter",
        ),
        pytest.param(
            {
                "item08_team_visits": {
                    "team_quarters": 8,
                    "quarters_visited": 7,
                    "quarters_unsaid": 1,
                    "quarters_met": 8,
                }
            },
            "c",
            "?",
            id="one quarter of which it is not known",
        ),
        pytest.param(
            {
                "item08_team_visits": {
                    "team_quarters": 8,
                    "quarters_visited": 7,
                    "quarters_met": 7,
                }
            },
            "c",
            "no",
            id="one quarter without",
        ),
        pytest.param(
            {"item08_team_visits": {"team_quarters": 8}}, "c", "?", id="no meetings"
        ),
        pytest.param(
            {"item08_field_mentoring": {"whole_stretches": 12, "whole_with": 12}},
            "d",
            "yes",
            id="mentoring every month",
        ),
        pytest.param(
            {"item08_field_mentoring": {"whole_stretches": 12, "whole_with": 4}},
            "d",
            "?",
            id="who needs mentoring, the supervisor says",
        ),
        pytest.param({}, "d", "?", id="no mentoring, and nobody in post"),
        pytest.param(
            {
                "item08_outcome_reviews": {
                    "whole_stretches": 8,
                    "whole_with": 8,
                    "stretches_recorded": 8,
                }
            },
            "e",
            "yes",
            id="outcomes each quarter",
        ),
        pytest.param(
            {
                "item08_outcome_reviews": {
                    "whole_stretches": 8,
                    "whole_with": 6,
                    "whole_unknown": 1,
                    "stretches_recorded": 7,
                }
            },
            "e",
            "no",
            id="a quarter without, whatever the other was",
        ),
    ],
)
def test_what_a_supervisor_does(figures, component, expected):
    assert states(8, figures)[component] == expected


# Items 9 to 11


def test_signals_of_zero_exclusion_are_figures_and_no_score():
    found = QUANTITIES[9].read(
        {
            "item09_refusals": {"refused_for_breaches": 1, "refusals": 4},
            "item09_clinicians": {"ever_referred": 3, "clinicians": 9},
            "item09_departures": {"departures": 10, "for_time_limit": 2},
        }
    )
    assert found == {
        "signals": {
            "share_for_breaches": Fraction(1, 4),
            "share_by_clinicians": None,
            "share_who_referred": Fraction(1, 3),
            "share_for_missed_appointments": 0,
            "share_for_time_limit": Fraction(1, 5),
        }
    }


def test_each_signal_has_the_label_of_a_ratio():
    ratios = {r for name in QUANTITIES[9].measures for r in measures.get(name).ratios}
    assert set(QUANTITIES[9].read({})["signals"]) == ratios


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        pytest.param(
            {
                "quarters": 4,
                "shared_with_both": 4,
                "shared_with_leadership": 4,
                "shared_with_team": 4,
            },
            "yes",
            id="both, every quarter",
        ),
        pytest.param(
            {"quarters": 4, "shared_with_leadership": 4}, "no", id="never the team"
        ),
        pytest.param({"quarters": 4}, "?", id="nothing is recorded as shared"),
    ],
)
def test_rates_shared_each_quarter(amounts, expected):
    found = states(10, {"item10_reports_shared": amounts})
    assert found == {**dict.fromkeys("abcd", "?"), "e": expected}


REVIEWED = {"final_reviews": 1}
HIGH = {"final_reviews": 1, "latest_is_high": 1}


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        pytest.param({"final_reviews": 1, "recent_reviews": 1}, "yes", id="lately"),
        pytest.param(REVIEWED, "no", id="more than half a year ago"),
        pytest.param(HIGH, "yes", id="that too, but fidelity was high"),
        pytest.param({}, "?", id="no review is recorded"),
    ],
)
def test_reviews_twice_a_year_until_fidelity_is_high(reviews, expected):
    assert states(11, {"item11_reviews": reviews})["b"] == expected


def steered(quarters, half_years):
    return {
        "steering_quarters": 4,
        "quarters_with_steering": quarters,
        "steering_half_years": 2,
        "half_years_with_steering": half_years,
    }


@pytest.mark.parametrize(
    ("steering", "reviews", "expected"),
    [
        pytest.param(steered(4, 2), REVIEWED, "yes", id="each quarter"),
        pytest.param(steered(3, 2), REVIEWED, "no", id="a quarter without"),
        pytest.param(steered(2, 2), HIGH, "yes", id="each half-year, fidelity is high"),
        pytest.param(steered(2, 1), HIGH, "no", id="a half-year without"),
        pytest.param(steered(2, 2), {}, "?", id="whether it is high, nobody knows"),
        pytest.param(steered(0, 0), HIGH, "?", id="no meeting is recorded"),
    ],
)
def test_the_steering_group_meets(steering, reviews, expected):
    figures = {"item11_steering": steering, "item11_reviews": reviews}
    assert states(11, figures)["c"] == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(2, "yes"), (1, "no"), (0, "?")],
    ids=["twice", "once", "never"],
)
def test_reports_to_the_leadership(days, expected):
    reports = {"item11_leadership_reports": {"leadership_reports": days}}
    assert states(11, reports)["e"] == expected


def test_what_leaders_know_and_say_is_for_a_reviewer():
    found = states(11, {})
    assert found == dict.fromkeys("abcde", "?")
