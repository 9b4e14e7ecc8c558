"""The words of live fidelity: what would raise an item, what is missing, a trend."""

from fractions import Fraction

import pytest

from braid.facts.presenters import LEFT_OUT
from braid.fidelity.live import (
    LiveItem,
    item_presenters,
    open_score,
    raising,
    recording,
    treatment,
)
from braid.fidelity.live.presenters import pips, short, signed
from braid.fidelity.live.trends import trend
from braid.fidelity.quantities import QUANTITIES
from braid.method.measures import WORDS
from braid.method.scales import NOTES, Lift, rules_of, scored, what_would_raise
from braid.packs import scales

SCALE = scales.get("ips-25")
RULES = rules_of(SCALE)
ITEMS = {item.key: item for item in SCALE.items}


def raised(key, **quantities):
    """Return the sentence and the next score of some quantities of an item."""
    item = ITEMS[key]
    found = scored(item, quantities, rules=RULES)
    lift = what_would_raise(item, found, quantities, rules=RULES)
    assert lift is not None
    return raising.sentence(LiveItem(item, found, lift=lift)), lift.next_score


@pytest.mark.parametrize(
    ("key", "quantities", "sentence", "score"),
    [
        pytest.param(
            "caseload",
            {"active_clients": 103, "es_fte": 5},
            "3 people less for the same specialists",
            5,
            id="fewer",
        ),
        pytest.param(
            "caseload",
            {"active_clients": 101, "es_fte": 5},
            "1 person less for the same specialists",
            5,
            id="fewer, one",
        ),
        pytest.param(
            "generalists",
            {"phases_delivered": 5},
            "1 more phase carried out",
            5,
            id="more",
        ),
        pytest.param(
            "individualised_search",
            {"contacts_matching": 80, "contacts_client_specific": 100},
            "10 more of these employer contacts that fit the person's plan",
            5,
            id="more of them",
        ),
        pytest.param(
            "employment_staff",
            {"employment_minutes": 940, "worked_minutes": 1000},
            "20 minutes more of the time worked on employment services",
            5,
            id="more of the time",
        ),
        pytest.param(
            "job_diversity",
            {"counts_per_type": [10, 5, 5]},
            "1 job of another kind instead of one more of the same",
            2,
            id="fewer alike",
        ),
        pytest.param(
            "employer_diversity",
            {"counts_per_employer": [12, 4, 4]},
            "1 job with another employer instead of one more with the same",
            2,
            id="other employers",
        ),
        pytest.param(
            "competitive_jobs",
            {"competitive_permanent": 8, "current_jobs": 8},
            "2 more competitive and permanent jobs",
            5,
            id="more jobs",
        ),
        pytest.param(
            "team_assignment",
            {"attached_teams": 2, "clients_from_top_two": 16, "caseload": 20},
            "2 more people of the caseload from the two largest teams",
            5,
            id="more from the two teams",
        ),
        pytest.param(
            "team_assignment",
            {"attached_teams": 4, "clients_from_top_two": 20, "caseload": 20},
            "2 treatment teams fewer",
            3,
            id="fewer teams",
        ),
        pytest.param(
            "team_assignment",
            {"attached_teams": 0, "clients_from_top_two": 20, "caseload": 20},
            "A treatment team that the specialist belongs to",
            3,
            id="attach to a team",
        ),
        pytest.param(
            "rapid_search",
            {"mean_days_to_first_contact": "33.5", "contacts_tracked": True},
            "4 days sooner, on average, to the first meeting with an employer",
            5,
            id="fewer days",
        ),
        pytest.param(
            "rapid_search",
            {"mean_days_to_first_contact": "20", "contacts_tracked": False},
            "A dated log of employer contacts for nearly everybody who seeks work",
            5,
            id="meet the condition",
        ),
        pytest.param(
            "employer_contact",
            {
                "face_to_face_per_week": "4.25",
                "form_review": "monthly",
                "job_seekers": 9,
            },
            "0.8 more face-to-face employer contacts a week; The log of employer contacts "
            "looked through and signed each week",
            4,
            id="more contacts, and the condition",
        ),
        pytest.param(
            "community",
            {
                "basis": "logged_time",
                "community_minutes": 600,
                "in_person_minutes": 1000,
                "all_minutes": 1200,
            },
            "50 minutes more of the time in person spent outside the offices",
            5,
            id="more time outside",
        ),
        pytest.param(
            "community",
            {"community_percent": "64.9"},
            "0.1 percentage points more of the time outside the offices",
            5,
            id="more time, as a share",
        ),
        pytest.param(
            "disclosure",
            {"components_met": 3, "components_total": 4},
            "1 more part in place",
            5,
            id="more components",
        ),
        pytest.param(
            "employment_staff",
            {"per_es_scores": [4, 4, 4]},
            "2 points more of the scores of specialists together",
            5,
            id="points of specialists",
        ),
    ],
)
def test_the_smallest_change_has_a_sentence(key, quantities, sentence, score):
    assert raised(key, **quantities) == (sentence, score)


