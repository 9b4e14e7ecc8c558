"""A form that is sent twice saves once, whoever sends it and however quickly."""

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponseRedirect
from django.test import RequestFactory
from django.urls import resolve, reverse

from braid.access import sending
from braid.access.models import Organisation, SentForm
from braid.people.models import Note
from tests.factories.access import OrganisationFactory, UserFactory

WRITE = "/log/note/"


def key_of(page: str) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page).group(1)


def typed(world, key, **given):
    return {
        "form_key": key,
        "person": world.pat_episode.pk,
        "day": "2026-10-05",
        "kind": "conversation",
        "text": "He would like to bake.",
        **given,
    }


def notes():
    return Note.objects.system("test").count()


def said(client):
    return client.get(reverse("desk:today")).content.decode()


@pytest.fixture
def key(as_):
    return key_of(as_("ada").get(WRITE).content.decode())


def test_every_form_that_is_shown_has_a_key_of_its_own(as_):
    ada = as_("ada")
    assert len({key_of(ada.get(WRITE).content.decode()) for _ in range(3)}) == 3


def test_sent_twice_it_is_saved_once_and_answered_as_the_first_time(world, as_, key):
    ada = as_("ada")
    first = ada.post(WRITE, typed(world, key))
    second = ada.post(WRITE, typed(world, key))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert notes() == 1
    assert "This was saved already." in said(ada)


def test_in_the_dialog_too(world, as_, key):
    ada = as_("ada")
    inside = {"HX-Request": "true", "HX-Target": "dialog-body"}
    answers = [ada.post(WRITE, typed(world, key), headers=inside) for _ in range(2)]
    assert answers[0]["HX-Redirect"] == answers[1]["HX-Redirect"]
    assert notes() == 1


def test_a_form_with_a_mistake_can_be_mended_and_sent(world, as_, key):
    ada = as_("ada")
    assert ada.post(WRITE, typed(world, key, text="")).status_code == 422
    assert not SentForm.objects.exists()
    assert ada.post(WRITE, typed(world, key)).status_code == 302
    assert notes() == 1


def test_two_forms_save_two(world, as_, key):
    ada = as_("ada")
    ada.post(WRITE, typed(world, key))
    ada.post(WRITE, typed(world, key_of(ada.get(WRITE).content.decode())))
    assert notes() == 2


def test_the_key_of_somebody_else_opens_and_saves_nothing(world, as_, key):
    as_("ada").post(WRITE, typed(world, key))
    answer = as_("ben").post(WRITE, typed(world, key, person=world.pat_episode.pk))
    assert answer.status_code == 400
    assert notes() == 1


def test_a_refused_act_leaves_no_key_and_keeps_its_entry_in_the_audit(world, as_):
    key = str(uuid4())
    ola = as_("ola")
    answer = ola.post(WRITE, typed(world, key))
    assert answer.status_code in (403, 404, 422)
    assert not SentForm.objects.exists()


def test_what_breaks_while_saving_leaves_nothing(world, as_, key, monkeypatch):
    from braid.people import commands

    def breaks(**given):
        raise ValueError

    ada = as_("ada")
    ada.raise_request_exception = False
    monkeypatch.setattr(commands, "write_note", breaks)
    assert ada.post(WRITE, typed(world, key)).status_code == 500
    monkeypatch.undo()
    assert ada.post(WRITE, typed(world, key)).status_code == 302
    assert notes() == 1


def test_old_keys_are_forgotten(world):
    now = datetime(2026, 10, 5, 4, tzinfo=UTC)
    for days in (1, 3):
        SentForm.objects.create(
            pk=uuid4(), user=world.ada.user, saved_at=now - timedelta(days=days)
        )
    assert sending.forget_old(now) == 1
    assert SentForm.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_save_once():
    """Two threads send one form; what it saves here is an organisation."""
    user = UserFactory()
    key = str(uuid4())
    both, met = threading.Barrier(2), threading.local()
    answers = []

    def view(request):
        OrganisationFactory()
        return HttpResponseRedirect("/there/")

    def send():
        try:
            request = RequestFactory().post("/here/", {"form_key": key})
            request.user = user
            request.session = {}
            request._messages = mock.Mock()
            request.resolver_match = resolve("/log/note/")
            for _attempt in range(100):
                try:
                    answers.append(middleware(request))
                    return
                except OperationalError:  # a database in memory does not wait
                    time.sleep(0.05)
        finally:
            connection.close()

    def called(request):
        if not hasattr(met, "once"):
            met.once = True
            both.wait(timeout=30)
        return middleware.process_view(request, view, (), {}) or view(request)

    middleware = sending.SentOnceMiddleware(called)
    threads = [threading.Thread(target=send) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer["Location"] for answer in answers] == ["/there/", "/there/"]
    assert Organisation.objects.count() == 1
    assert SentForm.objects.count() == 1
