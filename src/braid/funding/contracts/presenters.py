"""How contracts show: a list, words beside one another, and what is filled in."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.funding.contract_words import Passage, Values, passages, use_text, value_text
from braid.funding.contracts.reading import Held
from braid.funding.models import Agreement, Binding
from braid.method.contracts.shape import Contract
from braid.packs.contracts import Parameter, parameters
from braid.web.presenters import State


@dataclass(frozen=True, slots=True)
class Listed:
    """An agreement in the list of contracts."""

    held: Held
    url: str
    pill: str
    state: State


def listed(held: Held) -> Listed:
    """Return an agreement with how much of its contract is not bound."""
    url = reverse("funding:contract", args=[held.agreement.pk])
    if held.file is None:
        return Listed(held, "", _("The contract file is not there"), State.OVERDUE)
    count = len(held.unbound)
    if not count:
        return Listed(held, url, _("All values are filled in"), State.OK)
    told = ngettext("%(count)s value not bound", "%(count)s values not bound", count)
    return Listed(held, url, told % {"count": count}, State.DUE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A parameter of a version: what it stands for, where, and what is filled in.

    `history` are the earlier values, the last first, each in words.
    """

    parameter: Parameter
    use: str
    places: str
    value: str
    is_bound: bool
    row: Binding | None
    history: tuple[tuple[Binding, str], ...]
    url: str


def opened(
    agreement: Agreement, contract: Contract, filled: Sequence[Binding], values: Values
) -> list[Opened]:
    """Return the parameters of a version with all that was ever filled in."""
    found = []
    for name, parameter in parameters(contract).items():
        rows = [row for row in filled if row.parameter == name]
        said = [(row, _said(contract, row, values, parameter)) for row in rows]
        found.append(
            Opened(
                parameter=parameter,
                use=use_text(parameter.use),
                places=", ".join(map(_place, parameter.places)),
                value=said[0][1] if said else _("not bound"),
                is_bound=bool(said),
                row=rows[0] if rows else None,
                history=tuple(said[1:]),
                url=reverse(
                    "funding:contract_value",
                    args=[agreement.pk, contract.version, name],
                ),
            )
        )
    return found


def _said(
    contract: Contract, row: Binding, values: Values, parameter: Parameter
) -> str:
    from braid.packs.contracts.bindings import value_of

    value, _told = value_of(contract, row.parameter, row.value)
    return value_text(value, values, parameter.use)


def _place(path: tuple[str, ...]) -> str:
    """Return where a parameter stands, as the keys of the file say it."""
    return " › ".join(each for each in path if each != "milestones")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of one version; `is_own` where the version beside it does not say it."""

    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage as each version has it: its name and its sentences, by version."""

    title: str
    columns: tuple[tuple[str, tuple[Told, ...]], ...]


def beside(versions: Sequence[Contract], values: Sequence[Values]) -> list[Beside]:
    """Return the passages of versions beside one another, by their anchors."""
    told = [
        {one.anchor: one for one in passages(each, known)}
        for each, known in zip(versions, values, strict=True)
    ]
    names = [file_label(each) for each in versions]
    anchors = _in_order([list(each) for each in told])
    return [_compared(names, [each.get(anchor) for each in told]) for anchor in anchors]


def _in_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return all anchors, those of a later version where they stand in it."""
    merged: list[str] = []
    for names in lists:
        matcher = difflib.SequenceMatcher(None, merged, names, autojunk=False)
        ordered: list[str] = []
        for _tag, a, b, c, d in matcher.get_opcodes():
            ordered += [*merged[a:b], *(n for n in names[c:d] if n not in merged[a:b])]
        merged = list(dict.fromkeys(ordered))
    return merged


def _compared(names: Sequence[str], found: Sequence[Passage | None]) -> Beside:
    title = next(one.title for one in found if one)
    sentences = [one.sentences if one else () for one in found]
    # Where a version says nothing at all of it, its empty column tells that.
    said = [set(each) for each in sentences if each]
    everywhere = set.intersection(*said)
    columns = [
        tuple(Told(text, text not in everywhere) for text in each) for each in sentences
    ]
    return Beside(title, tuple(zip(names, columns, strict=True)))


def file_label(contract: Contract) -> str:
    """Return a version of a contract as tabs name it."""
    return _("Version %(number)s") % {"number": contract.version}
