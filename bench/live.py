"""`python -m bench.live`: many people in one meeting, against a real `braid serve`.

First some pages ask for news every second while a few people write, each in a line of
their own: how long after a sending do the others see it? Then everybody writes at once:
notes, decisions and lines that others change too. What was taken must be found, and what
was refused must have been told. `--smoke` is short and fails where an edit is lost or
the goal is missed twofold.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from bench import machine, record

GOAL = 2.0  # seconds, the slowest of a hundred
WRITERS = 8
PARTS = re.compile(r'data-part="(\w+)" data-digest="(\w*)"')
VERSION = re.compile(r'name="row_version" value="(\d+)"')


Task = tuple[Callable[[int], None], int]


@dataclass(frozen=True, slots=True)
class Table:
    """The meeting that is measured: its addresses, its lines, who is signed in."""

    path: str
    lines: tuple[str, ...]
    cookies: tuple[str, ...]


@dataclass
class Window:
    """One page of somebody: a connection that stays open, and what it has."""

    port: int
    cookie: str
    token: str = ""
    seen: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """Return status, text and headers of an answer."""
        headers = {"Cookie": self.cookie, "X-Live": "1" if form else "news"}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self.token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.token
            self._line.close()  # a sending is never repeated: it has a line of its own
        for attempt in (1, 2):
            try:
                self._line.request("POST" if form else "GET", path, body, headers)
                answer = self._line.getresponse()
                return answer.status, answer.read().decode(), answer.headers
            except (http.client.HTTPException, ConnectionError):
                self._line.close()  # the server had closed a connection that was kept
                if attempt == 2 or form is not None:
                    raise
        raise AssertionError

    def open(self, path: str) -> None:
        status, html, _headers = self.ask(path)
        if status != 200:
            raise RuntimeError(f"The meeting answered {status}; it must answer 200.")
        self.parts = dict(PARTS.findall(html))
        self.seen = re.search(r'data-live-seen="(\d+)"', html)[1]  # type: ignore[index]

    def news(self, path: str) -> str:
        have = ",".join(f"{part}.{digest}" for part, digest in self.parts.items())
        asked = urlencode({"seen": self.seen, "have": have})
        status, html, headers = self.ask(f"{path}news/?{asked}")
        if status == 200:
            self.parts |= dict(PARTS.findall(html))
            self.seen = headers["X-Seen"]
        elif status != 204:
            raise RuntimeError(f"News answered {status}; it must answer 200 or 204.")
        return html


def main() -> int:
    """Measure, print the figures, and return 1 where an edit was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--smoke", action="store_true")
    wish = parser.parse_args()
    if wish.smoke:
        wish.pages, wish.seconds, wish.edits = 10, 6, 120
    load = machine.load()
    with record.made("unit"), _meeting(wish.pages) as table, _served() as port:
        waits = _seen(port, table, wish.seconds)
        edits = _edited(port, table, wish.edits)
        lost = _lost(edits)
    cuts = quantiles(waits, n=100)
    figures = {
        "pages": wish.pages,
        "edits seen": len(waits),
        "p50 s": round(cuts[49], 2),
        "p99 s": round(cuts[98], 2),
        "edits": len(edits),
        "taken": sum(one.is_taken for one in edits),
        "refused and told": sum(not one.is_taken for one in edits),
        "lost": len(lost),
        "load before": load,
    }
    print(json.dumps(figures, indent=1, default=str))
    is_slow = cuts[98] > GOAL * (2 if wish.smoke else 1)
    return 1 if lost or is_slow else 0


# ---- How long until others see it -----------------------------------------------------


def _seen(port: int, table: Table, seconds: int) -> list[float]:
    """Return for each edit and each other page the seconds until it stood there."""
    sent: dict[tuple[int, int], float] = {}
    waits: list[float] = []
    guard = threading.Lock()
    number = min(WRITERS, len(table.lines))
    opened = threading.Barrier(len(table.cookies) + number, timeout=600)
    mark = re.compile(r"live-(\d+)-(\d+)\.")

    def watch(index: int) -> None:
        window = Window(port, table.cookies[index % len(table.cookies)])
        window.open(table.path)
        opened.wait()
        end = time.monotonic() + seconds
        newest: dict[int, int] = {}
        time.sleep(index / len(table.cookies))  # pages do not ask all at once
        while time.monotonic() < end + 3:
            begun = time.monotonic()
            found = {(int(a), int(b)) for a, b in mark.findall(window.news(table.path))}
            now = time.monotonic()
            with guard:
                for line, number in found:
                    for passed in range(newest.get(line, -1) + 1, number + 1):
                        if (line, passed) in sent:
                            waits.append(now - sent[line, passed])
                    newest[line] = max(number, newest.get(line, -1))
            time.sleep(max(0.0, 1 - (now - begun)))

    def write(line: int) -> None:
        window = _writer(port, table, line)
        opened.wait()
        end = time.monotonic() + seconds
        number = version = 0
        while time.monotonic() < end:
            form = {
                "words": f"live-{line}-{number}.",
                "asked": "",
                "row_version": str(version),
            }
            with guard:
                sent[line, number] = time.monotonic()
            address = f"{table.path}{table.lines[line]}"
            status, html, _headers = window.ask(address, form)
            if status == 409 and number == 0:  # the meeting was measured before
                version = int(VERSION.search(html)[1])  # type: ignore[index]
                continue
            if status != 204:
                raise RuntimeError(f"A line of one's own answered {status}.")
            number, version = number + 1, version + 1
            time.sleep(2)

    tasks: list[Task] = [(watch, index) for index in range(len(table.cookies))]
    tasks += [(write, line) for line in range(number)]
    _together(tasks)
    return waits


