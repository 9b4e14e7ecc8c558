"""A form saves the fields it shows: whatever else is sent with it changes nothing."""

from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from tests.crawl import things_of

TEXT, DAY, NUMBER = "mass-assigned", "1999-09-09", "76543210"
STRANGE = uuid4()
INVENTED = [f"invented_{n}" for n in range(50)]
ENGLISH = {"text": "Some words", "date": "2026-10-01", "number": "20", "email": ""}

# route, whose form, what it is about (a key of `things_of`, or nothing).
FORMS = [
    ("people:details", "ada", 0),
    ("people:numbers", "ada", 0),
    ("people:goal", "ada", 1),
    ("people:dates", "ada", 1),
    ("people:hold", "ada", 1),
    ("people:treatment", "ada", 1),
    ("people:state", "ada", 1),
    ("people:refusal", "ada", 1),
    ("people:end", "ada", 1),
    ("people:refer", "ada", None),
    ("work:job_edit", "ada", 2),
    ("work:terms", "ada", 2),
    ("work:absence", "ada", 2),
    ("work:employer_new", "ada", None),
    ("work:employer_edit", "ada", 4),
    ("desk:contact", "ada", 3),
    ("desk:log_contact", "ada", None),
    ("desk:log_employer", "ada", None),
    ("desk:log_job_start", "ada", None),
    ("desk:log_note", "ada", None),
    ("access:member_new", "ben", None),
    ("access:member_end", "ben", 6),
    ("access:team_new", "sam", None),
    ("desk:own_plan", "pat_account", None),
    ("desk:own_how", "pat_account", None),
    ("desk:own_requests", "pat_account", None),
    ("desk:own_blocks", "pat_account", None),
]


class Fields(HTMLParser):
    """Collects what the forms of a page would send as they stand."""

    def __init__(self):
        super().__init__()
        self.forms, self.select, self.boxes = [], None, set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.forms.append((given, {}))
        if not self.forms:
            return
        sent = self.forms[-1][1]
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "button", "file"}:
            if kind in {"radio", "checkbox"}:
                self.boxes.add(name)  # an open box is a field that is shown too
                if "checked" in given or (kind == "radio" and name not in sent):
                    sent[name] = given.get("value", "on")
            else:
                said = given.get("value") or ENGLISH.get(kind, "Some words")
                sent[name] = said
        elif tag == "textarea" and name:
            sent[name] = "Some words"
        elif tag == "select" and name:
            self.select = name
            sent.setdefault(name, "")
        elif tag == "option" and self.select and given.get("value"):
            is_chosen = "selected" in given or not sent[self.select]
            sent[self.select] = given["value"] if is_chosen else sent[self.select]

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


def form_on(page):
    """Return what the form of a page sends, and the boxes that it shows open.

    The search and the menus are left out.
    """
    met = Fields()
    met.feed(page)
    ours = [sent for given, sent in met.forms if "braid-form" in given.get("class", "")]
    return (ours[0] if ours else {}), met.boxes


def names_of_columns():
    """Return every column of every model of ours, with a value that would be seen."""
    hostile = {}
    for model in apps.get_models():
        if not model.__module__.startswith("braid."):
            continue
        for field in model._meta.concrete_fields:
            value = TEXT
            if isinstance(field, models.DateField):
                value = DAY
            elif isinstance(field, models.BooleanField):
                value = "on"
            elif isinstance(field, models.IntegerField | models.DecimalField):
                value = NUMBER
            elif isinstance(field, models.UUIDField | models.ForeignKey):
                value = str(STRANGE)
            hostile[field.name] = hostile[field.attname] = value
    return hostile


def switches():
    """Return every switch that is on, by table and column: how many."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            # A new row may begin with a switch that is on by itself.
            if isinstance(field, models.BooleanField) and field.default is not True:
                on = models.QuerySet(model).filter(**{field.name: True}).count()
                found[f"{model._meta.label}.{field.name}"] = on
    return found


def stored():
    """Return every value of every table, as text."""
    said = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said.update(str(value) for row in cursor.fetchall() for value in row)
    return said


@pytest.fixture
def keys(world):
    return things_of(world)


@pytest.mark.parametrize(("route", "member", "about"), FORMS, ids=lambda one: str(one))
def test_what_a_form_does_not_show_is_not_saved(world, as_, keys, route, member, about):
    client = as_(member)
    address = reverse(route, args=[] if about is None else [keys[about]])
    page = client.get(address)
    assert page.status_code == 200
    shown, boxes = form_on(page.content.decode())
    assert shown
    hostile = {**names_of_columns(), **dict.fromkeys(INVENTED, TEXT)}
    hostile = {
        name: value for name, value in hostile.items() if name not in boxes | set(shown)
    }
    before = switches()
    answer = client.post(address, {**hostile, **shown})
    assert answer.status_code in {200, 302, 422}
    said = stored()
    for value in (TEXT, NUMBER, STRANGE.hex, str(STRANGE)):
        assert value not in said
    assert not any(text.startswith(DAY) for text in said)
    now = switches()
    turned_on = {
        name
        for name in now
        if now[name] > before.get(name, 0) and name.rpartition(".")[2] not in shown
    }
    assert turned_on == set()


def test_most_of_the_forms_are_saved_by_that(world, as_, keys):
    """Else nothing would have been tried: the values that forms show are valid."""
    saved = []
    for route, member, about in FORMS:
        client = as_(member)
        address = reverse(route, args=[] if about is None else [keys[about]])
        page = client.get(address)
        if page.status_code != 200:
            continue  # an earlier form has ended what this one is about
        sent, _boxes = form_on(page.content.decode())
        if client.post(address, sent).status_code == 302:
            saved.append(route)
    assert len(saved) >= 12, saved
