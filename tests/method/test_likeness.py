"""Names as people write them: accents, order, errors, initials, legal forms."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from braid.method.likeness import (
    abbreviation_matches,
    employer_likeness,
    fold,
    fold_employer,
    name_likeness,
    search,
)

WORDS = st.text(string.ascii_lowercase + "æøåéüß", min_size=2, max_size=10)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Søren ÆGIR Ågård", "soeren aegir aagaard"),
        ("Soeren Aegir Aagaard", "soeren aegir aagaard"),
        ("JÖRG Müller", "joerg mueller"),
        ("Groß", "gross"),
        ("Zoë O’Brien", "zoe obrien"),
        ("Smith-Jones,  Beth", "smith jones beth"),
        ("A\u030aberg", "aaberg"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("  \u00a0 ", ""),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_case_does_not_matter(name):
    assert fold(name.upper()) == fold(name)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bager Jensen A/S", "bager jensen"),
        ("A/S Bager Jensen", "bager jensen"),
        ("Bager Jensen ApS", "bager jensen"),
        ("AB Volvo", "volvo"),
        ("Tesco Stores Ltd.", "tesco stores"),
        ("Albert Heijn B.V.", "albert heijn"),
        ("Müller GmbH & Co. KG", "mueller"),
        ("Acme, Inc.", "acme"),
        ("Marks & Spencer plc", "marks spencer"),
        ("Marks and Spencer", "marks spencer"),
        ("The Co-op", "co op"),
        ("Ltd", "ltd"),
        ("The", "the"),
        ("&", ""),
        ("And Co", "co"),
        ("AND", "and"),
        ("Café X", "cafe x"),
    ],
)
def test_fold_employer(written, folded):
    assert fold_employer(written) == folded


@given(NAMES)
def test_a_legal_form_does_not_change_an_employer(name):
    assume(fold_employer(name) == fold(name))
    # A name of nothing but small words ("And") is kept, until a form stands behind it.
    assume(set(fold(name).split()) - {"and", "og", "und", "the"} or not name.strip())
    for form in ("A/S", "ApS", "Ltd", "GmbH", "B.V.", "Inc."):
        assert fold_employer(f"{name} {form}") == fold_employer(name)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        pytest.param("Beth Ollerenshaw", "Ollerenshaw, Beth", 100, 100, id="order"),
        pytest.param("Søren Ågård", "Soeren Aagaard", 100, 100, id="two letters"),
        pytest.param("Søren Ågård", "Soren Agard", 98, 98, id="without dots"),
        pytest.param("Beth Ollerenshaw", "B. Ollerenshaw", 90, 97, id="initial"),
        pytest.param(
            "Beth Ollerenshaw", "Beth Ollerenshw", 85, 97, id="letter missing"
        ),
        pytest.param(
            "Beth Ollerenshaw", "Beth Olelrenshaw", 80, 97, id="letters swapped"
        ),
        pytest.param(
            "Beth Ollerenshaw-Smith",
            "Beth Ollerenshaw",
            85,
            95,
            id="double family name",
        ),
        pytest.param(
            "Mette Kjær Hansen", "Mette K. Hansen", 88, 97, id="middle initial"
        ),
        pytest.param("Mette Kjær Hansen", "Mette Hansen", 80, 95, id="middle name"),
        pytest.param(
            "Anne Marie Holm", "Annemarie Holm", 95, 99, id="written together"
        ),
        pytest.param("Peter Hansen", "Peter Jensen", 0, 75, id="other family name"),
        pytest.param("Lars Hansen", "Peter Hansen", 0, 60, id="other first name"),
        pytest.param("Beth", "Beth Ollerenshaw", 0, 60, id="first name alone"),
        pytest.param("Bo Li", "B. X", 0, 60, id="initial of another"),
        pytest.param("Xi Wu", "B. Wu", 0, 75, id="an initial that does not fit"),
        pytest.param("", "Beth", 0, 0, id="no name"),
        pytest.param("Beth", "…", 0, 0, id="no letters"),
    ],
)
def test_name_likeness(one, other, least, most):
    assert least <= name_likeness(one, other) <= most


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways_and_stays_within_bounds(one, other):
    assert name_likeness(one, other) == name_likeness(other, one)
    assert 0 <= name_likeness(one, other) <= 100


@given(NAMES)
def test_a_name_is_like_itself(name):
    assert name_likeness(name, name) == 100


@given(
    st.lists(WORDS, min_size=1, max_size=4).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    )
)
def test_the_order_of_words_does_not_matter(both):
    words, shuffled = both
    assert name_likeness(" ".join(words), " ".join(shuffled)) == 100


@given(NAMES, NAMES)
def test_only_names_of_the_same_words_are_wholly_alike(one, other):
    assume(sorted(fold(one).split()) != sorted(fold(other).split()))
    assert name_likeness(one, other) < 100


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Bager Jensen A/S", "Bager Jensen ApS", 100, 100),
        ("Bager Jensen", "Bageri Jensen", 80, 99),
        ("Tesco", "Lidl", 0, 40),
    ],
)
def test_employer_likeness(one, other, least, most):
    assert least <= employer_likeness(one, other) <= most


TEAM = ["Beth Ollerenshaw", "Beth Smith", "Søren Ågård", "Anna Maria Berg"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        pytest.param("Beth O", "Beth Ollerenshaw", id="family name cut"),
        pytest.param("B. Ollerenshaw", "Beth Ollerenshaw", id="first name cut"),
        pytest.param("b.s.", "Beth Smith", id="initials with dots"),
        pytest.param("BO", "Beth Ollerenshaw", id="initials in one"),
        pytest.param("Anna B", "Anna Maria Berg", id="middle name left out"),
        pytest.param("AMB", "Anna Maria Berg", id="three initials"),
        pytest.param("Soeren", None, id="one word is no abbreviation of two"),
        pytest.param("Beth", None, id="fits two"),
        pytest.param("O Beth", None, id="the other way round"),
        pytest.param("Kit", None, id="fits none"),
        pytest.param("", None, id="nothing written"),
        pytest.param("SØREN ÅGÅRD", "Søren Ågård", id="the whole name"),
    ],
)
def test_abbreviation_matches(short, full):
    assert abbreviation_matches(short, TEAM) == full


def test_a_whole_name_wins_over_those_it_would_abbreviate():
    names = ["Bo Li", "Bo Lindberg"]
    assert abbreviation_matches("Bo Li", names) == "Bo Li"
    assert abbreviation_matches("Bo L", names) is None


def test_a_name_given_twice_is_one_name():
    assert abbreviation_matches("Beth O", [*TEAM, *TEAM]) == "Beth Ollerenshaw"


@given(NAMES, NAMES)
def test_what_is_matched_is_one_of_the_names(short, other):
    assert abbreviation_matches(short, [other]) in (None, other)


ROWS = {
    1: "Beth Ollerenshaw",
    2: "Lisbeth Smith",
    3: "Lars Jørgensen",
    4: "Jens Larsen",
    5: "",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("beth", [1, 2], id="first word before the middle of one"),
        pytest.param("Olleren", [1], id="beginning of a family name"),
        pytest.param("smith lis", [2], id="two words in another order"),
        pytest.param("jorgensen", [3], id="without the Danish letter"),
        pytest.param("JØRGENSEN", [3], id="with the Danish letter"),
        pytest.param("olerenshaw", [1], id="letter missing"),
        pytest.param("smtih", [2], id="letters swapped"),
        pytest.param("lars", [3, 4], id="first name before family name"),
        pytest.param("xyz", [], id="three letters are not mistyped"),
        pytest.param("lar qq", [], id="every word must be met"),
        pytest.param("  ", [], id="nothing asked"),
    ],
)
def test_search(query, found):
    assert [hit.id for hit in search(query, ROWS)] == found


def test_search_gives_the_best_first_and_no_more_than_asked():
    rows = {number: f"Lars Jensen {number:02}" for number in range(30)}
    hits = search("lars", rows, limit=5)
    assert [hit.id for hit in hits] == [0, 1, 2, 3, 4]


def test_search_with_a_higher_cutoff_forgives_less():
    assert search("olerenshaw", ROWS, cutoff=70)
    assert search("olerenshaw", ROWS, cutoff=95) == []


@given(st.dictionaries(st.integers(), NAMES, max_size=6), NAMES)
def test_a_whole_name_finds_itself_first(rows, name):
    hits = search(name, {**rows, "self": name})
    assert hits[0].score == 100
    assert "self" in {hit.id for hit in hits}
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
