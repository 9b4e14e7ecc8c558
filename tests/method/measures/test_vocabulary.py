"""Every name of the vocabulary is somewhere, and the page says where."""

from importlib import import_module
from pathlib import Path

import pytest

from braid.method.measures import WORDS
from braid.method.measures.vocabulary import VOCABULARY, page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "vocabulary.md"
NAMES = [pytest.param(place, id=name) for name, place in VOCABULARY.items()]


@pytest.mark.parametrize("place", NAMES)
def test_what_a_name_leads_to_exists(place):
    assert place.words or place.functions
    assert set(place.words) <= set(WORDS)
    for function in place.functions:
        module, _, name = function.rpartition(".")
        assert callable(getattr(import_module(module), name))


def test_the_page_is_what_the_vocabulary_makes():
    assert PAGE.read_text() == page(), "make it anew with `vocabulary.page()`"
