"""What the room work keeps about applicants and contact persons of employers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information, Purpose

TABLES: Mapping[str, Held] = {
    "work.contact": Held(_("Meetings and calls")),
    "work.employercontact": Held(_("Contacts with employers for the person")),
    "work.job": Held(_("Jobs and placements")),
    "work.jobterms": Held(_("Hours and pay in jobs")),
    "work.paidwork": Held(_("Paid work")),
    "work.absence": Held(_("Days away from work")),
    "work.disclosuredecision": Held(_("What employers may be told")),
    "work.disclosureitem": Held(_("Pieces of information for employers")),
    "work.application": Held(_("Applications and interviews")),
    "work.appointment": Held(_("Appointments")),
    "work.jobsupportplan": Held(_("Support plans of jobs")),
    "work.plannedsupport": Held(_("Planned support in jobs")),
    "work.support": Held(_("Support given in jobs")),
    "work.jobproblem": Held(_("What was hard in jobs")),
    "work.jobendreview": Held(_("What was learned from jobs that ended")),
    "work.evidence": Held(
        _("Papers that were seen, and about which days"),
        technical=frozenset({"sha256", "consent_id"}),
    ),
    "work.education": Held(_("Education")),
    "work.timeentry": Held(
        _("Working time"),
        Purpose.ADMINISTRATION,
        whom=Whom.STAFF,
        information=Information.STATISTICAL,
        retention="staff",
    ),
    "work.employer": Held(
        _("Employers and their contact persons"),
        basis=Basis.PUBLIC_TASK,
        whom=Whom.EMPLOYER_CONTACT,
        information=Information.CONTACT_DETAILS,
        retention="staff",
    ),
}
