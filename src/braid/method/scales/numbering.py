"""Which item a row of ratings is about: overall numbers, or numbers within sections.

Printed forms begin each section with 1 again. Either way is taken, never a mixture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from braid.kernel.errors import InputFault
from braid.method.scales.shape import Item, Scale

LABEL = re.compile(r"(?:item\s*)?(?:([a-z]+)[\s.:_-]*)?([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Row:
    """A rating as a form gives it: the item's label, a section beside it, the score."""

    label: str
    score: object
    section: str = ""


def placed(scale: Scale, rows: Sequence[Row]) -> list[object]:
    """Return the scores in item order.

    Labels are overall numbers (`12`, `item 12`), or numbers within sections: the section
    beside or before them (`services 1`), or bare ones that begin anew as on the form.
    Raises: InputFault (`numbering_mixed`, `item_unknown`, `item_twice`,
    `wrong_item_count`).
    """
    read = [_read(scale, row) for row in rows]
    with_section = [bool(section) for section, _number in read]
    if any(with_section) and not all(with_section):
        raise _mixed()
    if any(with_section):
        items = [_in_section(scale, section, number) for section, number in read]
    else:
        items = _bare(scale, [number for _section, number in read])
    numbers = [item.no for item in items]
    for no in numbers:
        if numbers.count(no) > 1:
            raise InputFault(
                f"Item {no} is rated twice. Keep one of them.",
                field="item",
                reason="item_twice",
            )
    scores = dict(zip(numbers, (row.score for row in rows), strict=True))
    missing = [item.no for item in scale.items if item.no not in scores]
    if missing:
        raise InputFault(
            f"'{scale.id}' has {len(scale.items)} items; {len(scores)} are there. Missing "
            f"are {', '.join(map(str, missing))}: give them, empty where insufficient.",
            field="item",
            reason="wrong_item_count",
        )
    return [scores[item.no] for item in scale.items]


def _read(scale: Scale, row: Row) -> tuple[str, int]:
    found = LABEL.fullmatch(row.label.strip().casefold())
    if not found:
        raise _unknown(scale)
    said = [each for each in (found[1], row.section.strip().casefold()) if each]
    return said[0] if said else "", int(found[2])


def _in_section(scale: Scale, said: str, number: int) -> Item:
    """Return an item by its section, whose name may be cut short, and its number there."""
    sections = [each.id for each in scale.sections if each.id.startswith(_spelt(said))]
    if len(sections) != 1:
        raise _unknown(scale)
    for item in scale.items:
        if (item.section, item.section_no) == (sections[0], number):
            return item
    raise _unknown(scale)


def _spelt(said: str) -> str:
    return said.replace("organis", "organiz")


def _bare(scale: Scale, numbers: Sequence[int]) -> list[Item]:
    """Return the items of bare numbers: overall, or those of the form from its top."""
    if [item.section_no for item in scale.items] == list(numbers):
        return list(scale.items)
    known = {item.no: item for item in scale.items}
    if any(number not in known for number in numbers):
        raise _unknown(scale)
    begins = [n for n, number in enumerate(numbers) if number == 1]
    if len(begins) > 1:
        raise InputFault(
            "Item 1 stands in several rows: it is rated twice, or items are numbered "
            "within sections and some are missing. Keep one of them, or name the section "
            "beside each row.",
            field="item",
            reason="numbering_mixed",
        )
    return [known[number] for number in numbers]


def _unknown(scale: Scale) -> InputFault:
    names = ", ".join(f"{each.id} 1" for each in scale.sections)
    return InputFault(
        f"An item of '{scale.id}' is a number from 1 to {len(scale.items)}, or a section "
        f"and a number within it: {names}.",
        field="item",
        reason="item_unknown",
    )


def _mixed() -> InputFault:
    return InputFault(
        "Items are numbered in two ways: overall and within sections. Use one of them "
        "throughout.",
        field="item",
        reason="numbering_mixed",
    )
