"""Items 4 to 11: teams, caseworkers, the unit and its supervisor, who is let in, leaders.

A component of which nothing at all is recorded is open; so is one that depends on what
is not known. What was recorded and is not enough is not met.
"""

from collections.abc import Mapping
from fractions import Fraction

from braid.fidelity.quantities.shape import (
    NONE_OF,
    SETTINGS,
    Figures,
    Quantities,
    Quantity,
    Settings,
    at_least,
    components,
    of,
)
from braid.fidelity.quantities.staffing import CASELOAD, FTE_UNKNOWN

TEAMS = "item04_attached_teams"
WEEKLY, MEETINGS, DOCUMENTS = (
    *("item05_weekly_meetings", "item05_team_meetings", "item05_documents"),
)
CASEWORKERS = "item06_caseworkers"
GROUP = "item07_group_supervision"
POSTS, SUPERVISION, VISITS = (
    *("item08_posts", "item08_supervision", "item08_team_visits"),
)
MENTORING, OUTCOMES = "item08_field_mentoring", "item08_outcome_reviews"
REFUSALS, REFERRALS, CLINICIANS, DEPARTURES = (
    *("item09_refusals", "item09_referrals", "item09_clinicians", "item09_departures"),
)
REPORTS = "item10_reports_shared"
REVIEWS, STEERING, TO_LEADERSHIP = (
    *("item11_reviews", "item11_steering", "item11_leadership_reports"),
)
ALL = Fraction(1)
A_UNIT = 2
"""Specialists, and full-time posts of them, from which there is a unit."""


