"""Measures as data: what they must say, what is refused, and what rows add up to."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from braid.facts.schema import CODES, TABLES
from braid.kernel.errors import InputFault
from braid.method.measures import WORDS, Asked
from braid.packs import jurisdictions, loader, measures
from braid.packs.measures.figures import EMPTY, NO_ROWS, TOO_SHORT, figures, tallies
from braid.packs.measures.periods import asked, between
from braid.packs.measures.schema import Measure, Window
from braid.packs.measures.situations import run_situation
from braid.packs.shapes import Situation

INTEGRATION = {
    "int_meetings_held",
    "int_shared_discussed",
    "int_questions_answered_by_health",
    "int_questions_answered_by_employment",
    "int_clinician_referrals",
    "int_clinician_contacts",
    "int_plans_seen",
    "int_joint_contacts",
    "int_colocation_days",
    "int_decisions_in_time",
}
DRIFT = {
    "drift_placements",
    "drift_proposals",
    "drift_days_to_employer",
    "drift_pre_vocational",
    "drift_refusals",
    "drift_early_endings",
}
TEN = {
    "item01_caseload",
    "item04_top_two_teams",
    "item24_community",
    "item17_employer_contacts",
    "item15_rapid_search",
    "item21_competitive_permanent",
    "current_competitive_hours",
    "quarters",
    "time_to_first_competitive_job",
    "counts",
}
OUTCOMES = {
    "out_working",
    "out_job_starts",
    "out_first_job",
    "out_tenure",
    "out_placements",
    "out_hours_pay",
    "out_employers",
    "out_occupations",
    "out_access",
    "out_employer_days",
    "out_contact_rate",
    "out_retention",
}
RETURNS = {
    "ilc_quarterly",
    "ipsgrow_referrals",
    "ipsgrow_profiles",
    "ipsgrow_starts",
    "ipsgrow_clients",
    "ipsgrow_employment_rate",
    "ipsgrow_access",
    "mhsds_new_referrals",
    "mhsds_access",
    "mhsds_caseload",
    "mhsds_closed",
    "ipes_referrals",
}
LASTING = {
    *("sustained_13w", "sustained_26w", "sustained_13w_beyond"),
    *(
        "sustained_13_of_16_weeks",
        "sustained_26_of_39_weeks",
        "sustained_3_of_6_months",
    ),
    *("sustained_hours_13w", "sustained_hours_26w"),
    *("us_vr_90", "au_des_13", "au_des_26", "ipspc_sustained", "ipspc_sustained_16h"),
    *("mhep_engagement", "mhep_start", "mhep_sustained"),
}
FOLLOWED = {
    *("research_employed_ever", "research_days_to_first_job", "research_weeks_worked"),
    *("research_longest_tenure", "research_hours_per_week", "research_worked_20h"),
    *("research_hours_total", "research_wages_total"),
    *(f"dk_work_or_education_{months}m_ever" for months in (18, 30, 60)),
    *("au_headspace_6m_ever", "se_18m_ever", "se_18m_work"),
    *("no_registry_12m_at", "no_registry_18m_at"),
    *("nl_sustainable_month_ever", "nl_any_month_ever", "nl_uwv_trajectories"),
    "unmet_need",
}
STAFFING_AND_ORGANISATION_ITEMS = {
    *("item01_month_ends", "item02_employment_time", "item03_phases"),
    *("item04_attached_teams", "item05_weekly_meetings", "item05_team_meetings"),
    *("item05_documents", "item06_caseworkers", "item07_group_supervision"),
    *("item08_posts", "item08_supervision", "item08_team_visits"),
    *("item08_field_mentoring", "item08_outcome_reviews"),
    *("item09_refusals", "item09_referrals", "item09_clinicians", "item09_departures"),
    *("item10_reports_shared", "item11_reviews", "item11_steering"),
    "item11_leadership_reports",
}
SERVICE_ITEMS = {
    *("item12_work_incentives", "item13_disclosure", "item14_assessment"),
    *("item15_contact_log", "item16_individual_search", "item17_signed_log"),
    *("item18_employer_visits", "item19_occupations", "item20_employers"),
    *("item22_supports", "item23_support_after_starts", "item24_logged_time"),
    "item25_outreach",
}
HARM = {
    *("harm_contact_after_payment", "harm_employer_share", "harm_job_ends"),
    *("harm_left_alone", "harm_rejections", "harm_repeated_starts"),
    "harm_start_hours",
}
BY_CENTRE = {
    "int_questions_answered_by_health",
    "int_questions_answered_by_employment",
    "int_clinician_referrals",
}
ALL = sorted(
    TEN
    | INTEGRATION
    | DRIFT
    | OUTCOMES
    | RETURNS
    | LASTING
    | FOLLOWED
    | STAFFING_AND_ORGANISATION_ITEMS
    | SERVICE_ITEMS
    | HARM
)
D = date(2026, 6, 30)
ON = Asked.on(D)


# What comes with Braid


def test_these_measures_come_with_braid():
    assert sorted(measures.load()) == ALL


@pytest.mark.parametrize("name", sorted(INTEGRATION | DRIFT))
def test_integration_and_drift_look_back_ninety_days_and_are_told_by_team(name):
    measure = measures.get(name)
    assert measure.window == Window(trailing_days=90)
    assert measure.by[:2] == ("unit_id", "team_id")
    assert ("job_centre_id" in measure.by) is (name in DRIFT or name in BY_CENTRE)


@pytest.mark.parametrize("country", ["default", "dk", "gb", "nl"])
def test_refusals_breach_zero_exclusion_for_the_reasons_of_the_country(country):
    (use,) = measures.get("drift_refusals").words
    given = measures.get("drift_refusals").parameters(use)
    breaches = jurisdictions.of_country(country).refusal_breaches
    assert set(given["reasons"]) == set(breaches.reasons)
    assert set(use.defined.parameters["reasons"].choices) == set(
        CODES["refusal_reason"]
    )


def test_their_situations_hold():
    report = loader.check()
    assert [str(f) for f in report.faults if "/measures/" in f.path] == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["en", "da"])
def test_everything_a_reader_sees_has_a_sentence(name, language):
    measure = measures.get(name)
    said = [measure.label, measure.about, measure.counts, *measure.amounts.values()]
    said += [part.means for part in measure.ratios.values()]
    said += [part.means for part in measure.statistics.values()]
    assert all(sentence.get(language, "").strip() for sentence in said)


@pytest.mark.parametrize("name", ALL)
def test_numerator_and_denominator_of_every_ratio_are_said(name):
    measure = measures.get(name)
    for ratio in measure.ratios.values():
        assert all(measure.amounts[part]["en"] for part in (*ratio.of, *ratio.to))


@pytest.mark.parametrize("name", ALL)
def test_every_language_speaks_of_every_part(name):
    measure = measures.get(name)
    languages = set(measure.label)
    for sentence in (measure.about, measure.counts, *measure.amounts.values()):
        assert set(sentence) == languages


def test_situations_speak_of_columns_that_facts_have():
    for edition in loader.editions("measures"):
        for situation in edition.situations:
            for name, rows in situation.input.get("tables", {}).items():
                known = set(TABLES[name].names)
                assert all(set(row) <= known for row in rows), situation.that


def test_name_in_another_language_falls_back_to_english():
    measure = measures.get("counts")
    assert measure.name("da") == "Hvad der er registreret"
    assert measure.name("fi") == "What is recorded"


# What is refused


GOOD = """\
id: mine
version: 1
source: {title: Made for a test}
label: {en: Mine}
about: {en: Mine}
counts: {en: episodes}
valid_from: 2026-01-01
window: {day: true}
basis: accepted
words:
  - word: caseload_and_posts
