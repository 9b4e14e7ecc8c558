"""What the room people keeps about applicants: why, on which basis, how long."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from braid.access import secrets, subject_keys
from braid.access.declared import Basis, Held, Part
from braid.access.policy import Information, Purpose
from braid.access.subject_keys import KeyDestroyed


def _note(row: Any) -> str:
    try:
        return subject_keys.unseal(row.applicant_id, row.sealed_text).decode()
    except KeyDestroyed:
        return gettext("The key of this note was destroyed; nobody can read it.")


def _number(row: Any) -> str:
    return secrets.decrypt(row.value_encrypted)


TABLES: Mapping[str, Held] = {
    "people.applicant": Held(_("The person"), basis=Basis.PUBLIC_TASK),
    "people.identifier": Held(
        _("National and client numbers"),
        basis=Basis.LEGAL_DUTY,
        technical=frozenset({"value_hash", "masked"}),
        opened={"value_encrypted": _number},
    ),
    "people.episode": Held(
        _("The course in IPS"),
        parts={
            name: Part(basis=Basis.PUBLIC_TASK)
            for name in ("goal", "goal_seen_on", "at_referral")
        },
    ),
    "people.episodeentry": Held(_("Steps of the course in IPS")),
    "people.caseloadspell": Held(_("Specialists")),
    "people.treatmentspell": Held(_("Treatment teams")),
    "people.caseworkspell": Held(_("Job centre")),
    "people.characteristic": Held(
        _("Groups for figures about equal access"), technical=frozenset({"kind"})
    ),
    "people.residence": Held(_("Areas of residence")),
    "people.refusal": Held(_("Referrals that did not go on")),
    "people.note": Held(_("Notes")),
    "people.treatmentnote": Held(
        _("Notes of the treatment team"),
        Purpose.TREATMENT,
        opened={"sealed_text": _note},
    ),
    "people.profileanswer": Held(_("Career profile"), technical=frozenset({"kind"})),
    "people.pastjob": Held(_("Jobs before IPS")),
    "people.profileupdate": Held(_("Changes of the career profile")),
    "people.searchplan": Held(_("Search plans")),
    "people.planseen": Held(_("Treatment teams that have seen a search plan")),
    "people.plantarget": Held(_("What a search plan looks for")),
    "people.planaction": Held(_("Who does what by when")),
    "people.stepdownplan": Held(_("Step-down plans")),
    "people.handover": Held(_("Handovers between specialists")),
    "people.enquiry": Held(_("Wishes to work from outside"), basis=Basis.PUBLIC_TASK),
    "people.ownwords": Held(_("Own words"), Purpose.OWN_AFFAIRS, basis=Basis.CONSENT),
    "people.ownwords_readers": Held(
        _("Who may read the own words"),
        Purpose.OWN_AFFAIRS,
        Basis.CONSENT,
        information=Information.CONVERSATION,
    ),
}
