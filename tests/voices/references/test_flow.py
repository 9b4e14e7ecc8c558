"""The numbers of the flow follow from the decisions, and add up on every line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.voices.references.flow import Decided, Fate, Origin, flow


def records(origin=Origin.DATABASE, **fates):
    """Return records by fate and number."""
    return [
        Decided(
            origin,
            Fate(fate),
            reason="wrong party" if fate == "excluded_in_full" else "",
            study=f"study {n // 2}" if fate == "included" else "",
        )
        for fate, count in fates.items()
        for n in range(count)
    ]


def test_a_review_as_it_might_be():
    met = flow(
        records(
            duplicate=210,
            excluded=520,
            not_retrieved=4,
            excluded_in_full=42,
            included=19,
        )
        + records(Origin.OTHER, included=1)
    )
    assert met.identified == {Origin.DATABASE: 795, Origin.REGISTER: 0, Origin.OTHER: 1}
    assert (met.duplicates, met.screened, met.excluded) == (210, 586, 520)
    assert (met.sought, met.not_retrieved, met.assessed) == (66, 4, 62)
    assert met.excluded_in_full == {"wrong party": 42}
    assert (met.included_reports, met.included_studies) == (20, 10)
    assert met.is_finished


DECIDED = st.lists(
    st.one_of(
        st.builds(Decided, st.sampled_from(Origin), st.sampled_from(sorted(
            set(Fate) - {Fate.INCLUDED, Fate.EXCLUDED_IN_FULL}))),
        st.builds(Decided, st.sampled_from(Origin), st.just(Fate.EXCLUDED_IN_FULL),
                  st.sampled_from(["wrong party", "no data"])),
        st.builds(Decided, st.sampled_from(Origin), st.just(Fate.INCLUDED), st.just(""),
                  st.sampled_from("abcd")),
    ),
    max_size=60,
)  # fmt: skip


@given(DECIDED)
def test_every_line_follows_from_the_one_above(decided):
    met = flow(decided)
    assert sum(met.identified.values()) == len(decided)
    removed = met.duplicates + met.removed_otherwise
    assert met.screened == len(decided) - removed
    assert met.sought == met.screened - met.excluded - met.waiting
    assert met.assessed == met.sought - met.not_retrieved - met.awaited
    out = sum(met.excluded_in_full.values())
    assert met.included_reports == met.assessed - out - met.undecided
    assert met.included_studies <= met.included_reports


@given(DECIDED, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(decided, chance):
    assert flow(decided) == flow(chance.sample(decided, len(decided)))


@pytest.mark.parametrize(
    "said",
    [
        {"fate": Fate.EXCLUDED_IN_FULL},
        {"fate": Fate.INCLUDED},
        {"fate": Fate.DUPLICATE, "reason": "x"},
        {"fate": Fate.EXCLUDED, "study": "x"},
    ],
)
def test_a_reason_and_a_study_stand_where_they_belong(said):
    with pytest.raises(ValueError, match="A record"):
        Decided(Origin.DATABASE, **said)