amounts:
  episodes: {en: episodes}
  fte: {en: posts}
ratios:
  per_fte: {of: episodes, to: fte, form: number, means: {en: each}}
by: [staff_id]
suppression: dst
"""
HOLDS = """\
- that: Nobody is nothing
  input: {as_of: 2026-06-30}
  expect: [{value: null, reason: empty_denominator}]
"""


def put(own, text=GOOD, situations=HOLDS):
    own.put("measures/mine.yaml", text)
    own.put("measures/situations/mine.yaml", situations)
    faults = loader.check([own.root]).faults
    return [(fault.line, fault.message) for fault in faults if "mine" in fault.path]


def test_a_measure_of_ones_own_is_taken(own):
    assert put(own) == []


@pytest.mark.parametrize(
    ("instead", "of", "line", "told"),
    [
        pytest.param(
            "word: caseloads_and_posts",
            "word: caseload_and_posts",
            11,
            f"'caseloads_and_posts' is no word. Known are: {', '.join(sorted(WORDS))}.",
            id="a word that nobody defined",
        ),
        pytest.param(
            "  people: {en: people}",
            "  fte: {en: posts}",
            14,
            "'people' is no amount of its words. Known are: episodes, fte, "
            "without_specialist.",
            id="an amount that its words do not have",
        ),
        pytest.param(
            "to: posts",
            "to: fte",
            16,
            "'posts' is no amount of this measure. Known are: episodes, fte.",
            id="a ratio over something else",
        ),
        pytest.param(
            "by: [job_id]",
            "by: [staff_id]",
            17,
            "'job_id' is no key by which all its words can be grouped. Known are: "
            "staff_id, unit_id.",
            id="a key that its words do not have",
        ),
        pytest.param(
            "  - {word: job_starts, with: {min_hours: 4}}\nprofile: strict",
            "  - word: caseload_and_posts",
            11,
            "'min_hours' is no parameter of 'job_starts'. Known are: "
            "counted_from, dating, group, min_paid_hours, people, scope, switches.",
            id="a parameter that the word does not take",
        ),
        pytest.param(
            "  - {word: job_starts, with: {min_paid_hours: many}}\nprofile: strict",
            "  - word: caseload_and_posts",
            11,
            "Expected is a number of hours, or nothing for no minimum.",
            id="a value that the parameter cannot have",
        ),
        pytest.param(
            "  - {word: job_starts, with: {basis: entered}}\nprofile: strict",
            "  - word: caseload_and_posts",
            11,
            "'basis' is no parameter of 'job_starts'",
            id="a basis of a word's own",
        ),
        pytest.param(
            "",
            "basis: accepted\n",
            10,
            "'caseload_and_posts' needs the measure to name a 'basis'.",
            id="no basis for a caseload",
        ),
        pytest.param(
            "window: {day: true, trailing_days: 56}",
            "window: {day: true}",
            8,
            "give one of 'day', 'as_of', 'trailing_days', 'quarters'",
            id="two windows",
        ),
        pytest.param(
            "about: {da: Min}",
            "about: {en: Mine}",
            5,
            "the English sentence ('en') is missing",
            id="no English sentence",
        ),
        pytest.param(
            "suppression: none",
            "suppression: dst",
            18,
            "'nhs-mhsds', 'nhs-hes', 'dst', 'cbs' or 'cms'",
            id="a suppression profile that is none",
        ),
        pytest.param(
            "colour: red\nby: [staff_id]",
            "by: [staff_id]",
            17,
            "'colour' is not a known key.",
            id="a key of the file that is none",
        ),
    ],
)
def test_wrong_measure_is_refused_with_its_line_and_what_is_known(
    own, instead, of, line, told
):
    assert of in GOOD
    found = put(own, GOOD.replace(of, instead))
    assert any(at == line and told in message for at, message in found), found


STATISTICS = """\
statistics:
  middle:
    median: {of: days, among: episodes}
    form: days
    means: {en: middle}
