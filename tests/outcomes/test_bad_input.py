"""Whatever an address or a form of the figures is given: a sentence or a 404, never 500."""

from uuid import uuid4

import pytest
from django.urls import reverse

from braid.facts.models import Annotation
from braid.outcomes import charts
from braid.outcomes.models import Release, UnitQuarter

NOBODY = "00000000-0000-0000-0000-000000000000"
NO_DAY = "2026-02-30"
LONG = "9" * 5_000
QUERIES = [
    pytest.param(
        {"figures": "1", "period": "9999Q4", "unit": NOBODY, "by": "income"},
        id="a far quarter, a unit and a key of nobody",
    ),
    pytest.param(
        {"figures": "1", "period": NO_DAY, "team": "no-team", "cohort": "spring"},
        id="no such day, team or cohort",
    ),
    pytest.param(
        {"figures": "1", "period": "0001Q0", "group": "income:high", "unit": "south"},
        id="before all calendars, a group of nothing, another's unit",
    ),
    pytest.param(
        {"period": "2026-05-01/2026-01-01", "value": LONG, "part": "half"},
        id="from after to, a long value, half a ratio",
    ),
    pytest.param(
        {"period": "2099-01-01/2099-12-31", "page": "9" * 30, "profile": "no-such"},
        id="days to come, a page far away, a rule that is none",
    ),
    pytest.param(
        {"figures": "1", "by": "gender", "one": "x", "other": LONG, "group": ":::"},
        id="no such sides, a group without a key",
    ),
    pytest.param(
        {"figures": "1", "by": "team", "one": NOBODY, "other": NOBODY, "page": "-1"},
        id="teams of nobody, a page before the first",
    ),
    pytest.param(
        {"value": "'; DROP TABLE", "part": "numerator", "page": "one", "by": "unit"},
        id="a quote, a page in words, units inside one",
    ),
    pytest.param(
        {"figures": "1", **dict.fromkeys(("value", "team", "unit", "period"), "\x00")},
        id="nought bytes",
    ),
    pytest.param(
        {"asked": LONG, "before": "x", "after": "y", "option-x": "", "restate": "?"},
        id="keys and options of nothing",
    ),
    pytest.param(
        {"measure": "no-such", "quarter": "1066Q4", "equal": "income", "period": LONG},
        id="a measure and a quarter of nothing",
    ),
]


def pages():
    """Return every page of figures that somebody of the unit may ask for."""
    of_scope = ("outcomes", "equity", "compare", "adjusted", "note_new")
    named = [reverse(f"outcomes:{name}", args=["north"]) for name in of_scope]
    named += [
        reverse("outcomes:rows", args=["north", name])
        for name in ("working", "first-job", "placements", "access", "quarters")
    ]
    named += [reverse("outcomes:rows", args=["north", "item24_community"])]
    named += [reverse("outcomes:file", args=["north", "working", "csv"])]
    named += [reverse(f"outcomes:{name}") for name in ("home", "reports", "releases")]
    named += [
        reverse("outcomes:report", args=["ilc-quarterly"]),
        reverse("outcomes:report_file", args=["ilc-quarterly", "csv"]),
        reverse("outcomes:release", args=["ilc-quarterly"]),
        reverse("outcomes:quarters", args=["north"]),
        reverse("integration:home"),
        *(
            reverse(f"integration:{name}", args=["north"])
            for name in ("integration", "drift", "one_pager", "note_new")
        ),
        reverse("integration:measure", args=["north", "int_plans_seen"]),
        *(reverse(f"facts:{name}") for name in ("snapshots", "compare", "take_along")),
        reverse("desk:unit_figures"),
    ]
    return named


ENDS = {200, 302, 404, 422}


@pytest.mark.parametrize("query", QUERIES)
def test_an_address_that_says_nonsense_ends_in_a_page_or_is_not_there(
    as_, world, query
):
    ben = as_("ben")
    for address in pages():
        answer = ben.get(address, query)
        assert answer.status_code in ENDS, (address, answer.status_code)


@pytest.mark.parametrize("query", QUERIES)
def test_so_does_one_of_all_units(as_, frozen_once, query):
    for address in (
        "/outcomes/all-units/",
        "/outcomes/all-units/equity/",
        "/outcomes/all-units/compare/",
        "/outcomes/all-units/compare/adjusted/",
        "/outcomes/all-units/working/rows/",
        "/outcomes/all-units/working/file/csv/",
    ):
        answer = frozen_once.get(address, query)
        assert answer.status_code in ENDS, (address, answer.status_code)


