"""Pages of imports: from the upload to the caseload, and who may come there."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.exchange.conftest import FILES, SETUP, TODAY
from tests.exchange.looking import asked, fresh, rows, url
from tests.factories.access import MembershipFactory

from braid.exchange import commands, storage
from braid.exchange.models import ImportBatch

STEPS = ("found", "once", "questions", "preview", "figures")


def upload(client, world, files=FILES, **more):
    sent = [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]
    data = {"files": sent, "unit": world.north.pk, **more}
    return client.post(reverse("exchange:new"), data)


def the_batch():
    return ImportBatch.objects.system("the only one").get()


def test_upload_is_read_and_leads_to_what_was_found(ben, world):
    response = upload(ben, world)
    batch = the_batch()
    assert response.url == url("progress", batch) + "?then=found"
    assert ben.get(response.url).url == url("found", batch)
    page = ben.get(url("found", batch)).content.decode()
    assert "Contacts with applicants" in page
    assert "client number" in page


def test_upload_with_a_setup_states_it(ben, world):
    setup = SimpleUploadedFile("unit.json", json.dumps(SETUP).encode())
    upload(ben, world, setup=setup)
    assert the_batch().setup["date_order"] == "ymd"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"{", "no JSON document"),
        (b'{"date_order": "sideways"}', "date_order"),
    ],
    ids=["not JSON", "a word nobody knows"],
)
def test_upload_with_a_wrong_setup_says_so(ben, world, text, says):
    response = upload(ben, world, setup=SimpleUploadedFile("unit.json", text))
    assert response.status_code == 422
    assert says in response.content.decode()


def test_upload_without_a_file_is_told(ben, world):
    response = ben.post(reverse("exchange:new"), {"unit": world.north.pk})
    assert response.status_code == 422
    assert "required" in response.content.decode()


def test_file_that_is_no_roster_says_why_and_offers_another(ben, world):
    response = upload(ben, world, {"letter.csv": "%PDF-1.7 not a table"})
    page = ben.get(response.url)
    assert "a PDF document" in page.content.decode()
    assert reverse("exchange:new") in page.content.decode()
    assert the_batch().state == "failed"


def test_list_shows_imports_and_leads_to_them(ben, batch):
    page = ben.get(reverse("exchange:imports")).content.decode()
    assert batch.get_absolute_url() in page
    assert "caseload.csv, contacts.csv" in page
    assert ben.get(batch.get_absolute_url()).url == url("found", batch)


def test_list_offers_the_first_step_when_empty(ben):
    assert (
        reverse("exchange:new") in ben.get(reverse("exchange:imports")).content.decode()
    )


@pytest.mark.parametrize("name", STEPS)
def test_steps_open_for_the_supervisor(ben, batch, name):
    assert ben.get(url(name, batch)).status_code == 200


@pytest.mark.parametrize("name", STEPS)
def test_steps_open_for_the_steward(as_, batch, name):
    assert as_("sam").get(url(name, batch)).status_code == 200


@pytest.mark.parametrize("name", ["batch", "progress", *STEPS, "result", "undo"])
@pytest.mark.parametrize("who", ["ada", "ola", "cora", "dev", "femi"])
def test_nobody_else_opens_an_import(as_, batch, who, name):
    client = as_(who)
    assert client.get(url(name, batch)).status_code == 404
    assert client.get(reverse(f"exchange:{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["imports", "new"])
@pytest.mark.parametrize("who", ["ada", "ola", "cora", "dev", "femi"])
def test_nobody_else_brings_files(as_, who, name):
    assert as_(who).get(reverse(f"exchange:{name}")).status_code == 403


def test_supervisor_of_another_unit_gets_404(world, batch, today):
    olga = MembershipFactory(team=world.elsewhere, role="supervisor").user
    client = Client()
    client.force_login(olga)
    for name in ("batch", "progress", *STEPS, "result", "undo"):
        assert client.get(url(name, batch)).status_code == 404
    for name in ("restart", "commit", "again", "undo"):
        assert client.post(url(name, batch)).status_code == 404


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("imports", "post"),
        ("batch", "post"),
        ("progress", "post"),
        ("found", "post"),
        ("questions", "post"),
        ("preview", "post"),
        ("result", "post"),
        ("restart", "get"),
        ("commit", "get"),
        ("again", "get"),
        ("new", "put"),
        ("undo", "put"),
    ],
)
def test_wrong_method_is_refused(ben, batch, name, method):
    args = [] if name in ("imports", "new") else [batch.pk]
    response = getattr(ben, method)(reverse(f"exchange:{name}", args=args))
    assert response.status_code == 405


def test_unknown_import_is_404(ben):
    assert ben.get(reverse("exchange:found", args=[uuid4()])).status_code == 404


def test_saved_import_leads_to_the_caseload_and_can_be_taken_back(ben, batch):
    response = ben.post(url("commit", batch), {"plan_hash": batch.plan_hash})
    assert response.url == url("progress", batch)
    assert ben.get(response.url).url == url("result", batch)
    page = ben.get(url("result", batch)).content.decode()
    assert reverse("desk:caseload") in page
    assert "Mia Holt" in ben.get(reverse("desk:caseload")).content.decode()
    assert ben.get(url("undo", batch)).status_code == 200
    response = ben.post(url("undo", batch))
    assert response.url == url("batch", batch)
    assert "taken back" in ben.get(url("result", batch)).content.decode()
    assert "Mia Holt" not in ben.get(reverse("desk:caseload")).content.decode()


def test_open_questions_are_taken_up_again_after_saving(ben, batch, save):
    save(batch)
    assert "Answer the open questions" in ben.get(url("result", batch)).content.decode()
    response = ben.post(url("again", batch))
    again = ImportBatch.objects.system("the newer").exclude(pk=batch.pk).get()
    assert response.url == url("progress", again) + "?then=questions"
    number = asked(again, "orphan_row")
    ben.post(url("question", again, number), {"value": "N-101"})
    ben.post(url("restart", again), {"then": "preview"})
    ben.post(url("commit", again), {"plan_hash": fresh(again).plan_hash})
    assert fresh(again).summary["created"] == {"contacts": 1}


def test_question_in_the_preview_leads_to_its_page(ben, batch):
    page = ben.get(url("preview", batch)).content.decode()
    assert url("question", batch, asked(batch, "unknown_team")) in page


def test_steward_is_not_led_to_people(as_, batch):
    sam = as_("sam")
    sam.post(url("commit", batch), {"plan_hash": batch.plan_hash})
    page = sam.get(url("result", batch)).content.decode()
    assert reverse("desk:caseload") not in page


@pytest.mark.parametrize("name", STEPS)
def test_steps_of_a_saved_import_lead_to_its_result(ben, batch, save, name):
    save(batch)
    assert ben.get(url(name, batch)).url == url("result", batch)


def test_plan_that_was_not_shown_is_not_saved(ben, batch, world):
    ben.post(url("commit", batch), {"plan_hash": "another"})
    again = fresh(batch)
    assert again.state == "planned"
    page = ben.get(url("preview", batch)).content.decode()
    assert "nothing was saved" in page


def test_undo_that_is_held_names_the_rows(ben, batch, save, world):
    save(batch)
    rows("work.contact").filter(minutes=45).update(row_version=2)
    response = ben.post(url("undo", batch))
    assert response.status_code == 422
    page = response.content.decode()
    assert "contacts.csv, row 2" in page and "changed since" in page
    assert "Mia" not in page


def test_wait_shows_how_far_it_is_and_asks_again(ben, batch, world, monkeypatch):
    commands.enter_state(world.ben.actor, batch, "reading")
    page = ben.get(url("progress", batch)).content.decode()
    assert "rows read" in page and "hx-get" in page
    part = ben.get(url("progress", batch), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_finished_work_sends_the_waiting_page_on(ben, batch):
    response = ben.get(url("progress", batch), headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == url("found", batch)


def test_work_that_stopped_can_be_begun_again(ben, batch, world):
    commands.enter_state(world.ben.actor, batch, "reading")
    assert ben.post(url("restart", batch)).url == url("progress", batch)
    batch.touched_at -= timedelta(minutes=6)
    batch.save()
    assert "stopped without a word" in ben.get(url("progress", batch)).content.decode()
    ben.post(url("restart", batch), {"then": "found"})
    assert fresh(batch).state == "planned"


def test_number_of_queries_does_not_grow_with_the_rows(
    ben, bring, django_assert_max_num_queries
):
    many = FILES["contacts.csv"] + "".join(
        f"2026-05-{day:02},N-10{day % 5 + 1},,Ada Specialist,Phone,,{day},Y,\n"
        for day in range(1, 30)
    )
    batch = bring({**FILES, "contacts.csv": many})
    ben.get("/today/")  # the first page of a sign-in also notes where it is used
    for name in STEPS:
        with django_assert_max_num_queries(12):
            ben.get(url(name, batch))


def test_day_of_the_files_is_asked_only_once(ben, batch):
    assert fresh(batch).as_of is None
    assert storage.read_preview(batch.unit_id, batch.pk)["as_of"] == "2026-06-30"
    assert TODAY.isoformat() not in ben.get(url("once", batch)).content.decode()