by: [unit_id]
"""


def test_statistic_of_amounts_that_are_not_of_one_word_is_refused(own):
    found = put(own, GOOD.replace("by: [staff_id]\n", STATISTICS))
    assert found == [
        (
            18,
            "'statistics.middle': 'days' and 'episodes' are not amounts of one word. "
            "Known are: episodes, fte, without_specialist.",
        )
    ]


def test_amount_that_two_words_have_is_refused(own):
    text = GOOD.replace("fte_posts", "").replace(
        "  - word: caseload_and_posts\n",
        "  - word: caseload_and_posts\n  - word: counts\n",
    )
    found = put(own, text.replace("by: [staff_id]\n", ""))
    assert found == [
        (14, "'amounts.episodes': 'episodes' is an amount of two of its words.")
    ]


def test_all_faults_of_a_file_are_told_at_once(own):
    text = GOOD.replace("to: fte", "to: posts").replace("[staff_id]", "[job_id]")
    found = put(own, text.replace("suppression: dst", "colour: red"))
    assert [line for line, _ in found] == [1, 16, 17, 18]


@pytest.mark.parametrize(
    ("situation", "told"),
    [
        (
            "{that: x, input: {as_of: 2026-06-30}, expect: [{value: 3}]}",
            "value is None, expected was 3.",
        ),
        (
            "{that: x, input: {as_of: 2026-06-30}, expect: [{ratios: {many: 3}}]}",
            "ratios.many is no part of it, expected was 3.",
        ),
        (
            "{that: x, input: {as_of: 2026-06-30}, "
            "expect: [{group: {staff_id: kim}, value: 3}]}",
            "there is no figure for {'staff_id': 'kim'}.",
        ),
        ("{that: x, input: {as_of: soon}, expect: [{value: 3}]}", "'as_of'"),
        ("{that: x, input: {as_of: 2026-06-30}, expect: []}", "'figures'"),
        (
            "{that: x, input: {as_of: 2026-06-30}, expect: [{colour: red}]}",
            "'figures.0.colour'",
        ),
        (
            "{that: x, input: {as_of: 2026-06-30, tables: {episodes: "
            "[{episode_id: ada, accepted_on: soon}]}}, expect: [{value: 3}]}",
            "the figures cannot be worked out",
        ),
    ],
    ids=[
        "another value",
        "a ratio that is none",
        "a group that is none",
        "no day",
        "nothing expected",
        "an expectation that is none",
        "a row with a word for a day",
    ],
)
def test_situation_that_does_not_hold_says_where(own, situation, told):
    ((line, message),) = put(own, situations=f"# one\n- {situation}\n")
    assert line == 2
    assert "“x” does not hold" in message
    assert told in message


# From rows to figures


def measure(**parts) -> Measure:
    """Return a measure of waits, which has amounts for everything."""
    return Measure.model_validate(
        {
            "id": "mine",
            "version": "1",
            "source": {"title": "Made for a test"},
            "label": {"en": "Mine"},
            "about": {"en": "Mine"},
            "counts": {"en": "episodes"},
            "valid_from": date(2026, 1, 1),
            "window": {"as_of": True},
            "basis": "accepted",
            "profile": "as_coded",
            "words": [{"word": "waits"}],
            "amounts": {
                n: {"en": n} for n in ("episodes", "starters", "days", "event")
            },
            "by": ["unit_id"],
            "suppression": "dst",
            **parts,
        }
    )


def row(days=0, event=0, unit="north", left_out=None):
    return WORDS["waits"].row(
        period="on",
        unit_id=unit,
        episodes=int(left_out is None),
        starters=event,
        days=days,
        event=event,
        left_out=left_out,
    )


def worked_out(pack, *rows, by=()):
    parts = [tallies(pack, pack.words[0], rows)]
    return figures(pack, parts, [ON], by, snapshot="s")


def ratio(**parts):
    return {"ratios": {"r": {"form": "number", "means": {"en": "r"}, **parts}}}


def test_ratio_is_an_exact_fraction():
    (figure,) = worked_out(
        measure(**ratio(of="starters", to="episodes")), row(), row(), row(9, 1)
    )
    assert figure.value == Fraction(1, 3)
    assert (figure.numerator, figure.denominator, figure.rows) == (1, 3, 3)


def test_several_amounts_are_added_and_per_counts_in_larger_units():
    pack = measure(**ratio(of="episodes", to=["days", "event"], per=7))
    (figure,) = worked_out(pack, row(13, 1))
    assert (figure.denominator, figure.value) == (2, Fraction(1, 2))


def test_nothing_over_nothing_has_a_reason_and_no_value():
    (figure,) = worked_out(measure(**ratio(of="starters", to="episodes")))
    assert (figure.value, figure.reason, figure.numerator) == (None, EMPTY, 0)


def test_without_ratio_or_statistic_the_first_amount_is_the_value():
    (figure,) = worked_out(measure(), row(), row())
    assert (figure.value, figure.numerator, figure.denominator) == (2, 2, None)


def test_rows_left_out_are_counted_by_their_reason_and_add_nothing():
    (figure,) = worked_out(measure(), row(), row(left_out="in_education"))
    assert figure.left_out == {"in_education": 1}
    assert (figure.value, figure.rows) == (1, 1)


def test_groups_stand_in_order_with_the_unknown_last():
    rows = [row(unit=unit) for unit in ("south", None, "north")]
    found = worked_out(measure(), *rows, by=["unit_id"])
    assert [figure.group["unit_id"] for figure in found] == ["north", "south", None]


STARTED = {
    "median": {
        "median": {"of": "days", "among": "starters"},
        "form": "days",
        "means": {"en": "middle"},
    },
    "by_10": {
        "started_by": {"day": 10, "days": "days", "event": "event"},
        "form": "share",
        "means": {"en": "started"},
    },
}


@pytest.mark.parametrize(
    ("rows", "median", "started", "reason"),
    [
        pytest.param([], None, None, NO_ROWS, id="nobody"),
        pytest.param([row(9)], None, None, TOO_SHORT, id="nobody long enough"),
        pytest.param([row(10)], None, 0, "", id="one who waits"),
        pytest.param([row(10, 1), row(20)], 10, Fraction(1, 2), "", id="on the day"),
        pytest.param([row(11, 1), row(20)], 11, 0, "", id="the day after"),
        pytest.param([row(4, 1), row(9, 1), row(30)], Fraction(13, 2), Fraction(2, 3),
                     "", id="mean of the middle two"),
        pytest.param([row(4), row(9, 1), row(30)], 9, Fraction(1, 2), "",
                     id="who left earlier is no longer waited for"),
    ],
)  # fmt: skip
def test_statistics_follow_everybody_for_as_long_as_known(
    rows, median, started, reason
):
    (figure,) = worked_out(measure(statistics=STARTED), *rows)
    assert figure.statistics["median"].value == median
    found = figure.statistics["by_10"]
    assert found.reason == reason
    assert found.value == (None if started is None else pytest.approx(float(started)))
    assert (figure.value, figure.denominator) == (median, None)


# Periods


def test_window_of_days_holds_its_last_day():
    (period,) = asked(Window(trailing_days=56), D)
    assert (period.period, period.first_day) == ("56 days", date(2026, 5, 6))
    assert (period.last_day, period.as_of) == (D, D)


@pytest.mark.parametrize("window", [Window(day=True), Window(as_of=True)], ids=str)
def test_window_of_a_day_is_that_day(window):
    assert asked(window, D) == [ON]


def test_quarters_are_whole_but_for_the_last():
    found = asked(Window(quarters=True), date(2026, 5, 2), date(2025, 11, 30))
    assert [(p.period, p.first_day, p.last_day) for p in found] == [
        ("2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026Q2", date(2026, 4, 1), date(2026, 5, 2)),
    ]
    assert {p.as_of for p in found} == {date(2026, 5, 2)}


def test_quarters_from_nowhere_are_that_of_the_day():
    assert [p.period for p in asked(Window(quarters=True), D)] == ["2026Q2"]


def test_period_of_ones_own_is_named_by_its_days():
    period = between(date(2026, 1, 1), date(2026, 3, 31), D)
    assert (period.period, period.as_of) == ("2026-01-01/2026-03-31", D)
    with pytest.raises(InputFault):
        between(D, date(2026, 1, 1), D)


def test_words_are_given_the_basis_and_profile_of_the_measure():
    pack = measure(
        basis="entered", words=[{"word": "waits", "with": {"min_paid_hours": "7.5"}}]
    )
    given = pack.parameters(pack.words[0])
    assert (given["basis"], given["profile"]) == ("entered", "as_coded")
    assert given["min_paid_hours"] == Decimal("7.5")


def test_situation_compares_only_what_it_expects():
    situation = Situation(
        that="x", input={"as_of": D}, expect=[{"amounts": {"episodes": 0}}]
    )
    assert run_situation(measure(), situation) == []
