"""The quantities of items 12 to 25 of the scale of 25 items: services.

Where the scale reads a list and a figure gives sums, the list is one that adds up to
them: as many values, with the same sum, and as many above the cap. Nothing else of it is
read. The values themselves stand in the rows.
"""

from collections.abc import Mapping
from fractions import Fraction

from braid.fidelity.quantities.shape import (
    SETTINGS,
    Figures,
    Quantities,
    Quantity,
    Settings,
    at_least,
    components,
    of,
)
from braid.method.measures.reference.job_variety import PERCENT, cap_of

INCENTIVES, DISCLOSURE = "item12_work_incentives", "item13_disclosure"
ASSESSMENT, SUPPORTS = "item14_assessment", "item22_supports"
RAPID, LOG = "item15_rapid_search", "item15_contact_log"
SEARCH, SIGNED = "item16_individual_search", "item17_signed_log"
VISITS = "item18_employer_visits"
OCCUPATIONS, EMPLOYERS = "item19_occupations", "item20_employers"
JOBS, STARTS = "item21_competitive_permanent", "item23_support_after_starts"
CONTACTS, TIME = "item24_community", "item24_logged_time"
OUTREACH = "item25_outreach"
WEEK = 7
TESTS = ("before", "after", "weekly", "monthly", "four_months", "loss", "step_down")


