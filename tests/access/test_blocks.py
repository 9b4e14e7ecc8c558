"""Blocks: to a blocked person the applicant does not exist; two together set one aside."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from braid.access import blocks, queries, secrets
from braid.access.choices import EmergencyReason
from braid.access.models import AuditEntry, Block, BlockSetAside, Notice
from braid.access.policy import Action, Information, Subject, decide
from braid.kernel.errors import InputFault, Refused
from braid.people import circle
from braid.people.models import Applicant
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.access import MembershipFactory, UserFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
DAY = timedelta(hours=24)
WORDS = "He called from the bridge and asked for help."


def whom(world, person=None):
    person = person or world.pat
    return blocks.Whom(person.subject(), person.name)


def block(world, who="pat_account", person=None, **given):
    return blocks.set_block(
        actor=getattr(world, who).actor, whom=whom(world, person), now=NOW, **given
    )


def acting(world, who, now=NOW):
    actor = getattr(world, who).actor
    return queries.acting(actor.id, actor.role.value, actor.organisation, now)


def exists_for(actor, person):
    listed = Applicant.objects.visible_to(actor).filter(pk=person.pk).exists()
    subject = person.subject(Information.IDENTITY, TODAY)
    assert listed == decide(actor, Action.READ, subject).allowed
    return listed


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        pytest.param("pat_account", "set", id="the applicant"),
        pytest.param("ben", "set", id="the unit's supervisor, with a reason"),
        pytest.param("ada", "not_granted", id="a specialist never"),
        pytest.param("sam", "not_granted", id="a steward never"),
        pytest.param("cora", "not_granted", id="a clinician never"),
        pytest.param("dev", "not_granted", id="a caseworker never"),
    ],
)
def test_who_may_block(world, who, outcome):
    try:
        block(world, who, user_id=world.dev.user.pk, reason="An earlier partner.")
        met = "set"
    except Refused as refused:
        met = refused.reason
    assert met == outcome


def test_a_supervisor_says_why_the_applicant_need_not(world):
    with pytest.raises(InputFault, match="Say why"):
        block(world, "ben", user_id=world.dev.user.pk)
    assert block(world, user_id=world.dev.user.pk).reason == ""


def test_only_ones_own_record(world):
    with pytest.raises(Refused):
        block(world, "pat_account", world.quinn, user_id=world.dev.user.pk)


def test_it_holds_at_once_for_this_person_alone(world):
    assert exists_for(acting(world, "ada"), world.pat)
    one = block(world, user_id=world.ada.user.pk)
    assert not exists_for(acting(world, "ada"), world.pat)
    assert exists_for(acting(world, "ada"), world.quinn)
    assert exists_for(acting(world, "ben"), world.pat)
    blocks.lift(actor=world.pat_account.actor, whom=whom(world), key=one.pk, now=NOW)
    assert exists_for(acting(world, "ada"), world.pat)


@pytest.mark.parametrize("spelled", ["Nina Vest", "nina  vest", "NINA VEST "])
def test_a_name_holds_for_whoever_comes_later(world, spelled):
    block(world, name=spelled)
    for _ in range(2):
        user = UserFactory(name="Nina Vest")
        MembershipFactory(user=user, team=world.north)
        (place,) = queries.places(user, NOW)
        assert not exists_for(place.actor, world.pat)
        assert exists_for(place.actor, world.quinn)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({"name": " "}, "Choose somebody", id="nobody"),
        pytest.param({"name": "pat lund"}, "own name", id="oneself by name"),
        pytest.param({"name": "Blake Caseworker"}, None, id="another kind of block"),
    ],
)
def test_what_cannot_be_blocked(world, given, told):
    if told is None:
        assert block(world, **given).name_hash
        return
    with pytest.raises(InputFault, match=told):
        block(world, **given)


def test_twice_is_once(world):
    with pytest.raises(InputFault, match="already"):
        block(world, user_id=world.blake.user.pk)


def test_setting_and_lifting_are_in_the_audit_without_names(world):
    one = block(world, name="Nina Vest")
    blocks.lift(actor=world.ben.actor, whom=whom(world), key=one.pk, now=NOW)
    entries = AuditEntry.objects.filter(record_key=str(one.pk)).order_by("pk")
    assert [entry.action for entry in entries] == ["block_set", "block_lifted"]
    assert all(entry.applicant_key == world.pat.pk for entry in entries)
    assert not any("Nina" in str(entry.__dict__) for entry in entries)


# Setting aside


def subject_for(world, who):
    actor = getattr(world, who).actor
    if who == "sam":
        return Subject(None, actor.organisation)
    return replace(world.pat.subject(), information=None)


def ask(world, who, key, **given):
    return blocks.ask_to_set_aside(
        actor=getattr(world, who).actor,
        subject=subject_for(world, who),
        key=key,
        reason=EmergencyReason.LIFE_OR_HEALTH,
        words=WORDS,
        now=NOW,
        **given,
    )


def agreed(world, who, asked, now=NOW):
    blocks.agree_to_set_aside(
        actor=getattr(world, who).actor,
        subject=subject_for(world, who),
        key=asked.block_id,
        asked_id=asked.pk,
        now=now,
    )


@pytest.mark.parametrize(("first", "second"), [("ben", "sam"), ("sam", "ben")])
def test_two_together_set_a_block_aside_for_a_day(world, first, second):
    one = block(world, user_id=world.ada.user.pk)
    asked = ask(world, first, one.pk)
    assert not exists_for(acting(world, "ada"), world.pat)
    assert not Notice.objects.exists()
    agreed(world, second, asked)
    assert exists_for(acting(world, "ada"), world.pat)
    tick = timedelta(microseconds=1)
    assert exists_for(acting(world, "ada", NOW + DAY - tick), world.pat)
    assert not exists_for(acting(world, "ada", NOW + DAY), world.pat)
    notice = Notice.objects.get()
    assert (notice.applicant_id, notice.kind) == (world.pat.pk, "block_set_aside")


def test_one_person_in_two_roles_is_not_two(world):
    MembershipFactory(user=world.sam.user, team=world.north, role="supervisor")
    one = block(world, user_id=world.ada.user.pk)
    asked = ask(world, "sam", one.pk)
    both = replace(world.ben.actor, id=world.sam.user.pk)
    with pytest.raises(InputFault, match="yourself"):
        blocks.agree_to_set_aside(
            actor=both,
            subject=subject_for(world, "ben"),
            key=one.pk,
            asked_id=asked.pk,
            now=NOW,
        )


def test_two_stewards_are_one_side(world):
    one = block(world, user_id=world.ada.user.pk)
    asked = ask(world, "sam", one.pk)
    another = replace(world.sam.actor, id=UserFactory().pk)
    with pytest.raises(InputFault, match="together"):
        blocks.agree_to_set_aside(
            actor=another,
            subject=subject_for(world, "sam"),
            key=one.pk,
            asked_id=asked.pk,
            now=NOW,
        )
    assert not BlockSetAside.objects.filter(expires_at__isnull=False).exists()


@pytest.mark.parametrize("who", ["ada", "cora", "dev", "pat_account", "femi"])
def test_nobody_else_sets_aside(world, who):
    one = block(world, user_id=world.ada.user.pk)
    with pytest.raises(Refused):
        ask(world, who, one.pk)


def test_the_blocked_supervisor_meets_nothing(world):
    one = block(world, user_id=world.ben.user.pk)
    with pytest.raises(Refused):
        blocks.ask_to_set_aside(
            actor=acting(world, "ben"),
            subject=subject_for(world, "ben"),
            key=one.pk,
            reason=EmergencyReason.OTHER,
            words=WORDS,
            now=NOW,
        )


def test_a_blocked_steward_has_no_line_of_it(world):
    block(world, user_id=world.sam.user.pk)
    actor = acting(world, "sam")
    assert blocks.of_organisation(actor, NOW) == []
    with pytest.raises(Http404):
        blocks.block(actor, Block.objects.first().pk)


# The secret address


def test_a_secret_address_is_neither_agreed_away_nor_due(world):
    agree(
        world, world.pat, world.cora, Information.IDENTITY, Information.CONTACT_DETAILS
    )
    asked = Information.CONTACT_DETAILS
    actor = acting(world, "cora")

    def answers():
        listed = Applicant.objects.visible_to(actor, Action.READ, asked)
        told = decide(actor, Action.READ, world.pat.subject(asked, TODAY)).allowed
        assert listed.filter(pk=world.pat.pk).exists() == told
        return told

    assert answers()
    world.pat.secret_address = True
    world.pat.save()
    assert not answers()
    assert circle.teams_of(world.pat.pk, TODAY, Information.IDENTITY)
    assert exists_for(actor, world.pat)
    own = decide(world.ada.actor, Action.READ, world.pat.subject(asked, TODAY))
    assert own.allowed


# The pages


def test_the_applicant_blocks_and_lifts_on_the_own_page(as_, world):
    client = as_("pat_account")
    page = client.get(reverse("desk:own_blocks"))
    assert "Blake Caseworker" in page.content.decode()
    answer = client.post(
        reverse("desk:own_blocks"), {"person": str(world.dev.user.pk)}, follow=True
    )
    assert "Dev Caseworker" in answer.content.decode()
    one = Block.objects.get(user=world.dev.user)
    client.post(reverse("desk:block_lift", args=[one.pk]))
    one.refresh_from_db()
    assert one.lifted_at is not None


def test_those_around_are_offered_and_nobody_else(as_, world):
    page = as_("pat_account").get(reverse("desk:own_blocks")).content.decode()
    for name in ("Ada Specialist", "Cora Clinician", "Dev Caseworker"):
        assert name in page
    assert "Ola Specialist" not in page


def test_blocking_the_own_specialist_asks_the_supervisor_for_another(as_, world):
    title = "Need another specialist"
    assert title not in as_("ben").get(reverse("desk:unit")).content.decode()
    block(world, user_id=world.ada.user.pk)
    page = as_("ben").get(reverse("desk:unit")).content.decode()
    assert title in page
    assert title not in as_("ada").get(reverse("desk:today")).content.decode()
    today = as_("ada").get(reverse("desk:today")).content.decode()
    assert not re.search(r"\bPat\b", today)  # a token may hold the letters


def test_the_pages_of_the_unit_and_of_the_steward_lead_through_it(as_, world):
    one = block(world, user_id=world.ada.user.pk)
    ben, sam = as_("ben"), as_("sam")
    page = ben.get(reverse("desk:blocks", args=[world.pat.pk])).content.decode()
    assert "Ada Specialist" in page
    given = {"reason": "life_or_health", "words": WORDS}
    ben.post(reverse("desk:set_aside", args=[one.pk]), given)
    listed = sam.get(reverse("desk:set_asides")).content.decode()
    assert WORDS in listed
    assert not re.search(r"\bPat\b", listed)
    asked = BlockSetAside.objects.get()
    sam.post(reverse("desk:set_aside_agree", args=[one.pk, asked.pk]))
    page = ben.get(reverse("desk:blocks", args=[world.pat.pk])).content.decode()
    assert "Set aside until" in page


@pytest.mark.parametrize("who", ["ola", "blake", "ada", "cora", "dev"])
def test_nobody_else_reads_whom_an_applicant_has_blocked(as_, world, who):
    address = reverse("desk:blocks", args=[world.pat.pk])
    answer = as_(who).get(address)
    assert answer.status_code in (403, 404)
    assert "Blake" not in answer.content.decode().replace("Blake Caseworker · ", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("Andr\u00e9  LUND", "Andre\u0301 Lund", id="one letter or two"),
        pytest.param("\uff21da Holm", "Ada Holm", id="wide letters"),
        pytest.param("Stra\u00dfe", "STRASSE", id="sharp s"),
    ],
)
def test_a_blocked_name_is_found_however_it_is_typed(typed, kept):
    assert secrets.name_hash(typed) == secrets.name_hash(kept)


def test_other_names_stay_apart():
    assert secrets.name_hash("Ada Holm") != secrets.name_hash("Ida Holm")
    assert secrets.name_hash("Nora Aas") != secrets.name_hash("Nora \u00c5s")
