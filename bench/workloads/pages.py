"""The pages people live in, with sign-in, policy and audit.

The floor is an empty view behind the same middleware. The peer of a list is the same
people by plain ORM and template; that of a person is a page that asks for each name
anew, with every contact on it.
"""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.html import escape

from bench import record
from bench.asking import Reader
from bench.workload import Goal, Side, Workload, Wrong
from braid.access.queries import places
from braid.people.models import Episode
from braid.site.demo.cast import ADA, BEN

PERSON = re.compile(r'<a[^>]* href="/people/[0-9a-f-]{36}/">([^<]+)</a>')
ENTRY = re.compile(r'<time datetime="([0-9-]{10})">')
LIST_GOALS = (Goal("cpu", 8), Goal("queries", 12), Goal("to_peer", 1.5))
PERSON_GOALS = (Goal("cpu", 15), Goal("queries", 15), Goal("to_peer", 1 / 3))
TIMELINE = 50  # entries on the page of a person before the rest is asked for


def workloads() -> Iterator[Workload]:
    """Yield Today, the caseload in both shapes, and one person."""
    ada, ben = record.member(ADA), record.member(BEN)
    specialist, supervisor, bare = Reader(ada), Reader(ben), Reader(ben, bare=True)
    unit = _unit()
    own = f"/bench/caseload/?specialist={ada.pk}"
    everybody = f"/bench/caseload/?unit={unit}"
    for name, reader, ours, peer, queries in (
        ("Today", specialist, "/today/", own, 13),
        ("caseload board", specialist, "/caseload/?view=board", own, 11),
        ("caseload list", supervisor, "/caseload/?view=list", everybody, 12),
    ):
        yield Workload(
            name=name,
            ours=_page(reader, ours),
            peer=_page(bare, peer),
            floor=_page(reader, "/bench/empty/"),
            check=_same_people(reader, ours, bare, peer, all_of_them=ours != "/today/"),
            queries=queries,
            goals=LIST_GOALS,
        )
    yield _person(supervisor, bare)


def _page(reader: Reader, address: str) -> Side:
    return Side(lambda: reader.read(address))


def _same_people(
    reader: Reader, ours: str, bare: Reader, peer: str, *, all_of_them: bool
) -> Callable[[], None]:
    """Compare the people of two pages; Today leaves out those without a clock."""

    def check() -> None:
        shown = set(PERSON.findall(reader.read(ours)))
        expected = set(PERSON.findall(bare.read(peer)))
        if not shown or not shown <= expected or (all_of_them and shown != expected):
            raise Wrong(
                f"{ours} shows {len(shown)} people, {len(shown & expected)} of the "
                f"{len(expected)} expected"
            )

    return check


def most_met() -> Episode:
    """Return the episode of whoever in the supervisor's unit has the most contacts."""
    found: Episode = (
        Episode.objects.system("which person the benchmarks open")
        .filter(unit=_unit())
        .select_related("applicant")
        .alias(met=Count("contacts"))
        .latest("met")
    )
    return found


def _unit() -> UUID:
    (unit,) = places(record.member(BEN), timezone.now())[0].actor.teams
    return unit


def _person(supervisor: Reader, bare: Reader) -> Workload:
    """Return the page of whoever in the unit has the most contacts."""
    met_most = most_met()
    ours = f"/people/{met_most.applicant_id}/"
    peer = f"/bench/person/{met_most.applicant_id}/"
    heading = f"<h1>{escape(met_most.applicant.name)}</h1>"

    def check() -> None:
        page, bare_page = supervisor.read(ours), bare.read(peer)
        if heading not in page or heading not in bare_page:
            raise Wrong(f"{ours} is not the page of the person")
        entries = page.partition('class="timeline"')[2]
        days = ENTRY.findall(entries)
        if len(days) < TIMELINE or not set(days) <= set(ENTRY.findall(bare_page)):
            raise Wrong(f"{ours} shows {len(days)} entries, or other days")

    return Workload(
        name="one person",
        ours=_page(supervisor, ours),
        peer=_page(bare, peer),
        floor=_page(supervisor, "/bench/empty/"),
        check=check,
        queries=17,
        goals=PERSON_GOALS,
    )
