"""Vacancies and unemployment beside the figures of a unit, given by who oversees it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry, Change
from braid.kernel.errors import InputFault, Refused, Stale
from braid.outcomes import quarters
from tests.cast import TODAY

QUARTER = "2026Q3"
NUMBERS = {
    "vacant_fte": Decimal("0.5"),
    "local_unemployment": Decimal("4.1"),
    "source": "Statistics office, table 7",
}
TYPED = {
    "row_version": 0,
    "vacant_fte": "0.5",
    "local_unemployment": "4.1",
    "source": "Statistics office, table 7",
}


def give(world, name="ben", *, quarter=QUARTER, row_version=0, **changed):
    return quarters.give_quarter(
        actor=getattr(world, name).actor,
        unit=world.north,
        quarter=quarter,
        today=TODAY,
        row_version=row_version,
        **NUMBERS | changed,
    )


def address(world, quarter=QUARTER):
    return reverse("outcomes:quarter", args=[world.north.slug, quarter])


def test_the_last_two_years_are_asked_for_the_newest_first():
    found = quarters.quarters(date(2026, 10, 5))
    assert (found[0], found[-1], len(found)) == ("2026Q4", "2025Q1", 8)


def test_what_is_given_stands_in_the_list_and_in_the_log(world, as_):
    answer = as_("ben").post(address(world), TYPED)
    assert answer.status_code == 302
    page = as_("ben").get(answer.url).content.decode()
    assert "Statistics office, table 7" in page
    assert AuditEntry.objects.filter(action="unit_quarter_given").exists()
    (change,) = Change.objects.filter(field="local_unemployment")
    assert (change.old, change.new) == ("", "4.10")


def test_a_correction_keeps_what_stood_before(world):
    row = give(world)
    give(world, row_version=row.row_version, vacant_fte=None)
    changes = Change.objects.filter(field="vacant_fte").order_by("pk")
    assert [(one.old, one.new) for one in changes] == [("", "0.50"), ("0.50", "")]


@pytest.mark.parametrize("row_version", [0, 1])
def test_whoever_was_slower_overwrites_nothing(world, row_version):
    give(world)
    with pytest.raises(Stale):
        give(world, row_version=row_version, vacant_fte=Decimal(2))


def test_a_stale_form_says_so_and_keeps_what_was_typed(world, as_):
    give(world)
    answer = as_("ben").post(address(world), TYPED | {"vacant_fte": "2"})
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        pytest.param({"quarter": "2027Q1"}, "quarter", id="a quarter to come"),
        pytest.param({"quarter": "Q3"}, "quarter", id="no quarter"),
        pytest.param({"source": "  "}, "source", id="a number from nowhere"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, changed, field):
    with pytest.raises(InputFault) as met:
        give(world, **changed)
    assert met.value.field == field


@pytest.mark.parametrize(
    "typed", [{"vacant_fte": "-1"}, {"local_unemployment": "101"}, {"vacant_fte": "a"}]
)
def test_a_number_that_cannot_be_is_said_beside_its_field(world, as_, typed):
    assert as_("ben").post(address(world), TYPED | typed).status_code == 422


@pytest.mark.parametrize(
    ("name", "may"),
    [("ben", True), ("sam", True), ("ada", False), ("cora", False), ("ola", False)],
)
def test_who_oversees_the_unit_gives_its_numbers(world, as_, name, may):
    listed = reverse("outcomes:quarters", args=[world.north.slug])
    assert (as_(name).get(listed).status_code == 200) is may
    if may:
        assert give(world, name)
        return
    with pytest.raises(Refused):
        give(world, name)


def test_a_quarter_that_nobody_asks_for_is_not_there(world, as_):
    assert as_("ben").get(address(world, "1999Q1")).status_code == 404
