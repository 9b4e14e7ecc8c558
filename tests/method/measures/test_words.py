"""The vocabulary: what a word says of itself, and what a measure may give it."""

import subprocess
import sys
from decimal import Decimal

import pytest
from tests.method.measures.rows import D, day

from braid.facts.reading import asked_table, tables
from braid.kernel.errors import InputFault
from braid.method.competitive import Switches
from braid.method.measures import WORDS, Asked, get

EVERY = [pytest.param(word, id=name) for name, word in WORDS.items()]


@pytest.mark.parametrize("word", EVERY)
def test_a_word_explains_all_that_it_has(word):
    said = [word.about, *word.amounts.values(), *word.left_out.values()]
    said += [parameter.about for parameter in word.parameters.values()]
    assert all(said)
    assert word.amounts.keys() >= word.decimals


@pytest.mark.parametrize("word", EVERY)
def test_the_expression_has_the_columns_of_the_word(word):
    schema = word.ask(tables(), asked_table()).schema()
    assert schema.names == word.columns
    for amount in word.amounts:
        assert str(schema[amount]).lstrip("!") == (
            "decimal(18, 4)" if amount in word.decimals else "int64"
        )


def test_get_names_the_words_it_knows():
    assert get("served") is WORDS["served"]
    with pytest.raises(InputFault) as caught:
        get("tenure")
    assert caught.value.reason == "word_unknown"
    assert "job_starts" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param(
            {},
            {
                "basis": "accepted",
                "profile": "strict",
                "min_paid_hours": Decimal(4),
                "switches": Switches(),
            },
            id="nothing said",
        ),
        pytest.param(
            {"min_paid_hours": None}, {"min_paid_hours": None}, id="no minimum"
        ),
        pytest.param(
            {"min_paid_hours": 0.1},
            {"min_paid_hours": Decimal("0.1")},
            id="a number of a data file",
        ),
        pytest.param(
            {"switches": ["flex_job"]},
            {"switches": Switches(flex_job=True)},
            id="a switch",
        ),
        pytest.param(
            {"profile": "as_coded", "basis": "entered"},
            {"profile": "as_coded", "basis": "entered"},
            id="names",
        ),
    ],
)
def test_parameters_of_a_data_file_are_read(given, read):
    assert read.items() <= get("job_starts").read(given).items()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"basis": "opened"}, "parameter_value", id="no such basis"),
        pytest.param(
            {"switches": ["competitive"]}, "parameter_value", id="no such switch"
        ),
        pytest.param({"switches": None}, "parameter_value", id="no list"),
        pytest.param({"min_paid_hours": "many"}, "parameter_value", id="no number"),
        pytest.param({"colour": "red"}, "parameter_unknown", id="no such parameter"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(given, reason):
    with pytest.raises(InputFault) as caught:
        get("job_starts").read(given)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("first", "last", "as_of", "reason"),
    [
        pytest.param(
            "2026-06-30", "2026-06-29", "2026-06-30", "period_reversed", id="reversed"
        ),
        pytest.param(
            "2026-06-30",
            "2026-07-01",
            "2026-06-30",
            "period_not_over",
            id="ends after the facts",
        ),
    ],
)
def test_a_period_that_cannot_be_answered(first, last, as_of, reason):
    with pytest.raises(InputFault) as caught:
        Asked("p", day(first), day(last), day(as_of))
    assert caught.value.reason == reason


def test_a_day_is_a_period_of_one_day():
    assert Asked.on(D) == Asked("on", D, D, D)


def test_the_vocabulary_and_its_references_load_no_engine():
    code = (
        "import sys, braid.method.measures as m;"
        "[word.reference for word in m.WORDS.values()];"
        "print(sorted({'ibis', 'duckdb', 'pyarrow', 'numpy', 'django'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
