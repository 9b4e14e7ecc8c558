"""The applicant's account: invited by a code, opened once, ended."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.db import DatabaseError

from braid.access import accounts, audit, queries
from braid.access.models import (
    ApplicantAccount,
    ApplicantInvitation,
    AuditEntry,
    User,
)
from braid.access.policy import Role
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
PASSWORD = "violet harbour lamp 42"


@pytest.fixture
def code(world):
    return accounts.invite(
        actor=world.ada.actor, subject=world.quinn.subject(), now=NOW
    )


def opened(code, email="quinn@example.org", now=NOW):
    found = accounts.invitation(now, code=code)
    return accounts.open_account(
        invitation=found, name="Quinn Bruun", email=email, password=PASSWORD, now=now
    )


def test_a_code_has_no_letters_that_look_alike():
    codes = [accounts.new_code() for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(
        re.fullmatch(r"[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}", c) for c in codes
    )


def test_only_the_hash_of_a_code_is_kept(code):
    kept = ApplicantInvitation.objects.get()
    assert code not in str(vars(kept))
    assert kept.code_hash == accounts.code_hash(code)
    assert kept.expires_at == NOW + timedelta(days=14)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str.lower, id="in small letters"),
        pytest.param(lambda code: code.replace("-", ""), id="without lines"),
        pytest.param(lambda code: f"  {code.replace('-', ' ')} ", id="with spaces"),
    ],
)
def test_a_code_may_be_typed_in_many_ways(code, typed):
    assert accounts.invitation(NOW, code=typed(code)) is not None


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(timedelta(days=14), id="on the last instant"),
        pytest.param(timedelta(days=40), id="long after"),
    ],
)
def test_a_code_is_worth_nothing_after_two_weeks(code, later):
    assert accounts.invitation(NOW + later, code=code) is None
    assert accounts.invitation(NOW + timedelta(days=13), code=code) is not None


def test_a_code_opens_one_account_once(world, code):
    user = opened(code)
    assert accounts.invitation(NOW, code=code) is None
    account = accounts.account_of(world.quinn.pk)
    assert (account.user, account.organisation) == (user, world.havnelund)
    place = queries.places(user, NOW)[0]
    assert (place.actor.role, place.actor.own) == (Role.APPLICANT, world.quinn.pk)


def test_a_new_invitation_ends_the_one_before(world, code):
    again = accounts.invite(
        actor=world.ben.actor, subject=world.quinn.subject(), now=NOW
    )
    assert accounts.invitation(NOW, code=code) is None
    assert accounts.invitation(NOW, code=again) is not None


def test_the_third_wrong_date_of_birth_ends_the_invitation(world, code):
    for still_open in (True, True, False):
        accounts.miss(invitation=ApplicantInvitation.objects.get())
        assert (accounts.invitation(NOW, code=code) is not None) is still_open
    assert accounts.invitation_of(world.quinn.pk, NOW) is None
    missed = AuditEntry.objects.filter(action="invitation_missed")
    assert {(one.applicant_key, one.outcome) for one in missed} == {
        (world.quinn.pk, "refused")
    }


def test_who_has_an_account_is_not_invited(world):
    with pytest.raises(InputFault, match="has an account already"):
        accounts.invite(actor=world.ada.actor, subject=world.pat.subject(), now=NOW)


@pytest.mark.parametrize("name", ["ola", "cora", "dev", "sam", "pat_account"])
def test_only_the_unit_invites(world, name):
    actor = getattr(world, name).actor
    with pytest.raises(Refused):
        accounts.invite(actor=actor, subject=world.quinn.subject(), now=NOW)
    assert not ApplicantInvitation.objects.exists()


def test_an_address_of_somebody_else_opens_nothing(world, code):
    with pytest.raises(InputFault, match="cannot be used") as fault:
        opened(code, email="ADA@example.org")
    assert fault.value.field == "email"
    assert accounts.invitation(NOW, code=code) is not None


def test_a_colleague_who_is_an_applicant_too_has_both(world, code):
    peer = world.ola.user
    accounts.connect(invitation=accounts.invitation(NOW, code=code), user=peer, now=NOW)
    staff, own = queries.places(peer, NOW)
    assert (staff.actor.role, staff.actor.own) == (Role.SPECIALIST, None)
    assert (own.actor.role, own.actor.own) == (Role.APPLICANT, world.quinn.pk)
    assert own.actor.teams == frozenset()


def test_nobody_opens_the_page_to_which_they_invited(world, code):
    with pytest.raises(InputFault, match="Only the person invited"):
        accounts.connect(
            invitation=accounts.invitation(NOW, code=code),
            user=world.ada.user,
            now=NOW,
        )
    assert accounts.account_of(world.quinn.pk) is None


def test_one_sign_in_has_one_record(world, code):
    with pytest.raises(InputFault, match="connected with a page already"):
        accounts.connect(
            invitation=accounts.invitation(NOW, code=code),
            user=world.pat_account.user,
            now=NOW,
        )


def test_an_invitation_used_meanwhile_opens_nothing(world, code):
    found = accounts.invitation(NOW, code=code)
    opened(code)
    with pytest.raises(InputFault, match="used already"):
        accounts.connect(invitation=found, user=world.ola.user, now=NOW)


@pytest.mark.parametrize("name", ["ada", "pat_account"])
def test_the_unit_or_the_applicant_ends_an_account(world, name):
    user = world.pat_account.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    accounts.end_account(actor=getattr(world, name).actor, subject=world.pat.subject())
    user.refresh_from_db()
    assert (user.is_active, user.email) == (False, None)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert (
        authenticate(None, email="pat_account@example.org", password=PASSWORD) is None
    )
    assert accounts.account_of(world.pat.pk) is None
    ended = AuditEntry.objects.get(action="applicant_account_ended")
    assert ended.applicant_key == world.pat.pk


def test_an_invitation_that_is_open_ends_with_the_account(world, code):
    accounts.end_account(actor=world.ada.actor, subject=world.quinn.subject())
    assert accounts.invitation(NOW, code=code) is None


def test_a_role_goes_on_when_the_account_ends(world, code):
    accounts.connect(
        invitation=accounts.invitation(NOW, code=code), user=world.ola.user, now=NOW
    )
    accounts.end_account(actor=world.ada.actor, subject=world.quinn.subject())
    kept = User.objects.get(pk=world.ola.user.pk)
    assert (kept.is_active, kept.email) == (True, "ola@example.org")
    assert [place.actor.role for place in queries.places(kept, NOW)] == [
        Role.SPECIALIST
    ]


@pytest.mark.parametrize("name", ["ola", "cora", "sam"])
def test_others_end_no_account(world, name):
    with pytest.raises(Refused):
        accounts.end_account(
            actor=getattr(world, name).actor, subject=world.pat.subject()
        )
    assert ApplicantAccount.objects.filter(applicant_id=world.pat.pk).exists()


def test_without_audit_nothing_is_opened(world, code, monkeypatch):
    def full(*_args, **_named):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(DatabaseError):
        opened(code)
    assert accounts.account_of(world.quinn.pk) is None
    assert queries.user_by_email("quinn@example.org") is None
