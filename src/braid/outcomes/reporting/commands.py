"""Releasing a report, correcting it, and telling with whom it was shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.facts import commands as freezing
from braid.facts import queries as facts
from braid.kernel.errors import InputFault, Refused
from braid.outcomes.choices import Audience
from braid.outcomes.models import Release, Shared
from braid.outcomes.reporting import comparing, queries, successive
from braid.outcomes.reporting.document import Document, from_json, text_hash, to_json
from braid.outcomes.reporting.running import Order, chosen, run

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.models import Snapshot

LONGEST = 2_000


def release(*, actor: Actor, order: Order, unit: Team | None, today: date) -> Release:
    """Freeze the facts of a unit, or of all that `actor` oversees, and a report of them.

    Raises Refused, and InputFault for an order that makes no report.
    """
    _must_oversee(actor, [unit] if unit else _overseen(actor))
    found = chosen(order)
    pinned = replace(
        order,
        unit=str(unit.pk) if unit else None,
        version=found.report.version,
        profile=found.profile,
        options=found.options,
    )
    must_be_over(order, today)
    _must_be_new(pinned, unit)
    snapshot = _frozen(actor, unit, today)
    document, names = _run(actor, pinned, snapshot)
    with transaction.atomic():
        made = _kept(actor, pinned, unit, snapshot, document, names)
        audit.record(actor, "report_released", made, information=_STATISTICAL)
    return made


def correct(*, actor: Actor, of: Release, reason: str, today: date) -> Release:
    """Release what the record says now as the next version of a released report.

    Raises Refused, and InputFault where there is a later version already, no reason is
    given, or no line has changed.
    """
    if not queries.may_keep(actor, of):
        raise Refused("no_ground")
    said = _reason(reason)
    if Release.objects.system("is there a later version").filter(corrects=of).exists():
        raise InputFault(
            _("This version was corrected already. Correct the latest one."),
            reason="corrected_already",
        )
    order = queries.order(of)
    snapshot = _frozen(actor, of.unit, today)
    document, names = _run(actor, order, snapshot)
    document = successive.kept_back(queries.document(of), document)
    if not list(comparing.changes(queries.document(of), document)):
        raise InputFault(
            _("Nothing in the report has changed. There is nothing to correct."),
            reason="nothing_changed",
        )
    with transaction.atomic():
        made = _kept(actor, order, of.unit, snapshot, document, names, of, said)
        audit.record(actor, "report_corrected", made, information=_STATISTICAL)
    return made


@transaction.atomic
def share(
    *, actor: Actor, of: Release, audience: str, shared_on: date, today: date
) -> Shared:
    """Record that a release was given to an audience. Raises Refused, and InputFault.

    Those outside the unit are given what a rule for small numbers lets out.
    """
    if not queries.may_keep(actor, of):
        raise Refused("no_ground")
    if audience in queries.OUTSIDE and not of.profile:
        raise InputFault(
            _(
                "This report has exact figures, which stay with the unit. Release it "
                "with a rule for small numbers and share that one."
            ),
            field="audience",
            reason="exact_figures",
        )
    if not of.created_at.date() <= shared_on <= today:
        raise InputFault(
            _("A report is shared on or after its release, and not in the future."),
            field="shared_on",
            reason="shared_on",
        )
    if Shared.objects.system("once").filter(release=of, audience=audience).exists():
        raise InputFault(
            _("It was shared with them already. Choose another audience."),
            field="audience",
            reason="shared_already",
        )
    made = Shared.objects.create(
        release=of,
        audience=Audience(audience),
        shared_on=shared_on,
        created_by_id=actor.id,
    )
    audit.record(actor, "report_shared", made, information=_STATISTICAL)
    return made


def must_be_over(order: Order, today: date) -> None:
    """Raise InputFault (`period_not_over`) for a period with days still to come."""
    if chosen(order).period.last_day >= today:
        raise InputFault(
            _("The period is not over. A report is released when its period is."),
            field="period",
            reason="period_not_over",
        )


_STATISTICAL = (Information.STATISTICAL,)


def _overseen(actor: Actor) -> list[Team]:
    return list(facts.overseen(actor).select_related("organisation"))


def _must_oversee(actor: Actor, units: list[Team]) -> None:
    if not units:
        raise Refused("no_ground")
    for unit in units:
        require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))


def _must_be_new(order: Order, unit: Team | None) -> None:
    """Raise InputFault where the same was released before: that one is corrected."""
    same = Release.objects.system("was it released before").filter(
        unit=unit,
        report=order.report,
        version=order.version,
        period=order.period,
        profile=order.profile or "",
    )
    if any(each.options["choices"] == dict(order.options) for each in same):
        raise InputFault(
            _("This report was released already. Open it below and correct it there."),
            field="period",
            reason="released_already",
        )


def _frozen(actor: Actor, unit: Team | None, today: date) -> Snapshot:
    """Return a snapshot of the record as it stands now."""
    built = freezing.build(actor=actor, unit=unit, today=today)
    found = facts.snapshot(actor, built.manifest.snapshot)
    if found is None:
        raise Refused("no_ground")
    return found


def _run(
    actor: Actor, order: Order, snapshot: Snapshot
) -> tuple[Document, dict[str, str]]:
    """Return the report over a snapshot, and the names of the units it was given."""
    held = set(snapshot.units)
    names = {
        key: name
        for key, name in queries.names(_overseen(actor)).items()
        if key in held
    }
    with facts.snapshot_facts(actor, snapshot) as frozen:
        found = run(order, frozen, units=names, content_hash=snapshot.hash)
    # As it will be read again.
    return from_json(to_json(found)), names


def _kept(
    actor: Actor,
    order: Order,
    unit: Team | None,
    snapshot: Snapshot,
    document: Document,
    names: dict[str, str],
    corrects: Release | None = None,
    reason: str = "",
) -> Release:
    text = to_json(document)
    made: Release = Release.objects.create(
        organisation_id=unit.organisation_id if unit else actor.organisation,
        unit=unit,
        units=sorted(names),
        report=order.report,
        version=document.version,
        period=order.period,
        options={
            "choices": dict(order.options),
            "restate": order.restate,
            "language": order.language,
            "names": names,
        },
        profile=order.profile or "",
        snapshot=snapshot,
        number=corrects.number + 1 if corrects else 1,
        corrects=corrects,
        reason=reason,
        document=text,
        hash=text_hash(text),
        created_by_id=actor.id,
    )
    return made


def _reason(text: str) -> str:
    kept = " ".join(text.split())
    if not 0 < len(kept) <= LONGEST:
        raise InputFault(
            _("Say in at most 2,000 characters why the report is corrected."),
            field="reason",
            reason="reason",
        )
    return kept
