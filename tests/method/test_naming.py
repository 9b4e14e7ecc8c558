"""Which names of a list a text may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.naming import names_in

NAMES = ["Pat Lund", "Åse Sørensen", "Bo Li", "Will Berg"]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        pytest.param("Pat Lund would like it", ["Pat Lund"], id="the whole name"),
        pytest.param("pat lund", ["Pat Lund"], id="in small letters"),
        pytest.param("Ask for Pat.", ["Pat Lund"], id="the given name alone"),
        pytest.param("Pat's hours", ["Pat Lund"], id="a genitive"),
        pytest.param("for Aase Soerensen", ["Åse Sørensen"], id="another spelling"),
        pytest.param("They will call", [], id="a word that is a name in small letters"),
        pytest.param("Lund Bakery", [], id="a family name alone"),
        pytest.param("Bo is the owner", [], id="two letters are too few"),
        pytest.param("Bo Li", ["Bo Li"], id="short, but whole"),
        pytest.param("Patience, patina", [], id="part of a word"),
        pytest.param(
            "Pat Lund and Åse Sørensen", ["Pat Lund", "Åse Sørensen"], id="two"
        ),
        pytest.param("", [], id="nothing"),
    ],
)
def test_whom_a_text_may_mean(text, met):
    assert names_in(text, NAMES) == met


@given(st.text(), st.sampled_from(NAMES), st.text())
def test_a_whole_name_between_spaces_is_always_met(before, name, after):
    assert name in names_in(f"{before} {name} {after}", NAMES)
