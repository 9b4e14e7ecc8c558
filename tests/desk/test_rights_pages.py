"""The steward's pages of rights and duties, and the applicant's own copy."""

import io
import zipfile

import pytest

from braid.access import requests
from braid.access.models import AuditEntry, ErasedSubject, Notice, Restriction
from braid.access.rights import erasing, journal
from braid.kernel.errors import InputFault
from braid.people.models import Applicant
from tests.cast import TODAY
from tests.factories.people import NoteFactory


@pytest.fixture(autouse=True)
def house(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    settings.BRAID_UPLOADS = tmp_path / "uploads"
    settings.BRAID_DOCUMENTS = tmp_path / "documents"
    settings.BRAID_KEYS = tmp_path / "keys"
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    return tmp_path


@pytest.fixture
def fresh(house):
    """Everybody has just proved who they are, as in the demo."""
    (house / "demo.json").write_text("{}")


def asked(world, kind="copy", words=""):
    return requests.ask(actor=world.pat_account.actor, kind=kind, words=words)


def page(request, part=""):
    return f"/access/requests/{request.pk}/{part}"


def files(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


# The list and one request


def test_the_list_says_who_asked_what_and_how_long_there_is(world, as_, today):
    asked(world)
    text = as_("sam").get("/access/requests/").content.decode()
    for words in ("A copy of my data", "Pat Lund", "31 days left"):
        assert words in text
    entry = AuditEntry.objects.get(action="requests_opened")
    assert (entry.count, entry.information) == (1, "identity")


def test_a_late_answer_is_called_late(world, as_, today):
    made = asked(world)
    type(made).objects.filter(pk=made.pk).update(due_on=TODAY.replace(day=4))
    assert "late" in as_("sam").get("/access/requests/").content.decode()


def test_an_answer_reaches_the_applicant(world, as_, today):
    made = asked(world, "correction", "My street is wrong.")
    sam = as_("sam")
    assert "My street is wrong." in sam.get(page(made)).content.decode()
    sent = sam.post(page(made), {"state": "done", "words": "It is right now."})
    assert sent.status_code == 302
    assert Notice.objects.get().record_key == made.pk
    assert "It is right now." in sam.get(page(made)).content.decode()
    mine = as_("pat_account").get("/me/requests/").content.decode()
    assert "It is right now." in mine


def test_a_refusal_without_a_reason_is_sent_back(world, as_, today):
    made = asked(world, "erasure")
    answer = as_("sam").post(page(made), {"state": "refused", "words": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()


# Doing it


def test_a_stale_factor_is_asked_for_before_anything_is_done(world, as_, today):
    copy, gone = asked(world), asked(world, "erasure")
    closing = asked(world, "restriction")
    sam = as_("sam")
    session = sam.session
    session.pop("account_authentication_methods")
    session.save()
    for address in (page(copy, "copy/"), page(gone, "erase/")):
        answer = sam.post(address, {"confirm": "erase"})
        assert answer.status_code in (302, 403), address
    close = {"reason": "Asked for.", "ends_on": "", "words": ""}
    assert sam.post(page(closing, "close/"), close).status_code in (302, 403)
    assert Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    assert not Restriction.objects.exists()
    assert not journal.path().exists()


def test_a_steward_hands_over_what_the_organisation_keeps(world, as_, today, fresh):
    NoteFactory(episode=world.pat_episode, text="Likes bread.")
    answer = as_("sam").post(page(asked(world), "copy/"))
    assert answer["Content-Disposition"] == 'attachment; filename="copy.zip"'
    with files(answer) as archive:
        assert "Likes bread." in archive.read("data.html").decode()
    entry = AuditEntry.objects.get(action="subject_exported")
    assert (entry.applicant_key, "treatment" in entry.information) == (
        world.pat.pk,
        True,
    )


def test_an_erasure_is_looked_at_first_and_then_done(world, as_, today, fresh):
    made = asked(world, "erasure")
    sam = as_("sam")
    foreseen = sam.get(page(made, "erase/")).content.decode()
    for words in ("The course in IPS", "Nothing brings this back", "None is listed."):
        assert words in foreseen
    assert Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    sam.post(page(made, "erase/"))
    assert not ErasedSubject.objects.exists()
    done = sam.post(page(made, "erase/"), {"confirm": "erase"}, follow=True)
    assert "The erasure has begun" in done.content.decode()
    assert ErasedSubject.objects.get().pk == world.pat.pk
    assert erasing.replay(made.made_at) == 0
    by = AuditEntry.objects.get(action="erasure_ordered").actor_id
    assert by == world.sam.user.pk


def test_closing_a_record_answers_the_request(world, as_, today, fresh):
    made = asked(world, "restriction")
    sent = {"reason": "A claim is open.", "ends_on": "", "words": "It is closed."}
    assert as_("sam").post(page(made, "close/"), sent).status_code == 302
    made.refresh_from_db()
    assert made.state == "done"
    assert Restriction.objects.get().set_by == world.sam.user


def test_a_day_in_the_past_closes_nothing(world, as_, today, fresh):
    made = asked(world, "restriction")
    sent = {"reason": "A claim.", "ends_on": "2026-10-01", "words": ""}
    answer = as_("sam").post(page(made, "close/"), sent)
    assert answer.status_code == 422
    assert not Restriction.objects.exists()


# One's own copy


def test_an_applicant_takes_everything_along(world, as_, today):
    NoteFactory(episode=world.pat_episode, text="Likes bread.")
    NoteFactory(episode=world.quinn_episode, text="Only Quinn's.")
    pat = as_("pat_account")
    assert "Get the file" in pat.get("/me/export/").content.decode()
    with files(pat.post("/me/export/")) as archive:
        text = archive.read("data.json").decode()
    assert "Likes bread." in text
    assert "Only Quinn's." not in text
    entry = AuditEntry.objects.get(action="own_export")
    assert (entry.actor_id, entry.applicant_key) == (
        world.pat_account.user.pk,
        world.pat.pk,
    )


def test_an_own_copy_asks_for_a_fresh_factor(world, as_, today):
    pat = as_("pat_account")
    session = pat.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    for answer in (pat.get("/me/export/"), pat.post("/me/export/")):
        assert answer["Location"].startswith("/account/reauthenticate/")
    assert not AuditEntry.objects.filter(action="own_export").exists()


@pytest.mark.parametrize("name", ["ada", "ben", "sam", "cora"])
def test_nobody_else_takes_an_own_copy(world, as_, today, name):
    assert as_(name).post("/me/export/").status_code == 403


# Duties


def test_the_page_of_retention_counts_and_names_nobody(world, as_, today):
    world.pat.episodes.system("a test").update(
        state="exited", exited_on=TODAY.replace(year=2010)
    )
    text = as_("sam").get("/access/retention/").content.decode()
    assert "The record: erased 120 months after its end" in text
    assert "The audit: kept" in text
    assert "Lund" not in text


def test_the_register_is_that_of_the_own_organisation(world, as_, today):
    text = as_("sam").get("/access/register/").content.decode()
    for words in ("Havnelund", "Support to find and keep a job", "Region"):
        assert words in text


def test_a_breach_report_counts_says_when_it_is_due_and_is_kept_nowhere(
    world, as_, today
):
    as_("ada").get(f"/people/{world.pat.pk}/")
    sent = {
        "first_day": "2026-10-05",
        "last_day": "2026-10-05",
        "users": [str(world.ada.user.pk)],
        "known_on": "2026-10-01",
        "known_at": "09:00",
        "words": "A laptop was lost.",
        "done": "The account was closed.",
    }
    answer = as_("sam").post("/access/breach/", sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("A laptop was lost.", "Ada Specialist", "late"):
        assert words in text
    assert AuditEntry.objects.get(action="breach_report_made").count == 1
    again = as_("sam").get("/access/breach/").content.decode()
    assert "A laptop was lost." not in again


def test_a_breach_report_needs_its_days(world, as_, today):
    answer = as_("sam").post("/access/breach/", {"words": "A laptop."})
    assert answer.status_code == 422
    assert not AuditEntry.objects.filter(action="breach_report_made").exists()


# Each act by an open request of its own kind


ACTS = {"copy": "copy/", "erasure": "erase/", "restriction": "close/"}
SENT = {"confirm": "erase", "reason": "A claim.", "ends_on": "", "words": "Done."}


@pytest.mark.parametrize("kind", ["copy", "correction", "erasure", "restriction"])
@pytest.mark.parametrize("refused", [False, True], ids=["open", "refused"])
def test_an_act_needs_an_open_request_of_its_kind(
    world, as_, today, fresh, kind, refused
):
    made = asked(world, kind, "My street is wrong.")
    sam = as_("sam")
    if refused:
        sam.post(page(made), {"state": "refused", "words": "No."})
    for of, part in ACTS.items():
        if of == kind and not refused:
            continue
        answer = sam.post(page(made, part), SENT)
        assert answer.status_code == 409, part
        assert "Nothing was done." in answer.content.decode()
    assert Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    assert not Restriction.objects.exists()
    assert not journal.path().exists()
    assert not AuditEntry.objects.filter(action="subject_exported").exists()


def test_an_erasure_is_answered_with_the_act(world, as_, today, fresh):
    made = asked(world, "erasure")
    as_("sam").post(page(made, "erase/"), {"confirm": "erase"})
    assert AuditEntry.objects.filter(action="request_done").exists()


def test_a_record_is_not_closed_where_the_answer_fails(
    world, as_, today, fresh, monkeypatch
):
    made = asked(world, "restriction")

    def fail(**_given):
        raise InputFault("No answer.")

    monkeypatch.setattr(requests, "answer", fail)
    sent = {"reason": "A claim.", "ends_on": "", "words": ""}
    assert as_("sam").post(page(made, "close/"), sent).status_code == 422
    assert not Restriction.objects.exists()


def test_a_steward_opens_a_closed_record_again(world, as_, today, fresh):
    made = asked(world, "restriction")
    sam = as_("sam")
    sam.post(page(made, "close/"), SENT)
    assert "Open it again" in sam.get(page(made)).content.decode()
    done = sam.post(page(made, "lift/"), follow=True).content.decode()
    assert "The record is open again." in done
    assert "Open it again" not in done
    assert Restriction.objects.get().lifted_at is not None
    again = sam.post(page(made, "lift/"), follow=True).content.decode()
    assert "Nothing was done." in again
    assert as_("ben").post(page(made, "lift/")).status_code == 403
