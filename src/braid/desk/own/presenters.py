"""What the applicant's own pages say, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.access.choices import NoticeKind, RequestState
from braid.packs import jurisdictions
from braid.people.choices import HowItGoes
from braid.people.own_queries import Around, Words
from braid.web.presenters import State
from braid.work.choices import Disclosure
from braid.work.queries import OwnJob


@dataclass(frozen=True, slots=True)
class Told:
    """Something the applicant is told: when, in one sentence, and where to read more."""

    key: Any
    at: Any
    sentence: str
    url: str
    link: str


# What is said, which page says more, and how the way there is called.
_NOTICES: dict[str, tuple[Promise, str, Promise]] = {
    NoticeKind.GLASS_BROKEN: (
        gettext_lazy(
            "Somebody from %(who)s opened your page in an emergency. It is looked into."
        ),
        "desk:own_looked",
        gettext_lazy("See who it was"),
    ),
    NoticeKind.BLOCK_SET_ASIDE: (
        gettext_lazy(
            "In an emergency, two people from %(who)s let somebody in whom you have "
            "blocked, for a short time."
        ),
        "desk:own_blocks",
        gettext_lazy("See whom you have blocked"),
    ),
    NoticeKind.CONSENT_ASKED: (
        gettext_lazy("%(who)s would like to see something about you. You decide."),
        "desk:own_consents",
        gettext_lazy("Look at it"),
    ),
    NoticeKind.CONSENT_ENDS: (
        gettext_lazy(
            "What you agreed to share with %(who)s ends soon. You decide whether it "
            "goes on."
        ),
        "desk:own_consents",
        gettext_lazy("Look at it"),
    ),
    NoticeKind.REQUEST_ANSWERED: (
        gettext_lazy("%(who)s has answered what you asked for."),
        "desk:own_requests",
        gettext_lazy("Read the answer"),
    ),
    NoticeKind.DISCLOSED: (
        gettext_lazy("%(who)s passed on something about you, because the law says so."),
        "desk:own_looked",
        gettext_lazy("See what it was"),
    ),
}


def told(notices: Iterable[Any]) -> list[Told]:
    """Return notices in plain sentences."""
    found = []
    for notice in notices:
        sentence, page, link = _NOTICES[notice.kind]
        who = notice.organisation.name if notice.organisation else _("Somebody")
        found.append(
            Told(
                notice.pk,
                notice.at,
                sentence % {"who": who},
                address_of(page),
                str(link),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody around the applicant, with the word that the country has for them."""

    person: Around
    word: str
    does: str

    @property
    def where(self) -> str:
        """Return team and organisation, one name once."""
        names = dict.fromkeys((self.person.team, self.person.organisation))
        return " · ".join(name for name in names if name)

    @property
    def email_parts(self) -> tuple[str, str]:
        """Return the address with its sign and the domain: a line breaks there."""
        name, sign, domain = self.person.email.partition("@")
        return name + sign, domain


_DOES: dict[str, Promise] = {
    "specialist": gettext_lazy("Helps you to find a job and to keep it."),
    "clinician": gettext_lazy("Is there for your treatment."),
    "caseworker": gettext_lazy("Decides about benefits and offers."),
}


def helpers(around: Iterable[Around], country: str) -> list[Helper]:
    """Return the people around, each with the country's word for their part."""
    pack, language = jurisdictions.of_country(country), get_language() or "en"
    return [
        Helper(
            one,
            pack.role_word(one.role, language) or "",
            str(_DOES[one.role]),
        )
        for one in around
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """Own words with who may read them, in a sentence."""

    words: Words
    mood: str
    for_whom: str


def said(words: Iterable[Words]) -> list[Said]:
    """Return own words as their writer reads them."""
    return [
        Said(
            one,
            str(HowItGoes(one.mood).label) if one.mood else "",
            _("%(teams)s can read this.") % {"teams": ", ".join(one.readers)}
            if one.readers
            else _("Only you can read this."),
        )
        for one in words
    ]


_EMPLOYER_KNOWS: dict[str, Promise] = {
    Disclosure.NONE: gettext_lazy("They were told nothing about your support."),
    Disclosure.SUPPORT_ONLY: gettext_lazy("They know that somebody supports you."),
    Disclosure.HEALTH: gettext_lazy("They know about your health."),
    "": gettext_lazy("It is not written down what they know about you."),
}


def employer_knows(job: OwnJob) -> str:
    """Say what an employer was told."""
    return str(_EMPLOYER_KNOWS[job.told])


STATES: dict[str, State] = {
    RequestState.RECEIVED: State.INFO,
    RequestState.UNDER_WAY: State.SOON,
    RequestState.DONE: State.OK,
    RequestState.REFUSED: State.DUE,
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a page, with what stands there."""

    url: str
    label: str
    about: str
    icon: str


def ways() -> list[Way]:
    """Return the pages on which the applicant looks after what is known about them."""
    offered = (
        (
            "desk:own_who_sees",
            _("Who can see what"),
            _("In plain words, one by one."),
            "eye",
        ),
        (
            "desk:own_consents",
            _("What I have agreed to"),
            _("Say yes or no, and change your mind."),
            "check-circle",
        ),
        (
            "desk:own_looked",
            _("Who has looked"),
            _("Who opened something about you, when and why."),
            "clock-history",
        ),
        (
            "desk:own_blocks",
            _("Whom I have blocked"),
            _("For them you are not here at all."),
            "eye-slash",
        ),
        (
            "desk:own_documents",
            _("My documents"),
            _("Open them, or bring one."),
            "file-earmark-text",
        ),
        (
            "desk:own_export",
            _("Take my data with me"),
            _("Everything about you, as files."),
            "download",
        ),
        (
            "desk:own_requests",
            _("Ask for something"),
            _("Something is wrong, should be erased or not be used."),
            "question-circle",
        ),
        (
            "desk:own_end",
            _("Close my page"),
            _("You cannot sign in any more. Nothing is erased by it."),
            "x-circle",
        ),
    )
    return [
        Way(url, label, about, icon)
        for name, label, about, icon in offered
        if (url := address_of(name))
    ]


def address_of(name: str) -> str:
    """Return the address of a page, nothing where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
