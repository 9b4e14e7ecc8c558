"""Inspect, import and undo, as the shell asks for them; each returns the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click
from django.utils import timezone

from braid.access.policy import Actor
from braid.exchange import commands, queries
from braid.exchange.commands import Prepared, UndoRefused
from braid.exchange.commands.batches import named_apart
from braid.exchange.commands.naming import new_names
from braid.exchange.differences import Differences
from braid.exchange.models import ImportBatch
from braid.exchange.roster.inspecting import inspection
from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.plan import Existing, Layout, Plan
from braid.exchange.roster.setup import Setup, SetupFaults, read_setup
from braid.exchange.shell import documents, texts
from braid.exchange.shell.acting import actor_for, find_unit, make_unit
from braid.kernel.errors import InputFault, Refused

if TYPE_CHECKING:
    from braid.access.models import Team

DONE, REFUSED = 0, 1
PIECE = 1024**2
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the shell was asked to import, as it was typed."""

    files: Sequence[Path]
    unit: str
    country: str | None = None
    layout_id: str | None = None
    setup: Any = None
    answers: Any = None
    as_of: date | None = None
    as_email: str | None = None
    commit: bool = False
    figures: bool = False
    identify: bool = False


def _finish(
    document: Document, show: Callable[[Document], None], as_json: bool
) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        show(document)


def _refused(fault: InputFault | Refused, as_json: bool) -> int:
    if isinstance(fault, Refused):
        text = "This person may not import for the unit."
        error = {"code": fault.code, "reason": fault.reason, "message": text}
        document: Document = {"error": error}
    else:
        document = documents.of_fault(fault)
    _finish(document, texts.show_fault, as_json)
    return REFUSED


def _setup(data: Any) -> Setup:
    try:
        return read_setup(data or {})
    except SetupFaults as faults:
        raise click.BadParameter(str(faults), param_hint="--setup") from None


def inspect(files: Sequence[Path], stated: Any, *, as_json: bool) -> int:
    """Print what the files are and what their columns mean."""
    _setup(stated)
    try:
        plan = _prepared(files, Wish(files, "", setup=stated), None).plan
    except InputFault as fault:
        return _refused(fault, as_json)
    document = inspection(plan.tables, plan.layout_id)
    _finish(document, texts.show_tables, as_json)
    return DONE


def _stated(wish: Wish, unit: Team | None) -> Document:
    """Return the setup as JSON: what was given, else that of the unit's last import."""
    stated = queries.stated_for(unit, wish.setup)
    if wish.country:
        stated["country"] = wish.country.upper()
    return stated


def _prepared(files: Sequence[Path], wish: Wish, unit: Team | None) -> Prepared:
    """Make a plan without storing anything."""
    reading, setup = texts.Reading(), read_setup(_stated(wish, unit))
    layout, existing = Layout(), Existing()
    if unit is not None:
        layout = queries.kept_layout(unit.pk)
        existing = queries.existing(actor_for(unit, wish.as_email), unit)
    names = named_apart([path.name for path in files])
    prepared = commands.prepare_from(
        list(zip(names, files, strict=True)),
        setup=setup,
        layout=layout,
        layout_id=wish.layout_id or "",
        answers=_answers(wish.answers),
        as_of=wish.as_of,
        today=timezone.localdate(),
        existing=existing,
        report=reading,
    )
    reading.done()
    return prepared


def _answers(data: Any) -> list[Any]:
    """Return the answers. Raises BadParameter saying what one of them lacks."""
    fits = isinstance(data or [], list) and all(
        isinstance(one, dict)
        and isinstance(one.get("file"), str)
        and isinstance(one.get("row"), int)
        and isinstance(one.get("answer"), dict)
        for one in data or []
    )
    if not fits:
        raise click.BadParameter(
            "expected a list of objects with file, sheet, row, field and answer.",
            param_hint="--answers",
        )
    return list(data or [])


def _known_layout(layout_id: str | None) -> None:
    known = {pack.id for pack in lexicon().named}
    if layout_id is not None and layout_id not in known:
        raise click.BadParameter(
            "known are: " + ", ".join(sorted(known)) + ".", param_hint="--layout"
        )


