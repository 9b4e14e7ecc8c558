"""The plait: strands never break, crossings never overlap, lanes change by turns."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.plait import Crossing, Weave, crossings, longest_gap, weave

LANES = (6.0, 37.0, 68.0)
WIDTH, LEAST, MOST = 900.0, 14.0, 46.0
PLACES = st.lists(st.floats(0, WIDTH), max_size=120)
STEP = re.compile(r"([MLC])((?:-?[\d.]+,-?[\d.]+ ?)+)")


def points(path: str) -> list[tuple[str, tuple[float, float]]]:
    """Return the steps of a path as (letter, where it ends)."""
    steps = []
    for letter, numbers in STEP.findall(path):
        x, y = numbers.split()[-1].split(",")
        steps.append((letter, (float(x), float(y))))
    return steps


def woven(places: list[float]) -> tuple[list[Crossing], Weave]:
    spans = crossings(places, width=WIDTH, least=LEAST, most=MOST)
    return spans, weave(spans, width=WIDTH, lanes=LANES)


@given(PLACES)
def test_no_crossing_overlaps_another_or_leaves_the_picture(places: list[float]):
    spans, _ = woven(places)
    assert all(0 <= span.start < span.end <= WIDTH for span in spans)
    assert all(one.end <= next_.start + 1e-6 for one, next_ in pairwise(spans))
    assert all(span.end - span.start <= MOST + 1e-6 for span in spans)


@given(PLACES)
def test_no_crossing_is_too_narrow_to_be_seen(places: list[float]):
    spans, _ = woven(places)
    assert all(span.end - span.start >= LEAST - 1e-6 for span in spans)


@given(PLACES)
def test_crossings_are_as_many_as_the_places_or_fewer_but_not_none(places: list[float]):
    spans, _ = woven(places)
    assert len(spans) <= len(places)
    assert bool(spans) == bool(places)


@given(PLACES)
def test_places_far_apart_each_have_their_own_crossing(places: list[float]):
    inside = {min(max(place, LEAST / 2), WIDTH - LEAST / 2) for place in places}
    if all(after - before >= LEAST for before, after in pairwise(sorted(inside))):
        assert len(woven(places)[0]) == len(inside)


@given(PLACES)
def test_every_place_lies_near_a_crossing(places: list[float]):
    spans, _ = woven(places)
    centres = [(span.start + span.end) / 2 for span in spans]
    for place in places:  # half a crossing more where the edge pushes one inwards
        assert min(abs(place - centre) for centre in centres) <= 1.5 * LEAST


@given(PLACES)
def test_each_strand_runs_unbroken_from_edge_to_edge(places: list[float]):
    _, plait = woven(places)
    for path in plait.strands:
        steps = points(path)
        assert steps[0][0] == "M" and steps[0][1][0] == 0
        assert steps[-1][1][0] == WIDTH
        for (_, before), (letter, after) in pairwise(steps):
            assert after[0] >= before[0]
            if letter == "L":
                assert after[1] == before[1]  # straight within a lane
            assert after[1] in LANES


@given(st.integers(0, 60))
def test_lanes_after_n_crossings_are_those_of_a_plait(count: int):
    spans = [Crossing(10.0 * n, 10.0 * n + 8) for n in range(count)]
    order = [0, 1, 2]
    for number in range(count):  # top over to the middle, bottom over to the middle
        pair = (0, 1) if number % 2 == 0 else (2, 1)
        order[pair[0]], order[pair[1]] = order[pair[1]], order[pair[0]]
    plait = weave(spans, width=WIDTH, lanes=LANES)
    assert plait.order == tuple(order)
    for lane, strand in enumerate(plait.order):
        assert points(plait.strands[strand])[-1][1][1] == LANES[lane]


def test_after_six_crossings_every_strand_is_back_in_its_lane():
    spans = [Crossing(10.0 * n, 10.0 * n + 8) for n in range(6)]
    assert weave(spans, width=WIDTH, lanes=LANES).order == (0, 1, 2)


@given(PLACES)
def test_what_lies_on_top_is_the_outer_strand_going_to_the_middle(places: list[float]):
    spans, plait = woven(places)
    assert len(plait.overs) == len(spans)
    for number, (_strand, halo, stroke) in enumerate(plait.overs):
        outer = LANES[0] if number % 2 == 0 else LANES[2]
        for path in (halo, stroke):
            assert points(path)[0][1][1] == outer
            assert points(path)[-1][1][1] == LANES[1]
        assert points(stroke)[0][1][0] < points(halo)[0][1][0]  # no seam


def test_without_crossings_three_straight_lines_remain():
    plait = weave([], width=WIDTH, lanes=LANES)
    assert plait.strands == ("M0,6 L900,6", "M0,37 L900,37", "M0,68 L900,68")
    assert plait.overs == ()


def test_two_lanes_make_no_plait():
    with pytest.raises(ValueError, match="3 lanes, not 2"):
        weave([], width=WIDTH, lanes=(1.0, 2.0))


@pytest.mark.parametrize(
    ("places", "gap"),
    [
        ([1, 2, 9, 11], (2, 9)),
        ([9, 1, 11, 2], (2, 9)),
        ([1, 4, 7], (1, 4)),
        ([5, 5], (5, 5)),
    ],
    ids=["the widest", "in any order", "the first of equals", "none"],
)
def test_longest_gap(places: list[int], gap: tuple[int, int]):
    assert longest_gap(places) == gap
