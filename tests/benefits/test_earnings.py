"""Earnings by month in the United States, held against the rights they use up."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from braid.benefits import commands, ledger, queries
from braid.benefits.models import EarningsMonth
from braid.kernel.errors import InputFault, Refused

# Gross of each month of 2025, from January on.
SERIES = (0, 1200, 1300, 1160, 0, 1159, 1200, 1250, 1300, 1400, 1500, 0)


def keep(una, pat_ref, month, gross, **more):
    return commands.record_month(
        actor=una, episode=pat_ref, month=month, gross=Decimal(gross), **more
    )


def test_the_trial_months_are_those_at_or_above_the_level(una, pat_ref, world):
    for place, gross in enumerate(SERIES, start=1):
        keep(una, pat_ref, date(2025, place, 15), gross)
    found = ledger.of(queries.earnings(una, world.pat.pk))
    assert [month.month for month in found.trial_used] == [2, 3, 4, 7, 8, 9, 10, 11]


def test_a_month_is_kept_once_and_corrected(una, pat_ref):
    first = keep(una, pat_ref, date(2025, 3, 2), 900)
    assert keep(una, pat_ref, date(2025, 3, 30), 950).pk == first.pk
    row = EarningsMonth.objects.system("a test").get()
    assert (row.month, row.gross) == (date(2025, 3, 1), Decimal(950))


@pytest.mark.parametrize(
    ("gross", "off", "field"),
    [
        pytest.param("-1", "0", "gross", id="below nothing"),
        pytest.param("100", "101", "work_expenses", id="more off than was earned"),
    ],
)
def test_amounts_that_cannot_be_are_told(una, pat_ref, gross, off, field):
    with pytest.raises(InputFault) as told:
        keep(una, pat_ref, date(2025, 3, 1), gross, work_expenses=Decimal(off))
    assert told.value.field == field


def test_only_a_counsellor_keeps_the_ledger(world, pat_ref):
    with pytest.raises(Refused):
        keep(world.ada.actor, pat_ref, date(2025, 3, 1), 900)


def test_the_page_is_there_in_the_united_states(as_, world):
    address = reverse("benefits:earnings", args=[world.pat.pk])
    assert as_("una").get(address).status_code == 404
    world.havnelund.country = "us"
    world.havnelund.save()
    month = reverse("benefits:earnings_month", args=[world.pat.pk])
    sent = {
        "month": "2025-02-10",
        "gross": "1200",
        "work_expenses": "0",
        "subsidy": "0",
    }
    assert as_("una").post(month, sent).status_code == 302
    page = as_("una").get(address).content.decode()
    assert "1,200" in page
    assert "trial work period" in page
