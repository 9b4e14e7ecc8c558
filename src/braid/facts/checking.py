"""What must hold between facts, and what should be looked at: each rule a question.

A question is SQL that finds the rows breaking the rule; a sentence says what it means.
Errors are facts that cannot be true; warnings are facts of life, or slips of the pen.
What single columns and keys must hold follows from the schema; the rest stands in RULES.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from braid.facts.faults import Severity, Violation
from braid.facts.reading import Facts
from braid.facts.schema import CODES, TABLES, Column, Table

SHOWN = 100  # rows of one rule and table; the rest is counted
YEARS = range(1900, 2201)
# What was paid, or is claimed, may be a correction of what was before.
CORRECTED = {"gross", "net", "amount"}
AHEAD = {"last_day", "calendar.day"}  # may be known beforehand


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` that `where` finds break the rule `slug`.

    `rows` is what is looked through, the table itself unless more is needed; its
    columns are the key's. `AS_OF` in `where` is the day of the facts. `needs` is another
    table without whose rows nothing can be said.
    """

    slug: str
    severity: Severity
    table: str
    where: str
    sentence: str
    rows: str = ""
    needs: str = ""


def check(facts: Facts, *, unknown: Collection[str] = ()) -> list[Violation]:
    """Return every violation in facts, errors and warnings, in the order of the tables.

    Nothing is said that needs the rows of an `unknown` table: one not wholly read.
    """
    found = values(facts)
    for rule in (*_rules_of_keys(), *RULES, *_rules_of_numbers(), *_rules_of_days()):
        if rule.needs not in unknown:
            found += _broken(facts, rule)
    order = {name: number for number, name in enumerate(TABLES)}
    return sorted(found, key=lambda violation: order[violation.table])


def values(facts: Facts) -> list[Violation]:
    """Return values that no such column can hold: unknown codes, nulls that must not be."""
    found: list[Violation] = []
    for table in TABLES.values():
        rules = [r for column in table.columns for r in _rules_of_column(table, column)]
        # One pass tells which rules are broken; mostly none is.
        counts = (f"count(*) FILTER (WHERE {rule.where})" for rule in rules)
        (row,) = facts.run_sql(f"SELECT [{', '.join(counts)}] AS n FROM {table.name}")  # noqa: S608
        for rule, broken in zip(rules, row["n"], strict=True):
            if broken:
                found += _broken(facts, rule)
    return found


def _rules_of_keys() -> Iterator[Rule]:
    """Yield that a key names one row, and that an id names one that is there."""
    for table in TABLES.values():
        if table.key:
            yield _twice(table)
        for column in table.columns:
            if column.refers:
                yield _not_found(table, column)


def _rules_of_column(table: Table, column: Column) -> Iterator[Rule]:
    where = f"{table.name}.{column.name}"
    if not column.optional:
        yield Rule(
            "missing_value",
            "error",
            table.name,
            f"{column.name} IS NULL",
            f"{where} is empty. It must be there.",
        )
    if column.codes:
        known = ", ".join(CODES[column.codes])
        listed = ", ".join(f"'{code}'" for code in CODES[column.codes])
        yield Rule(
            "unknown_code",
            "error",
            table.name,
            f"{column.name} NOT IN ({listed})",
            f"{where} holds a word that is not in its list. Known are {known}.",
        )


def _twice(table: Table) -> Rule:
    key = ", ".join(table.key)
    return Rule(
        "key_twice",
        "error",
        table.name,
        "TRUE",
        f"Two rows of {table.name} have the same {key}. Each names one row.",
        f"(SELECT {key} FROM {table.name} GROUP BY {key} HAVING count(*) > 1)",  # noqa: S608
    )


def _not_found(table: Table, column: Column) -> Rule:
    (key,) = TABLES[column.refers].key
    return Rule(
        "not_found",
        "error",
        table.name,
        f"{column.name} IS NOT NULL AND NOT EXISTS "
        f"(FROM {column.refers} AS there WHERE there.{key} = here.{column.name})",
        f"{table.name}.{column.name} names no row of {column.refers}.",
        needs=column.refers,
    )


