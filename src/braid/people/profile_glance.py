"""The career profile in three lines, for the person's page and the own home."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from braid.access.policy import Actor
from braid.people.choices import Section
from braid.people.profile import FIRST_MEETINGS, PARTS
from braid.people.profile_presenters import progress
from braid.people.queries.profile import sections_written
from braid.people.rules import suggested_sections


@dataclass(frozen=True, slots=True)
class Glance:
    """How many sections are touched, what to talk about next, and where."""

    progress: str
    following: tuple[tuple[str, str], ...]
    url: str


def glance(actor: Actor, applicant_id: UUID, goal: str) -> Glance:
    """Return the profile at a glance; `goal` is that of the episode. Two queries.

    Shown by people/profile/on_person.html.
    """
    touched = set(sections_written(actor, applicant_id))
    if goal:
        touched.add(Section.GOAL.value)
    wanted = suggested_sections(touched, FIRST_MEETINGS, list(PARTS))
    return Glance(
        progress(touched),
        tuple(
            (PARTS[one].title, _at(actor, applicant_id, "profile_section", one))
            for one in wanted
        ),
        _at(actor, applicant_id, "profile"),
    )


def _at(actor: Actor, applicant_id: UUID, page: str, *parts: str) -> str:
    if actor.own == applicant_id:
        return reverse(f"people:own_{page}", args=parts)
    return reverse(f"people:{page}", args=[applicant_id, *parts])
