"""OpenID Connect providers on loopback: a real one, and one that misbehaves."""

import json
import re
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwt.warnings import InsecureKeyLengthWarning

HOSTS = ("localhost", "127.0.0.1")
CLIENT, SECRET = "braid", "a secret of the client"
READY_WITHIN = 60  # seconds
Claims = Mapping[str, Any]


@contextmanager
def real_provider(**people: Claims) -> Iterator[str]:
    """Run a provider that knows people by their subject; yield its issuer.

    A process of its own, so that its warnings and its threads stay with it.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    words = [
        word
        for sub, claims in people.items()
        for word in ("--user-claims", json.dumps({"sub": sub, **claims}))
    ]
    command = [sys.executable, "-m", "oidc_provider_mock", "--require-nonce"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait(issuer)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def _wait(issuer: str) -> None:
    for _attempt in range(READY_WITHIN * 10):
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The sign-in provider did not start.")


def leave(client: Client, address: str, **posted: str) -> str:
    """Begin a single sign-on, and return where the browser is led."""
    answer = client.post(address, posted)
    assert answer.status_code == 200, answer.status_code
    found = re.search(r'content="0; url=([^"]+)"', answer.content.decode())
    assert found is not None
    return unescape(found[1])


def authorise(address: str, sub: str) -> str:
    """Sign in at the real provider, and return where it leads back to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_back(client: Client, address: str):
    """Bring the provider's answer."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def asked(address: str) -> dict[str, str]:
    """Return what a provider is asked for."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Misbehaving:
    """A provider whose answers a test writes itself."""

    issuer: str = ""
    forge: Callable[["Misbehaving", dict[str, Any]], str | None] | None = None
    discovery: dict[str, Any] = field(default_factory=dict)
    moved: str = ""
    was_asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    nonce: str = ""
    key: rsa.RSAPrivateKey = _KEY

    def claims(self, **more: Any) -> dict[str, Any]:
        """Return the claims of a token that is in order."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "sub": "ada-at-the-region",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        } | more

    def signed(self, claims: Claims, *, foreign: bool = False, kid: str = "k") -> str:
        key = _FOREIGN if foreign else _KEY
        return jwt.encode(dict(claims), key, algorithm="RS256", headers={"kid": kid})

    def signed_weakly(self, claims: Claims) -> str:
        """Sign with a key of 1,024 bits, which the provider publishes as its own."""
        weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
        self.key = weak
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InsecureKeyLengthWarning)
            return jwt.encode(dict(claims), weak, "RS256", headers={"kid": "k"})

    def token(self) -> str | None:
        claims = self.claims()
        return self.forge(self, claims) if self.forge else self.signed(claims)

    def answer(self, path: str) -> dict[str, Any]:
        if path.endswith("/openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorise",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.discovery
        if path == "/keys":
            public = json.loads(
                jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())
            )
            return {"keys": [public | {"kid": "k", "use": "sig", "alg": "RS256"}]}
        token = self.token()
        return {"access_token": "a", "token_type": "Bearer"} | (
            {"id_token": token} if token else {}
        )


@contextmanager
def misbehaving() -> Iterator[Misbehaving]:
    """Serve a provider that says whatever a test has it say."""
    provider = Misbehaving()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            length = int(self.headers.get("Content-Length", 0))
            sent = parse_qs(self.rfile.read(length).decode())
            provider.was_asked.append((path, {k: v[0] for k, v in sent.items()}))
            if provider.moved and path != "/moved":
                self.send_response(302)
                self.send_header("Location", provider.moved)
                self.end_headers()
                return
            body = json.dumps(provider.answer(path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)
