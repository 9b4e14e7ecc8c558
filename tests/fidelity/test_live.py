"""Live fidelity of units: the engine and plain Python agree, item by item."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from braid.facts.measuring import asked_arrow
from braid.fidelity.live import SIGNALS, Live, live, measures_of, quantity_of, reading
from braid.fidelity.quantities import counted
from braid.kernel.errors import InputFault
from braid.method.scales import programme, rules_of, scored
from braid.packs import measures, scales
from braid.packs.measures.figures import figures, tallies
from tests.method.measures.engine import loaded
from tests.method.measures.histories import D, history

DAYS = (D, D - timedelta(91))
PEOPLE = 250


@pytest.fixture(scope="module")
def scale():
    return scales.get("ips-25")


@pytest.fixture(scope="module")
def tables():
    return history(Random(8), people=PEOPLE)


@pytest.fixture(scope="module")
def drawn(tables):
    with loaded(tables, D) as facts:
        yield facts


@pytest.fixture(scope="module")
def found(drawn, scale) -> dict[tuple[str, date], Live]:
    return live(drawn, scale, days=DAYS)


@pytest.fixture(scope="module")
def in_plain_python(tables, scale):
    """Return the figures of every measure of the scale, from the reference of its words."""
    return {
        name: _figures(measures.load()[name], tables) for name in measures_of(scale)
    }


def _figures(measure, tables):
    periods = [reading.period_of(measure, day) for day in DAYS]
    keys = [key for key in ("unit_id", "staff_id") if key in measure.by]
    measure = measure.told_by(keys)
    parts = [
        tallies(
            measure,
            use,
            use.defined.reference(tables, periods, **measure.parameters(use)),
        )
        for use in measure.words
    ]
    found = defaultdict(dict)
    for by in (["unit_id"], keys):
        for figure in figures(measure, parts, periods, by):
            place = figure.group["unit_id"], figure.period.last_day
            found[place][figure.group.get("staff_id", "whole")] = counted(figure)
            if by == ["unit_id"]:
                found[place]["whole"] = counted(figure)
    return found


def _scored_in_plain_python(item, quantity, place, figures):
    rules = rules_of(scales.get("ips-25"))

    def of(who):
        return {
            name: figures[name][place][who]
            for name in quantity.measures
            if who in figures[name].get(place, {})
        }

    if not quantity.per_specialist:
        said = quantity.read(of("whole"))
        if said is None or SIGNALS in said:
            return 1, 5
        one = scored(item, said, rules=rules)
        return one.floor, one.ceiling
    staff = {
        who for name in quantity.measures for who in figures[name].get(place, {})
    } - {"whole", None}
    if SIGNALS in (quantity.read(of("whole")) or {}):
        return 1, 5
    each = [quantity.read(of(who)) for who in sorted(staff)]
    rated = [scored(item, said, rules=rules) for said in each if said is not None]
    one = programme(item, rated, rules=rules)
    return one.floor, one.ceiling


def test_the_engine_says_what_plain_python_says(found, scale, in_plain_python):
    """Two ways to every item of every unit on two days; some of them are scored."""
    for place, unit in found.items():
        for one in unit.items:
            quantity = quantity_of(one.item)
            expected = _scored_in_plain_python(
                one.item, quantity, place, in_plain_python
            )
            assert (one.scored.floor, one.scored.ceiling) == expected, one.item.key
    clear = {
        one.item.no
        for unit in found.values()
        for one in unit.items
        if one.scored.score is not None
    }
    assert clear >= {15, 16, 19, 20, 21}


def test_every_item_of_the_scale_is_answered_by_some_measure(scale):
    known = measures.load()
    for item in scale.items:
        quantity = quantity_of(item)
        assert quantity is not None, item.key
        assert set(quantity.measures) <= known.keys()


def test_a_unit_alone_is_what_it_is_among_all(drawn, found, scale):
    unit = sorted({unit for unit, _day in found})[0]
    assert live(drawn, scale, days=DAYS[:1], units=[unit]) == {
        (unit, DAYS[0]): found[unit, DAYS[0]]
    }


def test_the_whole_lies_between_its_items(found):
    for unit in found.values():
        floors = sum(one.scored.floor for one in unit.items)
        ceilings = sum(one.scored.ceiling for one in unit.items)
        assert (unit.interval.low, unit.interval.high) == (floors, ceilings)
        assert all(one.scored.floor <= one.scored.ceiling for one in unit.items)


def test_what_reviewers_judge_has_signals_and_never_a_score(found):
    for unit in found.values():
        judged = [one for one in unit.items if one.signals]
        assert {one.item.no for one in judged} >= {9, 14, 18, 22}
        assert all(one.scored.score is None and one.lift is None for one in judged)


def test_a_unit_of_which_nothing_is_recorded_is_open(drawn, scale):
    nobody = live(drawn, scale, days=DAYS[:1], units=["nobody"])["nobody", DAYS[0]]
    assert nobody.interval.band is None
    assert nobody.interval.low >= len(scale.items)


def test_a_day_after_the_facts_is_refused(drawn, scale):
    with pytest.raises(InputFault) as fault:
        live(drawn, scale, days=[D + timedelta(1)])
    assert fault.value.reason == "after_the_facts"


def test_the_periods_of_the_measures_end_on_the_day():
    measure = measures.load()["item17_signed_log"]
    (row,) = asked_arrow([reading.period_of(measure, D)]).to_pylist()
    assert row["last_day"] == row["as_of"] == D
    assert row["first_day"] == D - timedelta(55)


def test_another_scale_is_answered_where_it_asks_the_same():
    """JiSEF shares items with the 25-item scale; IPS-15 asks for other quantities."""
    shared = [item for item in scales.get("jisef").items if quantity_of(item)]
    assert {item.key for item in shared} >= {"caseload"}
    others = [item for item in scales.get("ips-15").items if quantity_of(item)]
    for item in others:
        same = next(one for one in scales.get("ips-25").items if one.key == item.key)
        assert same.quantity.word == item.quantity.word
