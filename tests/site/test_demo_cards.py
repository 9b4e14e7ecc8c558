"""The sign-in cards: only where `braid demo` made the database."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from braid.access.models import Organisation
from braid.site.demo import mark as marks
from braid.site.demo.cast import ADA, BEN, SAM
from braid.site.demo.fill import Filled, provider_slug
from braid.site.demo.keys import address
from braid.site.demo.mark import Mark
from tests.factories.access import MembershipFactory, OrganisationFactory, TeamFactory

SECRET = "0f" * 16


@pytest.fixture
def mark_file(settings, tmp_path):
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    return settings.BRAID_DEMO_MARK


@pytest.fixture
def demo(db, mark_file):
    """A database with the people of the cards, the secret and the mark beside it."""
    provider = OrganisationFactory(slug=provider_slug(SECRET), country="dk")
    unit = TeamFactory(organisation=provider, kind="ips_unit")
    for key, role, team in (
        (ADA, "specialist", unit),
        (BEN, "supervisor", unit),
        (SAM, "steward", None),
    ):
        MembershipFactory(
            user__email=address(key), organisation=provider, team=team, role=role
        )
    mark = Mark("demo", 1, timezone.localdate(), SECRET, Filled(1, 2, 3, 0.1))
    marks.write(mark)
    return mark


def _signed_in_as(client) -> str:
    response = client.get("/demo/")
    return response.wsgi_request.user.email if response.wsgi_request.user.pk else ""


def test_a_card_for_each_role_that_works_now(client, demo):
    page = client.get("/demo/")
    assert page.status_code == 200
    for name in ("Ada Holm", "Ben Lauritsen", "Sam Kjær"):
        assert name in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("key", [ADA, BEN, SAM])
def test_picking_a_card_signs_in_and_leads_home(client, demo, key):
    answer = client.post(reverse("demo:enter", args=[key]))
    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert _signed_in_as(client) == address(key)


def test_the_role_can_be_changed_from_within(client, demo):
    client.post(reverse("demo:enter", args=[ADA]))
    assert "Back to the day of" in client.get("/demo/").content.decode()
    client.post(reverse("demo:enter", args=[BEN]))
    assert _signed_in_as(client) == address(BEN)


def test_looking_at_a_card_signs_nobody_in(client, demo):
    assert client.get(reverse("demo:enter", args=[ADA])).status_code == 405
    assert _signed_in_as(client) == ""


def test_a_form_from_elsewhere_signs_nobody_in(demo):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(reverse("demo:enter", args=[ADA]))
    assert answer.status_code == 403


def test_only_the_people_of_the_cards_can_be_picked(client, demo):
    provider = Organisation.objects.get(slug=provider_slug(SECRET))
    MembershipFactory(user__email=address("poul.hessel"), organisation=provider)
    answer = client.post(reverse("demo:enter", args=["poul.hessel"]))
    assert answer.status_code == 404


def test_who_may_no_longer_sign_in_is_not_signed_in(client, demo):
    from braid.access.models import User

    User.objects.filter(email=address(ADA)).update(is_active=False)
    assert client.post(reverse("demo:enter", args=[ADA])).status_code == 404


def _without_the_file(mark_file):
    mark_file.unlink()


def _without_the_secret_in_the_database(mark_file):
    Organisation.objects.filter(slug=provider_slug(SECRET)).update(slug="havnelund")


def _with_the_secret_of_another(mark_file):
    mark_file.write_text(mark_file.read_text().replace(SECRET, "ab" * 16))


def _with_a_file_that_is_no_mark(mark_file):
    mark_file.write_text('["demo"]')


def _with_half_a_file(mark_file):
    mark_file.write_text(mark_file.read_text()[:20])


@pytest.mark.parametrize(
    "undone",
    [
        _without_the_file,
        _without_the_secret_in_the_database,
        _with_the_secret_of_another,
        _with_a_file_that_is_no_mark,
        _with_half_a_file,
    ],
    ids=lambda undo: undo.__name__.strip("_").replace("_", " "),
)
def test_no_cards_without_the_whole_mark(client, demo, mark_file, undone):
    undone(mark_file)
    assert client.get("/demo/").status_code == 404
    assert client.post(reverse("demo:enter", args=[ADA])).status_code == 404
    assert "sessionid" not in client.cookies


def test_an_old_demo_says_so(client, demo):
    marks.write(
        Mark("demo", 1, demo.day - timedelta(days=15), SECRET, Filled(1, 2, 3, 0.1))
    )
    assert "make demo-reset" in client.get("/demo/").content.decode()


def test_the_mark_is_for_its_owner_only_and_survives_a_round(demo, mark_file):
    assert mark_file.stat().st_mode & 0o077 == 0
    assert marks.read() == demo
