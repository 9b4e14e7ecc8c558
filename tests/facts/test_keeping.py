"""Parts that are worked out once: the same figures, and never those of another day."""

from datetime import timedelta

import pytest
from tests.facts import busy

from braid.facts import foreign, keeping
from braid.facts.columns import table_from_dicts
from braid.facts.measuring import measured, periods_of, rows_behind
from braid.facts.reading import Facts
from braid.method.measures import Asked
from braid.packs import measures

EARLIER = busy.AS_OF - timedelta(200)
SPAN = Asked("span", EARLIER - timedelta(300), EARLIER, EARLIER)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return busy.frozen(tmp_path_factory.mktemp("kept") / "facts")


@pytest.fixture(scope="module")
def beside(folder):
    """The facts as files, of which parts are kept."""
    facts, faults = foreign.open_folder(folder)
    assert (faults, facts.keeps) == ([], True)
    with facts:
        yield facts


@pytest.fixture
def anew(folder):
    """The same, of which nothing is kept yet."""
    facts, _faults = foreign.open_folder(folder)
    with facts:
        yield facts


@pytest.fixture(scope="module")
def whole():
    """The same facts, of which each statement is worked out by itself."""
    with busy.facts() as facts:
        assert not facts.keeps
        yield facts


def one_of_each_word():
    """Return names of measures among which every word is that there is one for."""
    found = {u.word: name for name, m in measures.load().items() for u in m.words}
    return sorted(set(found.values()))


def told(measure, facts, periods):
    found = measured(measure, facts, periods=periods)
    return [
        (f.period, f.group, f.amounts, f.value, f.statistics, f.rows, f.left_out)
        for by in ((), measure.by[:1], measure.by)
        for f in found.figures(by)
    ]


@pytest.mark.parametrize("name", one_of_each_word())
def test_figures_are_the_same_whatever_was_kept_before(beside, whole, name):
    measure = measures.get(name)
    own = periods_of(measure, whole)
    for periods in (own, [SPAN], own):
        assert told(measure, beside, periods) == told(measure, whole, periods)


OF_SPELLS = (
    "item01_caseload",
    "item01_month_ends",
    "item04_attached_teams",
    "item15_rapid_search",
)


@pytest.fixture(scope="module")
def tangled(tmp_path_factory):
    """Facts in which spells overlap, and the same as files, of which parts are kept."""
    found = dict(busy.tables())
    for name, key, others in (
        ("caseload", "staff_id", ("s0", "s1", None)),
        ("treatment", "team_id", ("east", "west", "east")),
    ):
        rows = found[name].to_pylist()
        more = []
        for number, row in enumerate(rows[::2]):
            begun = row["first_day"]
            # One inside, one that begins on the same day, one that outlasts the first.
            days = [
                (begun + timedelta(20), begun + timedelta(40)),
                (begun, begun + timedelta(30)),
                (begun + timedelta(30), None),
            ][: number % 4]
            more += [
                {**row, key: other, "first_day": first, "last_day": last}
                for other, (first, last) in zip(others, days, strict=False)
            ]
        found[name] = table_from_dicts(name, [*rows, *more, *more[:5]])
    folder = busy.freeze(tmp_path_factory.mktemp("tangled") / "facts", found)
    facts, faults = foreign.open_folder(folder)
    assert faults == []
    with facts, Facts.of(found, as_of=busy.AS_OF) as each:
        assert facts.keeps and not each.keeps
        yield facts, each


@pytest.mark.parametrize("name", OF_SPELLS)
def test_where_spells_overlap_the_one_that_began_last_has_the_day(tangled, name):
    measure = measures.get(name)
    kept, each = [
        told(measure, facts, [SPAN, *periods_of(measure, facts)]) for facts in tangled
    ]
    assert kept == each
    assert any(figure[5] for figure in kept)


def test_rows_behind_a_figure_are_the_same(beside, whole):
    measure = measures.get("sustained_13w")
    found = [rows_behind(measure, facts, periods=[SPAN]) for facts in (beside, whole)]
    assert found[0] == found[1] != []


def test_a_part_is_made_once_for_the_measures_that_share_it(anew, monkeypatch):
    made = []
    rows = anew._engine.rows
    monkeypatch.setattr(
        anew._engine, "rows", lambda sql, asked: made.append(sql) or rows(sql, asked)
    )
    for name in ("sustained_13w", "sustained_26w", "sustained_13w"):
        measured(measures.get(name), anew)
    parts = [sql for sql in made if sql.startswith("CREATE")]
    assert len(parts) == len(set(parts)) > 3
    assert len(made) == len(parts) + 3


def test_a_part_that_is_waited_for_is_held_however_few_may_be(anew, whole, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    measure = measures.get("sustained_13w")
    own = periods_of(measure, whole)
    assert told(measure, anew, own) == told(measure, whole, own)


def test_only_so_many_parts_are_held(anew, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 6)
    for name in ("sustained_13w", "out_first_job", "out_working", "sustained_13w"):
        measured(measures.get(name), anew)
        assert len(anew._held._keys) <= 6
