"""The returns of each country: printed examples through the measures that make them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.method.measures.engine import loaded
from tests.method.measures.rows import contact, episode, facts, job, row, terms

from braid.facts.measuring import measured, rows_behind
from braid.method.measures import Asked
from braid.packs import measures
from braid.packs.measures.figures import EMPTY


def asked_of(name, rows, asked, **options):
    """Return the figure of a measure for one period."""
    with loaded(facts(*rows), asked.as_of) as held:
        measure = measures.get(name).with_options(**options)
        (figure,) = measured(measure, held, periods=[asked]).figures()
    return figure


def period(first, last, as_of=None):
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Asked("asked", *days, date.fromisoformat(as_of or last))


Q1 = period("2026-01-01", "2026-03-31")


def test_two_sites_pooled_and_as_a_mean_of_sites():
    """Site X 18 of 40, site Y 2 of 10: 20 of 50 pooled, 32.5 per cent as a mean."""
    rows = []
    for site, people, working in (("x", 40, 18), ("y", 10, 2)):
        for number in range(people):
            who = f"{site}{number}"
            rows.append(episode(who, unit_id=site))
            if number < working:
                rows.append(job(who, f"job {who}", "2026-02-01", unit_id=site))
    for name in ("out_working", "ilc_quarterly"):
        found = asked_of(name, rows, Q1)
        assert (found.numerator, found.denominator) == (20, 50)
        assert found.value == Fraction(2, 5)
        assert found.statistics["unweighted_site_mean"].value == Fraction(65, 200)


def test_a_rate_of_nobody_has_no_value():
    found = asked_of("ilc_quarterly", [], Q1)
    assert (found.value, found.reason) == (None, EMPTY)


@pytest.mark.parametrize(
    ("mode", "as_of", "profiles"),
    [
        pytest.param("compatible", "2026-03-31", 12, id="at the end of the quarter"),
        pytest.param("compatible", "2026-06-30", 9, id="asked again a quarter later"),
        pytest.param("corrected", "2026-03-31", 12, id="corrected, at the end"),
        pytest.param("corrected", "2026-06-30", 12, id="corrected, a quarter later"),
    ],
)
def test_profiles_of_a_past_quarter(mode, as_of, profiles):
    """Twelve profiles in the first quarter, three discharged in the second."""
    rows = [
        episode(
            f"p{number}",
            profile_started_on="2026-02-01",
            exited="2026-05-01" if number < 3 else None,
        )
        for number in range(12)
    ]
    asked = period("2026-01-01", "2026-03-31", as_of)
    assert asked_of("ipsgrow_profiles", rows, asked, mode=mode).value == profiles


def _a_year():
    """Fifty accessed in 2024/25: 38 out of work, 8 seeking another job, 4 keeping one."""
    rows = []
    for number in range(50):
        status = "out_of_work"
        if number >= 38:
            status = "employed_seeking" if number < 46 else "employed_retention"
        who = f"p{number}"
        rows.append(episode(who, accepted="2024-05-01", at_referral=status))
        if number < 13 or 38 <= number < 43:
            rows.append(job(who, f"job {who}", "2024-09-01"))
    for number in range(2):
        who = f"before{number}"
        rows.append(episode(who, accepted="2024-02-01"))
        rows.append(job(who, f"job {who}", "2024-06-01"))
    return rows


@pytest.mark.parametrize(
    ("followed", "started"),
    [
        pytest.param("cohort", 13, id="13 of 38 who accessed"),
        pytest.param("flow", 15, id="with 2 who accessed the year before"),
    ],
)
def test_employment_rate_from_april_2024(followed, started):
    year = period("2024-04-01", "2025-03-31")
    found = asked_of("ipsgrow_employment_rate", _a_year(), year, followed=followed)
    assert (found.numerator, found.denominator) == (started, 38)
    assert found.amounts["arrived"] == 50
    assert found.amounts["employed_seeking"] == 8
    assert found.amounts["retention"] == 4


MAY = period("2025-05-01", "2025-05-31")


@pytest.mark.parametrize(
    ("mode", "employed"),
    [
        pytest.param("faithful", 2, id="all ever discharged"),
        pytest.param("corrected", 1, id="those of the month"),
    ],
)
def test_discharged_on_the_last_day_of_april(mode, employed):
    rows = []
    for who, exited in (("ada", "2025-04-30"), ("bo", "2025-05-01")):
        rows += [
            episode(who, accepted="2025-01-01", exited=exited),
            job(who, f"job {who}", "2025-02-01"),
        ]
    found = asked_of("mhsds_closed", rows, MAY, discharged=mode)
    assert found.amounts["closed"] == found.denominator == 1
    assert found.amounts["employed"] == employed


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "referral_0_to_90"),
        (90, "referral_0_to_90"),
        (91, "referral_91_to_180"),
        (180, "referral_91_to_180"),
        (181, "referral_over_180"),
    ],
)
def test_length_of_referral_has_edges(days, band):
    exited = date(2025, 5, 20)
    rows = [
        episode(
            "ada", accepted=str(exited - timedelta(days)), exited=exited.isoformat()
        )
    ]
    found = asked_of("mhsds_closed", rows, MAY)
    assert found.amounts[band] == found.amounts["closed"] == 1


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (7, "waited_0_to_7"),
        (8, "waited_8_to_30"),
        (30, "waited_8_to_30"),
        (31, "waited_over_30"),
    ],
)
def test_waiting_has_edges(days, band):
    met = date(2025, 5, 20)
    rows = [
        episode("ada", accepted=str(met - timedelta(days))),
        contact(1, "kim", met.isoformat(), episode_id="ada"),
    ]
    found = asked_of("mhsds_access", rows, MAY)
    assert found.amounts[band] == found.amounts["accessed"] == 1


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        ("15.99", "hours_under_16"),
        ("16", "hours_16_to_29"),
        ("29.99", "hours_16_to_29"),
        ("30", "hours_30_and_over"),
        (None, "hours_missing"),
    ],
)
def test_hours_at_discharge_have_edges(hours, band):
    rows = [
        episode("ada", accepted="2025-01-01", exited="2025-05-20"),
        job("ada", "bakery", "2025-02-01"),
        terms("bakery", "2025-02-01", hours=hours),
    ]
    found = asked_of("mhsds_closed", rows, MAY)
    assert found.amounts[band] == found.amounts["employed"] == 1


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (0, "contacts_0"),
        (1, "contacts_1_to_5"),
        (5, "contacts_1_to_5"),
        (6, "contacts_6_to_10"),
        (10, "contacts_6_to_10"),
        (11, "contacts_over_10"),
    ],
)
def test_dose_at_discharge_has_edges(number, band):
    rows = [
        episode("ada", accepted="2025-01-01", exited="2025-05-20"),
        *(contact(n, "kim", "2025-02-01", episode_id="ada") for n in range(number)),
        # On the day of discharge the person is no longer there.
        contact(99, "kim", "2025-05-20", episode_id="ada"),
    ]
    assert asked_of("mhsds_closed", rows, MAY).amounts[band] == 1


@pytest.mark.parametrize(
    ("mode", "told"),
    [("in_person", "in_person"), ("video", "video"), (None, "other")],
)
def test_first_contacts_are_told_by_mode(mode, told):
    rows = [
        episode("ada", accepted="2025-05-01"),
        contact(1, "kim", "2025-05-20", episode_id="ada", mode=mode),
        contact(2, "kim", "2025-05-21", episode_id="ada", mode="phone"),
    ]
    with loaded(facts(*rows), MAY.as_of) as held:
        found = measured(measures.get("mhsds_access"), held, periods=[MAY])
        (figure,) = found.figures(["mode"])
    assert (figure.group, figure.amounts["accessed"]) == ({"mode": told}, 1)


def test_people_and_episodes_are_both_counted():
    """One person referred twice and started twice, another referred and not started."""
    rows = [
        episode("ada", accepted="2026-01-12", exited="2026-02-01"),
        episode("ada 2", person="ada", accepted="2026-02-16"),
        episode("bo", accepted="2026-02-16", entered_on=None),
    ]
    found = asked_of("ipes_referrals", rows, Q1).amounts
    assert (found["referrals"], found["people"]) == (3, 2)
    assert (found["starts"], found["people_started"]) == (2, 1)
    assert found["starts"] <= found["referrals"]


def test_rows_stand_behind_a_figure_by_group():
    rows = [
        episode("ada", gender="woman"),
        episode("bo", gender="man"),
        job("ada", "bakery", "2026-02-01"),
    ]
    measure = measures.get("out_working").with_options(group="gender")
    with loaded(facts(*rows), Q1.as_of) as held:
        found = measured(measure, held, periods=[Q1]).figures(["group"])
        behind = rows_behind(measure, held, periods=[Q1], group={"group": "woman"})
    assert {f.group["group"]: f.value for f in found} == {"woman": 1, "man": 0}
    assert [each["person_key"] for each in behind] == ["ada"]


def test_age_is_that_of_the_year_in_which_the_episode_began():
    rows = [
        episode("ada", accepted="2025-12-31", birth_year=2001),
        episode("bo", accepted="2026-01-01", birth_year=2001),
        episode("cy", accepted="2026-01-01"),
    ]
    measure = measures.get("out_access").with_options(group="age_band")
    asked = period("2025-12-01", "2026-01-31")
    with loaded(facts(*rows), asked.as_of) as held:
        found = measured(measure, held, periods=[asked]).figures(["group"])
    assert [f.group["group"] for f in found] == ["25_34", "under_25", None]


def test_a_group_of_the_record_is_told_and_what_is_not_known_is_null():
    rows = [
        episode("ada"),
        episode("bo"),
        row("groups", episode_id="ada", key="origin", value="abroad"),
        row("groups", episode_id="bo", key="prior_work", value="none"),
    ]
    measure = measures.get("out_contact_rate").with_options(group="origin")
    with loaded(facts(*rows), Q1.as_of) as held:
        found = measured(measure, held, periods=[Q1]).figures(["group"])
    assert [f.group["group"] for f in found] == ["abroad", None]
