"""Replacing keys: a new one in front, everything brought under it, the old one away.

Rooms that keep something under the ring hand in a `Holding`; the site wires them. The
work goes in batches, each a transaction of its own: whoever stops it goes on later, and
until the end everything is found under the old key as well as the new.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast

from braid.access import audit, keyring, secrets, subject_keys
from braid.access.keyring import Use
from braid.access.models import AuditRoot, Block, SignInProvider
from braid.access.policy import Actor, Role
from braid.kernel.errors import InputFault

BATCH = 500
SHELL = "shell"


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that stands under keys: how much under one, and how it is renewed.

    `under` takes the id of a key and counts. `renew` brings up to so many under the
    current key and returns how many it did; None where nothing can be renewed.
    """

    name: str
    under: Callable[[str], int]
    renew: Callable[[int], int] | None


_holdings: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Take what a room keeps under keys; one of the same name replaces it."""
    _holdings.update({holding.name: holding for holding in holdings})


def actor() -> Actor:
    """Return the audited actor of the shell for what no organisation owns alone."""
    return Actor(
        id=None, role=Role.STEWARD, organisation=audit.NOBODY, system=f"{SHELL}: keys"
    )


def rotate(now: datetime, *, batch: int = BATCH) -> dict[str, int]:
    """Put a new key in front and bring everything under it; return how much.

    A rotation that was stopped is taken up again, without another key.
    """
    key_id = keyring.begin_rotation(now)
    audit.record(actor(), "keys_rotation_begun", digest=key_id)
    done = renew(batch=batch)
    keyring.end_rotation()
    audit.record(
        actor(), "keys_rotated", digest=key_id, count=min(sum(done.values()), 2**31 - 1)
    )
    return done


def renew(*, batch: int = BATCH) -> dict[str, int]:
    """Bring under the current key what is still under an older one."""
    done = {}
    for name, holding in _holdings.items():
        done[name] = 0
        while holding.renew is not None and (renewed := holding.renew(batch)):
            done[name] += renewed
    return done


def under(key_id: str) -> dict[str, int]:
    """Return how much stands under a key, by the name of what it is."""
    counted = {name: holding.under(key_id) for name, holding in _holdings.items()}
    return {name: count for name, count in counted.items() if count}


def retire(key_id: str) -> None:
    """Take an old key away for good. Raises InputFault while anything needs it."""
    if key_id not in keyring.ids():
        known = ", ".join(keyring.ids())
        raise InputFault(f"There is no key '{key_id}'. Known: {known}.")
    if key_id == keyring.current():
        raise InputFault(
            f"Key '{key_id}' is the one that encrypts. Expected an older one. "
            "Run 'braid keys rotate' first."
        )
    left = under(key_id)
    if left:
        said = ", ".join(f"{count} {name}" for name, count in left.items())
        raise InputFault(
            f"Key '{key_id}' is still needed: {said}. Expected nothing under it. "
            "Run 'braid keys rotate' and look again."
        )
    audit.record(actor(), "key_retired", digest=key_id)
    keyring.remove(key_id)


def text_column(
    name: str,
    model: type[models.Model],
    column: str,
    use: Use,
    **follows: Callable[[Any, str], str],
) -> Holding:
    """Return the holding of a column that `secrets.encrypt` wrote.

    `follows` are columns that follow from the text, each as a function of the row and
    the text in clear (a keyed hash). A row that then says what another says already,
    because somebody recorded it under both keys, is taken away.
    """

    def stored() -> models.QuerySet[Any, Any]:
        raw = Cast(column, models.TextField())
        # No reader asks: a scoped model's own manager would want one.
        rows = models.QuerySet(model).annotate(raw_text=raw)
        return rows.filter(raw_text__contains=":").order_by("pk")

    def count(key_id: str) -> int:
        return stored().filter(raw_text__startswith=f"{key_id}:").count()

    @transaction.atomic
    def renewed(limit: int) -> int:
        old = stored().exclude(raw_text__startswith=f"{keyring.current()}:")
        found = list(old[:limit])
        for row in found:
            text = secrets.decrypt(row.raw_text, use)
            sealed = models.Value(secrets.encrypt(text, use), models.TextField())
            values = {field: made(row, text) for field, made in follows.items()}
            same_row: Any = models.QuerySet(model).filter(pk=row.pk)
            try:
                with transaction.atomic():
                    same_row.update(**{column: sealed}, **values)
            except IntegrityError:
                same_row.delete()
        return len(found)

    return Holding(name, count, renewed)


def _blocks_under(key_id: str) -> int:
    return sum(
        block.name_hash == secrets.name_hash(block.name, key_id)
        for block in Block.objects.exclude(name_hash="")
    )


@transaction.atomic
def _renew_blocks(limit: int) -> int:
    done = 0
    for block in Block.objects.exclude(name_hash="").select_for_update():
        wanted = secrets.name_hash(block.name)
        if block.name_hash != wanted and done < limit:
            Block.objects.filter(pk=block.pk).update(name_hash=wanted)
            done += 1
    return done


HOLDINGS = (
    Holding("names of blocks", _blocks_under, _renew_blocks),
    Holding(
        "keys of applicants",
        lambda key_id: sum(1 for _ in subject_keys.under(key_id)),
        subject_keys.rewrap,
    ),
    # A signature is never made again: its key stays as long as the anchor is kept.
    Holding(
        "anchors of the audit",
        lambda key_id: AuditRoot.objects.filter(key_id=key_id).count(),
        None,
    ),
    text_column(
        "secrets of sign-in providers",
        SignInProvider,
        "client_secret_encrypted",
        Use.SIGN_IN,
    ),
)
