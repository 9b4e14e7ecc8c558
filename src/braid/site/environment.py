"""The environment's settings, read once; a wrong value stops the start with a sentence."""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

import dj_database_url

from braid.facts.engines import DUCKDB, master_of
from braid.kernel import private_files
from braid.kernel.errors import InputFault

LANGUAGES = ("en", "da")
ENGINES = ("uk", "us", "fr")
SHORTEST_SECRET = 32
CONNECTION_SECONDS = 600
LONGEST_IDLE = 15


class WrongEnvironment(SystemExit):
    """A variable that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the installation said, checked. Paths are absolute."""

    data: Path
    keys: Path
    database: dict[str, object]
    secret_key: str
    allowed_hosts: tuple[str, ...]
    packs: tuple[Path, ...]
    benefit_engines: Path | None
    engine: str
    language: str
    time_zone: str
    email: dict[str, object]
    base_url: str
    security_contact: str
    trusted_proxies: int
    idle_minutes: int
    provider_hosts: tuple[str, ...]
    debug: bool

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _wrong(variable: str, met: str, expected: str) -> WrongEnvironment:
    return WrongEnvironment(f"{variable} is {met}. Expected {expected}.")


def read(environ: dict[str, str] | None = None) -> Environment:
    """Return the checked environment. Raises WrongEnvironment naming the variable."""
    given = dict(os.environ if environ is None else environ)
    # The database and what SQLite lays beside it are made for this account only.
    os.umask(0o077)
    data = Path(given.get("BRAID_DATA") or "var").resolve()
    base_url = given.get("BRAID_BASE_URL", "")
    if base_url and urlsplit(base_url).scheme not in {"http", "https"}:
        raise _wrong("BRAID_BASE_URL", f"'{base_url}'", "an address with http or https")
    return Environment(
        data=data,
        keys=Path(given.get("BRAID_KEYS") or data / "keys").resolve(),
        database=_database(given.get("BRAID_DATABASE_URL", ""), data),
        secret_key=_secret_key(given.get("BRAID_SECRET_KEY", ""), data),
        allowed_hosts=_hosts(given.get("BRAID_ALLOWED_HOSTS", ""), base_url),
        packs=_packs(given.get("BRAID_PACKS", "")),
        benefit_engines=_benefit_engines(given.get("BRAID_BENEFIT_ENGINES", "")),
        engine=_engine(given.get("BRAID_ENGINE") or DUCKDB),
        language=_language(given.get("BRAID_LANGUAGE", "en")),
        time_zone=_time_zone(given.get("BRAID_TIME_ZONE", "Europe/Copenhagen")),
        email=_email(given.get("BRAID_EMAIL_URL", "")),
        base_url=base_url,
        security_contact=_contact(given.get("BRAID_SECURITY_CONTACT", "")),
        trusted_proxies=_proxies(given.get("BRAID_TRUSTED_PROXIES", "0")),
        idle_minutes=_idle_minutes(given.get("BRAID_IDLE_MINUTES", "15")),
        provider_hosts=_provider_hosts(given.get("BRAID_PROVIDER_HOSTS", "")),
        debug=_debug(given.get("BRAID_DEBUG", ""), base_url),
    )


def _database(url: str, data: Path) -> dict[str, object]:
    if not url:
        url = f"sqlite:///{data / 'braid.sqlite3'}"
    try:
        found: dict[str, object] = dict(
            # Opening a connection for every page costs more than its queries do.
            dj_database_url.parse(
                url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True
            )
        )
    except (ValueError, KeyError):
        raise _wrong(
            "BRAID_DATABASE_URL", "not an address of a database", "e.g. sqlite:////path"
        ) from None
    if str(found["ENGINE"]).endswith("sqlite3"):
        found["OPTIONS"] = {
            # IMMEDIATE removes lock errors between writers; FULL loses no commit on a
            # power cut, and every installation carries audit rows.
            "transaction_mode": "IMMEDIATE",
            # A large import holds the write lock for some seconds.
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;"
                "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=27103364"
            ),
        }
    return found


