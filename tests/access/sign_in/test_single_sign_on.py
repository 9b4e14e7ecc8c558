"""Single sign-on from end to end, at a real provider and at one that misbehaves."""

import time
from datetime import timedelta

import jwt
import pytest
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from braid.access import commands, secrets, step_up
from braid.access.keyring import Use
from braid.access.models import AuditEntry, Membership
from braid.access.sign_in import providers
from tests import oidc
from tests.access.sign_in.conftest import sign_in, with_password
from tests.factories.access import InvitationFactory, SignInProviderFactory

TOKEN = "t" * 43
ENOUGH = "https://assurance.example/substantial"


@pytest.fixture(autouse=True)
def loopback(settings):
    settings.BRAID_PROVIDER_HOSTS = oidc.HOSTS


def provider_at(issuer: str, organisation, **more):
    return SignInProviderFactory(
        organisation=organisation,
        issuer=issuer,
        client_id=oidc.CLIENT,
        client_secret_encrypted=secrets.encrypt(oidc.SECRET, Use.SIGN_IN),
        **more,
    )


@pytest.fixture
def wrong(world):
    """Return a provider that can be made to misbehave, with Ada connected to it."""
    with oidc.misbehaving() as misbehaving:
        kept = provider_at(misbehaving.issuer, world.havnelund, slug="region")
        connect(kept, world.ada.user, "ada-at-the-region")
        yield misbehaving


def connect(provider, user, subject: str) -> None:
    from braid.access.sign_in.claims import Identity

    identity = Identity(provider.issuer, subject, "", "", (), "", "")
    SocialAccount.objects.create(
        user=user, provider=provider.slug, uid=providers.account_key(identity)
    )


def visit(client: Client, misbehaving, **posted: str):
    """Go through a sign-in at the provider that misbehaves."""
    there = oidc.asked(oidc.leave(client, "/sign-in/region/", **posted))
    misbehaving.nonce = there["nonce"]
    return oidc.come_back(
        client, f"{there['redirect_uri']}?code=c&state={there['state']}"
    )


# ---- At a real provider -----------------------------------------------------------------


def test_whom_nobody_invited_is_told_whom_to_ask(world):
    with oidc.real_provider(stranger={"email": world.ada.user.email}) as issuer:
        kept = provider_at(issuer, world.havnelund)
        client = Client()
        there = oidc.leave(client, f"/sign-in/{kept.slug}/")
        answer = oidc.come_back(client, oidc.authorise(there, "stranger"))
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "Nobody here knows this sign-in" in said
    assert "data steward of Havnelund" in said
    assert not get_user(client).is_authenticated
    assert not SocialAccount.objects.exists()


def test_an_invitation_connects_and_from_then_on_the_sign_in_is_known(world):
    with oidc.real_provider(ada={"acr": ENOUGH, "name": "Ada"}) as issuer:
        kept = provider_at(issuer, world.havnelund, assurances=[ENOUGH])
        invitation = InvitationFactory(
            user=world.ada.user,
            token_hash=commands.token_hash(TOKEN),
            expires_at=timezone.now() + timedelta(days=1),
        )
        for posted in ({"invitation": TOKEN}, {}):
            client = Client()
            if posted:
                page = client.get(f"/invitation/{TOKEN}/").content.decode()
                assert f"Sign in with {kept.name}" in page
            there = oidc.leave(client, f"/sign-in/{kept.slug}/", **posted)
            assert oidc.asked(there)["acr_values"] == ENOUGH
            assert oidc.asked(there)["code_challenge_method"] == "S256"
            answer = oidc.come_back(client, oidc.authorise(there, "ada"))
            assert answer["Location"] == "/"
            assert get_user(client) == world.ada.user
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None
    assert AuditEntry.objects.filter(action="invitation_accepted").count() == 1
    kept_claims = SocialAccount.objects.get(user=world.ada.user).extra_data
    assert kept_claims == {"issuer": kept.issuer, "roles": []}


