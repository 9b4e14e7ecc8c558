"""The pages about sharing, for both sides: staff of the unit, and the own account.

What differs is who speaks (`Side.own`) and where the pages are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access import agreements, audit, consent, shared
from braid.access import queries as access
from braid.access.agreements import Agreed, Offer
from braid.access.consent import About
from braid.access.consent_rules import longest_until
from braid.access.policy import Action, Actor, Information, Purpose, Subject
from braid.desk.documents import team_of
from braid.desk.sharing import forms, presenters, signatures
from braid.documents import queries as documents
from braid.kernel.errors import InputFault, PackFault
from braid.packs import consents
from braid.packs.consents import ConsentText
from braid.web.pages import add_fault, status_of
from braid.web.responses import go

STAFF = {
    "all": "desk:sharing",
    "give": "desk:sharing_give",
    "entry": "desk:sharing_entry",
    "until": "desk:sharing_until",
    "take_back": "desk:sharing_take_back",
}
OWN = {
    "all": "desk:own_consents",
    "give": "desk:own_consent_give",
    "entry": "desk:own_consent",
    "until": "desk:own_consent_until",
    "take_back": "desk:own_consent_withdraw",
}


@dataclass(frozen=True, slots=True)
class Side:
    """Who looks after whose sharing today, and the texts of the country."""

    actor: Actor
    person: Any
    today: date
    text: ConsentText

    @property
    def own(self) -> bool:
        return self.actor.own is not None

    @property
    def subject(self) -> Subject:
        subject: Subject = self.person.subject()
        return subject

    def address(self, page: str, *keys: Any) -> str:
        """Return where a page of this side is."""
        if self.own:
            return reverse(OWN[page], args=keys)
        first = [self.person.pk] if page in ("all", "give") else []
        return reverse(STAFF[page], args=[*first, *keys])

    def around(self) -> frozenset[UUID]:
        return shared.around(self.person.pk, self.today)

    def asking(self) -> forms.People | None:
        """Return who may have asked; None in the own account, where nobody is named."""
        if self.own:
            return None
        return agreements.who_may_ask(self.around(), self.today)

    def keeper(self) -> Any:
        """Return the team that would hold the picture of a signature, or None."""
        return None if self.own else team_of(self.actor, self.person.pk)

    def take(self, form: Any, step: signatures.Step) -> Any:
        """Do a step of consent, with the picture of its paper if there is one."""
        return signatures.take(
            step,
            form,
            actor=self.actor,
            applicant_id=self.person.pk,
            team=self.keeper(),
            day=self.today,
        )

    def about(self, purpose: Purpose, receiver: UUID) -> About:
        return About(self.subject, purpose, receiver)


def side(actor: Actor, person: Any) -> Side:
    """Return the side on which an actor stands, of somebody whom they may see."""
    return Side(actor, person, timezone.localdate(), agreements.texts(person.subject()))


def language(request: HttpRequest) -> str:
    """Return the language of the wording that was asked for, else that of the page."""
    return request.GET.get("language") or get_language() or "en"


def overview(request: HttpRequest, on: Side) -> dict[str, Any]:
    """Return what is shared, what could be, and the whole ledger."""
    rows = agreements.ledger(on.actor, on.subject)
    present = agreements.present(rows, on.today)
    asked = forms.OnDayForm(request.GET if "on" in request.GET else None)
    audit.record(
        on.actor,
        "own_consents_opened" if on.own else "sharing_opened",
        applicant=on.person.pk,
        information=(Information.IDENTITY,),
        ground="own_record" if on.own else "own_care",
    )
    lines = _lines(on, present)
    waiting = [line for line in lines if on.own and line.waits]
    return {
        "title": _("What I have agreed to") if on.own else _("Sharing"),
        "person": on.person,
        "waiting": waiting,  # the applicant answers these first
        "lines": [line for line in lines if line not in waiting],
        "choices": _choices(on, present),
        "steps": presenters.history(rows, documents.signatures(on.actor, on.person.pk)),
        "day_form": asked,
        "then": _then(rows, asked, on) if asked.is_valid() else None,
        "asked_day": asked.cleaned_data["on"] if asked.is_valid() else None,
        "current_year": on.today.year,
    }


def _lines(on: Side, found: list[Agreed]) -> list[presenters.Line]:
    return presenters.lines(
        found,
        on.text,
        on.today,
        lambda one: give_address(on, one.purpose, one.receiver.pk),
    )


def _choices(on: Side, present: list[Agreed]) -> list[presenters.Choice]:
    """Return what could still be agreed, each with the way to its text."""
    held = {
        (one.purpose, one.receiver.pk) for one in present if one.first_day <= on.today
    }
    return [
        presenters.Choice(
            offer=offer,
            purpose=presenters.purpose(offer.purpose),
            what=presenters.classes(offer.information),
            teams=", ".join(offer.teams),
            url=give_address(on, offer.purpose, offer.receiver.pk),
        )
        for offer in agreements.possible(on.text, on.around())
        if (offer.purpose, offer.receiver.pk) not in held
    ]


def give_address(on: Side, purpose: Purpose, receiver: UUID) -> str:
    query = urlencode({"purpose": purpose.value, "receiver": str(receiver)})
    return f"{on.address('give')}?{query}"


def _then(rows: list[Any], asked: Any, on: Side) -> list[presenters.Line]:
    """Return what held at the end of a day, by what was known then."""
    day: date = asked.cleaned_data["on"]
    end = timezone.make_aware(datetime.combine(day, time.max))
    return _lines(on, agreements.on_day(rows, day, end))


def _offer(request: HttpRequest, on: Side) -> Offer | None:
    """Return what the address names, None where it names nothing that can be agreed."""
    wanted = (request.GET.get("purpose"), request.GET.get("receiver"))
    for offer in agreements.possible(on.text, on.around()):
        if (offer.purpose.value, str(offer.receiver.pk)) == wanted:
            return offer
    return None


def give(request: HttpRequest, on: Side) -> HttpResponse:
    """Give one agreement; without a receiver and a purpose, choose them first."""
    access.require(on.actor, Action.SHARE, on.subject)
    offer = _offer(request, on)
    if offer is None:
        choices = {
            "title": _("A new agreement"),
            "back": on.address("all"),
            "choices": _choices(on, []),
        }
        return render(request, "desk/sharing/choose.html", choices)
    form = _give_form(request, on, offer)

    def save() -> str:
        given = form.cleaned_data
        entry = on.take(
            form,
            lambda taken: consent.give(
                actor=on.actor,
                about=on.about(offer.purpose, offer.receiver.pk),
                information=[Information(one) for one in given["information"]],
                first_day=given.get("first_day", on.today),
                last_day=given["last_day"],
                taken=taken,
                now=timezone.now(),
            ),
        )
        if entry.first_day > max(given.get("first_day", on.today), on.today):
            return _("Kept. It counts after some days to think about it.")
        return _("Agreed. It counts from now on.")

    context: dict[str, Any] = {
        "title": _("A new agreement"),
        "form": form,
        "wording": _wording_of(request, on, offer),
        "tabs": presenters.languages(
            on.text,
            on.text.language(language(request)),
            give_address(on, offer.purpose, offer.receiver.pk),
        ),
        "submit": _("Yes, I agree") if on.own else _("Record the agreement"),
    }
    return _formed(request, on, form, save, "desk/sharing/give.html", context)


def _wording_of(request: HttpRequest, on: Side, offer: Offer) -> presenters.Wording:
    return presenters.wording(
        on.text,
        language(request),
        who=f"{offer.receiver.name} ({', '.join(offer.teams)})",
        what_for=offer.purpose.value,
    )


def _give_form(request: HttpRequest, on: Side, offer: Offer) -> forms.GiveForm:
    chosen = on.text.language(language(request))
    words = on.text.wordings[chosen]
    named: dict[str, str] = dict(words.information.items())
    months = on.text.period_months.value
    return forms.GiveForm(
        *_posted(request),
        people=on.asking(),
        may_keep=on.keeper() is not None,
        language=chosen,
        label=words.labels["information"],
        with_name=offer.purpose != Purpose.IPS_SUPPORT
        and Information.IDENTITY in offer.information,
        information=[
            (one.value, named[one.value])
            for one in offer.information
            if not (one == Information.CONTACT_DETAILS and on.person.secret_address)
        ],
        days=(on.today, longest_until(on.today, months)),
    )


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form takes of a request: values and files, or nothing."""
    if request.method != "POST":
        return None, None
    return request.POST, request.FILES


