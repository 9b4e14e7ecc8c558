"""What the room teamwork keeps: who was at which meeting, tasks, and put off clocks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information

TABLES: Mapping[str, Held] = {
    "teamwork.task": Held(_("Tasks")),
    "teamwork.snooze": Held(_("Reminders that were put off")),
    "teamwork.attendance": Held(
        _("Who was at meetings"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
}
