"""The audit says who came in and how, what failed, and what was changed about it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.signals import user_login_failed
from django.test import Client
from django.urls import reverse

from braid.access import audit, lines
from braid.access.models import AuditEntry, User
from braid.access.policy import Role
from tests import oidc
from tests.access.sign_in.conftest import PASSWORD, sign_in
from tests.access.sign_in.test_single_sign_on import loopback, visit, wrong
from tests.cast import TODAY
from tests.factories.access import UserFactory
from tests.second_factors import SECRET, code, give_app, recovery_codes

__all__ = ["loopback", "wrong"]

WRONG = "wrong words entirely"
NEW = "gulerod pumpe regnbue"
UNKNOWN = "noa@example.org"
NO_PASSKEY = (
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "eA",'
    '"clientDataJSON": "eyJ9", "authenticatorData": "eA", "signature": "eA"}}'
)


def actions(**about):
    return list(AuditEntry.objects.filter(**about).values_list("action", flat=True))


def steps(client, name="mfa_authenticate", **given):
    return client.post(reverse(name), given)


# ---- Coming in and going ----------------------------------------------------------------


def test_a_sign_in_is_recorded_with_what_proved_it(ada, world, client):
    give_app(ada)
    sign_in(client, ada.email)
    assert actions() == ["password_given"]  # and nobody is in yet
    steps(client, code=code(SECRET))
    assert actions() == ["password_given", "app_code_given", "signed_in"]
    for entry in AuditEntry.objects.all():
        assert (entry.actor_id, entry.role) == (ada.pk, Role.SPECIALIST)
        assert entry.organisation_id == world.havnelund.pk
        assert (entry.record_kind, entry.record_key) == ("access.user", str(ada.pk))
        assert entry.outcome == "done"


def test_a_recovery_code_is_told_from_the_code_of_an_app(ada, client):
    give_app(ada)
    sign_in(client, ada.email)
    steps(client, code=recovery_codes(ada)[0])
    assert actions() == ["password_given", "recovery_code_used", "signed_in"]


def test_a_single_sign_on_is_recorded(wrong, world):
    client = Client()
    visit(client, wrong)
    assert get_user(client) == world.ada.user
    assert actions() == ["provider_vouched", "signed_in"]


def test_signing_out_is_told_from_a_sign_in_that_was_over(ada, client):
    with time_machine.travel(f"{TODAY}T06:00:00+00:00", tick=False) as clock:
        sign_in(client, ada.email)
        client.post(reverse("account_logout"))
        sign_in(client, ada.email)
        client.get("/today/")
        clock.shift(timedelta(hours=1))
        client.get("/today/")
    gone = {"signed_out", "sign_in_over"}
    assert [one for one in actions() if one in gone] == ["signed_out", "sign_in_over"]


@pytest.mark.parametrize(
    ("member", "role"), [("pat_account", Role.APPLICANT), ("sam", Role.STEWARD)]
)
def test_a_sign_in_stands_in_the_audit_of_ones_first_place(world, client, member, role):
    user = getattr(world, member).user
    user.set_password(PASSWORD)
    user.save()
    sign_in(client, user.email)
    entry = AuditEntry.objects.get(action="signed_in")
    assert (entry.organisation_id, entry.role) == (world.havnelund.pk, role)


def test_who_has_no_place_stands_in_the_audit_of_nobody(db, client):
    user = UserFactory(email="lone@example.org")
    user.set_password(PASSWORD)
    user.save()
    sign_in(client, user.email)
    entry = AuditEntry.objects.get(action="signed_in")
    assert (entry.organisation_id, entry.actor_id) == (audit.NOBODY, user.pk)


# ---- What fails -------------------------------------------------------------------------


def test_a_wrong_password_is_no_act_of_the_person(ada, world, client):
    sign_in(client, ada.email.upper(), WRONG)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.outcome) == ("sign_in_failed", "refused")
    assert (entry.actor_id, entry.system) == (None, "sign-in")
    assert entry.organisation_id == world.havnelund.pk
    assert entry.record_key == str(ada.pk)


def test_an_address_that_nobody_has_is_counted_and_not_kept(world, client):
    for _try in range(2):
        sign_in(client, UNKNOWN, WRONG)
    for entry in AuditEntry.objects.all():
        assert entry.action == "sign_in_failed"
        assert entry.organisation_id == audit.NOBODY
        kept = {entry.actor_id, entry.record_kind, entry.record_key}
        assert kept == {None, ""}
        assert not entry.digest
        assert "noa" not in str(vars(entry))
    assert len(actions()) == 2


def test_recording_takes_the_same_questions_for_known_and_unknown(
    ada, django_assert_max_num_queries
):
    asked = set()
    for email in (ada.email, UNKNOWN):
        with django_assert_max_num_queries(9) as met:
            user_login_failed.send(__name__, credentials={"email": email})
        begun = tuple(one["sql"].split()[0] for one in met.captured_queries)
        asked.add((begun, len(actions())))
    assert {len(begun) for begun, _written in asked} == {len(met.captured_queries)}
    assert sorted(written for _begun, written in asked) == [1, 2]
    assert len({begun for begun, _written in asked}) == 1


@pytest.mark.parametrize("email", ["ada@example.org", UNKNOWN])
def test_a_stop_is_recorded_once_however_long_the_tries_go_on(ada, email):
    with time_machine.travel(TODAY, tick=False) as clock:
        for _try in range(20):
            sign_in(Client(), email, WRONG)
        assert actions() == ["sign_in_failed"] * 5 + ["sign_in_stopped"]
        stop = AuditEntry.objects.get(action="sign_in_stopped")
        assert stop.record_key == (str(ada.pk) if email == ada.email else "")
        clock.shift(timedelta(minutes=6))
        for _try in range(6):
            sign_in(Client(), email, WRONG)
    assert actions(action="sign_in_stopped") == ["sign_in_stopped"] * 2


def test_a_wrong_code_is_recorded_at_the_account(ada, client):
    give_app(ada)
    sign_in(client, ada.email)
    steps(client, code="000000")
    entry = AuditEntry.objects.get(action="factor_failed")
    assert (entry.actor_id, entry.record_key) == (None, str(ada.pk))


def test_a_passkey_that_does_not_hold_is_recorded_once_for_its_place(world, client):
    for sent in ('{"id": "x"}', "[1]", '{"response": 1}', NO_PASSKEY):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
        assert answer.status_code == 302
        assert not get_user(client).is_authenticated
    assert actions() == ["passkey_failed"]


def test_a_single_sign_on_that_is_refused_is_recorded_without_whom(wrong):
    wrong.forge = lambda provider, claims: provider.signed(claims, foreign=True)
    for _try in range(2):
        visit(Client(), wrong)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.outcome) == ("single_sign_on_failed", "refused")
    assert entry.record_key == ""
    assert oidc.CLIENT not in str(vars(entry))


def test_what_cannot_be_recorded_lets_nobody_in(ada, client, monkeypatch):
    def full(*args, **kwargs):
        raise audit.Unwritten("The disk is full.")

    monkeypatch.setattr(audit, "record", full)
    client.raise_request_exception = False
    assert sign_in(client, ada.email).status_code == 503
    assert not get_user(client).is_authenticated


# ---- What is changed --------------------------------------------------------------------


def test_factors_are_recorded_as_they_come_and_go(
    as_, world, django_capture_on_commit_callbacks
):
    ada = as_("ada")
    page = ada.get(reverse("mfa_activate_totp"))
    given = {"code": code(page.context["form"].secret)}
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(reverse("mfa_activate_totp"), given)
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(reverse("mfa_generate_recovery_codes"))
    ada.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=world.ada.user).exists()
    found = actions(actor_id=world.ada.user.pk)
    told = ["factor_added", "recovery_codes_renewed", "factor_removed"]
    assert [one for one in told if one in found] == told
    assert found.index("factor_added") < found.index("factor_removed")


def test_another_password_is_recorded(ada, client):
    sign_in(client, ada.email)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), given)
    assert actions()[-1] == "password_changed"


def test_sign_ins_that_are_ended_are_recorded_one_by_one(ada):
    browsers = [Client() for _number in range(3)]
    for browser in browsers:
        sign_in(browser, ada.email)
        browser.get("/security/")
    here = browsers[-1]
    key = here.get(reverse("usersessions_list")).context["sessions"][0].pk
    here.post(reverse("access:session_end", args=[key]))
    assert actions(action="session_ended") == ["session_ended"]
    here.post(reverse("usersessions_list"))
    assert actions(action="session_ended") == ["session_ended"] * 2


def test_the_chain_of_nobody_is_anchored_like_any_other(db, client):
    for _try in range(2):
        sign_in(client, UNKNOWN, WRONG)
        last = AuditEntry.objects.latest("sequence")
        assert lines.hash_of(audit.NOBODY, last.sequence) == last.hash
    assert not User.objects.exists()
