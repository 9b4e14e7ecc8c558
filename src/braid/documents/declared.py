"""What the room documents keeps about applicants: why, on which basis, how long."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Held
from braid.access.policy import Information

TABLES: Mapping[str, Held] = {
    "documents.document": Held(
        _("Documents"),
        information=Information.CONVERSATION,
        technical=frozenset({"sha256", "also"}),
    ),
}
