"""All statements are compiled once, by whoever has the time, and nobody does it again."""

import pytest
from tests.facts.test_statements import place

from braid.facts import ahead, measuring, statements
from braid.packs import measures
from braid.site import warming

__all__ = ["place"]
FEW = ("item01_caseload", "counts")


@pytest.fixture
def two(monkeypatch):
    """Two measures alone, and what was compiled of them."""
    known = {name: measures.get(name) for name in FEW}
    compiled, before = [], measuring.compile_ahead
    monkeypatch.setattr(measures, "load", lambda: known)

    def compile_ahead(measure):
        compiled.append(measure.id)
        return before(measure)

    monkeypatch.setattr(measuring, "compile_ahead", compile_ahead)
    return known, compiled


def test_what_was_compiled_ahead_is_not_compiled_again(place, two, monkeypatch):
    monkeypatch.setattr(warming.os, "nice", lambda by: by)
    monkeypatch.setattr(warming.django, "setup", lambda: None)
    assert ahead.is_needed()
    warming.main()
    assert not ahead.is_needed()
    warming.main()
    assert two[1] == list(FEW)
    assert len(list(place.rglob("*"))) > len(FEW)


def test_another_measure_is_compiled_ahead_anew(place, two):
    known, _compiled = two
    assert ahead.compile_all() > len(FEW)
    known["job_starts"] = next(iter(measures.load().values())).model_copy(
        update={"id": "job_starts"}
    )
    assert ahead.is_needed()


def test_where_nothing_can_be_kept_nothing_is_compiled_in_vain(two, monkeypatch):
    monkeypatch.setattr(statements, "_folder", lambda: None)
    assert not ahead.is_needed()


def test_it_comes_after_everybody_else(place, two, monkeypatch):
    nice = []
    monkeypatch.setattr(warming.os, "nice", nice.append)
    monkeypatch.setattr(warming.django, "setup", lambda: None)
    warming.main()
    assert nice == [19]
