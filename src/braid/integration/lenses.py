"""The two lenses: which measures each shows, between whom, and what their rows tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.choices import TeamKind
from braid.access.policy import Information
from braid.packs import measures

# What a row of a measure tells about a person beside that there is a course.
TELLS: Mapping[str, tuple[Information, ...]] = {
    "int_meetings_held": (),
    "int_colocation_days": (),
    "int_shared_discussed": (Information.ATTENDANCE,),
    "int_questions_answered_by_health": (Information.ATTENDANCE,),
    "int_questions_answered_by_employment": (Information.ATTENDANCE,),
    "int_clinician_referrals": (Information.IDENTITY,),
    "int_clinician_contacts": (Information.ATTENDANCE,),
    "int_plans_seen": (Information.WORK_GOALS,),
    "int_joint_contacts": (Information.ATTENDANCE,),
    "int_decisions_in_time": (Information.ATTENDANCE,),
    "drift_placements": (Information.JOBS,),
    "drift_proposals": (Information.WORK_GOALS,),
    "drift_days_to_employer": (Information.WORK_GOALS,),
    "drift_pre_vocational": (Information.WORK_GOALS,),
    "drift_refusals": (Information.WORK_GOALS,),
    "drift_early_endings": (Information.ATTENDANCE,),
}
ABOUT_NOBODY = frozenset({"int_meetings_held", "int_colocation_days"})
"""Measures of meetings and days: their small numbers hide nobody."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A page of measures: of a unit, and of the teams of a kind that it works with.

    `key` groups its measures by these teams.
    """

    name: str
    title: str | Promise
    question: str | Promise
    prefix: str
    kind: TeamKind
    key: str

    def measures(self) -> list[measures.Measure]:
        """Return the measures that it shows, in their order."""
        known = measures.load()
        return [
            known[name]
            for name in TELLS
            if name.startswith(self.prefix) and name in known
        ]


INTEGRATION = Lens(
    "integration",
    _("Integration"),
    _("Do health and employment act as one?"),
    "int_",
    TeamKind.TREATMENT_TEAM,
    "team_id",
)
DRIFT = Lens(
    "drift",
    _("Drift"),
    _("Where does practice move away from ordinary jobs, and at whose wish?"),
    "drift_",
    TeamKind.JOB_CENTRE,
    "job_centre_id",
)
LENSES = (INTEGRATION, DRIFT)


def of(measure_id: str) -> Lens | None:
    """Return the lens that shows a measure, None where neither does."""
    if measure_id not in TELLS or measure_id not in measures.load():
        return None
    return next(lens for lens in LENSES if measure_id.startswith(lens.prefix))
