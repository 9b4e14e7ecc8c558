"""What the next specialist finds: read through the other rooms, put on one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from braid.access.policy import Actor
from braid.desk import presenters, queries
from braid.people import queries as people
from braid.people.queries.plans import PlanView, plan_in_force
from braid.work import queries as work
from braid.work.choices import Decision
from braid.work.queries.diary import Slot, appointments_of
from braid.work.queries.disclosure import Disclosed, disclosures, in_force


@dataclass(frozen=True, slots=True)
class Page:
    """A person as one specialist hands them to the next."""

    words: tuple[Any, ...]
    plan: PlanView | None
    jobs: tuple[work.CurrentJob, ...]
    clocks: tuple[Any, ...]
    disclosed: tuple[tuple[str, str, tuple[str, ...]], ...]
    appointments: tuple[Slot, ...]
    step_down: Any


def page_of(actor: Actor, episode: Any, day: date) -> Page:
    """Put the page together; `episode` is one of `people.queries.episodes_of`."""
    row = people.row_of(episode, queries.ENDS)
    course = queries.course(actor, [row], day)
    decided = in_force(disclosures(actor, [episode.pk]), day)
    return Page(
        words=tuple(people.handovers(actor, episode.pk)),
        plan=plan_in_force([episode.pk], day).get(episode.pk),
        jobs=tuple(work.current(course.jobs.get(episode.pk, []), day)),
        clocks=tuple(
            presenters.clock_line(clock, day) for clock in course.clocks[episode.pk]
        ),
        disclosed=tuple(_disclosed(decided)),
        appointments=tuple(appointments_of(actor, [episode.pk], day)),
        step_down=people.latest_step_down(actor, [episode.pk]).get(episode.pk),
    )


def _disclosed(
    decided: Iterable[Disclosed],
) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield each decision in force: for whom, what was decided, and the agreed words."""
    for one in decided:
        whom = one.employer or _("Any other employer")
        if one.revoked_on is not None:
            yield whom, _("taken back; nothing is told"), ()
        else:
            yield whom, str(Decision(one.decision).label), tuple(one.items.values())
