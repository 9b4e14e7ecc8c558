"""The figures that a meeting saw, kept as they stood, with what each means.

They are kept in the words of who took them: a meeting's minutes, not a live page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, may
from braid.desk import measures, presenters, queries
from braid.desk.gatherings.kinds import OF_SPECIALIST
from braid.facts.presenters import as_of_text, number_text
from braid.kernel.dates import iso_week_start
from braid.kernel.errors import InputFault
from braid.web.days import day_text
from braid.work import queries as work

QUARTER = timedelta(days=90)  # with today, 91 days
CLASSES = (Information.IDENTITY, Information.JOBS, Information.ATTENDANCE)


def may_take(actor: Actor, meeting: Any) -> bool:
    """Say whether `actor` reads the figures that this kind of meeting looks at."""
    if meeting.kind in OF_SPECIALIST:
        return may(actor, Action.RECORD, Information.ATTENDANCE)
    return may(actor, Action.OVERSEE, Information.STATISTICAL)


def taken(actor: Actor, meeting: Any, day: date) -> dict[str, Any]:
    """Return today's figures of a specialist or of the unit, as a meeting keeps them.

    Raises Refused, InputFault.
    """
    if meeting.kind in OF_SPECIALIST:
        return _of_specialist(actor, meeting.specialist_id, day)
    return _of_unit(actor, meeting.unit, day)


def _of_unit(actor: Actor, unit: Any, day: date) -> dict[str, Any]:
    lines = [
        _line(
            one.label,
            one.value,
            one.means,
            one.definition,
            " · ".join((one.source, *one.left_out)),
            one.measure,
        )
        for one in measures.headlines(actor, unit, day)
    ]
    audit.record(actor, "figures_opened", unit, information=(Information.STATISTICAL,))
    return {"as_of": day.isoformat(), "said": as_of_text(day), "lines": lines}


def _of_specialist(actor: Actor, staff_id: Any, day: date) -> dict[str, Any]:
    posts = [
        one for one in access.specialists_in_post(actor, day) if one.user_id == staff_id
    ]
    if not posts:
        raise InputFault(
            _("This specialist is not in post today, so there are no figures to see.")
        )
    course = queries.caseload(actor, day, specialist_id=staff_id)
    audit.record_list(
        actor,
        "own_figures_opened",
        [row.applicant_id for row in course.rows],
        CLASSES,
    )
    monday = iso_week_start(day)
    (found, *_more) = presenters.specialist_lines(
        course.lines(day),
        course.clocks,
        memberships=posts,
        visits=work.visits_by_staff(actor, monday, day),
        starts=work.starts_by_holder(actor, day - QUARTER, day),
        day=day,
    )
    return {
        "as_of": day.isoformat(),
        "said": as_of_text(day),
        "lines": _specialist_lines(found, day),
    }


ON_THE_DAY = gettext_lazy("on %(day)s")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of a specialist: its words, and how it is taken from the day's line.

    `source` names the days that it is of; `%(day)s` in it is the day itself.
    """

    label: Promise
    means: Promise
    definition: Promise
    value: Callable[[Any], str]
    source: Promise = ON_THE_DAY


OF_A_SPECIALIST = (
    _Figure(
        gettext_lazy("Caseload"),
        gettext_lazy("people on the caseload"),
        gettext_lazy(
            "People on the caseload with this specialist, seekers and people in work "
            "alike; those not taken on yet, paused or stepped down are left out."
        ),
        lambda found: str(found.people),
    ),
    _Figure(
        gettext_lazy("Per full-time post"),
        gettext_lazy("people per full-time post"),
        gettext_lazy(
            "Caseload divided by the share of full time that the specialist has in this "
            "unit."
        ),
        lambda found: "–" if found.per_fte is None else number_text(found.per_fte, 1),
    ),
    _Figure(
        gettext_lazy("In work"),
        gettext_lazy("in paid work"),
        gettext_lazy(
            "Of the caseload, in paid work. Internships without pay, work trials and "
            "volunteering are not counted."
        ),
        lambda found: str(found.in_work),
    ),
    _Figure(
        gettext_lazy("Employer contacts"),
        gettext_lazy("face-to-face employer contacts"),
        gettext_lazy(
            "Face-to-face employer contacts logged this week, with or without an "
            "applicant; not divided by full-time share."
        ),
        lambda found: str(found.visits),
        gettext_lazy("Monday until %(day)s"),
    ),
    _Figure(
        gettext_lazy("Job starts"),
        gettext_lazy("job starts"),
        gettext_lazy(
            "Ordinary jobs, by the unit's own coding, begun by people who were on this "
            "specialist's caseload on the first day. Jobs held at referral are no starts."
        ),
        lambda found: str(found.starts),
        gettext_lazy("the 91 days until %(day)s"),
    ),
    _Figure(
        gettext_lazy("Not met for 28 days"),
        gettext_lazy("people not met for 28 days"),
        gettext_lazy(
            "Active people whose last attended contact, in person, by phone or video, is "
            "more than 28 days ago."
        ),
        lambda found: str(found.silent),
    ),
)


def _specialist_lines(found: Any, day: date) -> list[dict[str, str]]:
    return [
        _line(
            one.label,
            one.value(found),
            one.means,
            one.definition,
            str(one.source) % {"day": day_text(day)},
        )
        for one in OF_A_SPECIALIST
    ]


def _line(
    label: str | Promise,
    value: str,
    means: str | Promise,
    definition: str | Promise,
    source: str,
    measure: str = "",
) -> dict[str, str]:
    return {
        "label": str(label),
        "value": value,
        "means": str(means),
        "definition": str(definition),
        "source": str(source),
        "measure": measure,
    }
