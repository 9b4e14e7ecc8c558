"""Reports over facts: the worked examples, what is printed, what may leave."""

from datetime import date

import pytest
from tests.outcomes.reporting import stories
from tests.outcomes.reporting.stories import Q1_END, Q2_END

from braid.kernel.errors import InputFault
from braid.outcomes.reporting.document import from_json, text_hash, to_json
from braid.outcomes.reporting.running import OF_REPORT, Order, run


def line(document, name, **group):
    (found,) = [
        each for each in document.lines if each.id == name and each.group == group
    ]
    return found


@pytest.fixture(scope="module")
def sites():
    with stories.two_sites() as held:
        yield held


@pytest.fixture(scope="module")
def year():
    with stories.english_year() as held:
        yield held


# ---- Worked examples ---------------------------------------------------------------------


def test_two_sites_are_pooled_and_their_plain_mean_is_offered(sites):
    document = run(Order("ilc-quarterly", "2025Q1"), sites)
    pooled = line(document, "quarter_rate")
    assert (pooled.numerator, pooled.denominator, pooled.value) == (20, 50, 0.4)
    assert line(document, "quarter_rate", unit_id="x").value == 0.45
    assert line(document, "quarter_rate", unit_id="y").value == 0.2
    assert line(document, "unweighted_site_mean").value == 0.325


def test_one_site_of_several_is_told_without_the_others(sites):
    document = run(Order("ilc-quarterly", "2025Q1", unit="y"), sites)
    assert [unit.id for unit in document.units] == ["y"]
    assert line(document, "quarter_rate").value == 0.2
    assert all(each.group == {} for each in document.lines)


@pytest.mark.parametrize(
    ("mode", "as_of", "counted"),
    [
        pytest.param(
            "compatible", Q1_END, 12, id="compatible at the end of the quarter"
        ),
        pytest.param(
            "compatible", Q2_END, 9, id="compatible, run again a quarter later"
        ),
        pytest.param("corrected", Q1_END, 12, id="corrected at the end of the quarter"),
        pytest.param("corrected", Q2_END, 12, id="corrected, run again"),
    ],
)
def test_the_profile_line_shrinks_only_in_the_compatible_mode(mode, as_of, counted):
    order = Order("ips-grow", "2025Q1", options={"mode": mode}, as_of=as_of)
    with stories.profiles() as held:
        document = run(order, held)
    assert line(document, "profiles").value == counted
    assert document.title == f"IPS Grow, quarterly ({mode})"


def test_the_employment_rate_holds_only_people_out_of_work(year):
    document = run(Order("ips-grow", "2024/25"), year)
    cohort = line(document, "employment_rate_cohort")
    assert (cohort.numerator, cohort.denominator) == (13, 38)
    flow = line(document, "employment_rate_flow")
    assert (flow.numerator, flow.denominator) == (15, 38)
    (target,) = cohort.targets
    assert (target.needed, target.is_met) == (16, False)


# ---- Editions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("restate", "version", "needed"),
    [
        pytest.param(False, "6.1", 6, id="30 % of 20 in force then"),
        pytest.param(True, "8.1", 8, id="40 % of 20 today"),
    ],
)
def test_a_past_period_is_told_by_what_was_in_force(restate, version, needed):
    from tests.method.measures.engine import loaded
    from tests.method.measures.rows import episode, facts

    rows = facts(*(episode(f"p{n}", "2022-05-02") for n in range(20)))
    with loaded(rows, date(2023, 3, 31)) as held:
        document = run(Order("ips-grow", "2022/23", restate=restate), held)
    assert (document.version, document.is_restated) == (version, restate)
    assert line(document, "employment_rate_cohort").targets[0].needed == needed


def test_before_the_first_edition_the_first_is_taken_and_that_is_said(sites):
    document = run(Order("ilc-quarterly", "2025Q1"), sites)
    assert document.is_before_first_edition
    assert document.valid_from == "2026-01-01"


# ---- What is printed ---------------------------------------------------------------------


