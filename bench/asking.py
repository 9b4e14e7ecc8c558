"""Asking for pages as a server does: through the WSGI handler, signed in."""

import sys
import time
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings

from bench.workload import Wrong
from braid.access.models import User

HOST = "localhost"


class Reader:
    """Somebody signed in who reads pages.

    A `bare` one goes through the middleware without what is ours of it. With `factor`
    it has signed in with a code of an app as well, as an office must.
    """

    def __init__(self, user: User, *, bare: bool = False, factor: bool = False) -> None:
        client = Client()
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
        if factor:
            _give_factor(client, user)
        cookies = client.cookies.items()
        self._cookie = "; ".join(f"{name}={one.value}" for name, one in cookies)
        middleware = settings.BARE_MIDDLEWARE if bare else settings.MIDDLEWARE
        with override_settings(MIDDLEWARE=middleware):
            self._handler = WSGIHandler()
        if not bare:
            self.read("/bench/empty/")  # the first page notes where a sign-in is used

    def read(self, address: str) -> str:
        """Return the text of a page. Raises Wrong when it is not answered with 200."""
        path, _, query = address.partition("?")
        said: list[str] = []
        response = self._handler(
            self._environ(path, query), lambda status, headers: said.append(status)
        )
        body = b"".join(response)
        response.close()
        if not said or not said[0].startswith("200"):
            raise Wrong(f"{path} answered {said[0] if said else 'nothing'}")
        return body.decode()

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": self._cookie,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _give_factor(client: Client, user: User) -> None:
    """Let somebody have an app with codes, and have signed in with one just now."""
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
