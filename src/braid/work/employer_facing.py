"""What leaves the house towards an employer: the agreed words, and nothing beyond them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import making
from braid.documents.paper import Paper, Part
from braid.kernel.errors import InputFault
from braid.method.disclosure import ITEM_NEEDS, NAME, SUPPORT, Limit
from braid.people.queries import EpisodeRef
from braid.work.commands import must_allow
from braid.work.queries import agreed_for


@dataclass(frozen=True, slots=True)
class EmployerWords:
    """What an employer may be told of somebody: the limit, and the words by piece.

    `name` is empty where the name may not be told.
    """

    limit: Limit
    name: str
    pieces: tuple[tuple[str, str], ...]

    @property
    def says_support(self) -> bool:
        """Say whether the employer may know that a specialist helps."""
        return self.limit.reaches(SUPPORT)

    @property
    def is_about_health(self) -> bool:
        return any(ITEM_NEEDS[item] == "health" for item, _words in self.pieces)


def words_for_employer(
    actor: Actor, episode: EpisodeRef, employer_id: UUID, day: date
) -> EmployerWords:
    """Return what was agreed for an employer on `day`, in its exact words.

    Raises InputFault with the sentence where nobody may speak for the person.
    """
    require(actor, Action.RECORD, episode.subject(Information.HEALTH_AT_WORK))
    limit = agreed_for(actor, episode.id, employer_id, day)
    must_allow(limit, "nothing")
    return EmployerWords(
        limit=limit,
        name=episode.name if limit.reaches(NAME) else "",
        pieces=tuple((item, words) for item, words in limit.items.items() if words),
    )


def letter(
    actor: Actor, episode: EpisodeRef, employer: Any, day: date
) -> tuple[EmployerWords, Paper]:
    """Return a short presentation of somebody, composed of nothing but agreed words.

    Whose name may not be told cannot be presented: raises InputFault. A letter of the
    specialist says that there is one, so below that the person presents themself.
    """
    words = words_for_employer(actor, episode, employer.pk, day)
    if not words.name:
        raise InputFault(
            _(
                "The name may not be told to this employer, so no letter can present "
                "the person. Talk about it again first."
            ),
            reason="no_name",
        )
    unit = employer.unit
    sender = f"{actor.name}, {unit.name}" if words.says_support else words.name
    paper = Paper(
        title=_("Presentation of %(name)s") % {"name": words.name},
        about=((_("To"), employer.name), (_("From"), sender), (_("Date"), str(day))),
        parts=(
            Part(_("About me"), paragraphs=tuple(said for _item, said in words.pieces)),
        ),
        signatures=(sender,),
        language=get_language() or "en",
    )
    return words, paper


def make_letter(
    *, actor: Actor, episode: EpisodeRef, employer: Any, day: date, format: str
) -> making.Made:
    """Make the presentation as a file and keep it with the person's documents."""
    words, paper = letter(actor, episode, employer, day)
    about = (
        Information.HEALTH_AT_WORK if words.is_about_health else Information.WORK_GOALS
    )
    return making.make(
        actor,
        template="presentation",
        format=format,
        applicant_id=episode.applicant_id,
        team=employer.unit,
        kind=about.value,
        title=paper.title,
        values=paper.values(),
        store=True,
        day=day,
    )
