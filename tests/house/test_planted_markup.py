"""Markup that people type is shown as they typed it: no page makes elements of it."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from tests.crawl import opened, things_of
from tests.documents.test_commands import add

PAYLOADS = (
    "<xss1>",
    '"><xss2>',
    "'><xss3>",
    "</title><xss4>",
    "</textarea><xss5>",
    "</script><xss6>",
    "--><xss7>",
    '" onxss8="1',
    "' onxss9='1",
    " onxss10=1 ",
    "<svg/onload=xss11>",
    "<img src=x onerror=xss12>",
    "javascript:xss13",
    "&lt;xss14&gt;",
    "<xss15",
    "<<xss16>>",
    "</style><xss17>",
    "<![CDATA[<xss18>]]>",
    "`><xss19>",
    '<iframe srcdoc="xss20">',
    "</option></select><xss21>",
    "</a><a href=javascript:xss22>",
    "%(name)s<xss23>",
    "{{ 7|add:7 }}<xss24>",
    "<math><xss25>",
)
# Columns that are no words of anybody: keys, hashes, codes, what is sealed.
NO_WORDS = (
    *("slug", "hash", "key", "token", "digest", "sha256", "media_type", "file_name"),
    *("encrypted", "masked", "email", "password", "country", "language", "purpose"),
    *("signature", "record_kind", "layout", "fingerprint", "system", "codename"),
    *("register", "wording", "action", "request_id", "device", "phone", "period"),
)


class Met(HTMLParser):
    """Collects what planted markup has become, and how often it stands as text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.made, self.shown, self.raw = [], 0, False

    def handle_starttag(self, tag, attrs):
        if tag.startswith("xss") or tag in {"iframe", "math"}:
            self.made.append(tag)
        for name, value in attrs:
            said = (value or "").strip().casefold()
            if name.startswith("onxss") or (name.startswith("on") and "xss" in said):
                self.made.append(name)
            if name in {"href", "src", "action", "hx-get"} and said.startswith("java"):
                self.made.append(f"{name} {said}")
            self.shown += "xss" in said

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.shown += "xss" in data


def look(answer):
    met = Met()
    met.feed(answer.content.decode())
    met.close()
    return met


def is_words(field):
    return (
        isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and type(field).__module__.startswith("django.")
        and (field.max_length or 1000) >= 30
        and not any(part in field.name for part in NO_WORDS)
    )


def payload(number, room):
    """Return as many payloads as there is room for, beginning with another each time."""
    text = ""
    for n in range(len(PAYLOADS)):
        more = PAYLOADS[(number + n) % len(PAYLOADS)]
        if len(text) + len(more) > room:
            break
        text += more
    return text or "<xss>"[:room]


def plant(turn):
    """Put payloads in every column of words of every row; return how many columns."""
    planted = set()
    for model in apps.get_models():
        if not model.__module__.startswith("braid."):
            continue
        fields = [f for f in model._meta.local_fields if is_words(f)]
        for number, row in enumerate(models.QuerySet(model).order_by("pk")):
            for place, field in enumerate(fields):
                room = field.max_length or 2000
                said = payload(turn + number * 7 + place * 3, room)
                try:
                    with transaction.atomic():
                        same = models.QuerySet(model).filter(pk=row.pk)
                        same.update(**{field.name: said})
                    planted.add(f"{model._meta.label}.{field.name}")
                except IntegrityError:
                    continue  # a column that must be unique keeps its words
                except Exception as error:
                    if "append" not in str(error) and "written once" not in str(error):
                        raise
    return planted


@pytest.mark.parametrize(
    ("member", "turn"), [("ada", 0), ("ben", 6), ("sam", 12), ("pat_account", 18)]
)
def test_no_page_makes_elements_of_what_people_typed(world, as_, member, turn):
    keys = things_of(world)
    add(world.ada, world, kind="work_goals")
    planted = plant(turn)
    assert len(planted) > 20
    client = as_(member)
    client.raise_request_exception = False
    made, shown = {}, 0
    for name, _address, answer in opened(client, keys, {"account_logout"}):
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        assert answer.status_code != 500, name
        met = look(answer)
        shown += met.shown
        if met.made:
            made[name] = met.made
    assert made == {}
    assert shown > 10


@pytest.mark.parametrize("said", PAYLOADS)
def test_a_form_shows_again_what_was_typed_as_text(world, as_, said):
    ada = as_("ada")
    found = look(ada.post(reverse("desk:search"), {"q": said}))
    assert found.made == []
    if said.strip():
        assert found.shown
    sent = {"given_name": said, "family_name": said, "words": said, "birth_date": said}
    refused = ada.post(reverse("people:refer"), sent)
    assert refused.status_code == 422
    assert look(refused).made == []


def test_what_runs_would_be_found():
    for bad in ("<xss1>", '<a href="javascript:xss">', '<p onxss8="1">', "<iframe>"):
        met = Met()
        met.feed(bad)
        assert met.made
