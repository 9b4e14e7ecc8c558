"""Choosing occupations and industries from their lists, by words or by code.

A search field with what it finds to tick. With scripts the finds come as one types;
without them the button shows them and keeps everything else that was typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.packs import occupations
from braid.packs.occupations import Scheme

OWN_WORDS = "="  # before words that no group has
LONGEST = 150


@dataclass(frozen=True, slots=True)
class Pick:
    """A group that was chosen by its code, or words without one."""

    code: str = ""
    words: str = ""

    @property
    def value(self) -> str:
        """Return what the form sends for it."""
        return self.code or f"{OWN_WORDS}{self.words}"

    def label(self, scheme: Scheme) -> str:
        """Return it in words, in the language in force."""
        if not self.code:
            return self.words
        return occupations.label(scheme, self.code, get_language() or "en")


@dataclass(frozen=True, slots=True)
class Sent:
    """What stands in a picker: what is ticked, and the text being searched for."""

    values: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One line to tick."""

    value: str
    label: str
    note: str = ""
    is_ticked: bool = False


def picked(value: str) -> Pick:
    """Return the pick that a form sent."""
    if value.startswith(OWN_WORDS):
        return Pick(words=value.removeprefix(OWN_WORDS)[:LONGEST])
    return Pick(code=value)


def finds(scheme: Scheme, text: str) -> list[occupations.Group]:
    """Return the groups that a text means, in the language in force."""
    return occupations.find(scheme, text, get_language() or "en")


class Picker(forms.Widget):
    """The search field, and what is ticked and found below it."""

    template_name = "people/picker.html"
    use_fieldset = True

    def __init__(self, scheme: Scheme, *, many: bool, own_words: bool) -> None:
        super().__init__()
        self.scheme, self.many, self.own_words = scheme, many, own_words

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> Sent:
        listed = getattr(data, "getlist", None)
        values = listed(name) if listed else data.get(name, ())
        text = str(data.get(f"{name}_text", ""))[:LONGEST]
        values = [values] if isinstance(values, str) else values
        return Sent(tuple(dict.fromkeys(filter(None, values))), text.strip())

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> bool:
        return name not in data and f"{name}_text" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        sent = _sent(value)
        asked = f"scheme={self.scheme}&name={name}"
        asked += "&many=1" if self.many else ""
        asked += "&own=1" if self.own_words else ""
        context["widget"] |= {
            "text": sent.text,
            "many": self.many,
            "options_id": f"{context['widget']['attrs'].get('id', name)}_options",
            "url": f"{reverse('people:classification')}?{asked}",
            "options": self.options(sent),
            "nothing": self.has_no_find(sent),
        }
        return context

    def options(self, sent: Sent) -> list[Option]:
        """Return what is ticked, then what the text finds, each once."""
        ticked = [
            Option(value, picked(value).label(self.scheme), _note(value), True)
            for value in sent.values
        ]
        found = [
            Option(one.code, one.label, one.code)
            for one in finds(self.scheme, sent.text)
            if one.code not in sent.values
        ]
        own = Pick(words=sent.text).value
        if self.own_words and sent.text and own not in sent.values:
            found.append(Option(own, sent.text, _("in your own words, without a code")))
        if not self.many and ticked:
            found.append(Option("", _("Not known")))
        return ticked + found

    def has_no_find(self, sent: Sent) -> bool:
        """Say whether no group has the words; then they can stay words."""
        return bool(sent.text) and not finds(self.scheme, sent.text)


def _note(value: str) -> str:
    return "" if value.startswith(OWN_WORDS) else value


def _sent(value: Any) -> Sent:
    if isinstance(value, Sent):
        return value
    if isinstance(value, str):
        return Sent((value,) if value else ())
    return Sent(tuple(one.value for one in value or ()))


class PicksField(forms.Field):
    """Any number of groups, and words where no group fits; cleans to picks."""

    many = True
    standing: frozenset[str] = frozenset()  # codes of before, of whatever list

    def __init__(
        self, *, scheme: Scheme, own_words: bool = True, **kwargs: Any
    ) -> None:
        self.scheme, self.own_words = scheme, own_words
        widget = Picker(scheme, many=self.many, own_words=own_words)
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Sent) -> Any:
        given = value if isinstance(value, Sent) else Sent()
        values = self._with_exact(given)
        picks = [picked(one) for one in values]
        for one in picks:
            known = one.code in self.standing or (
                one.code and occupations.group(self.scheme, one.code)
            )
            if not known and not (self.own_words and one.words):
                raise forms.ValidationError(
                    _("This is not in the list. Search for it and tick what you find.")
                )
        if self.required and not picks:
            raise forms.ValidationError(self.error_messages["required"])
        return self.result(picks)

    def result(self, picks: Sequence[Pick]) -> Any:
        """Return what the form gets."""
        return list(picks)

    def _with_exact(self, given: Sent) -> tuple[str, ...]:
        """Add what the text says to the letter; ask where it could mean several.

        A text of which something is ticked has done its work.
        """
        found = finds(self.scheme, given.text) if given.text else []
        offered = {one.code for one in found} | {Pick(words=given.text).value}
        if not given.text or offered.intersection(given.values):
            return given.values
        text = given.text.casefold()
        for one in found:
            if text in (one.code, one.label.casefold()):
                return (*given.values, one.code) if self.many else (one.code,)
        raise forms.ValidationError(
            _("Tick what “%(text)s” means, or empty the search field.")
            % {"text": given.text}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _sent(initial) != _sent(data)


class PickField(PicksField):
    """One group or none; cleans to its code, empty where none is known."""

    many = False

    def __init__(self, *, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(scheme=scheme, own_words=False, **kwargs)

    def result(self, picks: Sequence[Pick]) -> str:
        return picks[-1].code if picks else ""


def let_stand(form: Any, name: str) -> None:
    """Let the code with which a form begins stay: it may come from another list."""
    code = str(form.initial.get(name) or "")
    form.fields[name].standing = frozenset({code} - {""})


class OccupationField(PickField):
    """An occupation of ISCO-08, of four digits or fewer; cleans to its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(scheme="occupation", **kwargs)


class IndustryField(PickField):
    """An industry of ISIC Rev. 4; cleans to its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(scheme="industry", **kwargs)


def labels(scheme: Scheme, picks: Iterable[Pick]) -> list[str]:
    """Return picks in words, in the language in force."""
    return [one.label(scheme) for one in picks]
