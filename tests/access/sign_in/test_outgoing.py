"""Requests to sign-in providers go where they may, and nowhere else."""

import pytest
import requests

from braid.access.sign_in import outgoing
from tests import oidc


@pytest.mark.parametrize(
    "address",
    [
        "http://sign-in.example.org/",
        "http://127.0.0.1:8000/",
        "http://localhost/",
        "ftp://sign-in.example.org/",
        "file:///etc/passwd",
        "https:///path",
        "//sign-in.example.org",
        "sign-in.example.org",
        "",
    ],
)
def test_an_address_that_is_not_https_is_refused(address):
    with pytest.raises(outgoing.Forbidden):
        outgoing.refuse_address(address)


def test_https_is_not_refused():
    outgoing.refuse_address("https://sign-in.example.org/realms/region")


def test_plain_http_is_only_for_a_named_host_of_this_computer(settings):
    settings.BRAID_PROVIDER_HOSTS = ("127.0.0.1", "sign-in.example.org")
    outgoing.refuse_address("http://127.0.0.1:8000/")
    with pytest.raises(outgoing.Forbidden):
        outgoing.refuse_address("http://sign-in.example.org/")


def test_a_private_address_is_left_before_anything_is_said_there():
    with oidc.misbehaving() as provider:
        port = provider.issuer.rpartition(":")[2]
        with pytest.raises(requests.ConnectionError, match="private address"):
            outgoing.GuardedSession().get(f"https://localhost:{port}/keys")
        assert provider.was_asked == []


def test_a_named_host_may_be_private(settings):
    settings.BRAID_PROVIDER_HOSTS = oidc.HOSTS
    with oidc.misbehaving() as provider:
        answer = outgoing.GuardedSession().get(f"{provider.issuer}/keys")
    assert answer.json()["keys"]


def test_a_redirect_is_refused(settings):
    settings.BRAID_PROVIDER_HOSTS = oidc.HOSTS
    with oidc.misbehaving() as provider:
        provider.moved = f"{provider.issuer}/moved"
        with pytest.raises(outgoing.Forbidden, match="led elsewhere"):
            outgoing.GuardedSession().get(f"{provider.issuer}/keys")


def test_an_answer_without_end_is_cut_off(settings, monkeypatch):
    settings.BRAID_PROVIDER_HOSTS = oidc.HOSTS
    monkeypatch.setattr(outgoing, "LARGEST", 100)
    with (
        oidc.misbehaving() as provider,
        pytest.raises(outgoing.Forbidden, match="large"),
    ):
        outgoing.GuardedSession().get(f"{provider.issuer}/keys")


def test_no_proxy_and_no_password_from_the_environment(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert not outgoing.GuardedSession().trust_env