def find(
    on: Side, entry: Any, *, ends: bool = False
) -> tuple[Agreed, list[Information]]:
    """Return the agreement that an entry gave, and all classes agreed by its key.

    `ends` says that it is taken back. Answers 404 where it holds no more.
    """
    rows = agreements.ledger(on.actor, on.subject, ends=ends)
    same = [
        one
        for one in agreements.present(rows, on.today)
        if (one.purpose.value, one.receiver.pk) == (entry.purpose, entry.receiver_id)
    ]
    given = next((one for one in same if one.entry.pk == entry.pk), None)
    if given is None:
        raise Http404
    agreed = {information for one in same for information in one.information}
    return given, [one for one in Information if one in agreed]


def change_end(request: HttpRequest, on: Side, entry: Any) -> HttpResponse:
    """Move the last day of an agreement: later extends it, earlier narrows it."""
    agreed, held = find(on, entry)
    form = forms.LastDayForm(
        *_posted(request),
        people=on.asking(),
        may_keep=on.keeper() is not None,
        language=on.text.language(language(request)),
        until=max(agreements.extendable_until(agreed, on.text), agreed.last_day),
    )

    def save() -> str:
        day: date = form.cleaned_data["last_day"]
        step: dict[str, Any] = {
            "actor": on.actor,
            "about": on.about(agreed.purpose, agreed.receiver.pk),
            "last_day": day,
            "now": timezone.now(),
        }
        if day < agreed.last_day:
            on.take(
                form,
                lambda taken: consent.narrow(**step, taken=taken, information=held),
            )
        else:
            on.take(form, lambda taken: consent.extend(**step, taken=taken))
        return _("The last day is changed.")

    context: dict[str, Any] = {
        "title": _("Until when"),
        "form": form,
        "line": _lines(on, [agreed])[0],
        "submit": _("Yes, until then") if on.own else _("Record the last day"),
    }
    return _formed(request, on, form, save, "desk/sharing/change.html", context)