def evenly(total: int, number: int) -> list[int]:
    """Return so many whole numbers, as equal as can be, that add up to a total."""
    return [(total + place) // number for place in range(number)]


def spread(jobs: int, kinds: int, over_cap: int) -> list[int]:
    """Return how many jobs each kind may have, so that as many are above the cap."""
    if not over_cap:
        return evenly(jobs, kinds)
    largest = cap_of(jobs, PERCENT) + over_cap
    return [largest, *evenly(jobs - largest, kinds - 1)]


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


# Items 12 to 14


def work_incentives(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return which descriptions the record bears out, by their score.

    Planning by somebody trained before nearly every start is 4, counselling by anybody
    3. Where something is recorded and planning is not that frequent, 4 and 5 are not
    borne out; nor is 5 where changes of terms are not followed as often. Nothing
    recorded leaves all open.
    """
    given = of(figures, INCENTIVES)
    starts, changes = given("starts"), given("changes")
    planned = at_least(settings.counselled, given("by_planner"), 0, starts)
    told = at_least(settings.counselled, given("counselled"), 0, starts)
    again = at_least(settings.counselled, given("changes_by_planner"), 0, changes)
    if not given("counselled") and not given("changes_counselled"):
        planned = told = again = None
    upper = False if planned is False or again is False else None
    states: dict[str, bool | None] = {
        "1": None,
        "2": None,
        "3": True if told else None,
        "4": planned,
        "5": upper,
    }
    return dict(components(**states))


def disclosure(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return component d; without a single talk on record it is open as a to c are."""
    given = of(figures, DISCLOSURE)
    again = at_least(settings.documents, given("talked_twice"), 0, given("talk_due"))
    talked = again if given("talks") else None
    return dict(components(a=None, b=None, c=None, d=talked))


def assessment(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return signals: profiles, and their updates when work begins or ends."""
    given = of(figures, ASSESSMENT)
    return _signals(
        share_with_profile=_share(given("with_profile"), given("open_episodes")),
        share_updated=_share(given("updated"), given("job_events")),
    )


def _signals(**shares: Fraction | None) -> Quantities:
    """Return figures by the name of the ratio of the measure, which has its label."""
    return {"signals": shares}


# Items 15 to 18


def rapid_search(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return days to the first employer contact; None where nobody entered."""
    given, log = of(figures, RAPID), of(figures, LOG)
    if not given("episodes"):
        return None
    done, still_open = given("with_contact"), given("without_contact")
    tracked = at_least(settings.tracked, log("searches_logged"), 0, log("searches"))
    return {
        "days_completed": evenly(given("days"), done) if done else [],
        "days_open": evenly(given("days_open"), still_open) if still_open else [],
        "contacts_tracked": bool(tracked),
    }


def individual_search(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return the employer contacts for one person that fit the plan then in force."""
    given = of(figures, SEARCH)
    return {
        "contacts_matching": given("fitting"),
        "contacts_client_specific": given("for_a_person"),
    }


def employer_contact(
    figures: Figures, settings: Settings = SETTINGS
) -> Quantities | None:
    """Return contacts a week worked of one specialist; None without a day worked."""
    given = of(figures, SIGNED)
    days = given("days_in_post") - given("leave_days")
    if days <= 0:
        return None
    return {
        "face_to_face_per_week": Fraction(given("contacts") * WEEK, days),
        "form_review": _review(figures, settings),
        "job_seekers": given("seekers") or given("sought"),
    }


def _review(figures: Figures, settings: Settings) -> str | None:
    """Return how often the log is looked through; None where the unit signs none."""
    given = of(figures, SIGNED)
    due = given("weeks_due")
    if not given("weeks_of_a_log") or not due:
        return None
    if given("weeks_signed") >= settings.weekly * due:
        return "weekly"
    return "monthly" if given("spans_signed") == given("spans_due") else "none"


def contact_quality(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return signals: visits repeated, and with a person who hires."""
    given = of(figures, VISITS)
    return _signals(
        share_repeated=_share(given("repeated"), given("number_known")),
        share_hiring=_share(given("with_hiring_role"), given("whom_known")),
    )


# Items 19 to 21


def job_diversity(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return counts of jobs by occupation."""
    return {"counts_per_type": _counts(figures, OCCUPATIONS)}


def employer_diversity(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return counts of jobs by employer, or by chain where the measure asks for it."""
    return {"counts_per_employer": _counts(figures, EMPLOYERS)}


def _counts(figures: Figures, measure: str) -> list[int]:
    given = of(figures, measure)
    jobs, kinds = given("jobs"), given("kinds")
    return spread(jobs, kinds, given("over_cap")) if kinds else []


def competitive_jobs(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return current jobs, and those of them that are competitive and permanent."""
    given = of(figures, JOBS)
    return {
        "competitive_permanent": given("competitive_and_permanent"),
        "current_jobs": given("current_jobs"),
    }


# Items 22 to 25


def individual_support(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return signals: who supports people in work, and how variously."""
    given = of(figures, SUPPORTS)
    people = given("working_people")
    return _signals(
        share_supported=_share(given("supported"), people),
        sources_each=_share(given("sources"), people),
        kinds_each=_share(given("support_kinds"), people),
    )


def time_unlimited_support(
    figures: Figures, settings: Settings = SETTINGS
) -> Quantities | None:
    """Return what was asked of job starts and met; None without a start.

    Whether anybody is met after the first month is not known while no work has lasted
    for two.
    """
    given = of(figures, STARTS)
    if not given("before_due"):
        return None
    found: Quantities = {
        f"{test}_{part}": given(f"{test}_{part}")
        for test in TESTS
        for part in ("due", "met")
    }
    later = given("later_met") if given("later_due") else None
    return found | {"later_met": later}


def community(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return minutes of one specialist: logged where nearly all weeks are, else met."""
    time = of(figures, TIME)
    if time("weeks") and time("weeks_logged") >= settings.time_logged * time("weeks"):
        return {
            "basis": "logged_time",
            "community_minutes": time("outside_minutes"),
            "in_person_minutes": time("in_person_minutes"),
            "all_minutes": time("scheduled_minutes"),
        }
    met = of(figures, CONTACTS)
    return {
        "basis": "contact_minutes",
        "community_minutes": met("community_minutes"),
        "in_person_minutes": met("f2f_minutes"),
        "all_minutes": met("all_minutes"),
    }


def travel_as_community(
    figures: Figures, settings: Settings = SETTINGS
) -> Quantities | None:
    """Return the same minutes with travel as time outside; None where it is not logged."""
    found, travel = community(figures, settings), of(figures, TIME)("travel_minutes")
    if found["basis"] != "logged_time":
        return None
    minutes = ("community_minutes", "in_person_minutes", "all_minutes")
    return found | {name: found[name] + travel for name in minutes}


def outreach(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return the six strategies: met, not met, or open.

    i fails on a single end for missed appointments or a time limit, and is open where
    ends have no reason. ii to v are met from a share of the people who stay away, or of
    those tried. Whether family is relevant is for a reviewer, so vi is never not met.
    """
    given = of(figures, OUTREACH)
    away, tried = given("disengaged"), given("tried")
    kept: bool | None = None if given("exit_reason_unknown") else True
    enough = settings.outreach

    def of_tried(name: str, unknown: int = 0) -> bool | None:
        return at_least(enough, given(name), unknown, tried)

    family = of_tried("family")
    return dict(
        components(
            i=False if given("ended_by_rule") else kept,
            ii=at_least(settings.documents, tried, given("attempt_unknown"), away),
            iii=of_tried("by_others", given("others_unknown")),
            iv=of_tried("visited", given("visits_unknown")),
            v=of_tried("joint", given("joint_unknown")),
            vi=True if family else None,
        )
    )


BESIDE: Mapping[int, tuple[tuple[str, str], ...]] = {
    12: ((INCENTIVES, "counselled_at_all"), (INCENTIVES, "planned_again")),
    17: ((SIGNED, "share_for_one_person"), (SIGNED, "share_signed")),
    22: ((SUPPORTS, "share_supported"),),
    24: ((TIME, "share_with_travel"), (TIME, "share_logged")),
}
"""Ratios that are shown beside the value of an item: measure and name of the ratio."""

QUANTITIES: Mapping[int, Quantity] = {
    12: Quantity((INCENTIVES,), work_incentives),
    13: Quantity((DISCLOSURE,), disclosure),
    14: Quantity((ASSESSMENT,), assessment),
    15: Quantity((RAPID, LOG), rapid_search),
    16: Quantity((SEARCH,), individual_search),
    17: Quantity((SIGNED,), employer_contact, per_specialist=True),
    18: Quantity((VISITS,), contact_quality, per_specialist=True),
    19: Quantity((OCCUPATIONS,), job_diversity),
    20: Quantity((EMPLOYERS,), employer_diversity),
    21: Quantity((JOBS,), competitive_jobs),
    22: Quantity((SUPPORTS,), individual_support),
    23: Quantity((STARTS,), time_unlimited_support),
    24: Quantity((TIME, CONTACTS), community, per_specialist=True),
    25: Quantity((OUTREACH,), outreach),
}
"""Items 12 to 25 of the scale of 25 items, by their number."""
