"""Every address of the site, asked by everybody: who gets the page, who gets nothing.

The list of addresses comes from the code; one without a row here fails.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.access import MembershipFactory
from tests.factories.people import NoteFactory
from tests.factories.work import ContactFactory, EmployerFactory, JobFactory

UNIT = {"ada", "ben"}
SUPERVISOR = {"ben"}
KEEPERS = {"ben", "sam"}
EVERYBODY = {"ada", "ben", "cora", "dev", "femi", "sam", "ola"}
PEOPLE_WORKERS = {"ada", "ben", "ola"}

# name: (who gets the page, what of the world it is about); a stranger to the object gets
# 404, somebody whose role never does this gets 403 or 404.
ROWS = {
    "desk:today": (PEOPLE_WORKERS, None),
    "desk:own_figures": (PEOPLE_WORKERS, None),
    "desk:caseload": (PEOPLE_WORKERS, None),
    "desk:search": (PEOPLE_WORKERS, None),
    "desk:own_week": (PEOPLE_WORKERS, None),
    "desk:unit": (SUPERVISOR, None),
    "desk:unit_figures": (KEEPERS, None),
    "desk:figure": (KEEPERS, "measure"),
    "desk:person": (UNIT, "person"),
    "desk:timeline": (UNIT, "person"),
    "desk:contact": (UNIT, "contact"),
    "desk:log_contact": (PEOPLE_WORKERS, None),
    "desk:log_employer": (PEOPLE_WORKERS, None),
    "desk:log_job_start": (PEOPLE_WORKERS, None),
    "desk:log_job_end": (PEOPLE_WORKERS, None),
    "desk:log_note": (PEOPLE_WORKERS, None),
    "people:refer": (PEOPLE_WORKERS, None),
    "people:details": (UNIT, "person"),
    "people:numbers": (UNIT, "person"),
    "people:goal": (UNIT, "episode"),
    "people:dates": (UNIT, "episode"),
    "people:hold": (UNIT, "episode"),
    "people:treatment": (UNIT, "episode"),
    "people:state": (UNIT, "episode"),
    "people:end": (UNIT, "episode"),
    "people:refusal": (UNIT, "episode"),
    "work:employers": (PEOPLE_WORKERS, None),
    "work:employer_new": (PEOPLE_WORKERS, None),
    "work:duplicates": (PEOPLE_WORKERS, None),
    "work:employer": (UNIT, "employer"),
    "work:employer_edit": (UNIT, "employer"),
    "work:jobs": (PEOPLE_WORKERS, None),
    "work:job": (UNIT, "job"),
    "work:job_edit": (UNIT, "job"),
    "work:terms": (UNIT, "job"),
    "work:absence": (UNIT, "job"),
    "access:members": (KEEPERS, None),
    "access:member_new": (KEEPERS, None),
    "access:team_new": ({"sam"}, None),
    "access:member_invite": (KEEPERS, "membership"),
    "access:member_end": (KEEPERS, "membership"),
    "access:no_page": (EVERYBODY, None),
    "access:appearance": (EVERYBODY, None),
}
# Answered to POST only; a GET is refused for everybody.
POST_ONLY = {"desk:take_back", "work:confirm", "access:choose_place", "set_language"}
# Open to people who are not signed in; each has tests of its own.
OPEN = {
    "home",
    "access:first_run",
    "access:accept_invitation",
    "access:no_place",
    "healthz",
    "readyz",
}
OTHERS_OWN = (
    "account_",
    "web:",
    "demo:",
    "exchange:",
)  # allauth, gallery, demo, import


def names(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_has_a_row():
    known = set(ROWS) | POST_ONLY | OPEN
    unknown = {
        name
        for name in names()
        if name not in known and not name.startswith(OTHERS_OWN)
    }
    assert unknown == set()


@pytest.fixture
def things(world):
    job = JobFactory(episode=world.pat_episode)
    NoteFactory(episode=world.pat_episode)
    return {
        "measure": "item24_community",
        "person": world.pat.pk,
        "episode": world.pat_episode.pk,
        "contact": ContactFactory(episode=world.pat_episode).pk,
        "employer": EmployerFactory(unit=world.north).pk,
        "job": job.pk,
        "membership": MembershipFactory(team=world.north).pk,
    }


@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_gets_the_page(as_, things, name):
    allowed, about = ROWS[name]
    address = reverse(name, args=[things[about]] if about else [])
    for member in sorted(EVERYBODY):
        answer = as_(member).get(address)
        if member in allowed:
            assert answer.status_code == 200, (member, answer.status_code)
        else:
            assert answer.status_code in (403, 404), (member, answer.status_code)
            # A nonce is random and may spell anybody's name.
            page = re.sub(r'nonce="[^"]*"', "", answer.content.decode())
            assert "Pat" not in page


@pytest.mark.parametrize("name", sorted(name for name in ROWS if ROWS[name][1]))
def test_a_stranger_gets_what_he_would_get_if_it_did_not_exist(as_, things, name):
    from uuid import uuid4

    ola = as_("ola")
    real = ola.get(reverse(name, args=[things[ROWS[name][1]]]))
    invented = ola.get(reverse(name, args=[uuid4()]))
    assert real.status_code == invented.status_code
    assert _without_noise(real) == _without_noise(invented)


def _without_noise(answer):
    import re

    return re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", answer.content.decode())


@pytest.mark.parametrize("name", sorted(ROWS))
def test_nobody_unsigned_gets_a_page(client, things, today, name):
    about = ROWS[name][1]
    answer = client.get(reverse(name, args=[things[about]] if about else []))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    "name", ["desk:today", "desk:caseload", "desk:person", "work:jobs"]
)
def test_a_wrong_method_is_refused(as_, things, name):
    about = ROWS[name][1]
    answer = as_("ada").post(reverse(name, args=[things[about]] if about else []))
    assert answer.status_code == 405


def test_pages_with_people_are_never_cached(as_, things):
    answer = as_("ada").get(reverse("desk:person", args=[things["person"]]))
    assert answer["Cache-Control"] == "no-store"
    assert "nonce-" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
