"""The picture of a signed agreement: kept with its entry, for the unit and the applicant."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from braid.access import audit
from braid.access.models import AuditEntry, ConsentEntry, Sharing
from braid.access.policy import Information
from braid.documents.models import Document
from tests.cast import TODAY
from tests.consents import LAST_DAY, agree
from tests.desk.test_pages import text
from tests.documents import files


def address(world):
    asked = f"purpose=treatment&receiver={world.east.organisation_id}"
    return f"{reverse('desk:sharing_give', args=[world.pat.pk])}?{asked}"


def record(client, world, data=None, name="paper.png", to=None, **given):
    asked = {
        "information": ["identity", "jobs"],
        "first_day": TODAY.isoformat(),
        "last_day": LAST_DAY.isoformat(),
        "way": "paper",
    }
    picture = files.png() if data is None else data
    file = SimpleUploadedFile(name, picture, content_type="text/html")
    return client.post(to or address(world), {**asked, **given, "signature": file})


@pytest.fixture
def signed(world, as_):
    assert record(as_("ada"), world).status_code == 302
    return ConsentEntry.objects.get()


def kept():
    return Document.objects.system("a test")


def files_on_disk():
    return {path for path in settings.BRAID_DOCUMENTS.rglob("*") if path.is_file()}


def link(entry):
    return reverse("desk:document", args=[entry.signature])


def test_an_agreement_on_paper_keeps_its_picture(world, as_, signed):
    one = kept().get()
    assert signed.signature == one.pk
    assert (one.applicant_id, one.team, one.kind) == (
        world.pat.pk,
        world.north,
        "identity",
    )
    answer = as_("ada").get(link(signed))
    assert b"".join(answer.streaming_content) == files.png()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="paper.png"'


def test_the_bytes_lie_sealed(world, as_, signed):
    (path,) = [one for one in files_on_disk() if one.name == str(signed.signature)]
    assert b"PNG" not in path.read_bytes()


@pytest.mark.parametrize("page", ["desk:sharing", "desk:sharing_entry"])
def test_the_unit_finds_it_in_the_history(world, as_, signed, page):
    key = signed.pk if page.endswith("entry") else world.pat.pk
    for member in ("ada", "ben"):
        shown = as_(member).get(reverse(page, args=[key])).content.decode()
        assert link(signed) in shown
        assert "Signed paper" in shown


@pytest.mark.parametrize("page", ["desk:own_consents", "desk:own_consent"])
def test_the_applicant_finds_and_opens_it(world, as_, signed, page):
    keys = [signed.pk] if page == "desk:own_consent" else []
    pat = as_("pat_account")
    assert link(signed) in pat.get(reverse(page, args=keys)).content.decode()
    assert pat.get(link(signed)).status_code == 200


@pytest.mark.parametrize("member", ["ola", "cora", "dev", "blake", "sam"])
def test_nobody_else_opens_it_whatever_is_agreed(world, as_, signed, member):
    for other in (world.cora, world.dev):
        agree(world, world.pat, other, Information.IDENTITY, Information.WORK_GOALS)
    assert as_(member).get(link(signed)).status_code == 404
    assert kept().count() == 1


def test_it_stays_although_the_agreement_ends(world, as_, signed):
    ada = as_("ada")
    back = reverse("desk:sharing_take_back", args=[signed.pk])
    ada.post(back, {"ends": ["everything"], "way": "spoken"})
    assert ada.get(link(signed)).status_code == 200
    away = ada.post(reverse("desk:document_back", args=[signed.signature]))
    assert away.status_code == 403
    assert kept().count() == 1


def test_without_a_picture_nothing_is_missing(world, as_):
    answer = as_("ada").post(
        address(world),
        {
            "information": ["jobs"],
            "first_day": TODAY.isoformat(),
            "last_day": LAST_DAY.isoformat(),
            "way": "paper",
        },
    )
    assert answer.status_code == 302
    assert ConsentEntry.objects.get().signature is None
    assert "Signed paper" not in text(
        as_("ada").get(reverse("desk:sharing", args=[world.pat.pk]))
    )


def test_a_later_last_day_is_signed_too(world, as_):
    given = agree(world, world.pat, world.cora, Information.JOBS, last_day=TODAY)
    until = reverse("desk:sharing_until", args=[given.pk])
    assert record(as_("ada"), world, to=until, last_day="2027-01-31").status_code == 302
    extended = ConsentEntry.objects.get(kind="extended")
    assert extended.signature == kept().get().pk


REFUSED = {
    "a web page": (b"<html>", "paper.png", {}, "no picture of a paper"),
    "a letter": (files.docx(), "paper.pdf", {}, "no picture of a paper"),
    "a program in a PDF": (files.pdf(b"/JavaScript"), "a.pdf", {}, "holds a program"),
    "too large": (b"a" * (10 * 1024**2 + 1), "a.png", {}, "larger than 10 MB"),
    "nothing": (b"", "a.png", {}, "empty"),
    "a conversation": (
        None,
        "a.png",
        {"way": "spoken"},
        "belongs to an agreement on paper",
    ),
    "too long an agreement": (
        None,
        "a.png",
        {"last_day": "2029-01-01"},
        "12 months at most",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_told_and_nothing_is_half_done(world, as_, case):
    data, name, given, says = REFUSED[case]
    before = files_on_disk()
    answer = record(as_("ada"), world, data, name, **given)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not ConsentEntry.objects.exists()
    assert not Sharing.objects.exists()
    assert not kept().exists()
    assert not AuditEntry.objects.filter(action="consent_given").exists()
    assert files_on_disk() == before


def test_when_the_picture_cannot_be_kept_nothing_is_agreed(world, as_, monkeypatch):
    def broken(actor, action, *given, **named):
        if action == "document_added":
            raise OSError
        return real(actor, action, *given, **named)

    real, before, ada = audit.record, files_on_disk(), as_("ada")
    monkeypatch.setattr(audit, "record", broken)
    ada.raise_request_exception = False
    assert record(ada, world).status_code == 500
    assert not ConsentEntry.objects.exists()
    assert not Sharing.objects.exists()
    assert not kept().exists()
    assert files_on_disk() == before


def test_a_body_that_is_too_large_is_refused_unread(world, as_):
    answer = record(as_("ada"), world, b"a" * (11 * 1024**2))
    assert answer.status_code == 413


def test_in_the_own_account_no_picture_is_taken(world, as_):
    own = reverse("desk:own_consent_give")
    query = f"purpose=treatment&receiver={world.east.organisation_id}"
    pat = as_("pat_account")
    assert b'name="signature"' not in pat.get(f"{own}?{query}").content
    assert record(pat, world, to=f"{own}?{query}").status_code == 302
    assert ConsentEntry.objects.get().signature is None
    assert not kept().exists()


def test_a_key_that_is_sent_is_nobodys_signature(world, as_, signed):
    """Mass assignment: what the form does not show sets neither key, owner nor class."""
    sent = {
        "signature": str(signed.signature),
        "document_id": str(signed.signature),
        "applicant_id": str(world.quinn.pk),
        "team": str(world.elsewhere.pk),
        "kind": "work_goals",
    }
    ada, asked = as_("ada"), {"information": ["identity"], "way": "paper"}
    days = {"first_day": TODAY.isoformat(), "last_day": LAST_DAY.isoformat()}
    assert ada.post(address(world), {**asked, **days, **sent}).status_code == 302
    latest = ConsentEntry.objects.latest("number")
    assert latest.signature is None
    sent.pop("signature")
    assert record(ada, world, **sent).status_code == 302
    one = kept().get(pk=ConsentEntry.objects.latest("number").signature)
    assert (one.applicant_id, one.team, one.kind) == (
        world.pat.pk,
        world.north,
        "identity",
    )


def test_it_is_in_the_copy_of_ones_data(world, as_, signed):
    from django.utils import timezone

    from braid.access.rights import exporting

    copy = exporting.gather(world.pat.pk, timezone.now())
    assert files.png() in {piece.content for piece in copy.pieces}
