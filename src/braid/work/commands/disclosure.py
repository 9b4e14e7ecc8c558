"""What an employer may know: talked about, decided by the applicant, taken back.

A draft is edited; a decision that was agreed stays as it is, and a later one takes its
place. Nothing here is a condition of the service.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.errors import InputFault
from braid.kernel.ids import new_id
from braid.method.disclosure import beyond
from braid.people.choices import AgreedHow
from braid.people.queries import EpisodeRef
from braid.work.choices import Decision, DisclosureItemKind
from braid.work.models import DisclosureDecision, DisclosureItem, Employer, Job
from braid.work.queries.disclosure import agreed_for

if TYPE_CHECKING:
    from braid.access.models import Team

REVISIT = timedelta(days=90)  # decided by the house: with the plan, once a quarter
OF_DECISION = "parts of a decision already opened by policy"


def _require(actor: Actor, row: EpisodeRef | DisclosureDecision) -> None:
    for information in (Information.WORK_GOALS, Information.HEALTH_AT_WORK):
        require(actor, Action.CO_WRITE, row.subject(information))


def _check(actor: Actor, applicant_id: UUID, values: Mapping[str, Any]) -> None:
    """Raise InputFault for a piece that the decision does not reach, and odd days."""
    items: Mapping[str, str] = values.get("items", {})
    too_far = beyond(values["decision"], items)
    if too_far:
        raise InputFault(
            _(
                "“%(piece)s” goes further than what was decided. Empty it, or decide "
                "that more may be told."
            )
            % {"piece": DisclosureItemKind(too_far[0]).label},
            field=f"words_{too_far[0]}",
        )
    if values["decision"] == Decision.HEALTH and not any(items.values()):
        raise InputFault(
            _("Write down in which words something about health may be told."),
            field="words_mental_health",
        )
    discussed, revisit = values["discussed_on"], values.get("revisit_on")
    if revisit is not None and revisit <= discussed:
        raise InputFault(
            _("The next talk would not come after this one. Choose a later day."),
            field="revisit_on",
        )
    how = values.get("agreed_how", "")
    if how and (how == AgreedHow.OWN_ACCOUNT) != (actor.own == applicant_id):
        raise InputFault(
            _("In the own account only the applicant agrees. Note how you heard it."),
            field="agreed_how",
        )


@transaction.atomic
def decide_disclosure(
    *,
    actor: Actor,
    episode: EpisodeRef,
    employer_id: UUID | None,
    decision: str,
    discussed_on: date,
    items: Mapping[str, str] | None = None,
    revisit_on: date | None = None,
    agreed_how: str = "",
    in_favour: str = "",
    against: str = "",
) -> DisclosureDecision:
    """Note a talk about what employers may know, and what was decided in it.

    `items` are the pieces that may be told, each in its exact words. Without
    `agreed_how` it stays a draft, which allows nothing.
    """
    _require(actor, episode)
    values = {
        "decision": decision,
        "discussed_on": discussed_on,
        "revisit_on": revisit_on or discussed_on + REVISIT,
        "agreed_how": agreed_how,
        "in_favour": in_favour,
        "against": against,
    }
    _check(actor, episode.applicant_id, {**values, "items": items or {}})
    made = DisclosureDecision.objects.create(
        episode_id=episode.id,
        employer=_employer(episode.unit_id, employer_id),
        agreed_on=discussed_on if agreed_how else None,
        created_by_id=actor.id,
        **values,
    )
    _set_items(actor, made, items or {})
    audit.record(
        actor,
        "disclosure_agreed" if agreed_how else "disclosure_discussed",
        made,
        applicant=episode.applicant_id,
    )
    return made


def _employer(unit_id: UUID, key: UUID | None) -> Employer | None:
    """Return an employer of the unit's directory; None is any."""
    if key is None:
        return None
    known = Employer.objects.filter(unit_id=unit_id, pk=key).system(OF_DECISION).first()
    if known is None:
        raise InputFault(
            _("This employer is not in the directory. Choose one of the list."),
            field="employer",
        )
    found: Employer = known
    return found


def _set_items(
    actor: Actor, decision: DisclosureDecision, items: Mapping[str, str]
) -> None:
    DisclosureItem.objects.filter(disclosure=decision).system(OF_DECISION).delete()
    DisclosureItem.objects.bulk_create(
        DisclosureItem(
            disclosure=decision,
            item=item,
            may_tell=True,
            words=words,
            created_by_id=actor.id,
        )
        for item, words in items.items()
    )


