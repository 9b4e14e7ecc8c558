"""The generated parts of the reference of contracts."""

from collections.abc import Callable
from typing import Any

from tests.house.page_tables import table


def contract_keys() -> str:
    """The keys of a contract file and of a milestone, with what they mean."""
    from braid.method.contracts import shape
    from braid.packs.contracts import keys

    parts = []
    for heading, part, about in (
        ("Keys of a file", shape.Contract, keys.OF_A_FILE),
        ("Keys of a milestone", shape.Milestone, keys.OF_A_MILESTONE),
    ):
        rows = [
            (f"`{key.name}`", about[key.name], key.stands, _without(key))
            for key in keys.keys_of(part)
        ]
        heads = ("Key", "Meaning", "What stands there", "Without it")
        parts.append(f"### {heading}\n\n{table(heads, rows)}")
    return "\n".join(parts)


def _without(key: Any) -> str:
    return "a fault" if key.is_required else key.default


def contract_parts() -> str:
    """The smaller parts of a contract file."""
    from braid.packs.contracts import keys

    parts = []
    for part in keys.PARTS:
        title = keys.stands(part).removeprefix("mapping: ").capitalize()
        rows = [
            (f"`{key.name}`", key.stands, _without(key)) for key in keys.keys_of(part)
        ]
        about = " ".join((part.__doc__ or "").split())
        heads = ("Key", "What stands there", "Without it")
        parts.append(f"### {title}\n\n{about}\n\n{table(heads, rows)}")
    return "\n".join(parts)


def contract_words() -> str:
    """The closed vocabulary of conditions."""
    from braid.method.contracts.vocabulary import WORDS

    rows = []
    for word in WORDS.values():
        given = [
            f"`{name}`" + (f" ({', '.join(each.choices)})" if each.choices else "")
            for name, each in word.arguments.items()
        ]
        if word.comparison == "required":
            given.append(f"a comparison, in {word.unit}")
        read = ", ".join(f"`{name}`" for name in word.tables)
        rows.append((f"`{word.name}`", word.about, "; ".join(given), read))
    return table(("Word", "Holds when", "Is given", "Reads"), rows)


CONTRACTS: dict[str, Callable[[], str]] = {
    "contract-keys": contract_keys,
    "contract-parts": contract_parts,
    "contract-words": contract_words,
}