@pytest.fixture
def frozen_once(as_, world, settings, tmp_path):
    """A steward of all units without frozen facts, as on the first day."""
    settings.BRAID_DATA = tmp_path
    return as_("sam")


NOT_THERE = [
    "/outcomes/no-unit/",
    "/outcomes/south/",
    f"/outcomes/{NOBODY}/",
    "/outcomes/no-unit/equity/",
    "/outcomes/south/compare/",
    "/outcomes/south/compare/adjusted/?by=gender&one=man&other=woman",
    "/outcomes/north/no-chart/rows/",
    "/outcomes/south/working/rows/",
    "/outcomes/north/working/file/exe/",
    "/outcomes/south/working/file/csv/",
    "/outcomes/south/notes/new/",
    f"/outcome-notes/{NOBODY}/",
    f"/outcome-notes/{NOBODY}/away/",
    "/outcome-quarters/south/",
    "/outcome-quarters/no-unit/2026Q3/",
    "/outcome-quarters/north/2099Q1/",
    "/outcome-quarters/north/spring/",
    "/outcome-reports/no-report/",
    "/outcome-reports/no-report/release/",
    "/outcome-reports/no-report/csv/",
    "/outcome-reports/ilc-quarterly/exe/",
    f"/outcome-reports/released/{NOBODY}/",
    f"/outcome-reports/released/{NOBODY}/csv/",
    f"/outcome-reports/released/{NOBODY}/correct/",
    f"/outcome-reports/released/{NOBODY}/share/",
    "/integration/south/",
    "/integration/no-unit/drift/",
    "/integration/north/no_measure/",
    "/integration/south/int_plans_seen/",
    "/integration/north/one-pager/2099Q1/",
    "/integration/north/one-pager/spring/",
    "/integration/south/notes/new/",
    f"/integration-notes/{NOBODY}/",
    f"/integration-notes/{NOBODY}/away/",
    f"/facts/{NOBODY}/",
    f"/facts/build/{NOBODY}/",
    "/unit/figures/?unit=south",
]


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_ones_own_or_not_at_all_is_not_there(as_, world, address):
    assert as_("ben").get(address).status_code == 404


EMPTY_POSTS = [
    pytest.param("/outcomes/north/notes/new/", id="a note of outcomes"),
    pytest.param("/integration/north/notes/new/", id="a note of integration"),
    pytest.param("/outcome-quarters/north/2026Q3/", id="numbers of a quarter"),
]


@pytest.mark.parametrize("address", EMPTY_POSTS)
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"csrfmiddlewaretoken": "x"}, id="no field at all"),
        pytest.param(
            {
                "measure": "no-such",
                "quarter": "9999Q9",
                "text": "\x00",
                "row_version": "x",
                "vacant_fte": "many",
                "local_unemployment": "1e999",
                "source": LONG,
            },
            id="nonsense in every field",
        ),
    ],
)
def test_a_form_without_sense_is_shown_again_and_keeps_nothing(
    as_, world, address, sent
):
    answer = as_("ben").post(address, sent)
    assert answer.status_code == 422
    assert not count(Annotation) and not count(UnitQuarter)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/outcome-reports/ilc-quarterly/release/", 422, id="a release"),
        pytest.param(
            f"/outcome-reports/released/{NOBODY}/run/", 404, id="a run of nothing"
        ),
        pytest.param("/facts/take-along/south/csv/", 404, id="another's facts"),
        pytest.param("/facts/take-along/north/exe/", 404, id="no form of facts"),
    ],
)
def test_a_post_without_fields_changes_nothing(
    as_, world, settings, tmp_path, address, status
):
    settings.BRAID_DATA = tmp_path
    address = address.replace("/run/", reverse_of_run())
    sent = {"csrfmiddlewaretoken": "x"}
    assert as_("ben").post(address, sent).status_code == status
    assert not count(Release)


def count(model):
    return model.objects.system("counted by a test").count()


def reverse_of_run():
    """Return how the address of running a release again ends."""
    key = uuid4()
    return reverse("outcomes:run_again", args=[key]).partition(str(key))[2]


def test_every_chart_opens_to_rows_of_an_empty_unit(as_, world):
    ben = as_("ben")
    named = [*charts.COUNTS, *charts.compared_charts()]
    named += [one for section in charts.SECTIONS for one in section.charts]
    for chart in named:
        address = reverse("outcomes:rows", args=["north", chart.name])
        assert ben.get(address).status_code == 200, chart.name
