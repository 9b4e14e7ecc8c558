"""Reports as data: what they name exists, which edition answers, what periods mean."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from braid.kernel.errors import InputFault, PackFault
from braid.packs import loader, measures, reports, suppression
from braid.packs.reports.composing import compose
from braid.packs.reports.periods import (
    EXAMPLES,
    KINDS,
    before,
    months,
    of_day,
    span,
    year_start,
)
from braid.packs.reports.schema import Report, Target, rounded
from braid.packs.reports.situations import asking, run_situation
from braid.packs.reports.targets import of_parts
from braid.packs.shapes import Situation

NINE = {
    "dk-18m",
    "ilc-quarterly",
    "ips-grow",
    "mhsds-ips",
    "nl-uwv",
    "no-registry",
    "research-8",
    "sustained",
    "unmet-need",
}
EDITIONS = [edition.pack for edition in loader.editions("reports")]
LINES = [
    pytest.param(report, name, line, id=f"{report.id}@{report.version} {name}")
    for report in EDITIONS
    for section in report.sections.values()
    for name, line in section.lines.items()
]
EMPTY = {"en": "x"}


# ---- What comes with Braid ---------------------------------------------------------------


def test_these_reports_come_with_braid():
    assert set(reports.load()) == NINE


def test_their_situations_hold():
    found = loader.check()
    assert [str(f) for f in found.faults if "/reports/" in f.path] == []


@pytest.mark.parametrize(("report", "name", "line"), LINES)
def test_every_line_names_a_measure_its_part_and_its_keys(report, name, line):
    measure = measures.get(line.measure)
    for part, known in (
        (line.amount, measure.amounts),
        (line.known_by, measure.amounts),
        (line.ratio, measure.ratios),
        (line.statistic, measure.statistics),
    ):
        assert part is None or part in known
    assert set(line.by) <= set(measure.by)
    chosen = report.chosen({})
    measure.with_options(**line.options_of_measure(chosen))


@pytest.mark.parametrize(("report", "name", "line"), LINES)
def test_every_choice_of_an_option_is_one_that_the_measure_takes(report, name, line):
    measure = measures.get(line.measure)
    for option, about in report.options.items():
        for choice in about.choices:
            measure.with_options(
                **line.options_of_measure(report.chosen({option: choice}))
            )


@pytest.mark.parametrize("report", EDITIONS, ids=lambda r: f"{r.id}@{r.version}")
def test_a_report_speaks_english_and_danish_and_names_a_rule_for_small_numbers(report):
    said = [report.label, report.about, *report.notes]
    for section in report.sections.values():
        said.append(section.label)
        for line in section.lines.values():
            said += [line.label] if line.label else []
            said += [target.means for target in line.targets]
    for option in report.options.values():
        said += [option.label, *option.choices.values()]
    assert all(
        sentence.get(one, "").strip() for sentence in said for one in ("en", "da")
    )
    assert report.suppression in suppression.load()


@pytest.mark.parametrize("report", EDITIONS, ids=lambda r: f"{r.id}@{r.version}")
def test_every_part_that_is_divided_is_named_in_both_languages(report):
    for _section, _name, line in report.lines(report.chosen({})):
        measure = measures.get(line.measure)
        for ratio in measure.ratios.values():
            for name in (*ratio.of, *ratio.to):
                assert measure.amounts[name]["en"]
                assert measure.amounts[name]["da"]


# ---- Which edition -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "version"),
    [
        pytest.param(date(2024, 3, 31), "6.1", id="last day of version 6"),
        pytest.param(date(2024, 4, 1), "8.1", id="first day of version 8"),
        pytest.param(date(2030, 1, 1), "8.1", id="as long as there is no later one"),
        pytest.param(date(2010, 1, 1), "6.1", id="before the first, the first"),
    ],
)
def test_the_edition_in_force_on_a_day(day, version):
    assert reports.in_force("ips-grow", day).version == version


def test_an_edition_of_no_pack_is_a_fault_of_the_author():
    with pytest.raises(PackFault, match="no pack 'ilc'"):
        reports.edition_of("reports", "ilc", date(2026, 1, 1))


# ---- Targets -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "base", "needed"),
    [
        pytest.param("0.65", 16, 11, id="10.4 people are 11"),
        pytest.param("0.40", 40, 16, id="exactly 16"),
        pytest.param("0.40", 38, 16, id="15.2 are 16"),
        pytest.param("0.30", 0, 0, id="of nobody nobody"),
    ],
)
def test_a_share_is_rounded_up_to_people(share, base, needed):
    target = Target(share=Decimal(share), means=EMPTY)
    assert target.needed(Fraction(base), 12) == needed


@pytest.mark.parametrize(
    ("ramp_up", "count", "posts", "needed"),
    [
        pytest.param(0, 12, 2, 70, id="a whole year of two posts"),
        pytest.param(0, 3, 1, 9, id="a quarter: 8.75"),
        pytest.param(3, 3, 1, 0, id="nothing while it is built up"),
        pytest.param(3, 12, 1, 27, id="nine months of the first year: 26.25"),
    ],
)
def test_access_is_asked_for_by_the_month(ramp_up, count, posts, needed):
    target = Target(per_year=Decimal(35), ramp_up_months=ramp_up, means=EMPTY)
    assert target.needed(Fraction(posts), count) == needed


def test_a_target_of_nothing_says_nothing():
    target = Target(share=Decimal("0.4"), means=EMPTY)
    assert of_parts(target, Fraction(0), Fraction(0), 12).is_met is None
    assert of_parts(target, Fraction(13), Fraction(38), 12).is_met is False
    assert of_parts(target, Fraction(16), Fraction(38), 12).is_met is True


@pytest.mark.parametrize(
    ("rounding", "expected"), [("ceil", 3), ("floor", 2), ("half_up", 3)]
)
def test_how_two_and_a_half_people_are_rounded(rounding, expected):
    assert rounded(Fraction(5, 2), rounding) == expected


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 36))
def test_a_larger_base_never_needs_fewer(base, more, count):
    for target in (
        Target(share=Decimal("0.65"), means=EMPTY),
        Target(per_year=Decimal(35), ramp_up_months=3, means=EMPTY),
    ):
        few = target.needed(Fraction(base), count)
        assert few <= target.needed(Fraction(base + more), count)


# ---- Periods -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        pytest.param("2026Q1", date(2026, 1, 1), date(2026, 3, 31), id="quarter"),
        pytest.param("2024-02", date(2024, 2, 1), date(2024, 2, 29), id="leap month"),
        pytest.param("2025", date(2025, 1, 1), date(2025, 12, 31), id="year"),
        pytest.param("1999/00", date(1999, 4, 1), date(2000, 3, 31), id="April on"),
        pytest.param("2026-05-02", date(2026, 5, 2), date(2026, 5, 2), id="day"),
        pytest.param(
            "2026-05-02/2026-05-09", date(2026, 5, 2), date(2026, 5, 9), id="two days"
        ),
    ],
)
def test_a_period_means_these_days(text, first_day, last_day):
    found = span(text)
    assert (found.id, found.first_day, found.last_day) == (text, first_day, last_day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026Q5",
        "0000Q1",
        "2026-13",
        "2026-02-30",
        "2025/27",
        "0000",
        "2026 Q1",
        "9999",
    ],
)
def test_what_is_no_period_is_told_with_examples(text):
    with pytest.raises(InputFault, match=r"like 2026-03-31, 2026-03, 2026Q1") as fault:
        span(text)
    assert fault.value.reason == "period_unknown"


def test_a_period_that_runs_backwards_is_refused():
    with pytest.raises(InputFault) as fault:
        span("2026-05-02/2026-05-01")
    assert fault.value.reason == "period_reversed"


def test_a_period_of_another_kind_is_none_of_this_report():
    with pytest.raises(InputFault, match="like 2026Q1"):
        span("2026-03", ["quarter"])


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(KINDS))
def test_the_period_of_a_day_holds_it_and_is_read_again(day, kind):
    found = of_day(day, kind)
    assert found.first_day <= day <= found.last_day
    assert span(found.id, [kind]) == found


def test_every_kind_has_an_example_that_is_read():
    assert {span(text, [kind]).kind for kind, text in EXAMPLES.items()} == set(KINDS)


def test_the_periods_before_a_day_join():
    found = before(date(2026, 5, 2), "financial_year", 3)
    assert [each.id for each in found] == ["2026/27", "2025/26", "2024/25"]


def test_a_year_that_begins_in_april():
    assert year_start(date(2026, 3, 31), 4) == date(2025, 4, 1)
    assert year_start(date(2026, 4, 1), 4) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("first_day", "last_day", "count"),
    [
        pytest.param(date(2025, 4, 1), date(2025, 6, 30), 3, id="a quarter"),
        pytest.param(date(2025, 4, 1), date(2025, 6, 29), 2, id="a day short of it"),
        pytest.param(date(2025, 4, 1), date(2026, 3, 31), 12, id="a year"),
        pytest.param(date(2025, 4, 1), date(2025, 4, 1), 0, id="a day"),
    ],
)
def test_whole_months_of_days(first_day, last_day, count):
    assert months(first_day, last_day) == count


# ---- What a file may say -----------------------------------------------------------------


def made(**changes):
    line = {"measure": "quarters", "amount": "served"} | changes.pop("line", {})
    return Report.model_validate(
        {
            "id": "own",
            "version": "1",
            "source": {"title": "House"},
            "label": EMPTY,
            "about": EMPTY,
            "valid_from": date(2026, 1, 1),
            "periods": ["quarter"],
            "options": {
                "mode": {"label": EMPTY, "choices": {"a": EMPTY}, "default": "a"}
            },
            "sections": {"one": {"label": EMPTY, "lines": {"served": line}}},
            "suppression": "nhs-mhsds",
        }
        | changes
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"line": {"ratio": "rate"}}, "give one of", id="two parts"),
        pytest.param({"line": {"when": {"mode": ["b"]}}}, "no choice", id="no choice"),
        pytest.param(
            {"line": {"when": {"x": ["a"]}}}, "no choice", id="no such option"
        ),
        pytest.param(
            {"line": {"with": {"scope": {"option": "x"}}}},
            "no option",
            id="taken from none",
        ),
        pytest.param(
            {"line": {"window": {"end": True, "trailing_days": 7}}},
            "one of",
            id="windows",
        ),
        pytest.param(
            {"line": {"targets": [{"means": EMPTY}]}},
            "'share', 'per_year'",
            id="target",
        ),
        pytest.param(
            {
                "options": {
                    "mode": {"label": EMPTY, "choices": {"a": EMPTY}, "default": "z"}
                }
            },
            "none of the choices",
            id="default",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(changes, told):
    with pytest.raises(ValidationError, match=told):
        made(**changes)


def test_a_line_stands_in_one_section():
    line = {"measure": "quarters", "amount": "served"}
    section = {"label": EMPTY, "lines": {"served": line}}
    with pytest.raises(ValidationError, match="stands in two sections"):
        made(sections={"one": section, "two": section})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param({"amount": "sreved"}, "shows the amount 'sreved'", id="amount"),
        pytest.param({"by": ["staff_id"]}, "grouped by unit_id", id="key"),
        pytest.param({"measure": "quarter"}, "no pack 'quarter'", id="measure"),
    ],
)
def test_a_line_of_what_no_measure_has_is_a_fault_of_the_author(line, told):
    with pytest.raises(PackFault, match=told):
        compose(
            made(line=line),
            span("2026Q1"),
            date(2026, 3, 31),
            {"mode": "a"},
            lambda name: loader.get("measures", name),
            asking({}),
        )


def test_an_option_or_choice_that_is_not_there_is_told():
    with pytest.raises(InputFault, match="no option 'moed'"):
        made().chosen({"moed": "a"})
    with pytest.raises(InputFault, match="'b' is no choice of 'mode'"):
        made().chosen({"mode": "b"})


def test_a_period_that_has_not_begun_is_refused():
    with pytest.raises(InputFault, match="begins after"):
        compose(
            made(),
            span("2026Q2"),
            date(2026, 3, 31),
            {"mode": "a"},
            lambda name: loader.get("measures", name),
            asking({}),
        )


def situation(**expect):
    given = {"as_of": date(2026, 3, 31), "period": "2026Q1"}
    return Situation(that="x", input=given, expect=[expect])


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        pytest.param(
            {"line": "served", "value": 1}, "value is 0, expected", id="value"
        ),
        pytest.param({"line": "server"}, "is not there", id="no such line"),
        pytest.param({"line": "served", "absent": True}, "is there", id="not absent"),
        pytest.param({"title": "y"}, "the title is 'x'", id="title"),
        pytest.param({"line": "served", "valeu": 1}, "not permitted", id="spelling"),
    ],
)
def test_a_situation_that_does_not_hold_says_where(expect, told):
    (found,) = run_situation(made(), situation(**expect))
    assert told in found


def test_a_situation_that_holds_says_nothing():
    assert run_situation(made(), situation(line="served", value=0)) == []
