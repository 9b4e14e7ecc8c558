"""What programs ask every site for."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.conf import settings as site
from django.utils import timezone

from braid.site import environment
from braid.site.environment import WrongEnvironment

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def contact(settings):
    settings.ENVIRONMENT = replace(
        site.ENVIRONMENT,
        security_contact="mailto:security@example.org",
        base_url="https://braid.example.org",
    )


def test_whom_to_tell_of_a_hole(client, db, contact):
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == "https://braid.example.org/.well-known/security.txt"
    expires = datetime.fromisoformat(said["Expires"])
    assert timezone.now() < expires
    assert (expires - timezone.now()).days < 366


def test_an_installation_that_names_nobody_has_no_such_page(client, db):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "given", ["security@example.org", "http://example.org", "mailto:a@b c\nd"]
)
def test_a_contact_that_is_no_address_stops_the_start(tmp_path, given):
    with pytest.raises(WrongEnvironment, match="BRAID_SECURITY_CONTACT"):
        environment.read({"BRAID_DATA": str(tmp_path), "BRAID_SECURITY_CONTACT": given})


def test_search_engines_are_asked_to_stay_away(client, db):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/account/login/")["X-Robots-Tag"] == "noindex, nofollow"
