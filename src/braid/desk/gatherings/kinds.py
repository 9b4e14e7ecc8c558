"""What a meeting of each kind is for, and which parts its page has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.teamwork.choices import GroupPart, MeetingKind


class Part(StrEnum):
    """A part of the page, drawn by the template of that name."""

    AGENDA = "agenda"
    OPEN_MATTERS = "open_matters"
    ATTENDANCE = "attendance"
    PEOPLE = "people"
    OBSERVATION = "observation"
    FIGURES = "figures"
    FIDELITY_PLAN = "fidelity_plan"
    LEADS = "leads"
    COVERS = "covers"
    STARTS = "starts"
    DECISIONS = "decisions"
    NOTES = "notes"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind: what it is for, its parts, and what stands in the evidence line.

    `counts` says what makes a meeting count for the fidelity item that it is evidence of.
    """

    about: Promise
    parts: tuple[Part, ...]
    counts: Promise | str = ""


SHAPES: Mapping[str, Shape] = {
    MeetingKind.VOCATIONAL_UNIT: Shape(
        _(
            "The unit's own week: people, leads, who stands in for whom, what went well."
        ),
        (
            Part.AGENDA,
            Part.ATTENDANCE,
            Part.PEOPLE,
            Part.LEADS,
            Part.COVERS,
            Part.STARTS,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _(
            "A week counts when the unit met with its leader and at least two "
            "specialists."
        ),
    ),
    MeetingKind.SUPERVISION: Shape(
        _(
            "One specialist and the supervisor. Read by these two and the unit's "
            "supervisors, by nobody else."
        ),
        (
            Part.OPEN_MATTERS,
            Part.PEOPLE,
            Part.FIGURES,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _("A week counts when the two sat down together."),
    ),
    MeetingKind.FIELD_MENTORING: Shape(
        _(
            "Out with an employer together. Read by these two and the unit's "
            "supervisors, by nobody else."
        ),
        (
            Part.OPEN_MATTERS,
            Part.OBSERVATION,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _("A quarter counts when the two were in the field together."),
    ),
    MeetingKind.PRACTITIONERS: Shape(
        _(
            "Specialists, insurance physicians, labour experts and caseworkers. About a "
            "person only as far as that person agreed."
        ),
        (
            Part.AGENDA,
            Part.ATTENDANCE,
            Part.PEOPLE,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
    ),
    MeetingKind.JOB_CENTRE: Shape(
        _(
            "The unit and the caseworkers of one job centre. About a person only as far "
            "as that person agreed or a statute says."
        ),
        (
            Part.AGENDA,
            Part.ATTENDANCE,
            Part.PEOPLE,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _("A month counts when the two sides met face to face."),
    ),
    MeetingKind.STEERING: Shape(
        _(
            "Those who answer for IPS on both sides. What it decides reaches the "
            "specialists, and what they raise reaches it."
        ),
        (
            Part.AGENDA,
            Part.ATTENDANCE,
            Part.FIGURES,
            Part.FIDELITY_PLAN,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _(
            "A quarter counts when somebody of the management of the IPS provider or of "
            "mental health was there."
        ),
    ),
    MeetingKind.OUTCOME_REVIEW: Shape(
        _("The unit looks at its outcomes and sets itself goals."),
        (
            Part.AGENDA,
            Part.ATTENDANCE,
            Part.FIGURES,
            Part.DECISIONS,
            Part.NOTES,
            Part.BEFORE,
        ),
        _("A quarter counts when the unit looked at its outcomes together."),
    ),
}

OF_SPECIALIST = frozenset({MeetingKind.SUPERVISION, MeetingKind.FIELD_MENTORING})
# Meetings with an agenda that others fill.
WITH_AGENDA = tuple(kind for kind in SHAPES if kind not in OF_SPECIALIST)
OF_GROUP = frozenset({MeetingKind.STEERING, MeetingKind.PRACTITIONERS})
# Whose work the decisions of a member of a standing group are.
SECTORS: Mapping[str, Sector] = {
    GroupPart.SPECIALIST: Sector.IPS_PROVIDER,
    GroupPart.SUPERVISOR: Sector.IPS_PROVIDER,
    GroupPart.ADMINISTRATION: Sector.IPS_PROVIDER,
    GroupPart.CLINICAL_DIRECTOR: Sector.MENTAL_HEALTH,
    GroupPart.CLINICIAN: Sector.MENTAL_HEALTH,
    GroupPart.JOB_CENTRE: Sector.EMPLOYMENT,
    GroupPart.CASEWORKER: Sector.EMPLOYMENT,
    GroupPart.INSURANCE_PHYSICIAN: Sector.EMPLOYMENT,
    GroupPart.LABOUR_EXPERT: Sector.EMPLOYMENT,
    GroupPart.FUNDER: Sector.FUNDER,
}
