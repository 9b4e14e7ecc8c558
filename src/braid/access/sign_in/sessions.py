"""How long a sign-in lasts, and what a person sees of their sign-ins."""

import ipaddress
import time
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

STARTED_KEY, SEEN_KEY = "signed_in_at", "seen_at"
NOTED_EVERY = 60  # seconds; what happens in between is not written down
NETWORKS = {4: 16, 6: 32}  # bits that are kept of an address


def begin(request: HttpRequest) -> None:
    """Let the time of a sign-in run from now; the first page notes that it is in use."""
    request.session[STARTED_KEY] = time.time()
    request.session.pop(SEEN_KEY, None)


def is_over(session: SessionBase) -> bool:
    """Say whether a sign-in has lasted too long, or has not been used for too long."""
    now = time.time()
    started = session.get(STARTED_KEY, now)
    seen = session.get(SEEN_KEY, started)
    idle = settings.BRAID_IDLE_MINUTES * 60
    return now - seen > idle or now - started > settings.SESSION_COOKIE_AGE


def note(request: HttpRequest) -> None:
    """Note that a sign-in is in use, once a minute."""
    now = time.time()
    seen = request.session.get(SEEN_KEY)
    if seen is not None and now - seen < NOTED_EVERY:
        return
    request.session.setdefault(STARTED_KEY, now)
    request.session[SEEN_KEY] = now
    UserSession.objects.create_from_request(request)


def rotate(request: HttpRequest) -> None:
    """Give the session another key, in the list of sign-ins too."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(
        session_key=request.session.session_key
    )


def rotate_when_confirmed(request: HttpRequest, **kwargs: Any) -> None:
    """Give another key to who proves once more who they are (ASVS 7.2.4)."""
    if request.user.is_authenticated:
        rotate(request)


def end(user_id: UUID, key: int) -> bool:
    """End one sign-in of a person at once; say whether there was one."""
    found = UserSession.objects.filter(user_id=user_id, pk=key).first()
    if found is not None:
        found.end()
    return found is not None


def end_all(user_id: UUID) -> None:
    """End every sign-in of a person at once."""
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()


def keep_coarse(session: UserSession) -> None:
    """Keep of an address only the network, before a sign-in is written down."""
    session.ip = coarse(session.ip)


def coarse(address: str) -> str:
    """Return the first address of the large network that `address` belongs to."""
    found = ipaddress.ip_address(address)
    network = ipaddress.ip_network((found, NETWORKS[found.version]), strict=False)
    return str(network.network_address)
