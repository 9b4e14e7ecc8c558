"""What `braid roster` prints for people: short, and what to do next."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.exchange import fields
from braid.exchange.difference_lines import outcome_label
from braid.exchange.differences import Differences
from braid.exchange.fields import field_name, value_words
from braid.exchange.labels import field_label, kind_label
from braid.exchange.presenters import sentence, where
from braid.exchange.roster.plan import Finding, Plan
from braid.exchange.roster.wording import Sentence
from braid.exchange.shell.figure_texts import show_figures

SHOWN = 5
RECORDS = {
    "applicants": gettext_lazy("people"),
    "referrals": gettext_lazy("referrals"),
    "episodes": gettext_lazy("episodes"),
    "contacts": gettext_lazy("contacts with applicants"),
    "employer_contacts": gettext_lazy("contacts with employers"),
    "jobs": gettext_lazy("jobs and placements"),
    "meetings": gettext_lazy("meetings of treatment teams"),
    "employers": gettext_lazy("employers"),
    "specialists": gettext_lazy("specialists"),
    "treatment_teams": gettext_lazy("treatment teams"),
}
"""What is made or changed, as the document of an import names it."""
Document = Mapping[str, Any]


def columns(rows: Iterable[tuple[object, ...]]) -> str:
    """Return rows as text in columns; numbers stand to the right."""
    texts = [tuple(map(str, row)) for row in rows]
    if not texts:
        return ""
    widths = [max(len(row[n]) for row in texts) for n in range(len(texts[0]))]
    return "\n".join(
        "  "
        + "  ".join(_cell(text, width) for text, width in zip(row, widths, strict=True))
        for row in texts
    ).rstrip()


def _cell(text: str, width: int) -> str:
    return text.rjust(width) if text.isdecimal() else text.ljust(width)


def show_tables(document: Document) -> None:
    """Print what was recognised."""
    for table in document["tables"]:
        place = [table["file"], table["sheet"], table["caption"]]
        click.echo(" › ".join(part for part in place if part))
        click.echo(
            _("  %(kind)s, %(rows)d rows, headings in row %(heading)d")
            % {
                "kind": kind_label(table["kind"]),
                "rows": table["rows"],
                "heading": table["heading_row"],
            }
        )
        found = table["columns"].items()
        click.echo(columns((name, field_label(field)) for name, field in found))
        if table["unknown"]:
            click.echo(_("  Not imported: ") + ", ".join(table["unknown"]))
        click.echo()
    click.echo(
        _("Next: braid roster import FILE… --unit SLUG shows what would happen.")
    )


def show_import(document: Document, plan: Plan, differences: Differences) -> None:
    """Print what an import does or did: rows, records, findings, the next step.

    `plan` and `differences` say in words what the document, which masks, has in codes.
    """
    if not document["rows"]["read"]:
        click.echo(_nothing_found())
        return
    rows = document["rows"]
    words = {
        "read": _("rows read"),
        "accepted": _("taken"),
        "warned": _("taken with a warning"),
        "rejected": _("left out"),
        "asked": _("to be answered"),
    }
    click.echo(columns((rows[key], word) for key, word in words.items()))
    done = document["committed"]
    _show_counts(_("Created") if done else _("Would be created"), document["created"])
    _show_counts(_("Changed") if done else _("Would be changed"), document["updated"])
    _show_changes(document["changes"], differences)
    _show_vanished(document["vanished"], differences)
    _show_findings(plan)
    if "figures" in document:
        show_figures(document["figures"])
    for need in document["needs"]:
        click.echo(_("To be stated once: ") + f"{need['key']}: {need['message']}")
    for fault in document["answers_refused"]:
        click.echo(_("Answer not used: ") + f"{_where(fault)}: {fault['message']}")
    click.echo()
    click.echo(_next(document))


def _show_counts(title: str, counts: Mapping[str, int]) -> None:
    """Print how many records of each kind, where there are any."""
    rows = [(counts[kind], word) for kind, word in RECORDS.items() if counts.get(kind)]
    if rows:
        click.echo()
        click.echo(title)
        click.echo(columns(rows))


def _nothing_found() -> str:
    return _(
        "Nothing to import was found. We looked for tables of people, contacts, "
        "contacts with employers, jobs or meetings: a row of headings with rows "
        "beneath. See what was read with: braid roster inspect FILE…"
    )


def _show_changes(changes: Iterable[Document], differences: Differences) -> None:
    titles = {
        "update": _("What changes"),
        "ask": _("Changed in Braid since, so Braid’s stays until you decide"),
    }
    told = [field for one in differences.changes for field in one.fields]
    listed = list(zip(changes, told, strict=True))
    for does, title in titles.items():
        some = [(one, field) for one, field in listed if one["does"] == does]
        if some:
            click.echo()
            click.echo(title)
        for one, field in some[:SHOWN]:
            of, name = field.of, field.field
            old, new = (value_words(of, name, one[side]) for side in ("old", "new"))
            place = _where(one) if one["row"] else outcome_label(one["kind"])
            click.echo(f"  {place}: {fields.field_label(of, name)} {old} → {new}")
        _show_more(some)


def _show_vanished(vanished: Iterable[Document], differences: Differences) -> None:
    listed = list(zip(vanished, differences.gone, strict=True))
    if listed:
        click.echo()
        click.echo(_("No longer in the files; kept, nothing is deleted"))
    for gone, found in listed[:SHOWN]:
        place = _where(gone) if gone["row"] else ""
        shown = (t for t in found.told if field_name(t.of, t.field) in gone["told"])
        parts = (
            outcome_label(gone["kind"]),
            ", ".join(value_words(t.of, t.field, t.value) for t in shown),
            place and _("stood in %(place)s") % {"place": place},
        )
        click.echo("  " + " · ".join(part for part in parts if part))
    _show_more(listed)


def _show_more(listed: Sequence[object]) -> None:
    more = len(listed) - SHOWN
    if more > 0:
        click.echo("  " + _("and %(number)d more") % {"number": more})


def _next(document: Document) -> str:
    if document["committed"]:
        return _("Saved. Take it back with: braid roster undo %(batch)s") % {
            "batch": document["batch"]
        }
    return _("Nothing was saved. Add --commit to save this.")


def _show_findings(plan: Plan) -> None:
    """Print what is said of rows: a line what, a line where."""
    titles = {
        "ask": _("To be answered"),
        "reject_row": _("Left out"),
        "accept_warn": _("Taken with a warning"),
    }
    for action, title in titles.items():
        some = [finding for finding in plan.findings if finding.action == action]
        if some:
            click.echo()
            click.echo(title)
        for group in _alike(some):
            more = len(group) - SHOWN
            places = "; ".join(map(_cell_of, group[:SHOWN]))
            if more > 0:
                places += _(" and %(number)d more") % {"number": more}
            click.echo(f"  {len(group)} × {_said_of_all(group)}")
            click.echo(f"      {places}")


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings by what they say, whatever they say it of; most frequent first."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.sentence.text, []).append(finding)
    return sorted(found.values(), key=len, reverse=True)


def _said_of_all(group: Sequence[Finding]) -> str:
    """Return the sentence of findings, with a gap for what differs between them."""
    first = group[0].sentence
    common = {
        name: value
        if all(one.sentence.values.get(name) == value for one in group)
        else "…"
        for name, value in first.values.items()
    }
    return sentence(Sentence(first.text, common))


def _cell_of(finding: Finding) -> str:
    place = {
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "column": finding.column,
    }
    return _where(place)


def _where(place: Document) -> str:
    """Return a cell as spreadsheets name it, or a row."""
    if column := place.get("column"):
        return f"{place['sheet'] or place['file']} {column}{place['row']}"
    return where(place, None, None)


def show_undo(document: Document) -> None:
    """Print whether an import was taken back, and what holds it."""
    if document["undone"]:
        click.echo(_("The import was taken back."))
        return
    why = {
        "edited": _("edited since"),
        "used": _("something was added to it since"),
        "replaced": _("the import took parts of it away"),
    }
    click.echo(_("Not taken back: these rows were changed or used since."))
    click.echo(
        columns(
            (
                kind_label(held["kind"]),
                held["sheet"] or held["file"],
                held["row"] or "",
                why[held["why"]],
            )
            for held in document["held"]
        )
    )


def show_fault(document: Document) -> None:
    click.echo(document["error"]["message"], err=True)


class Reading:
    """Says on a terminal how many rows of a file were read; silent elsewhere."""

    def __init__(self) -> None:
        self.speaks = sys.stderr.isatty()

    def __call__(self, name: str, rows: int) -> None:
        if self.speaks:
            click.echo(f"\r{name}: {rows:>9,}", nl=False, err=True)

    def done(self) -> None:
        if self.speaks:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
