"""On which days offices are open, as the packs of the countries say."""

from datetime import date

import pytest
from pydantic import ValidationError

from braid.packs import jurisdictions
from braid.packs.office_days import Closed

DAYS = {
    "a Monday": ("dk", date(2026, 10, 5), True),
    "a Saturday": ("dk", date(2026, 10, 10), False),
    "Good Friday": ("dk", date(2026, 4, 3), False),
    "Good Friday, where offices are open": ("nl", date(2026, 4, 3), True),
    "the Great Prayer Day, while it was one": ("dk", date(2023, 5, 5), False),
    "the Great Prayer Day, since": ("dk", date(2024, 4, 26), True),
    "Ascension Day": ("nl", date(2026, 5, 14), False),
    "Constitution Day": ("dk", date(2026, 6, 5), False),
    "the same day elsewhere": ("nl", date(2026, 6, 5), True),
}


@pytest.mark.parametrize(("country", "day", "is_open"), DAYS.values(), ids=DAYS)
def test_offices_are_open_on_working_days(country, day, is_open):
    assert jurisdictions.get(country).office_days.is_open(day) is is_open


def test_what_no_pack_says_is_not_known():
    assert jurisdictions.of_country("zz").office_days is None


@pytest.mark.parametrize(
    "said", [{}, {"on": "12-25", "easter": 1}, {"on": "02-30"}, {"on": "02-29"}]
)
def test_a_closed_day_is_one_day_of_every_year(said):
    with pytest.raises(ValidationError):
        Closed(**said)
