"""Likeness of names, as the importer leans on it: laws that hold for any names."""

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from braid.exchange.roster.who import Roll
from braid.method.likeness import fold, name_likeness

LETTERS = "abdegiklmnoprstuvæøåéüñ"
WORDS = st.text(LETTERS, min_size=3, max_size=9)
NAMES = st.lists(WORDS, min_size=2, max_size=4).map(" ".join)


def bare(text):
    """Return a name without its accents, as somebody in a hurry types it."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_of_any_texts_is_symmetric_and_within_bounds(one, other):
    found = name_likeness(one, other)
    assert found == name_likeness(other, one)
    assert 0 <= found <= 100


@given(st.text(max_size=30))
def test_any_text_with_letters_is_like_itself(text):
    assert name_likeness(text, text) == (100 if fold(text) else 0)


@given(NAMES)
def test_accents_cost_next_to_nothing(name):
    assert name_likeness(name, bare(name)) >= 97


@given(NAMES)
def test_order_and_comma_cost_nothing(name):
    first, *rest = name.split()
    assert name_likeness(name, f"{' '.join(rest)}, {first}") == 100


@given(NAMES)
def test_initial_costs_little_and_never_nothing(name):
    first, *rest = name.split()
    assume(len(fold(first[0])) == 1)  # æ, ø and å are compared as two letters
    short = f"{first[0]}. {' '.join(rest)}"
    assert 60 <= name_likeness(name, short) < 100


@given(NAMES, NAMES, NAMES)
def test_roll_means_only_names_that_are_on_it(one, other, typed):
    roll = Roll([one, other], people=True)
    meant, _, nearest = roll.resolve(typed)
    assert meant in (one, other, None)
    assert nearest in (one, other, None)
    assert meant is None or nearest is None


@given(NAMES, NAMES)
def test_roll_knows_a_name_in_either_order(one, other):
    assume(sorted(fold(one).split()) != sorted(fold(other).split()))
    roll = Roll([one, other], people=True)
    assert roll.resolve(one.upper())[0] == one
    first, *rest = one.split()
    swapped = f"{' '.join(rest)}, {first}"
    assert roll.resolve(swapped)[0] in (one, None)


@given(NAMES, NAMES, NAMES)
def test_roll_is_the_same_in_any_order_of_its_names(one, other, typed):
    assume(len({fold(one), fold(other)}) == 2)
    assert (
        Roll([one, other], people=True).resolve(typed)[0]
        == Roll([other, one], people=True).resolve(typed)[0]
    )
