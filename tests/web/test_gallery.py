"""The gallery shows every component, and its small answers work without JS."""

import re
from pathlib import Path

import pytest
from django.test import Client

import braid.web
from braid.web.gallery.views import ERRORS

FOR_DIALOG = {"HX-Request": "true", "HX-Target": "dialog-body"}
RIGHT = {"name": "Bed 90", "keeper": "Tove", "kind": "roots", "size": "s"}
COMPONENTS = Path(braid.web.__file__).parent / "templates" / "web" / "components"


def test_the_gallery_shows_every_component(client: Client):
    client.get("/gallery/message/")  # so that there are messages to show
    used = {
        template.name
        for page in ("", "confirm/", "empty/")
        for template in client.get(f"/gallery/{page}").templates
    }
    expected = {f"web/components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert expected <= used


def test_ids_of_the_gallery_are_unique(client: Client):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/gallery/").content.decode())
    assert len(ids) > 40
    assert sorted(ids) == sorted(set(ids))


def test_the_gallery_loads_nothing_from_elsewhere(client: Client):
    html = client.get("/gallery/").content.decode()
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert " style=" not in html


@pytest.mark.parametrize("path", ["form", "confirm"])
def test_the_same_address_is_a_page_and_a_fragment(client: Client, path: str):
    page = client.get(f"/gallery/{path}/").content.decode()
    fragment = client.get(f"/gallery/{path}/", headers=FOR_DIALOG).content.decode()
    assert "<!DOCTYPE html>" in page and page.count("<h1>") == 1
    assert "<html" not in fragment and 'id="dialog-title"' in fragment
    assert "data-dialog-close" in fragment


def test_a_wrong_form_comes_back_into_the_dialog_with_its_errors(client: Client):
    answer = client.post("/gallery/form/", {**RIGHT, "name": ""}, headers=FOR_DIALOG)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in html and "<html" not in html


def test_a_right_form_ends_in_a_toast_with_undo(client: Client):
    answer = client.post("/gallery/form/", RIGHT, headers=FOR_DIALOG)
    assert answer["HX-Redirect"] == "/gallery/"
    html = client.get("/gallery/").content.decode()
    toast = html[html.index('class="toast show toast-success"') :][:900]
    assert "The bed was added." in toast
    assert '<form method="post" action="/gallery/message/">' in toast
    assert "data-toast-leaves" not in toast  # a way back does not slip away


def test_messages_come_in_every_level(client: Client):
    html = client.get("/gallery/message/", follow=True).content.decode()
    levels = re.findall(r'class="toast show toast-(\w+)"', html)
    assert levels == ["success", "warning", "error", "success"]
    assert html.count("data-toast-leaves") == 1
    assert 'aria-live="polite"' in html


def test_progress_stops_asking_when_it_is_done(client: Client):
    headers = {"HX-Request": "true"}
    going = client.get("/gallery/progress/?at=10", headers=headers).content.decode()
    done = client.get("/gallery/progress/?at=80", headers=headers).content.decode()
    assert 'hx-trigger="load delay:2s"' in going and 'value="44"' in going
    assert "hx-get" not in done and 'value="100"' in done
    assert "<html" not in going
    assert "<html" in client.get("/gallery/progress/").content.decode()


def test_earlier_entries_are_a_page_that_holds_the_same_component(client: Client):
    html = client.get("/gallery/timeline/").content.decode()
    assert html.count('<li class="timeline-entry') == 4
    assert 'hx-select=".timeline > li"' in client.get("/gallery/").content.decode()


def test_a_table_sorts_pages_and_says_so(client: Client):
    html = client.get("/gallery/?sort=-size&page=2").content.decode()
    assert html.count('aria-sort="descending"') == 1
    assert "Page 2 of 3" in html
    assert "?sort=-size&amp;page=3" in html
    assert 'data-label="Square metres"' in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_can_be_looked_at(client: Client, name: str):
    answer = client.get(f"/gallery/error/{name}/")
    assert answer.status_code == int(name[:3])
    assert b"<h1>" in answer.content
