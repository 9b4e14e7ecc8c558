"""No field of the site asks whether somebody is ready: wanting to work is enough."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.utils import translation

import braid
from braid.packs import jurisdictions

PACK = jurisdictions.load()["default"]
LANGUAGES = ("en", "da")
# What only sounds like it: the pages of the installation itself.
ROOMS = ("access", "benefits", "desk", "documents", "people", "teamwork", "work")


def every_form():
    """Return every form class of the rooms that keep something about people."""
    for room in ROOMS:
        package = importlib.import_module(f"braid.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"braid.{room}."):
            if "forms" in module.name.rpartition("braid.")[2]:
                importlib.import_module(module.name)
    found, todo = set(), [forms.BaseForm]
    while todo:
        for one in todo.pop().__subclasses__():
            todo.append(one)
            if one.__module__.startswith(f"{braid.__name__}."):
                found.add(one)
    return sorted(found, key=lambda form: (form.__module__, form.__name__))


def asked_by_forms():
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            where = f"{form.__module__}.{form.__name__}.{name}"
            yield where, (name, field.label, field.help_text)


def asked_by_records():
    for model in apps.get_models():
        if model.__module__.startswith("braid."):
            for field in model._meta.concrete_fields:
                where = f"{model._meta.label}.{field.name}"
                yield where, (field.name, field.verbose_name, field.help_text)


def readiness(language):
    return {
        (where, word)
        for asked in (asked_by_forms, asked_by_records)
        for where, texts in asked()
        for text in texts
        for word in PACK.readiness_words.in_text(
            str(text or "").replace("_", " "), language
        )
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_the_site_asks_for_readiness(language):
    with translation.override(language):
        assert readiness(language) == set()


def test_the_forms_of_the_way_in_are_among_those_looked_at():
    names = {form.__name__ for form in every_form()}
    assert {"ReferralForm", "OutsideReferralForm", "EnquiryForm", "AgainForm"} <= names


@pytest.mark.parametrize(
    ("label", "language", "is_found"),
    [
        pytest.param("Ready to work?", "en", True, id="asked in plain words"),
        pytest.param("Motivation, 1 to 10", "en", True, id="a motivation score"),
        pytest.param("Months of sobriety", "en", True, id="abstinence"),
        pytest.param("What is already done", "en", False, id="a word within another"),
        pytest.param("Parathed", "da", True, id="in Danish"),
        pytest.param("In one sentence", "en", False, id="the only question"),
    ],
)
def test_readiness_is_told_by_its_words(label, language, is_found):
    assert bool(PACK.readiness_words.in_text(label, language)) is is_found
