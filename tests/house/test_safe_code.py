"""What the code itself must not do: mark text as safe, build queries out of what is sent."""

import ast
import re
from functools import cache

import pytest

from tests.house.test_house import SOURCE, python_files

# Text that is marked as safe, and why it is.
MAY_MARK_SAFE = {
    "fidelity/report/profile.py": "a drawing made of shapes and escaped text",
    "web/charts/drawing.py": "a drawing written anew from shapes and escaped text",
    "web/pictures/qr.py": "a drawing made of numbers; its title is escaped",
    "web/templatetags/braid_web.py": "our own templates, and one word of HTML",
}
# Names of columns that come from tables of our own, never from what somebody sends.
MAY_UNPACK = {
    "benefits/commands/calculations.py": "inputs and rules, named there",
    "people/commands/enquiries.py": "fields of a wish, named by the page that asks",
    "people/facts_events.py": "columns of the facts, named there",
    "people/queries/own_steps.py": "columns named there",
    "people/queries/profile.py": "columns and the section asked for, named there",
    "people/queries/talks.py": "the section that is asked for, named there",
    "work/facts_events.py": "columns of the facts, named there",
    "work/facts_jobs.py": "columns of the facts, named there",
    "work/queries/month.py": "days of a month, named there",
    "work/queries/time.py": "days of a week, named there",
    "access/changes.py": "values of an edit, named by the command that calls it",
    "access/consent.py": "the parts of an agreement, named there",
    "access/reviewing.py": "columns named there",
    "access/rotation.py": "columns that the rooms declare with their keys",
    "access/scopes.py": "the closed manager hands on what its caller wrote",
    "exchange/figures/gaps.py": "sums made from a closed list of figures",
    "exchange/known.py": "columns named there",
    "exchange/commands/updating.py": "fields of the importer's own records",
    "facts/measuring.py": "sums made from a closed vocabulary",
    "people/queries/caseload.py": "expressions of the rooms above",
    "people/queries/records.py": "expressions of the rooms above",
    "people/sections.py": "columns named there",
}
# Statements that are put together: of our own words, every value in a placeholder.
MAY_BUILD_SQL = {
    "access/audit.py": "columns of one model",
    "access/grants.py": "names of tables and of a role, quoted",
    "access/lines.py": "two whole statements, one chosen",
    "access/prepared.py": "the statement that Django made",
    "access/queries.py": "as many placeholders as there are keys",
    "access/rows.py": "columns of a model",
    "exchange/commands/writing.py": "columns of a model",
    "facts/comparing.py": "tables and columns of the schema",
    "funding/candidates.py": "tables of the schema, columns and kinds, quoted",
    "funding/many.py": "units, quoted",
    "funding/reading.py": "tables and columns of the schema, units and kinds quoted",
    "facts/engine.py": "statements that Ibis made",
    "facts/deriving.py": "names of three tables",
    "facts/extraction.py": "statements that Django made",
    "facts/foreign.py": "tables and columns of the schema",
    "facts/hashing.py": "tables of the schema",
    "facts/journal.py": "the name of one table",
    "facts/renewing.py": "tables and columns of the schema",
    "facts/watching.py": "tables and columns of models",
    "site/backups.py": "names of tables that SQLite tells",
}
READS = {
    *("filter", "exclude", "annotate", "alias", "order_by", "extra", "aggregate"),
    *("values", "values_list", "update", "get"),
}
SENT = {"GET", "POST", "FILES", "META", "headers", "COOKIES", "cleaned_data", "data"}


@cache
def calls(path):
    """Return every call in a file, with the name of what is called."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found.append((node, name))
    return found


def where(path):
    return path.relative_to(SOURCE).as_posix()


def is_constant(node):
    if isinstance(node, ast.Constant):
        return True
    name = getattr(node, "id", getattr(node, "attr", ""))
    if isinstance(node, ast.Subscript):
        return is_constant(node.value)
    return bool(name) and name.strip("_").isupper()


def unpacked(call):
    """Yield what a call unpacks into names of columns: `**these`, `*these`."""
    yield from (one.value for one in call.keywords if one.arg is None)
    yield from (one.value for one in call.args if isinstance(one, ast.Starred))


def is_ours(node):
    """Say whether names of columns are written out, or made by a function beside."""
    if isinstance(node, ast.Dict):
        return True
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "").startswith("_")
    return is_constant(node)


def test_no_text_is_marked_as_safe_but_ours():
    marked = {
        where(path)
        for path in python_files()
        for _node, name in calls(path)
        if name in {"mark_safe", "SafeString", "SafeText"}
    }
    assert marked == set(MAY_MARK_SAFE)
    filters = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")
    templates = [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]
    assert [p.name for p in templates if filters.search(p.read_text())] == []


def test_what_is_put_into_html_is_put_there_by_its_arguments():
    built = [
        f"{where(path)}:{node.lineno}"
        for path in python_files()
        for node, name in calls(path)
        if name == "format_html" and not isinstance(node.args[0], ast.Constant)
    ]
    assert built == []


def test_no_names_of_columns_come_from_what_is_sent():
    unknown = {
        f"{where(path)}:{node.lineno} {ast.unparse(one)}"
        for path in python_files()
        if where(path) not in MAY_UNPACK
        for node, name in calls(path)
        if name in READS and isinstance(node.func, ast.Attribute)
        for one in unpacked(node)
        if not is_ours(one)
    }
    assert unknown == set()


def test_nothing_that_was_sent_is_unpacked_into_a_query():
    sent = {
        f"{where(path)}:{node.lineno}"
        for path in python_files()
        for node, name in calls(path)
        if name in READS | {"create", "Q", "get_or_create", "update_or_create"}
        for one in unpacked(node)
        for part in ast.walk(one)
        if isinstance(part, ast.Attribute) and part.attr in SENT
    }
    assert sent == set()


def test_no_query_is_written_by_hand():
    raw = [
        f"{where(path)}:{node.lineno} {name}"
        for path in python_files()
        for node, name in calls(path)
        if name in {"RawSQL", "raw", "extra"}
    ]
    assert raw == []


def test_statements_are_constant_or_made_of_our_own_words():
    built = {
        where(path)
        for path in python_files()
        for node, name in calls(path)
        if name in {"execute", "executemany", "executescript"}
        and isinstance(node.func, ast.Attribute)
        and node.args
        and not is_constant(node.args[0])
    }
    assert built - set(MAY_BUILD_SQL) == set()


@pytest.mark.parametrize("table", [MAY_MARK_SAFE, MAY_UNPACK, MAY_BUILD_SQL])
def test_no_exception_outlives_its_file(table):
    assert [name for name in table if not (SOURCE / name).exists()] == []
    assert all(table.values())


def test_nothing_evaluates_text():
    names = {"eval", "exec", "compile", "__import__", "loads"}
    owners = {"pickle", "marshal", "yaml", "shelve"}
    found = [
        f"{where(path)}:{node.lineno}"
        for path in python_files()
        for node, name in calls(path)
        if (isinstance(node.func, ast.Name) and name in names - {"loads"})
        or (
            isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") in owners
            and name in {"load", "loads", "unsafe_load", "full_load"}
        )
    ]
    assert found == []


def test_the_rule_about_columns_would_find_a_breach():
    tree = ast.parse("Note.objects.filter(**request.GET.dict())")
    (call,) = (n for n in ast.walk(tree) if getattr(n, "keywords", None))
    assert not all(is_ours(one) for one in unpacked(call))