def test_a_used_invitation_connects_nobody_else(world):
    with oidc.real_provider(eve={}) as issuer:
        kept = provider_at(issuer, world.havnelund)
        InvitationFactory(
            user=world.ada.user,
            token_hash=commands.token_hash(TOKEN),
            expires_at=timezone.now() + timedelta(days=1),
        )
        client = Client()
        there = oidc.leave(client, f"/sign-in/{kept.slug}/", invitation=TOKEN)
        world.ada.user.invitations.update(accepted_at=timezone.now())
        answer = oidc.come_back(client, oidc.authorise(there, "eve"))
    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_invitation_of_another_organisation_is_not_taken(world):
    with oidc.real_provider(ola={}) as issuer:
        kept = provider_at(issuer, world.havnelund)
        InvitationFactory(
            user=world.ola.user,
            token_hash=commands.token_hash(TOKEN),
            expires_at=timezone.now() + timedelta(days=1),
        )
        client = Client()
        there = oidc.leave(client, f"/sign-in/{kept.slug}/", invitation=TOKEN)
        answer = oidc.come_back(client, oidc.authorise(there, "ola"))
    assert "another organisation" in answer.content.decode()
    assert not SocialAccount.objects.exists()


# ---- At a provider that misbehaves ------------------------------------------------------


def test_a_sign_in_in_order_lets_in(wrong, world):
    client = Client()
    assert visit(client, wrong)["Location"] == "/"
    assert get_user(client) == world.ada.user
    _path, sent = next(entry for entry in wrong.was_asked if entry[0] == "/token")
    assert len(sent["code_verifier"]) >= 43


def changed(**more):
    return lambda provider, claims: provider.signed(claims | more)


def without(name):
    return lambda provider, claims: provider.signed(
        {key: value for key, value in claims.items() if key != name}
    )


def later(seconds, name):
    return lambda provider, claims: provider.signed(
        claims | {name: int(time.time()) + seconds}
    )


