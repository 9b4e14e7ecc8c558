"""What two organisations hand one another to find double funding: two files. Pure.

First tokens alone (`matching`): who is on both sides. Then, of those alone, what each side
asks money for: day, nature and contract, still under the token. A file of the other side is
read whole or not at all; nobody who is on one side only stands in more than a token.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from braid.funding.ledger.matching import TOKEN
from braid.funding.ledger.rules import Entry, Rule, Span, Terms, conflicts
from braid.kernel.errors import InputFault

FORMAT = "braid-match/1"
LARGEST = 5 * 1024**2
MOST_ROWS = 50_000
LONGEST = 120
KINDS = ("tokens", "lines")
THEIRS = "theirs:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one side asks money for: an activity or outcome of a day, or days of support.

    `what` is `cover` for days of support, from `day` to `last_day` (None is open).
    """

    token: str
    contract: str
    what: Literal["activity", "outcome", "cover"]
    day: date
    last_day: date | None = None
    natures: tuple[str, ...] = ()
    is_for_new_work: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file of one side, read: `kind` is tokens or lines."""

    kind: str
    sharing: str
    organisation: str
    tokens: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    terms: tuple[Terms, ...] = ()


def written(handed: Handed) -> bytes:
    """Return a file as it is handed over."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "kind": handed.kind,
        "sharing": handed.sharing,
        "organisation": handed.organisation,
    }
    if handed.kind == "tokens":
        document["tokens"] = sorted(handed.tokens)
    else:
        document["contracts"] = [_terms_document(each) for each in handed.terms]
        document["lines"] = sorted(map(_line_document, handed.lines), key=json.dumps)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _terms_document(terms: Terms) -> dict[str, Any]:
    return {
        "contract": terms.contract,
        "kind": terms.kind,
        "exclusive_with": sorted(terms.exclusive_with),
        "complementary_with": sorted(terms.complementary_with),
    }


def _line_document(line: Line) -> dict[str, Any]:
    return {
        "token": line.token,
        "contract": line.contract,
        "what": line.what,
        "day": line.day.isoformat(),
        "last_day": line.last_day.isoformat() if line.last_day else None,
        "natures": sorted(line.natures),
        "is_for_new_work": line.is_for_new_work,
    }


def read(data: bytes, sharing: str) -> Handed:
    """Return a file of the other side, for this record of data sharing.

    Raises: InputFault (`too_large`, `unreadable`, `sharing_other`, `token_unknown`).
    """
    if len(data) > LARGEST:
        raise _fault(
            "The file is larger than 5 MB. Hand it over in parts.", "too_large"
        )
    try:
        handed = _parsed(json.loads(data))
    except InputFault:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _fault(
            "This is no file of tokens or lines. Ask the other side to write it anew.",
            "unreadable",
        ) from None
    if handed.sharing != sharing:
        raise _fault(
            "The file is for another record of data sharing than the one named here. "
            "Both sides write the same name.",
            "sharing_other",
        )
    return handed


def _fault(message: str, reason: str) -> InputFault:
    return InputFault(message, field="theirs", reason=reason)


