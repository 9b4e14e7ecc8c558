"""What the room teamwork keeps about staff: who was at which meeting."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information

TABLES: Mapping[str, Held] = {
    "teamwork.attendance": Held(
        _("Who was at meetings"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.STAFF,
        information=Information.ATTENDANCE,
        retention="staff",
    ),
}
