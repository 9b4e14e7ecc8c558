"""What the room teamwork keeps: who was at which meeting, tasks, and put off clocks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information, Purpose
from braid.teamwork.sealing import opened

TABLES: Mapping[str, Held] = {
    "teamwork.task": Held(_("Tasks")),
    "teamwork.snooze": Held(_("Reminders that were put off")),
    "teamwork.discussion": Held(_("What was talked about at meetings")),
    "teamwork.question": Held(
        _("Questions between the two sides"),
        technical=frozenset({"kind"}),
        opened={
            "sealed_text": lambda row: opened(row.about, row.sealed_text),
            "sealed_answer": lambda row: opened(row.about, row.sealed_answer),
        },
    ),
    "teamwork.answerlink": Held(
        _("Links to a question"), technical=frozenset({"link_hash", "code_hash"})
    ),
    "teamwork.proposal": Held(_("What was proposed instead of a job")),
    "teamwork.notyetreferred": Held(
        _("People whom a treatment team wants to ask about work"), Purpose.TREATMENT
    ),
    "teamwork.groupmember": Held(
        _("Members of standing groups"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.IDENTITY,
        retention="staff",
    ),
    "teamwork.cover": Held(
        _("Who stands in for whom"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
    "teamwork.observation": Held(
        _("Field mentoring"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
    "teamwork.told": Held(
        _("Who has seen a decision"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
    "teamwork.attendance": Held(
        _("Who was at meetings"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
}
