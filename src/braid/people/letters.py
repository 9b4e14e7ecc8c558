"""What the letter says that a person gets when an episode ends: plain values."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from braid.people.models import Episode
from braid.web.days import day_text


@dataclass(frozen=True, slots=True)
class ExitLetter:
    """The letter at the end of an episode: about the way back, never about why."""

    title: str
    greeting: str
    paragraphs: tuple[str, ...]
    sender: str


def exit_letter(episode: Episode) -> ExitLetter:
    """Return the letter of an episode that has ended, in the language in force."""
    person, unit = episode.applicant, episode.unit
    said = episode.door_open_words.strip() or _(
        "If you want to work again, ring us. You need no referral and no reason."
    )
    until = (
        _("Our help with work ended on %(day)s.")
        % {"day": day_text(episode.exited_on, 0)}
        if episode.exited_on
        else ""
    )
    kept = _("What we wrote down together is still there if you come back.")
    return ExitLetter(
        title=_("The door is open"),
        greeting=_("Dear %(name)s") % {"name": person.given_name},
        paragraphs=tuple(text for text in (until, said, kept) if text),
        sender=unit.name,
    )
