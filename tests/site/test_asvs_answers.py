"""What the site answers to, and with what: rows of `docs/security/asvs.toml`."""

import io
import logging
import re
import ssl
import time

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from braid.access.sign_in import outgoing
from braid.site.log_lines import PlainFormatter
from tests.crawl import addresses, opened, things_of

POLICY = {
    "default-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy_of(answer):
    parts = answer["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


@pytest.mark.parametrize("address", ["/account/login/", "/today/", "/me/"])
def test_a_page_runs_and_loads_only_what_is_ours(as_, db, address):
    member = "pat_account" if address == "/me/" else "ada"
    client = Client() if "login" in address else as_(member)
    answer = client.get(address)
    assert answer.status_code == 200
    policy = policy_of(answer)
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert policy["script-src"].startswith("'self'")
    assert "unsafe" not in policy["script-src"]


def test_no_other_site_reads_an_answer(world, as_):
    """Nobody is let in across origins, whatever they say they are."""
    client = as_("ada")
    client.defaults["HTTP_ORIGIN"] = "https://evil.example"
    client.raise_request_exception = False
    keys = things_of(world)[:1]
    asked = 0
    for _name, _address, answer in opened(client, keys, {"account_logout"}):
        asked += 1
        assert [
            name for name in answer.headers if "access-control" in name.lower()
        ] == []
    assert asked > 50


def test_text_says_its_charset(world, as_):
    client = as_("ada")
    client.raise_request_exception = False
    kinds = {}
    for name, _address, answer in opened(
        client, things_of(world)[:1], {"account_logout"}
    ):
        kind = answer.get("Content-Type", "")
        if kind.startswith("text/"):
            kinds.setdefault(kind.lower(), name)
    assert "text/html; charset=utf-8" in kinds
    assert [kind for kind in kinds if "charset=utf-8" not in kind] == []


def test_no_cookie_is_open_to_scripts_or_to_other_sites(as_):
    client = as_("ada")
    client.get("/today/")
    client.get(reverse("access:member_new"))
    client.post(reverse("set_language"), {"language": "da"})
    set_here = {
        name: (cookie["httponly"], cookie["samesite"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }
    assert set(set_here) == {"sessionid", "csrftoken", "django_language"}
    assert set(set_here.values()) == {(True, "Lax", "")}


def test_every_answer_keeps_browsers_with_https(settings, as_):
    settings.SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    client = as_("ada")
    for address in ("/today/", "/nowhere/", "/today", "/healthz", "/account/login/"):
        said = client.get(address, secure=True)["Strict-Transport-Security"]
        assert said == "max-age=63072000; includeSubDomains"


def test_nothing_is_traced(world, as_):
    client = as_("ada")
    client.raise_request_exception = False
    answered, echoed = set(), set()
    for name, address in addresses(things_of(world)[:1]):
        answer = client.trace(address, headers={"X-Mark": "zebra"})
        if b"zebra" in answer.content:
            echoed.add(name)
        if answer.status_code == 200 and not name.startswith("web:"):
            answered.add(name)
    assert echoed == set()
    assert answered == set()


@pytest.mark.parametrize(
    "address",
    [
        *("/.git/config", "/.git/HEAD", "/.env", "/.svn/entries"),
        *("/static/", "/static/web/", "/static/..%2f..%2fsettings.py"),
        *("/admin/", "/docs/", "/api/", "/metrics", "/__debug__/"),
        *("/braid.sqlite3", "/secret-key", "/keys/ring.json", "/uploads/"),
    ],
)
def test_nothing_is_served_beside_the_pages(db, address):
    assert Client().get(address).status_code == 404


def test_what_somebody_asks_for_makes_one_line_of_the_log(db):
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(PlainFormatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get("/nowhere%0A%0DERROR braid forged%1b[2J")
    finally:
        logger.removeHandler(handler)
    written = lines.getvalue()
    assert "nowhere" in written
    assert written.count("\n") == 1
    assert "\r" not in written and "\x1b" not in written


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York"])
def test_a_line_of_the_log_says_when_in_utc(settings, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    plain = settings.LOGGING["formatters"]["plain"]
    try:
        record = logging.makeLogRecord({"msg": "met", "created": 1791180000.0625})
        written = PlainFormatter(plain["format"]).format(record)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert written.startswith("2026-10-05T06:00:00.")
    assert re.match(r"\S+\.\d{3}Z ", written)


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_monitor_asks_by_get_or_head_only(db, address):
    assert Client().get(address).content == b"ok"
    assert Client().head(address).status_code == 200
    for method in ("post", "put", "delete", "patch", "options"):
        assert getattr(Client(), method)(address).status_code == 405


def test_what_is_typed_is_decoded_once(as_):
    typed = "%3Cb%3E &lt;i&gt; %2541"
    page = as_("ada").post(reverse("desk:search"), {"q": typed}).content.decode()
    assert "%3Cb%3E &amp;lt;i&amp;gt; %2541" in page


def parsed(*lines, body=b""):
    """Return a request as the application server reads it."""
    sent = "\r\n".join([*lines, "", ""]).encode() + body
    return next(RequestParser(Config(), iter([sent]), ("192.0.2.1", 1)))


SMUGGLED = {
    "both lengths": ("Content-Length: 4", "Transfer-Encoding: chunked"),
    "two lengths": ("Content-Length: 4", "Content-Length: 5"),
    "a length with a sign": ("Content-Length: +4",),
    "another coding": ("Transfer-Encoding: xchunked",),
    "a coding twice": ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "a blank before the colon": ("Transfer-Encoding : chunked",),
}


@pytest.mark.parametrize("headers", SMUGGLED.values(), ids=SMUGGLED)
def test_a_request_of_doubtful_length_is_refused(headers):
    first = ("POST / HTTP/1.1", "Host: braid.example.org")
    assert parsed(*first, "Content-Length: 0").method == "POST"
    with pytest.raises(Exception, match=r".+") as refused:
        parsed(*first, *headers, body=b"0\r\n\r\n")
    assert type(refused.value).__module__ == "gunicorn.http.errors"


def test_headers_of_proxies_are_not_believed_unasked(settings, as_):
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not settings.USE_X_FORWARDED_HOST
    client = as_("ada")
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    answer = client.get("/today/", headers=said)
    assert not answer.wsgi_request.is_secure()
    assert answer.wsgi_request.get_host() == "testserver"


def test_certificates_are_checked(settings):
    """Of sign-in providers and of the mail server."""
    assert outgoing.GuardedSession().verify is True
    context = EmailBackend(use_ssl=True).ssl_context
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