def test_every_lift_has_a_sentence():
    """The keys are those of the engine; a new one without words would break a page."""
    assert raising.TEXTS.keys() == {
        *("fewer", "more", "more_of_them", "fewer_alike", "more_jobs", "more_from"),
        *("fewer_teams", "attach_to_a_team", "fewer_days", "more_contacts"),
        *("more_time_outside", "meet_the_condition", "more_components"),
        *("reviewer_decides", "points_of_specialists"),
    }
    decides = Lift(5, {}, "reviewer_decides")
    one = LiveItem(ITEMS["caseworkers"], open_score(ITEMS["caseworkers"]))
    assert raising.sentence(one, decides).startswith("A reviewer's look")
    assert raising.sentence(one) == ""


def test_what_is_said_by_reason_note_item_or_part_is_known():
    """Words that nothing leads to any more, or that are missing, fail here."""
    reasons = {reason for word in WORDS.values() for reason in word.left_out}
    assert recording.MENDED.keys() <= reasons | LEFT_OUT.keys()
    assert recording.NOTED.keys() <= set(NOTES)
    assert item_presenters.NOTES.keys() == set(NOTES)
    assert recording.FIRST.keys() <= ITEMS.keys()
    for key, part in recording.PARTS:
        assert part in ITEMS[key].components
    known = {item.key for name in scales.load() for item in scales.get(name).items}
    assert treatment.ITEMS.keys() <= known
    assert all(
        column.measure in {m for q in QUANTITIES.values() for m in q.measures}
        or column is treatment.PEOPLE
        for column in treatment.COLUMNS
    )


@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [
        ("place_unknown", 1, "Log the place of 1 more time entry"),
        ("place_unknown", 38, "Log the place of 38 more time entries"),
        ("fte_unknown", 2, "Enter the share of full time of 2 specialists"),
        ("undetermined", 1, "Answer for 1 job what makes it competitive"),
    ],
)
def test_what_is_missing_is_counted(name, number, sentence):
    assert recording.MENDED[name](number) % {"n": number} == sentence


@pytest.mark.parametrize(
    ("floor", "ceiling", "kinds", "text", "table"),
    [
        (4, 4, "solid solid solid solid none", "4 of 5", "4"),
        (2, 4, "solid solid possible possible none", "from 2 to 4 of 5", "2–4"),
        (1, 5, "none none none none none", "open, from 1 to 5", "–"),
    ],
)
def test_a_score_is_five_pips_and_words(floor, ceiling, kinds, text, table):
    one = bounded(floor, ceiling)
    assert pips(one).kinds == tuple(kinds.split())
    assert pips(one).text == text
    assert short(one) == table


def bounded(floor, ceiling):
    item = ITEMS["caseload"]
    found = open_score(item)
    score = floor if floor == ceiling else None
    return type(found)(item, found.status, score, floor, ceiling, Fraction(1))


def test_a_trend_marks_scores_and_spans_and_skips_what_is_open():
    found = trend([None, bounded(5, 5), bounded(2, 4), bounded(1, 5), bounded(1, 1)])
    assert [mark.is_score for mark in found.marks] == [True, False, True]
    top, span, bottom = found.marks
    assert top.top < span.top < span.bottom < bottom.bottom
    assert all(0 < mark.x < found.width for mark in found.marks)
    assert bottom.bottom < found.height


@pytest.mark.parametrize(("change", "text"), [(3, "+3"), (0, "±0"), (-2, "−2")])
def test_a_change_has_its_sign(change, text):
    assert signed(change) == text
