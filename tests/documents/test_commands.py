"""Documents are added, read, opened piece by piece, taken back, erased."""

import hashlib

import pytest
from django.conf import settings
from django.http import Http404

from braid.access import audit, subject_keys
from braid.access.models import AuditEntry, Block
from braid.access.policy import Action, Information
from braid.access.subject_keys import KeyDestroyed
from braid.documents import commands, erasing, queries, storage
from braid.documents.models import Document
from braid.kernel.errors import InputFault, Refused
from braid.kernel.ids import new_id
from tests.consents import agree, withdraw
from tests.documents import files

TEXT = b"The doctor writes that Pat may work twelve hours a week."


def add(member, world, **given):
    asked = {
        "applicant_id": world.pat.pk,
        "team": world.north,
        "kind": "health_at_work",
        "title": "Statement",
        "file_name": "statement.txt",
        "data": TEXT,
        "day": world.ada.actor.day,
    }
    return commands.add(actor=member.actor, **{**asked, **given})


@pytest.fixture
def kept(world, today):
    return add(world.ada, world)


def bytes_on_disk():
    paths = [p for p in settings.BRAID_DOCUMENTS.rglob("*") if p.is_file()]
    return b"".join(path.read_bytes() for path in paths)


def test_a_document_is_kept_sealed_and_comes_back_whole(world, kept):
    assert kept.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert kept.size == len(TEXT)
    assert kept.file_name == "statement.txt"
    found, ground = queries.document(world.ada.actor, kept.pk)
    assert ground == "own_care"
    data = queries.content(found)
    assert b"".join(queries.pieces(world.ada.actor, found, data)) == TEXT
    path = storage._folder(world.pat.pk) / str(kept.pk)
    assert path.stat().st_mode & 0o077 == 0
    assert TEXT[:20] not in bytes_on_disk()


def test_its_bytes_serve_this_document_only(world, kept):
    other = add(world.ada, world, data=b"Another one.")
    folder = storage._folder(world.pat.pk)
    (folder / str(kept.pk)).write_bytes((folder / str(other.pk)).read_bytes())
    with pytest.raises(subject_keys.NotSealedSo):
        queries.content(kept)


@pytest.mark.parametrize("member", ["ola", "cora", "dev", "sam", "femi"])
def test_nobody_else_adds_or_reads_it(world, kept, member):
    actor = getattr(world, member).actor
    assert list(queries.documents_of(actor, world.pat.pk)) == []
    with pytest.raises(Http404):
        queries.document(actor, kept.pk)
    with pytest.raises(Refused):
        add(getattr(world, member), world)


def test_the_applicant_reads_everything_and_brings_what_is_theirs(world, kept):
    mine = add(world.pat_account, world, kind="work_goals", title="CV")
    both = queries.documents_of(world.pat_account.actor, world.pat.pk)
    assert set(both) == {mine, kept}
    with pytest.raises(Refused):
        add(world.pat_account, world, kind="health_at_work")
    with pytest.raises(Refused):
        add(world.pat_account, world, kind="work_goals", applicant_id=world.quinn.pk)
    assert queries.documents_of(world.ada.actor, world.pat.pk).count() == 2


def test_a_treatment_team_keeps_its_own(world, today):
    of_team = add(world.cora, world, kind="treatment", team=world.east)
    assert list(queries.documents_of(world.cora.actor, world.pat.pk)) == [of_team]
    assert list(queries.documents_of(world.ada.actor, world.pat.pk)) == []
    with pytest.raises(Refused):
        add(world.ada, world, kind="treatment")


def test_consent_opens_the_class_agreed_to_and_no_other(world, kept):
    cv = add(world.ada, world, kind="work_goals")
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS)
    assert list(queries.documents_of(world.cora.actor, world.pat.pk)) == [cv]
    assert queries.document(world.cora.actor, cv.pk)[1] == "consent"
    with pytest.raises(Http404):
        queries.document(world.cora.actor, kept.pk)
    withdraw(world, world.pat, world.cora)
    assert list(queries.documents_of(world.cora.actor, world.pat.pk)) == []


def test_a_withdrawal_ends_what_is_under_way(world, today, monkeypatch):
    monkeypatch.setattr(queries, "PIECE", 10)
    cv = add(world.ada, world, kind="work_goals")
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.WORK_GOALS)
    pieces = queries.pieces(world.cora.actor, cv, TEXT)
    assert next(pieces) == TEXT[:10]
    assert next(pieces) == TEXT[10:20]
    withdraw(world, world.pat, world.cora)
    assert list(pieces) == []


