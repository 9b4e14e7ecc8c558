"""What roster fields, kinds and words are called where people read them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

KINDS = {
    "caseload": gettext_lazy("caseload list"),
    "contacts": gettext_lazy("contacts with applicants"),
    "employer_contacts": gettext_lazy("contacts with employers"),
    "jobs": gettext_lazy("jobs and placements"),
    "meetings": gettext_lazy("meetings of treatment teams"),
    "lists": gettext_lazy("list of names"),
    "ignore": gettext_lazy("not imported"),
    "unknown": gettext_lazy("not recognised"),
}
FIELDS = {
    "cid": gettext_lazy("client number"),
    "name": gettext_lazy("full name"),
    "last": gettext_lazy("family name"),
    "first": gettext_lazy("given name"),
    "dob": gettext_lazy("date of birth"),
    "phone": gettext_lazy("phone"),
    "team": gettext_lazy("treatment team"),
    "spec": gettext_lazy("specialist"),
    "referral": gettext_lazy("referred on"),
    "source": gettext_lazy("referred by"),
    "status": gettext_lazy("in work at referral"),
    "accepted": gettext_lazy("accepted on"),
    "first_contact": gettext_lazy("first meaningful contact"),
    "profile": gettext_lazy("career profile begun"),
    "first_job": gettext_lazy("first job start"),
    "prev_spec": gettext_lazy("earlier specialist"),
    "moved_on": gettext_lazy("changed specialist on"),
    "moved_to": gettext_lazy("moved to specialist"),
    "moved_off": gettext_lazy("moved away on"),
    "discharge": gettext_lazy("first day off"),
    "reason": gettext_lazy("reason for the exit"),
    "notes": gettext_lazy("note"),
    "key": gettext_lazy("row number of no use"),
    "date": gettext_lazy("day"),
    "mode": gettext_lazy("how"),
    "place": gettext_lazy("where"),
    "minutes": gettext_lazy("how long"),
    "attended": gettext_lazy("came or was there"),
    "employer": gettext_lazy("employer"),
    "person": gettext_lazy("spoke to"),
    "outcome": gettext_lazy("outcome"),
    "title": gettext_lazy("job title"),
    "type": gettext_lazy("kind of job"),
    "tick_competitive": gettext_lazy("tick: ordinary job"),
    "tick_internship": gettext_lazy("tick: internship"),
    "tick_wage_subsidy": gettext_lazy("tick: wage subsidy"),
    "tick_flex_job": gettext_lazy("tick: flex-job"),
    "tick_set_aside": gettext_lazy("tick: set-aside job"),
    "tick_volunteering": gettext_lazy("tick: volunteering"),
    "permanent": gettext_lazy("permanent or temporary"),
    "start": gettext_lazy("first day"),
    "end": gettext_lazy("last day"),
    "hours": gettext_lazy("hours a week"),
    "wage": gettext_lazy("pay"),
    "paid_hours": gettext_lazy("paid hours in all"),
    "changed_on": gettext_lazy("hours changed on"),
    "new_hours": gettext_lazy("new hours a week"),
    "end_reason": gettext_lazy("why it ended"),
    "fte": gettext_lazy("share of full time"),
    "keep": gettext_lazy("which is right"),
    "keep_person": gettext_lazy("which is right"),
}
OUTCOMES = (
    ("person", gettext_lazy("people")),
    ("caseload", gettext_lazy("referrals and episodes")),
    ("contacts", gettext_lazy("contacts with applicants")),
    ("employer_contacts", gettext_lazy("contacts with employers")),
    ("jobs", gettext_lazy("jobs and placements")),
    ("meetings", gettext_lazy("meetings of treatment teams")),
)
MARKS = {
    "ask": gettext_lazy("to be answered"),
    "reject_row": gettext_lazy("left out"),
    "accept_warn": gettext_lazy("with a warning"),
}
DIFFERENCES = {
    "ask": gettext_lazy("To decide"),
    "update": gettext_lazy("Changed"),
    "gone": gettext_lazy("No longer in the files"),
    "new": gettext_lazy("New"),
}
"""How files and record may differ."""
WORDS = {
    "clinic": gettext_lazy("treatment office"),
    "ips_office": gettext_lazy("IPS office"),
    "home": gettext_lazy("at home"),
    "cafe": gettext_lazy("café"),
    "library": gettext_lazy("library"),
    "workplace": gettext_lazy("workplace"),
    "jobcentre": gettext_lazy("job centre"),
    "outdoors": gettext_lazy("outdoors"),
    "community": gettext_lazy("elsewhere in the community"),
    "remote": gettext_lazy("at a distance"),
    "f2f": gettext_lazy("face to face"),
    "phone": gettext_lazy("phone"),
    "video": gettext_lazy("video"),
    "text": gettext_lazy("text message"),
    "email": gettext_lazy("e-mail"),
    "competitive": gettext_lazy("ordinary job"),
    "internship": gettext_lazy("unpaid internship"),
    "paid_internship": gettext_lazy("paid internship"),
    "wage_subsidy": gettext_lazy("wage subsidy"),
    "flex_job": gettext_lazy("flex-job"),
    "set_aside": gettext_lazy("set-aside or sheltered"),
    "volunteering": gettext_lazy("volunteering"),
    "self_employed": gettext_lazy("self-employed"),
    "agency": gettext_lazy("temp agency"),
    "apprenticeship": gettext_lazy("apprenticeship"),
    "work_trial": gettext_lazy("work trial"),
    "wage_compensation": gettext_lazy("wage compensation"),
    "transitional": gettext_lazy("transitional employment"),
    "family_business": gettext_lazy("family business"),
    "institution": gettext_lazy("work inside an institution"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "seasonal": gettext_lazy("seasonal"),
    "on_call": gettext_lazy("on call"),
    "clinician": gettext_lazy("clinician"),
    "self": gettext_lazy("the person themself"),
    "caseworker": gettext_lazy("caseworker"),
    "family": gettext_lazy("family"),
    "other": gettext_lazy("something else"),
    "own_wish": gettext_lazy("own wish"),
    "moved": gettext_lazy("moved away"),
    "working_no_support_needed": gettext_lazy("working, no support needed"),
    "transferred": gettext_lazy("transferred"),
    "lost_contact": gettext_lazy("lost contact"),
    "missed_appointments": gettext_lazy("missed appointments"),
    "time_limit": gettext_lazy("time limit of the service"),
    "not_eligible": gettext_lazy("not eligible"),
    "deceased": gettext_lazy("died"),
    "quit_with_notice": gettext_lazy("gave notice"),
    "quit": gettext_lazy("left without notice"),
    "laid_off": gettext_lazy("laid off"),
    "dismissed": gettext_lazy("dismissed"),
    "contract_ended": gettext_lazy("contract ended"),
    "season_ended": gettext_lazy("season ended"),
    "better_job": gettext_lazy("a better job"),
    "education": gettext_lazy("education"),
    "health": gettext_lazy("health"),
    "none": gettext_lazy("nothing yet"),
    "follow_up": gettext_lazy("follow up"),
    "interview": gettext_lazy("interview"),
    "offer": gettext_lazy("job offer"),
    "refused": gettext_lazy("no"),
    "minutes": gettext_lazy("minutes"),
    "hours": gettext_lazy("hours"),
    "braid": gettext_lazy("what Braid says"),
    "file": gettext_lazy("what the file says"),
}
NOTHING_TO_TYPE = {
    "reject": gettext_lazy("Leave this row out"),
    "separate": gettext_lazy("Two different people"),
    "keep": gettext_lazy("Keep it as it is"),
}
"""Answers that need no value."""


def decisions(shape: Mapping[str, Any] | None) -> list[str]:
    """Return the answers of a question that are given by a press."""
    if shape is None or shape["choices"]:
        return []
    return [key for key in shape["keys"] if key in NOTHING_TO_TYPE]


def field_label(name: str | None) -> str:
    """Return what a roster field is called."""
    return str(FIELDS.get(name or "", name or ""))


def kind_label(kind: str) -> str:
    """Return what a kind of table is called."""
    return str(KINDS.get(kind, kind))


def word_label(word: object) -> str:
    """Return what a roster word stands for; a name stays as it is."""
    return str(WORDS.get(str(word), word))
