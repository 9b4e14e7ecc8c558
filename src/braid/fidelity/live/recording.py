"""Which data would make an item computable, or sure: what to record, and how much of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts.presenters import number_text

if TYPE_CHECKING:
    from braid.fidelity.live.reading import Live, LiveItem


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to record, and the items that it would settle or make sure."""

    what: str
    items: tuple[int, ...]
    settles: bool


def missing(found: Live) -> list[Missing]:
    """Return what is missing in the record of a unit, what settles an item first."""
    told: dict[str, list[LiveItem]] = defaultdict(list)
    for one in found.items:
        for what in of_item(one):
            told[what].append(one)
    lines = [
        Missing(
            what,
            tuple(one.item.no for one in items),
            any(one.scored.score is None for one in items),
        )
        for what, items in told.items()
    ]
    return sorted(lines, key=lambda line: (not line.settles, line.items))


def of_item(one: LiveItem) -> Iterator[str]:
    """Yield what would have to be recorded for one item."""
    if one.signals:
        return
    reasons = {reason for each in one.figures.values() for reason in each.left_out}
    yield from _left_out(one)
    if one.scored.score is not None:
        return
    notes = list(one.scored.notes)
    for each in one.specialists:
        notes += each.scored.notes if each.scored else ()
    for note in dict.fromkeys(notes):
        if note in NOTED:
            n = notes.count(note)
            yield NOTED[note](n) % {"n": number_text(n, 0)}
    is_empty = "zero_denominator" in notes or (
        bool(one.figures) and one.quantities is None and NOTED.keys().isdisjoint(notes)
    )
    if is_empty and one.item.key in FIRST:
        yield FIRST[one.item.key]()
    for name in (one.quantities or {}).get("open", ()):
        part = one.item.key, name
        if part in PARTS and TOLD_BY.get(part) not in reasons:
            yield PARTS[part]()


def _left_out(one: LiveItem) -> Iterator[str]:
    """Yield what rows lack that were left out of the figures of an item."""
    for figure in one.figures.values():
        for reason, n in figure.left_out.items():
            if reason in MENDED:
                yield MENDED[reason](n) % {"n": number_text(n, 0)}


MENDED: Mapping[str, Callable[[int], str]] = {
    "place_unknown": lambda n: ngettext(
        "Log the place of %(n)s more time entry",
        "Log the place of %(n)s more time entries",
        n,
    ),
    "minutes_unknown": lambda n: ngettext(
        "Log the minutes of %(n)s more contact",
        "Log the minutes of %(n)s more contacts",
        n,
    ),
    "attendance_unknown": lambda n: ngettext(
        "Log of %(n)s more contact whether the person came",
        "Log of %(n)s more contacts whether the person came",
        n,
    ),
    "mode_unknown": lambda n: ngettext(
        "Log of %(n)s more employer contact whether it was face to face",
        "Log of %(n)s more employer contacts whether they were face to face",
        n,
    ),
    "specialist_unknown": lambda n: ngettext(
        "Log who made %(n)s more contact",
        "Log who made %(n)s more contacts",
        n,
    ),
    "person_unknown": lambda n: ngettext(
        "Say of %(n)s more employer contact for whom it was",
        "Say of %(n)s more employer contacts for whom they were",
        n,
    ),
    "fit_unknown": lambda n: ngettext(
        "Say of %(n)s more employer contact whether it fits the plan",
        "Say of %(n)s more employer contacts whether they fit the plan",
        n,
    ),
    "fte_unknown": lambda n: ngettext(
        "Enter the share of full time of %(n)s specialist",
        "Enter the share of full time of %(n)s specialists",
        n,
    ),
    "supervisor_fte_unknown": lambda n: ngettext(
        "Enter the share of full time of %(n)s supervisor",
        "Enter the share of full time of %(n)s supervisors",
        n,
    ),
    "first_meeting_missing": lambda n: ngettext(
        "Record the first meeting of %(n)s person who was taken on",
        "Record the first meetings of %(n)s people who were taken on",
        n,
    ),
    "meeting_attendance_unknown": lambda n: ngettext(
        "Record who was at the meetings of %(n)s week or day",
        "Record who was at the meetings of %(n)s weeks or days",
        n,
    ),
    "meeting_mode_unknown": lambda n: ngettext(
        "Record of %(n)s meeting whether it was in person",
        "Record of %(n)s meetings whether they were in person",
        n,
    ),
    "no_team": lambda n: ngettext(
        "Record the treatment team of %(n)s person",
        "Record the treatment teams of %(n)s people",
        n,
    ),
    "exit_reason_unknown": lambda n: ngettext(
        "Record why %(n)s episode ended", "Record why %(n)s episodes ended", n
    ),
    "kind_unknown": lambda n: ngettext(
        "Record the occupation and employer of %(n)s job",
        "Record the occupation and employer of %(n)s jobs",
        n,
    ),
    "undetermined": lambda n: ngettext(
        "Answer for %(n)s job what makes it competitive",
        "Answer for %(n)s jobs what makes them competitive",
        n,
    ),
    "placement_unknown": lambda n: ngettext(
        "Record of what kind %(n)s job is", "Record of what kind %(n)s jobs are", n
    ),
}
"""What to record, by the reason for which rows were left out; other reasons are right."""

