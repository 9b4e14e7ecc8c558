"""The words around the program are true: links lead on, examples run, lists are whole."""

import ast
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from itertools import pairwise
from pkgutil import walk_packages

import click
import pytest
import yaml

import braid
from braid.kernel.errors import BraidError
from braid.method.clocks import KINDS
from braid.method.competitive import JobFacts, Switches, competitive, start_counts
from braid.packs import jurisdictions
from tests.house import reference_pages
from tests.house.reference_pages import REFERENCE, ROOT

SOURCE = ROOT / "src" / "braid"
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = r"^```(\w*)\n(.*?)^```$"
FENCE = re.compile(FENCED, re.DOTALL | re.MULTILINE)
RUN = re.compile(r"^<!-- run(?:: (.+?))? -->\n" + FENCED, re.DOTALL | re.MULTILINE)


def by_name(path):
    return str(path.relative_to(ROOT))


def table_rows(text):
    """Yield the cells of each line of the tables in a text, headings left out."""
    lines = [line.strip() for line in text.splitlines()]
    for before, line in pairwise(lines):
        is_row = line.startswith("|") and set(line) - set("|- ")
        if is_row and before.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


# Links and paths


def without_code(page):
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text()))


def anchors(page):
    """Return the anchors of a page's headings, as its host makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in bare}


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_link_leads_somewhere(page):
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page)):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_file_that_is_named_exists(page):
    named = re.findall(r"`((?:src|tests|docs|bench)/[\w/.\-]+)`", page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


# Examples


def marked(page):
    """Return what a page marks to be run: what goes before it, its language, itself."""
    return RUN.findall(page.read_text())


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if marked(page)], ids=by_name)
def test_examples_run(page, tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    programs = os.path.dirname(sys.executable)
    environment = {
        "PATH": os.pathsep.join((programs, os.environ["PATH"])),
        "BRAID_DATA": str(tmp_path / "var"),
    }
    for before, language, example in marked(page):
        scripts = [["sh", "-euc", before]] if before else []
        shells = {"sh": ["sh", "-euc"], "python": [sys.executable, "-c"]}
        scripts.append([*shells[language], example])
        for script in scripts:
            done = subprocess.run(
                script, cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, (example, done.stdout, done.stderr)


def example_commands():
    """Yield each use of `braid` in the fenced examples, with the page it stands on."""
    for page in PAGES:
        for language, example in FENCE.findall(page.read_text()):
            for line in example.splitlines() if language == "sh" else ():
                words = shlex.split(line, comments=True) if "<<" not in line else []
                if words and words[0] in {"braid", ".venv/bin/braid"}:
                    yield pytest.param(words[1:], id=f"{by_name(page)}: {line.strip()}")


@pytest.mark.parametrize("words", list(example_commands()))
def test_examples_use_commands_and_options_that_exist(words):
    from braid.site.cli import main

    command = main
    while isinstance(command, click.Group):
        command, words = command.commands[words[0]], words[1:]
    known = {name for option in command.params for name in option.opts}
    known |= {name for option in command.params for name in option.secondary_opts}
    used = {word for word in words if word.startswith("--")}
    assert used <= known


# The glossary


def glossary():
    """Yield word, names in code, Danish word and names that are not used."""
    for cells in table_rows((ROOT / "GLOSSARY.md").read_text()):
        word, _meaning, code, danish, others = cells
        yield word, re.findall(r"`([^`]+)`", code), danish, others.split(", ")


def names_given():
    """Yield every name that our code gives to something, with the file it stands in."""
    for path in SOURCE.rglob("*.py"):
        # A roster speaks the service's own words until they are read.
        if "migrations" in path.parts or "roster" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name, path
            elif isinstance(node, ast.arg):
                yield node.arg, path
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, path


def test_every_word_of_the_glossary_is_used():
    kinds = (".py", ".yaml", ".html")
    files = [path for path in SOURCE.rglob("*") if path.suffix in kinds]
    used = set(re.findall(r"\w+", " ".join(path.read_text() for path in files)))
    unused = [word for word, names, *_ in glossary() if not set(names) & used]
    assert unused == []


def test_no_word_stands_twice_in_the_glossary():
    words = [word for word, *_ in glossary()]
    assert len(words) == len(set(words)) > 70


def test_nothing_is_named_by_a_word_that_the_glossary_sets_aside():
    own = {name.lower() for _word, names, *_ in glossary() for name in names}
    aside = {o.replace(" ", "_") for *_, others in glossary() for o in others if o}
    pattern = re.compile(rf"(?:^|_)(?:{'|'.join(sorted(aside))})s?(?:_|$)")
    found = {
        f"{by_name(path)}: {name}"
        for name, path in names_given()
        if name.lower() not in own
        and pattern.search(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())
    }
    assert found == set()


def test_roles_are_called_in_danish_what_the_danish_pack_calls_them():
    pack = jurisdictions.get("dk")
    spoken = {word.replace(" ", "_"): danish for word, _, danish, _ in glossary()}
    words = {role: pack.role_word(role, "da") for role in pack.roles}
    assert {role: spoken.get(role) for role in words} == words


# Decisions


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=by_name)
def test_a_decision_has_every_part(path):
    text = path.read_text()
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.search(r"^Status: (Accepted|Superseded by \d{4}), \d{4}-", text, re.M)
    assert re.findall(r"^## (.+)$", text, re.M) == [
        "Context",
        "Decision",
        "Refused options",
        "Consequences",
        "How it is checked",
    ]
    title = text.splitlines()[0].removeprefix("# ")
    line = f"- [{title[:4]}]({path.name}) {title[5:]}\n"
    assert line in (path.parent / "index.md").read_text()


# The reference


def test_what_is_made_whole_is_what_the_code_makes():
    files = reference_pages.files()
    for path, text in files.items():
        assert path.read_text() == text, "python -m tests.house.reference_pages"
    folder = REFERENCE / "facts"
    assert set(folder.iterdir()) == {path for path in files if path.parent == folder}


@pytest.mark.parametrize("page", reference_pages.pages(), ids=by_name)
def test_what_is_generated_has_not_fallen_behind(page):
    text = page.read_text()
    assert text == reference_pages.rewritten(text), (
        "python -m tests.house.reference_pages"
    )


def test_every_command_has_its_heading():
    text = (REFERENCE / "command-line.md").read_text()
    described = set(re.findall(r"^## (braid .+)$", text, re.M))
    assert described == {name for name, _command in reference_pages.commands()}


def test_every_variable_of_the_environment_is_described():
    variable = re.compile(r"\bBRAID_[A-Z_]+\b")
    read = set(variable.findall((SOURCE / "site" / "environment.py").read_text()))
    rows = table_rows((REFERENCE / "environment.md").read_text())
    described = {name for cells in rows for name in variable.findall(cells[0])}
    assert described == read


def error_codes():
    """Return the code of every error of ours; all modules are loaded for it."""
    for module in walk_packages(braid.__path__, "braid."):
        if ".migrations" not in module.name:
            import_module(module.name)
    found, waiting = set(), [BraidError]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found |= {kind.code for kind in kinds if kind.__module__.startswith("braid.")}
    return found


def test_every_error_has_its_cure():
    rows = table_rows((REFERENCE / "errors.md").read_text())
    cures = {cells[0].strip("`"): cells[2] for cells in rows}
    assert set(cures) == error_codes()
    assert all(cures.values())


def test_every_clock_says_what_stops_it():
    by_hand = (REFERENCE / "clocks.md").read_text().partition("<!-- end -->")[2]
    assert [cells[0].strip("`") for cells in table_rows(by_hand)] == list(KINDS)


# The decision table of competitive employment, as its page tells it

ORDINARY = JobFacts(
    placement="competitive",
    permanence="permanent",
    open_to_all=True,
    at_least_minimum=True,
    going_rate=True,
    employer_of_record="employer",
    normal_rights=True,
)
SPOKEN = {"yes": True, "no": False, "?": None}


def vectors(name):
    text = (REFERENCE / "competitive-employment.md").read_text()
    part = text.partition(f"<!-- vectors: {name} -->")[2].partition("\n## ")[0]
    return [pytest.param(*cells[1:], id=cells[0]) for cells in table_rows(part)]


@pytest.mark.parametrize(("given", "cls", "counts", "flags"), vectors("class"))
def test_a_vector_of_the_decision_table(given, cls, counts, flags):
    said = dict(pair.split("=") for pair in given.split())
    profile = said.pop("profile", "strict")
    switch = said.pop("switch", None)
    switches = Switches(**{switch: True}) if switch else Switches()
    job = replace(ORDINARY, **{name: SPOKEN.get(x, x) for name, x in said.items()})
    verdict = competitive(job, switches, profile)
    assert (verdict.cls, verdict.counts) == (cls, SPOKEN[counts])
    assert " ".join(verdict.flags) == flags


@pytest.mark.parametrize(
    ("hours", "first", "last", "as_of", "starts", "flag"), vectors("start")
)
def test_a_vector_of_job_starts(hours, first, last, as_of, starts, flag):
    start = start_counts(
        None if hours == "?" else Decimal(hours),
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
        Decimal(4),
        date.fromisoformat(as_of),
    )
    assert (start.counts, start.flag) == (SPOKEN[starts], flag)


# The changelog and the site


def test_the_changelog_has_its_four_parts():
    unreleased = (ROOT / "CHANGELOG.md").read_text().split("\n## ")[1]
    assert unreleased.startswith("Unreleased\n")
    parts = re.findall(r"^### (.+)$", unreleased, re.M)
    assert parts == ["New", "Changed", "Mended", "Results that change"]


def test_every_page_is_in_the_navigation():
    def listed(entry):
        if isinstance(entry, str):
            yield entry
        else:
            for part in entry.values() if isinstance(entry, dict) else entry:
                yield from listed(part)

    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    pages = {str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").rglob("*.md")}
    assert set(listed(site["nav"])) == pages
