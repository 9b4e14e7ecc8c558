"""Secrets of second factors under the key ring: how many there are, and their renewal."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from braid.access import keyring, secrets
from braid.access.keyring import Use
from braid.access.rotation import Holding

# Which entry of an authenticator's data is encrypted. A passkey keeps no secret here.
SECRETS = {
    Authenticator.Type.TOTP: "secret",
    Authenticator.Type.RECOVERY_CODES: "seed",
}


def _kept() -> Iterator[tuple[Authenticator, str]]:
    for kept in Authenticator.objects.filter(type__in=SECRETS).order_by("pk"):
        yield kept, SECRETS[Authenticator.Type(kept.type)]


def _under(key_id: str) -> int:
    return sum(kept.data[name].startswith(f"{key_id}:") for kept, name in _kept())


@transaction.atomic
def _renew(limit: int) -> int:
    """Bring up to `limit` secrets under the current key; return how many it was."""
    current, done = keyring.current(), 0
    for kept, name in _kept():
        if done == limit:
            break
        if not kept.data[name].startswith(f"{current}:"):
            plain = secrets.decrypt(kept.data[name], Use.SIGN_IN)
            kept.data[name] = secrets.encrypt(plain, Use.SIGN_IN)
            kept.save(update_fields=["data"])
            done += 1
    return done


HOLDINGS = (Holding("secrets of second factors", _under, _renew),)
