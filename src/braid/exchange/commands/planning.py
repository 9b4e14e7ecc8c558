"""Making the plan of an import from its stored files; nothing of the record changes."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.exchange import queries, storage
from braid.exchange.choices import BatchState
from braid.exchange.commands.batches import enter_state
from braid.exchange.commands.foreseeing import differences_of
from braid.exchange.commands.naming import new_names
from braid.exchange.models import ImportBatch
from braid.exchange.preview import plain, preview_of
from braid.exchange.roster.dating import asking_for_day, last_day_told
from braid.exchange.roster.plan import Answer, Existing, Layout, Place, Plan
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.faults import GONE, refuse
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.setup import Setup, read_setup
from braid.exchange.roster.surveying import day_of_file
from braid.kernel.errors import InputFault

Report = Callable[[str, int], None]
"""Told the name of a file and how many of its rows were read so far."""
SECONDS_BETWEEN_REPORTS = 0.5


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, the files it was made from and what Braid held when it was made."""

    plan: Plan
    files: tuple[SourceFile, ...]
    existing: Existing


def prepare(
    actor: Actor, batch: ImportBatch, today: date, report: Report | None = None
) -> Prepared:
    """Make the plan of a batch. Raises Refused, or InputFault when a file is no roster."""
    require(actor, Action.IMPORT, batch.unit.subject())
    files = queries.files_of(actor, batch)
    return prepare_from(
        [(file.name, _stored(batch, file.name, file.sha256)) for file in files],
        setup=read_setup(batch.setup),
        layout=_layout(batch),
        layout_id=batch.layout_id,
        answers=batch.answers,
        as_of=batch.as_of,
        today=today,
        existing=queries.existing(actor, batch.unit),
        report=report,
    )


def _stored(batch: ImportBatch, name: str, sha256: str) -> Path:
    path = storage.original(batch.unit_id, sha256)
    if not path.exists():
        raise refuse(GONE, "file_gone", file=name)
    return path


def prepare_from(
    files: Sequence[tuple[str, Path]],
    *,
    setup: Setup,
    layout: Layout,
    layout_id: str,
    answers: Sequence[Mapping[str, Any]],
    as_of: date | None,
    today: date,
    existing: Existing,
    report: Report | None = None,
) -> Prepared:
    """Make a plan of files, each with its name and where it lies; nothing is stored.

    The day of the files is `as_of`, else what they say themselves. Else it is asked, and
    taken to be the last day that their logs tell of, or `today`.
    """
    opened = tuple(
        open_file(name, path, encoding=setup.encoding, progress=report)
        for name, path in files
    )
    named = layout_id or None
    day = as_of or day_of_file(opened, setup, today)
    last = None if day else last_day_told(opened, setup, today, layout, named)
    plan = make_plan(
        opened,
        setup,
        day or last or today,
        layout=layout,
        layout_id=named,
        answers=[answer_from(one) for one in answers],
        existing=existing,
    )
    if day is None:
        plan = asking_for_day(plan, is_today=last is None)
    return Prepared(plan, opened, existing)


def _layout(batch: ImportBatch) -> Layout:
    if batch.layout is not None:
        return Layout.from_dict(batch.layout)
    return queries.kept_layout(batch.unit_id)


def answer_from(data: Mapping[str, Any]) -> Answer:
    """Return an answer from JSON: file, sheet, row, field or none, answer."""
    place = Place(data["file"], data.get("sheet"), data["row"])
    return Answer(place, data["answer"], data.get("field"))


def inputs_of(batch: ImportBatch) -> str:
    """Return a digest of what a plan is made from, beside the files and the record."""
    stated = [
        str(batch.as_of),
        batch.layout_id,
        batch.setup,
        batch.layout,
        batch.answers,
    ]
    text = json.dumps(stated, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_fresh(batch: ImportBatch) -> bool:
    """Say whether the last plan was made from what is stated now."""
    return bool(batch.plan_hash) and batch.planned_from == inputs_of(batch)


def plan_batch(
    *, actor: Actor, batch: ImportBatch, today: date, report: Report | None = None
) -> Prepared:
    """Read the files and keep the preview of the plan.

    Raises InputFault when a file cannot be read; the import then says why.
    """
    require(actor, Action.IMPORT, batch.unit.subject())
    enter_state(actor, batch, BatchState.READING)
    inputs = inputs_of(batch)
    try:
        prepared = prepare(actor, batch, today, report or Reporter(batch))
        _keep_preview(actor, batch, prepared)
    except InputFault as fault:
        enter_state(actor, batch, BatchState.FAILED, {"message": plain(fault.message)})
        raise
    except Exception:
        enter_state(actor, batch, BatchState.FAILED, {"reason": "broken"})
        raise
    plan = prepared.plan
    batch.plan_hash, batch.planned_from = plan.plan_hash, inputs
    batch.rows_read = plan.totals.read
    batch.summary = {"totals": plain(plan.totals), "counts": plain(plan.counts)}
    batch.save(update_fields=["plan_hash", "planned_from", "rows_read", "summary"])
    enter_state(actor, batch, BatchState.PLANNED)
    return prepared


def _keep_preview(actor: Actor, batch: ImportBatch, prepared: Prepared) -> None:
    plan = prepared.plan
    differences = differences_of(plan, batch.unit, prepared.existing)
    preview = preview_of(plan, prepared.files, differences)
    preview["new"] = new_names(plan, batch.unit)
    preview["figures"] = _figures(actor, plan, batch)
    storage.write_preview(batch.unit_id, batch.pk, preview)


def _figures(actor: Actor, plan: Plan, batch: ImportBatch) -> dict[str, Any]:
    """Return the first figures; what makes them is loaded only where a plan is made."""
    from braid.exchange.figures.planned import kept_figures

    return kept_figures(plan, batch.unit, without=actor.hidden)


class Reporter:
    """Writes how many rows were read, for the page that waits; not at every row."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.rows: dict[str, int] = {}
        self.told_at = 0.0

    def __call__(self, name: str, rows: int) -> None:
        self.rows[name] = rows
        now = time.monotonic()
        if now - self.told_at < SECONDS_BETWEEN_REPORTS:
            return
        self.told_at = now
        self.batch.rows_read = sum(self.rows.values())
        self.batch.touched_at = timezone.now()
        self.batch.save(update_fields=["rows_read", "touched_at"])
