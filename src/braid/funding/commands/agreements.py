"""Agreements with funders, what is filled into their contracts, and what funders did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.funding.choices import FunderEventKind, RequesterKind
from braid.funding.models import Agreement, Binding, FunderEvent, Party
from braid.kernel.errors import InputFault, PackFault, PackFaults
from braid.packs import contracts

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.people.models import Episode

STATISTICAL = (Information.STATISTICAL,)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is settled with a funder; `last_day` None is open."""

    contract: str
    first_day: date
    last_day: date | None = None
    buyer_reference: str = ""
    order_reference: str = ""
    payment_days: int = 30


@transaction.atomic
def make_agreement(
    *, actor: Actor, unit: Team, funder: Team, agreed: Agreed
) -> Agreement:
    """Note that a funder pays a unit by a contract. Raises Refused, InputFault."""
    made = Agreement(unit=unit, funder=funder, created_by_id=actor.id, **asdict(agreed))
    require(actor, Action.CLAIM, made.subject())
    _check(agreed)
    if unit.pk == funder.pk:
        raise InputFault(
            _("A unit does not pay itself. Choose the desk of the funder."),
            field="funder",
            reason="same_team",
        )
    same = Agreement.objects.system("whether there is one already").filter(
        unit=unit, contract=agreed.contract, first_day=agreed.first_day
    )
    if same.exists():
        raise InputFault(
            _("There is an agreement by this contract from this day on already."),
            field="first_day",
            reason="agreement_twice",
        )
    made.save()
    audit.record(actor, "agreement_made", made, information=STATISTICAL)
    return made


def change_agreement(
    *, actor: Actor, agreement: Agreement, row_version: int, agreed: Agreed
) -> None:
    """Change the days and references of an agreement. Raises Refused, Stale, InputFault."""
    require(actor, Action.CLAIM, agreement.subject())
    _check(agreed)
    values = asdict(agreed)
    values.pop("contract")
    edit(
        actor,
        agreement,
        action="agreement_changed",
        expected_version=row_version,
        **values,
    )


def _check(agreed: Agreed) -> None:
    if agreed.contract not in contracts.load():
        raise InputFault(
            _("There is no such contract. Choose one of the list."),
            field="contract",
            reason="contract_unknown",
        )
    if agreed.last_day is not None and agreed.last_day < agreed.first_day:
        raise InputFault(
            _("The agreement ends before it begins. Correct one of the two days."),
            field="last_day",
            reason="days_reversed",
        )


@transaction.atomic
def set_party(
    *, actor: Actor, agreement: Agreement, slot: str, values: Mapping[str, Any]
) -> Party:
    """Say who stands on invoices for a slot. Raises Refused."""
    require(actor, Action.CLAIM, agreement.subject())
    kept = Party.objects.system("of an agreement that was opened")
    row = kept.filter(agreement=agreement, slot=slot).first()
    if row is None:
        made = Party.objects.create(
            agreement=agreement, slot=slot, created_by_id=actor.id, **values
        )
        audit.record(actor, "party_set", made, information=STATISTICAL)
        return made
    edit(actor, row, action="party_set", **values)
    return row


@dataclass(frozen=True, slots=True)
class Value:
    """What one parameter is filled in with, where that is written, and by whom."""

    parameter: str
    value: Any
    source: str
    bound_by: str
    day: date


@transaction.atomic
def bind(*, actor: Actor, agreement: Agreement, version: int, given: Value) -> Binding:
    """Fill a parameter of a contract in; an earlier value stays in the history.

    Raises Refused, and InputFault that says what the parameter takes.
    """
    require(actor, Action.CLAIM, agreement.subject())
    for field in ("source", "bound_by"):
        if not getattr(given, field).strip():
            raise InputFault(
                _("A value says where it is written and who filled it in."),
                field=field,
                reason="no_source",
            )
    try:
        contract = contracts.get(agreement.contract, version)
        contracts.bind(
            contract,
            [(given.parameter, given.value, given.source, given.bound_by, given.day)],
        )
    except (PackFault, PackFaults) as fault:
        raise InputFault(str(fault), field="value", reason="value_unfit") from fault
    made = Binding.objects.create(
        agreement=agreement,
        version=version,
        parameter=given.parameter,
        value=given.value,
        source=given.source.strip(),
        bound_by=given.bound_by.strip(),
        day=given.day,
        written_by_id=actor.id,
    )
    audit.record(actor, "parameter_bound", made, information=STATISTICAL)
    return made


@dataclass(frozen=True, slots=True)
class Letter:
    """What a funder did or was sent on a day. A request says who asks and as what."""

    kind: str
    day: date
    reference: str = ""
    months: int | None = None
    requester: str = ""
    requester_kind: str = ""
    executing_body: str = ""


@transaction.atomic
def record_event(
    *,
    actor: Actor,
    episode: Episode,
    agreement: Agreement,
    letter: Letter,
    today: date,
) -> FunderEvent:
    """Note what a funder decided or was sent about an episode. Raises Refused, InputFault."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    _check_letter(agreement, letter, today)
    if agreement.unit_id != episode.unit_id:
        raise InputFault(
            _("This agreement is with another unit. Choose one of this unit."),
            field="agreement",
            reason="other_unit",
        )
    same = FunderEvent.objects.system("whether it is noted already").filter(
        episode=episode, agreement=agreement, kind=letter.kind, day=letter.day
    )
    if same.exists():
        raise InputFault(
            _("This is noted for this day already."), field="day", reason="event_twice"
        )
    made = FunderEvent.objects.create(
        episode=episode, agreement=agreement, created_by_id=actor.id, **asdict(letter)
    )
    audit.record(actor, "funder_event_recorded", made, applicant=episode.applicant_id)
    return made


def _check_letter(agreement: Agreement, letter: Letter, today: date) -> None:
    if letter.day > today:
        raise InputFault(
            _("This day is still to come. Say on which day it happened."),
            field="day",
            reason="day_to_come",
        )
    if letter.kind != FunderEventKind.REQUEST:
        return
    if not letter.requester.strip() or not letter.requester_kind:
        raise InputFault(
            _("A request says who asks, and as what kind of body."),
            field="requester",
            reason="no_requester",
        )
    rules = contracts.in_force(agreement.contract, letter.day).rules
    if (
        "requester_is_single_municipality" in rules
        and letter.requester_kind != RequesterKind.MUNICIPALITY
    ):
        raise InputFault(
            _(
                "This contract takes requests of one municipality only. Write the "
                "municipality where the person lives as who asks, and the other body "
                "as who carries it out."
            ),
            field="requester",
            reason="requester_is_single_municipality",
        )


@transaction.atomic
def take_back_event(*, actor: Actor, event: FunderEvent) -> None:
    """Take back what was noted by mistake. Raises Refused."""
    require(actor, Action.RECORD, event.subject())
    audit.record(actor, "funder_event_taken_back", event, applicant=event.about)
    event.delete()
