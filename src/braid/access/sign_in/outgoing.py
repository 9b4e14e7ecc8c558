"""Asking a sign-in provider: only over https, no redirects, no private addresses.

The addresses come from outside, some from the provider's own answer. So the connection
that was really made is looked at, and not what a name resolved to before.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SECONDS = 5
LARGEST = 1_000_000  # bytes of an answer
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Forbidden(requests.RequestException):
    """The address is one that Braid does not ask."""


def is_named(host: str) -> bool:
    """Say whether whoever runs the installation named this host (BRAID_PROVIDER_HOSTS)."""
    return host.lower() in settings.BRAID_PROVIDER_HOSTS


def refuse_address(address: str) -> None:
    """Raise Forbidden for an address that is neither https nor a named loopback host."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_plain = parts.scheme == "http" and host in LOOPBACK and is_named(host)
    if not host or not (parts.scheme == "https" or is_plain):
        raise Forbidden(
            "The address of a sign-in provider is not https. Expected https and a host. "
            "Check the issuer, and what it says of itself."
        )


class _Looked:
    """Mixin of connections: one to a private address is closed before it is used."""

    host: str

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        reached = ipaddress.ip_address(str(made.getpeername()[0]).partition("%")[0])
        if not reached.is_global and not is_named(self.host):
            made.close()
            raise Forbidden(
                "The host of a sign-in provider is at a private address. Expected a "
                "public one, or its name in BRAID_PROVIDER_HOSTS."
            )
        return made


class _Plain(_Looked, HTTPConnection):
    pass


class _Secure(_Looked, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _PlainPool,
            "https": _SecurePool,
        }


class GuardedSession(requests.Session):
    """A session of `requests` for sign-in providers, and nobody else."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxy, no passwords from files
        adapter = _Adapter(max_retries=0)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(  # type: ignore[override]
        self, method: str, url: str | bytes, **named: Any
    ) -> requests.Response:
        refuse_address(url.decode() if isinstance(url, bytes) else url)
        asked = {"timeout": SECONDS, **named, "allow_redirects": False, "stream": True}
        answer = super().request(method, url, **asked)
        if answer.is_redirect:
            raise Forbidden(
                "The sign-in provider led elsewhere. Expected an answer where it was "
                "asked. Enter the address that it leads to."
            )
        _read(answer)
        return answer


def _read(answer: requests.Response) -> None:
    """Read an answer up to a size. Raises Forbidden for a larger one."""
    taken = bytearray()
    for piece in answer.iter_content(65_536):
        taken += piece
        if len(taken) > LARGEST:
            answer.close()
            raise Forbidden("The sign-in provider's answer is too large to read.")
    answer._content = bytes(taken)