NOTED: Mapping[str, Callable[[int], str]] = {
    "attachment_unknown": lambda n: ngettext(
        "Record to which treatment teams %(n)s specialist belongs",
        "Record to which treatment teams %(n)s specialists belong",
        n,
    ),
    "review_unknown": lambda n: _(
        "Sign the weekly log of employer contacts: no week is signed yet"
    ),
    "contact_unknown": lambda n: _(
        "Log of each contact whether a caseworker took part, and each job-centre meeting"
    ),
}
"""What to record, by the note beside a score that is not clear."""

FIRST: Mapping[str, Callable[[], str]] = {
    "caseload": lambda: _("Enter the posts of the specialists"),
    "employment_staff": lambda: _("Log how the working time was spent"),
    "generalists": lambda: _("Log the phase of contacts"),
    "team_assignment": lambda: _("Give everybody on the caseload a specialist"),
    "caseworkers": lambda: _("Log contacts and meetings with caseworkers"),
    "rapid_search": lambda: _("Log the first meetings with employers"),
    "individualised_search": lambda: _(
        "Log employer contacts, for whom they were and whether they fit the plan"
    ),
    "employer_contact": lambda: _("Log employer contacts"),
    "job_diversity": lambda: _("Record jobs with their occupation"),
    "employer_diversity": lambda: _("Record jobs with their employer"),
    "time_unlimited_support": lambda: _(
        "Record when jobs begin, and the contacts after"
    ),
    "community": lambda: _("Log working time or contacts with their place"),
}
"""What to record first where nothing of an item is."""

TOLD_BY = {("supervisor_role", "a"): "supervisor_fte_unknown"}
"""Parts of which a reason for leaving rows out says already what is missing."""
PARTS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("team_contact", "a"): lambda: _(
        "Record who was at the meetings of treatment teams"
    ),
    ("team_contact", "b"): lambda: _("Record what treatment-team meetings decided"),
    ("team_contact", "c"): lambda: _(
        "Record which documents the treatment team has, or its health record"
    ),
    ("team_contact", "e"): lambda: _(
        "Record where a treatment-team meeting talked about people not yet referred"
    ),
    ("supervisor_role", "a"): lambda: _("Enter the posts of the supervisor"),
    ("supervisor_role", "b"): lambda: _("Record supervision, and who had it"),
    ("supervisor_role", "c"): lambda: _(
        "Record where the supervisor was at meetings of treatment teams"
    ),
    ("supervisor_role", "d"): lambda: _("Record field mentoring, and who had it"),
    ("supervisor_role", "e"): lambda: _("Record quarterly reviews of outcomes"),
    ("agency_focus", "e"): lambda: _(
        "Record when figures were shared with the leadership and the team"
    ),
    ("executive_support", "b"): lambda: _("Keep fidelity reviews here"),
    ("executive_support", "c"): lambda: _("Record the meetings of the steering group"),
    ("executive_support", "e"): lambda: _(
        "Record when figures were shared with the leadership and the team"
    ),
    ("disclosure", "d"): lambda: _("Record talks about disclosure"),
    ("outreach", "i"): lambda: _("Record why episodes ended"),
    ("outreach", "ii"): lambda: _(
        "Log attempts to reach people who stay away, with their place and who tried"
    ),
}
"""What to record, by item and part, where the record could show a part that is open."""
