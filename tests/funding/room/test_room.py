"""A funder's room: what waits and what is achieved; never a person, never by any route."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tests.desk.test_pages import text
from tests.factories.funding import ClaimEntryFactory, ClaimFactory


def _figures(story):
    return f"/funding/room/{story.agreement.pk}/figures/"


@pytest.mark.parametrize(
    ("member", "room", "figures"),
    [
        pytest.param("nia", 200, 200, id="the funder"),
        pytest.param("ben", 200, 200, id="the supervisor"),
        pytest.param("sam", 200, 200, id="the steward"),
        pytest.param("femi", 200, 404, id="another funder"),
        pytest.param("ada", 403, 403, id="a specialist"),
        pytest.param("cora", 403, 403, id="a clinician"),
        pytest.param("pat_account", 403, 403, id="the applicant"),
    ],
)
def test_the_parties_open_it_and_nobody_else(as_, story, member, room, figures):
    client = as_(member)
    assert client.get("/funding/room/").status_code == room
    assert client.get(_figures(story)).status_code == figures


def test_a_funder_sees_what_was_sent_and_nothing_that_is_prepared(as_, claimed, story):
    assert "No claim has been sent yet." in text(as_("nia").get("/funding/room/"))
    assert "1,100.00" in text(as_("ben").get("/funding/room/"))

    story.step(claimed, "released", "bea")
    story.step(claimed, "submitted", "ben")
    shown = text(as_("nia").get("/funding/room/"))
    assert "1 wait for an answer." in shown and "800.00" in shown
    assert "Pat" not in shown


def test_figures_name_nobody_and_hide_small_numbers(as_, story):
    shown = text(as_("nia").get(_figures(story)))

    assert "Pat" not in shown and "Lund" not in shown
    assert "Working by quarter" in shown or "quarter" in shown
    assert "as known" in shown.lower() or "as of" in shown.lower()


def test_more_claims_cost_no_more_queries(as_, claimed, story):
    client = as_("nia")
    story.step(claimed, "released", "bea")
    story.step(claimed, "submitted", "ben")
    client.get("/funding/room/")
    with CaptureQueriesContext(connection) as few:
        client.get("/funding/room/")
    for number in range(5):
        made = ClaimFactory(
            agreement=story.agreement, number=100 + number, state="submitted"
        )
        ClaimEntryFactory(claim=made, state="submitted")
    with CaptureQueriesContext(connection) as more:
        page = client.get("/funding/room/")
    assert "6 wait for an answer." in text(page)
    assert len(more) == len(few)


# ---- Not one route about a person ---------------------------------------------------------

PERSONAL = ("people", "work", "benefits", "field")


def _routes():
    """Return every route of rooms that hold people's records, with a made-up address."""
    from tests.house.test_routes import ROWS

    return sorted(name for name in ROWS if name.split(":")[0] in PERSONAL)


def test_no_route_about_a_person_opens_for_a_funder(as_, story):
    """Each is asked for as it would be for Pat, by who may see all of the money."""
    assert len(_routes()) > 50
    opened = []
    client = as_("nia")
    for name in _routes():
        address = _address(name, story)
        if address and client.get(address).status_code == 200:
            opened.append(name)
    assert set(opened) <= OPEN, "a funder reached a page of people's records"


OPEN = {"people:classification"}  # the codes of occupations, about nobody


def _address(name, story):
    """Return the address of a route with what belongs to Pat in it; empty for a form."""
    from django.urls import NoReverseMatch, reverse

    world = story.world
    for given in (
        [],
        [world.pat_episode.pk],
        [world.pat.pk],
        [story.job.pk],
        [world.pat_episode.pk, story.job.pk],
    ):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""


def test_the_resolver_knows_the_room():
    assert "funding" in get_resolver().namespace_dict
