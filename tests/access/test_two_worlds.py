"""The whole site as those whom Pat has blocked see it: with Pat, and without.

Every answer is the same, byte by byte: bodies, statuses, headers, lengths, and the
number of questions to the database. The list of addresses comes from the code.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from braid.desk import measures
from tests.access.worlds import BLOCKED, TwoWorlds, known_ids, make, without_noise
from tests.cast import TODAY
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
# The thing that an address is about, by how its name begins; the longest beginning wins.
ABOUT = {
    "access:": "applicant",
    "exchange:": "applicant",
    "people:enquiry_close": "applicant",
    "people:own_past_job": "past job",
    "people:treatment_note": "sealed",
    "work:employer": "applicant",
    "work:lead": "applicant",
    "work:job": "job",
    "work:terms": "job",
    "work:absence": "job",
    "work:absence_edit": "absence",
    "work:confirm": "job",
    "work:ordinary": "job",
    "work:support": "supported job",
    "work:problem": "supported job",
    "work:problem_edit": "problem",
    "work:evidence_new": "supported job",
    "work:evidence_back": "evidence",
    "work:end_review": "ended job",
    "work:search_again": "ended job",
    "work:application": "application",
    "work:education": "education",
    "work:appointment": "appointment",
    "benefits:answer": "counselling",
    "benefits:book": "counselling",
    "benefits:done": "counselling",
    "benefits:benefit": "benefit",
    "benefits:question_answer": "payer question",
    "benefits:duty_done": "duty",
    "benefits:": "calculation",
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
    "desk:take_up_again": "snooze",
    "desk:task": "task",
    "desk:leaving": "applicant",
    "desk:log_fit": "visit",
    "desk:own_plan_agree": "plan",
    "desk:own_step_done": "step",
    "desk:own_disclosure": "talk",
    "desk:own_how": "words",
    "desk:own_notice": "notice",
    "desk:team_meetings": "team",
    "desk:team_meeting": "meeting",
    "desk:team_meeting_new": "team",
    "desk:team_meeting_news": "meeting",
    "desk:gathering": "gathering",
    "desk:decision_done": "decision",
    "desk:unit_decision_seen": "decision",
    "desk:not_yet": "applicant",
    "desk:cover": "applicant",
    "desk:group": "applicant",
    "integration:note": "applicant",
    "outcomes:release": "applicant",
    "outcomes:correct": "applicant",
    "outcomes:share": "applicant",
    "outcomes:run_again": "applicant",
    "outcomes:note": "applicant",
    "funding:agreement": "applicant",
    "funding:party": "applicant",
    "funding:run": "applicant",
    "funding:claim": "applicant",
    "funding:event_back": "funder event",
    "funding:contract": "applicant",
    "funding:monitor": "applicant",
    "funding:room_figures": "applicant",
    "funding:invoice": "applicant",
    "funding:answers": "applicant",
    "funding:reconciliation": "applicant",
    "funding:double": "applicant",
    "funding:paid_elsewhere": "applicant",
    "fidelity:action": "applicant",
    "fidelity:review": "applicant",
    "fidelity:seat": "applicant",
    "fidelity:freeze": "applicant",
    "fidelity:agenda": "applicant",
    "fidelity:meeting": "applicant",
    "fidelity:piece": "applicant",
    "fidelity:sample": "applicant",
    "fidelity:evidence": "applicant",
    "fidelity:report": "applicant",
    "fidelity:questionnaire_response": "applicant",
    "fidelity:rate": "applicant",
    "fidelity:disagreement": "applicant",
    "fidelity:consensus": "applicant",
    "fidelity:moderation": "applicant",
    "fidelity:answer": "applicant",
    "fidelity:final": "applicant",
    "fidelity:correction": "applicant",
    "fidelity:stated_band": "applicant",
    "facts:snapshot": "applicant",
    "facts:building": "applicant",
    "teamwork:question": "question",
    "teamwork:proposal": "proposal",
}
# What stands behind the applicant or the episode in an address with two.
BEHIND = {
    "people:past_job": "past job",
    "people:step_": "step",
    "work:disclosure": "talk",
    "desk:todo_step": "step",
    "desk:set_aside": "aside",
    "desk:team_meeting_new": "unit",
    "desk:team_meeting_line": "episode",
    "desk:team_meeting_talked": "episode",
    "desk:team_meeting_recorded": "episode",
    "desk:team_meeting_plan": "plan",
    "desk:gathering_person": "episode",
    "desk:gathering_decision": "gathered decision",
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
    keys = [key for key, kind in values.items() if _is_id(kind)]
    words = {key: _words(key, kind) for key, kind in values.items() if key not in keys}
    for chosen in product(*words.values()):
        said = dict(zip(words, chosen, strict=True))
        for things in (pat, quinn):
            for kind in about(name, keys) or things:
                behind = things[_longest(BEHIND, name) or kind]
                ids = {key: things[kind] if key == keys[0] else behind for key in keys}
                yield reverse(name, kwargs={**said, **ids})
        yield reverse(name, kwargs={**said, **dict.fromkeys(keys, NOBODY)})


def _words(key, kind) -> tuple[object, ...]:
    return (1,) if isinstance(kind, IntConverter) else WORDS.get(key, ("none",))


def about(name, keys) -> tuple[str, ...]:
    """Return the kinds of thing that an address is asked about; none: it is not known."""
    of_whom = {"applicant_id": ("applicant",), "episode_id": ("episode", "first")}
    if not keys or keys[0] in of_whom:
        return of_whom[keys[0]] if keys else ("applicant",)
    kind = _longest(ABOUT, name)
    return (kind,) if kind else ()


def _longest(known: dict[str, str], name: str) -> str | None:
    begun = [start for start in known if name.startswith(start)]
    return known[max(begun, key=len)] if begun else None


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
    # Notes that the sign-in is in use, which each of a thousand would do anew, for
    # nothing stays of what they ask.
    client.get(reverse("account_login"))
    return [ask(client, request) for request in asked]


def walk(name, *, with_pat: bool, asked=None, method="") -> dict[Request, Answer]:
    """Return what is asked in one of the worlds, or all of one method, with the answers."""
    logging.disable(logging.WARNING)  # what is refused to somebody is no news here
    assert connection.features.supports_json_field  # asked once a connection, by Django
    at = f"{TODAY.isoformat()}T07:00:00+00:00"
    with (
        time_machine.travel(at, tick=False),
        known_ids() as made,
        transaction.atomic(),
    ):
        two = make(made, with_pat=with_pat)
        asked = asked or requests(two.pat, two.quinn)
        asked = [one for one in asked if one.method == method or not method]
        answers = browse(two, name, asked)
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    return dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize("name", BLOCKED)
def test_with_pat_and_without_are_the_same(name):
    first = walk(name, with_pat=True)
    second = walk(name, with_pat=False, asked=list(first))
    differing = [
        f"{request}: {_difference(first[request], second[request])}"
        for request in first
        if first[request] != second[request]
    ]
    assert not differing, "\n".join(differing)
    broken = [str(asked) for asked, answer in first.items() if answer.status >= 500]
    assert not broken, "\n".join(broken)
    assert len(first) > 1_000


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


def test_the_walk_meets_pat_where_nothing_is_blocked():
    """What is asked shows Pat to an unblocked colleague, on most pages about Pat."""
    unblocked = walk("ben", with_pat=True, method="GET")
    assert sum("Pat Lund" in one.body for one in unblocked.values()) > 60


def test_it_is_known_what_every_address_is_about():
    """An address that ABOUT does not know is asked about everything, which takes long."""
    unknown = [
        name
        for name, values in routes()
        if not name.startswith(OTHERS)
        and not about(name, [key for key in values if _is_id(values[key])])
    ]
    assert unknown == []


def _is_id(kind: object) -> bool:
    return isinstance(kind, UUIDConverter)
