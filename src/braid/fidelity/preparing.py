"""What a review begins with: the usual agenda, and what a service is asked to bring.

Both are own words for what published reviews do; a review changes its agenda freely.
Pieces name items by their key, which scales share, and so fit each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.fidelity.choices import EvidenceKind

INTERVIEW, OBSERVATION = EvidenceKind.INTERVIEW, EvidenceKind.OBSERVATION


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the usual agenda: on which day of the visit, at what time, how long."""

    what: str | Promise
    kind: str
    day: int
    begins_at: time
    minutes: int
    with_role: str = ""


AGENDA = (
    Slot(
        _("Opening: who is who, and what these days are for"),
        *(INTERVIEW, 1, time(9), 30, "supervisor"),
    ),
    Slot(
        _("The executive team: director and clinical director"),
        *(INTERVIEW, 1, time(9, 30), 45, "clinical_manager"),
    ),
    Slot(
        _("Meeting of the IPS unit, as it is held every week"),
        *(OBSERVATION, 1, time(10, 30), 60, "specialist"),
    ),
    Slot(_("The supervisor"), *(INTERVIEW, 1, time(11, 45), 60, "supervisor")),
    Slot(
        _("Every specialist, or five of them"),
        *(INTERVIEW, 1, time(13, 15), 90, "specialist"),
    ),
    Slot(
        _("People who get support, three to five of them, and a peer worker"),
        *(INTERVIEW, 1, time(15), 60, "applicant"),
    ),
    Slot(_("Family or others who are close"), *(INTERVIEW, 1, time(16, 15), 30)),
    Slot(
        _("Meeting of a treatment team"),
        *(OBSERVATION, 2, time(8, 30), 60, "clinician"),
    ),
    Slot(
        _("Two or three clinicians and the leader of a team"),
        *(INTERVIEW, 2, time(9, 45), 45, "clinician"),
    ),
    Slot(_("A psychiatrist of a team"), *(INTERVIEW, 2, time(10, 30), 30, "clinician")),
    Slot(
        _("A caseworker of the job centre"),
        *(INTERVIEW, 2, time(11, 15), 30, "caseworker"),
    ),
    Slot(
        _("Who counsels on benefits"), *(INTERVIEW, 2, time(11, 45), 30, "counsellor")
    ),
    Slot(
        _("Shadowing: a specialist visits an employer"),
        *(OBSERVATION, 2, time(12, 45), 90, "specialist"),
    ),
    Slot(
        _("The records that were drawn"), *(EvidenceKind.CHART, 2, time(14, 30), 75, "")
    ),
    Slot(
        _("Reviewers alone: compare, after both have locked"),
        *(EvidenceKind.DOCUMENT, 2, time(15, 45), 45, "reviewer"),
    ),
    Slot(
        _("Closing: thanks, first impressions, what comes next"),
        *(INTERVIEW, 2, time(16, 30), 30, "supervisor"),
    ),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece that a service is asked for, and the items that it is evidence for."""

    code: str
    what: str | Promise
    items: tuple[str, ...]


PIECES: Mapping[str, Wanted] = {
    one.code: one
    for one in (
        Wanted(
            "staff",
            _("Posts, hours and job descriptions of specialists and supervisor"),
            ("caseload", "employment_staff", "generalists", "supervisor_role"),
        ),
        Wanted(
            "caseloads",
            _("Caseload of each specialist, with the team of each person"),
            ("caseload", "team_assignment"),
        ),
        Wanted(
            "team_meetings",
            _("Minutes of meetings with treatment teams, three months back"),
            ("team_contact",),
        ),
        Wanted(
            "job_centre",
            _("Meetings with the job centre, and how often it is in touch"),
            ("caseworkers",),
        ),
        Wanted(
            "unit_meetings",
            _("Notes of the unit's meetings and of group supervision"),
            ("vocational_unit", "supervisor_role"),
        ),
        Wanted(
            "mentoring",
            _("Log of field mentoring, and goals set with specialists"),
            ("supervisor_role",),
        ),
        Wanted(
            "referral",
            _("Who may be referred, how, and from where people came"),
            ("zero_exclusion",),
        ),
        Wanted(
            "not_begun",
            _("Everybody who asked and did not begin, with the reason"),
            ("zero_exclusion",),
        ),
        Wanted(
            "intake",
            _("Forms of the intake and of the yearly review that ask about work"),
            ("agency_focus",),
        ),
        Wanted(
            "stories",
            _("What hangs in waiting areas, and how stories of work are told"),
            ("agency_focus",),
        ),
        Wanted(
            "steering",
            _("Minutes and action plans of the steering group"),
            ("executive_support",),
        ),
        Wanted(
            "earlier",
            _("Earlier reviews, and what the leadership told all staff about IPS"),
            ("executive_support",),
        ),
        Wanted(
            "benefits",
            _("Who counsels on benefits, trained how, and an example"),
            ("work_incentives",),
        ),
        Wanted(
            "disclosure",
            _("The form used to talk about telling an employer"),
            ("disclosure",),
        ),
        Wanted(
            "profile",
            _("The form of the vocational profile, filled in without names"),
            ("assessment",),
        ),
        Wanted(
            "search",
            _("Search plans, and the log of contacts with employers"),
            (
                *("rapid_search", "individualised_search", "employer_contact"),
                "contact_quality",
            ),
        ),
        Wanted(
            "jobs",
            _("Jobs held now: title, employer, open to all, permanent or not"),
            ("job_diversity", "employer_diversity", "competitive_jobs"),
        ),
        Wanted(
            "support",
            _("Plans of support in a job, and how support is stepped down"),
            ("individualised_support", "time_unlimited_support"),
        ),
        Wanted(
            "hours", _("Where specialists spend their hours, one month"), ("community",)
        ),
        Wanted(
            "outreach",
            _("How somebody who stays away is sought, and when one stops"),
            ("outreach",),
        ),
    )
}
