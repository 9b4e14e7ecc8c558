"""What employers may know, in words; and the questions of the talk about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.method.disclosure import Limit
from braid.people.choices import AgreedHow
from braid.work.choices import Decision, DisclosureItemKind
from braid.work.queries import Disclosed


@dataclass(frozen=True, slots=True)
class Guide:
    """One step of the talk: a heading, and what to ask or weigh."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisclosedWords:
    """A decision as it is read: whom it is about, how far it goes, and the pieces."""

    one: Disclosed
    employer: str
    decision: str
    pieces: list[tuple[str, str]]
    agreed_how: str
    is_due: bool = False


GUIDE: tuple[tuple[Promise, tuple[Promise, ...]], ...] = (
    (
        gettext_lazy("Before you begin"),
        (
            gettext_lazy("Help with work never depends on what you decide here."),
            gettext_lazy("You can decide differently for each employer."),
            gettext_lazy("You can take it back at any time; it counts at once."),
        ),
    ),
    (
        gettext_lazy("Questions to talk about"),
        (
            gettext_lazy("What would you like an employer to know about you first?"),
            gettext_lazy("Have you told somebody at work before? How did it go?"),
            gettext_lazy("Is there something at work that helps you when it is known?"),
            gettext_lazy("Who at the workplace would know, and who would not?"),
            gettext_lazy("When would be a good time: before, at the start, or later?"),
            gettext_lazy("May your specialist speak with employers, and say what?"),
        ),
    ),
    (
        gettext_lazy("What can speak for telling"),
        (
            gettext_lazy("Your specialist can speak for you and come along."),
            gettext_lazy(
                "You can ask for what you need, such as breaks or other hours."
            ),
            gettext_lazy("You need not hide it, or be afraid that it comes out."),
            gettext_lazy("Somebody knows what to do on a bad day."),
        ),
    ),
    (
        gettext_lazy("What can speak against telling"),
        (
            gettext_lazy("Some people judge, and you cannot make it unknown again."),
            gettext_lazy("It may be passed on to people whom you did not choose."),
            gettext_lazy("You may be watched more closely than others."),
            gettext_lazy("You may not need it: the job can go well without."),
        ),
    ),
    (
        gettext_lazy("Ask about the law of your country"),
        (
            gettext_lazy(
                "May an employer ask about health? Must one answer, and when?"
            ),
            gettext_lazy("Are there jobs for which something must be told?"),
            gettext_lazy("What protects people who tell, and whom can one ask?"),
        ),
    ),
)


def guide() -> list[Guide]:
    """Return the talk, step by step."""
    return [
        Guide(str(title), tuple(str(line) for line in lines)) for title, lines in GUIDE
    ]


def any_employer() -> str:
    return _("Any employer for whom nothing else is decided")


def disclosed_words(
    found: Iterable[Disclosed], due: Iterable[Disclosed] = ()
) -> list[DisclosedWords]:
    """Return decisions in words; `due` are those to be talked about again."""
    again = {one.id for one in due}
    return [
        DisclosedWords(
            one,
            one.employer or any_employer(),
            str(Decision(one.decision).label),
            piece_lines(one.items),
            str(AgreedHow(one.agreed_how).label) if one.agreed_how else "",
            one.id in again,
        )
        for one in found
    ]


def piece_lines(items: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pieces as (what, in which words), in the order of the form."""
    return [
        (str(kind.label), items[kind.value])
        for kind in DisclosureItemKind
        if kind.value in items
    ]


def limit_sentence(limit: Limit) -> str:
    """Say how far one may go with an employer, or why not at all."""
    if limit.decision:
        agreed = Decision(limit.decision).label
        if limit.reason == "own":
            return _("Agreed for this employer: %(agreed)s.") % {"agreed": agreed}
        return _("Agreed for any employer: %(agreed)s.") % {"agreed": agreed}
    if limit.reason == "revoked":
        return _("It was taken back: nothing may be told until it is decided anew.")
    return _("It is not decided yet what this employer may know.")


def revisit_sentence(one: Disclosed, today: date) -> str:
    """Say why it is time to talk about it again, where it is."""
    if one.revisit_on is not None and one.revisit_on <= today:
        return _("Time to talk about it again.")
    return ""
