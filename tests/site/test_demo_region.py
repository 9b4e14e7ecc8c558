"""The invented region: the same every time, sound in itself, and like published services."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, pairwise
from statistics import median

import pytest
from stdnum.dk import cvr

from braid.access.choices import RoleChoice, Sector, TeamKind
from braid.kernel.dates import Period, quarter_id, quarter_period
from braid.method.competitive import JobFacts, competitive
from braid.people import choices as people
from braid.site.demo import cast, region, stories, tables
from braid.site.demo.days import is_workday, weekday_ago
from braid.site.demo.trades import trades
from braid.site.demo.values import Job, Life, UnitRecord, Visit
from braid.work import choices as work

TODAY = date(2026, 10, 5)
DAY = timedelta(days=1)
SEEDS = (1, 2, 3)


@lru_cache(maxsize=16)
def drawn(size: str, seed: int, today: date) -> tuple[UnitRecord, ...]:
    return region.draw(cast.SIZES[size], seed, today)


def lives_of(records: tuple[UnitRecord, ...]) -> list[Life]:
    return [life for record in records for life in record.lives]


def visits_of(records: tuple[UnitRecord, ...]) -> Iterator[Visit]:
    for record in records:
        yield from chain(record.visits, *(life.visits for life in record.lives))


@pytest.fixture(params=SEEDS, ids=[f"seed {seed}" for seed in SEEDS])
def records(request) -> tuple[UnitRecord, ...]:
    return drawn("demo", request.param, TODAY)


@pytest.fixture
def lives(records) -> list[Life]:
    return lives_of(records)


# The same seed


def test_the_same_seed_and_day_draw_the_same_region():
    again = region.draw(cast.SIZES["demo"], 1, TODAY)
    assert region.digest(again) == region.digest(drawn("demo", 1, TODAY))


@pytest.mark.parametrize(
    ("seed", "today"),
    [(2, TODAY), (1, TODAY + DAY)],
    ids=["another seed", "another day"],
)
def test_something_else_draws_another_region(seed, today):
    other = region.draw(cast.SIZES["demo"], seed, today)
    assert region.digest(other) != region.digest(drawn("demo", 1, TODAY))


# Sizes


@pytest.mark.parametrize(
    ("size", "people_wanted", "contacts", "units", "years"),
    [("demo", 240, 20_000, 2, 2), ("unit", 100, 10_000, 1, 5)],
)
def test_a_size_has_its_people_contacts_and_years(
    size, people_wanted, contacts, units, years
):
    found = drawn(size, 1, TODAY)
    all_lives = lives_of(found)
    assert len({life.person for life in all_lives}) == people_wanted
    made = sum(len(life.contacts) for life in all_lives)
    assert made == pytest.approx(contacts, rel=0.12)
    assert len(found) == units
    first = min(life.referred_on for life in all_lives)
    assert abs((TODAY - first).days - years * 365) < 21


def test_the_cast_uses_the_codes_of_the_record():
    assert {each.sector for each in cast.organisations()} <= set(Sector.values)
    assert {each.kind for each in cast.teams().values()} <= set(TeamKind.values)
    assert {each.works_as for each in cast.colleagues()} <= set(RoleChoice.values)
    demo = cast.specialists(cast.SIZES["demo"])
    assert sum(each.left is None for each in demo.values()) == 12


# Sound in itself


def test_the_dates_of_an_episode_are_in_order(lives):
    for life in lives:
        course = [life.referred_on, life.accepted_on, life.entered_on]
        known = [day for day in (*course, life.profile_started_on) if day]
        assert known == sorted(known)
        assert max(known) <= TODAY
        if life.exited_on:
            assert known[-1] <= life.exited_on <= TODAY


def test_nobody_has_two_open_episodes_in_a_unit(lives):
    by_person: dict[object, list[Life]] = {}
    for life in lives:
        by_person.setdefault(life.person, []).append(life)
    twice = [each for each in by_person.values() if len(each) > 1]
    assert twice
    for episodes in twice:
        ordered = sorted(episodes, key=lambda life: life.referred_on)
        for earlier, later in pairwise(ordered):
            assert earlier.exited_on
            assert earlier.exited_on < later.referred_on


def test_one_specialist_at_a_time_without_a_gap(lives):
    for life in lives:
        for before, after in pairwise(life.holders):
            assert before.last_day
            assert before.last_day + DAY == after.first_day
        if life.holders:
            last = life.exited_on - DAY if life.exited_on else None
            assert life.holders[-1].last_day == last
        if life.accepted_on:
            assert life.holder_on(life.accepted_on)


def test_specialists_have_room_and_only_people_of_their_time(records):
    for record in records:
        staff = cast.specialists(cast.SIZES["demo"])
        opened = TODAY - cast.SIZES["demo"].days * DAY
        for life in record.lives:
            for holder in filter(lambda each: each.staff, life.holders):
                first, last = cast.in_post(staff[holder.staff], opened, TODAY)
                assert first <= holder.first_day
                assert last is None or (holder.last_day and holder.last_day <= last)
        held = Counter(life.holder_on(TODAY) for life in record.lives)
        for key in filter(None, held):
            assert held[key] <= 25 * float(staff[key].fte) + 1


def test_contacts_lie_in_the_episode_with_whoever_has_it(lives):
    for life in lives:
        days = [contact.day for contact in life.contacts]
        assert len(set(days)) == len(days)
        for contact in life.contacts:
            assert life.entered_on <= contact.day < (life.exited_on or TODAY)
            assert contact.day < TODAY
            assert contact.staff == life.holder_on(contact.day)
            assert contact.minutes is None or 0 < contact.minutes < 480
            assert contact.mode != "message" or contact.attended is None
            together = contact.with_clinician or contact.with_caseworker
            assert not together or contact.attended


def test_everybody_who_entered_was_met_on_that_day(lives):
    entered = [life for life in lives if life.entered_on]
    assert entered
    for life in entered:
        first = min(life.contacts, key=lambda contact: contact.day)
        assert (first.day, first.mode) == (life.entered_on, "in_person")


def test_visits_lie_in_the_past_and_what_comes_next_does_not_go_stale(records):
    for visit in visits_of(records):
        assert visit.day < TODAY
        assert bool(visit.next_step) is (visit.next_on is not None)
        assert visit.next_on is None or visit.next_on > visit.day
    for record in records:
        last: dict[tuple[str, str], Visit] = {}
        for visit in sorted(visits_of((record,)), key=lambda each: each.day):
            last[visit.staff, visit.employer] = visit
        for visit in last.values():
            assert visit.next_on is None or visit.next_on >= TODAY - DAY


def test_terms_and_absences_lie_in_their_job(lives):
    for job in chain.from_iterable(life.jobs for life in lives):
        assert job.last_day is None or job.first_day <= job.last_day <= TODAY
        assert job.terms[0].first_day == job.first_day
        assert job.terms[-1].last_day == job.last_day
        for before, after in pairwise(job.terms):
            assert before.last_day + DAY == after.first_day
        for absence in job.absences:
            assert job.first_day <= absence.first_day <= absence.last_day
            assert job.last_day is None or absence.last_day <= job.last_day + 30 * DAY
        assert bool(job.end_reason) is (job.last_day is not None)


def test_only_a_story_begins_a_job_after_today(lives):
    told = {life.person for life in stories.tell(TODAY)}
    coming = [life for life in lives for job in life.jobs if job.first_day > TODAY]
    assert {life.person for life in coming} <= told
    assert len(coming) == 1


CLOSED = {
    "mode": work.Mode,
    "place": work.Place,
    "phase": work.Phase,
    "placement": work.Placement,
    "permanence": work.Permanence,
    "time_limit_origin": work.TimeLimitOrigin,
    "employer_of_record": work.EmployerOfRecord,
    "fits_preference": work.FitsPreference,
    "found_by": work.FoundBy,
    "disclosure": work.Disclosure,
    "end_reason": work.EndReason,
    "made_by": work.MadeBy,
    "stage": work.VisitStage,
    "outcome": work.Outcome,
    "referral_source": people.ReferralSource,
    "at_referral": people.AtReferral,
    "exit_reason": people.ExitReason,
    "gender": people.Gender,
    "kind": people.NoteKind,
    "reason": people.RefusalReason,
    "ended_because": people.EndedBecause,
}


def test_every_code_is_one_of_the_closed_lists(records, lives):
    parts = ("contacts", "jobs", "notes", "refusals", "holders")
    rows = [*lives, *(life.person for life in lives), *visits_of(records)]
    rows += [row for life in lives for part in parts for row in getattr(life, part)]
    used: dict[str, set[str]] = {}
    for row in rows:
        for name in CLOSED.keys() & set(type(row).__slots__):
            used.setdefault(name, set()).add(getattr(row, name))
    assert used.keys() == CLOSED.keys()
    for name, codes in used.items():
        assert codes <= {"", *CLOSED[name].values}, name


def test_the_words_of_a_person_fit_what_they_wish_for(lives):
    told = {life.person for life in stories.tell(TODAY)}
    goals = tables.load()["goals"]
    assert goals.keys() == trades().keys()
    assert sum(map(len, goals.values())) >= 80
    for life in lives:
        if life.entered_on and life.person not in told:
            assert life.goal in goals[life.trade]
        for job in life.jobs:
            if life.person not in told and job.found_by != "job_centre":
                wished = job.title in dict(trades()[life.trade].titles)
                assert wished is (job.fits_preference == "yes")


def test_nobody_can_be_called_and_no_company_is_meant(records, lives):
    assert all(life.person.phone.startswith("+45 00") for life in lives)
    numbers = [
        each.register_number
        for record in records
        for each in record.employers
        if each.register_number
    ]
    assert numbers
    assert all(cvr.is_valid(number) and number.startswith("98") for number in numbers)


def test_employers_have_branches_and_some_were_entered_twice(records):
    for record in records:
        keys = {each.key for each in record.employers}
        assert len(keys) == len(record.employers) >= 55
        branches = [each for each in record.employers if each.parent]
        assert {each.parent for each in branches} <= keys
        assert len(branches) >= 9
        numbers = Counter(each.register_number for each in record.employers)
        assert [number for number, times in numbers.items() if number and times > 1]
    assert sum(len(record.employers) for record in records) == pytest.approx(
        130, abs=25
    )


# Like published services


def _counts(job: Job) -> bool:
    facts = JobFacts(
        placement=job.placement or None,
        permanence=job.permanence or None,
        time_limit_origin=job.time_limit_origin or None,
        open_to_all=job.open_to_all,
        at_least_minimum=job.at_least_minimum,
        going_rate=job.going_rate,
        employer_of_record=job.employer_of_record or None,
        normal_rights=job.normal_rights,
        held_at_referral=job.held_at_referral,
    )
    return competitive(facts).counts


def _last_full_quarter(day: date) -> Period:
    this = quarter_period(quarter_id(day))
    return quarter_period(quarter_id(this.first_day - DAY))


def test_about_four_in_ten_work_in_a_quarter(lives):
    quarter = _last_full_quarter(TODAY)
    served = working = 0
    for life in lives:
        if life.accepted_on is None:
            continue
        last = life.exited_on - DAY if life.exited_on else None
        if last and last < life.accepted_on:
            continue
        on_caseload = Period(life.accepted_on, last)
        if not on_caseload.overlaps(quarter):
            continue
        served += 1
        first = max(on_caseload.first_day, quarter.first_day)
        window = Period(first, min(last or date.max, quarter.last_day))
        spells = [
            Period(job.first_day, job.last_day) for job in life.jobs if _counts(job)
        ]
        working += any(spell.overlaps(window) for spell in spells)
    assert 0.3 <= working / served <= 0.5


def test_starters_wait_about_two_hundred_days(lives):
    waited = []
    for life in lives:
        if not life.accepted_on or life.at_referral.startswith("employed"):
            continue
        starts = [
            job.first_day
            for job in life.jobs
            if _counts(job) and life.accepted_on <= job.first_day <= TODAY
        ]
        if starts:
            waited.append((min(starts) - life.accepted_on).days)
    assert 150 <= median(waited) <= 260


def test_most_jobs_are_ordinary_and_in_service_office_and_elementary_work(lives):
    jobs = [job for life in lives for job in life.jobs]
    assert 0.65 <= sum(map(_counts, jobs)) / len(jobs) <= 0.92
    groups = Counter(job.occupation[0] for job in jobs)
    assert 0.7 <= sum(groups[group] for group in "459") / len(jobs) <= 0.92


def test_internships_come_where_a_job_centre_presses(records):
    share = {}
    for record in records:
        jobs = [job for life in record.lives for job in life.jobs]
        pressed = [job for job in jobs if job.found_by == "job_centre"]
        share[record.unit] = len(pressed) / len(jobs)
    assert share["ips-syd"] > 2 * share["ips-nord"]


def test_one_treatment_team_works_beside_instead_of_with(lives):
    together, met = Counter(), Counter()
    for life in lives:
        for contact in life.contacts:
            met[life.team] += contact.attended is True
            together[life.team] += contact.with_clinician
    share = {team: together[team] / met[team] for team in met}
    parallel = share.pop("team-vest")
    assert parallel < 0.05
    assert min(share.values()) > 3 * parallel


def test_most_time_is_spent_in_the_community(lives):
    minutes = Counter()
    for contact in chain.from_iterable(life.contacts for life in lives):
        if contact.mode == "in_person" and contact.attended:
            inside = contact.place in ("ips_office", "treatment_office")
            minutes[inside] += contact.minutes
    assert minutes[False] / sum(minutes.values()) == pytest.approx(0.65, abs=0.06)


def test_good_specialists_meet_about_six_employers_a_week(records):
    weeks = 26
    since = TODAY - weeks * 7 * DAY
    met = Counter(
        visit.staff
        for visit in visits_of(records)
        if visit.mode == "in_person" and visit.day >= since
    )
    for key in ("ada.holm", "ditte.krogsgaard", "mette.sandberg"):
        assert met[key] / weeks == pytest.approx(5.6, abs=1.1)
    assert met["bo.moelgaard"] < met["mette.sandberg"]


def test_weekends_are_mostly_free_and_summers_quiet(lives):
    days = [contact.day for life in lives for contact in life.contacts]
    assert 0 < sum(day.weekday() >= 5 for day in days) / len(days) < 0.02
    weeks = Counter(day.isocalendar()[:2] for day in days)
    assert weeks[2026, 29] < 0.6 * weeks[2026, 24]
    drawn_days = [day for day in days if day.weekday() < 5]
    assert sum(is_workday(day) for day in drawn_days) / len(drawn_days) > 0.999


# The calendar


def test_a_weekday_is_found_from_any_day():
    for days in range(7):
        found = weekday_ago(TODAY + days * DAY, 2, 3, 4)
        assert found.weekday() < 5
