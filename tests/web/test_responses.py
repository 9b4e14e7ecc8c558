"""One template serves the page and the dialog; one answer sends both away."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from braid.web.context import page
from braid.web.responses import go, is_for_dialog

FOR_DIALOG = {"HX-Request": "true", "HX-Target": "dialog-body"}


@pytest.mark.parametrize(
    ("headers", "base"),
    [
        ({}, "web/dialog_page.html"),
        ({"HX-Request": "true", "HX-Target": "progress"}, "web/dialog_page.html"),
        (FOR_DIALOG, "web/dialog.html"),
    ],
    ids=["a page", "another fragment", "the dialog"],
)
def test_the_base_follows_who_asks(
    rf: RequestFactory, headers: dict[str, str], base: str
):
    request = rf.get("/", headers=headers)
    context = page(request)
    assert context["dialog_base"] == base
    assert context["in_dialog"] is is_for_dialog(request)


def test_a_plain_request_is_redirected(rf: RequestFactory):
    answer = go(rf.post("/"), "/beds/")
    assert (answer.status_code, answer["Location"]) == (302, "/beds/")


def test_htmx_is_told_to_leave_the_page(rf: RequestFactory):
    answer = go(rf.post("/", headers=FOR_DIALOG), "/beds/")
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/beds/"


def test_htmx_is_told_no_part_of_a_page(rf: RequestFactory):
    """On the page where it stands, a browser would scroll there and load nothing."""
    answer = go(rf.post("/beds/", headers=FOR_DIALOG), "/beds/#free")
    assert answer["HX-Redirect"] == "/beds/"
    assert go(rf.post("/beds/"), "/beds/#free")["Location"] == "/beds/#free"


def test_a_page_without_navigation_shows_none(request_of_page: HttpRequest):
    html = render_to_string("web/base.html", {}, request_of_page)
    assert "site-nav" not in html and "log-button" not in html
    assert 'class="skip-link" href="#main"' in html
    assert '<main id="main"' in html


@pytest.mark.parametrize(
    ("count", "more"),
    [(5, 0), (6, 1)],
    ids=["five fit the thumb", "the rest behind More"],
)
def test_navigation_of_a_phone(request_of_page: HttpRequest, count: int, more: int):
    nav = [{"label": f"N{n}", "url": f"/{n}/"} for n in range(count)]
    html = render_to_string("web/base.html", {"nav": nav}, request_of_page)
    assert html.count('popovertarget="nav-more"') == more
    assert all(f'href="/{n}/"' in html for n in range(count))


def test_scripts_carry_the_nonce_of_the_answer(client: Client):
    answer = client.get("/gallery/")
    html = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    scripts = html.count("<script")
    assert scripts >= 5
    nonce = html.split('nonce="', 1)[1].split('"', 1)[0]
    assert html.count(f'nonce="{nonce}"') == scripts
    assert f"'nonce-{nonce}'" in policy