def _broken(facts: Facts, rule: Rule) -> Iterator[Violation]:
    """Yield the rows that break a rule; beyond a number of them, how many more."""
    table = TABLES[rule.table]
    rows = rule.rows or _named(rule.table)
    where = rule.where.replace("AS_OF", f"DATE '{facts.as_of}'")
    found = facts.run_sql(
        f"SELECT {_key(table)} AS key, count(*) OVER () AS n "  # noqa: S608
        f"FROM {rows} AS here WHERE {where} ORDER BY 1 LIMIT {SHOWN}"
    )
    for row in found:
        yield Violation(rule.table, row["key"], rule.slug, rule.severity, rule.sentence)
    if found and found[0]["n"] > SHOWN:
        more = f"{rule.sentence} So do {found[0]['n'] - SHOWN} further rows."
        yield Violation(rule.table, "", rule.slug, rule.severity, more)


def _named(table: str) -> str:
    """Return the rows of a table with what names them: its key, else their number."""
    return table if TABLES[table].key else _numbered(table)


def _numbered(table: str) -> str:
    return f"(SELECT *, row_number() OVER () AS row FROM {table})"  # noqa: S608


def _key(table: Table) -> str:
    """Return the SQL of what names a row: its key, else its number."""
    if not table.key:
        return "'row ' || row"
    return " || ' ' || ".join(f"coalesce(CAST({c} AS VARCHAR), '')" for c in table.key)


def _rules_of_days() -> Iterator[Rule]:
    """Yield what holds for days of every table."""
    for table in TABLES.values():
        if {"first_day", "last_day"} <= set(table.names):
            yield Rule(
                "ends_before_start",
                "error",
                table.name,
                "last_day < first_day",
                f"{table.name}: the last day is before the first.",
            )
        for column in table.columns:
            is_ahead = column.name in AHEAD or f"{table.name}.{column.name}" in AHEAD
            if column.type == "day" and not is_ahead:
                yield Rule(
                    "in_the_future",
                    "warning",
                    table.name,
                    f"{column.name} > AS_OF",
                    f"{table.name}.{column.name} is after the day of these facts.",
                )
            if column.type == "day":
                yield _absurd(table, column, f"year({column.name})")


def _absurd(table: Table, column: Column, year: str) -> Rule:
    return Rule(
        "absurd_year",
        "warning",
        table.name,
        f"{year} NOT BETWEEN {YEARS[0]} AND {YEARS[-1]}",
        f"{table.name}.{column.name} lies before {YEARS[0]} or after {YEARS[-1]}.",
    )


def _rules_of_numbers() -> Iterator[Rule]:
    """Yield what holds for numbers: none counts or measures less than nothing."""
    for table in TABLES.values():
        for column in table.columns:
            if column.name == "birth_year":
                yield _absurd(table, column, column.name)
            elif column.type in ("number", "amount") and column.name not in CORRECTED:
                yield Rule(
                    "negative",
                    "error",
                    table.name,
                    f"{column.name} < 0",
                    f"{table.name}.{column.name} is below 0. "
                    "It cannot be less than nothing.",
                )


def _overlapping(table: str, of: str) -> str:
    """Return the rows of a table of spells, each with the last day of those before it."""
    return (
        f"(SELECT *, max(coalesce(last_day, DATE '9999-12-31')) OVER "  # noqa: S608
        f"(PARTITION BY {of} ORDER BY first_day, row "
        f"ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_ends "
        f"FROM {_numbered(table)})"
    )


def _in_episode(table: str) -> str:
    """Return the rows of a table, each with when its episode began and ended."""
    return (
        f"(SELECT t.*, e.exited_on, "  # noqa: S608
        f"least(e.referred_on, e.accepted_on, e.entered_on) AS began "
        f"FROM {_named(table)} AS t JOIN episodes AS e USING (episode_id))"
    )


