"""The whole site as those whom Pat has blocked see it: with Pat, and without.

Every answer is the same, byte by byte: bodies, statuses, headers, lengths, and the
number of questions to the database. The list of addresses comes from the code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from braid.desk import measures
from tests.access.worlds import BLOCKED, TwoWorlds, known_ids, make, without_noise
from tests.conftest import sign_in_a_moment_ago

pytestmark = pytest.mark.django_db

NOBODY = UUID("00000000-0000-4000-8000-000000000000")
# Pages of the libraries and of the demo, which know of no applicant.
OTHERS = ("account_", "mfa", "web:", "demo:", "usersessions")
# An archive that tells when it was packed; the same for everybody.
SAME_FILE = {"exchange:blank"}
# What hands out a code drawn by chance: nobody in both worlds is given one.
DRAWN = {"desk:invite"}
# Values of a path that are no id of a record.
WORDS = {
    "measure_id": measures.SHOWN[:3],
    "kind": ("contact", "job", "job_end", "note", "employer_contact"),
    "information": ("identity", "jobs", "treatment", "conversation"),
}
# The thing that addresses are about, by how their names begin. An address that is not
# here is asked about every thing there is.
ABOUT = {
    "access:": "applicant",
    "exchange:": "applicant",
    "work:employer": "applicant",
    "work:job": "job",
    "work:terms": "job",
    "work:absence": "job",
    "work:confirm": "job",
    "desk:contact": "contact",
    "desk:document": "document",
    "desk:block_lift": "block",
    "desk:set_aside": "block",
    "desk:glass": "glass",
    "desk:sharing_": "agreed with cleo",
    "desk:own_consent": "agreed with cleo",
    "desk:request": "request",
    "desk:finding": "finding of una",
    "desk:review": "finding of una",
    "desk:take_back": "contact",
    "desk:own_how": "words",
    "desk:own_notice": "notice",
    "people:treatment_note": "sealed",
    "people:treatment_note_new": "applicant",
}
# What may be asked of a page beside its address; {…} is a thing about Pat.
ASKED = {
    "desk:search": ("?q=Pat", "?q=Lund", "?q=Quinn", "?q=0707614285", "?q=bageri"),
    "desk:caseload": (
        "?view=list&specialist=all",
        "?view=list&specialist=all&page=2",
        "?specialist=all&stage=follow_along",
        "?specialist=none",
    ),
    "desk:log_contact": ("?person={episode}",),
    "desk:log_job_end": ("?job={job}",),
    "work:jobs": ("?going=ended", "?going=all", "?q=Pat"),
    "work:employers": ("?q=bageri", "?sort=-contacts_made", "?page=2"),
    "desk:timeline": ("?before=2026-10-01",),
}
# What is sent, as if it were known that Pat is there.
SENT = {
    "desk:log_contact": {"person": "{episode}", "day": "2026-10-05", "mode": "phone"},
    "desk:log_note": {"person": "{episode}", "day": "2026-10-05", "text": "Hello"},
    "desk:log_job_end": {"job": "{job}", "last_day": "2026-10-01"},
    "desk:log_job_start": {"person": "{episode}", "first_day": "2026-10-01"},
    "desk:log_employer": {"person": "{episode}", "day": "2026-10-05"},
    "desk:glass": {
        "name": "Pat Lund",
        "birth_date": "1990-04-12",
        "reason": "other",
        "words": "He called from the bridge and asked.",
    },
    "people:refer": {
        "given_name": "Pat",
        "family_name": "Lund",
        "birth_date": "1990-04-12",
        "words": "",
    },
}


@dataclass(frozen=True)
class Request:
    """One thing that somebody asks of the site."""

    method: str
    address: str
    data: tuple[tuple[str, str], ...] = ()
    is_fragment: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def routes(patterns=None, prefix="") -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the name of every address of the site with the kinds of its values."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", dict(pattern.pattern.converters)


def requests(pat: dict[str, UUID], quinn: dict[str, UUID]) -> list[Request]:
    """Return everything that is asked: every address for everything there is."""
    found = []
    for name, values in routes():
        if name.startswith(OTHERS) or name in SAME_FILE:
            continue
        addresses = dict.fromkeys(_addresses(name, values, pat, quinn))
        found += [Request("GET", one) for one in addresses]
        for asked in ASKED.get(name, ()):
            found += [Request("GET", one + asked.format(**pat)) for one in addresses]
        if values:
            drawn = str(quinn["applicant"]) if name in DRAWN else "nothing"
            found += [Request("POST", one) for one in addresses if drawn not in one]
        if name in SENT:
            sent = {key: text.format(**pat) for key, text in SENT[name].items()}
            (address,) = addresses
            found.append(Request("POST", address, tuple(sent.items())))
    for name in ("desk:unit_figures", "desk:own_week", "desk:today", "desk:search"):
        found.append(Request("GET", reverse(name), is_fragment=True))
    return found


def _addresses(name, values, pat, quinn) -> Iterator[str]:
    """Yield an address about things of Pat, the same of Quinn, and about nothing."""
    keys = [key for key, kind in values.items() if isinstance(kind, UUIDConverter)]
    words = {key: _words(key, kind) for key, kind in values.items() if key not in keys}
    things = [pat[key] for key in _about(name, keys, pat)]
    others = [quinn[key] for key in _about(name, keys, quinn)][:3]
    for chosen in product(*words.values()):
        said = dict(zip(words, chosen, strict=True))
        for thing in (*things, *others, NOBODY) if keys else (NOBODY,):
            rest = pat["aside"] if thing in things else quinn["aside"]
            about = {key: thing if key == keys[0] else rest for key in keys}
            yield reverse(name, kwargs={**said, **about})


def _words(key, kind) -> tuple[object, ...]:
    return (1,) if isinstance(kind, IntConverter) else WORDS.get(key, ("none",))


def _about(name, keys, things) -> list[str]:
    """Return what an address is asked about: its kind of thing, else every thing."""
    if not keys:
        return []
    of_whom = {"applicant_id": ["applicant"], "episode_id": ["episode", "first"]}
    begun = [known for known in ABOUT if name.startswith(known)]
    known = [ABOUT[max(begun, key=len)]] if begun else list(things)
    return of_whom.get(keys[0], known)


@dataclass(frozen=True)
class Answer:
    """What comes back, and for how many questions to the database."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    queries: int


