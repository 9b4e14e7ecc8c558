"""Put the parts of a plan together: matched with what is in Braid, counted, hashed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from braid.exchange.roster.counting import count, total_rows
from braid.exchange.roster.drafts import Draft, digest
from braid.exchange.roster.faults import FIELD_BLANK, ROW_OUT, ask
from braid.exchange.roster.making import Making
from braid.exchange.roster.matching import Match, match_rows, natural_key, values_of
from braid.exchange.roster.person import Person
from braid.exchange.roster.plan import (
    AnswerFault,
    AnswerShape,
    Does,
    FileSeen,
    Finding,
    Layout,
    Need,
    Place,
    Plan,
    PlannedPerson,
    PlannedRow,
    TableSeen,
)
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.records import PersonRecord
from braid.exchange.roster.surveying import table_seen, with_names
from braid.exchange.roster.wording import N_, say

EDITED_SINCE = N_(
    "This was changed in Braid after it was imported, and the file tells otherwise. "
    "Which is right?"
)
WHICH_DAY = N_(
    "Many days lie after %(as_of)s, the day that the files are said to be of. Of which "
    "day are they?"
)
NO_TABLE = N_("The sheet “%(sheet)s” holds no table; nothing of it was read.")
NO_ROWS = N_(
    "“%(file)s” has headings and no rows yet. Write a row for each person, contact or "
    "job, save the file and bring it again."
)
MANY_AHEAD = 10
"""With so many days ahead, and one row in fifty, the day of the file is wrong."""

KEEP = AnswerShape(("keep",), "choice", ("braid", "file"))
KEEP_PERSON = AnswerShape(("keep_person",), "choice", KEEP.choices)
"""Apart from what is said of the row: one row may ask about the episode and the person."""


def assemble(making: Making, answer_faults: Sequence[AnswerFault]) -> Plan:
    """Return the plan of all that was made of the rows."""
    matches = {
        draft: _match(making, draft)
        for draft in making.everything()
        if draft in making.records and draft.stands
    }
    kinds = frozenset(source.kind for source in making.sources)
    vanished = match_rows(list(matches.values()), making.existing.rows, kinds)
    people = tuple(_people(making))
    order = _order(making)
    rows = tuple(
        sorted(
            (_row(making, d, matches.get(d)) for d in making.everything()),
            key=lambda row: order(row.place),
        )
    )
    findings = _findings(making)
    found = making.survey
    plan = Plan(
        unit=found.conventions.setup.unit,
        as_of=found.conventions.as_of,
        layout_id=found.layout_id,
        files=tuple(_file_seen(making, file) for file in found.files),
        tables=tuple(_tables(making)),
        layout=Layout(tuple(table.mapping() for table in found.tables)),
        setup=with_names(found.conventions.setup, found),
        needs=tuple(_needs(making, findings)),
        people=people,
        rows=rows,
        findings=tuple(sorted(findings, key=lambda f: order(f.place))),
        settled=tuple(s for draft in making.everything() for s in draft.settled),
        answer_faults=tuple(answer_faults),
        vanished=tuple(vanished),
        existing_episodes=making.known_episodes,
        totals=total_rows(rows),
        counts=count(rows),
        plan_hash="",
    )
    return replace(plan, plan_hash=plan_hash(plan))


def _findings(making: Making) -> list[Finding]:
    """Return what is said, once where a row tells of two kinds of thing."""
    said = [*making.findings, *(f for d in making.everything() for f in d.findings)]
    distinct = {(f.place, f.kind, f.field, f.column): f for f in reversed(said)}
    return list(reversed(distinct.values()))


def _needs(making: Making, findings: Sequence[Finding]) -> Iterator[Need]:
    """Yield what should be stated once; a wrong day of the file shows in its rows."""
    ahead = [f for f in findings if f.kind == "future_date"]
    rows = sum(1 for _ in making.everything())
    if len(ahead) >= MANY_AHEAD and len(ahead) * 50 > rows:
        as_of = making.survey.conventions.as_of.isoformat()
        yield Need("as_of", say(WHICH_DAY, as_of=as_of))
    yield from making.survey.conventions.needs.values()


def _order(making: Making) -> "_Order":
    files = {file.name: n for n, file in enumerate(making.survey.files)}
    sheets = {
        (file.name, sheet.name): n
        for file in making.survey.files
        for n, sheet in enumerate(file.sheets)
    }
    return _Order(files, sheets)


class _Order:
    """The order of places: files as given, sheets as they stand, rows from the top."""

    def __init__(
        self,
        files: Mapping[str, int],
        sheets: Mapping[tuple[str, str | None], int],
    ) -> None:
        self._files = files
        self._sheets = sheets

    def __call__(self, place: Place) -> tuple[int, int, int]:
        sheet = self._sheets[place.file, place.sheet]
        return self._files[place.file], sheet, place.row


def _match(making: Making, draft: Draft) -> Match:
    record = making.records[draft]
    owner = making.owners.get(draft)
    known = owner.existing.id if owner and owner.existing else None
    # Somebody new has nothing in Braid yet: their key keeps them apart from others.
    person = known or (f"new {owner.key}" if owner else None)
    return Match(
        draft.source.kind,
        person,
        natural_key(record),
        draft.fingerprint,
        digest(values_of(record)),
    )


def _row(making: Making, draft: Draft, match: Match | None) -> PlannedRow:
    does: Does = "reject" if draft.rejected else "wait"
    joins = making.joined.get(draft) if draft.stands else None
    if match is not None:
        does = _decided(draft, match)
    elif joins is not None:
        does = "nothing"
    owner = making.owners.get(draft)
    return PlannedRow(
        place=draft.place,
        kind=draft.source.kind,
        mark=draft.mark,
        does=does,
        person=owner.key if owner and match else None,
        key=match.key if match else "",
        occurrence=match.occurrence if match else 0,
        fingerprint=draft.fingerprint,
        values_hash=match.values_hash if match else "",
        record=making.records[draft] if match else None,
        existing=match.existing.id if match and match.existing else None,
        joins=joins,
    )


def _decided(draft: Draft, match: Match) -> Does:
    """Ask about a record that was edited in Braid since, or follow the answer."""
    if match.does != "wait":
        return match.does
    choice = draft.answer.get("keep")
    still = choice not in KEEP.choices
    fault = ask("edited_since", ROW_OUT, KEEP, EDITED_SINCE)
    draft.say(None, fault, still=still)
    return "wait" if still else "update" if choice == "file" else "nothing"


def _people(making: Making) -> Iterator[PlannedPerson]:
    """Yield the people of the caseload lists, and those whom only log rows are about."""
    placed = {person.key for person in making.owners.values()}
    for person in making.people.everybody:
        listed = [draft for draft in person.drafts if not draft.rejected]
        if not listed and person.key not in placed:
            continue
        record = person.record()
        found = digest(values_of(record))
        yield PlannedPerson(
            record,
            _does_for(making, person, record, found),
            found,
            tuple(draft.place for draft in listed),
            person.existing.id if person.existing else None,
        )


def _does_for(making: Making, person: Person, record: PersonRecord, found: str) -> Does:
    known = person.existing
    if known is None:
        told = any(draft in making.records for draft in person.drafts)
        return "create" if told and not person.waits else "wait"
    if not person.drafts or known.values_hash in ("", found):
        return "nothing"
    if not known.edited_since:
        return "update"
    draft = person.drafts[0]
    choice = draft.answer.get("keep_person")
    still = choice not in KEEP.choices
    fault = ask("person_edited_since", FIELD_BLANK, KEEP_PERSON, EDITED_SINCE)
    draft.say("last" if record.given_name else "name", fault, still=still)
    return "wait" if still else "update" if choice == "file" else "nothing"


def _tables(making: Making) -> Iterator[TableSeen]:
    sources = {id(source.recognised): source for source in making.sources}
    for table in making.survey.tables:
        yield table_seen(table, sources.get(id(table)))


def _file_seen(making: Making, file: SourceFile) -> FileSeen:
    tables = [t.table for t in making.survey.tables if t.table.file == file.name]
    with_table = {table.sheet.name for table in tables}
    bare = bool(tables) and not any(table.rows for table in tables)
    empty = tuple(
        say(NO_TABLE, sheet=sheet.name or file.name)
        for sheet in file.sheets
        if sheet.rows and sheet.name not in with_table
    )
    return FileSeen(
        file.name,
        file.sha256,
        file.size,
        file.format,
        file.encoding,
        file.delimiter,
        (*file.notes, *([say(NO_ROWS, file=file.name)] if bare else ()), *empty),
    )


def plan_hash(plan: Plan) -> str:
    """Return the digest of all that a commit of the plan turns on."""
    content = {
        "as_of": plan.as_of.isoformat(),
        "files": [file.sha256 for file in plan.files],
        "layout": plan.layout.as_dict(),
        "setup": repr(plan.setup),
        "rows": [
            [*_where(r.place), r.does, r.person, r.key, r.occurrence, r.values_hash]
            for r in plan.rows
        ],
        "findings": [[*_where(f.place), f.kind, f.field] for f in plan.findings],
        "people": [[p.record.key, p.does, p.values_hash] for p in plan.people],
        "vanished": [[v.kind, v.person, v.key, v.occurrence] for v in plan.vanished],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _where(place: Place) -> tuple[str, str | None, int]:
    return place.file, place.sheet, place.row
