"""What holds of every history: laws of the words, found on their references."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.method.measures.engine import as_multiset
from tests.method.measures.histories import BUSY, HISTORIES, D

from braid.kernel.dates import quarter_period
from braid.method.competitive import Segment, Switches, job_starts
from braid.method.measures import WORDS, Asked, get
from braid.method.measures.reference.in_work import jobs_known, work_spells

settings.register_profile(
    "histories", deadline=None, max_examples=40, suppress_health_check=list(HealthCheck)
)
ON_D = (Asked.on(D),)
QUARTERS = tuple(
    Asked(name, quarter_period(name).first_day, quarter_period(name).last_day, D)
    for name in ("2025Q4", "2026Q1", "2026Q2")
)
CODED = {"profile": "as_coded"}
EVERY_WORD = [pytest.param(word, id=name) for name, word in WORDS.items()]
# A referral that is never accepted is still a referral.
OF_REFERRALS = {
    *("counts", "referrals", "refusals_and_referrals"),
    *("access", "open_referrals", "referral_steps"),
}
law = settings(parent=settings.get_profile("histories"))


def _given(word):
    return CODED if "profile" in word.parameters else {}


def _rows(name, facts, asked=QUARTERS, **parameters):
    return get(name).reference(facts, asked, **(_given(get(name)) | parameters))


def _sum(rows, amount):
    return sum(row[amount] for row in rows)


PARTS = {
    "meeting_weeks": [("with_specialist", "weeks")],
    "discussed": [("discussed", "people")],
    "decisions": [("in_time", "decisions")],
    "questions": [("in_time", "questions"), ("unanswered", "questions")],
    "clinician_contacts": [("by_clinician", "contacts")],
    "plans_seen": [("seen_in_time", "plans")],
    "joint_contacts": [("met_together", "people")],
    "office_days": [("at_office", "days")],
    "referrals": [("by_clinician", "referrals")],
    "exits": [("by_service", "exits")],
    "jobs_begun": [("non_competitive", "begun")],
    "proposals_and_people": [
        ("wanted", "proposals"),
        ("not_wanted", "proposals"),
        ("wish_unknown", "proposals"),
    ],
    "caseload_and_posts": [("without_specialist", "episodes")],
    "caseload_teams": [("from_top_two", "caseload"), ("teams", "caseload")],
    "contact_minutes": [
        ("community_minutes", "f2f_minutes"),
        ("f2f_minutes", "all_minutes"),
        ("place_unknown_minutes", "f2f_minutes"),
        ("mode_unknown_minutes", "all_minutes"),
    ],
    "first_employer_contact": [
        ("with_contact", "episodes"),
        ("without_contact", "episodes"),
    ],
    "current_jobs": [
        ("competitive_and_permanent", "current_jobs"),
        ("undetermined", "current_jobs"),
    ],
    "served": [("working", "served"), ("undetermined", "served")],
    "access": [
        ("accepted", "referred"),
        ("accessed", "referred"),
        ("accepted_and_accessed", "accepted"),
        ("accepted_and_accessed", "accessed"),
    ],
    "begun_episodes": [
        ("employed_before", "begun_episodes"),
        ("out_of_work_before", "begun_episodes"),
        ("unknown_before", "begun_episodes"),
    ],
    "in_education": [("in_mainstream_education", "in_education")],
    "current_episodes": [
        ("retention", "current_episodes"),
        ("with_profile", "current_episodes"),
        ("active", "with_profile"),
    ],
    "held_jobs": [
        ("competitive", "jobs"),
        ("undetermined", "jobs"),
        ("unverified", "competitive"),
        ("hours_known", "competitive"),
        ("pay_known", "competitive"),
    ],
    "tenures": [
        ("ended", "jobs"),
        ("going_on", "jobs"),
        ("unverified", "jobs"),
        ("exited", "jobs"),
        ("event", "ended"),
    ],
    "kept_jobs": [("kept", "held"), ("lost", "held")],
    "arrivals": [("started", "out_of_work"), ("employed_seeking", "arrived")],
    "first_contacts": [("waited_0_to_7", "accessed"), ("wait_unknown", "accessed")],
    "open_referrals": [("caseload", "open_referrals")],
    "closed_referrals": [
        ("closed_accessed", "closed"),
        ("employed", "closed"),
        ("hours_16_to_29", "employed"),
        ("caseload_0_to_90", "closed_accessed"),
    ],
    "referral_steps": [
        ("people", "referrals"),
        ("starts", "referrals"),
        ("people_started", "starts"),
        ("acknowledged_in_time", "acknowledged_due"),
        ("started_in_time", "started_due"),
        ("planned_in_time", "planned_due"),
    ],
    "job_starts": [
        ("first_job_starts", "job_starts"),
        ("job_starts", "job_starts_without_minimum"),
        ("hours_unknown", "job_starts"),
    ],
    "waits": [("starters", "episodes"), ("event", "episodes")],
    "counts": [
        ("episodes", "referrals"),
        ("employer_contacts_f2f", "employer_contacts"),
    ],
}


@law
@given(HISTORIES)
def test_a_part_lies_within_its_whole_row_by_row(facts):
    """Laws 1, 2 and 12: first starts within starts, working within served, and so on."""
    for name, pairs in PARTS.items():
        for row in _rows(name, facts):
            assert all(0 <= row[part] <= row[whole] for part, whole in pairs)


@law
@given(HISTORIES)
def test_nobody_starts_for_the_first_time_twice(facts):
    rows = _rows("job_starts", facts, [Asked("ever", BUSY[0], D, D)])
    firsts = Counter(
        (row["unit_id"], row["person_key"]) for row in rows if row["first_job_starts"]
    )
    started = {(row["unit_id"], row["person_key"]) for row in rows if row["job_starts"]}
    assert set(firsts.values()) <= {1}
    assert set(firsts) <= started


@law
@given(HISTORIES, st.sampled_from(["employed_seeking", "employed_retention"]))
def test_retention_never_enters_the_other_columns(facts, status):
    """Law 4."""
    episodes = [{**row, "at_referral": status} for row in facts["episodes"]]
    rows = _rows("job_starts", {**facts, "episodes": episodes})
    for amount in ("job_starts", "first_job_starts", "job_starts_without_minimum"):
        assert _sum(rows, amount) == 0
    assert _rows("waits", {**facts, "episodes": episodes}) == []


@law
@given(HISTORIES, st.integers(0, 10), st.sampled_from(BUSY[2:7]))
def test_a_job_more_never_lowers_who_works(facts, number, day):
    """Law 5."""
    assume(facts["jobs"])
    one = facts["jobs"][number % len(facts["jobs"])]
    more = {
        **one,
        "job_id": "more",
        "first_day": day,
        "last_day": None,
        "placement": "competitive",
    }
    before, after = (
        _sum(_rows("served", {**facts, "jobs": jobs}), "working")
        for jobs in (facts["jobs"], [*facts["jobs"], more])
    )
    assert before <= after


@law
@given(HISTORIES, st.sampled_from(BUSY[2:7]))
def test_a_person_who_is_moved_counts_once_in_the_unit(facts, day):
    """Law 6: everybody is handed to somebody else on a day."""
    spells = facts["caseload"]
    kept = [
        {**row, "last_day": min(row["last_day"] or day, day)}
        for row in spells
        if row["first_day"] <= day
    ]
    gone = [
        {
            **row,
            "first_day": max(row["first_day"], day + timedelta(1)),
            "staff_id": "new",
        }
        for row in spells
        if row["last_day"] is None or row["last_day"] > day
    ]
    moved = {**facts, "caseload": kept + gone}
    for name, amount in (("caseload_and_posts", "episodes"), ("served", "served")):
        before, after = (_rows(name, each) for each in (facts, moved))
        assert _sum(before, amount) == _sum(after, amount)


def _alone(job, jobs):
    """Say whether no other job at the employer comes near this one."""
    same = [each for each in jobs if each["employer_id"] == job["employer_id"]]
    return job["employer_id"] is not None and len(same) == 1


@law
@given(HISTORIES, st.integers(1, 40))
def test_splitting_a_job_in_two_changes_nothing(facts, days):
    """Law 10: a new contract from the next day, all else alike, no hours recorded."""
    with_hours = {row["job_id"] for row in facts["paid_work"]}
    jobs = []
    for job in facts["jobs"]:
        of_person = [
            each
            for each in facts["jobs"]
            if each["episode_id"].split("/")[0] == job["episode_id"].split("/")[0]
        ]
        cut = job["first_day"] + timedelta(days)
        splits = (
            _alone(job, of_person)
            and job["job_id"] not in with_hours
            and (job["last_day"] is None or cut <= job["last_day"])
            and cut <= D
        )
        if splits:
            jobs.append({**job, "last_day": cut - timedelta(1)})
            jobs.append({**job, "job_id": f"{job['job_id']}+", "first_day": cut})
        else:
            jobs.append(job)
    split = {**facts, "jobs": jobs}
    assert as_multiset(_rows("served", facts)) == as_multiset(_rows("served", split))
    for name in ("waits", "job_starts"):
        before, after = (
            [row for row in _rows(name, each) if row["left_out"] is None]
            for each in (facts, split)
        )
        assert as_multiset(before) == as_multiset(after)


@law
@given(HISTORIES)
@pytest.mark.parametrize("word", [w for w in EVERY_WORD if w.id not in OF_REFERRALS])
def test_somebody_outside_changes_nothing(word, facts):
    """Law 13: referred, never accepted, with a job and all the rest."""
    outside = {
        **dict.fromkeys(facts["episodes"][0]),
        **{"episode_id": "outside", "unit_id": "north", "person_key": "outside"},
        **{"referred_on": BUSY[3], "entered_on": BUSY[3], "at_referral": "out_of_work"},
    }
    more = {**facts, "episodes": [*facts["episodes"], outside]}
    for table in ("jobs", "caseload", "treatment", "status"):
        known = facts[table][:1]
        more[table] = [
            *facts[table],
            *(
                {**row, "episode_id": "outside", "unit_id": "north"}
                | ({"job_id": "outside"} if table == "jobs" else {})
                for row in known
            ),
        ]
    rows = [
        row
        for row in word.reference(more, QUARTERS, **_given(word))
        if row["left_out"] is None
    ]
    before = word.reference(facts, QUARTERS, **_given(word))
    assert as_multiset(rows) == as_multiset(
        row for row in before if row["left_out"] is None
    )


@law
@given(HISTORIES, st.integers(0, 2**32))
@pytest.mark.parametrize("word", EVERY_WORD)
def test_the_order_of_rows_changes_nothing(word, facts, seed):
    """Law 19. The order is told by its seed: each draw of Hypothesis would cost more."""
    random = Random(seed)
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in facts.items()}
    before, after = (
        word.reference(each, QUARTERS, **_given(word)) for each in (facts, shuffled)
    )
    assert as_multiset(before) == as_multiset(after)


@law
@given(HISTORIES, st.sampled_from(["wage_subsidy", "flex_job", "wage_compensation"]))
def test_letting_a_placement_count_never_lowers_who_works(facts, placement):
    """Law 20."""
    on = Switches(**{placement: True})
    before, after = (
        _sum(_rows("served", facts, switches=switches), "working")
        for switches in (Switches(), on)
    )
    assert before <= after


def _cut(facts, as_of):
    """Return what was known on a day: nothing begun later, no end still to come.

    A referral still to come stays with its day, by which it is known to be one; so
    does a task with the day by which it is to be done, and the day on which an end is
    heard of, which is not the day of the end.
    """
    stays = ("referred_on", "asked_on", "due_on", "end_known_on")
    cut = {}
    for name, rows in facts.items():
        days = [
            c
            for c in (rows[0] if rows else ())
            if (c.endswith("_on") and c not in stays) or c in ("day", "last_day")
        ]
        kept = [
            row
            for row in rows
            if all(
                (row.get(c) or as_of) <= as_of
                for c in ("first_day", "day", "asked_on", "shared_on", "reviewed_on")
            )
            and (name != "paid_work" or row["last_day"] <= as_of)
        ]
        cut[name] = [
            {**row, **{c: None for c in days if row[c] is not None and row[c] > as_of}}
            for row in kept
        ]
    return cut


@law
@given(HISTORIES, st.sampled_from(BUSY[2:7]))
@pytest.mark.parametrize("word", EVERY_WORD)
def test_nothing_is_known_after_the_day(word, facts, as_of):
    """A figure as of a day is the same as from the facts of that day."""
    asked = [Asked("90 days", as_of - timedelta(89), as_of, as_of)]
    now, then = (
        word.reference(each, asked, **_given(word))
        for each in (facts, _cut(facts, as_of))
    )
    assert as_multiset(now) == as_multiset(then)


@law
@given(HISTORIES)
def test_days_before_work_lie_within_the_days_on_the_caseload(facts):
    rows = _rows("time_before_work", facts)
    whole, part = Counter(), Counter()
    for row in rows:
        whole[row["period"], row["episode_id"]] += row["days"]
        part[row["period"], row["episode_id"]] += row["days_before_work"]
    assert all(part[each] <= whole[each] for each in part)


@law
@given(HISTORIES)
def test_a_day_later_answered_is_never_sooner(facts):
    """Whatever is answered a week later is in time at most as often."""
    late = [
        {**row, "answered_on": row["answered_on"] and row["answered_on"] + timedelta(7)}
        for row in facts["questions"]
    ]
    before, after = (
        _sum(_rows("questions", {**facts, "questions": rows}), "in_time")
        for rows in (facts["questions"], late)
    )
    assert after <= before


@law
@given(HISTORIES)
def test_spells_begin_on_the_days_that_the_rule_of_the_method_says(facts):
    jobs = jobs_known(facts, D, "as_coded", Switches())
    spells = work_spells(jobs)
    for person in {job.person for job in jobs}:
        counting = [
            j for j in jobs if j.person == person and j.verdict.counts and j.days
        ]
        segments = [
            Segment(
                j.days.first_day,
                j.days.last_day,
                j.row["employer_id"],
                True,
                j.row["held_at_referral"],
            )
            for j in counting
        ]
        begun = sorted(
            each.days.first_day for each in spells if each.job.person == person
        )
        assert begun == job_starts(segments)


@law
@given(HISTORIES)
def test_a_profile_is_never_counted_more_often_in_the_compatible_mode(facts):
    """Law 14."""
    corrected, compatible = (
        _sum(
            _rows("begun_episodes", facts, basis="profile", mode=mode), "begun_episodes"
        )
        for mode in ("corrected", "compatible")
    )
    assert compatible <= corrected


@law
@given(HISTORIES, st.sampled_from(["wage_subsidy", "flex_job", "wage_compensation"]))
def test_letting_a_placement_count_never_lowers_who_held_a_job(facts, placement):
    """Law 20, of the jobs held on a day."""
    on = Switches(**{placement: True})
    before, after = (
        _sum(_rows("held_jobs", facts, switches=switches), "competitive")
        for switches in (Switches(), on)
    )
    assert before <= after


@law
@given(HISTORIES, st.sampled_from(["gender", "age_band", "origin"]))
@pytest.mark.parametrize(
    "word", [pytest.param(w, id=n) for n, w in WORDS.items() if "group" in w.parameters]
)
def test_telling_by_group_changes_nothing_but_the_group(word, facts, group):
    """Groups add up to the whole: law 6 of groups."""
    whole, told = (
        word.reference(facts, QUARTERS, **_given(word), group=name)
        for name in ("none", group)
    )
    assert {row["group"] for row in whole} <= {None}
    assert as_multiset({**row, "group": None} for row in told) == as_multiset(whole)


@law
@given(HISTORIES)
def test_the_day_of_the_threshold_is_never_before_the_first_shift(facts):
    """So no fewer are dated in the time up to the last day of the facts."""
    since = [Asked("since", BUSY[3], D, D)]
    first, met = (
        _sum(_rows("job_starts", facts, since, dating=dating), "job_starts")
        for dating in ("first_shift", "threshold_met")
    )
    assert first <= met


def _a_week_later(value):
    return value + timedelta(7) if isinstance(value, date) else value


OF_WEEKS = (
    *("served", "job_starts", "waits", "access", "contact_weeks", "current_episodes"),
    *("held_jobs", "tenures", "kept_jobs", "arrivals", "closed_referrals"),
    "referral_steps",
)


@law
@given(HISTORIES)
@pytest.mark.parametrize("name", OF_WEEKS)
def test_a_week_later_all_is_the_same(name, facts):
    """Law 11."""
    later = {
        table: [{n: _a_week_later(v) for n, v in row.items()} for row in rows]
        for table, rows in facts.items()
    }
    asked = [Asked("91 days", D - timedelta(90), D, D)]
    shifted = [Asked("91 days", D - timedelta(83), D + timedelta(7), D + timedelta(7))]
    assert as_multiset(_rows(name, facts, asked)) == as_multiset(
        _rows(name, later, shifted)
    )


@law
@given(HISTORIES)
def test_every_spell_is_in_one_state_of_tenure(facts):
    for row in _rows("tenures", facts):
        states = ("ended", "going_on", "unverified", "exited")
        assert sum(row[state] for state in states) == row["jobs"] == 1
        assert row["days"] >= 1


@law
@given(HISTORIES)
def test_who_is_discharged_in_the_period_is_in_the_faithful_parts_too(facts):
    for amount in WORDS["closed_referrals"].amounts:
        corrected, faithful = (
            _sum(_rows("closed_referrals", facts, discharged=mode), amount)
            for mode in ("corrected", "faithful")
        )
        assert corrected <= faithful


@law
@given(HISTORIES)
def test_a_retention_client_never_enters_the_rate_at_start(facts):
    """Law 4, of the employment rate."""
    episodes = [
        {**row, "at_referral": "employed_retention"} for row in facts["episodes"]
    ]
    for followed in ("cohort", "flow"):
        rows = _rows("arrivals", {**facts, "episodes": episodes}, followed=followed)
        assert _sum(rows, "started") == _sum(rows, "out_of_work") == 0
