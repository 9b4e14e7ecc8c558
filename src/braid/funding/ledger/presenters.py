"""Who pays for whom, and where two would pay for one thing, as pages show it."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access.policy import Actor
from braid.funding import queries as money
from braid.funding.choices import Conflict as Rule
from braid.funding.invoices.texts import amount
from braid.funding.ledger.covering import Gap
from braid.funding.ledger.handed import Meeting
from braid.funding.ledger.queries import Double, Support
from braid.funding.ledger.rules import Span
from braid.funding.models import Claim, Match, PaidElsewhere
from braid.funding.showing import Cell, Table, day_cell
from braid.packs.contracts import title_of
from braid.web.days import day_text
from braid.web.presenters import State


def days(first: date, last: date | None) -> str:
    """Return days from one to another, both inside."""
    if last is None:
        return _("from %(first)s") % {"first": day_text(first)}
    return _("%(first)s to %(last)s") % {
        "first": day_text(first),
        "last": day_text(last),
    }


def source(day: date) -> str:
    """Return from when the page is."""
    return _("Read from the record, as of %(day)s.") % {"day": day_text(day)}


def _person(support: Support) -> Cell:
    address = reverse("desk:person", args=[support.applicant])
    return Cell(support.name, url=address)


def endings_table(supports: Iterable[Support]) -> Table | None:
    """Return whose money ends soon, and who pays then."""
    rows = [
        [
            _person(support),
            Cell(ending.span.payer, sub=title_of(ending.span.contract)),
            day_cell(ending.ends_on),
            Cell(_left(ending.days_left)),
            Cell(", ".join(ending.then))
            if ending.then
            else Cell(_("nobody yet"), pill=State.SOON),
        ]
        for support in supports
        for ending in support.endings
    ]
    if not rows:
        return None
    return Table(
        caption=_("Money that ends soon"),
        columns=(_("Person"), _("Payer"), _("Ends"), _("Left"), _("Then pays")),
        rows=rows,
    )


def _left(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def unpaid_table(supports: Iterable[Support], day: date) -> Table | None:
    """Return whom support goes on for today without a payer, and since when."""
    rows = []
    for support in supports:
        gap = _gap_on(support, day)
        if gap is not None and not support.payers_on(day):
            rows.append([_person(support), Cell(days(gap.first_day, gap.last_day))])
    if not rows:
        return None
    return Table(
        caption=_("Support without a payer"),
        columns=(_("Person"), _("Nobody pays")),
        rows=rows,
    )


def _gap_on(support: Support, day: date) -> Gap | None:
    for gap in support.gaps:
        if gap.first_day <= day and (gap.last_day is None or day <= gap.last_day):
            return gap
    return None


def spans_table(supports: Iterable[Support]) -> Table | None:
    """Return who pays for whom from when to when, with the days that nobody pays for."""
    rows = []
    for support in supports:
        told: list[tuple[date, list[Cell]]] = [
            (span.first_day, [_person(support), *_span(span)]) for span in support.spans
        ]
        told += [
            (
                gap.first_day,
                [
                    _person(support),
                    Cell(_("nobody"), pill=State.INFO),
                    Cell(""),
                    Cell(days(gap.first_day, gap.last_day)),
                ],
            )
            for gap in support.gaps
        ]
        rows += [cells for _day, cells in sorted(told, key=lambda each: each[0])]
    if not rows:
        return None
    return Table(
        caption=_("Who pays from when to when"),
        columns=(_("Person"), _("Payer"), _("Contract"), _("Days")),
        rows=rows,
    )


def _span(span: Span) -> list[Cell]:
    return [
        Cell(span.payer),
        Cell(title_of(span.contract)),
        Cell(days(span.first_day, span.last_day)),
    ]


# Where two would pay for one thing.


def rule_name(rule: str) -> str:
    """Return a rule against double funding in words."""
    return str(Rule(rule).label)


def claim_line(claim: Claim) -> str:
    """Return a claim as a line: number, milestone, day, case and amount."""
    said = _("not bound")
    if claim.amount is not None:
        said = amount(claim.amount, claim.currency)
    return _(
        "Claim %(number)s of %(contract)s: %(milestone)s on %(day)s, case %(case)s, "
        "%(amount)s"
    ) % {
        "number": claim.number,
        "contract": claim.agreement.title,
        "milestone": claim.milestone,
        "day": day_text(claim.reached_on),
        "case": claim.case,
        "amount": said,
    }


def doubles_table(
    rows: Iterable[Double], may_settle: bool, *, tells_whom: bool
) -> Table | None:
    """Return the conflicts; `tells_whom` they stand against, to who claims or settles."""
    found = [_double_row(row, may_settle, tells_whom) for row in rows]
    if not found:
        return None
    return Table(
        caption=_("Where two would pay for one thing"),
        columns=(_("Rule"), _("Lines"), _("State")),
        rows=found,
    )


def _double_row(row: Double, may_settle: bool, tells_whom: bool) -> list[Cell]:
    lines = [claim_line(claim) for claim in row.claims]
    if row.unseen:
        lines.append(_("and a line of another agreement"))
    if row.conflict.against and tells_whom:
        lines.append(_("against %(what)s") % {"what": row.conflict.against})
    elif row.conflict.against:
        lines.append(_("against what somebody else pays for"))
    return [
        Cell(rule_name(row.conflict.rule), sub=row.conflict.rule),
        Cell(" · ".join(lines)),
        _double_state(row, may_settle),
    ]


def _double_state(row: Double, may_settle: bool) -> Cell:
    if not row.is_decided:
        if may_settle:
            return Cell(_("Decide"), url=decide_url(row))
        return Cell(_("waits for a steward"), pill=State.DUE)
    paid = next((claim for claim in row.claims if claim.pk == row.pays), None)
    if paid is not None:
        said = _("claim %(number)s is paid") % {"number": paid.number}
        return Cell(said, pill=State.OK)
    return Cell(_("decided otherwise"), pill=State.INFO)


def decide_url(row: Double) -> str:
    """Return where a steward decides on a conflict."""
    key = row.claims[0].pk
    named = {"rule": row.conflict.rule, "with": _other(row)}
    if row.conflict.against:
        named["against"] = row.conflict.against
    return f"{reverse('funding:double', args=[key])}?{urlencode(named)}"


def _other(row: Double) -> str:
    first = str(row.claims[0].pk)
    others = [key for key in row.conflict.entries if key != first]
    return others[0] if others else ""


def elsewhere_table(rows: Iterable[PaidElsewhere]) -> Table | None:
    """Return what something else pays for."""
    found = [
        [
            Cell(row.get_activity_display()),
            Cell(row.payer),
            Cell(days(row.first_day, row.last_day)),
            Cell(row.source),
        ]
        for row in rows
    ]
    if not found:
        return None
    return Table(
        caption=_("What something else pays for"),
        columns=(_("What"), _("Who pays"), _("Days"), _("Written in")),
        rows=found,
    )


def meetings_table(actor: Actor, found: Iterable[Meeting]) -> Table | None:
    """Return where two organisations ask money for one thing; of theirs the contract."""
    told = list(found)
    keys = {one.entry for one in told if one.entry}
    claims = {str(one.pk): one for one in money.claims(actor).filter(pk__in=keys)}
    rows = [
        [
            Cell(rule_name(one.rule), sub=one.rule),
            Cell(claim_line(claims[one.entry]))
            if one.entry in claims
            else Cell(_("no claim yet, but days of support")),
            Cell(one.against),
        ]
        for one in told
    ]
    return _met(_("Where both ask money for one thing"), rows)


def matches_table(found: Iterable[Match]) -> Table | None:
    """Return what was found so far, with the record of data sharing and the day."""
    rows = [
        [
            Cell(rule_name(one.rule), sub=one.rule),
            Cell(claim_line(one.claim)),
            Cell(one.against, sub=one.sharing),
            day_cell(one.day),
        ]
        for one in found
    ]
    return _met(_("Found so far"), rows, _("Day"))


def _met(caption: str, rows: list[list[Cell]], *more: str) -> Table | None:
    if not rows:
        return None
    columns = (_("Rule"), _("Our claim"), _("Their contract"), *more)
    return Table(caption=caption, columns=columns, rows=rows)
