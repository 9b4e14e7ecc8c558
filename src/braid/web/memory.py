"""What is remembered of a form: that it was sent, and what was typed and not sent.

Every form that somebody fills in carries a key of its own, by which a second sending is
known. What is typed is kept by a room above, which hands in its `Drafts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django import forms
from django.http import HttpRequest, QueryDict

KEY = "form_key"
TAKE_UP = "draft"  # in the address of a page that shows what was begun
MANY_FIELDS = 5

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form and did not send, and when they last did."""

    fields: Typed
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What a form remembers: its key, where its draft is kept, and one that is there.

    `address` is empty where nothing that is typed is kept. `form` is the address to
    which the form is sent. `offered` is a draft that waits, unless it was `taken_up`.
    """

    key: str = ""
    form: str = ""
    address: str = ""
    away: str = ""
    take_up: str = ""
    offered: Draft | None = None
    taken_up: bool = False


class Drafts(Protocol):
    """Where drafts are kept."""

    def addresses(self) -> tuple[str, str]:
        """Return where a draft is sent to, and where it is thrown away."""

    def address_of(self, request: HttpRequest) -> str:
        """Return the address by which the draft of a page's form is kept."""

    def begun(self, request: HttpRequest, form: str) -> Draft | None:
        """Return what the reader began to type into the form at an address."""


_drafts: list[Drafts] = []


def hand_in(drafts: Drafts) -> None:
    """Take from the room that keeps drafts where they are; the site calls this once."""
    _drafts[:] = [drafts]


def memory_of(request: HttpRequest, form: Any, action: str = "") -> Memory:
    """Return what a form that is shown to somebody signed in remembers.

    A draft that is taken up is put into the form, which is not sent yet.
    """
    user = getattr(request, "user", None)
    match = request.resolver_match
    if user is None or not user.is_authenticated or match is None:
        return Memory()
    if not match.namespace:  # signing in, and what belongs to it
        return Memory()
    key = str(uuid4())
    where = action.partition("?")[0] or _address_of(request)
    if not _drafts or not keeps_drafts(form):
        return Memory(key, where)
    kept, away = _drafts[0].addresses()
    found = None if form.is_bound else _drafts[0].begun(request, where)
    taken_up = found is not None and TAKE_UP in request.GET
    if found is not None and taken_up:
        take_up(form, found.fields)
    return Memory(key, where, kept, away, _taking_up(request), found, taken_up=taken_up)


def _address_of(request: HttpRequest) -> str:
    return _drafts[0].address_of(request) if _drafts else request.path


def _taking_up(request: HttpRequest) -> str:
    """Return the address of this page with what was begun."""
    asked = request.GET.copy()
    asked[TAKE_UP] = "1"
    return f"{request.path}?{asked.urlencode()}"


def keeps_drafts(form: Any) -> bool:
    """Say whether what is typed into a form is worth keeping, and may be kept."""
    wanted: bool | None = getattr(form, "keeps_draft", None)
    if wanted is not None:
        return wanted
    if not isinstance(form, forms.BaseForm):
        return False
    shown = [field.widget for field in form.fields.values() if not _is_hidden(field)]
    if any(isinstance(widget, forms.PasswordInput) for widget in shown):
        return False
    is_long = any(isinstance(widget, forms.Textarea) for widget in shown)
    return is_long or len(shown) >= MANY_FIELDS


def _is_hidden(field: forms.Field) -> bool:
    return field.widget.is_hidden


def take_up(form: forms.BaseForm, typed: Typed) -> None:
    """Put what was typed into a form that was not sent, files left out.

    The version that the form showed comes with it: who changed the record since is told
    when it is sent.
    """
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            continue
        form.initial[name] = field.widget.value_from_datadict(
            data,
            {},
            form.add_prefix(name),
        )
