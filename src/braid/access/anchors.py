"""Signed anchors of the audit's chains, kept where whoever rewrites a chain cannot.

An anchor says up to which line a chain had come, with which hash, at which instant; it
is signed with Ed25519 by a key of the installation's ring. A file of anchors has one
JSON document a line (docs/how-to/check-the-audit.md) and only grows.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from braid.access import chain, keyring, lines
from braid.access.keyring import Use
from braid.access.models import AuditRoot
from braid.access.verifying import MARK, Damage, Root, walk
from braid.kernel.errors import BraidError, InputFault

FORMAT = 1
FILE_MODE = 0o600


class Unsound(BraidError):
    """A chain is broken; it is not signed as if it were whole."""

    code = "audit_unsound"


class Unsigned(BraidError):
    """The signature of an anchor does not hold."""

    code = "anchor_unsigned"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line of a file of anchors. `marks` is not signed: it only helps to locate."""

    organisation: str
    sequence: int
    hash: str
    at: str
    key: str
    signature: str
    first: int = 0
    marks: str = ""
    format: int = FORMAT

    def signed(self) -> bytes:
        """Return the bytes under the signature."""
        return _statement(
            self.organisation, self.sequence, self.hash, self.at, self.key
        )

    def root(self) -> Root:
        """Return the anchor as a walk compares it."""
        marks = base64.b64decode(self.marks)
        return Root(self.sequence, self.hash, self.first, marks)


def _statement(
    organisation: str, sequence: int, hash_: str, at: str, key: str
) -> bytes:
    return chain.canonical(
        {
            "organisation": organisation,
            "sequence": sequence,
            "hash": hash_,
            "at": at,
            "key": key,
        }
    )


def _private(key_id: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        keyring.derived(Use.AUDIT_ANCHOR, key_id)
    )


def public_keys() -> dict[str, str]:
    """Return the public keys of the ring by their ids, newest first, in base64."""
    return {
        key_id: base64.b64encode(
            _private(key_id).public_key().public_bytes_raw()
        ).decode()
        for key_id in keyring.ids()
    }


def make(organisation: UUID, now: datetime) -> AuditRoot | None:
    """Sign and keep a root over an organisation's chain; None where nothing is new.

    Raises Unsound where the chain, from the last root on, is not whole.
    """
    last = latest(organisation)
    first, previous = (last.sequence + 1, last.hash) if last else (1, chain.BEGIN)
    if last and lines.hash_of(organisation, last.sequence) != last.hash:
        raise _unsound(organisation, last.sequence, Damage.REWRITTEN)
    read = lines.chain(organisation)
    found = walk(read, first, previous)
    if found.damage is not None:
        raise _unsound(organisation, found.line, found.damage)
    if not found.lines or read.head is None:
        return None
    key, at = keyring.current(), chain.instant(now)
    statement = _statement(
        str(organisation), read.head.sequence, read.head.hash, at, key
    )
    made: AuditRoot = AuditRoot.objects.create(
        organisation_id=organisation,
        sequence=read.head.sequence,
        hash=read.head.hash,
        at=now,
        key_id=key,
        signature=base64.b64encode(_private(key).sign(statement)).decode(),
    )
    return made


def _unsound(organisation: UUID, line: int, damage: Damage) -> Unsound:
    return Unsound(
        f"The chain of organisation {organisation} is {damage} at line {line}. "
        "It was not signed. Look at it with `braid audit verify`."
    )


def of_root(root: AuditRoot, first: int = 0) -> Anchor:
    """Return a root as an anchor, with the marks of its lines from `first` on."""
    marks = b""
    if first:
        marks = b"".join(
            bytes.fromhex(line.hash[: 2 * MARK])
            for line in lines.lines(root.organisation_id, first)
            if line.sequence <= root.sequence
        )
    return Anchor(
        organisation=str(root.organisation_id),
        sequence=root.sequence,
        hash=root.hash,
        at=chain.instant(root.at),
        key=root.key_id,
        signature=root.signature,
        first=first,
        marks=base64.b64encode(marks).decode(),
    )


def latest(organisation: UUID) -> AuditRoot | None:
    """Return the last root of an organisation's chain."""
    found: AuditRoot | None = AuditRoot.objects.filter(
        organisation_id=organisation
    ).last()
    return found


def kept() -> Iterator[Anchor]:
    """Yield the anchors that this installation keeps itself."""
    for root in AuditRoot.objects.all():
        yield of_root(root)


def checked(
    anchors: Iterable[Anchor], keys: Mapping[str, str]
) -> dict[UUID, list[Root]]:
    """Return anchors by organisation. Raises Unsigned where a signature does not hold."""
    found: dict[UUID, list[Root]] = {}
    for anchor in anchors:
        _check(anchor, keys)
        found.setdefault(UUID(anchor.organisation), []).append(anchor.root())
    return found


def _check(anchor: Anchor, keys: Mapping[str, str]) -> None:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[anchor.key]))
        public.verify(base64.b64decode(anchor.signature), anchor.signed())
    except (KeyError, ValueError, InvalidSignature):
        raise Unsigned(
            f"The signature of the anchor at line {anchor.sequence} of organisation "
            f"{anchor.organisation} does not hold for key '{anchor.key[:20]}'. Expected "
            "an anchor that this installation signed. Compare `braid audit key` with "
            "the key that was handed over, and ask for the file anew."
        ) from None


def read(path: Path) -> list[Anchor]:
    """Return the anchors of a file. Raises InputFault naming the line."""
    found = []
    for number, text in enumerate(path.read_text().splitlines(), 1):
        try:
            given: dict[str, Any] = json.loads(text)
            anchor = Anchor(**given)
            UUID(anchor.organisation)
            anchor.root()
            if anchor.format != FORMAT or not isinstance(anchor.sequence, int):
                raise ValueError
        except (ValueError, TypeError, AttributeError):
            raise InputFault(
                f"Line {number} of {path.name} is not an anchor of format {FORMAT}."
            ) from None
        found.append(anchor)
    return found


def write(path: Path, roots: Sequence[AuditRoot]) -> list[Anchor]:
    """Add roots to a file, each with the marks of what the file does not have yet."""
    come = (
        {one.organisation: one.sequence for one in read(path)} if path.exists() else {}
    )
    new = [
        of_root(root, come.get(str(root.organisation_id), 0) + 1)
        for root in roots
        if root.sequence > come.get(str(root.organisation_id), 0)
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{line(anchor)}\n" for anchor in new)
        file.flush()
        os.fsync(file.fileno())
    return new


def line(anchor: Anchor) -> str:
    """Return an anchor as a line of a file."""
    return json.dumps(asdict(anchor), separators=(",", ":"))
