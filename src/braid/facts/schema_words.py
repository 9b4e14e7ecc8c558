"""Tables and columns of the facts in words, for whoever reads why a figure moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from braid.facts.presenters import NOTHING, number_text
from braid.web.days import day_text

THINGS: Mapping[str, str | Promise] = {
    "organisations": gettext_lazy("organisation"),
    "teams": gettext_lazy("team"),
    "staff": gettext_lazy("member of staff"),
    "staff_teams": gettext_lazy("post"),
    "episodes": gettext_lazy("episode"),
    "groups": gettext_lazy("characteristic"),
    "residence": gettext_lazy("place of living"),
    "refusals": gettext_lazy("refusal"),
    "caseload": gettext_lazy("time with a specialist"),
    "treatment": gettext_lazy("time with a treatment team"),
    "casework": gettext_lazy("time with a job centre"),
    "status": gettext_lazy("time in a state"),
    "contacts": gettext_lazy("contact"),
    "employer_contacts": gettext_lazy("employer contact"),
    "log_reviews": gettext_lazy("looking through a week's log"),
    "employers": gettext_lazy("employer"),
    "jobs": gettext_lazy("job"),
    "job_terms": gettext_lazy("terms of a job"),
    "paid_work": gettext_lazy("pay of a job"),
    "absences": gettext_lazy("absence from a job"),
    "job_problems": gettext_lazy("problem in a job"),
    "supports": gettext_lazy("support"),
    "evidence": gettext_lazy("evidence of a job"),
    "education": gettext_lazy("education"),
    "plan_events": gettext_lazy("plan"),
    "benefit_spells": gettext_lazy("time on a benefit"),
    "time_entries": gettext_lazy("time entry"),
    "meetings": gettext_lazy("meeting"),
    "attendance": gettext_lazy("attendance at a meeting"),
    "discussions": gettext_lazy("talk about somebody at a meeting"),
    "tasks": gettext_lazy("decision"),
    "questions": gettext_lazy("question"),
    "proposals": gettext_lazy("proposal"),
    "funder_events": gettext_lazy("event for the funder"),
    "claims": gettext_lazy("claim"),
    "reviews": gettext_lazy("review"),
    "ratings": gettext_lazy("rating"),
    "reports_shared": gettext_lazy("report that was shared"),
    "unit_quarters": gettext_lazy("quarter of a unit"),
    "calendar": gettext_lazy("day of the calendar"),
}
"""What a row of each table is called."""

COLUMNS: Mapping[str, str | Promise] = {
    "accepted_on": gettext_lazy("day of acceptance"),
    "activity": gettext_lazy("activity"),
    "amount": gettext_lazy("amount"),
    "answered_on": gettext_lazy("day of the answer"),
    "area": gettext_lazy("area"),
    "asked_by_sector": gettext_lazy("who asked"),
    "asked_of_sector": gettext_lazy("who was asked"),
    "asked_on": gettext_lazy("day of the question"),
    "at_least_minimum": gettext_lazy("at least minimum pay"),
    "at_referral": gettext_lazy("work at referral"),
    "attended": gettext_lazy("whether it took place"),
    "audience": gettext_lazy("with whom it was shared"),
    "benefit": gettext_lazy("benefit"),
    "birth_year": gettext_lazy("year of birth"),
    "by_role": gettext_lazy("by whom"),
    "client_specific": gettext_lazy("about somebody in particular"),
    "contract_version": gettext_lazy("edition of the contract"),
    "contracted_daily_hours": gettext_lazy("agreed hours a day"),
    "country": gettext_lazy("country"),
    "currency": gettext_lazy("currency"),
    "day": gettext_lazy("day"),
    "decided_on": gettext_lazy("day of the decision"),
    "decision": gettext_lazy("whether something was decided"),
    "disclosure": gettext_lazy("what the employer knows"),
    "done_on": gettext_lazy("day when it was done"),
    "due_on": gettext_lazy("day by which it is due"),
    "edition": gettext_lazy("edition"),
    "employer_of_record": gettext_lazy("who is the employer"),
    "end_known_on": gettext_lazy("day when the end was known"),
    "end_reason": gettext_lazy("reason for the end"),
    "ended_because": gettext_lazy("reason for the end"),
    "entered_on": gettext_lazy("day of the first meaningful contact"),
    "exit_reason": gettext_lazy("reason for leaving"),
    "exited_on": gettext_lazy("first day off the caseload"),
    "first_day": gettext_lazy("first day"),
    "first_of_person": gettext_lazy("the person's first episode"),
    "fits_plan": gettext_lazy("fits the plan"),
    "fits_preference": gettext_lazy("fits what was wished for"),
    "found_by": gettext_lazy("who found it"),
    "fte": gettext_lazy("share of full time"),
    "gender": gettext_lazy("gender"),
    "given_by": gettext_lazy("who gives it"),
    "going_rate": gettext_lazy("the usual pay"),
    "gross": gettext_lazy("pay before tax"),
    "held_at_referral": gettext_lazy("held at referral"),
    "hours": gettext_lazy("hours"),
    "industry": gettext_lazy("industry"),
    "initiated_by": gettext_lazy("who took it up"),
    "item": gettext_lazy("item"),
    "key": gettext_lazy("characteristic"),
    "kind": gettext_lazy("kind"),
    "last_confirmed_on": gettext_lazy("last confirmed"),
    "last_day": gettext_lazy("last day"),
    "level": gettext_lazy("level"),
    "local_unemployment": gettext_lazy("unemployment in the area"),
    "made_by": gettext_lazy("who made it"),
    "mainstream": gettext_lazy("ordinary education"),
    "milestone": gettext_lazy("milestone"),
    "minutes": gettext_lazy("minutes"),
    "mode": gettext_lazy("way of meeting"),
    "net": gettext_lazy("pay after tax"),
    "normal_rights": gettext_lazy("ordinary rights at work"),
    "occupation": gettext_lazy("occupation"),
    "open_to_all": gettext_lazy("a job open to all"),
    "outcome": gettext_lazy("outcome"),
    "outreach": gettext_lazy("outreach"),
    "paid": gettext_lazy("paid"),
    "paid_on": gettext_lazy("day of payment"),
    "pay": gettext_lazy("pay"),
    "pay_unit": gettext_lazy("what the pay is for"),
    "payer": gettext_lazy("who pays"),
    "period": gettext_lazy("period"),
    "period_first": gettext_lazy("first day of the period"),
    "period_last": gettext_lazy("last day of the period"),
    "permanence": gettext_lazy("permanent or not"),
    "phase": gettext_lazy("phase"),
    "place": gettext_lazy("place"),
    "placement": gettext_lazy("kind of placement"),
    "present": gettext_lazy("whether present"),
    "profile_started_on": gettext_lazy("day of the career profile"),
    "quarter": gettext_lazy("quarter"),
    "reached_on": gettext_lazy("day when it was reached"),
    "reason": gettext_lazy("reason"),
    "received_on": gettext_lazy("day of receipt"),
    "referral_source": gettext_lazy("who referred"),
    "referred_on": gettext_lazy("day of referral"),
    "remote": gettext_lazy("from afar"),
    "reviewed_on": gettext_lazy("day of looking through"),
    "role": gettext_lazy("role"),
    "scale_version": gettext_lazy("edition of the scale"),
    "scheduled": gettext_lazy("whether it was agreed before"),
    "score": gettext_lazy("score"),
    "sector": gettext_lazy("sector"),
    "sha256": gettext_lazy("content of the file"),
    "label": gettext_lazy("which other paper"),
    "shared_on": gettext_lazy("day of sharing"),
    "size": gettext_lazy("size"),
    "source": gettext_lazy("source"),
    "stage": gettext_lazy("stage"),
    "state": gettext_lazy("state"),
    "stated_band": gettext_lazy("band that was stated"),
    "status": gettext_lazy("status"),
    "submitted_on": gettext_lazy("day of sending"),
    "time_limit_origin": gettext_lazy("why it is limited in time"),
    "unreferred": gettext_lazy("not yet referred"),
    "vacant_fte": gettext_lazy("vacant posts"),
    "value": gettext_lazy("value"),
    "visit_no": gettext_lazy("number of the visit"),
    "wanted": gettext_lazy("wished for by the applicant"),
    "week": gettext_lazy("week"),
    "weekly_hours": gettext_lazy("hours a week"),
    "with_applicant": gettext_lazy("with the applicant"),
    "with_caseworker": gettext_lazy("with the caseworker"),
    "with_clinician": gettext_lazy("with the clinician"),
    "with_family": gettext_lazy("with the family"),
    "with_hiring_role": gettext_lazy("with who hires"),
    "working": pgettext_lazy("of the calendar", "working day"),
}
"""What a column is called; ids have no name, for they say nothing to a reader."""


def column_word(name: str) -> str:
    """Return what a column is called: of an id, what it points to."""
    if name in COLUMNS:
        return str(COLUMNS[name])
    return _("what it belongs to")


def value_word(value: object) -> str:
    """Return a value of a column as a reader says it."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int | float | Decimal):
        return number_text(value, 2)
    return str(value).replace("_", " ") or NOTHING
