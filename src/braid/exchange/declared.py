"""What the room exchange keeps about applicants: where a row came from."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held
from braid.access.policy import Information, Purpose

TABLES: Mapping[str, Held] = {
    "exchange.importedrow": Held(
        _("Rows of files that the record came from"),
        Purpose.IPS_SUPPORT,
        Basis.PUBLIC_TASK,
        information=Information.IDENTITY,
        technical=frozenset(
            {"fingerprint", "values_hash", "occurrence", "parts_removed"}
        ),
    ),
    "exchange.importfile": Held(
        _("Files that were brought"),
        Purpose.IPS_SUPPORT,
        Basis.PUBLIC_TASK,
        "brought_file",
        information=Information.IDENTITY,
        technical=frozenset({"sha256"}),
    ),
    "exchange.importbatch": Held(
        _("Imports and what was answered about their rows"),
        Purpose.IPS_SUPPORT,
        Basis.PUBLIC_TASK,
        "brought_file",
        information=Information.IDENTITY,
        technical=frozenset({"plan_hash", "planned_from"}),
    ),
    "exchange.keptanswer": Held(
        _("Answers about rows that come again"),
        Purpose.IPS_SUPPORT,
        Basis.PUBLIC_TASK,
        "brought_file",
        information=Information.IDENTITY,
        technical=frozenset({"fingerprint"}),
    ),
}