def test_every_number_has_its_definition_and_every_ratio_its_parts(year):
    document = run(Order("ips-grow", "2024/25"), year)
    defined = {each.measure: each for each in document.definitions}
    for each in document.lines:
        assert defined[each.measure].about
        assert defined[each.measure].version
        assert each.means
        if each.denominator is not None:
            assert each.numerator_is
            assert each.denominator_is


def test_nothing_divided_by_nothing_is_null_with_a_reason(sites):
    document = run(Order("ilc-quarterly", "2024Q4"), sites)
    rate = line(document, "quarter_rate")
    assert (rate.value, rate.reason) == (None, "empty_denominator")
    score = line(document, "score")
    assert (score.value, score.reason) == (None, "no_rows")


def test_a_period_that_is_not_over_says_so(sites):
    document = run(Order("ilc-quarterly", "2025Q1", as_of=date(2025, 2, 10)), sites)
    assert not document.is_over
    assert line(document, "served").days.last_day == "2025-02-10"


def test_sentences_come_in_the_language_asked_for(sites):
    document = run(Order("ilc-quarterly", "2025Q1", language="da"), sites)
    assert document.title == "IPS-læringsfællesskabet, kvartalsvis"
    assert line(document, "served").label == "Borgere i forløb"


# ---- Repeated ----------------------------------------------------------------------------


def test_the_same_facts_give_the_same_bytes_whatever_the_order_of_their_rows(sites):
    from tests.facts.busy import tables

    from braid.facts.reading import Facts

    texts = set()
    for turned in (False, True):
        drawn = {
            name: table.take(list(reversed(range(table.num_rows)))) if turned else table
            for name, table in tables().items()
        }
        with Facts.of(drawn, as_of=date(2026, 6, 30), snapshot="s") as held:
            texts.add(to_json(run(Order("ilc-quarterly", "2026Q1"), held)))
    (text,) = texts
    assert text_hash(text) == text_hash(to_json(from_json(text)))


def test_a_document_is_read_again_as_it_was(year):
    document = run(Order("ips-grow", "2024/25", profile=OF_REPORT), year)
    assert from_json(to_json(document)) == document


# ---- What may leave ----------------------------------------------------------------------


def test_outside_small_numbers_are_kept_back_and_others_rounded(sites):
    document = run(Order("ilc-quarterly", "2025Q1", profile=OF_REPORT), sites)
    assert document.profile == "nhs-mhsds"
    small = line(document, "worked_competitively", unit_id="y")
    assert (small.value, small.numerator, small.mark) == (None, None, "*")
    rate = line(document, "quarter_rate", unit_id="y")
    assert (rate.value, rate.numerator) == (None, None)
    assert line(document, "served").value == 50
    counts = [
        each.value for each in document.lines if each.form == "number" and each.value
    ]
    assert all(count % 5 == 0 for count in counts)


def test_a_target_is_worked_out_from_what_is_shown(year):
    document = run(Order("ips-grow", "2024/25", profile="nhs-mhsds"), year)
    rate = line(document, "employment_rate_cohort")
    assert (rate.numerator, rate.denominator) == (15, 40)
    assert rate.targets[0].needed == 16


# ---- Bad input ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"report": "ilc"}, "report_unknown", id="report"),
        pytest.param({"period": "2025"}, "period_unknown", id="kind of period"),
        pytest.param({"period": "2025Q7"}, "period_unknown", id="no quarter"),
        pytest.param({"period": "2026Q1"}, "period_not_begun", id="later period"),
        pytest.param({"options": {"mode": "x"}}, "option_unknown", id="option"),
        pytest.param({"profile": "nhs"}, "profile_unknown", id="rule"),
        pytest.param({"unit": "z"}, "unit_unknown", id="unit"),
        pytest.param({"as_of": date(2030, 1, 1)}, "after_the_facts", id="later day"),
    ],
)
def test_what_cannot_be_made_is_told(sites, changes, reason):
    order = Order(**{"report": "ilc-quarterly", "period": "2025Q1"} | changes)
    with pytest.raises(InputFault) as fault:
        run(order, sites)
    assert fault.value.reason == reason
    assert 0 < str(fault.value).count(".") <= 3