FORGED = {
    "for another client": changed(aud="somebody-else"),
    "for another client among several": changed(aud=["braid", "x"], azp="x"),
    "for several without saying which": changed(aud=["braid", "x"]),
    "for another visit": changed(nonce="of another visit"),
    "without a nonce": without("nonce"),
    "from another issuer": changed(iss="https://elsewhere.example"),
    "without an issuer": without("iss"),
    "over": later(-3600, "exp"),
    "without an end": without("exp"),
    "issued long ago": later(-3600, "iat"),
    "issued in the future": later(3600, "iat"),
    "without a subject": without("sub"),
    "with an empty subject": changed(sub=""),
    "signed by somebody else": lambda p, claims: p.signed(claims, foreign=True),
    "signed with a key that is not there": lambda p, claims: p.signed(claims, kid="z"),
    "unsigned": lambda p, claims: jwt.encode(claims, "", algorithm="none"),
    "signed with the client's secret": lambda p, claims: jwt.encode(
        claims, oidc.SECRET * 2, algorithm="HS256", headers={"kid": "k"}
    ),
    "signed with a short key": lambda p, claims: p.signed_weakly(claims),
    "cut off": lambda p, claims: p.signed(claims)[:-20],
    "nonsense": lambda p, claims: "a.b.c",
    "missing": lambda p, claims: None,
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_token_that_is_not_in_order_lets_nobody_in(wrong, forge):
    wrong.forge = forge
    client = Client()
    answer = visit(client, wrong)
    assert answer.status_code == 403
    assert "not accepted" in answer.content.decode() or (
        "did not say who you are" in answer.content.decode()
    )
    assert not get_user(client).is_authenticated
    assert client.get("/today/").status_code == 302


def test_an_answer_to_another_browser_lets_nobody_in(wrong):
    there = oidc.asked(oidc.leave(Client(), "/sign-in/region/"))
    wrong.nonce = there["nonce"]
    other = Client()
    answer = oidc.come_back(
        other, f"{there['redirect_uri']}?code=c&state={there['state']}"
    )
    assert answer.status_code == 403
    assert not get_user(other).is_authenticated


def test_an_answer_is_taken_once(wrong):
    client = Client()
    there = oidc.asked(oidc.leave(client, "/sign-in/region/"))
    wrong.nonce = there["nonce"]
    back = f"{there['redirect_uri']}?code=c&state={there['state']}"
    assert oidc.come_back(client, back)["Location"] == "/"
    client.post("/account/logout/")
    assert oidc.come_back(client, back).status_code == 403
    assert not get_user(client).is_authenticated


def test_an_answer_in_the_name_of_another_provider_is_not_taken(wrong):
    client = Client()
    there = oidc.asked(oidc.leave(client, "/sign-in/region/"))
    wrong.nonce = there["nonce"]
    answer = oidc.come_back(
        client,
        f"{there['redirect_uri']}?code=c&state={there['state']}"
        "&iss=https://elsewhere.example",
    )
    assert answer.status_code == 403
    assert not get_user(client).is_authenticated


def test_a_cancelled_sign_in_says_so(wrong):
    client = Client()
    there = oidc.asked(oidc.leave(client, "/sign-in/region/"))
    answer = oidc.come_back(
        client, f"{there['redirect_uri']}?error=access_denied&state={there['state']}"
    )
    assert "was cancelled" in answer.content.decode()


DISCOVERIES = {
    "another issuer": {"issuer": "https://elsewhere.example"},
    "keys over plain http": {"jwks_uri": "http://keys.example/keys"},
    "a token address over plain http": {"token_endpoint": "http://token.example/"},
    "a token address in the network": {"token_endpoint": "http://10.0.0.1/token"},
    "a file": {"jwks_uri": "file:///etc/passwd"},
    "nothing": {"token_endpoint": None},
}


@pytest.mark.parametrize("said", DISCOVERIES.values(), ids=DISCOVERIES.keys())
def test_a_provider_that_points_elsewhere_is_not_asked(wrong, said):
    wrong.discovery = said
    answer = Client().post("/sign-in/region/")
    assert answer.status_code == 403
    assert {path for path, _sent in wrong.was_asked} == {
        "/.well-known/openid-configuration"
    }


def test_a_provider_that_leads_elsewhere_is_not_followed(wrong):
    wrong.moved = f"{wrong.issuer}/moved"
    assert Client().post("/sign-in/region/").status_code == 403
    assert "/moved" not in {path for path, _sent in wrong.was_asked}


def test_an_address_that_nobody_named_is_not_asked(wrong, settings):
    settings.BRAID_PROVIDER_HOSTS = ()
    assert Client().post("/sign-in/region/").status_code == 403
    assert wrong.was_asked == []


# ---- What a genuine sign-in is worth ----------------------------------------------------


@pytest.mark.parametrize("acr", ["", "low", ENOUGH.upper()])
def test_a_sign_in_that_is_not_strong_enough_is_refused(wrong, world, acr):
    world.havnelund.sign_in_providers.update(assurances=[ENOUGH])
    wrong.forge = changed(acr=acr)
    client = Client()
    answer = visit(client, wrong)
    assert "not strong enough" in answer.content.decode()
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(("assurances", "goes_on"), [([ENOUGH], True), ([], False)])
def test_a_strong_sign_in_stands_for_a_second_factor(
    wrong, world, required, assurances, goes_on
):
    world.havnelund.sign_in_providers.update(assurances=assurances)
    wrong.forge = changed(acr=ENOUGH)
    client = Client()
    visit(client, wrong)
    assert (client.get("/today/").status_code == 200) is goes_on


def test_a_role_that_a_claim_names_gives_nothing_and_is_shown_to_the_steward(
    wrong, world, as_
):
    world.havnelund.sign_in_providers.update(claims={"roles": "realm.roles"})
    wrong.forge = changed(realm={"roles": ["steward", "specialist", "king"]})
    client = Client()
    visit(client, wrong)
    assert client.get("/members/").status_code == 403
    assert Membership.objects.filter(user=world.ada.user).count() == 1
    page = as_("sam").get(reverse("access:providers")).content.decode()
    assert "proposes the role steward." in page
    assert "king" not in page


@pytest.mark.parametrize(("said", "is_in"), [("29189420", True), ("12345678", False)])
def test_a_broker_of_many_organisations_must_name_ours(wrong, world, said, is_in):
    world.havnelund.sign_in_providers.update(
        claims={"org_id": "nemlogin.cvr", "org_value": "29189420"}
    )
    wrong.forge = changed(**{"nemlogin.cvr": said})
    client = Client()
    visit(client, wrong)
    assert get_user(client).is_authenticated is is_in


def test_the_subject_is_the_claim_that_was_configured(wrong, world):
    world.havnelund.sign_in_providers.update(
        claims={"subject": "nemlogin.persistent_professional_id"}
    )
    kept = world.havnelund.sign_in_providers.get()
    connect(kept, world.ben.user, "ben-for-ever")
    wrong.forge = changed(**{"nemlogin.persistent_professional_id": "ben-for-ever"})
    client = Client()
    visit(client, wrong)
    assert get_user(client) == world.ben.user


def test_the_same_subject_of_another_issuer_is_somebody_else(wrong, world):
    with oidc.misbehaving() as other:
        world.havnelund.sign_in_providers.update(issuer=other.issuer)
        client = Client()
        answer = visit(client, other)
    assert "Nobody here knows" in answer.content.decode()
    assert not get_user(client).is_authenticated


def test_an_e_mail_in_a_token_finds_nobody(wrong, world):
    wrong.forge = changed(sub="other", email=world.ben.user.email, email_verified=True)
    client = Client()
    visit(client, wrong)
    assert not get_user(client).is_authenticated


def test_whose_account_is_closed_is_not_let_in(wrong, world):
    world.ada.user.is_active = False
    world.ada.user.save()
    client = Client()
    visit(client, wrong)
    assert not get_user(client).is_authenticated


def test_a_provider_switched_off_is_not_there(wrong, world):
    world.havnelund.sign_in_providers.update(is_active=False)
    assert Client().post("/sign-in/region/").status_code == 404
    assert Client().get("/sign-in/region/answer/?state=s&code=c").status_code == 404
    assert "Regional sign-in" not in Client().get("/account/login/").content.decode()


# ---- Asked again, and connecting --------------------------------------------------------


def step(client, wrong, forge):
    there = oidc.asked(
        oidc.leave(client, "/sign-in/region/again/", next="/appearance/")
    )
    wrong.nonce = there["nonce"]
    wrong.forge = forge
    answer = oidc.come_back(
        client, f"{there['redirect_uri']}?code=c&state={there['state']}"
    )
    return there, answer


def is_fresh(client) -> bool:
    return step_up.is_fresh(client.get("/appearance/").wsgi_request)


def test_the_provider_is_asked_to_ask_again_and_must_say_that_it_did(wrong, world):
    client = Client()
    visit(client, wrong)
    assert not is_fresh(client)
    there, answer = step(client, wrong, later(0, "auth_time"))
    assert (there["prompt"], there["max_age"]) == ("login", "0")
    assert answer["Location"] == "/appearance/"
    assert get_user(client) == world.ada.user
    assert is_fresh(client)


@pytest.mark.parametrize("forge", [None, later(-3600, "auth_time")], ids=["no", "old"])
def test_a_sign_in_of_this_morning_confirms_nothing(wrong, forge):
    client = Client()
    visit(client, wrong)
    _there, answer = step(client, wrong, forge)
    assert "nothing was confirmed" in answer.content.decode()
    assert not is_fresh(client)


def test_somebody_elses_sign_in_confirms_nothing(wrong, world):
    kept = world.havnelund.sign_in_providers.get()
    connect(kept, world.ben.user, "ben-at-the-region")
    client = Client()
    visit(client, wrong)
    forge = changed(sub="ben-at-the-region", auth_time=int(time.time()))
    _there, answer = step(client, wrong, forge)
    assert "Somebody else signed in" in answer.content.decode()
    assert get_user(client) == world.ada.user
    assert not is_fresh(client)


def signed_in(user) -> Client:
    client = Client()
    assert sign_in(client, with_password(user).email)["Location"] == "/"
    return client


def connect_oneself(client, wrong, subject):
    there = oidc.asked(oidc.leave(client, "/sign-in/region/connect/"))
    wrong.nonce = there["nonce"]
    wrong.forge = changed(sub=subject)
    return oidc.come_back(
        client, f"{there['redirect_uri']}?code=c&state={there['state']}"
    )


def test_one_connects_and_disconnects_ones_own_account(wrong, world):
    ben = signed_in(world.ben.user)
    assert connect_oneself(ben, wrong, "ben")["Location"] == "/security/"
    assert SocialAccount.objects.filter(user=world.ben.user).count() == 1
    assert "Connected." in ben.get("/security/").content.decode()
    ben.post("/sign-in/region/disconnect/")
    assert not SocialAccount.objects.filter(user=world.ben.user).exists()


def test_the_only_way_in_is_not_taken_away(wrong, world):
    world.ada.user.set_unusable_password()
    world.ada.user.save()
    client = Client()
    visit(client, wrong)
    step(client, wrong, later(0, "auth_time"))
    client.post("/sign-in/region/disconnect/")
    assert SocialAccount.objects.filter(user=world.ada.user).exists()


def test_a_sign_in_that_belongs_to_somebody_is_not_taken_over(wrong, world):
    ben = signed_in(world.ben.user)
    answer = connect_oneself(ben, wrong, "ada-at-the-region")
    assert "belongs to somebody else" in answer.content.decode()
    assert not SocialAccount.objects.filter(user=world.ben.user).exists()


def test_nobody_connects_at_the_provider_of_another_organisation(wrong, world):
    ola = signed_in(world.ola.user)
    answer = connect_oneself(ola, wrong, "ola")
    assert answer.status_code == 403
    assert not SocialAccount.objects.filter(user=world.ola.user).exists()


# ---- Instead of passwords ---------------------------------------------------------------


def test_members_sign_in_at_the_provider_only_and_stewards_keep_a_password(
    wrong, world
):
    for name, is_in in (("ben", True), ("sam", True)):
        client = Client()
        sign_in(client, with_password(getattr(world, name).user).email)
        assert get_user(client).is_authenticated is is_in
    world.havnelund.sign_in_providers.update(replaces_passwords=True)
    for name, is_in in (("ben", False), ("sam", True), ("ola", True)):
        client = Client()
        sign_in(client, with_password(getattr(world, name).user).email)
        assert get_user(client).is_authenticated is is_in, name


def test_an_invitation_then_offers_the_provider_only(wrong, world):
    world.havnelund.sign_in_providers.update(replaces_passwords=True)
    InvitationFactory(
        user=world.ben.user,
        token_hash=commands.token_hash(TOKEN),
        expires_at=timezone.now() + timedelta(days=1),
    )
    client = Client()
    page = client.get(f"/invitation/{TOKEN}/").content.decode()
    assert 'type="password"' not in page
    client.post(f"/invitation/{TOKEN}/", {"password": "regnbue cykel pumpe"})
    assert not get_user(client).is_authenticated


def test_records_of_a_sign_in_say_how(wrong):
    client = Client()
    visit(client, wrong)
    request = client.get("/appearance/").wsgi_request
    methods = [
        one["method"] for one in get_authentication_records(request, request.user)
    ]
    assert methods == ["socialaccount"]
