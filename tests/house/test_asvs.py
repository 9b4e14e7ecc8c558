"""Every requirement of the standard has a test that is there, or a reason."""

import ast
import re
from functools import cache

import pytest

from braid.access import accounts, commands, glass
from braid.access.sign_in import outgoing
from braid.documents import rules
from braid.exchange.roster.reading import sheets
from braid.kernel import archives
from braid.site import environment
from braid.site import settings as site
from tests.house import asvs
from tests.house.reference_pages import ROOT

ROWS = asvs.rows()
PROVED = [
    pytest.param(key, test, id=f"{key} {test.rpartition('::')[2]}")
    for key, row in ROWS.items()
    for test in row.get("tests", [])
]
DECISIONS = asvs.FOLDER / "decisions.md"
MB = 1024**2


@cache
def names_in(path):
    """Return the names of the tests of a file, parametrised ones by their function."""
    return {
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_list_is_that_of_the_standard():
    levels = list(asvs.LEVELS.values())
    assert [levels.count(level) for level in (1, 2, 3)] == [70, 183, 92]
    assert {key for key, level in asvs.LEVELS.items() if level == 3} >= asvs.ALSO


def test_every_requirement_has_its_row():
    assert set(ROWS) == asvs.WANTED
    assert {key: row["level"] for key, row in ROWS.items()} == {
        key: asvs.LEVELS[key] for key in ROWS
    }
    assert list(ROWS) == [key for key in asvs.LEVELS if key in ROWS]


@pytest.mark.parametrize("key", ROWS)
def test_a_row_has_tests_or_a_reason(key):
    row = ROWS[key]
    assert set(row) <= {"level", "about", "tests", "reason", "open"}
    assert ("tests" in row) != ("reason" in row)
    assert row["about"].strip()
    if "tests" in row:
        assert row["tests"] and len(set(row["tests"])) == len(row["tests"])
        assert "open" not in row
    else:
        assert row["reason"].endswith(".")
        assert row.get("open", True) is True


@pytest.mark.parametrize(("key", "test"), PROVED)
def test_a_test_that_is_named_is_there(key, test):
    path, _, name = test.partition("::")
    assert name.startswith("test_")
    assert (ROOT / path).exists()
    assert name in names_in(path)


def test_the_counts_on_the_page_are_those_of_the_rows():
    page = asvs.INDEX.read_text()
    assert page == asvs.rewritten(page), "python -m tests.house.asvs"
    assert all(f"<!-- generated: {name} -->" in page for name in asvs.PARTS)
    # Shown with -s: rows, proved by tests, with a reason, open.
    print("ASVS 5.0:", *asvs.counted(list(ROWS.values())))


def test_what_must_be_written_down_is():
    """Rows that ask for words name this test; a heading of the page answers each."""
    page = DECISIONS.read_text()
    wanted = [
        key for key, row in ROWS.items() if asvs.WRITTEN_DOWN in row.get("tests", [])
    ]
    sections = re.split(r"^## ", page, flags=re.M)[1:]
    told = {}
    for section in sections:
        heading, _, text = section.partition("\n")
        for key in re.findall(r"\d+\.\d+\.\d+", heading):
            told[key] = len(text.split())
    assert set(told) == set(wanted)
    assert min(told.values()) > 30


def of(limit):
    """Return the counts of allauth's limits by place and by key, as they are written."""
    by = {part.rpartition("/")[2]: part.rpartition("/")[0] for part in limit.split(",")}
    return f"{by['key']}, {by['ip']}"


FIGURES = {
    "shortest password": site.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"],
    "wrong tries": of(site.ACCOUNT_RATE_LIMITS["login_failed"]),
    "minutes without use": (environment.LONGEST_IDLE, site.SESSION_COOKIE_AGE // 3600),
    "minutes that a factor": site.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
    "days of an invitation": (commands.INVITATION_DAYS, accounts.DAYS),
    "wrong birth dates": accounts.TRIES,
    "applicants opened": site.BRAID_READ_BUDGET,
    "emergency searches": glass.SEARCHES,
    "minutes of emergency": (
        glass.OPEN_FOR.total_seconds() // 60,
        glass.REVIEW_WITHIN.total_seconds() // 3600,
    ),
    "MB of a document": (rules.MAX_BYTES // MB, rules.MAX_UNPACKED // MB),
    "million pixels": rules.MAX_PIXELS // 1_000_000,
    "MB of a list": (
        sheets.MAX_BYTES // MB,
        archives.MAX_UNPACKED // 1024 // MB,
        archives.MAX_PARTS,
    ),
    "rows and columns": (sheets.MAX_ROWS, sheets.MAX_COLUMNS),
    "MB of any other": site.DATA_UPLOAD_MAX_MEMORY_SIZE // MB,
    "seconds for a provider": (outgoing.SECONDS, outgoing.LARGEST // 1_000_000),
}


def in_words(value):
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(one if isinstance(one, str) else f"{one:,.0f}" for one in values)


def test_figures_on_the_page_are_those_of_the_program():
    table = DECISIONS.read_text().partition("## The figures")[2]
    said = dict(re.findall(r"^\| (\w.*?) \| (\d.*?) \|$", table, re.M))
    assert len(said) == len(FIGURES)
    for name, value in FIGURES.items():
        (shown,) = (given for label, given in said.items() if label.startswith(name))
        assert shown == in_words(value), name


def test_days_are_promised_in_which_a_hole_is_mended():
    text = (ROOT / "SECURITY.md").read_text()
    promised = text.partition("## Within how many days")[2].partition("\n## ")[0]
    said = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", promised, re.M))
    within = {"answer": "2 working days", "library": "30 days", "Django": "48 hours"}
    for what, days in within.items():
        assert [value for key, value in said.items() if what in key] == [days]


def test_it_is_said_how_to_report_a_hole():
    text = (ROOT / "SECURITY.md").read_text()
    assert "## Report a hole" in text
    assert "SECURITY.md" in asvs.INDEX.read_text()
