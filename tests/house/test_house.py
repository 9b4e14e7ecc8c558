"""The house keeps its own rules: factories, closed managers, one policy, clean files."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

from tests.factories import FACTORIES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "braid"
# The shell and the invented region set up people with roles; wording may say the word.
MAY_NAME_ROLES = ("access", "site")
PAGE_FOLDERS = {"templatetags", "views", "presenters", "forms"}
PAGES = {"views.py", "forms.py", "presenters.py", "tables.py", "log.py", "person.py"}


def python_files():
    return sorted(
        path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts
    )


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in found if path.exists()]


def test_every_model_has_a_factory():
    ours = {
        model for model in apps.get_models() if model.__module__.startswith("braid.")
    }
    assert ours - set(FACTORIES) == set()


@pytest.mark.django_db
def test_every_factory_makes_a_row():
    for factory in FACTORIES.values():
        assert factory().pk


def test_only_access_decides_by_role():
    deciding = []
    for path in python_files():
        if path.relative_to(SOURCE).parts[0] in MAY_NAME_ROLES:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names_role = isinstance(node, ast.Attribute) and (
                isinstance(node.value, ast.Name) and node.value.id == "Role"
            )
            compares_role = isinstance(node, ast.Compare) and any(
                isinstance(side, ast.Attribute) and side.attr == "role"
                for side in (node.left, *node.comparators)
            )
            if compares_role or (names_role and not _adds_a_member(path)):
                deciding.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert deciding == []


def _adds_a_member(path):
    """A roster names the unit's specialists, who are made with that role."""
    return path.parent.name == "commands" and path.parent.parent.name == "exchange"


def test_pages_never_query_by_themselves():
    found = []
    for path in python_files():
        parts = path.relative_to(SOURCE).parts
        is_page = path.name in PAGES or PAGE_FOLDERS & set(parts)
        if not is_page:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in {
                "objects",
                "_base_manager",
            }:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_every_scoped_model_says_what_it_is_about():
    from braid.access.records import Scoped

    silent = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Scoped)
        and any(
            field.name in {"episode", "applicant", "job"}
            for field in model._meta.fields
        )
        and model.information is None
    ]
    assert silent == []


def test_templates_hold_no_style_script_or_foreign_address():
    forbidden = re.compile(
        r'\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)|https?://(?!www\.w3\.org)'
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in SOURCE.rglob("*.html")
        for match in forbidden.finditer(path.read_text())
    ]
    assert found == []


def test_requirements_hold_no_address_and_are_hashed():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        # Packages may be called httpx or httpcore; an address has a colon behind.
        assert not re.search(r"https?:|://|index-url|find-links", text)
        assert text.count("==") <= text.count("--hash=sha256")


def test_no_file_names_a_registry_or_this_machine():
    hosts = re.compile(
        "|".join(
            ("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs")
        )
    )
    places = re.compile(r"(?<![\w./])/" + r"(?:work|root|home)/\w+")
    found = []
    for path in tracked_files():
        if (
            path.suffix in {".woff2", ".png", ".mo", ".xlsx", ".csv"}
            or "vendor" in path.parts
        ):
            continue
        text = path.read_text("utf-8", errors="ignore")
        if hosts.search(text) or places.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []
