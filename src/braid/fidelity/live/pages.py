"""What each page shows, put together from the facts and their words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import queries as access
from braid.facts.leaving_figures import Number
from braid.facts.presenters import (
    NOTHING,
    as_of_text,
    figure_line,
    number_or_mark,
    quotient_text,
)
from braid.facts.row_texts import RowText, kept_back_text, row_text
from braid.fidelity import told
from braid.fidelity.live import item_presenters as of_item
from braid.fidelity.live import kept as pages_kept
from braid.fidelity.live import presenters, recording, treatment
from braid.fidelity.live.behind import TELLS, Behind, behind, people_in
from braid.fidelity.live.values import said, signals_of, value_of
from braid.work import queries as work

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.fidelity.live.asking import Asked
    from braid.fidelity.live.treatment import OfTeam
    from braid.fidelity.told import Told
    from braid.method.scales import Item

__all__ = ["TELLS", "figures", "item_page", "rows_page", "treatment_figures"]


def figures(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return the figures of a unit. Raises Refused."""
    now = timezone.now()
    columns = (treatment.MEETINGS,)
    kept = pages_kept.page(actor, asked, columns=columns)
    found, teams = kept.board, treatment.teams(asked, columns, kept.by_team)
    last = _last(actor, asked)
    inside = asked.of.is_inside
    return {
        "board": found,
        "read_at": now,
        "stats": list(presenters.stats(found, asked, last)),
        "lines": presenters.lines(found, asked, last),
        "raised": list(presenters.raised(found, asked)) if inside else [],
        "next_band": presenters.next_band(found, asked),
        "missing": recording.missing(found.now) if inside else [],
        "teams": _team_lines(teams),
        "treatment_url": asked.address("treatment", figures="1"),
    }


def _last(actor: Actor, asked: Asked) -> Told | None:
    return told.last(actor, asked.of.unit.pk, asked.scale.id, asked.day)


def treatment_figures(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return the items that treatment has a part in, and its teams. Raises Refused."""
    columns = treatment.COLUMNS
    kept = pages_kept.page(actor, asked, columns=columns)
    found, teams = kept.board, treatment.teams(asked, columns, kept.by_team)
    last = _last(actor, asked)
    keys = {one.item.no: one.item.key for one in found.now.items}
    return {
        "board": found,
        "lines": [
            (line, treatment.ITEMS[keys[line.no]])
            for line in presenters.lines(found, asked, last)
            if keys[line.no] in treatment.ITEMS
        ],
        "columns": [column.title for column in columns],
        "teams": [
            (each.team.name, [_cell(*pair) for pair in each.found]) for each in teams
        ],
    }


def _team_lines(teams: list[OfTeam]) -> list[tuple[str, str]]:
    """Return what each treatment team did, in a phrase."""
    return [(each.team.name, _cell(*each.found[0])) for each in teams]


def _cell(part: Number | None, whole: Number | None) -> str:
    """Return a part of its whole, or a number of people, as it may be shown."""
    if part is None or (whole is not None and not whole.value and not whole.mark):
        return NOTHING
    if whole is None:
        return number_or_mark(part)
    if part.is_hidden or whole.is_hidden or part.exact is None or whole.exact is None:
        return part.mark or whole.mark or NOTHING
    return quotient_text(part.exact, whole.exact, "share")


def item_page(actor: Actor, asked: Asked, item: Item) -> dict[str, Any]:
    """Return one item of a unit with its trend. Raises Refused."""
    scale = replace(asked.scale.scale, items=(item,))
    found = pages_kept.page(actor, asked, scale=scale).board
    one, words = found.now.items[0], asked.words.items[item.no]
    line = presenters.lines(found, asked, _last(actor, asked))[0]
    context: dict[str, Any] = {
        "title": _("%(no)s. %(title)s") % {"no": item.no, "title": words.title},
        "about": words.about,
        "one": one,
        "line": line,
        "anchors": of_item.anchors(one, asked),
        "not_documented": "" if item.documented else asked.words.not_documented,
        "rules": list(of_item.rules(one, asked)),
        "rule_log": asked.scale.rule_log,
        "history": of_item.history(found),
        "treatment": treatment.ITEMS.get(item.key, ""),
    }
    if asked.of.is_inside:
        raised = next(presenters.raised(found, asked), None)
        context |= {
            "value": None if one.signals else value_of(one),
            "signals": list(signals_of(one)),
            "components": of_item.components(one, asked),
            "measured": of_item.measured(one, asked),
            "specialists": of_item.specialists(one, asked, actor),
            "notes": of_item.notes(one),
            "raised": raised,
            "missing": list(recording.of_item(one)),
        }
    return context


def rows_page(
    actor: Actor, asked: Asked, item: Item, measure: str, staff: str, page: str | None
) -> tuple[set[UUID], dict[str, Any]]:
    """Return whom a page of rows names, and the page. Raises Refused, or answers 404."""
    found = behind(actor, asked, measure, staff=staff, page=page)
    line = figure_line(found.measure, found.shown)
    kept_back = found.rows.people_kept_back
    return people_in(found), {
        "title": line.label,
        "unit": asked.of.unit,
        "item": item.no,
        "line": line,
        "as_of": as_of_text(asked.day),
        "of_staff": access.names_of([UUID(staff)]).get(UUID(staff), "")
        if staff
        else "",
        "rows": _rows(actor, asked, found),
        "page": found.rows.page,
        "kept_back": kept_back_text(kept_back) if kept_back else "",
    }


def _rows(actor: Actor, asked: Asked, found: Behind) -> list[RowText]:
    """Return rows in words; who did it is named in supervision alone, and to the own."""
    lines = list(found.rows.page.object_list)
    means = {name: said(text) for name, text in found.measure.amounts.items()}
    seen = {
        UUID(one.staff)
        for one in lines
        if one.staff and (asked.of.oversees or one.staff == str(actor.id))
    }
    names = access.names_of(seen) if seen else {}
    employers: dict[UUID, str] = {}
    if any(one.employer for one in lines):
        employers = dict(work.employer_names(actor))
    return [
        row_text(
            one,
            means,
            employers.get(UUID(one.employer), "") if one.employer else "",
            names.get(UUID(one.staff), "") if one.staff else "",
            links_people=True,
        )
        for one in lines
    ]
