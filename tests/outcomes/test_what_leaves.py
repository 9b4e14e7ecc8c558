"""What the pages tell whoever is outside a unit: tried by choosing, and by subtracting."""

import csv
import io
import itertools
import re
from collections import OrderedDict

import pytest

from braid.outcomes import queries, reading, scopes
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.outcomes.test_pages import UNIT, cards, page

ALL = "/outcomes/all-units/"
BASE = 5  # of the usual profile: counts are rounded to it, those beneath it hidden
NUMBER = re.compile(r"\d+")


@pytest.fixture
def looked(frozen):
    sam = frozen.sam.actor
    of = scopes.scope(sam, scopes.ALL)
    return queries.look(sam, of, TODAY, queries.shown_charts()).reading


def test_what_was_read_once_is_there_for_every_process(frozen, looked, monkeypatch):
    of = scopes.scope(frozen.sam.actor, scopes.ALL)
    monkeypatch.setattr(queries, "_frozen", OrderedDict())
    monkeypatch.setattr(queries, "read", lambda *_: pytest.fail("read again"))
    again = queries.all_units(frozen.sam.actor, of, TODAY)
    assert again.shown == looked.shown and again.curves == looked.curves
    assert again.periods == looked.periods and again.charts == looked.charts


def test_facts_that_were_rewritten_are_read_anew(frozen, looked):
    """Somebody was erased from them: what was kept is of other facts."""
    of = scopes.scope(frozen.sam.actor, scopes.ALL)
    of.snapshot.hash = "0" * 64
    assert queries.all_units(frozen.sam.actor, of, TODAY) is not looked


def counts_of(card):
    """Return the counts that a table of quarters tells: working and served."""
    return [
        [int(n) for n in NUMBER.findall(row[2].text)]
        for row in card.grid.rows
        if len(row) > 2
    ]


def test_all_numbers_of_all_units_are_rounded_or_kept_back(as_, frozen):
    found = cards(page(as_("sam"), ALL))
    told = list(itertools.chain(*counts_of(found["working"])))
    assert told and all(number % BASE == 0 for number in told)
    exact = cards(page(as_("ben"), UNIT))["working"]
    assert any(n % BASE for n in itertools.chain(*counts_of(exact)))


def test_a_small_unit_is_not_told_by_what_the_others_leave(frozen, looked):
    """All units less North must leave room for every number that the mark stands for."""
    working = next(c for c in looked.charts if c.name == "working")
    (coast,) = [u for u in frozen_units(frozen) if u.slug == "coast"]
    hidden = 0
    for period in looked.periods:
        small = looked.one(working, period.period, str(coast.pk))
        if small is None or not small.amounts["working"].is_hidden:
            continue
        hidden += 1
        whole = looked.one(working, period.period).amounts["working"]
        north = looked.one(working, period.period, str(frozen.north.pk))
        other = north.amounts["working"]
        if whole.is_hidden or other.is_hidden:
            continue
        widest = int(whole.value) + BASE // 2 - (int(other.value) - BASE // 2)
        least = int(whole.value) - BASE // 2 - (int(other.value) + BASE // 2)
        assert least <= 0 and widest >= BASE - 1, period.period
    assert hidden


def frozen_units(world):
    return scopes.scope(world.sam.actor, scopes.ALL).units


def test_of_one_unit_only_the_year_is_told(looked, frozen):
    """Its quarters and kinds would hide more of all units than they tell."""
    keys = {str(unit.pk) for unit in frozen_units(frozen)}
    of_units = [place for place in looked.shown if place.unit in keys]
    assert {place.unit for place in of_units} == keys
    assert {(place.value, place.period) for place in of_units} == {(None, "year")}
    assert looked.tells_quarters("") and not looked.tells_quarters(keys.pop())


