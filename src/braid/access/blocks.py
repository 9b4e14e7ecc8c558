"""Blocks: to whom an applicant does not exist, and setting that aside in an emergency.

Two persons set a block aside together: one who supervises the unit, one who runs the
organisation. Neither is blocked by the applicant, and neither is the blocked person.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from braid.access import audit, queries, secrets, shared
from braid.access.choices import EmergencyReason, NoticeKind
from braid.access.models import (
    ApplicantAccount,
    Block,
    BlockSetAside,
    Membership,
    Notice,
    User,
)
from braid.access.policy import Action, Actor, Subject
from braid.kernel.errors import InputFault, Refused

SET_ASIDE_FOR = timedelta(hours=24)
WORDS = 20  # characters that tell what happened, at least


class Whom(NamedTuple):
    """The applicant of a block: the subject of their identity, and what they are called."""

    subject: Subject
    name: str

    @property
    def key(self) -> UUID:
        if self.subject.applicant is None:
            raise Refused("absent")
        return self.subject.applicant


def in_force(applicant_ids: Iterable[UUID]) -> QuerySet[Block]:
    """Return the blocks that nobody lifted, with who is blocked."""
    blocks = Block.objects.filter(
        applicant_id__in=applicant_ids, lifted_at__isnull=True
    )
    return blocks.select_related("user").order_by("set_at")


def of_applicant(actor: Actor, whom: Whom, now: datetime) -> list[Block]:
    """Return the blocks of one applicant, with what set them aside. Raises Refused.

    `asked` are requests that wait for a second person, `aside` what holds now.
    """
    queries.require(actor, Action.BLOCK, whom.subject)
    return _with_set_asides(in_force([whom.key]), now)


def _with_set_asides(blocks: QuerySet[Block], now: datetime) -> list[Block]:
    everything = BlockSetAside.objects.select_related("first_by", "second_by")
    waiting = Q(second_by__isnull=True)
    return list(
        blocks.prefetch_related(
            Prefetch("set_aside", everything.filter(waiting), to_attr="asked"),
            Prefetch(
                "set_aside", everything.filter(expires_at__gt=now), to_attr="aside"
            ),
        )
    )


def is_blocked(
    blocks: Iterable[Block], user_id: UUID | None, hashes: Collection[str]
) -> bool:
    """Say whether one of these blocks is against this person, or against the name."""
    return any(
        (user_id is not None and block.user_id == user_id)
        or (block.name_hash and block.name_hash in hashes)
        for block in blocks
    )


def blocked_among(
    applicants: Mapping[UUID, tuple[UUID | None, str]], now: datetime
) -> frozenset[UUID]:
    """Return the applicants who have blocked the person named beside them.

    `applicants` maps each to the id and the name of whoever works with them.
    """
    by_applicant: dict[UUID, list[Block]] = {}
    set_aside = BlockSetAside.objects.filter(
        second_by__isnull=False, expires_at__gt=now
    )
    blocks = in_force(list(applicants)).exclude(pk__in=set_aside.values("block_id"))
    for block in blocks:
        by_applicant.setdefault(block.applicant_id, []).append(block)
    return frozenset(
        key
        for key, found in by_applicant.items()
        if is_blocked(
            found, applicants[key][0], secrets.name_hashes(applicants[key][1])
        )
    )


@transaction.atomic
def set_block(
    *,
    actor: Actor,
    whom: Whom,
    user_id: UUID | None = None,
    name: str = "",
    reason: str = "",
    now: datetime,
) -> Block:
    """Let the applicant not exist for a member of Braid, or for everybody of a name.

    Raises Refused, and InputFault where nobody is named, where it is the applicant's own
    name, where the same block is there already, or where staff give no reason.
    """
    queries.require(actor, Action.BLOCK, whom.subject)
    user = User.objects.filter(pk=user_id).first() if user_id else None
    said = " ".join((user.name if user else name).split())
    if not said:
        raise InputFault(_("Choose somebody, or enter a full name."), field="name")
    if user_id is not None and user_id == actor.id:
        raise InputFault(_("You cannot block yourself."), field="person")
    hashed = "" if user else secrets.name_hash(said)
    if hashed in _own_names(whom):
        raise InputFault(_("This is the applicant's own name."), field="name")
    if actor.own != whom.key and not reason.strip():
        raise InputFault(_("Say why the block is set."), field="reason")
    hashes = secrets.name_hashes(said) if not user else ()
    if is_blocked(in_force([whom.key]), user.pk if user else None, hashes):
        raise InputFault(_("This person is blocked already."))
    block = Block.objects.create(
        organisation_id=whom.subject.organisation,
        applicant_id=whom.key,
        user=user,
        name=said,
        name_hash=hashed,
        reason=reason.strip(),
        set_at=now,
        set_by_id=actor.id,
    )
    audit.record(actor, "block_set", block, applicant=whom.key)
    return block


def _own_names(whom: Whom) -> set[str]:
    """Return the hashes of the applicant's own name, which would lock them out."""
    accounts = ApplicantAccount.objects.filter(applicant_id=whom.key)
    names = {whom.name, *accounts.values_list("user__name", flat=True)}
    return {secrets.name_hash(name) for name in names}


