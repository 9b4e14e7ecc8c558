"""What the room work keeps about applicants and contact persons of employers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information

TABLES: Mapping[str, Held] = {
    "work.contact": Held(_("Meetings and calls")),
    "work.employercontact": Held(_("Contacts with employers for the person")),
    "work.job": Held(_("Jobs and placements")),
    "work.jobterms": Held(_("Hours and pay in jobs")),
    "work.paidwork": Held(_("Paid work")),
    "work.absence": Held(_("Days away from work")),
    "work.employer": Held(
        _("Employers and their contact persons"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.EMPLOYER_CONTACT,
        information=Information.CONTACT_DETAILS,
        retention="staff",
    ),
}
