"""The pages of reports: who opens them, what is chosen, released, corrected, shared."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.people import EpisodeFactory
from tests.factories.work import JobFactory

from braid.access.models import AuditEntry
from braid.outcomes.models import Release, Shared
from braid.packs import reports

pytestmark = pytest.mark.django_db
HERE = "/outcome-reports/"
ILC = f"{HERE}ilc-quarterly/"
Q3 = "?unit=north&period=2026Q3"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def served(world):
    """Twelve people since July, of whom five were in work."""
    for n in range(12):
        episode = EpisodeFactory(
            unit=world.north,
            referred_on=date(2026, 7, 1),
            accepted_on=date(2026, 7, 6),
            entered_on=date(2026, 7, 8),
            at_referral="out_of_work",
            state="active",
        )
        if n < 5:
            JobFactory(episode=episode, first_day=date(2026, 8, 3))
    return world


def text(response):
    found = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", found)


def release(client, profile="exact", page=ILC, asked=Q3):
    answer = client.post(f"{page}release/{asked}", {"profile": profile})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


# ---- Who opens them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("ben", 200, id="supervisor of the unit"),
        pytest.param("cora", 200, id="clinician of a linked team"),
        pytest.param("dev", 200, id="caseworker of a linked job centre"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("femi", 403, id="funder"),
        pytest.param("pat_account", 403, id="applicant"),
    ],
)
def test_both_sides_open_a_report_and_nobody_else(as_, served, member, status):
    client = as_(member)
    assert client.get(f"{ILC}{Q3}").status_code == status
    assert client.get(f"{ILC}file/csv/{Q3}").status_code == status


def test_every_report_is_offered_and_made(as_, served):
    ben = as_("ben")
    said = text(ben.get(HERE))
    for report in reports.load().values():
        assert report.label["en"] in said
        page = ben.get(f"{HERE}{report.id}/?unit=north")
        assert page.status_code == 200, text(page)
        assert "What the figures are" in text(page)


def test_inside_figures_are_exact_and_outside_small_ones_are_kept_back(as_, served):
    inside, outside = (
        text(as_("ben").get(f"{ILC}{Q3}")),
        text(as_("cora").get(f"{ILC}{Q3}")),
    )
    assert "exact figures, for the unit itself" in inside
    assert "kept back by" in outside
    assert "exact figures" not in outside


@pytest.mark.parametrize("asked", ["profile=exact", "profile=cms", "restate=1"])
def test_outside_nothing_but_the_usual_form_can_be_asked_for(as_, served, asked):
    cora = as_("cora")
    usual = cora.get(f"{ILC}file/json/{Q3}").content
    assert cora.get(f"{ILC}file/json/{Q3}&{asked}").content == usual


def test_outside_a_mode_and_another_kind_of_period_are_not_open(as_, served):
    cora, page = as_("cora"), f"{HERE}ips-grow/file/json/{Q3}"
    usual = cora.get(page).content
    assert cora.get(f"{page}&option-mode=compatible").content == usual
    year = cora.get(f"{HERE}ips-grow/?unit=north&period=2025/26")
    assert year.status_code == 422


def test_a_report_of_all_units_waits_for_a_snapshot(as_, served):
    page = as_("sam").get(f"{ILC}?unit=all-units&period=2026Q3")
    assert "There is no snapshot of all units yet" in text(page)
    assert as_("sam").get(f"{ILC}file/csv/?unit=all-units").status_code == 404


@pytest.mark.parametrize("page", ["nothing/", "ilc-quarterly/file/docx/"])
def test_what_is_not_there(as_, served, page):
    assert as_("ben").get(f"{HERE}{page}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param("period=2026Q9", "It is written like 2026Q1", id="period"),
        pytest.param("period=2027Q1", "begins after the last day", id="later period"),
        pytest.param("profile=zz", "no rule for small numbers", id="rule"),
    ],
)
def test_a_choice_that_makes_no_report_is_told(as_, served, asked, told):
    answer = as_("ben").get(f"{ILC}?unit=north&{asked}")
    assert answer.status_code == 422
    assert told in text(answer)


def test_an_opened_report_and_a_file_taken_are_audited(as_, served):
    ben = as_("ben")
    ben.get(f"{ILC}{Q3}")
    ben.get(f"{ILC}file/pdf/{Q3}")
    for action in ("report_opened", "report_taken"):
        assert AuditEntry.objects.filter(action=action).count() == 1


def test_a_page_asks_as_many_questions_of_the_database_for_many_as_for_few(as_, world):
    ben = as_("ben")
    counts = []
    for _round in range(2):
        for _n in range(5):
            EpisodeFactory(unit=world.north, accepted_on=date(2026, 7, 6))
        ben.get(f"{ILC}{Q3}")
        with CaptureQueriesContext(
            connection,
        ) as met:
            ben.get(f"{ILC}{Q3}")
        counts.append(len(met))
    assert counts[0] == counts[1]


# ---- Released ----------------------------------------------------------------------------


def test_a_report_is_released_read_and_run_again(as_, served):
    ben = as_("ben")
    assert "Release" in text(ben.get(f"{ILC}{Q3}"))
    address = release(ben)
    assert "Version 1, frozen" in text(ben.get(address))
    (made,) = Release.objects.system("the only one")
    assert ben.get(f"{address}file/json/").content.decode() == made.document
    for kind in ("csv", "xlsx", "pdf"):
        assert ben.get(f"{address}file/{kind}/").status_code == 200
    assert "the same, byte for byte" in text(ben.post(f"{address}again/"))
    assert ben.get(f"{address}again/").status_code == 405
    assert "IPS learning community, quarterly, 2026Q3" in text(
        ben.get(f"{HERE}released/")
    )


def test_who_may_not_release_is_not_offered_it(as_, served):
    ada = as_("ada")
    assert f"{ILC}release/" not in ada.get(f"{ILC}{Q3}").content.decode()
    assert ada.get(f"{ILC}release/{Q3}").status_code == 403
    assert ada.post(f"{ILC}release/{Q3}", {"profile": "exact"}).status_code == 403


def test_a_period_that_is_not_over_is_not_released(as_, served):
    ben, asked = as_("ben"), "?unit=north&period=2026Q4"
    assert f"{ILC}release/" not in ben.get(f"{ILC}{asked}").content.decode()
    answer = ben.post(f"{ILC}release/{asked}", {"profile": "exact"})
    assert answer.status_code == 422
    assert "The period is not over" in text(answer)


def test_a_correction_says_line_by_line_what_changed(as_, served):
    ben = as_("ben")
    address = release(ben)
    said = {"reason": "The employer confirmed a job from August."}
    assert "nothing to correct" in text(ben.post(f"{address}correct/", said))
    episode = EpisodeFactory(
        unit=served.north, accepted_on=date(2026, 7, 6), at_referral="out_of_work"
    )
    JobFactory(episode=episode, first_day=date(2026, 8, 3))
    later = ben.post(f"{address}correct/", said)["Location"]
    page = text(ben.get(later))
    assert "What this version corrects" in page
    assert said["reason"] in page
    assert "This version was corrected later." in text(ben.get(address))
    before, after = (
        json.loads(ben.get(f"{one}file/json/").content) for one in (address, later)
    )
    assert before["hash"] != after["hash"]


def test_sharing_is_noted_and_exact_figures_stay(as_, served):
    ben = as_("ben")
    exact, outward = release(ben), release(ben, "nhs-mhsds")
    given = {"audience": "public", "shared_on": "2026-10-05"}
    refused = ben.post(f"{exact}share/", given)
    assert refused.status_code == 422
    assert "stay with the unit" in text(refused)
    assert ben.post(f"{outward}share/", given).status_code == 302
    assert "the public" in text(ben.get(outward))
    assert Shared.objects.system("the only one").count() == 1


def test_a_linked_team_reads_what_is_meant_for_others_only(as_, served):
    ben, cora = as_("ben"), as_("cora")
    exact, outward = release(ben), release(ben, "nhs-mhsds")
    assert cora.get(exact).status_code == 404
    assert cora.get(outward).status_code == 200
    assert cora.get(f"{exact}file/json/").status_code == 404
    assert cora.get(f"{outward}share/").status_code == 403
    assert as_("ola").get(outward).status_code == 404


def test_a_report_of_all_units_is_released_by_a_worker(as_, served):
    sam = as_("sam")
    address = release(sam, "nhs-mhsds", asked="?unit=all-units&period=2026Q3")
    shown = sam.get(address, follow=True)
    assert "Version 1, frozen" in text(shown)
    assert "All units" in text(shown)
    assert sam.get(f"{ILC}?unit=all-units&period=2026Q3").status_code == 200


def test_whoever_has_no_unit_is_told_what_comes_first(as_, world):
    from braid.access.models import TeamLink

    TeamLink.objects.all().delete()
    assert "There is no unit to report on yet" in text(as_("cora").get(HERE))
