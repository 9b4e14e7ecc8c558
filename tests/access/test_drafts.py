"""What somebody types is there again, for them alone, until it is saved or forgotten."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from braid.access import drafts, keyring, rotation, subject_keys
from braid.access.models import Draft
from braid.access.rights import erasing
from tests.access.test_sending import WRITE, key_of, typed

LONG = "Vil gerne arbejde. 🥐 مرحبا <b>bold</b> " * 600  # some 20 kB


def keep(client, text=LONG, *, form=WRITE, key=None, **given):
    fields = [*given.items(), ["text", text]]
    body = {
        "form": form,
        "form_key": key or str(uuid4()),
        "fields": json.dumps([[name, str(value)] for name, value in fields]),
    }
    return client.post("/drafts/", body)


def shown(client, address=WRITE):
    return client.get(address).content.decode()


@pytest.fixture
def begun(world, as_):
    answer = keep(as_("ada"), person=world.pat_episode.pk, kind="conversation")
    assert answer.status_code == 204
    return Draft.objects.get()


def test_ada_closes_the_tab_and_finds_what_she_typed_on_another_device(as_, begun):
    page = shown(as_("ada"))
    assert "You began this and did not save it." in page
    assert "Vil gerne arbejde" not in page
    taken = shown(as_("ada"), f"{WRITE}?draft=1")
    assert "مرحبا &lt;b&gt;bold&lt;/b&gt;" in taken
    assert "🥐" in taken
    assert taken.count("Vil gerne arbejde.") == 600
    assert str(begun.applicant_id) not in taken


def test_nobody_else_is_offered_it(as_, begun):
    assert "You began this" not in shown(as_("ben"))


def test_it_is_sealed_with_the_key_of_the_person_chosen(world, begun):
    assert begun.applicant_id == world.pat.pk
    assert b"bake" not in bytes(begun.sealed)
    with pytest.raises(subject_keys.NotSealedSo):
        subject_keys.unseal(world.pat.pk, begun.sealed, use=f"draft:{uuid4()}")


def test_typed_again_it_takes_the_place_of_what_was_kept(world, as_, begun):
    keep(as_("ada"), "Shorter.", person=world.pat_episode.pk)
    assert Draft.objects.count() == 1
    assert "Shorter." in shown(as_("ada"), f"{WRITE}?draft=1")


def test_saved_it_is_gone(world, as_, begun):
    ada = as_("ada")
    ada.post(WRITE, typed(world, key_of(shown(ada))))
    assert not Draft.objects.exists()


def test_a_form_that_was_not_taken_keeps_it(world, as_, begun):
    ada = as_("ada")
    ada.post(WRITE, typed(world, key_of(shown(ada)), text=""))
    assert Draft.objects.exists()


def test_what_comes_after_the_form_was_saved_is_not_kept(world, as_):
    ada = as_("ada")
    key = key_of(shown(ada))
    ada.post(WRITE, typed(world, key))
    assert keep(ada, key=key, person=world.pat_episode.pk).status_code == 204
    assert not Draft.objects.exists()


def test_thrown_away_it_is_gone_and_the_form_is_there(as_, begun):
    answer = as_("ada").post("/drafts/away/", {"form": WRITE})
    assert answer["Location"] == WRITE
    assert not Draft.objects.exists()


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example"])
def test_throwing_away_leads_nowhere_else(as_, where):
    assert as_("ada").post("/drafts/away/", {"form": where})["Location"] == "/"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        pytest.param("/nowhere/", 404, id="no page"),
        pytest.param("/account/login/", 404, id="signing in"),
        pytest.param(f"/people/{uuid4()}/", 404, id="nobody"),
    ],
)
def test_what_has_no_form_keeps_nothing(as_, form, status):
    assert keep(as_("ada"), form=form).status_code == status
    assert not Draft.objects.exists()


def test_a_stranger_keeps_nothing_about_pat(world, as_):
    answer = keep(as_("ola"), person=world.pat_episode.pk)
    assert answer.status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("fields", ["", "no json", "[[1, 2]]", '{"a": "b"}', "7"])
def test_what_no_form_sends_is_refused(as_, fields):
    body = {"form": WRITE, "form_key": str(uuid4()), "fields": fields}
    assert as_("ada").post("/drafts/", body).status_code == 400


def test_more_than_a_form_holds_is_refused(as_):
    assert keep(as_("ada"), "x" * 500_001).status_code == 413


def test_the_token_and_the_key_are_not_kept(world, as_):
    keep(as_("ada"), csrfmiddlewaretoken="secret", person=world.pat_episode.pk)
    kept = Draft.objects.get()
    text = subject_keys.unseal(world.pat.pk, kept.sealed, use=f"draft:{kept.pk}")
    assert b"secret" not in text


def test_erased_with_pat_it_is_gone(world, begun):
    erasing.erase(
        actor=world.sam.actor,
        applicant_id=world.pat.pk,
        reason="asked",
        now=datetime(2026, 10, 5, 9, tzinfo=UTC),
    )
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("own_keys")
def test_about_nobody_it_stands_under_the_key_ring_and_follows_it(as_):
    keep(as_("ada"), "About nobody yet.")
    before = bytes(Draft.objects.get().sealed)
    assert b"nobody" not in before
    old = keyring.current()
    rotation.rotate(datetime(2026, 10, 5, tzinfo=UTC))
    assert not bytes(Draft.objects.get().sealed).startswith(f"{old}:".encode())
    assert rotation.under(old).get("texts begun and not sent") is None
    assert "About nobody yet." in shown(as_("ada"), f"{WRITE}?draft=1")


def test_after_two_weeks_it_is_forgotten(begun):
    saved = Draft.objects.get().saved_at
    assert drafts.forget_old(saved + timedelta(days=13)) == 0
    assert drafts.forget_old(saved + timedelta(days=15)) == 1


def test_short_forms_and_those_with_passwords_keep_nothing(as_):
    assert "data-draft" in shown(as_("ada"))
    assert "data-draft=" not in shown(as_("sam"), "/members/new-team/")
