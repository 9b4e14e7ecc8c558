"""Two sides with other things held equal: asked for beside the curves, told in words."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from braid.access.models import AuditEntry, Team
from braid.facts.models import Snapshot
from braid.outcomes import adjusted, tasks
from braid.outcomes.adjusted import Person
from braid.outcomes.presenters.adjustments import WHY
from tests.cast import SINCE, TODAY
from tests.desk.test_pages import text
from tests.factories.access import MembershipFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
COMPARE = "/outcomes/north/compare/?figures=1&by=gender&one=woman&other=man"
ASKED = "/outcomes/north/compare/adjusted/?by=gender&one=woman&other=man"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


def people(actor, wish):
    """A hundred and twenty people; those of the first side start three times as soon."""
    return [
        Person(
            (n % 37 * 10 + n % 3 * 4 + 1) * (1 + 2 * (n % 2)),
            n % 4 != 0,
            {"gender": str(1 - n % 2), "age_band": ("25_34", "35_44")[n % 5 % 2]},
        )
        for n in range(120)
    ]


@pytest.fixture
def many(working, monkeypatch):
    monkeypatch.setattr(tasks, "people_behind", people)
    return working


def test_the_page_of_two_sides_asks_what_to_hold_equal(as_, working):
    page = as_("ben").get(COMPARE).content.decode()
    assert 'action="/outcomes/north/compare/adjusted/"' in page
    assert '<input type="hidden" name="one" value="woman">' in page
    assert 'name="equal" value="gender"' not in page
    assert "Hold other things equal" not in text(
        as_("ben").get("/outcomes/north/compare/?figures=1")
    )


def test_the_ratio_is_told_with_its_interval_numbers_and_assumption(as_, many):
    told = text(as_("ben").get(f"{ASKED}&equal=age_band"))
    assert re.search(
        r"Woman: a first job comes at \d\.\d+ times the pace of Man\. "
        r"Held equal: age\. By chance alone so large a difference would be rare\.",
        told,
    )
    assert re.search(
        r"Woman against Man \d\.\d+ \d\.\d+ to \d\.\d+ p below 0\.001", told
    )
    assert "Woman against Man, nothing held equal" in told
    assert "Age: 35 to 44 against 25 to 34" in told
    assert "120 people followed 90 of them started a job 0 left out" in told
    assert "the same on every day of the search" in told
    assert "Cox regression, ties after Efron" in told
    assert "as of 5 Oct 2026" in told
    assert AuditEntry.objects.filter(action="figures_opened").exists()


def test_few_job_starts_for_each_ratio_are_said(as_, working, monkeypatch):
    monkeypatch.setattr(tasks, "people_behind", lambda a, w: people(a, w)[:16])
    told = text(as_("ben").get(f"{ASKED}&equal=age_band"))
    assert "Fewer than ten job starts for each ratio" in told


def test_it_runs_over_the_record(as_, working):
    """Ten of sixteen started: enough for two sides, and said to be few."""
    told = text(as_("ben").get(ASKED))
    assert "16 people followed 10 of them started a job" in told


def test_the_page_waits_for_the_worker_and_can_be_left(as_, working, monkeypatch):
    monkeypatch.setattr(type(tasks.adjust), "enqueue", lambda task, **said: None)
    ben = as_("ben")
    whole = ben.get(ASKED)
    assert "You can leave this page" in text(whole)
    part = ben.get(ASKED, **HTMX).content.decode()
    assert "<html" not in part and 'hx-trigger="load delay:2s"' in part
    assert f'hx-get="{ASKED.replace("&", "&amp;")}"' in part


def test_without_the_extra_it_is_said_how_to_add_it(as_, working, monkeypatch):
    monkeypatch.setattr(adjusted, "is_available", lambda: False)
    for address in (COMPARE, ASKED):
        told = text(as_("ben").get(address))
        assert "the optional extra “stats” is not installed" in told
        assert "braid-ips[stats]" in told


def test_too_few_job_starts_are_a_sentence(as_, working, monkeypatch):
    monkeypatch.setattr(
        tasks,
        "people_behind",
        lambda a, w: [Person(9, False, {"gender": str(n % 2)}) for n in range(20)],
    )
    assert "Too few of these people started a job" in text(as_("ben").get(ASKED))


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("cora", 404, id="clinician of a linked team"),
        pytest.param("dev", 404, id="caseworker of a linked job centre"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("una", 403, id="counsellor"),
    ],
)
def test_only_the_units_own_staff_may_ask(as_, many, member, status):
    assert as_(member).get(ASKED).status_code == status


def test_who_reads_all_units_together_is_told_whose_it_is(as_, frozen):
    sam = as_("sam")
    coast, north = (
        unit.pk for unit in sam.get("/outcomes/all-units/").context["scope"].units
    )
    sides = f"by=unit&one={coast}&other={north}"
    told = text(sam.get(f"/outcomes/all-units/compare/?figures=1&{sides}"))
    assert "is for the units' own staff" in told
    address = f"/outcomes/all-units/compare/adjusted/?{sides}"
    assert sam.get(address).status_code == 404


def test_who_supervises_two_units_is_told_of_both(as_, frozen):
    """Given figures frozen a week ago, when two units are compared, then of that day."""
    coast = Team.objects.get(slug="coast")
    MembershipFactory(
        user=frozen.ben.user,
        team=coast,
        organisation=coast.organisation,
        role="supervisor",
        first_day=SINCE,
    )
    Snapshot.objects.update(as_of=TODAY - timedelta(7))
    sides = f"by=unit&one={coast.pk}&other={frozen.north.pk}"
    told = text(as_("ben").get(f"/outcomes/all-units/compare/adjusted/?{sides}"))
    assert "19 people followed 12 of them started a job" in told
    assert re.search(r"Coast against North \d+\.\d+ \d+\.\d+ to \d+\.\d+", told)
    assert "as of 28 Sept 2026" in told
    opened = AuditEntry.objects.filter(action="figures_opened")
    units = {str(coast.pk), str(frozen.north.pk)}
    assert set(opened.values_list("record_key", flat=True)) == units


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("?by=gender&one=woman&other=woman", id="the same side twice"),
        pytest.param("?by=period&one=2026Q3&other=2026Q2", id="periods"),
        pytest.param("", id="nothing chosen"),
    ],
)
def test_what_cannot_be_adjusted_is_not_there(as_, many, query):
    address = f"/outcomes/north/compare/adjusted/{query}"
    assert as_("ben").get(address).status_code == 404


def test_a_side_or_the_unknown_is_never_held_equal(as_, many):
    told = as_("ben").get(f"{ASKED}&equal=gender&equal=shoe_size")
    assert "Held equal:" not in told.context["found"].finding


def test_every_reason_has_a_sentence():
    reasons = {"extra_missing", "too_few_events", "one_value", "too_many_values"}
    assert set(WHY) == reasons | {"no_convergence", "not_granted", "broken"}
    assert all(str(said()).endswith((".", "'.")) for said in WHY.values())
