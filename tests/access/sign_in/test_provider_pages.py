"""The steward's pages of single sign-on: what is entered, kept, and never shown."""

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry, SignInProvider
from braid.access.sign_in import providers
from tests.factories.access import SignInProviderFactory

NEW = "/access/sign-in/new/"
GIVEN = {
    "name": "Region login",
    "issuer": "https://sign-in.example.org/realms/region",
    "client_id": "braid",
    "shared_secret": "a very secret secret",
    "scopes": "openid  profile, nemlogin",
    "assurances": "substantial high",
    "subject": "sub",
    "name_claim": "name",
    "assurance": "acr",
    "roles": "realm.roles",
    "is_active": "on",
}


@pytest.fixture
def kept(as_):
    assert as_("sam").post(NEW, GIVEN).status_code == 302
    return SignInProvider.objects.get()


def test_a_provider_is_added(kept, world):
    assert kept.organisation == world.havnelund
    assert kept.slug == "region-login"
    assert kept.scopes == ["openid", "profile", "nemlogin"]
    assert kept.assurances == ["substantial", "high"]
    assert kept.claims["roles"] == "realm.roles"
    assert kept.is_active
    assert not kept.replaces_passwords
    assert AuditEntry.objects.filter(action="provider_added").count() == 1


def test_the_secret_is_encrypted_and_never_shown(kept, as_):
    assert "secret secret" not in kept.client_secret_encrypted
    assert providers.shared_secret(kept) == "a very secret secret"
    edit = reverse("access:provider_edit", args=[kept.pk])
    for address in (edit, "/access/sign-in/"):
        assert "secret secret" not in as_("sam").get(address).content.decode()


def test_an_empty_secret_leaves_the_one_that_is_kept(kept, as_):
    edit = reverse("access:provider_edit", args=[kept.pk])
    changed = GIVEN | {"shared_secret": "", "name": "Region", "is_active": ""}
    assert as_("sam").post(edit, changed).status_code == 302
    kept.refresh_from_db()
    assert providers.shared_secret(kept) == "a very secret secret"
    assert (kept.name, kept.slug, kept.is_active) == ("Region", "region-login", False)
    assert AuditEntry.objects.filter(action="provider_changed").count() == 1


def test_what_was_entered_stands_in_the_form_again(kept, as_):
    page = as_("sam").get(reverse("access:provider_edit", args=[kept.pk]))
    form = page.context["form"]
    assert form.initial["issuer"] == GIVEN["issuer"]
    assert form.initial["name"] == "Region login"
    assert form.initial["name_claim"] == "name"
    assert form.initial["roles"] == "realm.roles"


@pytest.mark.parametrize(
    "issuer",
    [
        "http://sign-in.example.org",
        "https://sign-in.example.org/?a=b",
        "https://sign-in.example.org/#a",
        "sign-in.example.org",
        "javascript:alert(1)",
    ],
)
def test_an_issuer_is_an_https_address(as_, issuer):
    answer = as_("sam").post(NEW, GIVEN | {"issuer": issuer})
    assert answer.status_code == 422
    assert not SignInProvider.objects.exists()


def test_the_address_to_enter_at_the_provider_is_shown(kept, as_):
    page = as_("sam").get("/access/sign-in/").content.decode()
    assert "http://testserver/sign-in/region-login/answer/" in page


@pytest.mark.parametrize("who", ["ada", "ben", "cora", "dev", "ola", "pat_account"])
def test_only_the_steward_opens_them(as_, who):
    for address in ("/access/sign-in/", NEW):
        assert as_(who).get(address).status_code == 403


def test_the_provider_of_another_organisation_is_not_there(as_, world):
    other = SignInProviderFactory(organisation=world.elsewhere.organisation)
    address = reverse("access:provider_edit", args=[other.pk])
    assert as_("sam").get(address).status_code == 404
    assert as_("sam").post(address, GIVEN).status_code == 404


def test_the_sign_in_page_offers_those_in_use(kept, client):
    assert "Sign in with Region login" in client.get("/account/login/").content.decode()
