"""Stories of a sign-in that is restored: a help to who lost it, no way into another's."""

from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from braid.access import commands
from braid.access.models import AuditEntry
from braid.access.sign_in import factors
from braid.kernel.errors import InputFault
from tests.access.sign_in.conftest import PASSWORD, with_password
from tests.factories.access import (
    ApplicantAccountFactory,
    MembershipFactory,
    UserFactory,
)
from tests.second_factors import give_app


def here(world, user, **given):
    """Give somebody a specialist's role in North besides what they have."""
    return MembershipFactory(user=user, team=world.north, **given)


def with_account(world):
    """Return Ada, who is an applicant of the same organisation too."""
    ApplicantAccountFactory(
        user=world.ada.user,
        applicant_id=world.quinn.pk,
        organisation=world.havnelund,
    )
    return world.ada.user


WHO = {
    "the steward": lambda world: world.sam.user,
    "a clinician": lambda world: world.cora.user,
    "a caseworker": lambda world: world.dev.user,
    "somebody with an applicant's account": with_account,
}


@pytest.mark.parametrize("who", WHO)
def test_a_supervisor_takes_over_nobody_who_may_more(world, as_, who):
    user = with_password(WHO[who](world))
    give_app(user)
    email, key = user.email, here(world, user).pk
    ben = as_("ben")
    taken = ben.post(reverse("access:factors_take_away", args=[key]))
    assert taken.status_code == 200
    for address in (email, "ben.again@example.org"):
        answer = ben.post(
            reverse("access:member_invite", args=[key]), {"email": address}
        )
        assert answer.status_code == 422, address
    user.refresh_from_db()
    assert user.email == email
    assert user.check_password(PASSWORD)
    assert not user.invitations.exists()
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_steward_who_has_yet_to_sign_in_is_no_easier_prey(world):
    sam = world.sam.user
    sam.set_unusable_password()
    sam.save()
    with pytest.raises(InputFault, match="do not manage"):
        commands.invite(
            actor=world.ben.actor,
            membership=here(world, sam),
            email="ben.again@example.org",
            now=timezone.now(),
        )


def test_a_role_that_begins_next_month_counts_too(world, today):
    MembershipFactory(
        user=world.ada.user,
        team=None,
        organisation=world.havnelund,
        role="steward",
        first_day=today.replace(month=11),
    )
    with pytest.raises(InputFault, match="do not manage"):
        factors.take_away(
            actor=world.ben.actor,
            membership=world.ada.user.memberships.get(team=world.north),
        )


def test_a_supervisor_helps_a_specialist_of_the_unit(world, as_):
    ada = with_password(world.ada.user)
    give_app(ada)
    key = ada.memberships.get().pk
    ben = as_("ben")
    assert ben.post(reverse("access:factors_take_away", args=[key])).status_code == 302
    answer = ben.post(reverse("access:member_invite", args=[key]), {"email": ada.email})
    assert "Invitation for" in answer.content.decode()


def test_only_a_steward_gives_another_address_to_who_signs_in(world, as_):
    ada = with_password(world.ada.user)
    address = reverse("access:member_invite", args=[ada.memberships.get().pk])
    other = {"email": "other@example.org"}
    refused = as_("ben").post(address, other)
    assert refused.status_code == 422
    assert "Only a data steward" in refused.content.decode()
    assert as_("sam").post(address, other).status_code == 200
    ada.refresh_from_db()
    assert ada.email == "other@example.org"


def test_an_app_alone_makes_somebody_who_signs_in(world, as_):
    ada = world.ada.user
    ada.set_unusable_password()
    ada.save()
    give_app(ada)
    address = reverse("access:member_invite", args=[ada.memberships.get().pk])
    other = {"email": "other@example.org"}
    assert as_("ben").post(address, other).status_code == 422


def test_a_steward_is_restored_by_another_steward_only(world, as_):
    sam = world.sam.user
    give_app(sam)
    membership = sam.memberships.get()
    with pytest.raises(InputFault, match="Nobody restores their own"):
        factors.take_away(actor=world.sam.actor, membership=membership)
    another = replace(world.sam.actor, id=UserFactory().pk)
    factors.take_away(actor=another, membership=membership)
    assert not Authenticator.objects.filter(user=sam).exists()


def test_the_person_is_told_at_the_address_they_had(
    world, as_, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.BRAID_MAILS = True
    ada = with_password(world.ada.user)
    give_app(ada)
    key = ada.memberships.get().pk
    sam = as_("sam")
    with django_capture_on_commit_callbacks(execute=True):
        sam.post(reverse("access:factors_take_away", args=[key]))
        sam.post(
            reverse("access:member_invite", args=[key]), {"email": "other@example.org"}
        )
    told = [mail.body for mail in mailoutbox if mail.to == ["ada@example.org"]]
    assert len(told) == 2
    assert "took away your second factors" in told[0]
    assert "made a new invitation for you" in told[1]
    assert not any("/invitation/" in body for body in told)
    acts = {"factors_taken_away", "member_invited"}
    assert (
        set(AuditEntry.objects.filter(action__in=acts).values_list("action", flat=True))
        == acts
    )


def test_without_a_mail_server_the_page_says_whom_to_ask(client, world):
    for name in ("account_reset_password", "account_reset_password_done"):
        page = client.get(reverse(name)).content.decode()
        assert "Ask your supervisor or data steward" in page
        assert "Look into your mail" not in page
        assert "Send the link" not in page


@pytest.mark.parametrize("name", ["nobody", "ada"])
def test_with_one_the_page_points_to_the_mail(client, as_, settings, name):
    settings.BRAID_MAILS = True
    browser = client if name == "nobody" else as_(name)
    page = browser.get(reverse("account_reset_password_done")).content.decode()
    assert "Look into your mail" in page