def test_a_block_ends_what_is_under_way(world, kept, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(queries, "PIECE", 10)
    pieces = queries.pieces(world.ada.actor, kept, TEXT)
    next(pieces)
    Block.objects.create(
        organisation=world.north.organisation,
        applicant_id=world.pat.pk,
        user=world.ada.user,
        name="Ada",
        set_at=timezone.now(),
    )
    assert list(pieces) == []


def sign(world, member, data=None, **given):
    asked = {
        "document_id": new_id(),
        "applicant_id": world.pat.pk,
        "team": world.north,
        "title": "Signed agreement",
        "file_name": "paper.png",
        "data": files.png() if data is None else data,
        "day": member.actor.day,
    }
    return commands.add_signature(actor=member.actor, **{**asked, **given})


@pytest.mark.parametrize(
    "kind", ["health_at_work", "work_goals", "conversation", "identity"]
)
def test_list_and_document_give_one_answer(world, today, kind):
    is_signed = kind == "identity"
    one = sign(world, world.ada) if is_signed else add(world.ada, world, kind=kind)
    agree(world, world.pat, world.dev, Information.IDENTITY, Information.WORK_GOALS)
    for name in ("ada", "ben", "cora", "dev", "ola", "sam", "femi", "pat_account"):
        actor = getattr(world, name).actor
        listed = one in queries.documents_of(actor, world.pat.pk)
        try:
            opened = bool(queries.document(actor, one.pk))
        except Http404:
            opened = False
        assert listed == opened, name


@pytest.mark.parametrize("make", [files.png, files.jpeg, files.pdf])
def test_a_signature_is_a_picture_that_unit_and_applicant_open(world, today, make):
    one = sign(world, world.ada, make())
    for member in (world.ada, world.ben, world.pat_account):
        assert queries.document(member.actor, one.pk)[0] == one
        assert queries.signatures(member.actor, world.pat.pk) == {one.pk}
    assert AuditEntry.objects.get(action="document_added").information == "identity"


def test_no_agreement_opens_a_signature(world, today):
    one = sign(world, world.ada)
    for member in (world.cora, world.dev):
        agree(world, world.pat, member, Information.IDENTITY, Information.WORK_GOALS)
        with pytest.raises(Http404):
            queries.document(member.actor, one.pk)
        assert queries.signatures(member.actor, world.pat.pk) == frozenset()


def test_a_signature_stays_with_what_it_proves(world, today):
    one = sign(world, world.ada)
    for member in (world.ada, world.ben, world.pat_account):
        with pytest.raises(Refused):
            commands.take_back(actor=member.actor, document=one)


@pytest.mark.parametrize("member", ["ola", "cora", "dev", "sam", "pat_account"])
def test_nobody_else_keeps_a_signature(world, today, member):
    before = bytes_on_disk()
    with pytest.raises(Refused):
        sign(world, getattr(world, member))
    assert bytes_on_disk() == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(TEXT, "not_a_picture", id="text"),
        pytest.param(files.docx(), "not_a_picture", id="a letter"),
        pytest.param(b"MZ\0\0", "not_a_picture", id="a program"),
        pytest.param(files.pdf(b"/JavaScript"), "macros", id="a PDF with a program"),
        pytest.param(b"", "empty", id="nothing"),
    ],
)
def test_a_signature_is_nothing_but_a_picture(world, today, data, reason):
    before = bytes_on_disk()
    with pytest.raises(InputFault) as met:
        sign(world, world.ada, data)
    assert (met.value.field, met.value.reason) == ("signature", reason)
    assert bytes_on_disk() == before
    assert not Document.objects.system("test").exists()


@pytest.mark.parametrize("member", ["ada", "ben", "pat_account"])
def test_a_signature_is_not_brought_as_any_document(world, member):
    kinds = dict(queries.kinds_to_add(getattr(world, member).actor))
    assert kinds
    assert "identity" not in kinds


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"<svg onload=alert(1)>", "unknown", id="markup"),
        pytest.param(
            files.docx(parts={"word/vbaProject.bin": b"x"}), "macros", id="macros"
        ),
    ],
)
def test_a_file_that_is_refused_leaves_nothing(world, today, data, reason):
    before = bytes_on_disk()
    with pytest.raises(InputFault) as met:
        add(world.ada, world, data=data)
    assert met.value.reason == reason
    assert met.value.field == "file"
    assert not Document.objects.system("test").exists()
    assert bytes_on_disk() == before


def test_when_the_audit_fails_nothing_is_kept(world, today, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError

    before = bytes_on_disk()
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        add(world.ada, world)
    assert not Document.objects.system("test").exists()
    assert bytes_on_disk() == before


def test_it_stands_in_the_audit_which_class_of_whom(world, kept):
    entry = AuditEntry.objects.filter(action="document_added").get()
    assert entry.applicant_key == world.pat.pk
    assert entry.information == "health_at_work"
    assert entry.ground == "own_care"


def test_taken_back_it_is_gone_bytes_and_all(
    world, kept, django_capture_on_commit_callbacks
):
    path = storage._folder(world.pat.pk) / str(kept.pk)
    with django_capture_on_commit_callbacks(execute=True):
        commands.take_back(actor=world.ben.actor, document=kept)
    assert not path.exists()
    assert not Document.objects.system("test").exists()
    assert AuditEntry.objects.filter(action="document_taken_back").exists()


def test_an_applicant_takes_back_own_documents_only(world, kept):
    mine = add(world.pat_account, world, kind="work_goals")
    of_unit = add(world.ada, world, kind="work_goals")
    pat = world.pat_account.actor
    assert queries.may_take_back(pat, mine)
    for other in (kept, of_unit):
        assert not queries.may_take_back(pat, other)
        with pytest.raises(Refused):
            commands.take_back(actor=pat, document=other)


def test_erased_with_the_person_no_copy_can_be_read(world, kept):
    copy = (storage._folder(world.pat.pk) / str(kept.pk)).read_bytes()
    assert erasing.erase(world.pat.pk) == 1
    assert not storage._folder(world.pat.pk).exists()
    subject_keys.destroy(world.pat.pk)
    with pytest.raises(KeyDestroyed):
        subject_keys.unseal(world.pat.pk, copy, use=f"document:{kept.pk}")
    assert erasing.erase(world.pat.pk) == 0
    assert list(erasing.copy(world.pat.pk, None)) == []


def test_the_copy_of_ones_data_holds_every_document(world, kept):
    (piece,) = erasing.copy(world.pat.pk, None)
    assert piece.content == TEXT
    assert piece.name.endswith("statement.txt")


def test_every_kind_is_a_class_and_some_role_may_add_it(world):
    from braid.access.policy import GRANTS
    from braid.documents.choices import DocumentKind

    for kind in DocumentKind.values:
        information = Information(kind)
        assert any((Action.RECORD, information) in row for row in GRANTS.values())