@transaction.atomic
def change_disclosure(
    *,
    actor: Actor,
    decision: DisclosureDecision,
    row_version: int,
    employer_id: UUID | None,
    items: Mapping[str, str],
    values: Mapping[str, Any],
) -> None:
    """Change a draft, or agree it. Raises Stale, or InputFault once it was agreed.

    `values` are its columns: decision, discussed_on and what else was talked about.
    """
    _require(actor, decision)
    if decision.agreed_on is not None:
        raise InputFault(
            _("This was agreed and stays as it is. Decide anew to change it."),
            reason="agreed",
        )
    applicant = decision.episode.applicant_id
    _check(actor, applicant, {**values, "items": items})
    how = values.get("agreed_how", "")
    if how:
        _nothing_newer(decision, employer_id, values["discussed_on"])
    edit(
        actor,
        decision,
        action="disclosure_agreed" if how else "disclosure_changed",
        expected_version=row_version,
        applicant=applicant,
        agreed_on=values["discussed_on"] if how else None,
        employer=_employer(decision.episode.unit_id, employer_id),
        **values,
    )
    _set_items(actor, decision, items)


@transaction.atomic
def agree_disclosure(
    *, actor: Actor, decision: DisclosureDecision, day: date, how: str
) -> None:
    """Agree a draft as it stands."""
    _require(actor, decision)
    if decision.agreed_on is not None:
        raise InputFault(_("This was agreed already."), reason="agreed")
    is_own = actor.own == decision.episode.applicant_id
    if (how == AgreedHow.OWN_ACCOUNT) != is_own:
        raise InputFault(
            _("In the own account only the applicant agrees. Note how you heard it.")
        )
    _nothing_newer(decision, decision.employer_id, day)
    edit(
        actor,
        decision,
        action="disclosure_agreed",
        applicant=decision.episode.applicant_id,
        agreed_on=day,
        agreed_how=how,
    )


def _nothing_newer(
    draft: DisclosureDecision, employer_id: UUID | None, day: date
) -> None:
    """Raise InputFault for a draft beside which something newer was agreed that day.

    Of one day what was written down last holds, and a draft was written down before.
    """
    newer = DisclosureDecision.objects.filter(
        episode_id=draft.episode_id,
        employer_id=employer_id,
        agreed_on=day,
        created_at__gt=draft.created_at,
    )
    if newer.system(OF_DECISION).exists():
        raise InputFault(
            _("Something newer was agreed since. Decide anew to change it."),
            reason="newer",
        )


def take_back_disclosure(
    *, actor: Actor, decision: DisclosureDecision, day: date
) -> bool:
    """Take a decision back, at once. The employer is told nothing until a new one."""
    _require(actor, decision)
    if decision.agreed_on is None:
        raise InputFault(_("This was never agreed, so there is nothing to take back."))
    if decision.revoked_on is not None:
        return False
    return edit(
        actor,
        decision,
        action="disclosure_taken_back",
        applicant=decision.episode.applicant_id,
        revoked_on=max(day, decision.agreed_on),
    )


def must_agree_in_job(actor: Actor, job: Job, disclosure: str) -> None:
    """Raise InputFault where a job would say that more was told than is agreed.

    What an employer knew before the service came is a fact, whatever was agreed since.
    """
    if job.held_at_referral:
        return
    limit = agreed_for(actor, job.episode_id, job.employer_id, actor.day)
    if not limit.allows_in_job(disclosure):
        raise InputFault(
            _(
                "This is more than the person agreed to for this employer. Talk about "
                "it first."
            ),
            field="disclosure",
            reason="too_much_told",
        )


@dataclass(frozen=True, slots=True)
class NewDisclosure:
    """A decision to record; fields as in `models.DisclosureDecision`."""

    episode_id: UUID
    decision: str
    discussed_on: date
    employer_id: UUID | None = None
    agreed_on: date | None = None
    agreed_how: str = ""
    revisit_on: date | None = None
    revoked_on: date | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


_COLUMNS = (
    "id",
    "episode_id",
    "decision",
    "discussed_on",
    "employer_id",
    "agreed_on",
    "agreed_how",
    "revisit_on",
    "revoked_on",
)


@transaction.atomic
def record_disclosures(
    *, actor: Actor, unit: "Team", rows: Sequence[NewDisclosure]
) -> list[UUID]:
    """Record decisions of the past, and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    insert(
        DisclosureDecision,
        _COLUMNS,
        ([getattr(row, name) for name in _COLUMNS] for row in rows),
        in_favour="",
        against="",
        created_by_id=actor.id,
    )
    insert(
        DisclosureItem,
        ("disclosure_id", "item", "words"),
        _items(rows),
        may_tell=True,
        created_by_id=actor.id,
    )
    audit.record(actor, "disclosures_recorded", unit, count=len(rows))
    return [row.id for row in rows]


def _items(rows: Iterable[NewDisclosure]) -> Iterable[tuple[Any, ...]]:
    return ((row.id, item, words) for row in rows for item, words in row.items.items())