def test_the_mask_is_the_same_whatever_is_chosen(as_, frozen, looked):
    """Unit by unit, period by period: a number once kept back is nowhere shown."""
    sam = as_("sam")
    working = next(c for c in looked.charts if c.name == "working")
    for unit in frozen_units(frozen):
        shown = looked.one(working, "year", str(unit.pk))
        for period in ("year", "2026Q1"):
            found = cards(page(sam, f"{ALL}?unit={unit.pk}&period={period}"))
            ratio = found["working"].grid.rows[0]
            if shown is not None:
                assert (ratio[1].text == shown.mark) is shown.is_hidden
            assert not found["working"].picture
    told = cards(page(sam, ALL))["working"]
    for row in told.grid.rows:
        shown = looked.one(working, row[0].text.split()[0])
        assert (row[1].text == shown.mark) is shown.is_hidden
        assert not (shown.is_hidden and row[2].text)  # nor what it was made of


def test_a_page_says_what_is_kept_back_and_by_whose_rule(as_, frozen, looked):
    sam = as_("sam")
    said = text(page(sam, ALL))
    assert "Fewer than 5, nought included, is shown as *." in said
    assert "NHS mental-health statistics" in said
    found = cards(page(sam, ALL))["working"]
    working = next(c for c in looked.charts if c.name == "working")
    shown = [looked.one(working, one.period) for one in looked.periods]
    known = [one.is_hidden for one in shown if one is not None]
    told = f"{sum(known)} of its {len(known)} numbers are kept back."
    assert found.kept_back == told
    unit = frozen_units(frozen)[0].pk
    assert "the last four quarters as one" in text(page(sam, f"{ALL}?unit={unit}"))
    inside = page(as_("ben"), UNIT)
    assert "What is kept back" not in text(inside)
    assert not cards(inside)["working"].kept_back


def test_people_cannot_be_chosen_among_those_of_others(as_, frozen):
    sam = as_("sam")
    plain = text(page(sam, ALL))
    for asked in ("group=gender:woman", "cohort=2026Q1", f"team={frozen.east.pk}"):
        assert text(page(sam, f"{ALL}?{asked}")) == plain


def test_no_group_follows_from_the_whole_and_the_other_groups(looked):
    """For each key: the whole less all shown groups leaves room for the hidden ones."""
    for key in queries.EQUITY_KEYS:
        chart = next(c for c in looked.charts if c.name == f"starts-{key}")
        groups = looked.parts(chart, "year")
        hidden = [g for g in groups.values() if g.amounts["served"].is_hidden]
        whole = looked.one(chart, "year").amounts["served"]
        if len(hidden) != 1 or whole.is_hidden:
            continue
        shown = [g.amounts["served"] for g in groups.values() if g not in hidden]
        slack = (BASE // 2) * (len(shown) + 1)
        middle = int(whole.value) - sum(int(n.value) for n in shown)
        assert middle - slack <= 0 and middle + slack >= BASE - 1, key


@pytest.mark.parametrize("member", ["cora", "dev"])
def test_files_tell_no_more_than_the_page(as_, working, member):
    client = as_(member)
    card = cards(page(client, UNIT))["working"]
    answer = client.get(f"{UNIT}working/file/csv/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["Made of"] for row in rows[:8]] == [r[2].text for r in card.grid.rows]
    assert all(n % BASE == 0 for n in itertools.chain(*counts_of(card)))
    drawn = client.get(f"{UNIT}working/file/svg/").content.decode()
    assert "10 of 18" not in drawn and "56 %" not in drawn


def test_frozen_facts_are_read_once(frozen, looked, monkeypatch):
    def again(*_given):
        raise AssertionError("read again")

    monkeypatch.setattr(reading, "read", again)
    sam = frozen.sam.actor
    of = scopes.scope(sam, scopes.ALL)
    assert queries.look(sam, of, TODAY, queries.shown_charts()).reading is looked


def test_two_units_side_by_side_are_compared_as_they_are_printed(as_, frozen):
    told = text(page(as_("sam"), f"{ALL}compare/?by=unit"))
    assert "Worked out from numbers as they are printed" in told
    assert "Log-rank" not in told
