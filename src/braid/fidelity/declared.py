"""What the fidelity room keeps about people: who reviews, who was met, whose records."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.access.declared import Basis, Held, Whom
from braid.access.policy import Information, Purpose

_STAFF = {
    "purpose": Purpose.FIDELITY_REVIEW,
    "basis": Basis.PUBLIC_TASK,
    "whom": Whom.STAFF,
}

TABLES: Mapping[str, Held] = {
    "fidelity.seat": Held(
        _("Who reviews a service"),
        information=Information.ATTENDANCE,
        retention="staff",
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.rating": Held(
        _("Scores of a review, and who gave them"),
        information=Information.STATISTICAL,
        retention="staff",
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.meeting": Held(
        _("Whom reviewers meet"),
        information=Information.ATTENDANCE,
        retention="fidelity_review",
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.evidence": Held(
        _("What reviewers saw and heard"),
        information=Information.CONVERSATION,
        retention="fidelity_review",
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.piece": Held(
        _("What a service brought to a review"),
        information=Information.STATISTICAL,
        retention="fidelity_review",
        technical=frozenset({"sha256", "answered"}),
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.answer": Held(
        _("What a service answers to its scores, and the files that show it"),
        information=Information.STATISTICAL,
        retention="fidelity_review",
        technical=frozenset({"sha256"}),
        **_STAFF,  # type: ignore[arg-type]
    ),
    "fidelity.plannedaction": Held(
        _("Actions of a fidelity plan, and who does them"),
        information=Information.ATTENDANCE,
        retention="staff",
        **_STAFF,  # type: ignore[arg-type]
    ),
}
