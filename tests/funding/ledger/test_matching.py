"""Two organisations find whom both ask money for, and tell each other nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.ledger.matching import both, normal, token, tokens
from braid.kernel.errors import InputFault

KEY = b"a key that both sides agreed upon, made by chance"
OURS = {"case-1": "010190-1234", "case-2": "020290 1234", "case-3": ""}


def theirs(*identifiers: str, key=KEY, sharing="agreement 7") -> list[str]:
    return [token(key, sharing, each) for each in identifiers]


def met(others: list[str]) -> tuple[str, ...]:
    return both(tokens(KEY, "agreement 7", OURS), others)


def test_whom_both_sides_have_is_found_however_it_was_typed():
    assert met(theirs("0101901234", "030390-1234")) == ("case-1",)


def test_with_another_key_or_agreement_nobody_is_found():
    assert met(theirs("0101901234", key=KEY[::-1])) == ()
    assert met(theirs("0101901234", sharing="agreement 8")) == ()


def test_who_has_no_identifier_is_left_out():
    assert len(tokens(KEY, "agreement 7", OURS)) == 2


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        pytest.param(lambda: token(b"short", "a", "1"), "key_short", id="short key"),
        pytest.param(
            lambda: token(KEY, "a", " - "), "identifier_empty", id="nothing in it"
        ),
        pytest.param(lambda: both({}, ["010190-1234"]), "token_unknown", id="no token"),
    ],
)
def test_what_cannot_be_matched_is_told(act, reason):
    with pytest.raises(InputFault) as said:
        act()
    assert said.value.reason == reason


def test_what_is_no_token_is_not_repeated_in_the_message():
    with pytest.raises(InputFault) as said:
        both({}, ["010190-1234"])
    assert "010190" not in str(said.value)


@given(st.text(min_size=1))
def test_a_token_does_not_hold_its_identifier(identifier):
    if normal(identifier):
        made = token(KEY, "agreement 7", identifier)
        assert len(made) == 64
        assert made == token(KEY, "agreement 7", f" {identifier} ")