HAS_SPECIALIST = (
    "EXISTS (FROM caseload AS c WHERE c.episode_id = here.episode_id "
    "AND c.staff_id IS NOT NULL AND c.first_day <= AS_OF "
    "AND (c.last_day IS NULL OR c.last_day >= AS_OF))"
)
RULES = (
    Rule(
        "two_holders",
        "error",
        "caseload",
        "first_day <= before_ends",
        "The episode is on two caseloads on one day.",
        _overlapping("caseload", "episode_id"),
    ),
    Rule(
        "overlapping_terms",
        "error",
        "job_terms",
        "first_day <= before_ends",
        "Terms of the job overlap others of the same job.",
        _overlapping("job_terms", "job_id"),
    ),
    Rule(
        "two_open_episodes",
        "error",
        "episodes",
        "TRUE",
        "The person has another open episode in the same unit.",
        "(FROM episodes WHERE exited_on IS NULL "
        "QUALIFY count(*) OVER (PARTITION BY person_key, unit_id) > 1)",
    ),
    Rule(
        "first_twice",
        "error",
        "episodes",
        "TRUE",
        "Another episode is marked as the person's first too.",
        "(FROM episodes WHERE first_of_person "
        "QUALIFY count(*) OVER (PARTITION BY person_key) > 1)",
    ),
    Rule(
        "entered_before_referred",
        "warning",
        "episodes",
        "entered_on < referred_on",
        "The first meaningful contact is before the referral.",
    ),
    Rule(
        "exited_before_accepted",
        "error",
        "episodes",
        "exited_on < accepted_on",
        "The first day off the caseload is before the day of acceptance.",
    ),
    Rule(
        "exited_before_entered",
        "warning",
        "episodes",
        "exited_on < entered_on",
        "The first day off the caseload is before the first meaningful contact.",
    ),
    *(
        Rule(
            "goes_on_after_exit",
            "error",
            table,
            "coalesce(last_day, DATE '9999-12-31') >= exited_on",
            f"The row of {table} goes on after the exit. It ends the day before the "
            "first day off.",
            _in_episode(table),
        )
        for table in ("caseload", "treatment", "casework", "status")
    ),
    Rule(
        "no_specialist",
        "warning",
        "episodes",
        "accepted_on <= AS_OF AND (exited_on IS NULL OR exited_on > AS_OF) "
        f"AND NOT {HAS_SPECIALIST}",
        "The episode is on the caseload and has no specialist.",
        needs="caseload",
    ),
    *(
        Rule(
            "outside_episode",
            "warning",
            table,
            "day < began OR day >= exited_on",
            f"The {thing} is outside its episode.",
            _in_episode(table),
        )
        for table, thing in (
            ("contacts", "contact"),
            ("employer_contacts", "employer contact"),
            ("plan_events", "event"),
        )
    ),
    Rule(
        "outside_episode",
        "warning",
        "jobs",
        "(first_day < began AND NOT held_at_referral) OR first_day >= exited_on",
        "The job began outside its episode: before it, or after the exit.",
        _in_episode("jobs"),
    ),
    Rule(
        "overlapping_areas",
        "warning",
        "residence",
        "first_day <= before_ends",
        "The person lives in two areas on one day.",
        _overlapping("residence", "episode_id"),
    ),
    Rule(
        "no_monday",
        "error",
        "log_reviews",
        "isodow(week) <> 1",
        "log_reviews.week is no Monday. A week is named by its Monday.",
    ),
    Rule(
        "no_quarter",
        "error",
        "unit_quarters",
        "NOT regexp_full_match(quarter, '[0-9]{4}Q[1-4]')",
        "unit_quarters.quarter is no quarter. Expected one such as 2026Q1.",
    ),
    Rule(
        "period_ends_before_start",
        "error",
        "evidence",
        "period_last < period_first",
        "The period that the paper is about ends before it begins.",
    ),
    Rule(
        "no_minutes",
        "warning",
        "contacts",
        "attended AND minutes = 0",
        "The contact was attended and took 0 minutes.",
    ),
    Rule(
        "no_placement",
        "warning",
        "jobs",
        "placement IS NULL",
        "The job does not say what kind of job it is.",
    ),
)
