"""A synthesis stands on its studies: what carries a construct, and what falls without."""

from hypothesis import given
from hypothesis import strategies as st

from braid.method.synthesis import (
    Absence,
    Built,
    Cell,
    Extracted,
    contributions,
    grid,
    holes,
    sensitivity,
    standings,
)

# Three invented studies: what authors made of what clients and specialists said.
EXTRACTED = (
    Extracted("a1", "Aarhus", "trust", "client"),
    Extracted("a2", "Aarhus", "time", "specialist"),
    Extracted("b1", "Bergen", "trust", "client"),
    Extracted("c1", "Cork", "time", "specialist"),
)
BUILT = (
    Built("patience", frozenset({"a2", "c1"})),
    Built("faith", frozenset({"a1", "a2"})),
    Built("alone", frozenset({"b1"}), may_be_single=True),
    Built("air", frozenset({"zz"})),
)
STUDIES, CONCEPTS = ("Aarhus", "Bergen", "Cork", "Delft"), ("trust", "time", "money")


def test_an_empty_cell_says_why():
    absences = {
        ("Bergen", "time"): Absence.NOT_REPORTED,
        ("Cork", "trust"): Absence.NOT_FOUND,
        ("Aarhus", "trust"): Absence.NOT_FOUND,
    }
    cells = grid(STUDIES, CONCEPTS, EXTRACTED, absences)
    assert len(cells) == 12
    assert cells["Aarhus", "trust"] == Cell(("a1",), None)
    assert cells["Bergen", "time"].absence is Absence.NOT_REPORTED
    assert cells["Cork", "trust"].absence is Absence.NOT_FOUND
    assert cells["Delft", "money"].absence is Absence.NOT_LOOKED_FOR


def test_a_party_shows_its_holes():
    cells = grid(STUDIES, CONCEPTS, EXTRACTED, party="client")
    assert cells["Aarhus", "trust"].constructs == ("a1",)
    assert cells["Aarhus", "time"] == Cell((), Absence.NOT_FOUND)
    assert holes(cells) == {"time": 4, "money": 4}
    assert holes(grid(STUDIES, CONCEPTS, EXTRACTED)) == {"money": 4}


def test_a_construct_of_one_study_needs_its_flag():
    patience, faith, alone, air = standings(BUILT, EXTRACTED)
    assert (patience.studies, patience.needs_flag) == (("Aarhus", "Cork"), False)
    assert (faith.studies, faith.needs_flag) == (("Aarhus",), True)
    assert (alone.studies, alone.needs_flag) == (("Bergen",), False)
    assert (air.studies, air.unknown, air.needs_flag) == ((), ("zz",), True)


def test_a_flag_that_is_not_needed_any_more_is_told():
    (met,) = standings([Built("x", frozenset({"a1", "b1"}), True)], EXTRACTED)
    assert met.flag_is_idle and not met.needs_flag


def test_every_study_contributes_or_says_that_it_does_not():
    met = contributions(STUDIES, BUILT, EXTRACTED)
    assert met.by_study["Aarhus"] == ("patience", "faith")
    assert met.unexplained == ("Delft",) and met.no_contribution == ()
    met = contributions(STUDIES, BUILT, EXTRACTED, {"Delft", "Cork"})
    assert met.unexplained == () and met.no_contribution == ("Delft",)
    assert met.contradicted == ("Cork",)


def test_without_a_weak_study_some_constructs_fall():
    met = sensitivity(BUILT, EXTRACTED, {"Aarhus"})
    assert met.falls == ("faith", "air")
    assert met.weakened == ("patience",) and met.stands == ("alone",)


IDS = st.sampled_from("abcdefgh")
DRAWN = st.lists(
    st.builds(Extracted, IDS, st.sampled_from(STUDIES), st.sampled_from(CONCEPTS)),
    unique_by=lambda each: each.id,
)
BUILDS = st.lists(
    st.builds(Built, st.text(min_size=1), st.frozensets(IDS), st.booleans()),
    unique_by=lambda each: each.id,
)
LEFT_OUT = st.sets(st.sampled_from(STUDIES))


@given(BUILDS, DRAWN, LEFT_OUT, LEFT_OUT)
def test_leaving_out_more_never_makes_a_construct_stand(built, extracted, some, more):
    once = sensitivity(built, extracted, some)
    again = sensitivity(built, extracted, some | more)
    assert set(once.falls) <= set(again.falls)
    assert set(again.stands) <= set(once.stands)
    everything = [*again.falls, *again.weakened, *again.stands]
    assert sorted(everything) == sorted(each.id for each in built)


@given(BUILDS, DRAWN, LEFT_OUT)
def test_every_included_study_stands_in_exactly_one_place(built, extracted, said):
    met = contributions(STUDIES, built, extracted, said)
    carried = [study for study, held in met.by_study.items() if held]
    assert sorted([*carried, *met.unexplained, *met.no_contribution]) == sorted(STUDIES)
    assert set(met.contradicted) == set(carried) & said
