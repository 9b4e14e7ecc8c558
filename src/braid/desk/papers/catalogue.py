"""The kinds of documents there are, and where each is used."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.desk.papers import countries, everywhere
from braid.desk.papers.asked import NARROWEST_LAST, Kind

_GOALS, _JOBS = Information.WORK_GOALS, Information.JOBS
_MET, _MONEY = Information.ATTENDANCE, Information.BENEFITS
_HEALTH, _SAID = Information.HEALTH_AT_WORK, Information.CONVERSATION
_COURSE = (_MET, _GOALS, _JOBS)
_NL, _US, _DK = (frozenset({country}) for country in ("nl", "us", "dk"))

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "profile",
            _("Career profile"),
            _("What the person wrote with you, section by section."),
            everywhere.profile,
            NARROWEST_LAST[1:],
            (_GOALS, _JOBS),
        ),
        Kind(
            "search_plan",
            _("Search plan"),
            _("The plan in force, and who does what by when."),
            everywhere.search_plan,
            (_GOALS,),
            (_GOALS,),
            signatures=(_("Applicant, day"), _("Specialist, day")),
            missing=everywhere.no_plan,
        ),
        Kind(
            "support_plan",
            _("Support plan"),
            _("How the job is kept: who helps with what."),
            everywhere.support_plan,
            (_JOBS, _HEALTH),
            (_JOBS,),
            signatures=(_("Applicant, day"), _("Specialist, day")),
            missing=everywhere.no_support_plan,
        ),
        Kind(
            "handover",
            _("Handover"),
            _("What the next specialist should know, on one page."),
            everywhere.handover,
            (*_COURSE, _SAID),
            (*_COURSE, _SAID),
        ),
        Kind(
            "health_record",
            _("Note for the health record"),
            _("A few lines to paste into the record of the treatment team."),
            everywhere.health_record,
            _COURSE,
            _COURSE,
        ),
        Kind(
            "benefit_letter",
            _("What was asked about benefits"),
            _("Questions to whoever pays, the answers, and who must tell whom what."),
            everywhere.benefit_letter,
            (_MONEY,),
            (_MONEY,),
            foot=_("Information, not a decision. Whoever pays decides."),
            missing=everywhere.nothing_asked,
        ),
        Kind(
            "exit_letter",
            _("Letter at the end"),
            _("That the support ended, and how to come back."),
            everywhere.exit_letter,
            (_MET, _JOBS, _SAID),
            (_MET, _SAID),
            missing=everywhere.not_ended,
        ),
        Kind(
            "introduction",
            _("Introduction for an employer"),
            _("Only what was agreed for this employer, in the agreed words."),
            everywhere.introduction,
            (_GOALS, _JOBS),
            (_GOALS, _JOBS),
            missing=everywhere.not_agreed,
            for_employer=True,
        ),
        Kind(
            "nl_application",
            _("Application for a trajectory"),
            _("Grant, costs and decision, for UWV or the municipality."),
            countries.nl_application,
            _COURSE,
            _COURSE,
            _NL,
            countries.THREE_SIGN,
            countries.NOT_THE_FORM,
            countries.not_entered,
            for_decision=True,
        ),
        Kind(
            "nl_stop",
            _("Stop notice"),
            _("That a trajectory stops before its end."),
            countries.nl_stop,
            (_MET, _JOBS),
            (_MET, _JOBS),
            _NL,
            countries.THREE_SIGN[1:2],
            countries.NOT_THE_FORM,
            countries.has_not_ended,
        ),
        Kind(
            "nl_end_report",
            _("End report"),
            _("What was done in a trajectory, and what came of it."),
            countries.nl_end_report,
            (_MET, _JOBS),
            (_MET, _JOBS),
            _NL,
            countries.THREE_SIGN[:2],
            countries.NOT_THE_FORM,
        ),
        Kind(
            "us_monthly",
            _("Monthly report to vocational rehabilitation"),
            _("Meetings, employers and work in one month."),
            countries.us_monthly,
            _COURSE,
            _COURSE,
            _US,
            (_("Specialist, day"),),
            countries.NOT_THE_FORM,
            for_decision=True,
        ),
        Kind(
            "dk_active_offer",
            _("IPS as active offer"),
            _("A note for the job centre."),
            countries.dk_active_offer,
            _COURSE,
            _COURSE,
            _DK,
            (_("Specialist, day"),),
            for_decision=True,
        ),
    )
}


def offered(country: str) -> list[Kind]:
    """Return the documents of a country, two small letters, those of its own last."""
    return [
        kind
        for kind in KINDS.values()
        if not kind.countries or country.lower() in kind.countries
    ]
