"""Whether an invoice as XML holds: the UBL 2.1 schema, then rules by their published ids.

Everything is looked at offline. The schema is that of OASIS; the rules are written anew
from the published lists of EN 16931 and Peppol BIS Billing 3.0, as far as an invoice of
claims can meet them. They stand beside a receiver's own check, not in its place: rules of
single countries and most code lists are not among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from braid.funding.invoices.checking import sums, terms
from braid.funding.invoices.checking.sheet import RULES, Paper

SCHEMA = "UBL-2.1"
MOST_SCHEMA_FAULTS = 20
MODULES = (terms, sums)
"""Where the rules stand: loading them is what puts them into RULES."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that an invoice breaks, by its published id, and what to do."""

    rule: str
    message: str


def check(data: bytes) -> tuple[Finding, ...]:
    """Return what is wrong with an invoice in XML, the schema first; nothing is well."""
    return (*_of_schema(data), *_of_rules(data))


def _of_schema(data: bytes) -> Iterator[Finding]:
    from peppol import validate_xsd  # loads a schema of two megabytes

    _ok, faults = validate_xsd(data)
    for fault in faults[:MOST_SCHEMA_FAULTS]:
        yield Finding(SCHEMA, str(fault))


def _of_rules(data: bytes) -> Iterator[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        paper = Paper(etree.fromstring(data, parser))
    except etree.XMLSyntaxError:
        return
    for rule in RULES:
        if not rule.holds(paper):
            yield Finding(rule.id, str(rule.about))


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Return findings as sentences with their rules."""
    return [
        _("%(rule)s: %(message)s") % {"rule": one.rule, "message": one.message}
        for one in findings
    ]
