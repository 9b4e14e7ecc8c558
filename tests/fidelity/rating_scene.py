"""A review of North that is being rated: Rui leads, Eve rates beside, Mo moderates.

Ben leads the service and is its contact person.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import time_machine

from braid.access.policy import Actor, Role
from braid.fidelity import commands
from braid.fidelity.commands.rating import Said
from braid.fidelity.models import Review
from tests.cast import SINCE, TODAY, Member, World
from tests.factories.access import MembershipFactory, UserFactory
from tests.factories.facts import SnapshotFactory
from tests.factories.fidelity import RatingFactory, ReviewFactory, SeatFactory

ITEMS = range(1, 26)


@contextmanager
def ticking() -> Iterator[object]:
    """The clock of the other stories, which goes on: versions follow one another."""
    with time_machine.travel(f"{TODAY.isoformat()}T07:00:00+00:00", tick=True):
        yield TODAY


@dataclass
class Scene:
    """The world and its review."""

    world: World
    review: Review

    def actor(self, name: str) -> Actor:
        return getattr(self.world, name).actor

    def rate(self, name: str, item: int = 1, score: int | None = 4, **said) -> None:
        commands.rate(
            actor=self.actor(name), review=self.review, said=Said(item, score, **said)
        )

    def rate_all(self, name: str, score: int = 4, **said) -> None:
        for item in ITEMS:
            self.rate(name, item, score, **said)
        commands.lock(actor=self.actor(name), review=self.review)

    def agree(self, name: str, item: int = 1, score: int | None = 4, **said) -> None:
        given = {"reason": "Seen by both.", **said}
        commands.agree(
            actor=self.actor(name), review=self.review, said=Said(item, score, **given)
        )

    def agree_all(self, name: str, score: int = 4) -> None:
        for item in ITEMS:
            self.agree(name, item, score)

    def step(self, name: str, to: str, day=TODAY) -> None:
        commands.take_step(actor=self.actor(name), review=self.review, to=to, today=day)
        self.review.refresh_from_db()


def a_review(world: World, *, moderated: bool = True, **given) -> Scene:
    """Return a review of North whose ratings are open."""
    world.cast["mo"] = _moderator(world)
    values = {"status": "rating", "snapshot": SnapshotFactory(), "facts_on": TODAY}
    review = ReviewFactory(unit=world.north, **values | given)
    seats = {"rui": "lead", "eve": "reviewer", "ben": "contact"}
    for name, part in {**seats, **({"mo": "moderator"} if moderated else {})}.items():
        SeatFactory(review=review, user=getattr(world, name).user, part=part)
    return Scene(world, review)


def compared(scene: Scene, rui: int = 4, eve: int = 3) -> Scene:
    """Let both rate every item and see each other's ratings."""
    scene.rate_all("rui", rui)
    scene.rate_all("eve", eve)
    scene.step("rui", "consensus")
    return scene


def told(scene: Scene) -> Scene:
    """Let the service read a review in which every item is agreed."""
    compared(scene).agree_all("rui")
    scene.step("mo", "moderated")
    return scene


def an_earlier_review(world: World, day, score: int = 5) -> Review:
    """Return a review of North that is final, with one score for every item."""
    review = ReviewFactory(
        unit=world.north, status="final", facts_on=day, opened_on=day, told_on=day
    )
    for item in ITEMS:
        RatingFactory(review=review, item=item, score=score, stage="final")
    return review


def _moderator(world: World) -> Member:
    """Return somebody of quality assurance, who works outside the unit."""
    user = UserFactory(name="Mo Moderator", email="mo@example.org")
    MembershipFactory(
        user=user,
        team=world.job_centre,
        organisation=world.havnelund,
        role=Role.REVIEWER.value,
        first_day=SINCE,
    )
    actor = Actor(
        id=user.pk,
        role=Role.REVIEWER,
        organisation=world.havnelund.pk,
        teams=frozenset({world.job_centre.pk}),
        name=user.name,
        country="dk",
        day=TODAY,
    )
    return Member(user, actor)


def things_of(world: World) -> dict[str, object]:
    """Return what the pages of ratings are about: a review in each state, and an item.

    Rui leads each; what is agreed of item 1 stands in those that are open.
    """
    made: dict[str, object] = {}
    for name, status in (
        ("rated", "rating"),
        ("compared", "consensus"),
        ("told", "moderated"),
    ):
        day = None if name == "rated" else TODAY
        review = ReviewFactory(
            unit=world.north,
            status=status,
            facts_on=TODAY,
            opened_on=day,
            told_on=day if name == "told" else None,
        )
        SeatFactory(review=review, user=world.rui.user, part="lead")
        if day:
            RatingFactory(
                review=review, seen="«Seen»", recommendation="«Do»", reason="«Why»"
            )
        made[f"{name}_review"] = review.pk
        made[f"{name}_review_item"] = (review.pk, 1)
        made[f"{name}_review_passage"] = (review.pk, "strengths")
    return made
