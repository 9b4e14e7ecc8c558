"""What the room benefits keeps about applicants: why, on which basis, how long."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Held
from braid.access.policy import Purpose

TABLES: Mapping[str, Held] = {
    "benefits.counselling": Held(
        _("Benefits counselling"), Purpose.BENEFITS_COUNSELLING
    ),
    "benefits.benefit": Held(
        _("Benefits of the household"), Purpose.BENEFITS_COUNSELLING
    ),
    "benefits.calculation": Held(
        _("What work would change in money"),
        Purpose.BENEFITS_COUNSELLING,
        technical=frozenset({"inputs_hash"}),
    ),
    "benefits.payerquestion": Held(
        _("Questions to who pays benefits"), Purpose.BENEFITS_COUNSELLING
    ),
    "benefits.reportingduty": Held(_("Duties to report"), Purpose.BENEFITS_COUNSELLING),
    "benefits.earningsmonth": Held(
        _("Earnings by month"), Purpose.BENEFITS_COUNSELLING
    ),
}
