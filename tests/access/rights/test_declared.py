"""Every table about people says why it is kept, on which basis and how long."""

import pytest
from django.apps import apps
from django.db import models

from braid.access import declared
from braid.access.declared import Held
from braid.access.models import Membership, User
from braid.access.policy import Information
from braid.access.rights import labels, relations
from braid.packs import jurisdictions

ABOUT_PEOPLE = [*relations.paths(), User, Membership]


def by_label(model):
    return model._meta.label


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=by_label)
def test_a_table_about_people_declares_every_column(model):
    columns = declared.columns(model)
    known = {rule.kind for rule in jurisdictions.get("default").retention}
    assert columns
    assert {one.retention for one in columns} <= known
    assert all(one.information in Information for one in columns)


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=by_label)
def test_every_column_has_words_that_can_be_translated(model):
    technical = declared.of(model).technical | {"id", "row_version", "password"}
    silent = [
        one.name
        for one in model._meta.concrete_fields
        if one.name not in technical and not labels.has_words(one)
    ]
    assert silent == []


def test_what_is_declared_exists():
    for label, held in declared.tables().items():
        model = apps.get_model(label)
        names = {one.name for one in model._meta.concrete_fields}
        named = held.technical | set(held.parts) | set(held.opened)
        assert named <= names, label


def test_a_table_that_nobody_declared_is_refused():
    class Forgotten(models.Model):
        applicant_id = models.UUIDField()

        class Meta:
            app_label = "access"
            managed = False

        def __str__(self):
            return ""

    try:
        assert relations._own_path(Forgotten) == ("applicant_id",)
        with pytest.raises(LookupError, match="declares nothing"):
            declared.columns(Forgotten)
    finally:
        del apps.all_models["access"]["forgotten"]
        apps.clear_cache()


def test_a_column_of_another_class_says_so(monkeypatch):
    from braid.people.models import Episode

    classes = {one.column: one.information for one in declared.columns(Episode)}
    assert classes["goal"] == Information.WORK_GOALS
    assert classes["referred_on"] == Information.ATTENDANCE


def test_a_column_without_a_class_is_refused(monkeypatch):
    monkeypatch.setitem(declared._held, "access.user", Held("Somebody"))
    with pytest.raises(LookupError, match="no class of information"):
        declared.columns(User)
