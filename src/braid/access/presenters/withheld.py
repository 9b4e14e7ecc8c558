"""Why something is not shown, in one sentence: what kind, why, and whom to ask."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.choices import InformationChoice, PurposeChoice, RoleChoice
from braid.access.policy import Actor, Information
from braid.access.presenters.audience import classes
from braid.access.sight import Sight, Why

SENTENCES: dict[Why, Promise] = {
    Why.RESTRICTED: _(
        "You do not see %(what)s: the record is kept, but must not be used for now; "
        "%(whom)s can tell you more."
    ),
    Why.NEVER_ROLE: _(
        "You do not see %(what)s: it is never shown to this role (%(role)s), whatever "
        "is agreed."
    ),
    Why.NEVER_PURPOSE: _(
        "You do not see %(what)s: it never serves this purpose (%(purpose)s), whatever "
        "is agreed."
    ),
    Why.OWN_CARE_ONLY: _(
        "You do not see %(what)s: only those who have the person in their own care do; "
        "ask %(whom)s."
    ),
    Why.HIDDEN_ADDRESS: _(
        "You do not see %(what)s: the address is secret, whatever is agreed; "
        "ask %(whom)s."
    ),
    Why.NOT_AROUND: _(
        "You do not see %(what)s: your team does not work with this person at present; "
        "ask %(whom)s."
    ),
    Why.OTHER_PURPOSE: _(
        "You do not see %(what)s: sharing it with your organisation is agreed for "
        "another purpose, not for this one (%(purpose)s); ask %(whom)s."
    ),
    Why.NOT_AGREED: _(
        "You do not see %(what)s: sharing it with your organisation is not agreed; "
        "ask %(whom)s."
    ),
}


def withheld(actor: Actor, information: Information, sight: Sight, whom: str) -> str:
    """Return the sentence for a class that is not shown; empty where nothing is said.

    `whom` is who can be asked: the specialist and the unit.
    """
    if sight.why is None:
        return ""
    return _sentence(actor, sight.why, str(InformationChoice(information).label), whom)


def withheld_lines(
    actor: Actor, seen: Mapping[Information, Sight], whom: str
) -> list[str]:
    """Return one sentence for each reason, with all the classes that it keeps back."""
    kept: dict[Why, list[Information]] = {}
    for information, sight in seen.items():
        if sight.why is not None:
            kept.setdefault(sight.why, []).append(information)
    return [_sentence(actor, why, classes(those), whom) for why, those in kept.items()]


def _sentence(actor: Actor, why: Why, what: str, whom: str) -> str:
    return str(SENTENCES[why]) % {
        "what": what,
        "role": RoleChoice(actor.role).label,
        "purpose": PurposeChoice(actor.works_at).label,
        "whom": whom,
    }