def import_files(wish: Wish, *, as_json: bool) -> int:
    """Print what an import would do, or save it and print what it did."""
    _known_layout(wish.layout_id)
    setup, unit = _setup(wish.setup), find_unit(wish.unit)
    answers = _answers(wish.answers)
    country = wish.country or setup.country
    if unit is None and not country:
        raise click.UsageError(
            f"There is no unit '{wish.unit}' yet. Give --country CC to make it."
        )
    try:
        if wish.commit:
            unit = unit or make_unit(wish.unit, setup.unit or wish.unit, country)
            prepared, foreseen, batch = _commit(wish, unit, answers)
        else:
            prepared, batch = _prepared(wish.files, wish, unit), None
            foreseen = _foreseen(prepared, unit, wish, _hidden(unit, wish))
    except (InputFault, Refused) as fault:
        return _refused(fault, as_json)
    document = _document(prepared, batch, foreseen, wish)
    plan, differences = prepared.plan, foreseen.differences
    show = partial(texts.show_import, plan=plan, differences=differences)
    _finish(document, show, as_json)
    return REFUSED if document["answers_refused"] else DONE


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """Names that are new, what differs, and figures where they were asked for."""

    new_names: dict[str, int]
    differences: Differences
    figures: Document | None


def _hidden(unit: Team | None, wish: Wish) -> frozenset[UUID]:
    """Return the applicants who do not exist for whoever asks."""
    return actor_for(unit, wish.as_email).hidden if unit is not None else frozenset()


def _foreseen(
    prepared: Prepared, unit: Team | None, wish: Wish, hidden: frozenset[UUID]
) -> _Foreseen:
    """Return what saving brings; after it the plan says nothing of that any more."""
    plan = prepared.plan
    return _Foreseen(
        new_names(plan, unit),
        commands.differences_of(plan, unit, prepared.existing),
        _figures(plan, unit, hidden) if wish.figures else None,
    )


def _figures(plan: Plan, unit: Team | None, hidden: frozenset[UUID]) -> Document:
    # What makes figures is loaded only where some are asked for.
    from braid.exchange.figures.planned import figures_of

    return figures_of(plan, unit, without=hidden)


def _document(
    prepared: Prepared, batch: ImportBatch | None, foreseen: _Foreseen, wish: Wish
) -> Document:
    return documents.of_plan(
        prepared.plan,
        str(batch.pk) if batch is not None else None,
        foreseen.new_names,
        foreseen.differences,
        committed=wish.commit,
        identify=wish.identify,
        figures=foreseen.figures,
    )


def _commit(
    wish: Wish, unit: Team, answers: list[Any]
) -> tuple[Prepared, _Foreseen, ImportBatch | None]:
    actor = actor_for(unit, wish.as_email)
    batch = _open(wish, unit, actor)
    if answers:
        commands.answer(actor=actor, batch=batch, answers=answers)
    today = timezone.localdate()
    reading = texts.Reading()
    prepared = commands.plan_batch(
        actor=actor, batch=batch, today=today, report=reading
    )
    reading.done()
    foreseen = _foreseen(prepared, unit, wish, actor.hidden)
    commands.commit_batch(
        actor=actor,
        batch=batch,
        plan_hash=prepared.plan.plan_hash,
        today=today,
        prepared=prepared,
    )
    return prepared, foreseen, batch


def _open(wish: Wish, unit: Team, actor: Actor) -> ImportBatch:
    return commands.open_batch(
        actor=actor,
        unit=unit,
        files=[(path.name, _pieces(path)) for path in wish.files],
        setup=_stated(wish, unit),
        as_of=wish.as_of,
        layout_id=wish.layout_id or "",
    )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def undo(batch_id: UUID, email: str | None, *, as_json: bool) -> int:
    """Take an import back, or print what holds it."""
    batch = queries.batch_in_shell(batch_id)
    if batch is None:
        raise click.BadParameter("there is no such import.", param_hint="BATCH")
    held: tuple[commands.Held, ...] = ()
    try:
        actor = actor_for(batch.unit, email)
        commands.undo_batch(actor=actor, batch=batch)
    except UndoRefused as refused:
        held = refused.held
    except (InputFault, Refused) as fault:
        return _refused(fault, as_json)
    document = documents.of_undo(str(batch.pk), held)
    _finish(document, texts.show_undo, as_json)
    return REFUSED if held else DONE
