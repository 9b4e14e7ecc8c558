"""Notes beside the figures: who writes them, and what a stale form meets."""

import pytest

from braid.access.models import AuditEntry
from braid.facts.models import Annotation
from tests.desk.test_pages import text
from tests.factories.facts import AnnotationFactory
from tests.factories.teamwork import GroupFactory, GroupMemberFactory

NEW = "/integration/north/notes/new/"
SAID = {
    "measure": "drift_proposals",
    "quarter": "2026Q3",
    "text": "The job centre had a new leader from August.",
}


@pytest.fixture
def steering(world):
    return GroupFactory(unit=world.north, kind="steering")


@pytest.fixture
def note(world):
    return AnnotationFactory(
        unit=world.north,
        measure="drift_proposals",
        quarter="2026Q3",
        created_by=world.ben.user,
    )


@pytest.mark.parametrize("member", ["ada", "ben"])
def test_the_unit_writes_notes_and_both_sides_read_them(as_, world, member):
    answer = as_(member).post(NEW, SAID, follow=True)
    assert "The note stands beside the figure." in text(answer)
    for reader in ("ben", "cora", "dev"):
        page = text(as_(reader).get("/integration/north/drift_proposals/"))
        assert "5 Oct 2026" in page and SAID["text"] in page
    entry = AuditEntry.objects.get(action="annotation_written")
    assert entry.record_key == str(Annotation.objects.system("test").get().pk)


@pytest.mark.parametrize("member", ["cora", "dev", "mira"])
def test_the_other_side_writes_only_with_a_seat_in_the_steering_group(
    as_, managers, steering, member
):
    client = as_(member)
    assert client.post(NEW, SAID).status_code == 403
    page = client.get("/integration/north/drift_proposals/")
    assert "Write a note" not in text(page)
    GroupMemberFactory(group=steering, user=managers.cast[member].user)
    assert client.post(NEW, SAID).status_code == 302
    assert Annotation.objects.system("test").count() == 1


def test_a_seat_that_ended_is_none(as_, world, steering):
    GroupMemberFactory(group=steering, user=world.cora.user, last_day="2026-09-30")
    assert as_("cora").post(NEW, SAID).status_code == 403


def test_a_stranger_does_not_learn_that_there_is_a_note(as_, world, note):
    for member in ("ola", "cora"):
        assert as_(member).get(f"/integration-notes/{note.pk}/").status_code == 404
        address = f"/integration-notes/{note.pk}/away/"
        assert as_(member).post(address).status_code == 404
    assert Annotation.objects.system("test").exists()


def test_a_stale_form_is_told_who_changed_what(as_, world, note):
    address = f"/integration-notes/{note.pk}/"
    changed = {"text": "Two leaders, in fact.", "row_version": 1}
    assert as_("ben").post(address, changed).status_code == 302
    answer = as_("ada").post(address, {"text": "Mine.", "row_version": 1})
    page = text(answer)
    assert answer.status_code == 422
    assert "Somebody changed this while you were typing." in page
    assert "Ben Supervisor" in page and "Two leaders, in fact." in page
    assert "Mine." in page
    note.refresh_from_db(from_queryset=Annotation.objects.system("test"))
    assert note.text == "Two leaders, in fact."


def test_a_note_is_taken_away_after_asking(as_, world, note):
    ben, address = as_("ben"), f"/integration-notes/{note.pk}/away/"
    assert "leaves the page" in text(ben.get(address))
    assert Annotation.objects.system("test").exists()
    ben.post(address)
    assert not Annotation.objects.system("test").exists()
    assert AuditEntry.objects.filter(action="annotation_removed").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"text": "  "}, "This field is required.", id="no words"),
        pytest.param({"text": "x" * 20_001}, "at most 20000", id="too long"),
        pytest.param({"measure": "counts"}, "not one of the available", id="no figure"),
        pytest.param({"quarter": "soon"}, "not one of the available", id="no quarter"),
    ],
)
def test_a_note_names_its_figure_and_quarter(as_, world, changed, said):
    answer = as_("ben").post(NEW, SAID | changed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Annotation.objects.system("test").exists()


def test_any_words_are_shown_as_text(as_, world):
    words = "<b>Bold</b> 🎈 שלום " + "long " * 3_000
    as_("ben").post(NEW, SAID | {"text": words})
    page = as_("cora").get("/integration/north/drift_proposals/").content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; 🎈 שלום" in page
