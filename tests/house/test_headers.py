"""Every answer of the site carries its headers: pages, files, redirects, errors."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from braid.site.headers import HeadersMiddleware
from tests.crawl import opened, things_of

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Browsers tell "null" as the origin of a form on a page without any referrer, and the
# form is refused; the address of an answer is a secret, so that the host alone is told.
OTHERWISE = {"teamwork:answer_link": {"Referrer-Policy": "strict-origin"}}
MEMBERS = ("ada", "sam", "pat_account", "")


def faults_of(answer, route=""):
    """Return what is missing on an answer."""
    wanted = ALWAYS | OTHERWISE.get(route, {})
    missing = [name for name, value in wanted.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    if "default-src '" not in policy or "unsafe" in policy:
        missing.append("Content-Security-Policy")
    if "*" in policy or "http" in policy.replace("http-equiv", ""):
        missing.append("a foreign host in the policy")
    permissions = answer.get("Permissions-Policy", "").split(", ")
    if "camera=()" not in permissions or "microphone=()" not in permissions:
        missing.append("Permissions-Policy")
    is_page = answer.get("Content-Type", "").startswith("text/html")
    kept = answer.get("Cache-Control", "")
    if is_page and "no-store" not in kept:
        missing.append("Cache-Control")
    return missing


@pytest.mark.parametrize("member", MEMBERS)
def test_every_route_answers_with_all_headers(world, as_, member):
    client = as_(member) if member else Client()
    client.raise_request_exception = False
    seen, faults = set(), {}
    for name, _address, answer in opened(
        client, things_of(world)[:3], {"account_logout"}
    ):
        seen.add(answer.status_code)
        if missing := faults_of(answer, name):
            faults[f"{name} {answer.status_code}"] = missing
    assert faults == {}
    assert {200, 302} & seen


@pytest.mark.parametrize(
    ("address", "status", "more"),
    [
        pytest.param("/nowhere/", 404, {}, id="not found"),
        pytest.param("/today", 301, {}, id="a missing slash"),
        pytest.param("/healthz", 200, {}, id="bare text"),
        pytest.param("/today/", 400, {"HTTP_HOST": "evil.example"}, id="a wrong host"),
    ],
)
def test_answers_beside_the_pages_have_them_too(db, address, status, more):
    answer = Client().get(address, **more)
    assert answer.status_code == status
    assert faults_of(answer) == []


def test_a_form_without_its_token_is_refused_with_all_headers(db):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a"})
    assert answer.status_code == 403
    assert faults_of(answer) == []


def test_a_page_that_breaks_has_all_headers(world, as_, monkeypatch):
    from braid.desk import queries

    def broken(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr(queries, "caseload", broken)
    client = as_("ada")
    client.raise_request_exception = False
    answer = client.get(reverse("desk:today"))
    assert answer.status_code == 500
    assert faults_of(answer) == []


def test_static_files_have_them(db, settings, tmp_path):
    """As served by the program: collected files, answered before any view."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    (tmp_path / "braid.css").write_text("body{}")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True
    files = WhiteNoiseMiddleware(lambda _request: HttpResponse(status=404))
    answer = HeadersMiddleware(files)(RequestFactory().get("/static/braid.css"))
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Permissions-Policy"]
    assert "no-store" not in answer["Cache-Control"]
    answer.close()


def test_what_a_view_says_stays(rf):
    def view(_request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer = HeadersMiddleware(view)(rf.get("/"))
    assert answer["Content-Security-Policy"] == "sandbox"


def test_signing_out_empties_the_browser(world, as_):
    client = as_("ada")
    assert "Clear-Site-Data" not in client.get(reverse("desk:today"))
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(reverse("desk:today")).status_code == 302


def test_passkeys_stay_ours_to_ask_for(db):
    permissions = Client().get("/account/login/")["Permissions-Policy"].split(", ")
    assert "publickey-credentials-get=(self)" in permissions
    assert all(one.endswith(("=()", "=(self)")) for one in permissions)
