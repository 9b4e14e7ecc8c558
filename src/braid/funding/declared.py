"""What the funding room keeps about people: pseudonyms, and what funders decided.

Claims, runs and invoices are about nobody: cases stand in them under a pseudonym, and
the link to a person goes with the person's record.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held
from braid.access.policy import Purpose

TABLES: Mapping[str, Held] = {
    "funding.case": Held(
        _("Pseudonyms towards funders"),
        purpose=Purpose.FUNDING,
        basis=Basis.PUBLIC_TASK,
        technical=frozenset({"person_token"}),
    ),
    "funding.funderevent": Held(
        _("What funders decided or were sent"),
        purpose=Purpose.FUNDING,
        basis=Basis.PUBLIC_TASK,
    ),
}
