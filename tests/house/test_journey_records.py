"""Every record of the field has its place, and every model of the rooms its record."""

from django.apps import apps

from braid.access.records import Scoped
from tests.house.journey_records import BESIDES, RECORDS
from tests.house.reference_pages import tables_by_model

ROOMS = ("documents", "people", "work", "benefits", "teamwork")


def test_there_are_twenty_five_and_each_is_kept_or_says_why_not():
    assert [record.number for record in RECORDS] == list(range(1, 26))
    for record in RECORDS:
        told = [bool(record.models), bool(record.derived), bool(record.missing)]
        assert sum(told) == 1, record.name


def test_every_model_of_the_rooms_belongs_to_a_record_or_stands_beside():
    kept = {
        model._meta.label
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if issubclass(model, Scoped)
    }
    of_records = {name for record in RECORDS for name in record.models}
    assert kept - of_records == BESIDES
    assert not BESIDES & of_records
    for name in of_records:
        apps.get_model(name)


def test_a_record_that_is_evidence_for_an_item_reaches_the_facts():
    tables = tables_by_model()
    silent = {
        record.number
        for record in RECORDS
        if record.items
        and record.models
        and not any(tables.get(name) for name in record.models)
        and not record.without_facts
    }
    assert silent == set()


def test_the_items_are_those_of_the_scale():
    items = {item for record in RECORDS for item in record.items}
    assert items <= set(range(1, 26))
    # Generalists (2) and the agency's focus (10) follow from no single record.
    assert set(range(1, 26)) - items == {2, 10}
