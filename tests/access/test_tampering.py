"""Whoever changes the log in the database file is found, and the line is named.

The anchors are what somebody else keeps: a tail that is cut with its head, an old backup
put back, and a chain that an insider computes anew all agree with themselves. What came
after the last anchor can be taken away unnoticed; hence one anchor an hour.
"""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from braid.access import audit, chain, lines
from braid.access.models import AuditHead
from braid.access.policy import Actor, Information, Role
from braid.access.verifying import MARK, Chain, Damage, Head, Line, Root, linking, walk

TRIALS = 2200
LINES = 60
ANCHORED = (20, 45)
BEGAN = datetime(2026, 10, 5, 7, tzinfo=UTC)
NUMBERS = ("consent_number", "count")
KEYS = ("actor_id", "applicant_key", "holder_id", "glass_id")


def key(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def write_log(dice: random.Random) -> list[UUID]:
    """Write the log of three organisations through the one door, in turns."""
    organisations = [key(dice) for _ in range(3)]
    with time_machine.travel(BEGAN, tick=False) as clock:
        for _ in range(LINES):
            for organisation in dice.sample(organisations, 3):
                clock.shift(timedelta(microseconds=dice.randrange(1, 10**9)))
                record_one(dice, organisation)
    return organisations


def record_one(dice: random.Random, organisation: UUID) -> None:
    actor = Actor(id=key(dice), role=dice.choice(list(Role)), organisation=organisation)
    if dice.random() < 0.3:
        people = [key(dice) for _ in range(dice.randrange(4))]
        audit.record_list(actor, "caseload_opened", people, (Information.JOBS,))
        return
    audit.record(
        actor,
        dice.choice(["person_opened", "note_written", "grüße_öffnet", 'a"b\\c\n']),
        applicant=key(dice),
        holder=dice.choice([None, key(dice)]),
        information=dice.sample(list(Information), 2),
        ground=dice.choice(["own_care", "consent", ""]),
        consent_number=dice.choice([None, 7]),
        glass=dice.choice([None, key(dice)]),
        outcome=dice.choice(["done", "refused"]),
    )


class Log:
    """A copy of the log's file, open to an intruder: no trigger, no constraint."""

    def __init__(self, path, organisations, roots):
        self.path, self.organisations, self.roots = path, organisations, roots
        self.file = sqlite3.connect(path, isolation_level=None)

    def ask(self, statement, *values):
        return self.file.execute(statement.replace("%s", "?"), values).fetchall()

    def row(self, organisation, number):
        (found,) = self.ask(
            "SELECT id FROM access_auditentry WHERE organisation_id = ? "
            "AND sequence = ?",
            organisation.hex,
            number,
        )
        return found[0]

    def set(self, row, column, value):
        self.ask(
            f'UPDATE access_auditentry SET "{column}" = ? WHERE id = ?', value, row
        )

    def get(self, row, column):
        asked = f'SELECT "{column}" FROM access_auditentry WHERE id = ?'
        return self.ask(asked, row)[0][0]

    def take_away(self, organisation, first, last=LINES):
        self.ask(
            "DELETE FROM access_auditentry WHERE organisation_id = ? "
            "AND sequence BETWEEN ? AND ?",
            organisation.hex,
            first,
            last,
        )

    def shift(self, organisation, first, by):
        self.ask(
            "UPDATE access_auditentry SET sequence = sequence + ? "
            "WHERE organisation_id = ? AND sequence >= ?",
            by,
            organisation.hex,
            first,
        )

    def chain(self, organisation):
        def read(first):
            query, values = lines.statement(organisation, first)
            return [Line(row[0], row[1], row[2:]) for row in self.ask(query, *values)]

        heads = self.ask(
            "SELECT sequence, hash FROM access_audithead WHERE organisation_id = ?",
            organisation.hex,
        )
        head = Head(*heads[0]) if heads else None
        return Chain(lines.COLUMNS, read, head, self.roots[organisation])

    def set_head(self, organisation):
        last = [*self.chain(organisation).lines(1)][-1]
        self.ask(
            "UPDATE access_audithead SET sequence = ?, hash = ? "
            "WHERE organisation_id = ?",
            last.sequence,
            last.hash,
            organisation.hex,
        )

    def chain_anew(self, organisation, first):
        """Compute every hash from a line on, and the head: as an insider can."""
        link = linking(lines.COLUMNS)
        read = [*self.chain(organisation).lines(1)]
        previous = read[first - 2].hash if first > 1 else chain.BEGIN
        for line in read[first - 1 :]:
            previous = link(previous, line.values)
            self.set(self.row(organisation, line.sequence), "hash", previous)
        self.set_head(organisation)


@pytest.fixture
def log(db, tmp_path):
    """Return what opens one more copy of the log's file."""
    dice = random.Random(4)
    organisations = write_log(dice)
    base = tmp_path / "log.sqlite3"
    with closing(sqlite3.connect(base)) as file:
        for table in ("access_auditentry", "access_audithead"):
            copy_table(file, table)
    roots = {one: anchors(one) for one in organisations}

    def opened(number):
        copy = tmp_path / f"copy-{number % 2}.sqlite3"
        shutil.copyfile(base, copy)
        return Log(copy, organisations, roots)

    return opened


def copy_table(file, table):
    with connection.cursor() as cursor:
        rows = cursor.execute(f"SELECT * FROM {table}").fetchall()
        names = [column[0] for column in cursor.description]
    columns = ", ".join(f'"{name}"' for name in names)
    file.execute(f"CREATE TABLE {table} ({columns})")
    places = ", ".join("?" * len(names))
    file.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    file.commit()


def anchors(organisation):
    hashes = [line.hash for line in lines.lines(organisation)]
    found, first = [], 1
    for number in ANCHORED:
        marks = b"".join(bytes.fromhex(one[: 2 * MARK]) for one in hashes[first - 1 :])
        marks = marks[: (number - first + 1) * MARK]
        found.append(Root(number, hashes[number - 1], first, marks))
        first = number + 1
    return found


def other(dice, column, value):
    """Return another value that could stand in a column."""
    if column in NUMBERS:
        return dice.choice([None, 0, 3, 99]) if value is None else value + 1
    if column in KEYS:
        return None if value and dice.random() < 0.3 else key(dice).hex
    if column == "at":
        moved = datetime.fromisoformat(value) + timedelta(
            microseconds=dice.choice([1, 10**9])
        )
        return str(moved)
    if column == "hash":
        return chain.link(value, {})
    return f"{value}x" if dice.random() < 0.5 or not value else value[:-1] or "y"


# Each does harm to one organisation's chain and returns the damage (any, where None) and
# the line at which it must be found.


def deletes_a_line(dice, log, whose):
    number = dice.randrange(1, LINES + 1)
    log.take_away(whose, number, number)
    return (Damage.CUT if number == LINES else Damage.MISSING), number


def edits_a_field(dice, log, whose):
    number = dice.randrange(1, LINES + 1)
    row = log.row(whose, number)
    others = ("organisation_id", "sequence")
    column = dice.choice(
        [name for name in [*lines.COLUMNS, "hash"] if name not in others]
    )
    value = log.get(row, column)
    changed = other(dice, column, value)
    if (changed or None) == (value or None) and changed != 0:
        changed = 5 if column in NUMBERS else "something"
    log.set(row, column, changed)
    return Damage.CHANGED, number


def edits_a_number(dice, log, whose):
    number, new = dice.sample(range(1, LINES + 1), 2)
    log.set(log.row(whose, number), "sequence", new)
    return (Damage.FORKED if new < number else None), min(number, new)


def gives_a_line_to_others(dice, log, whose):
    number = dice.randrange(1, LINES)
    log.set(log.row(whose, number), "organisation_id", key(dice).hex)
    return Damage.MISSING, number


def swaps_two_lines(dice, log, whose):
    one, two = sorted(dice.sample(range(1, LINES + 1), 2))
    rows = log.row(whose, one), log.row(whose, two)
    log.set(rows[0], "sequence", two)
    log.set(rows[1], "sequence", one)
    return Damage.OUT_OF_ORDER, one


def swaps_what_two_lines_say(dice, log, whose):
    one, two = sorted(dice.sample(range(1, LINES + 1), 2))
    rows = log.row(whose, one), log.row(whose, two)
    for column in [*lines.COLUMNS, "hash"]:
        if column not in ("organisation_id", "sequence"):
            values = [log.get(row, column) for row in rows]
            log.set(rows[0], column, values[1])
            log.set(rows[1], column, values[0])
    return Damage.OUT_OF_ORDER, one


def cuts_the_tail(dice, log, whose):
    number = dice.randrange(1, LINES + 1)
    log.take_away(whose, number)
    return Damage.CUT, number


def cuts_the_tail_and_mends_the_head(dice, log, whose):
    number = dice.randrange(2, ANCHORED[-1] + 1)
    log.take_away(whose, number)
    log.set_head(whose)
    return Damage.CUT, number


def puts_a_line_beside(dice, log, whose):
    number = dice.randrange(1, LINES + 1)
    copy_line(dice, log, log.row(whose, number))
    return Damage.FORKED, number


def puts_a_line_between(dice, log, whose):
    number = dice.randrange(1, LINES)
    log.shift(whose, number + 1, 1)
    copy_line(dice, log, log.row(whose, number), sequence=number + 1)
    return Damage.OUT_OF_ORDER, number + 1


def copy_line(dice, log, row, **values):
    new = 10**6 + dice.randrange(10**6)
    names = ", ".join(f'"{name}"' for name in [*lines.COLUMNS, "hash"])
    log.ask(
        f"INSERT INTO access_auditentry (id, {names}) "
        f"SELECT {new}, {names} FROM access_auditentry WHERE id = ?",
        row,
    )
    for column, value in {"action": "forged", **values}.items():
        log.set(new, column, value)


def adds_a_line_at_the_end(dice, log, whose):
    copy_line(dice, log, log.row(whose, LINES), sequence=LINES + 1)
    return Damage.CHANGED, LINES + 1


def adds_a_chained_line_without_the_head(dice, log, whose):
    copy_line(dice, log, log.row(whose, LINES), sequence=LINES + 1)
    read = log.chain(whose).lines(1)
    new = linking(lines.COLUMNS)(read[-2].hash, read[-1].values)
    log.set(log.row(whose, LINES + 1), "hash", new)
    return Damage.HEAD, LINES + 1


def puts_back_an_old_backup(dice, log, whose):
    number = dice.randrange(1, ANCHORED[-1])
    for organisation in log.organisations:
        log.take_away(organisation, number + 1)
        log.set_head(organisation)
    return Damage.CUT, number + 1


def deletes_the_chain(dice, log, whose):
    log.take_away(whose, 1)
    log.ask("DELETE FROM access_audithead WHERE organisation_id = ?", whose.hex)
    return Damage.CUT, 1


def changes_the_head(dice, log, whose):
    log.ask(
        "UPDATE access_audithead SET hash = ? WHERE organisation_id = ?",
        "f" * 64,
        whose.hex,
    )
    return Damage.HEAD, LINES


def deletes_the_head(dice, log, whose):
    log.ask("DELETE FROM access_audithead WHERE organisation_id = ?", whose.hex)
    return Damage.HEAD, LINES


def rewrites_a_field(dice, log, whose):
    number = dice.randrange(1, ANCHORED[-1] + 1)
    log.set(log.row(whose, number), "action", "nothing_happened")
    log.chain_anew(whose, number)
    return Damage.REWRITTEN, number


def rewrites_without_a_line(dice, log, whose):
    number = dice.randrange(1, ANCHORED[-1] + 1)
    log.take_away(whose, number, number)
    log.shift(whose, number + 1, -1)
    log.chain_anew(whose, number)
    return Damage.REWRITTEN, number


INTRUDERS = (
    deletes_a_line,
    edits_a_field,
    edits_a_field,
    edits_a_field,
    edits_a_number,
    gives_a_line_to_others,
    swaps_two_lines,
    swaps_what_two_lines_say,
    cuts_the_tail,
    cuts_the_tail_and_mends_the_head,
    puts_a_line_beside,
    puts_a_line_between,
    adds_a_line_at_the_end,
    adds_a_chained_line_without_the_head,
    puts_back_an_old_backup,
    deletes_the_chain,
    changes_the_head,
    deletes_the_head,
    rewrites_a_field,
    rewrites_without_a_line,
)


def test_a_log_that_nobody_touched_is_whole(log):
    copy = log(0)
    for organisation in copy.organisations:
        found = walk(copy.chain(organisation))
        assert (found.damage, found.lines, found.root) == (None, LINES, ANCHORED[-1])


def test_every_tampering_is_found_and_its_line_named(log):
    dice = random.Random(20261005)
    missed = []
    for trial in range(TRIALS):
        copy = log(trial)
        whose = dice.choice(copy.organisations)
        intruder = INTRUDERS[trial % len(INTRUDERS)]
        damage, line = intruder(dice, copy, whose)
        found = walk(copy.chain(whose))
        is_named = damage is None or found.damage is damage
        roots = [one for one in (0, *ANCHORED) if one < line]
        if not is_named or found.line != line or found.root != roots[-1]:
            missed.append((trial, intruder.__name__, damage, line, found))
        copy.file.close()
    assert missed == []


def test_other_chains_stay_whole(log):
    copy = log(0)
    first, second, third = copy.organisations
    rewrites_a_field(random.Random(1), copy, second)
    assert walk(copy.chain(second)).damage is Damage.REWRITTEN
    assert walk(copy.chain(first)).damage is None
    assert walk(copy.chain(third)).damage is None


def test_without_anchors_a_rewritten_chain_cannot_be_told(log):
    copy = log(0)
    whose = copy.organisations[0]
    rewrites_a_field(random.Random(1), copy, whose)
    copy.roots[whose] = []
    assert walk(copy.chain(whose)).damage is None


def test_a_walk_from_the_middle_follows_the_line_before(log):
    copy = log(0)
    whose = copy.organisations[0]
    read = copy.chain(whose)
    previous = read.lines(1)[29].hash
    found = walk(read, 31, previous)
    assert (found.damage, found.lines) == (None, LINES - 30)
    log_row = copy.row(whose, 40)
    copy.set(log_row, "role", "")
    found = walk(read, 31, previous)
    assert (found.damage, found.line) == (Damage.CHANGED, 40)


@given(
    st.dictionaries(
        st.sampled_from(["action", "role", "count", "ground", "digest", "system"]),
        st.one_of(st.none(), st.integers(), st.text()),
    )
)
def test_the_fast_link_is_the_link(entry):
    columns = ["sequence", *entry]
    values = [5, *entry.values()]
    expected = chain.link(chain.BEGIN, {"sequence": 5, **entry})
    assert linking(columns)(chain.BEGIN, values) == expected


def test_every_line_links_as_it_was_written(db):
    (first, *_) = write_log(random.Random(7))
    head = AuditHead.objects.get(pk=first)
    assert head.sequence == LINES
    assert walk(lines.chain(first)).damage is None