def ask(client: Client, request: Request) -> Answer:
    headers = {"HX-Request": "true"} if request.is_fragment else {}
    asked = Counted()
    with transaction.atomic(), connection.execute_wrapper(asked):
        send = client.get if request.method == "GET" else client.post
        answer = send(request.address, dict(request.data), headers=headers)
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    if answer.headers.get("Content-Type") == "application/zip":
        # An archive tells when it was packed; that there is one says enough.
        return Answer(answer.status_code, "an archive", (), asked.queries)
    return Answer(
        answer.status_code,
        without_noise(body.decode("utf-8", "replace")),
        tuple(
            sorted((key, without_noise(text)) for key, text in answer.headers.items())
        ),
        asked.queries,
    )


class Counted:
    """Counts what is asked of the database; the frame of a transaction is no question."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):
        if not re.match(r"(RELEASE )?SAVEPOINT|ROLLBACK TO|BEGIN", sql):
            self.queries += 1
        return execute(sql, params, many, context)


def browse(two: TwoWorlds, name: str, asked: list[Request]) -> list[Answer]:
    """Ask everything of the site, signed in as somebody; nothing that is sent stays."""
    client = Client(raise_request_exception=False)
    client.force_login(two.user(name))
    sign_in_a_moment_ago(client, two.user(name))
    return [ask(client, request) for request in asked]


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    """Browse the world with Pat, then the world without, as everybody in turn."""
    import time_machine

    from tests.cast import TODAY

    at = f"{TODAY.isoformat()}T07:00:00+00:00"
    with django_db_blocker.unblock(), time_machine.travel(at, tick=False):
        with known_ids() as made, transaction.atomic():
            with_pat = make(made, with_pat=True)
            asked = requests(with_pat.pat, with_pat.quinn)
            first = {name: browse(with_pat, name, asked) for name in BLOCKED}
            unblocked = browse(with_pat, "ben", asked)
            transaction.set_rollback(True)
        with known_ids() as made, transaction.atomic():
            without = make(made, with_pat=False)
            assert not without.pat
            second = {name: browse(without, name, asked) for name in BLOCKED}
            transaction.set_rollback(True)
    return asked, first, second, unblocked


@pytest.mark.parametrize("name", BLOCKED)
def test_with_pat_and_without_are_the_same(both, name):
    asked, first, second, _unblocked = both
    differing = [
        f"{request}: {_difference(one, other)}"
        for request, one, other in zip(asked, first[name], second[name], strict=True)
        if one != other
    ]
    assert not differing, "\n".join(differing)


def _difference(one: Answer, other: Answer) -> object:
    """Return the first of what differs, short enough to read."""
    if one.status != other.status:
        return one.status, other.status
    if one.body != other.body:
        lines = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
        return next((pair for pair in lines if pair[0] != pair[1]), "length")
    if one.headers != other.headers:
        return set(one.headers) ^ set(other.headers)
    return one.queries, other.queries


def test_the_walk_meets_pat_where_nothing_is_blocked(both):
    """The same walk shows Pat to an unblocked colleague, on many pages."""
    _asked, _first, _second, unblocked = both
    assert sum("Pat Lund" in answer.body for answer in unblocked) > 25


def test_nobody_meets_an_error(both):
    asked, first, _second, _unblocked = both
    broken = {
        (name, str(request), answer.status)
        for name, answers in first.items()
        for request, answer in zip(asked, answers, strict=True)
        if answer.status >= 500
    }
    assert broken == set()
    assert len(asked) > 500
