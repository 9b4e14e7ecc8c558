"""The parts of the reference that follow from the code, written into their pages.

    python -m tests.house.reference_pages    rewrite what differs

A page holds `<!-- generated: name -->` and `<!-- end -->`; what stands between is written
here, the rest by hand. A test insists that no page has fallen behind.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.house.contract_pages import CONTRACTS
from tests.house.page_tables import Cells, table

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PART = re.compile(r"(<!-- generated: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def clocks() -> str:
    """The limits of the default pack, in the order in which clocks are named."""
    from braid.method import gatherings
    from braid.method.clocks import KINDS
    from braid.packs import jurisdictions

    limits = jurisdictions.get("default").limits
    rows = []
    named = (*KINDS, *gatherings.KINDS)
    for limit in (limits[kind] for kind in named if kind in limits):
        time = _counted(limit.limit, limit.unit)
        warns = f"{_counted(limit.warn_before, 'day')} before"
        rows.append((f"`{limit.kind}`", time, warns, limit.owner, limit.mark))
    sources = [
        f"- `{limit.kind}`: {limit.source.strip().rstrip('.')}.\n"
        for limit in limits.values()
    ]
    heading = ("Clock", "Limit", "Warns", "Belongs to", "Mark")
    return table(heading, rows) + "\nSources:\n\n" + "".join(sources)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def grants() -> str:
    """Each act on each class of information, by the roles that may ever do it."""
    from braid.access.policy import GRANTS, Action, Information

    roles = [role for role, cells in GRANTS.items() if cells]
    rows = []
    for action in Action:
        for information in (*Information, None):
            cell = action, information
            if not any(cell in GRANTS[role] for role in roles):
                continue
            about = f"`{information}`" if information else "nothing about a person"
            grounds = (_grounds(GRANTS[role].get(cell, ())) for role in roles)
            rows.append((f"`{action}`", about, *grounds))
    without = ", ".join(f"`{role}`" for role, cells in GRANTS.items() if not cells)
    heading = ("Act", "Information", *(f"`{role}`" for role in roles))
    return f"{table(heading, rows)}\nRoles without any cell so far: {without}.\n"


def grounds() -> str:
    """Each ground with when it holds."""
    from braid.access.policy import Ground
    from braid.access.presenters.policy import HOLDS_WHEN

    rows = [(_grounds((each,)), HOLDS_WHEN[each]) for each in Ground]
    return table(("Ground", "Holds when"), rows)


def purposes() -> str:
    """What each role works at, and what a purpose never gets."""
    from braid.access.policy import PURPOSES, SERVES_ONLY

    rows = [(f"`{role}`", _listed(each)) for role, each in PURPOSES.items()]
    limits = [
        (f"`{purpose}`", f"`{information}`", _grounds(sorted(found)))
        for (purpose, information), found in SERVES_ONLY.items()
    ]
    return (
        f"{table(('Role', 'Works at'), rows)}\n"
        f"{table(('Purpose', 'Information', 'Only on'), limits)}"
    )


def _grounds(grounds: Sequence[str]) -> str:
    return ", ".join(str(ground).replace("_", " ") for ground in grounds) or "–"


def shipped_packs() -> str:
    """Every edition that comes with Braid."""
    from braid.packs import loader

    rows = [
        (kind, f"`{edition.pack.id}`", edition.pack.version, edition.pack.source.title)
        for kind in (
            *("benefits", "consents", "jurisdictions", "layouts", "measures"),
            *("contracts", "pseudonyms", "scale_texts", "scales", "words"),
        )
        for edition in loader.editions(kind)
    ]
    return table(("Kind", "Id", "Version", "Source"), rows)


def facts_tables() -> str:
    """Every table of the facts with its columns and what they may hold."""
    from braid.facts.schema import TABLES

    heading = ("Column", "What", "May be unknown")
    parts = []
    for each in TABLES.values():
        key = ", ".join(f"`{name}`" for name in each.key)
        said = f"A row is named by {key}." if key else "No column names a row."
        rows = [
            (f"`{column.name}`", _column(column), "yes" if column.optional else "")
            for column in each.columns
        ]
        parts.append(f"\n### {each.name}\n\n{said}\n\n{table(heading, rows)}")
    return "".join(parts)


def _column(column: Any) -> str:
    if column.refers:
        return f"id → {column.refers}"
    return f"{column.type} of {column.codes}" if column.codes else column.type


def facts_codes() -> str:
    """Every closed list of the facts."""
    from braid.facts.schema import CODES

    rows = [
        (name, ", ".join(f"`{code}`" for code in codes))
        for name, codes in CODES.items()
    ]
    return table(("List", "Codes"), rows)


def measures() -> str:
    """Every measure with what its figures are made of."""
    from braid.packs import measures

    return "".join(_measure(each) for each in measures.load().values())


def _measure(measure: Any) -> str:
    window = measure.window.model_dump(exclude_none=True)
    said = [
        f"Counts {measure.counts['en']}; {_window(**window)}",
        *([f"basis `{measure.basis}`"] if measure.basis else []),
        *([f"profile `{measure.profile}`"] if measure.profile else []),
        f"grouped by {_listed(measure.by)}",
        f"words {_listed(use.word for use in measure.words)}",
        *([f"options {_listed(measure.options)}"] if measure.options else []),
    ]
    rows = [
        *(_ratio(key, ratio) for key, ratio in measure.ratios.items()),
        *(_statistic(key, each) for key, each in measure.statistics.items()),
        *((f"`{name}`", says["en"], "sum") for name, says in measure.amounts.items()),
    ]
    return (
        f"\n### {measure.id}\n\n{measure.label['en']}, version {measure.version}. "
        f"{measure.about['en'].strip()}\n\n{'; '.join(said)}.\n\n"
        f"{table(('Figure', 'Means', 'Is'), rows)}"
        f"\nSource: {measure.source.title.rstrip('.')}.\n"
    )


def _window(
    *,
    day: bool = False,
    as_of: bool = False,
    quarters: bool = False,
    trailing_days: int = 0,
) -> str:
    if trailing_days:
        return f"in the {trailing_days} days that end on the day"
    if quarters:
        return "in each calendar quarter"
    return "on the day" if day else "up to the day"


def _ratio(key: str, ratio: Any) -> Cells:
    of, to = (" + ".join(f"`{name}`" for name in part) for part in (ratio.of, ratio.to))
    per = f" / {ratio.per}" if ratio.per != 1 else ""
    return f"`{key}`", ratio.means["en"], f"{of} over {to}{per}"


def _statistic(key: str, statistic: Any) -> Cells:
    return (
        f"`{key}`",
        statistic.means["en"],
        _worked_out(statistic.kind, statistic.read),
    )


def _worked_out(kind: str, read: Any) -> str:
    """Return how a statistic is worked out, in a few words."""
    if kind == "unit_mean":
        of, to = (
            " + ".join(f"`{name}`" for name in part) for part in (read.of, read.to)
        )
        return f"unweighted mean over units of {of} over {to}"
    if kind in ("median", "mean"):
        return f"{kind} of `{read.of}` where `{read.among}`"
    if kind == "quantile":
        return f"quantile {read.at:g} of `{read.of}` where `{read.among}`"
    return {
        "started_by": lambda: f"1 - S({read.day}), Kaplan-Meier",
        "km_median": lambda: "first time with S at one half or below, Kaplan-Meier",
        "rmst": lambda: f"area under S to {read.horizon or 'the longest time'}",
        "naive": lambda: f"mean with everybody without the event set to {read.horizon}",
    }[kind]()


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def words() -> str:
    """Every word of the vocabulary with its amounts, parameters and what it leaves out."""
    from braid.method.measures import WORDS

    parts = []
    for word in WORDS.values():
        takes = _listed(word.parameters) or "no parameters"
        asked = word.parameters.items()
        keys = _listed(("unit_id", *word.keys))
        rows = [(f"`{name}`", "amount", said) for name, said in word.amounts.items()]
        rows += [
            (f"`{name}`", "left out", said) for name, said in word.left_out.items()
        ]
        rows += [(f"`{name}`", "parameter", each.about) for name, each in asked]
        parts.append(
            f"\n### {word.name}\n\n{word.about} Takes {takes}; grouped by {keys}.\n\n"
            f"{table(('Name', 'What', 'Means'), rows)}"
        )
    return "".join(parts)


def fidelity_items() -> str:
    """Every scale with its items, limits, bands of totals and house rules."""
    from braid.packs import scales

    return "".join(_scale(name) for name in sorted(scales.load()))


def _scale(name: str) -> str:
    from braid.packs import scales
    from braid.packs.scale_texts import texts

    pack, words = scales.pack(name), texts(name, "en")
    scale = pack.scale
    items = [_fidelity_item(pack.items[item.no], item, words) for item in scale.items]
    heading = ("No", "In section", "Item", "From the record", "Quantities", "Scores")
    bands = [
        (f"`{band.id}`", words.bands[band.id], f"{band.low} to {band.high}")
        for band in scale.bands
    ]
    rules = [
        (
            f"`{rule.id}`",
            ", ".join(map(str, rule.items)) or "totals",
            words.rules[rule.id],
            ", ".join(
                f"**`{each}`**" if each == rule.default else f"`{each}`"
                for each in rule.variants
            ),
        )
        for rule in scale.rules
    ]
    totals = table(("Band", "Word", "Total"), bands) if bands else scale.bands_unknown
    return (
        f"\n## {scale.id}\n\n{words.title}, version {scale.version}. "
        f"{'' if scale.verified else words.unverified}\n\n"
        f"{table(heading, items)}\n{totals}\n\n"
        f"{table(('House rule', 'Items', 'Says', 'Variants'), rules)}\n"
        f"Source: {pack.source.title.rstrip('.')}. Manual: {scale.edition_of_manual}.\n"
    )


def _fidelity_item(said: Any, item: Any, words: Any) -> Cells:
    from braid.method.scales import PER_ES, WORDS

    auto = {"A": "a score", "P": "a part", "J": "signals"}
    forms = WORDS[item.quantity.word].forms(item) if item.quantity else ()
    ways = [", ".join(f"`{key.name}`" for key in form.keys) for form in forms]
    ways += [f"`{PER_ES}`"] * item.per_es
    ranges = [
        f"**{n}** {text.rpartition(': ')[2]}" for n, text in words.anchors(item).items()
    ]
    told = (said.kind == "band" and words.items[item.no].measure) or item.components
    return (
        item.no,
        f"{words.sections[item.section]} {item.section_no}",
        f"{words.items[item.no].title} (`{item.key}`)",
        auto[item.auto] if item.documented else "not documented",
        "; or ".join(ways) or "–",
        "; ".join(ranges) if told else "by description" if item.documented else "–",
    )


def journey() -> str:
    """Each of the 25 records of IPS: where it is kept, its classes, what it feeds."""
    from tests.house.journey_records import RECORDS

    tables = tables_by_model()
    rows = []
    for record in RECORDS:
        classes = sorted({c for name in record.models for c in _classes(name)})
        facts = sorted({t for name in record.models for t in tables.get(name, ())})
        rows.append(
            (
                record.number,
                record.name,
                _listed(record.models) or record.derived or record.missing,
                _listed(classes) or "–",
                _listed(facts) or "–",
                ", ".join(map(str, record.items)) or "–",
            )
        )
    heading = ("No", "Record", "Kept in", "Information", "Facts", "Fidelity items")
    return table(heading, rows)


def tables_by_model() -> dict[str, set[str]]:
    """Return which tables of the facts a model gives rows to, by its label."""
    from braid.facts import registry
    from braid.facts.schema import TABLES

    found: dict[str, set[str]] = {}
    for name in TABLES:
        for rows in registry.queries(name, None):
            found.setdefault(rows.model._meta.label, set()).add(name)
    return found


def _classes(label: str) -> set[str]:
    """Return the classes of information that a model holds."""
    from django.apps import apps

    model = apps.get_model(label)
    kinds = {getattr(model, "information", None)}
    kinds |= set(getattr(model, "field_information", {}).values())
    if any(field.name == "kind" and field.choices for field in model._meta.fields):
        kinds |= _kinds_that_are_classes(model)
    return {kind.value for kind in kinds if hasattr(kind, "value")}


def _kinds_that_are_classes(model: Any) -> set[Any]:
    """Return the classes of a model whose rows say theirs in `kind`."""
    from braid.access.policy import Information

    codes = {code for code, _label in model._meta.get_field("kind").choices}
    return {Information(code) for code in codes} if codes <= set(Information) else set()


def records() -> str:
    """Every model with its fields and their class of information."""
    from django.apps import apps

    parts = []
    for room in (
        "access",
        "documents",
        "people",
        "work",
        "benefits",
        "teamwork",
        "facts",
        "exchange",
    ):
        parts.append(f"\n## {room}\n")
        parts += [_model(model) for model in apps.get_app_config(room).get_models()]
    return "".join(parts)


def _model(model: Any) -> str:
    from braid.access.records import Record

    said = OF_EVERY_RECORD if issubclass(model, Record) else ()
    rows = [
        (f"`{field.name}`", _kind(field), _information(model, field.name))
        for field in model._meta.fields
        if not field.auto_created and field.name not in said
    ]
    first_line = (model.__doc__ or "").strip().splitlines()[0]
    heading = ("Field", "What", "Information")
    return f"\n### {model.__name__}\n\n{first_line}\n\n{table(heading, rows)}"


OF_EVERY_RECORD = ("id", "created_at", "created_by", "row_version")
KINDS_OF_FIELD = {
    "BigAutoField": "number",
    "BooleanField": "yes or no",
    "CharField": "text",
    "URLField": "text",
    "BinaryField": "sealed bytes",
    "DateField": "day",
    "DateTimeField": "instant",
    "DecimalField": "number",
    "EmailField": "text",
    "JSONField": "values",
    "PositiveBigIntegerField": "number",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
    "SealedJSONField": "values, encrypted",
    "SealedTextField": "text, encrypted",
    "SlugField": "slug",
    "TextField": "text",
    "TimeField": "time of day",
    "UUIDField": "id",
}


def _kind(field: Any) -> str:
    if field.related_model is not None:
        return f"→ {field.related_model.__name__}" + ", or none" * field.null
    if field.choices:
        words = ", ".join(f"`{value}`" for value, _ in field.choices)
        return f"one of {words}" + ", or not known" * field.blank
    return KINDS_OF_FIELD[type(field).__name__] + ", may be unknown" * field.null


def _information(model: Any, field: str) -> str:
    """Return the class of a field; only what the policy guards has one."""
    from braid.access.records import Scoped

    if not issubclass(model, Scoped):
        return "–"
    information = model.field_information.get(field, model.information)
    return f"`{information}`" if information else "–"


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command of `braid` that does something, with its full name."""
    from braid.site.cli import main

    def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
            return
        for word in sorted(inner):
            yield from walk(f"{name} {word}", inner[word])

    return walk("braid", main)


