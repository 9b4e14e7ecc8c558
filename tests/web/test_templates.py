"""Templates keep the house's rules, and error pages work when little else does."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

import braid.web
from braid.web.templatetags.braid_web import icon_names

TEMPLATES = Path(braid.web.__file__).parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "web" / "components").glob("*.html"))
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_script_or_foreign_host(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*src)", text
    )
    assert not re.search(r"(?:src|href|action)=.https?:", text)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_says_first_what_it_wants(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(("{# ", "{% comment %}\n"))
    assert not re.search(
        r"\{#[^#}]*\n", text
    )  # Django knows no such comment of two lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_icons_of_a_template_are_in_the_sprite(path: Path):
    named = re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    assert set(named) <= icon_names()


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_neither_request_nor_context(name: str):
    html = get_template(name).render()
    assert "<h1>" in html and 'href="/"' in html
    assert '<html lang="en' in html


def test_the_error_handlers_find_our_pages(rf: RequestFactory):
    request = rf.get("/nowhere/")
    fault = ValueError("x")
    answers = {
        400: defaults.bad_request(request, fault),
        403: defaults.permission_denied(request, fault),
        404: defaults.page_not_found(request, fault),
        500: defaults.server_error(request),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert b"site-header" in answer.content
    assert b"The form was too old" in csrf_failure(request).content
