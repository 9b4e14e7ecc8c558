"""Records of one report are found whatever the order, and each pairing has its reason."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.voices.references.sameness import Reason, groups
from braid.voices.references.shape import Reference

TITLE = "Managers between two logics: a study of placement and support"


def record(title=TITLE, **said):
    return Reference(1, title, **said)


def reasons(*records):
    return [[pair.reason for pair in group.pairs] for group in groups(records)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        pytest.param(
            record("One", doi="10.1/a"),
            record("Two", doi="10.1/a"),
            Reason.DOI,
            id="DOI",
        ),
        pytest.param(record(year=2016), record(year=2016), Reason.TITLE, id="title"),
        pytest.param(
            record(year=2016),
            record(TITLE.upper().replace(":", " –"), year=2016),
            Reason.TITLE,
            id="capitals and marks",
        ),
        pytest.param(
            record(year=2016), record(year=2017), Reason.TITLE, id="early view"
        ),
        pytest.param(record(year=2016), record(), Reason.TITLE, id="a year is missing"),
        pytest.param(
            record(doi="10.1/a"), record(), Reason.TITLE, id="a DOI is missing"
        ),
        pytest.param(
            record(),
            record(TITLE.replace("study", "survey")),
            Reason.LIKE_TITLE,
            id="one word differs",
        ),
        pytest.param(
            record("Editorial", authors=("Larsen, Åse",)),
            record("Editorial", authors=("Å. Larsen",)),
            Reason.TITLE,
            id="a short title and one author",
        ),
    ],
)
def test_records_of_one_report_are_found(one, other, reason):
    assert reasons(one, other) == [[reason]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(record(doi="10.1/a"), record(doi="10.1/b"), id="two DOIs"),
        pytest.param(record(year=2010), record(year=2016), id="years apart"),
        pytest.param(
            record(TITLE + " part 1"), record(TITLE + " part 2"), id="two parts"
        ),
        pytest.param(
            record("Editorial"), record("Editorial"), id="a short title alone"
        ),
        pytest.param(record(""), record(""), id="no titles"),
        pytest.param(
            record(), record("Clients on contact with the clinic"), id="others"
        ),
    ],
)
def test_other_records_stay_apart(one, other):
    assert reasons(one, other) == []


def test_a_record_without_a_doi_never_joins_two_with_different_ones():
    found = groups([record(doi="10.1/a"), record(), record(doi="10.1/b")])
    assert len(found) == 1 and len(found[0].duplicates) == 1


def test_the_fullest_record_is_kept():
    (group,) = groups(
        [record(), record(abstract="Asked.", year=2016), record(year=2016)]
    )
    assert group.kept == 1 and group.duplicates == (0, 2)


RECORDS = st.lists(
    st.builds(
        record,
        title=st.sampled_from(
            [TITLE, TITLE + "s", "Other title of a study", "Editorial", ""]
        ),
        doi=st.sampled_from(["", "10.1/a", "10.1/b"]),
        year=st.sampled_from([None, 2015, 2016, 2018]),
    ),
    max_size=12,
)


@given(RECORDS)
def test_each_record_is_in_one_group_at_most_and_dois_never_mix(records):
    met = [
        index for group in groups(records) for index in (group.kept, *group.duplicates)
    ]
    assert len(met) == len(set(met))
    for group in groups(records):
        held = {records[index].doi for index in (group.kept, *group.duplicates)} - {""}
        assert len(held) <= 1


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_files_makes_no_difference(records, chance):
    numbered = [replace(each, key=str(n)) for n, each in enumerate(records)]
    mixed = chance.sample(numbered, len(numbered))

    def told(each):
        return each.title, each.doi, str(each.year)

    def said(held):
        return sorted(
            sorted(told(held[index]) for index in (group.kept, *group.duplicates))
            for group in groups(held)
        )

    assert said(numbered) == said(mixed)


def test_a_search_of_five_thousand_takes_seconds():
    chance = random.Random(7)
    words = [f"word{n}" for n in range(300)]
    titles = [" ".join(chance.choices(words, k=9)) for _ in range(4_000)]
    records = [record("A systematic review of " + title, year=2016) for title in titles]
    records += [replace(each, key="again") for each in records[:1_000]]
    begun = time.process_time()
    found = groups(records)
    assert time.process_time() - begun < 4
    assert sum(len(group.duplicates) for group in found) == 1_000


def test_thousands_with_one_title_take_no_longer():
    records = [
        record("Editorial of this journal", year=1990 + n % 30) for n in range(5_000)
    ]
    begun = time.process_time()
    groups(records)
    assert time.process_time() - begun < 2
