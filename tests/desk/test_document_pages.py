"""The pages of documents: the list, one more, one handed out, one taken back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from braid.access import reviewing
from braid.access.models import AuditEntry, Finding
from braid.access.policy import Information
from braid.documents.models import Document
from braid.kernel.dates import iso_week_start
from tests.consents import agree, withdraw
from tests.desk.test_pages import text
from tests.documents import files
from tests.factories.access import BrokenGlassFactory

TEXT = b"The doctor writes that twelve hours a week are fine."


def page(world):
    return reverse("desk:documents", args=[world.pat.pk])


def bring(client, address, data=TEXT, name="statement.txt", **given):
    asked = {"kind": "health_at_work", "title": "Statement", "day": "2026-10-01"}
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(address, {**asked, **given, "file": file})


@pytest.fixture
def kept(world, as_):
    assert bring(as_("ada"), page(world)).status_code == 302
    return Document.objects.system("test").get()


def test_ada_brings_a_document_and_opens_it(world, as_, kept):
    ada = as_("ada")
    shown = ada.get(page(world)).content.decode()
    assert "Statement" in shown
    assert "health that matters at work" in shown
    answer = ada.get(reverse("desk:document", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == TEXT
    assert kept.media_type == answer["Content-Type"] == "text/plain; charset=utf-8"


def test_it_is_handed_out_as_a_file_that_runs_nowhere(world, as_, kept):
    answer = as_("ada").get(reverse("desk:document", args=[kept.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="statement.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.streaming


def test_opening_it_is_recorded_with_class_and_ground(world, as_, kept):
    as_("ada").get(reverse("desk:document", args=[kept.pk]))
    entry = AuditEntry.objects.filter(action="document_opened").get()
    assert (entry.applicant_key, entry.information) == (world.pat.pk, "health_at_work")
    assert entry.ground == "own_care"
    as_("ada").get(page(world))
    listed = AuditEntry.objects.filter(action="documents_opened").last()
    assert listed.information == "health_at_work"


def test_opened_by_consent_it_says_by_which(world, as_):
    bring(as_("ada"), page(world), kind="work_goals", title="Curriculum")
    entry = agree(
        world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS
    )
    cv = reverse("desk:document", args=[Document.objects.system("test").get().pk])
    for member, ground, number in (
        ("cora", "consent", entry.number),
        ("ada", "own_care", None),
    ):
        as_(member).get(cv)
        opened = AuditEntry.objects.filter(action="document_opened").latest("pk")
        assert (opened.ground, opened.consent_number) == (ground, number)


def test_a_list_opened_from_elsewhere_says_whose_why_and_by_which(world, as_):
    bring(as_("ada"), page(world), kind="work_goals", title="Curriculum")
    entry = agree(
        world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS
    )
    for member, holder, ground, number in (
        ("cora", world.havnelund.pk, "consent", entry.number),
        ("ada", None, "own_care", None),
    ):
        as_(member).get(page(world))
        opened = AuditEntry.objects.filter(action="documents_opened").latest("pk")
        assert (opened.applicant_key, opened.holder_id) == (world.pat.pk, holder)
        assert (opened.ground, opened.consent_number) == (ground, number)
        assert opened.information == "work_goals"
    as_("pat_account").get(reverse("desk:own_documents"))
    own = AuditEntry.objects.filter(action="documents_opened").latest("pk")
    assert (own.holder_id, own.ground) == (None, "own_record")


@pytest.fixture
def emergency(world):
    """Let Cora have emergency access to Pat."""
    now = timezone.now()
    return BrokenGlassFactory(
        user=world.cora.user,
        organisation=world.east.organisation,
        applicant_id=world.pat.pk,
        holder=world.havnelund,
        opened_at=now - timedelta(minutes=10),
        expires_at=now + timedelta(minutes=50),
        review_due_at=now + timedelta(hours=72),
    )


@pytest.mark.parametrize("opens", ["documents_opened", "document_opened"])
def test_what_an_emergency_opens_is_reviewed_by_who_holds_the_record(
    world, as_, kept, emergency, opens
):
    one = reverse("desk:document", args=[kept.pk])
    as_("cora").get(page(world) if opens == "documents_opened" else one)
    entry = AuditEntry.objects.get(action=opens)
    assert (entry.ground, entry.glass_id) == ("broken_glass", emergency.pk)
    assert entry.holder_id == world.havnelund.pk
    assert entry.information == "health_at_work"
    reviewing.look_through(iso_week_start(timezone.localdate()), timezone.now())
    asked = Finding.objects.filter(user=world.cora.user, applicant_id=world.pat.pk)
    of = set(asked.values_list("organisation__slug", flat=True))
    assert of == {"region", "havnelund"}


# Whether the clinician reads it by consent, and the unit's counsellor.
AUDIENCES = {"work_goals": (True, True), "health_at_work": (False, False)}


@pytest.mark.parametrize("kind", AUDIENCES)
def test_the_form_says_who_will_read_the_kind_chosen(world, as_, kind):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS)
    ada = as_("ada")
    form = ada.get(page(world)).content.decode()
    asked = reverse("desk:document_audience", args=[world.pat.pk])
    assert f'hx-get="{asked}"' in form
    said = ada.get(asked, {"kind": kind}, headers={"HX-Request": "true"})
    clinician, counsellor = AUDIENCES[kind]
    unit = "Read by: North, Havnelund (employment specialist, supervisor"
    with_counsellor = ", benefits counsellor)" if counsellor else ")"
    assert f"{unit}{with_counsellor}" in text(said)
    assert ("East, Region" in text(said)) is clinician


def test_the_own_form_says_it_too(world, as_):
    pat = as_("pat_account")
    asked = reverse("desk:document_audience", args=[world.pat.pk])
    assert (
        f'hx-get="{asked}"' in pat.get(reverse("desk:own_documents")).content.decode()
    )
    assert "Read by: North" in text(pat.get(asked, headers={"HX-Request": "true"}))


@pytest.mark.parametrize("kind", ["", "identity", "treatment", "nonsense"])
def test_of_a_kind_that_is_not_brought_it_tells_the_first(world, as_, kind):
    asked = reverse("desk:document_audience", args=[world.pat.pk])
    assert "goals" in text(as_("ada").get(asked, {"kind": kind}))


def test_who_reads_is_told_to_nobody_else(world, as_):
    asked = reverse("desk:document_audience", args=[world.pat.pk])
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS)
    assert as_("ola").get(asked).status_code == 404
    assert as_("cora").get(asked).status_code == 403
    assert asked not in as_("cora").get(page(world)).content.decode()


@pytest.mark.parametrize("member", ["ola", "cora", "dev", "blake", "sam", "femi"])
def test_a_stranger_gets_what_an_invented_key_gets(world, as_, kept, member):
    client = as_(member)
    invented = "018f3b1e-0000-7000-8000-0000000000ff"
    for name, key in (("documents", world.pat.pk), ("document", kept.pk)):
        assert client.get(reverse(f"desk:{name}", args=[key])).status_code == 404
        assert client.get(reverse(f"desk:{name}", args=[invented])).status_code == 404
    back = client.post(reverse("desk:document_back", args=[kept.pk]))
    assert back.status_code == 404
    assert bring(client, page(world)).status_code == 404
    assert Document.objects.system("test").count() == 1


def test_consent_shows_its_class_and_withdrawal_ends_it(world, as_, kept):
    bring(as_("ada"), page(world), kind="work_goals", title="Curriculum")
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS)
    cv = Document.objects.system("test").get(kind="work_goals")
    cora = as_("cora")
    shown = cora.get(page(world)).content.decode()
    assert "Curriculum" in shown
    assert "Statement" not in shown
    assert cora.get(reverse("desk:document", args=[cv.pk])).status_code == 200
    assert cora.get(reverse("desk:document", args=[kept.pk])).status_code == 404
    withdraw(world, world.pat, world.cora)
    assert cora.get(page(world)).status_code == 404
    assert cora.get(reverse("desk:document", args=[cv.pk])).status_code == 404


def test_a_wrong_method_is_refused(world, as_, kept):
    ada = as_("ada")
    assert ada.put(page(world)).status_code == 405
    assert ada.post(reverse("desk:document", args=[kept.pk])).status_code == 405
    assert ada.get(reverse("desk:document_back", args=[kept.pk])).status_code == 405


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"<html>", "cv.pdf", "whatever its name says", id="a web page"),
        pytest.param(b"MZ\0\0", "cv.pdf", "whatever its name says", id="a program"),
        pytest.param(
            files.docx(parts={"word/vbaProject.bin": b"x"}), "cv.docx", "macros",
            id="macros",
        ),
        pytest.param(b"", "cv.txt", "empty", id="nothing"),
        pytest.param(
            b"a" * (10 * 1024**2 + 1), "cv.txt", "larger than 10 MB", id="too large"
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_refused_is_told_beside_its_field(world, as_, data, name, says):
    answer = bring(as_("ada"), page(world), data, name)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Document.objects.system("test").exists()


def test_what_a_body_must_not_hold_is_refused_before_it_is_read(world, as_):
    answer = bring(as_("ada"), page(world), b"a" * (11 * 1024**2))
    assert answer.status_code == 413
    assert "larger than this page takes" in answer.content.decode()


def test_names_and_titles_show_escaped(world, as_):
    bring(
        as_("ada"), page(world), name='"><script>alert(1)</script>.txt',
        title="<img src=x onerror=alert(1)>",
    )  # fmt: skip
    shown = as_("ada").get(page(world)).content.decode()
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    one = Document.objects.system("test").get()
    answer = as_("ada").get(reverse("desk:document", args=[one.pk]))
    assert "\n" not in answer["Content-Disposition"]
    assert "<" not in answer["Content-Disposition"]


def test_taken_back_it_is_gone(world, as_, kept):
    answer = as_("ben").post(reverse("desk:document_back", args=[kept.pk]))
    assert answer.status_code == 302
    assert as_("ada").get(reverse("desk:document", args=[kept.pk])).status_code == 404


def test_pat_sees_opens_and_brings_documents(world, as_, kept):
    pat = as_("pat_account")
    own = reverse("desk:own_documents")
    assert "Statement" in pat.get(own).content.decode()
    assert pat.get(reverse("desk:document", args=[kept.pk])).status_code == 200
    assert bring(pat, own, kind="work_goals", title="My CV").status_code == 302
    assert "My CV" in as_("ada").get(page(world)).content.decode()
    mine = Document.objects.system("test").get(kind="work_goals")
    assert pat.post(reverse("desk:document_back", args=[kept.pk])).status_code == 403
    back = pat.post(reverse("desk:document_back", args=[mine.pk]))
    assert back["Location"] == own
    assert bring(pat, own).status_code == 422  # a class that is not theirs to record


def test_only_applicants_have_a_page_of_own_documents(world, as_):
    for member in ("ada", "cora", "sam"):
        assert as_(member).get(reverse("desk:own_documents")).status_code == 403


def test_a_document_whose_key_is_destroyed_is_gone(world, as_, kept):
    from braid.access import subject_keys

    subject_keys.destroy(world.pat.pk)
    assert as_("ada").get(reverse("desk:document", args=[kept.pk])).status_code == 404
