"""Evidence: one's own until all have locked, with files, and gone when its day comes."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from braid.access.models import AuditEntry
from braid.access.rights import retention
from braid.documents import attached
from braid.fidelity import commands
from braid.fidelity.models import Chart, Evidence, Meeting, Piece, Review
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.fidelity.reviewed import planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SECRET = "Pastry cooks were asked twice"


@pytest.fixture
def review(world) -> Review:
    return planned(world)


def hub(review, part="") -> str:
    return f"/fidelity-review/{review.pk}/{part}"


def seen(world, review, name="rui", **more) -> Evidence:
    given = {"kind": "interview", "text": SECRET, "item": 9} | more
    return commands.gather(actor=getattr(world, name).actor, review=review, **given)


def files(review):
    folder = settings.BRAID_DOCUMENTS / review.pk.hex[:2] / str(review.pk)
    return sorted(folder.iterdir()) if folder.exists() else []


# ---- Blind ------------------------------------------------------------------------------


PAGES = ("", "agenda/", "pieces/", "sample/", "evidence/", "evidence/new/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["eve", "ben", "cora", "ada"])
def test_what_one_wrote_is_in_no_response_to_another(as_, world, review, name, page):
    kept = seen(world, review, file=("pastry.txt", SECRET.encode()))
    body = as_(name).get(hub(review, page)).content.decode()
    assert SECRET not in body and str(kept.pk) not in body and "pastry" not in body
    for part in ("file/", "away/"):
        ask = as_(name).get if part == "file/" else as_(name).post
        assert ask(f"/fidelity-evidence/{kept.pk}/{part}").status_code == 404
    assert Evidence.objects.system("test").filter(pk=kept.pk).exists()


def test_all_reviewers_read_it_once_all_have_locked(as_, world, review):
    kept = seen(world, review, file=("pastry.txt", SECRET.encode()))
    Review.objects.system("test").update(status="consensus", opened_on=TODAY)
    assert SECRET in as_("eve").get(hub(review, "evidence/")).content.decode()
    answer = as_("eve").get(f"/fidelity-evidence/{kept.pk}/file/")
    assert answer.content == SECRET.encode()
    assert AuditEntry.objects.filter(action="review_evidence_opened").count() == 1
    assert as_("ben").get(f"/fidelity-evidence/{kept.pk}/file/").status_code == 404
    with pytest.raises(Refused):
        commands.take_back(actor=world.eve.actor, evidence=kept)


# ---- Writing it down --------------------------------------------------------------------


def test_it_is_written_by_item_with_a_file_that_is_sealed(as_, world, review):
    file = SimpleUploadedFile("../log.pdf", b"Twelve visits")
    given = {"item": "17", "kind": "document", "text": "The log.", "file": file}
    as_("rui").post(hub(review, "evidence/new/"), given)
    (kept,) = Evidence.objects.system("test").all()
    assert (kept.item, kept.file_name) == (
        17,
        "log.txt",
    )  # text, whatever its name says
    (path,) = files(review)
    assert b"Twelve visits" not in path.read_bytes()
    page = as_("rui").get(hub(review, "evidence/")).content.decode()
    assert "The log." in page and "log.txt" in page


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        pytest.param("a.exe", b"MZ\x90\x00\x03", "This kind of file", id="a program"),
        pytest.param(
            "a.pdf", b"%PDF-1.4 /JavaScript %%EOF", "holds a program", id="js"
        ),
        pytest.param("a.svg", b"<svg onload=x>", "This kind of file", id="markup"),
        pytest.param(
            "a.txt", b"x" * (10 * 1024**2 + 1), "larger than 10 MB", id="large"
        ),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_nothing_is_kept(
    as_, review, name, data, sentence
):
    given = {
        "kind": "document",
        "text": "See the file",
        "file": SimpleUploadedFile(name, data),
    }
    answer = as_("rui").post(hub(review, "evidence/new/"), given)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Evidence.objects.system("test").exists() and files(review) == []


def test_an_item_that_the_scale_does_not_have_is_refused(as_, review):
    given = {"item": "26", "kind": "document", "text": "See"}
    assert as_("rui").post(hub(review, "evidence/new/"), given).status_code == 422


def test_it_is_taken_back_with_its_file(
    as_, world, review, django_capture_on_commit_callbacks
):
    kept = seen(world, review, file=("a.txt", b"Twelve visits"))
    with django_capture_on_commit_callbacks(execute=True):
        as_("rui").post(f"/fidelity-evidence/{kept.pk}/away/")
    assert not Evidence.objects.system("test").exists()
    assert files(review) == []


# ---- The end of what is personal --------------------------------------------------------


def full(world, review):
    """Put something of everything into a review whose service was told today."""
    seen(world, review, file=("a.txt", b"Twelve visits"))
    commands.lay_agenda(actor=world.rui.actor, review=review)
    commands.ask_for_pieces(actor=world.ben.actor, review=review, today=TODAY)
    piece = Piece.objects.system("test").get(code="mentoring")
    commands.bring(
        actor=world.ben.actor,
        piece=piece,
        note="Ask Pat",
        is_here=True,
        today=TODAY,
        row_version=1,
        file=("b.txt", b"Eleven visits"),
    )
    commands.draw_charts(
        actor=world.ben.actor,
        review=review,
        strata={"working": [world.pat_episode.pk]},
    )
    Review.objects.system("test").update(
        status="moderated",
        opened_on=TODAY,
        told_on=TODAY,
        delete_by=TODAY + timedelta(14),
    )
    return piece


def daily_work(day):
    """Do what is due of reviews on a day; return how many rows went."""
    now = datetime.combine(day, time(9), UTC)
    with time_machine.travel(now, tick=False):
        done = retention.run(now, by_itself=True)
    return sum(one.count for one in done if one.rule.kind == "fidelity_review")


def test_the_daily_work_deletes_what_is_personal_on_its_day(
    world, review, django_capture_on_commit_callbacks
):
    piece = full(world, review)
    assert daily_work(TODAY + timedelta(13)) == 0
    assert len(files(review)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert daily_work(TODAY + timedelta(14)) == 1
    review.refresh_from_db()
    assert review.deleted_on == TODAY + timedelta(14)
    assert not Evidence.objects.system("test").exists()
    assert not Meeting.objects.system("test").exists()
    assert Chart.objects.system("test").get().episode_id is None
    piece.refresh_from_db()
    assert (piece.note, piece.file_name, piece.brought_on) == ("", "", TODAY)
    assert files(review) == []
    with pytest.raises(FileNotFoundError):
        attached.content(review.pk, piece.pk)
    entry = AuditEntry.objects.get(action="review_forgotten")
    assert (entry.system, entry.count) == ("fidelity review", 1 + 16 + 1 + 1)
    assert daily_work(TODAY + timedelta(15)) == 0


def test_nothing_is_added_to_what_was_deleted(world, review):
    Review.objects.system("test").update(delete_by=TODAY, deleted_on=TODAY)
    review.refresh_from_db()
    with pytest.raises(InputFault) as fault:
        seen(world, review)
    assert fault.value.reason == "deleted"
    with pytest.raises(InputFault):
        commands.lay_agenda(actor=world.rui.actor, review=review)


def test_the_page_says_when_it_ends(as_, world, review):
    page = as_("rui").get(hub(review, "evidence/")).content.decode()
    assert "deleted 14 days after the service was told" in page
    Review.objects.system("test").update(delete_by=TODAY + timedelta(14))
    page = as_("rui").get(hub(review, "evidence/")).content.decode()
    assert "Everything here is deleted by" in page and "2026-10-19" in page
