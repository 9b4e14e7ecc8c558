"""The figures that a meeting saw, kept as they stood, with what each means.

They are kept in the words of who took them: a meeting's minutes, not a live page.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

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


def _specialist_lines(found: Any, day: date) -> list[dict[str, str]]:
    today = _("on %(day)s") % {"day": day_text(day)}
    per_fte = "–" if found.per_fte is None else number_text(found.per_fte, 1)
    return [
        _line(
            _("Caseload"),
            str(found.people),
            _("people on the caseload"),
            _(
                "People on the caseload with this specialist, seekers and people in "
                "work alike; those not taken on yet, paused or stepped down are left "
                "out."
            ),
            today,
        ),
        _line(
            _("Per full-time post"),
            per_fte,
            _("people per full-time post"),
            _(
                "Caseload divided by the share of full time that the specialist has in "
                "this unit."
            ),
            today,
        ),
        _line(
            _("In work"),
            str(found.in_work),
            _("in paid work"),
            _(
                "Of the caseload, in paid work. Internships without pay, work trials "
                "and volunteering are not counted."
            ),
            today,
        ),
        _line(
            _("Employer contacts"),
            str(found.visits),
            _("face-to-face employer contacts"),
            _(
                "Face-to-face employer contacts logged this week, with or without an "
                "applicant; not divided by full-time share."
            ),
            _("Monday until %(day)s") % {"day": day_text(day)},
        ),
        _line(
            _("Job starts"),
            str(found.starts),
            _("job starts"),
            _(
                "Ordinary jobs, by the unit's own coding, begun by people who were on "
                "this specialist's caseload on the first day. Jobs held at referral are "
                "no starts."
            ),
            _("the 91 days until %(day)s") % {"day": day_text(day)},
        ),
        _line(
            _("Not met for 28 days"),
            str(found.silent),
            _("people not met for 28 days"),
            _(
                "Active people whose last attended contact, in person, by phone or "
                "video, is more than 28 days ago."
            ),
            today,
        ),
    ]


def _line(
    label: str,
    value: str,
    means: str,
    definition: str,
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
