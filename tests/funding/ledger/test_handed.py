"""What two organisations hand one another: nobody but those whom both have stands in it."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.ledger import handed
from braid.funding.ledger.handed import Handed, Line, Meeting, meetings
from braid.funding.ledger.rules import Entry, Span, Terms
from braid.kernel.errors import InputFault

PAT, QUINN = "a" * 64, "b" * 64
DAY = date(2026, 9, 7)
TERMS = {"ours": Terms(contract="ours")}


def entry(**other) -> Entry:
    return Entry(
        **{
            "key": "claim-1",
            "what": "outcome",
            "natures": frozenset({"job_start"}),
            "event": "job-1",
            "person": "pat",
            "case": "c",
            "day": DAY,
            "payer": "Fund",
            "contract": "ours",
        }
        | other
    )


def span(contract="ours", first=date(2026, 1, 1), last=None) -> Span:
    return Span(
        contract=contract,
        payer="Fund",
        person="pat",
        case="c",
        first_day=first,
        last_day=last,
    )


def line(**other) -> Line:
    return Line(
        **{
            "token": PAT,
            "contract": "theirs",
            "what": "outcome",
            "day": DAY,
            "natures": ("job_start",),
        }
        | other
    )


def file(*lines: Line, **terms) -> Handed:
    return Handed(
        kind="lines",
        sharing="7",
        organisation="Harbour",
        lines=lines,
        terms=(Terms(contract="theirs", **terms),),
    )


def met(theirs: Handed, entries=(), spans=(), terms=TERMS):
    return meetings(theirs, {PAT: "pat"}, entries, spans, terms)


def found(rule: str, key: str = "claim-1") -> tuple[Meeting, ...]:
    return (Meeting(rule, key, "pat", "theirs (Harbour)"),)


COVER = line(what="cover", day=date(2026, 8, 1), natures=())


@pytest.mark.parametrize(
    ("theirs", "entries", "spans", "terms", "expected"),
    [
        pytest.param(
            file(line()),
            [entry()],
            [],
            TERMS,
            found("D2"),
            id="one start, two contracts",
        ),
        pytest.param(
            file(line(contract="ours")),
            [entry()],
            [],
            TERMS,
            (Meeting("D2", "claim-1", "pat", "ours (Harbour)"),),
            id="one start, the same contract at two organisations",
        ),
        pytest.param(
            file(line(day=date(2026, 9, 8))), [entry()], [], TERMS, (), id="another day"
        ),
        pytest.param(
            file(line(natures=("sustained:13",))),
            [entry()],
            [],
            TERMS,
            (),
            id="another outcome",
        ),
        pytest.param(
            file(line(), complementary_with=frozenset({"ours"})),
            [entry()],
            [],
            {"ours": Terms(contract="ours", complementary_with=frozenset({"theirs"}))},
            (),
            id="both files name each other",
        ),
        pytest.param(
            file(COVER, kind="cost_grant"),
            [entry(what="activity", natures=frozenset({"contact"}))],
            [],
            TERMS,
            found("D3"),
            id="their grant carries the costs of our day",
        ),
        pytest.param(
            file(COVER),
            [entry()],
            [span()],
            {"ours": Terms(contract="ours", exclusive_with=frozenset({"theirs"}))},
            found("D4"),
            id="our file excludes theirs",
        ),
        pytest.param(
            file(COVER, exclusive_with=frozenset({"ours"})),
            [],
            [span()],
            TERMS,
            found("D4", ""),
            id="theirs excludes ours, and nothing was claimed yet",
        ),
        pytest.param(
            file(line(is_for_new_work=True, natures=("earnings:4",), day=DAY)),
            [entry(day=date(2026, 9, 1))],
            [],
            TERMS,
            found("D5"),
            id="our placement takes their milestone for new work away",
        ),
        pytest.param(
            file(line(token=QUINN)), [entry()], [], TERMS, (), id="whom we have not"
        ),
        pytest.param(
            file(line(), line(contract="third")),
            [],
            [],
            TERMS,
            (),
            id="two of theirs are their own affair",
        ),
    ],
)
def test_a_line_of_ours_meets_theirs_by_the_rules_of_the_house(
    theirs, entries, spans, terms, expected
):
    if "third" in {each.contract for each in theirs.lines}:
        theirs = file(*theirs.lines)
    assert met(theirs, entries, spans, terms) == expected


def test_what_is_handed_over_says_of_nobody_more_than_the_other_side_needs():
    entries = [entry(), entry(key="claim-2", person="quinn", contract="ours")]
    lines = handed.lines_of({PAT: "pat"}, entries, [span()])
    assert {each.token for each in lines} == {PAT}
    text = handed.written(file(*lines)).decode()
    for kept in ("pat", "quinn", "claim", "job-1", "Fund"):
        assert kept not in text


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(days, st.sampled_from(["outcome", "activity", "cover"]))))
def test_a_file_reads_as_it_was_written(rows):
    made = file(*(line(day=day, what=what) for day, what in rows))
    back = handed.read(handed.written(made), "7")
    assert set(back.lines) == set(made.lines)
    assert (back.terms, back.organisation) == (made.terms, made.organisation)


def document(**other) -> bytes:
    told = {
        "format": handed.FORMAT,
        "kind": "tokens",
        "sharing": "7",
        "organisation": "Harbour",
        "tokens": [PAT],
    }
    return json.dumps(told | other).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "unreadable", id="nothing"),
        pytest.param(b"\x00\xff", "unreadable", id="no text"),
        pytest.param(b"[]", "unreadable", id="no file of ours"),
        pytest.param(b"[" * 100_000, "unreadable", id="nested without end"),
        pytest.param(document(format="other/9"), "unreadable", id="another format"),
        pytest.param(document(kind="names"), "unreadable", id="another kind"),
        pytest.param(document(organisation=""), "unreadable", id="from nobody"),
        pytest.param(document(tokens=None), "unreadable", id="no rows"),
        pytest.param(document(sharing="8"), "sharing_other", id="another agreement"),
        pytest.param(document(tokens=["010190-1234"]), "token_unknown", id="a number"),
        pytest.param(document(tokens=[PAT] * 50_001), "too_large", id="too many"),
        pytest.param(b" " * (handed.LARGEST + 1), "too_large", id="too large"),
        pytest.param(
            document(kind="lines", contracts=[], lines=[{"token": PAT}]),
            "unreadable",
            id="a line that says nothing",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_never_repeated(data, reason):
    with pytest.raises(InputFault) as said:
        handed.read(data, "7")
    assert said.value.reason == reason
    assert "010190" not in str(said.value)