def _parsed(document: Any) -> Handed:
    if document["format"] != FORMAT or document["kind"] not in KINDS:
        raise ValueError
    rows = document["tokens"] if document["kind"] == "tokens" else document["lines"]
    if len(rows) > MOST_ROWS:
        raise _fault(
            "The file has more than 50,000 rows. Hand it over in parts.", "too_large"
        )
    named = {
        "kind": document["kind"],
        "sharing": _text(document["sharing"]),
        "organisation": _text(document["organisation"]),
    }
    if document["kind"] == "tokens":
        return Handed(**named, tokens=tuple(map(_token, rows)))
    return Handed(
        **named,
        lines=tuple(map(_line, rows)),
        terms=tuple(map(_terms, document["contracts"])),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        raise ValueError
    return "".join(sign for sign in value if sign.isprintable())


def _token(value: Any) -> str:
    if not isinstance(value, str) or TOKEN.fullmatch(value) is None:
        raise _fault(
            "A row has no token. Expected are 64 signs from 0 to 9 and a to f.",
            "token_unknown",
        )
    return value


def _line(row: Mapping[str, Any]) -> Line:
    if row["what"] not in ("activity", "outcome", "cover"):
        raise ValueError
    return Line(
        token=_token(row["token"]),
        contract=_text(row["contract"]),
        what=row["what"],
        day=date.fromisoformat(row["day"]),
        last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        natures=tuple(map(_text, row["natures"])),
        is_for_new_work=row["is_for_new_work"] is True,
    )


def _terms(row: Mapping[str, Any]) -> Terms:
    return Terms(
        contract=_text(row["contract"]),
        kind=_text(row["kind"]),
        exclusive_with=frozenset(map(_text, row["exclusive_with"])),
        complementary_with=frozenset(map(_text, row["complementary_with"])),
    )


def lines_of(
    tokens: Mapping[str, str], entries: Iterable[Entry], spans: Iterable[Span]
) -> tuple[Line, ...]:
    """Return what is asked for the people of some tokens; `tokens` is person by token."""
    of_person = {person: token for token, person in tokens.items()}
    found = [
        Line(
            token=of_person[entry.person],
            contract=entry.contract,
            what=entry.what,
            day=entry.day,
            natures=tuple(sorted(entry.natures)),
            is_for_new_work=entry.is_for_new_work,
        )
        for entry in entries
        if entry.person in of_person
    ]
    found += [
        Line(
            token=of_person[span.person],
            contract=span.contract,
            what="cover",
            day=span.first_day,
            last_day=span.last_day,
        )
        for span in spans
        if span.person in of_person
    ]
    return tuple(found)


# What the two sides ask money for at once.


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """That a line of ours meets what the other side asks for; `entry` empty is a warning.

    `against` names the contract and the organisation, and no more.
    """

    rule: Rule
    entry: str
    person: str
    against: str


def meetings(
    handed: Handed,
    tokens: Mapping[str, str],
    entries: Sequence[Entry],
    spans: Sequence[Span],
    terms: Mapping[str, Terms],
) -> tuple[Meeting, ...]:
    """Return where lines of ours meet theirs, by the rules that hold within one house.

    `tokens` is person by token. Lines of the other side under a token that we have not
    are left out. The order of what is given does not matter.
    """
    named = _names(handed)
    theirs = [line for line in handed.lines if line.token in tokens]
    met = conflicts(
        [*entries, *_their_entries(theirs, tokens, named)],
        [*spans, *_their_spans(theirs, tokens, named)],
        _joint_terms(handed, terms, named),
    )
    foreign = set(named.values())
    found = set()
    for one in met:
        others = foreign & set(one.contracts)
        if not set(one.contracts) - foreign:
            continue  # theirs alone
        ours = [key for key in one.entries if not key.startswith(THEIRS)]
        for against in others:
            found |= {
                Meeting(one.rule, key, one.person, against) for key in ours or [""]
            }
    return tuple(sorted(found))


def _names(handed: Handed) -> dict[str, str]:
    """Return their contracts under names that no contract of ours has."""
    known = {line.contract for line in handed.lines}
    known |= {each.contract for each in handed.terms}
    return {name: f"{name} ({handed.organisation})" for name in known}


def _their_entries(
    lines: Iterable[Line], tokens: Mapping[str, str], named: Mapping[str, str]
) -> list[Entry]:
    return [
        Entry(
            key=f"{THEIRS}{number}",
            what=line.what,
            natures=frozenset(line.natures),
            event=f"{THEIRS}{number}",
            person=tokens[line.token],
            case="",
            day=line.day,
            payer="",
            contract=named[line.contract],
            is_for_new_work=line.is_for_new_work,
        )
        for number, line in enumerate(lines)
        if line.what != "cover"
    ]


def _their_spans(
    lines: Iterable[Line], tokens: Mapping[str, str], named: Mapping[str, str]
) -> list[Span]:
    return [
        Span(
            contract=named[line.contract],
            payer="",
            person=tokens[line.token],
            case="",
            first_day=line.day,
            last_day=line.last_day,
        )
        for line in lines
        if line.what == "cover"
    ]


def _joint_terms(
    handed: Handed, ours: Mapping[str, Terms], named: Mapping[str, str]
) -> dict[str, Terms]:
    """Return the terms of both sides, theirs under the names that they have here.

    A file names contracts as they are called everywhere, so what ours says of one of
    theirs holds for it, and the other way round.
    """
    joint = {
        name: replace(
            each,
            exclusive_with=each.exclusive_with | _also(each.exclusive_with, named),
            complementary_with=each.complementary_with
            | _also(each.complementary_with, named),
        )
        for name, each in ours.items()
    }
    for each in handed.terms:
        joint[named[each.contract]] = replace(each, contract=named[each.contract])
    return joint


def _also(names: Iterable[str], named: Mapping[str, str]) -> frozenset[str]:
    return frozenset(named[name] for name in names if name in named)