def _secret_key(given: str, data: Path) -> str:
    if given:
        if len(given) < SHORTEST_SECRET:
            raise _wrong(
                "BRAID_SECRET_KEY",
                f"{len(given)} characters long",
                f"at least {SHORTEST_SECRET} random characters",
            )
        return given
    path = data / "secret-key"
    if not path.exists():
        private_files.folder(data)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongEnvironment(
            f"The secret key in {path.name} can be read by other accounts of this "
            "computer. Expected mode 0600. Correct it with chmod 600."
        )
    return path.read_text().strip()


def _email(url: str) -> dict[str, object]:
    """Return the mail server's settings; empty when none is configured."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise _wrong(
            "BRAID_EMAIL_URL",
            "not an address of a mail server",
            "smtp://user:password@host:587 or smtps://user:password@host:465",
        )
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.username),
    }


def _contact(given: str) -> str:
    """Return where a hole is reported; an address with a scheme, as RFC 9116 wants it."""
    if given and not given.startswith(("mailto:", "https://", "tel:")):
        raise _wrong(
            "BRAID_SECURITY_CONTACT",
            "not an address with a scheme",
            "mailto:name@host or https://host/page",
        )
    if any(character.isspace() for character in given):
        raise _wrong("BRAID_SECURITY_CONTACT", "more than one word", "one address")
    return given


def _hosts(given: str, base_url: str) -> tuple[str, ...]:
    hosts = [host.strip() for host in given.split(",") if host.strip()]
    if base_url:
        hosts.append(urlsplit(base_url).hostname or "")
    return tuple(dict.fromkeys([*hosts, "localhost", "127.0.0.1", "[::1]"]))


def _packs(given: str) -> tuple[Path, ...]:
    paths = tuple(Path(part).resolve() for part in given.split(os.pathsep) if part)
    for path in paths:
        if not path.is_dir():
            raise _wrong("BRAID_PACKS", "not a folder", "a folder of data packs")
    return paths


def _benefit_engines(given: str) -> Path | None:
    """Return the folder of the engines' environments, each named after its country."""
    if not given:
        return None
    folder = Path(given).resolve()
    if not any((folder / each / "bin" / "python").exists() for each in ENGINES):
        raise _wrong(
            "BRAID_BENEFIT_ENGINES",
            "not a folder of environments of benefit engines",
            f"a folder with bin/python in one of {', '.join(ENGINES)}",
        )
    return folder


def _engine(given: str) -> str:
    """Return what answers about facts: DuckDB, Spark, or Spark at a master."""
    try:
        master_of(given)
    except InputFault as error:
        expected = "duckdb, spark, local[2] or spark://host:port"
        raise _wrong("BRAID_ENGINE", f"'{given}'", expected) from error
    return given


def _language(given: str) -> str:
    if given not in LANGUAGES:
        raise _wrong("BRAID_LANGUAGE", f"'{given}'", f"one of {', '.join(LANGUAGES)}")
    return given


def _time_zone(given: str) -> str:
    if given not in available_timezones():
        raise _wrong(
            "BRAID_TIME_ZONE", f"'{given}'", "a name such as Europe/Copenhagen"
        )
    return given


def _debug(given: str, base_url: str) -> bool:
    """Say whether to show tracebacks and the gallery; never on a public address."""
    if given not in {"", "0", "1"}:
        raise _wrong("BRAID_DEBUG", f"'{given}'", "1 or 0")
    host = urlsplit(base_url).hostname
    if given == "1" and host not in {None, "localhost", "127.0.0.1", "::1"}:
        raise _wrong(
            "BRAID_DEBUG", "1 on a public address", "0 where others can reach it"
        )
    return given == "1"


def _idle_minutes(given: str) -> int:
    """Return after how long a sign-in that nobody uses ends; it can only be shortened."""
    if not given.isdigit() or not 1 <= int(given) <= LONGEST_IDLE:
        raise _wrong(
            "BRAID_IDLE_MINUTES", f"'{given}'", f"a number from 1 to {LONGEST_IDLE}"
        )
    return int(given)


def _provider_hosts(given: str) -> tuple[str, ...]:
    return tuple(host.strip().lower() for host in given.split(",") if host.strip())


def _proxies(given: str) -> int:
    if not given.isdigit():
        raise _wrong(
            "BRAID_TRUSTED_PROXIES", f"'{given}'", "a number of proxies, 0 or more"
        )
    return int(given)
