"""What figures about equal access are grouped by: each key, its answers, who reads it.

Nothing is compulsory, nothing is decided by an answer, and nobody guesses one: what
was not told is not there, and "rather not" is an answer of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import Characteristics as Key

RATHER_NOT = "rather_not"
Choices = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A question, its answers by code, and the class of information it is read as."""

    kind: Information
    answers: Choices

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The answers, to hold one's tongue being the last but one."""
        return [
            *self.answers.items(),
            (RATHER_NOT, _("rather not say")),
            ("", _("not asked")),
        ]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a form shows or holds it, and the version that it showed (0: none)."""

    text: str
    version: int


GROUPS: Mapping[Key, Group] = {
    Key.DIAGNOSIS_GROUP: Group(
        Information.HEALTH_AT_WORK,
        {
            "psychosis": _("psychosis"),
            "bipolar": _("bipolar disorder"),
            "depression": _("depression"),
            "anxiety": _("anxiety or trauma"),
            "personality": _("personality disorder"),
            "other": _("another one"),
        },
    ),
    Key.BENEFIT_AT_ENTRY: Group(
        Information.BENEFITS,
        {
            "none": _("none"),
            "unemployment": _("unemployment benefit"),
            "sickness": _("sickness benefit"),
            "disability": _("disability pension or benefit"),
            "social_assistance": _("social assistance"),
            "other": _("another one"),
        },
    ),
    Key.PRIOR_WORK: Group(Information.JOBS, {"yes": _("yes"), "no": _("no")}),
    Key.ORIGIN: Group(
        Information.CONVERSATION,
        {
            "native": _("from this country"),
            "parents_abroad": _("both parents came from abroad"),
            "abroad": _("came from abroad"),
        },
    ),
    Key.DISTANCE_BAND: Group(
        Information.CONTACT_DETAILS,
        {
            "under_30_min": _("less than 30 minutes"),
            "30_60_min": _("30 to 60 minutes"),
            "over_60_min": _("more than an hour"),
        },
    ),
    Key.EDUCATION_LEVEL: Group(
        Information.WORK_GOALS,
        {
            "school": _("school"),
            "vocational": _("vocational training"),
            "higher": _("higher education"),
        },
    ),
}
