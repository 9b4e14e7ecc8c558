"""Hold XML against the schemas of the standard; they lie beside this file."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from braid.voices.opening import SAFELY

FOLDER = Path(__file__).parent / "schemas"
PROJECT, CODEBOOK = "Project", "CodeBook"
NAMESPACES = {
    PROJECT: "urn:QDA-XML:project:1.0",
    CODEBOOK: "urn:QDA-XML:codebook:1.0",
}
_FILES = {PROJECT: "Project-v1.0.xsd", CODEBOOK: "Codebook-v1.0.xsd"}
MOST_FAULTS = 20
_NAMED = re.compile(r"Element '(?:\{[^}]*\})?(\w+)'")


def faults(xml: bytes, kind: str) -> tuple[str, ...]:
    """Return where XML breaks the schema of a kind: a line, an element, the rule by name.

    What the element says is left out: it may be somebody's words.
    """
    schema = _schema(kind)
    root = etree.fromstring(xml, etree.XMLParser(**SAFELY))
    if schema.validate(root):
        return ()
    return tuple(
        dict.fromkeys(
            f"{each.line}: {_element(each)}: {each.type_name.removeprefix('SCHEMAV_')}"
            for each in schema.error_log
        )
    )[:MOST_FAULTS]


def _element(error: Any) -> str:
    found = _NAMED.match(str(error.message))
    return found[1] if found else "?"


@lru_cache
def _schema(kind: str) -> Any:
    return etree.XMLSchema(etree.parse(str(FOLDER / _FILES[kind])))
