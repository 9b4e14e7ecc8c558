"""What `braid roster` prints for people: short, and what to do next."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from django.utils.translation import gettext as _

from braid.exchange.labels import field_label, kind_label
from braid.exchange.presenters import grouped
from braid.exchange.shell.figure_texts import show_figures

SHOWN = 5
CREATED_WORDS = (
    "applicants",
    "referrals",
    "episodes",
    "contacts",
    "employer_contacts",
    "jobs",
    "meetings",
    "employers",
    "specialists",
    "treatment_teams",
)
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


def show_import(document: Document) -> None:
    """Print what an import does or did: rows, records, findings, the next step."""
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
    click.echo()
    click.echo(_("Created") if document["committed"] else _("Would be created"))
    made = ((document["created"][w], w.replace("_", " ")) for w in CREATED_WORDS)
    click.echo(columns(row for row in made if row[0]) or "  0")
    if document["updated"]:
        click.echo(_("Changed"))
        changed = document["updated"].items()
        click.echo(columns((n, word.replace("_", " ")) for word, n in changed))
    _show_changes(document["changes"])
    _show_vanished(document["vanished"])
    _show_findings(document["findings"])
    if "figures" in document:
        show_figures(document["figures"])
    for need in document["needs"]:
        click.echo(_("To be stated once: ") + f"{need['key']}: {need['message']}")
    for fault in document["answers_refused"]:
        click.echo(_("Answer not used: ") + f"{_where(fault)}: {fault['message']}")
    click.echo()
    click.echo(_next(document))


def _nothing_found() -> str:
    return _(
        "Nothing to import was found. We looked for tables of people, contacts, "
        "contacts with employers, jobs or meetings: a row of headings with rows "
        "beneath. See what was read with: braid roster inspect FILE…"
    )


def _show_changes(changes: Iterable[Document]) -> None:
    titles = {
        "update": _("What changes"),
        "ask": _("Changed in Braid since, so Braid’s stays until you decide"),
    }
    listed = list(changes)
    for does, title in titles.items():
        some = [one for one in listed if one["does"] == does]
        if some:
            click.echo()
            click.echo(title)
        for one in some[:SHOWN]:
            old, new = (_value(one[side]) for side in ("old", "new"))
            place = _where(one) if one["row"] else kind_label(one["kind"])
            click.echo(f"  {place}: {one['field']} {old} → {new}")
        _show_more(some)


def _show_vanished(vanished: Iterable[Document]) -> None:
    listed = list(vanished)
    if listed:
        click.echo()
        click.echo(_("No longer in the files; kept, nothing is deleted"))
    for gone in listed[:SHOWN]:
        place = _where(gone) if gone["row"] else ""
        told = ", ".join(str(value) for value in gone["told"].values())
        parts = (
            kind_label(gone["kind"]),
            told,
            place and _("stood in %(place)s") % {"place": place},
        )
        click.echo("  " + " · ".join(part for part in parts if part))
    _show_more(listed)


def _show_more(listed: Sequence[Document]) -> None:
    more = len(listed) - SHOWN
    if more > 0:
        click.echo("  " + _("and %(number)d more") % {"number": more})


def _value(value: object) -> str:
    return "–" if value in (None, "") else str(value)


def _next(document: Document) -> str:
    if document["committed"]:
        return _("Saved. Take it back with: braid roster undo %(batch)s") % {
            "batch": document["batch"]
        }
    return _("Nothing was saved. Add --commit to save this.")


def _show_findings(findings: Iterable[Document]) -> None:
    titles = {
        "ask": _("To be answered"),
        "reject_row": _("Left out"),
        "accept_warn": _("Taken with a warning"),
    }
    listed = list(findings)
    for action, title in titles.items():
        some = [finding for finding in listed if finding["action"] == action]
        if some:
            click.echo()
            click.echo(title)
        for kind, group in grouped(some).items():
            more = len(group) - SHOWN
            places = "; ".join(_where(finding) for finding in group[:SHOWN])
            if more > 0:
                places += _(" and %(number)d more") % {"number": more}
            click.echo(f"  {len(group)} × {kind}: {group[0]['message']}")
            click.echo(f"      {places}")


def _where(finding: Document) -> str:
    table = finding["sheet"] or finding["file"]
    cell = f"{finding.get('column') or ''}{finding['row']}"
    return f"{table} {cell}"


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