def attachment(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return the teams and the caseload of one specialist; None without a caseload.

    Without an attachment recorded `attached_teams` is None, and so are the clients from
    the top two where the team of none of them is recorded either.
    """
    said = of(figures, TEAMS)
    if not said("caseload"):
        return None
    is_unknown = not said("attached_teams")
    no_team = is_unknown and not said("with_team")
    return {
        "attached_teams": None if is_unknown else said("attached_teams"),
        "clients_from_top_two": None if no_team else said("from_top_two"),
        "caseload": said("caseload"),
    }


def team_contact(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return the components of item 5; where the office is, nobody records."""
    meetings, documents = of(figures, MEETINGS), of(figures, DOCUMENTS)
    decided = shared = unreferred = None
    if meetings("with_specialist"):
        whole = meetings("with_specialist")
        decided = meetings("with_decision") >= settings.decisions * whole
        unreferred = meetings("unreferred") > 0
    if documents("documents_shared"):
        whole = documents("open_episodes")
        shared = documents("documents_shared") >= settings.documents * whole
    return components(
        a=_weekly(figures, WEEKLY, settings), b=decided, c=shared, d=None, e=unreferred
    )


def _weekly(figures: Figures, measure: str, settings: Settings) -> bool | None:
    """Say whether something happens in nearly every week worked."""
    said = of(figures, measure)
    if not said("stretches_recorded"):
        return None
    weeks = Fraction(said("days_worked"), 7)
    met, unknown = said("stretches_with"), said("stretches_unknown")
    return at_least(settings.weekly, met, unknown, weeks)


def caseworkers(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return weeks, months and quarters with caseworkers; None where no unit was at work.

    What is not known is None where it could change what the anchors ask, and counts as
    absent where it could not.
    """
    said = of(figures, CASEWORKERS)
    if not said("weeks"):
        return None

    def sure(name: str, unknown: str, whole: str, share: Fraction) -> int | None:
        reaches = at_least(share, said(name), said(unknown), said(whole))
        return None if reaches is None else said(name)

    found: Quantities = {"weeks": said("weeks")}
    found["weeks_with_contact"] = sure(
        "weeks_with_contact", "weeks_unknown", "weeks", settings.weekly
    )
    for each in ("months", "quarters"):
        met, face = f"{each}_with_contact", f"{each}_face_to_face"
        found[each] = said(each)
        found[met] = sure(met, f"{each}_unknown", each, ALL)
        found[face] = sure(face, f"{each}_face_unknown", each, ALL)
        if not said("job_centre_meetings"):
            found[face] = None
    return found


def unit(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return which descriptions of item 7 the record bears out or rules out.

    A specialist alone has other anchors, which are for a reviewer; so are cover, and
    leads that are shared.
    """
    group, posts = of(figures, GROUP), of(figures, POSTS)
    load = figures.get(CASELOAD, NONE_OF)
    out: set[str] = set()
    if posts("specialists_in_post") >= A_UNIT:
        if not load.get(FTE_UNKNOWN) and load.get("fte", A_UNIT) < A_UNIT:
            out |= {"4", "5"}
        if group("weeks_met"):
            met, unsaid = group("weeks_supervised"), group("weeks_unsaid")
            weeks = group("unit_weeks")
            if at_least(settings.weekly, met, unsaid, weeks) is False:
                out.add("5")
            if at_least(settings.twice_a_month, met, unsaid, weeks) is False:
                out.add("4")
    one_leader = posts("supervisors_in_post") == 1 and posts("specialists_in_post") > 1
    met_ones = {"2"} if one_leader else set()
    return {
        "met": sorted(met_ones),
        "not_met": sorted(out),
        "open": [name for name in "12345" if name not in met_ones | out],
    }


def supervisor(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return the components of item 8.

    Who is new or struggles, only the supervisor says: field mentoring is met when all
    have it every month, and open otherwise.
    """
    visits, mentoring, reviews = (
        of(figures, name) for name in (VISITS, MENTORING, OUTCOMES)
    )
    visited = mentored = reviewed = None
    if visits("quarters_met"):
        visited = at_least(
            ALL,
            visits("quarters_visited"),
            visits("quarters_unsaid"),
            visits("team_quarters"),
        )
    if mentoring("whole_stretches") == mentoring("whole_with") > 0:
        mentored = True
    if reviews("stretches_recorded"):
        reviewed = at_least(
            ALL,
            reviews("whole_with"),
            reviews("whole_unknown"),
            reviews("whole_stretches"),
        )
    return components(
        a=_span_of_control(figures, settings),
        b=_weekly(figures, SUPERVISION, settings),
        c=visited,
        d=mentored,
        e=reviewed,
    )


def _span_of_control(figures: Figures, settings: Settings) -> bool | None:
    said, amounts = of(figures, POSTS), figures.get(POSTS, NONE_OF)
    if not said("supervisors_in_post") or not said("specialists_in_post"):
        return None
    room = settings.specialists_per_supervisor * Fraction(amounts["supervisor_fte"])
    if said("specialists_in_post") <= room:
        return True
    return None if said("supervisor_fte_unknown") else False


SIGNALS = (
    ("share_for_breaches", REFUSALS, "refused_for_breaches", "refusals"),
    ("share_by_clinicians", REFERRALS, "by_clinician", "referrals"),
    ("share_who_referred", CLINICIANS, "ever_referred", "clinicians"),
    *(
        (f"share_{why}", DEPARTURES, why, "departures")
        for why in ("for_missed_appointments", "for_time_limit")
    ),
)
"""What speaks for or against zero exclusion: a ratio, its measure, and its two parts."""


def zero_exclusion(figures: Figures, settings: Settings = SETTINGS) -> Quantities:
    """Return the signals of item 9, by the name of the ratio that has their label."""
    return {
        "signals": {
            name: Fraction(said(part), said(whole)) if said(whole) else None
            for name, measure, part, whole in SIGNALS
            for said in (of(figures, measure),)
        }
    }


def agency_focus(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return the components of item 10, of which the record shows the last."""
    said = of(figures, REPORTS)
    shared = None
    if said("shared_with_leadership") or said("shared_with_team"):
        shared = said("shared_with_both") == said("quarters")
    return components(a=None, b=None, c=None, d=None, e=shared)


def executives(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return the components of item 11: how often there were reviews, meetings, reports.

    After high fidelity a review a year is enough, and a steering group each half-year.
    What became of them is for a reviewer.
    """
    reviews, reports = of(figures, REVIEWS), of(figures, TO_LEADERSHIP)
    reviewed = reported = None
    if reviews("final_reviews"):
        is_high = bool(reviews("latest_is_high"))
        reviewed = bool(reviews("recent_reviews")) or is_high
    if reports("leadership_reports"):
        reported = reports("leadership_reports") >= settings.leadership_reports
    return components(a=None, b=reviewed, c=_steered(figures), d=None, e=reported)


def _steered(figures: Figures) -> bool | None:
    said, reviews = of(figures, STEERING), of(figures, REVIEWS)
    if not said("quarters_with_steering"):
        return None
    if said("quarters_with_steering") == said("steering_quarters"):
        return True
    if said("half_years_with_steering") < said("steering_half_years"):
        return False
    # Enough for high fidelity; without a review of the year nobody knows about that.
    return bool(reviews("latest_is_high")) if reviews("final_reviews") else None


QUANTITIES: Mapping[int, Quantity] = {
    4: Quantity((TEAMS,), attachment, per_specialist=True),
    5: Quantity((WEEKLY, MEETINGS, DOCUMENTS), team_contact),
    6: Quantity((CASEWORKERS,), caseworkers),
    7: Quantity((GROUP, POSTS, CASELOAD), unit),
    8: Quantity((POSTS, SUPERVISION, VISITS, MENTORING, OUTCOMES), supervisor),
    9: Quantity((REFUSALS, REFERRALS, CLINICIANS, DEPARTURES), zero_exclusion),
    10: Quantity((REPORTS,), agency_focus),
    11: Quantity((REVIEWS, STEERING, TO_LEADERSHIP), executives),
}