def _together(
    tasks: list[Task],
) -> None:
    with ThreadPoolExecutor(len(tasks)) as pool:
        for one in [pool.submit(do, index) for do, index in tasks]:
            one.result()


def _writer(port: int, table: Table, index: int) -> Window:
    cookie = table.cookies[index % len(table.cookies)]
    token = re.search(r"csrftoken=(\w+)", cookie)
    return Window(port, cookie, token[1] if token else "")


# ---- Nothing is lost -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """One sending: what it said, where it stands if it was taken, what was told."""

    kind: str
    mark: str
    is_taken: bool


def _edited(port: int, table: Table, number: int) -> list[Edit]:
    """Let everybody write at once; every third sending is a line that others change."""
    share = -(-number // len(table.cookies))
    done: list[Edit] = []
    guard = threading.Lock()

    def write(index: int) -> None:
        window = _writer(port, table, index)
        versions: dict[str, str] = {}
        for turn in range(share):
            mark = f"edit-{index}-{turn}."
            if turn % 3 == 0:
                made = _note(window, table, mark)
            elif turn % 3 == 1:
                made = _decision(window, table, mark)
            else:
                made = _line(window, table, mark, turn, versions)
            with guard:
                done.append(made)

    _together([(write, index) for index in range(len(table.cookies))])
    return done


def _note(window: Window, table: Table, mark: str) -> Edit:
    form = {"text": mark, "audience": "both"}
    status, _text, _headers = window.ask(f"{table.path}notes/", form)
    return Edit("note", mark, _told(status))


def _decision(window: Window, table: Table, mark: str) -> Edit:
    form = {"text": mark, "owner": "side:ips_provider", "about": "", "due_on": ""}
    status, _text, _headers = window.ask(f"{table.path}decide/", form)
    return Edit("decision", mark, _told(status, taken=302))


def _line(
    window: Window, table: Table, mark: str, turn: int, versions: dict[str, str]
) -> Edit:
    line = table.lines[turn % min(4, len(table.lines))]  # four lines for everybody
    form = {"words": mark, "asked": "", "row_version": versions.get(line, "0")}
    status, html, _headers = window.ask(f"{table.path}{line}", form)
    if status == 409:
        versions[line] = VERSION.search(html)[1]  # type: ignore[index]
    elif status == 204:
        versions[line] = str(int(versions.get(line, "0")) + 1)
    return Edit("line", mark, _told(status))


def _told(status: int, taken: int = 204) -> bool:
    """Say whether a sending was taken; anything but yes and a plain no is an error."""
    if status not in (taken, 409):
        raise RuntimeError(f"A sending answered {status}; {taken} or 409 was expected.")
    return status == taken


def _lost(edits: list[Edit]) -> list[Edit]:
    """Return what was taken and is not found once, or was refused and is found."""
    from braid.access.models import Change
    from braid.teamwork.models import Discussion, MeetingNote, Task

    why = "what was written while it was measured"
    found = Counter(MeetingNote.objects.system(why).values_list("text", flat=True))
    found.update(Task.objects.system(why).values_list("text", flat=True))
    lines = Change.objects.filter(record_kind="teamwork.discussion", field="words")
    found.update(lines.values_list("new", flat=True))
    first = Discussion.objects.system(why).filter(row_version=1)
    found.update(first.values_list("words", flat=True))
    written = lines.order_by("record_key", "row_version").values_list(
        "old", "row_version"
    )
    found.update(old for old, version in written if version == 2)
    return [one for one in edits if found[one.mark] != int(one.is_taken)]


# ---- The server and its meeting ----------------------------------------------------------


@contextmanager
def _meeting(pages: int) -> Iterator[Table]:
    """Prepare a meeting of the table with most people, and sign both sides in."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from braid.access import queries as access
    from braid.access.models import User
    from braid.access.seating import seats, tables
    from braid.people.queries.treated import treated
    from braid.site.demo.cast import ADA
    from braid.teamwork.commands import table as commands

    now = timezone.now()
    ada = access.places(record.member(ADA), now)[0].actor
    found = max(
        tables(ada),
        key=lambda one: len(treated(ada, one.unit.pk, one.team.pk, ada.day)),
    )
    people = treated(ada, found.unit.pk, found.team.pk, ada.day)
    made = commands.prepare(actor=ada, unit=found.unit, team=found.team, day=ada.day)
    staff = [one.user_id for one in seats((found.unit.pk,), ada)]
    users = list(User.objects.filter(pk__in=staff).order_by("pk"))
    cookies = []
    path = f"/meetings/{made.pk}/"
    for index in range(pages):
        client = Client(SERVER_NAME="127.0.0.1")
        user = users[index % len(users)]
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
        client.get(path)
        named = client.cookies.items()
        cookies.append("; ".join(f"{name}={one.value}" for name, one in named))
    lines = tuple(f"lines/{one.episode_id}/" for one in people)
    yield Table(path, lines, tuple(cookies))


@contextmanager
def _served() -> Iterator[int]:
    """Run `braid serve` on the record that was made, until the end."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("braid")
    folder = str(settings.BRAID_DATA)
    given = {**os.environ, "BRAID_DATA": folder}
    given.pop("DJANGO_SETTINGS_MODULE", None)  # the product's own
    with (Path(folder) / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [str(program), "serve", "--port", str(port)],
            env=given,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(port, Path(log.name))
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(port: int, log: Path) -> None:
    for _attempt in range(480):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise RuntimeError(f"The server did not answer. It said: {log.read_text()[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
