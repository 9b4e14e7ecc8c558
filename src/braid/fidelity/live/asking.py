"""What a page is asked for: of which unit, which day, which scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, decide
from braid.facts import leaving
from braid.fidelity.live.reading import ANSWERED
from braid.packs import scales
from braid.packs.scale_texts import texts
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.packs.scale_texts import TextPack
    from braid.packs.scales import ScalePack

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit as somebody looks at it: from inside, and perhaps as who looks after it."""

    unit: Team
    is_inside: bool
    oversees: bool

    def known_on(self, today: date) -> date:
        """Return the last day that figures are told of."""
        return leaving.known_on(today, inside=self.is_inside)


def units(actor: Actor) -> list[Team]:
    """Return the units whose figures `actor` may read, of either side, by name."""
    return list(access.units_at_table(actor, Action.READ, Information.STATISTICAL))


def scope(actor: Actor, key: str) -> Scope:
    """Return one of these units by its short name or its id, else answer 404."""
    unit = next((u for u in units(actor) if key in (u.slug, str(u.pk))), None)
    if unit is None:
        raise Http404
    subject = unit.subject(Information.STATISTICAL)
    return Scope(
        unit,
        is_inside=unit.pk in actor.teams,
        oversees=decide(actor, Action.OVERSEE, subject).allowed,
    )


class AskedForm(LaidOut, forms.Form):
    """The day, and the scale."""

    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DayInput())
    scale = forms.ChoiceField(label=gettext_lazy("Scale"), required=False)

    def __init__(self, *args: Any, of: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.latest = of, of.known_on(today)
        scale: Any = self.fields["scale"]
        scale.choices = [(name, said(name).title) for name in sorted(scales.load())]
        self.fields["on"].error_messages["invalid"] = _(
            "This is no day. Write it like 2026-09-30."
        )
        scale.error_messages["invalid_choice"] = _(
            "There is no such scale. Choose one of the list."
        )

    def clean_on(self) -> date:
        """Return the day, the latest where none is given. Refuses what is not told."""
        day: date = self.cleaned_data["on"] or self.latest
        if day > self.latest and self.of.is_inside:
            raise forms.ValidationError(
                _("This day has not come yet. Choose a day until today.")
            )
        if not self.of.is_inside and (
            day > self.latest or (day + timedelta(1)).day != 1
        ):
            raise forms.ValidationError(
                _(
                    "Outside the unit live fidelity is told of the ends of months that "
                    "are over. Choose the last day of one."
                )
            )
        if day < EARLIEST:
            raise forms.ValidationError(
                _("No record goes back so far. Choose a day from 2000 on.")
            )
        return day

    def clean_scale(self) -> str:
        """Return the scale, the usual one where none is given."""
        return self.cleaned_data["scale"] or ANSWERED


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a unit: on which day, by which scale. `form` is as it was filled in."""

    of: Scope
    day: date
    scale: ScalePack
    words: TextPack
    form: AskedForm
    chosen: Mapping[str, str]

    def address(self, name: str, *more: object, **query: str) -> str:
        """Return an address of the unit that keeps the day and the scale."""
        path = address_of(name, self.of.unit.slug, *more)
        wanted = {k: v for k, v in {**self.chosen, **query}.items() if v}
        return f"{path}?{urlencode(wanted)}" if wanted else path


def address_of(name: str, *more: object) -> str:
    """Return an address of live fidelity."""
    return reverse(f"fidelity:{name}", args=more)


def asked(of: Scope, given: Mapping[str, str], today: date) -> Asked:
    """Return what is asked for; the usual in place of what cannot be."""
    filled = {name: given[name] for name in ("on", "scale") if given.get(name)}
    form = AskedForm(filled, of=of, today=today)
    form.is_valid()
    day = form.cleaned_data.get("on") or form.latest
    scale = form.cleaned_data.get("scale") or ANSWERED
    usual = {"on": form.latest.isoformat(), "scale": ANSWERED}
    kept = {"on": day.isoformat(), "scale": scale}
    chosen = {name: kept[name] for name in kept if kept[name] != usual[name]}
    return Asked(of, day, scales.pack(scale), said(scale), form, chosen)


def said(scale: str) -> TextPack:
    """Return the words of a scale in the reader's language."""
    return texts(scale, get_language() or "en")
