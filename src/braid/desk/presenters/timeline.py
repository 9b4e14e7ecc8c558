"""What happened, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.benefits.choices import Trigger
from braid.kernel.moments import Moment, Strand
from braid.people.choices import (
    ExitReason,
    HowItGoes,
    NoteKind,
    ReferralSource,
    UpdateBecause,
)
from braid.teamwork.choices import ProposalKind, ProposedBy
from braid.teamwork.presenters.proposals import wanted_words
from braid.web import presenters as web
from braid.web.addresses import addresses
from braid.work.choices import Decision, EndReason, Mode, Outcome, Place, Placement

STRAND_LABELS: dict[Strand, Promise] = {
    Strand.HEALTH: gettext_lazy("Treatment"),
    Strand.EMPLOYMENT: gettext_lazy("Employment"),
    Strand.APPLICANT: gettext_lazy("Applicant"),
}
ICONS = {
    "contact": "chat",
    "contact_missed": "x-lg",
    "employer_contact": "building",
    "job_start": "briefcase",
    "job_end": "box-arrow-right",
    "note": "pencil",
    "own_words": "chat-left-text",
    "profile_updated": "pencil",
    "search_plan": "check-lg",
    "disclosure": "shield-check",
    "application": "upload",
    "job_end_review": "briefcase",
    "handover": "arrow-repeat",
    "benefits_counselling": "chat",
    "proposal": "chat-left-text",
}
TITLES: dict[str, Promise] = {
    "episode_referred": gettext_lazy("Referred by %(source)s"),
    "episode_waiting": gettext_lazy("Waiting"),
    "episode_active": gettext_lazy("On the caseload"),
    "episode_paused": gettext_lazy("Paused"),
    "episode_stepped_down": gettext_lazy("Stepped down; the way back is open"),
    "episode_exited": gettext_lazy("Episode ended: %(reason)s"),
    "episode_not_started": gettext_lazy("Not started"),
    "contact": gettext_lazy("Contact %(mode)s%(place)s%(company)s%(minutes)s"),
    "contact_missed": gettext_lazy("Contact %(mode)s did not take place"),
    "employer_contact": gettext_lazy(
        "Employer contact %(mode)s: %(employer)s%(outcome)s"
    ),
    "job_start": gettext_lazy("Job start: %(job)s (%(placement)s)"),
    "job_end": gettext_lazy("Last day in job: %(job)s%(reason)s"),
    "note": gettext_lazy("Note on %(kind)s"),
    "own_words": gettext_lazy("How it is going, in own words%(mood)s"),
    "profile_updated": gettext_lazy("Career profile looked at again: %(because)s"),
    "search_plan": gettext_lazy("Search plan agreed"),
    "step_down_plan": gettext_lazy("Step-down agreed, with the way back"),
    "handover": gettext_lazy("Handed over%(to)s"),
    "disclosure": gettext_lazy("What employers may know%(where)s: %(decision)s"),
    "application": gettext_lazy("Application: %(job)s"),
    "job_end_review": gettext_lazy("Looked back at a job together%(where)s"),
    "benefits_counselling": gettext_lazy("Benefits counselling: %(trigger)s"),
    "proposal": gettext_lazy(
        "Proposed instead of a job by %(who)s: %(what)s (%(wanted)s)"
    ),
}

COMPANY: dict[str, Promise] = {
    "with_clinician": gettext_lazy("clinician"),
    "with_caseworker": gettext_lazy("caseworker"),
    "with_family": gettext_lazy("family"),
}


def timeline_entries(moments: Iterable[Moment]) -> list[web.TimelineEntry]:
    """Return moments in words, in their order."""
    pages = {
        "work.job": addresses("work:job"),
        "work.contact": addresses("desk:contact"),
    }
    return [_entry(moment, pages.get(moment.record_kind)) for moment in moments]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """How somebody last said it was going, in a face and in words."""

    day: date
    mood: str
    label: str
    text: str


def own_line(moments: Iterable[Moment]) -> OwnLine | None:
    """Return the latest own words among moments, the latest first."""
    for moment in moments:
        if moment.kind == "own_words":
            mood, text = str(moment.values["mood"]), str(moment.values["words"])
            return OwnLine(moment.day, mood, _label(HowItGoes, mood), text)
    return None


def _entry(moment: Moment, page_of: Callable[[UUID], str] | None) -> web.TimelineEntry:
    values = {**_NO_WORDS, **_words(moment)}
    return web.TimelineEntry(
        day=moment.day,
        title=str(TITLES[moment.title] % values),
        text=str(moment.values.get("words") or ""),
        strand=moment.strand.value,
        strand_label=str(STRAND_LABELS[moment.strand]),
        icon=ICONS.get(moment.kind, "circle"),
        url=page_of(moment.record_id) if page_of else "",
        by=moment.by,
    )


_NO_WORDS = dict.fromkeys(
    (
        "source",
        "reason",
        "mode",
        "place",
        "company",
        "minutes",
        "employer",
        "outcome",
        "job",
        "placement",
        "kind",
        "mood",
    ),
    "",
)


def _label(choices: Any, value: object) -> str:
    return str(choices(value).label) if value else ""


def _words(moment: Moment) -> dict[str, str]:
    values = moment.values
    match moment.title:
        case "episode_referred":
            source = _label(ReferralSource, values["source"])
            return {"source": source or _("somebody not named")}
        case "episode_exited":
            return {
                "reason": _label(ExitReason, values["reason"]) or _("no reason given")
            }
        case "contact" | "contact_missed":
            return _contact_words(values)
        case "employer_contact":
            outcome = _label(Outcome, values["outcome"])
            return {
                "mode": _label(Mode, values["mode"]),
                "employer": str(values["employer"]) or _("employer not named"),
                "outcome": f" ({outcome})" if outcome else "",
            }
        case "job_start" | "job_end":
            return _job_words(values)
        case "note":
            return {"kind": _label(NoteKind, values["kind"])}
        case "profile_updated":
            return {"because": _label(UpdateBecause, values["because"])}
        case "handover":
            to = values["to"]
            return {"to": _(" to %(name)s") % {"name": to} if to else ""}
        case "disclosure" | "job_end_review":
            at = values["employer"]
            where = _(", %(employer)s") % {"employer": at} if at else ""
            said = _label(Decision, values.get("decision"))
            return {"where": where, "decision": said}
        case "application":
            job = ", ".join(
                str(one) for one in (values["title"], values["employer"]) if one
            )
            return {"job": job or _("not named")}
        case "benefits_counselling":
            return {"trigger": _label(Trigger, values["trigger"])}
        case "proposal":
            wanted = values["wanted"]
            return {
                "who": _label(ProposedBy, values["by_role"]),
                "what": _label(ProposalKind, values["kind"]),
                "wanted": wanted_words(None if wanted is None else bool(wanted)),
            }
        case "own_words":
            mood = _label(HowItGoes, values["mood"])
            return {"mood": f": {mood}" if mood else ""}
    return {}


def _contact_words(values: Any) -> dict[str, str]:
    place, mode = values["place"], values["mode"]
    shown_place = f", {_label(Place, place)}" if place and place != "remote" else ""
    company = ", ".join(str(word) for key, word in COMPANY.items() if values[key])
    minutes = values["minutes"]
    return {
        "mode": _label(Mode, mode),
        "place": shown_place,
        "company": _(", with %(company)s") % {"company": company} if company else "",
        "minutes": _(", %(minutes)d minutes") % {"minutes": minutes} if minutes else "",
    }


def _job_words(values: Any) -> dict[str, str]:
    job = ", ".join(part for part in (values["title"], values["employer"]) if part)
    reason = _label(EndReason, values["reason"])
    return {
        "job": job or _("not named"),
        "placement": _label(Placement, values["placement"]) or _("kind not known yet"),
        "reason": f" ({reason})" if reason else "",
    }