def command_line() -> str:
    """Every command with what it does, its example, arguments and options."""
    parts = [
        f"\n## {name}\n\n{_said(command)}\n\n"
        f"```sh\n{_usage(name, command)}\n```\n\n{_options(command)}"
        for name, command in commands()
    ]
    return "".join(parts)


def _said(command: Any) -> str:
    """Return the help text; its example stands on a line of its own."""
    text, _, example = command.help.replace("\b", "").partition("Example:")
    prose = "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))
    return f"{prose}\n\nExample: `{' '.join(example.split())}`"


def _usage(name: str, command: Any) -> str:
    import click

    pieces = command.collect_usage_pieces(click.Context(command))
    return " ".join((name, *pieces))


def _options(command: Any) -> str:
    import click

    rows = []
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join(
                f"`{name}`" for name in (*option.opts, *option.secondary_opts)
            )
            said = option.help or ""
            if isinstance(option.type, click.Choice):
                said = f"{said} One of {', '.join(option.type.choices)}.".strip()
            default = (
                "" if option.is_flag or option.default in (None, "") else option.default
            )
            rows.append(
                (names, said, "required" if option.required else _shown(default))
            )
    return table(("Option", "What", "Default"), rows) if rows else "No options.\n"


def _shown(default: Any) -> str:
    return str(default) if isinstance(default, str | int) else ""


