"""Mails about questions: that one waits and where; never about whom, and none of its text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from braid.access import sides
from braid.teamwork.models import Question


def _address(name: str, *args: object) -> str:
    return f"{settings.BRAID_ADDRESS}{reverse(name, args=args)}"


def _mailbox(user: Any) -> str:
    """Return where mail to somebody goes; empty where none is sent."""
    return user.email or "" if settings.BRAID_MAILS else ""


def tell_asked(question: Question) -> None:
    """Tell the one who is asked that a question waits; nobody where it is a whole team."""
    if question.of_staff_id is None:
        return
    for user in sides.people([question.of_staff_id]):
        if not (to := _mailbox(user)):
            continue
        with translation.override(user.language or settings.LANGUAGE_CODE):
            text = _(
                "A question waits for your answer. A few words are enough: %(address)s\n\n"
                "If you are not the one to ask, give it to a colleague there."
            )
            address = _address("teamwork:question", question.pk)
            send_mail(_("A question for you"), text % {"address": address}, None, [to])


def send_link(link: str, to: str) -> bool:
    """Send a link to a question; its code goes another way. Say whether it was sent."""
    if not (settings.BRAID_MAILS and to):
        return False
    text = _(
        "A colleague has one question for you and would be glad of a short answer. You "
        "need no account: %(link)s\n\nThe code to it comes to you another way, by "
        "telephone or text message. The link works once, for two weeks."
    )
    send_mail(_("One question for you"), text % {"link": link}, None, [to])
    return True


def tell_leaders(teams: Iterable[Any], today: date) -> None:
    """Tell whoever leads these teams that a question waits there, once a person."""
    told = {
        to: user
        for team in dict.fromkeys(teams)
        for user in sides.leaders(team, today)
        if (to := _mailbox(user))
    }
    for to, user in told.items():
        with translation.override(user.language or settings.LANGUAGE_CODE):
            text = _(
                "A question between the teams has waited longer than planned and now "
                "stands on the list of the whole team. Perhaps somebody has a minute for "
                "it, or the question went to the wrong place.\n\nBraid: %(address)s"
            )
            address = _address("home")
            send_mail(
                _("A question waits in your team"),
                text % {"address": address},
                None,
                [to],
            )
