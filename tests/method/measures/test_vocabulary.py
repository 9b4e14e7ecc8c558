"""Every name of the vocabulary is somewhere, and the page says where."""

from importlib import import_module

import pytest

from braid.method.measures import WORDS
from braid.method.measures.vocabulary import VOCABULARY

NAMES = [pytest.param(place, id=name) for name, place in VOCABULARY.items()]


@pytest.mark.parametrize("place", NAMES)
def test_what_a_name_leads_to_exists(place):
    assert place.words or place.functions
    assert set(place.words) <= set(WORDS)
    for function in place.functions:
        module, _, name = function.rpartition(".")
        assert callable(getattr(import_module(module), name))