@transaction.atomic
def lift(*, actor: Actor, whom: Whom, key: UUID, now: datetime) -> None:
    """Lift a block. Raises Refused; answers 404 where the applicant has no such block."""
    queries.require(actor, Action.BLOCK, whom.subject)
    block = in_force([whom.key]).filter(pk=key).first()
    if block is None:
        raise Http404
    block.lifted_at = now
    block.save(update_fields=["lifted_at"])
    audit.record(actor, "block_lifted", block, applicant=whom.key)


def of_organisation(actor: Actor, now: datetime) -> list[Block]:
    """Return the blocks that whoever runs the organisation may help to set aside.

    Raises Refused.
    """
    subject = Subject(None, actor.organisation)
    queries.require(actor, Action.SET_ASIDE, subject)
    blocks = Block.objects.filter(
        organisation_id=actor.organisation, lifted_at__isnull=True
    )
    seen = blocks.exclude(applicant_id__in=actor.hidden).select_related("user")
    return _with_set_asides(seen.order_by("set_at"), now)


@transaction.atomic
def ask_to_set_aside(
    *,
    actor: Actor,
    subject: Subject,
    key: UUID,
    reason: EmergencyReason,
    words: str,
    now: datetime,
) -> BlockSetAside:
    """Ask for a block to be set aside: nothing holds until a second person agrees.

    `subject` says whose the applicant is, without a class of information. Raises
    Refused and InputFault.
    """
    block = _block(actor, subject, key)
    if actor.id is None:
        raise Refused("not_granted")
    if len(words.strip()) < WORDS:
        raise InputFault(
            _("Say what happened in at least %(number)s characters.")
            % {"number": WORDS},
            field="words",
        )
    if block.set_aside.filter(second_by__isnull=True).exists():
        raise InputFault(_("Somebody has asked already. A second person must agree."))
    asked = BlockSetAside.objects.create(
        block=block,
        reason=reason,
        words=words.strip(),
        first_by_id=actor.id,
        first_role=actor.role.value,
        first_at=now,
    )
    audit.record(actor, "set_aside_asked", asked, applicant=block.applicant_id)
    return asked


@transaction.atomic
def agree_to_set_aside(
    *, actor: Actor, subject: Subject, key: UUID, asked_id: UUID, now: datetime
) -> None:
    """Agree as the second person: the block rests for a day and the applicant is told.

    Raises Refused; InputFault where the first person, or one of the same role, agrees.
    """
    block = _block(actor, subject, key)
    asked = block.set_aside.filter(pk=asked_id, second_by__isnull=True).first()
    if asked is None:
        raise Http404
    if actor.id is None or asked.first_by_id == actor.id:
        raise InputFault(_("You asked for this yourself. Another person must agree."))
    if asked.first_role == actor.role.value:
        raise InputFault(
            _("A supervisor of the unit and a steward set a block aside together.")
        )
    asked.second_by_id = actor.id
    asked.second_at = now
    asked.expires_at = now + SET_ASIDE_FOR
    asked.save(update_fields=["second_by", "second_at", "expires_at"])
    Notice.objects.create(
        applicant_id=block.applicant_id,
        kind=NoticeKind.BLOCK_SET_ASIDE,
        organisation_id=block.organisation_id,
        at=now,
        record_key=asked.pk,
    )
    audit.record(actor, "block_set_aside", asked, applicant=block.applicant_id)


def _block(actor: Actor, subject: Subject, key: UUID) -> Block:
    """Return a block of the applicant of `subject` that the actor may help set aside."""
    queries.require(actor, Action.SET_ASIDE, subject)
    blocks = Block.objects.filter(pk=key, lifted_at__isnull=True)
    block = blocks.filter(organisation_id=subject.organisation).first()
    is_other = block is not None and subject.applicant not in (None, block.applicant_id)
    if block is None or is_other or block.applicant_id in actor.hidden:
        raise Http404
    if actor.id and is_blocked([block], actor.id, secrets.name_hashes(actor.name)):
        raise Refused("absent")
    return block


def block(actor: Actor, key: UUID) -> Block:
    """Return a block in force, else answer 404; the policy is asked by whoever acts."""
    blocks = Block.objects.filter(pk=key, lifted_at__isnull=True)
    found = blocks.exclude(applicant_id__in=actor.hidden).first()
    if found is None:
        raise Http404
    return found


def people_around(whom: Whom, today: date) -> list[tuple[UUID, str]]:
    """Return (id, name and role) of the staff who work with the applicant today."""
    held = Membership.objects.filter(
        queries.in_force(today), team_id__in=shared.around(whom.key, today)
    )
    listed = held.select_related("user", "team").order_by("user__name", "pk")
    return [
        (one.user_id, f"{one.user.name} · {one.get_role_display()}, {one.team}")
        for one in listed
    ]
