"""Places in texts of any script: counted alike by everybody, and kept with their words."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.method.passages import (
    CONTEXT,
    Ruler,
    Spans,
    Unit,
    merged,
    normalise,
    normalised,
    passage,
    stands,
)

# Danish and Dutch letters in both forms, emoji that are several code points, Korean parts,
# marks that change their order or become two, line ends of every kind.
PIECES = (
    *("a", "o", "word ", "IJ", "æ", "ø", "å", "a\u030a", "e\u0301", "ë", "ij", "ĳ"),
    *("😀", "👩\u200d👧", "🇩🇰", "𝒜", "\u1100\u1161\u11a8", "\u0958", "\u0344"),
    *("\u0301", "\u0323", "a\u0301\u0323", "\u212b", "\n", "\r\n", "\r", "\ufeff"),
    *("\U0001d15e", "\u09c7\u09be", "\u00a0", "\u2028", "“", "—"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map(
    "".join
)


def length_in(unit, text):
    """Count a text the plain way: encode it."""
    if unit.endswith("_crlf"):
        text = text.replace("\n", "\r\n")
    if unit.startswith("utf16"):
        return len(text.encode("utf-16-le")) // 2
    return len(text.encode()) if unit.startswith("utf8") else len(text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("\ufeffHej\r\nder", "Hej\nder", id="mark in front and line ends"),
        pytest.param("a\rb\r\r\nc", "a\nb\n\nc", id="line ends of an old Mac"),
        pytest.param("bla\u030abær", "blåbær", id="ring apart"),
        pytest.param("een\ufeff twee", "een\ufeff twee", id="mark inside stays"),
        pytest.param("\u1112\u1161\u11ab", "한", id="parts of a syllable"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_normalised_once(raw, text):
    assert normalised(raw) == text


@given(TEXTS)
def test_a_normalised_text_stays_as_it_is(raw):
    text = normalised(raw)
    assert normalised(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text and not text.startswith("\ufeff")


def test_a_text_of_piled_up_marks_is_refused_at_once():
    began = time.process_time()
    for change in (normalised, normalise):
        with pytest.raises(InputFault) as refused:
            change("a" + "\u0301\u0316" * 50_000)
        assert refused.value.reason == "marks_piled_up"
    assert time.process_time() - began < 1


@given(TEXTS)
def test_offsets_move_with_the_text_that_is_normalised(raw):
    found = normalise(raw)
    assert found.text == normalised(raw)
    assert (found.moved(0), found.moved(len(raw))) == (0, len(found.text))
    marks = len(raw) - len(raw.lstrip("\ufeff"))
    places = [found.moved(offset) for offset in range(len(raw) + 1)]
    assert places == sorted(places)
    for offset in range(marks, len(raw) + 1):
        if not found.is_inside(offset):
            # A line end before it keeps what follows from joining anything.
            left, right = ("\n" + half for half in (raw[marks:offset], raw[offset:]))
            assert found.text[: places[offset]] == normalised(left)[1:]
            assert found.text[places[offset] :] == normalised(right)[1:]


@given(TEXTS.map(normalised), st.sampled_from(Unit))
def test_a_ruler_counts_as_the_encoding_does(text, unit):
    ruler = Ruler(text, unit)
    counts = [ruler.from_code_points(offset) for offset in range(len(text) + 1)]
    assert counts == [length_in(unit, text[:at]) for at in range(len(text) + 1)]
    back = {count: offset for offset, count in enumerate(counts)}
    for count in range(counts[-1] + 1):
        assert ruler.to_code_points(count) == back.get(count)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("beyond", [-1, 20])
def test_a_place_beyond_the_text_is_refused(unit, beyond):
    ruler = Ruler("Så gik det 😀\n", unit)
    for turn in (ruler.from_code_points, ruler.to_code_points):
        with pytest.raises(InputFault, match="within the text"):
            turn(beyond)


def test_a_browser_s_selection_after_an_emoji_lands_on_its_word():
    text = "Hej 😀 for hjælpen"
    ruler = Ruler(text, Unit.UTF16)
    start = ruler.to_code_points(7)
    assert text[start : ruler.to_code_points(10)] == "for"
    assert ruler.to_code_points(5) is None, "half of an emoji is no place"


@given(st.text(min_size=1), st.data())
def test_a_passage_keeps_its_words_and_what_is_around_them(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    kept = passage(text, start, end)
    assert text[start - len(kept.before) : end + len(kept.after)] == (
        kept.before + kept.quote + kept.after
    )
    assert len(kept.before) == min(CONTEXT, start)
    assert len(kept.after) == min(CONTEXT, len(text) - end)
    assert stands(text, kept)
    assert not stands(text[: end - 1], kept)


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 2), (0, 9)])
def test_a_passage_without_words_is_refused(start, end):
    with pytest.raises(InputFault, match="a start before an end"):
        passage("et ord", start, end)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=30)


@given(SPANS)
def test_merged_spans_cover_the_same_and_keep_apart(spans):
    found = merged(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for span in found for at in range(*span)} == covered
    assert all(one.end < other.start for one, other in pairwise(found))


@given(SPANS, st.integers(0, 40), st.integers(0, 40))
def test_what_overlaps_a_window_is_found(spans, start, end):
    placed = [(first, last, at) for at, (first, last) in enumerate(spans)]
    found = Spans(placed).overlapping(start, end)
    wanted = [at for first, last, at in placed if max(first, start) < min(last, end)]
    assert sorted(found) == wanted
    assert [spans[at] for at in found] == sorted(spans[at] for at in found)


def test_five_thousand_codings_on_a_long_text_are_fluent():
    """100,000 words: every window of a screen asked for within a tenth of a second."""
    length, screen = 643_000, 3_000
    codings = [
        (at, at + 40 + number % 260, number)
        for number, at in enumerate((n * 7919) % length for n in range(5_000))
    ]
    codings.append((0, length, -1))  # one coding over all of it spoils nothing
    began = time.process_time()
    index = Spans(codings)
    windows = [index.overlapping(at, at + screen) for at in range(0, length, screen)]
    assert time.process_time() - began < 0.5
    assert sum(map(len, windows)) > 5_000
    assert all(-1 in found for found in windows)