PARTS: dict[str, Callable[[], str]] = {
    "clocks": clocks,
    "command-line": command_line,
    **CONTRACTS,
    "facts-codes": facts_codes,
    "facts-tables": facts_tables,
    "fidelity-items": fidelity_items,
    "grants": grants,
    "grounds": grounds,
    "measures": measures,
    "packs": shipped_packs,
    "purposes": purposes,
    "journey": journey,
    "records": records,
    "words": words,
}


def files() -> dict[Path, str]:
    """Return the files that are made whole: the schema of the facts, the vocabulary."""
    from braid.facts import frictionless
    from braid.facts.schema import TABLES
    from braid.method.measures import vocabulary

    folder = REFERENCE / "facts"
    found = {folder / frictionless.NAME: frictionless.package()}
    for name, each in TABLES.items():
        found[folder / f"{name}.schema.json"] = frictionless.table_schema(each)
    made = {path: frictionless.as_text(said) for path, said in found.items()}
    return made | {REFERENCE / "vocabulary.md": vocabulary.page()}


def rewritten(page: str) -> str:
    """Return a page with its generated parts as the code has them now."""
    return PART.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]().strip()}\n\n{m[4]}", page)


def pages() -> list[Path]:
    """Return the pages that have a generated part."""
    return [
        path for path in sorted(REFERENCE.glob("*.md")) if PART.search(path.read_text())
    ]


def main() -> None:
    """Rewrite every page that has fallen behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for path in pages():
        before = path.read_text()
        after = rewritten(before)
        if after != before:
            path.write_text(after)
            print(path.relative_to(ROOT))
    for path, text in files().items():
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
