"""A pseudo-language: translated texts stand in ⟦ ⟧, what the database holds in « »."""

import gettext
import json
from pathlib import Path
from typing import Any

import allauth
import django
from django.apps import apps
from django.db import models

from tests import messages

# The fields in which people write words of their own, or names.
HELD = {
    *("name", "given_name", "family_name", "city", "address", "place_words"),
    *("contact_person", "spoke_to", "decided_by", "funder_rule", "title", "goal"),
    *("note", "text", "words", "end_words", "referral_words", "learned", "next_step"),
    *("review_words", "not_told_because", "avoid", "times", "must_haves", "topic"),
    *("in_favour", "against", "school", "help_given", "feedback", "settled_how"),
    *("triggers", "early_signs", "career_goal", "education_support", "do_differently"),
    *("person_view", "specialist_view", "employer_view", "person_decision"),
    *("payer", "conditions", "asked_of", "answered_by", "who", "to_whom", "what"),
}
# What people write where another model keeps an id under the same name.
HELD_OF = {"MonitorNote": {"question", "answer"}}
# A text that is a document in JSON: only these of its fields are names or words.
DOCUMENTS = {"Invoice": ("text", HELD | {"contact", "street", "bank"})}


class Pseudo(gettext.NullTranslations):
    """A catalogue that marks the texts it knows and lets all others stand bare."""

    def __init__(self, known: set[str]) -> None:
        super().__init__()
        self.known = known

    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]  # what stands before it is the context
        return f"⟦{text}⟧" if message in self.known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = msgid1 if n == 1 else msgid2
        return f"⟦{text}⟧" if msgid1 in self.known else text

    def language(self) -> str:
        return "da"

    def to_language(self) -> str:
        return "da"


def known_texts() -> set[str]:
    """Return the texts of our rooms, and those that the frameworks translate."""
    known = set()
    for room in messages.rooms():
        for message in messages.collected(room):
            text = message.id if isinstance(message.id, str) else message.id[0]
            known.add(f"{message.context}\x04{text}" if message.context else text)
    for package in (django, allauth):
        folder = Path(package.__file__).parent
        for path in folder.glob("**/locale/da/LC_MESSAGES/django.mo"):
            known |= _keys(path)
    return known - {""}


def _keys(path: Path) -> set[str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key if isinstance(key, str) else key[0] for key in catalogue}


def mark_the_database() -> None:
    """Put every text that somebody wrote into « », word for word."""
    for model in apps.get_models():
        if not model.__module__.startswith("braid."):
            continue
        named = HELD | HELD_OF.get(model.__name__, set())
        held = [
            field.name
            for field in model._meta.concrete_fields
            if field.name in named
            and isinstance(field, models.CharField | models.TextField)
        ]
        document, inside = DOCUMENTS.get(model.__name__, ("", set()))
        for row in model._base_manager.all() if held else ():
            texts = {name: _marked(getattr(row, name)) for name in held}
            if document:
                told = json.loads(getattr(row, document))
                texts[document] = json.dumps(_marked_inside(told, inside))
            model._base_manager.filter(pk=row.pk).update(**texts)


def _marked_inside(value: Any, names: set[str], name: str = "") -> Any:
    """Return a part of a document with the texts of some of its fields in « »."""
    if isinstance(value, dict):
        return {key: _marked_inside(one, names, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked_inside(one, names, name) for one in value]
    return _marked(value) if name in names and isinstance(value, str) else value


def _marked(text: str) -> str:
    return " ".join(f"«{word}»" for word in text.split())
