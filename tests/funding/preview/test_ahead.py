"""What a claim still needs, at the moment of a job start: dates and evidence, no amount."""

import re

import pytest

from braid.access.models import AuditEntry
from braid.funding.preview import queries
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.funding.claims.story import DAY

HTMX = {"HTTP_HX_REQUEST": "true"}


def _page(story):
    return f"/funding/ahead/{story.world.pat_episode.pk}/"


def _ahead(story, member="ada"):
    actor = getattr(story.world, member).actor
    found = queries.of_episode(actor, story.world.pat_episode, TODAY)
    return {one.milestone: one for one in found}


def test_the_start_of_a_job_says_at_once_what_every_funder_asks_for(today, story):
    found = _ahead(story)

    start = found["placement"]
    assert (start.day, start.is_reached, start.is_ready) == (DAY, True, False)
    # Either paper is enough.
    assert start.missing == (("other:signed_form",), ("employer_letter",))
    assert found["profile"].missing == (("other:profile_document",),)


def test_a_paper_that_came_is_no_longer_missing(today, story):
    story.paper(document__sha256="c" * 64)

    start = _ahead(story)["placement"]
    assert (start.present, start.missing) == (("employer_letter",), ())


def test_what_was_sent_is_asked_for_no_more(today, claimed, story):
    story.step(claimed, "released", "bea")
    assert "placement" in _ahead(story)
    story.step(claimed, "submitted", "ben")
    assert "placement" not in _ahead(story)


def test_no_amount_is_anywhere_on_it_though_amounts_are_filled_in(as_, story):
    for member in ("ada", "ben"):
        for more in ({}, HTMX):
            page = as_(member).get(_page(story), **more)
            shown = text(page)
            assert "a signed form, or a letter of the employer" in shown
            assert not re.search(r"300|800|USD|\$", shown)


@pytest.mark.parametrize(
    ("member", "episode", "caseload"),
    [
        pytest.param("ada", 200, 200, id="their specialist"),
        pytest.param("ben", 200, 200, id="the supervisor"),
        pytest.param("ola", 404, 200, id="specialist of another unit"),
        pytest.param("cora", 403, 403, id="clinician"),
        pytest.param("dev", 403, 403, id="caseworker"),
        pytest.param("nia", 403, 403, id="funder"),
        pytest.param("sam", 403, 403, id="steward"),
        pytest.param("pat_account", 403, 403, id="applicant"),
    ],
)
def test_who_keeps_the_record_reads_it_and_nobody_else(
    as_, story, member, episode, caseload
):
    client = as_(member)
    assert client.get(_page(story)).status_code == episode
    assert client.get("/funding/ahead/").status_code == caseload


def test_opening_it_is_recorded_with_whom_it_is_about(as_, story):
    as_("ada").get(_page(story))

    entry = AuditEntry.objects.filter(action="claims_ahead_opened").get()
    assert entry.applicant_key == story.world.pat.pk


def test_a_specialist_sees_the_weeks_ahead_of_their_own_people(as_, story):
    shown = text(as_("ada").get("/funding/ahead/"))

    assert "Pat Lund" in shown
    assert "a signed form, or a letter of the employer" in shown
    assert "Quinn" not in shown
    assert not re.search(r"300|800|USD", shown)


def test_of_those_weeks_the_log_knows_how_many_people_were_listed(as_, story):
    as_("ada").get("/funding/ahead/")

    entry = AuditEntry.objects.filter(action="claims_ahead_listed").get()
    assert (entry.count, entry.applicant_key) == (1, None)
    assert (entry.information, entry.ground) == (
        "attendance,identity,jobs",
        "own_care",
    )


def test_when_the_time_of_a_funder_is_over_nothing_is_asked_for(today, story):
    type(story.agreement).objects.system("the test ends it").filter(
        pk=story.agreement.pk
    ).update(last_day=TODAY.replace(day=4))

    assert _ahead(story) == {}


def test_a_unit_without_funders_is_asked_for_nothing(as_, world):
    page = as_("ada").get(f"/funding/ahead/{world.pat_episode.pk}/")

    assert "No funder asks for anything at present." in text(page)


def test_the_page_of_a_person_and_of_a_job_lead_to_what_funders_ask_for(as_, story):
    episode = story.world.pat_episode
    person = as_("ada").get(f"/people/{episode.applicant_id}/").content.decode()
    assert f"/funding/episodes/{episode.pk}/" in person
    assert _page(story) in person
    job = as_("ada").get(f"/jobs/{story.job.pk}/").content.decode()
    assert _page(story) in job
    for page in (person, job):
        assert not re.search(r"300\.00|800\.00|USD", page)