def take_back(request: HttpRequest, on: Side, entry: Any) -> HttpResponse:
    """Take an agreement back, whole or in part; it counts at once."""
    agreed, held = find(on, entry, ends=True)
    form = forms.TakeBackForm(
        request.POST or None,
        people=on.asking(),
        language=on.text.language(language(request)),
        information=[(one.value, presenters.classes([one])) for one in held],
    )

    def save() -> str:
        step: dict[str, Any] = {
            "actor": on.actor,
            "about": on.about(agreed.purpose, agreed.receiver.pk),
            "taken": form.taken(),
            "now": timezone.now(),
        }
        kept = [Information(one) for one in form.kept()]
        if kept:
            consent.narrow(**step, information=kept)
        else:
            consent.withdraw(**step)
        return _("Taken back. Nobody there can open it from now on.")

    context = {
        "title": _("Take back an agreement"),
        "form": form,
        "line": _lines(on, [agreed])[0],
        "submit": _("Take it back") if on.own else _("Record that it ends"),
    }
    return _formed(request, on, form, save, "desk/sharing/change.html", context)


def read(request: HttpRequest, on: Side, entry: Any) -> HttpResponse:
    """Show the whole text of an entry, as it was agreed, and how it was taken."""
    agreements.ledger(on.actor, on.subject)  # the policy's answer
    try:
        text = consents.get(entry.text_id, entry.text_version)
    except PackFault:
        text = None
    context = {
        "title": _("What was agreed"),
        "back": on.address("all"),
        "entry": entry,
        "step": presenters.history(
            [entry], documents.signatures(on.actor, entry.applicant_id)
        )[0],
        "wording": text
        and presenters.wording(
            text,
            entry.text_language,
            who=entry.receiver.name,
            what_for=entry.purpose,
            information=entry.information,
        ),
    }
    return render(request, "desk/sharing/entry.html", context)


def _formed(
    request: HttpRequest,
    on: Side,
    form: Any,
    save: Callable[[], str],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form, or save it and go back to what is shared."""
    back = on.address("all")
    if request.method == "POST" and form.is_valid():
        try:
            done = save()
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, done)
            return go(request, back)
    context |= {"back": back, "own": on.own, "current_year": on.today.year}
    return render(request, template, context, status=status_of(form))
