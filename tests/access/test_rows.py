"""Many rows at once are the rows that the model would have written one by one."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.utils import timezone

from braid.access import rows
from braid.access.rows import insert
from braid.work.models import Contact, Employer, EmployerContact, Job, JobTerms
from tests.factories.work import EmployerFactory, JobFactory

TEST = "a look from the test"
TOLD = {
    Contact: {"day": date(2026, 2, 28), "minutes": 45, "note": "Met “outside”, 5 %."},
    EmployerContact: {"day": date(2026, 2, 28), "with_hiring_role": True},
    Job: {"first_day": date(2026, 2, 28), "title": "Bager", "open_to_all": False},
}


@pytest.fixture
def of(world):
    """What each model needs besides: the unit or an episode, by its id."""
    episode = {"episode_id": world.pat_episode.pk}
    return {
        Contact: episode,
        Job: episode,
        EmployerContact: {"unit_id": world.north.pk},
    }


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model.__name__)
def test_a_row_is_as_the_model_would_have_made_it(of, model):
    told = TOLD[model] | of[model]
    one_by_one = model.objects.create(**told)
    insert(model, list(told), [tuple(told.values())])
    at_once = model.objects.system(TEST).exclude(pk=one_by_one.pk).get()
    assert model_to_dict(at_once) == model_to_dict(
        model.objects.system(TEST).get(pk=one_by_one.pk)
    )
    assert isinstance(at_once.pk, UUID)
    assert at_once.row_version == 1
    assert abs(at_once.created_at - timezone.now()).total_seconds() < 60


def test_what_all_rows_share_is_said_once(world):
    names = [("Bageriet",), ("Kroen",)]
    insert(Employer, ["name"], names, unit_id=world.north.pk, city="Lyngholt")
    found = Employer.objects.system(TEST).values_list("name", "city", "unit_id")
    assert set(found) == {(name, "Lyngholt", world.north.pk) for (name,) in names}


@pytest.mark.parametrize("batch", [1, 2, 7], ids=lambda n: f"{n} a batch")
def test_rows_come_through_whole_in_batches(world, monkeypatch, batch):
    monkeypatch.setattr(rows, "BATCH", batch)
    made = ((f"Employer {number}",) for number in range(7))
    insert(Employer, ["name"], made, unit_id=world.north.pk)
    assert Employer.objects.system(TEST).count() == 7


def test_a_decimal_keeps_the_places_of_its_field(world):
    job = JobFactory(episode=world.pat_episode)
    insert(
        JobTerms,
        ["job_id", "first_day", "weekly_hours"],
        [(job.pk, date(2026, 3, 2), Decimal("18.5000"))],
    )
    terms = JobTerms.objects.system(TEST).get(job=job)
    assert (terms.weekly_hours, terms.pay) == (Decimal("18.50"), None)


def test_no_rows_are_no_statement(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Employer, ["name"], [], unit_id=world.north.pk)


def test_the_database_refuses_what_it_would_refuse_one_by_one(world):
    job = JobFactory(episode=world.pat_episode)
    reversed_ = (job.pk, date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(JobTerms, ["job_id", "first_day", "last_day"], [reversed_])


def test_an_id_given_is_the_id_kept(world):
    shop = EmployerFactory(unit=world.north)
    key = uuid4()
    insert(
        Employer,
        ["id", "name", "parent_id"],
        [(key, "Branch", shop.pk)],
        unit_id=world.north.pk,
    )
    assert Employer.objects.system(TEST).get(pk=key).parent_id == shop.pk
