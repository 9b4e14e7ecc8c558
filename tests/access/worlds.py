"""Two worlds that differ by one applicant, Pat, and what an answer is compared by.

The identity of a thing follows from what it is called here and how many came before it
under that name, so that everything else has the same identity in both worlds.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from unittest import mock
from uuid import NAMESPACE_URL, UUID, uuid5

import factory

from braid.access import secrets, subject_keys
from braid.access.models import User
from braid.access.policy import Information, Role
from braid.documents import commands
from braid.kernel import ids
from braid.people.models import Applicant, Episode
from tests import cast, factories
from tests.access.somebody import everything
from tests.cast import TODAY, World
from tests.consents import agree
from tests.factories import access, benefits, documents, funding, people, teamwork, work

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
DAY = timedelta(days=1)
BORN = date(1990, 4, 12)
NOISE = (
    re.compile(r'nonce="[^"]*"'),
    re.compile(r"'nonce-[^']*'"),
    re.compile(r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"'),
    re.compile(
        r"/welcome/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/"
    ),  # a code of an account
    re.compile(r'"#?term-[A-Za-z0-9]{8}[^"]*"'),
    # A link to a question and its code, drawn by chance.
    re.compile(r"/answer/[A-Za-z0-9_-]{43}/"),
    re.compile(r'<dd class="letter-code">[^<]*</dd>'),
)
# Whom Pat has blocked: one of every role that could otherwise meet Pat.
BLOCKED = {
    "una": (Role.SPECIALIST, "north"),
    "sol": (Role.SUPERVISOR, "north"),
    "cleo": (Role.CLINICIAN, "east"),
    "blake": (Role.CASEWORKER, "job_centre"),
    "stew": (Role.STEWARD, ""),
}


def bare(answer) -> str:
    """Return the body of an answer without tokens and nonces."""
    return without_noise(answer.content.decode())


def without_noise(text: str) -> str:
    for noise in NOISE:
        text = noise.sub("", text)
    return text


@contextmanager
def known_ids() -> Iterator["Ids"]:
    """Let identities follow from names while a world is made and looked at."""
    made = Ids()
    with mock.patch.object(ids, "uuid4", made.next):
        yield made


class Ids:
    """Gives identities, in order, for whatever is being made under a name."""

    def __init__(self) -> None:
        self._name = "world"
        self._numbers = count()

    def next(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"{self._name}/{next(self._numbers)}")

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Name what is made; the counters of factories go on as if it were not."""
        before, counters = (self._name, self._numbers), _counters()
        self._name, self._numbers = name, count()
        yield
        (self._name, self._numbers) = before
        for made, number in counters.items():
            made.reset_sequence(number, force=True)


def _counters() -> dict[type, int]:
    found = {}
    for module in (access, people, work, teamwork, documents, benefits, funding):
        for made in vars(module).values():
            is_factory = isinstance(made, type) and issubclass(made, factory.Factory)
            if is_factory and made._meta.model is not None:
                found[made] = made._meta._counter.seq if made._meta._counter else 0
    return found


@dataclass
class TwoWorlds:
    """One of the two: the cast, and the ids of all that is about an applicant."""

    world: World
    quinn: dict[str, UUID] = field(default_factory=dict)
    pat: dict[str, UUID] = field(default_factory=dict)

    def user(self, name: str) -> User:
        return getattr(self.world, name).user


def make(made: Ids, *, with_pat: bool) -> TwoWorlds:
    """Return the world with or without Pat; Quinn, beside Pat, is in both.

    What is about Pat is made between what is not, in the order in which days bring it.
    """
    for kind in _counters():
        kind.reset_sequence(0, force=True)
    world = _frame()
    two = TwoWorlds(world)
    shops = [work.EmployerFactory(unit=world.north, name=name) for name in SHOPS]
    meeting = teamwork.MeetingFactory(
        unit=world.north, team=world.east, day=TODAY - DAY
    )
    gathering = teamwork.MeetingFactory(
        unit=world.north, team=world.job_centre, kind="job_centre", day=TODAY - DAY
    )
    agreement = funding.AgreementFactory(
        unit=world.north, funder=world.job_centre, contract="nl-uwv-ips"
    )
    around = (shops, (meeting, gathering), agreement)
    with made.of("quinn"):
        two.quinn = _somebody(
            world, "Quinn", "Bruun", date(1984, 11, 3), "ada", *around
        )
    if with_pat:
        with made.of("pat"):
            two.pat = _somebody(world, "Pat", "Lund", BORN, "una", *around)
            for name in BLOCKED:
                access.BlockFactory(
                    organisation=world.havnelund,
                    applicant_id=two.pat["applicant"],
                    user=two.user(name),
                )
    with made.of("after"):
        _after(world, shops)
    return two


SHOPS = ("Havnelund Bageri", "Bageri Havnelund", "Fjordens Cykler")


def _frame() -> World:
    """Return the cast of the stories and those whom Pat will have blocked."""
    with (
        mock.patch.object(cast, "_on_caseload", return_value=(None, None)),
        mock.patch.object(cast, "_block"),
        mock.patch.object(cast, "_account"),
    ):
        world = cast.make_world()
    for name, (role, team) in BLOCKED.items():
        if name not in world.cast:
            held = getattr(world, team) if team else None
            cast._member(world, name, role, held, world.havnelund if not team else None)
    return world


def _somebody(
    world, given, family, born, holder, shops, meetings, agreement
) -> dict[str, UUID]:
    """Make an applicant with something of every kind that the record can hold."""
    person = people.ApplicantFactory(
        organisation=world.havnelund,
        given_name=given,
        family_name=family,
        birth_date=born,
        phone="20304050",
    )
    number = people.IdentifierFactory(
        applicant=person,
        value_hash=f"{given:0>64}",
        value_encrypted=secrets.encrypt("0707614285"),
    )
    first = people.EpisodeFactory(
        applicant=person, unit=world.north, state="exited", exited_on=date(2025, 5, 1)
    )
    episode = people.EpisodeFactory(
        applicant=person,
        unit=world.north,
        referred_on=date(2026, 8, 3),
        accepted_on=date(2026, 8, 10),
        entered_on=date(2026, 8, 17),
        referral_source="clinician",
        goal="Mornings, with my hands.",
        state="active",
    )
    around = _around(world, episode, holder)
    found = {
        "applicant": person.pk,
        "identifier": number.pk,
        "first": first.pk,
        "episode": episode.pk,
        **around,
        **_work(world, episode, holder, shops),
        **everything(
            world, episode, getattr(world, holder).user, shops, meetings, agreement
        ),
        **_told(world, person, episode),
    }
    return found | _agreed(world, person)


def _around(world: World, episode: Episode, holder: str) -> dict[str, UUID]:
    since = date(2026, 8, 3)
    staff = getattr(world, holder).user
    people.EpisodeEntryFactory(episode=episode, number=1, state="referred", day=since)
    return {
        "caseload": people.CaseloadSpellFactory(
            episode=episode, specialist=staff, first_day=since
        ).pk,
        "treatment": people.TreatmentSpellFactory(
            episode=episode,
            team=world.east,
            key_clinician=world.cleo.user,
            first_day=since,
        ).pk,
        "casework": people.CaseworkSpellFactory(
            episode=episode,
            team=world.job_centre,
            caseworker=world.blake.user,
            first_day=since,
        ).pk,
        "refusal": people.RefusalFactory(episode=episode, unit=world.north).pk,
        "note": people.NoteFactory(episode=episode, author=staff).pk,
    }


def _work(world, episode, holder, shops) -> dict[str, UUID]:
    staff = getattr(world, holder).user
    contact = work.ContactFactory(
        episode=episode, staff=staff, with_clinician=True, note="A good talk."
    )
    visit = work.EmployerContactFactory(
        unit=world.north,
        employer=shops[0],
        episode=episode,
        staff=world.una.user,  # the same for both: Pat's visit follows upon Quinn's
        day=TODAY - (DAY if holder == "una" else 4 * DAY),
        next_step="Call again",
        next_on=TODAY + DAY,
    )
    job = work.JobFactory(episode=episode, employer=shops[1])
    terms = work.JobTermsFactory(job=job, pay=185, pay_unit="hour", currency="DKK")
    return {
        "contact": contact.pk,
        "visit": visit.pk,
        "job": job.pk,
        "terms": terms.pk,
        "paid": work.PaidWorkFactory(job=job).pk,
        "absence": work.AbsenceFactory(job=job).pk,
    }


def _told(world: World, person: Applicant, episode: Episode) -> dict[str, UUID]:
    """Make what stands outside the unit's record: notes, words, requests, emergencies."""
    key, unit = person.pk, world.havnelund
    words = people.OwnWordsFactory(applicant=person)
    words.readers.add(world.east, world.job_centre, world.north)
    note = people.TreatmentNoteFactory(
        applicant=person,
        team=world.east,
        author=world.cleo.user,
        sealed_text=subject_keys.seal(key, b"Sleeps badly."),
    )
    glass = access.BrokenGlassFactory(
        applicant_id=key, user=world.ola.user, holder=unit,
        organisation=world.elsewhere.organisation, opened_at=NOW - DAY,
        expires_at=NOW - DAY + timedelta(hours=1), told_at=NOW - DAY,
    )  # fmt: skip
    block = access.BlockFactory(
        organisation=unit, applicant_id=key, user=world.kit.user
    )
    aside = access.BlockSetAsideFactory(
        block=block, first_by=world.ben.user, words="He called from the bridge."
    )
    found = {
        "words": words.pk,
        "sealed": note.pk,
        "glass": glass.pk,
        "block": block.pk,
        "aside": aside.pk,
        "notice": access.NoticeFactory(applicant_id=key, record_key=glass.pk).pk,
        "request": access.SubjectRequestFactory(applicant_id=key, organisation=unit).pk,
        "document": commands.add(
            actor=world.ben.actor,
            applicant_id=key,
            team=world.north,
            kind="health_at_work",
            title="Statement",
            file_name="statement.txt",
            data=b"Twelve hours a week.",
            day=TODAY,
        ).pk,
    }
    for name in ("una", "cleo"):
        finding = access.FindingFactory(
            organisation=unit,
            user=getattr(world, name).user,
            applicant_id=key,
            state="asked",
            asked_at=NOW,
        )
        found[f"finding of {name}"] = finding.pk
    return found


def _agreed(world: World, person: Applicant) -> dict[str, UUID]:
    found = {}
    for name in ("cleo", "blake"):
        member = getattr(world, name)
        told = (
            Information.IDENTITY,
            Information.CONTACT_DETAILS,
            Information.JOBS,
            Information.ATTENDANCE,
            Information.WORK_GOALS,
        )
        found[f"agreed with {name}"] = agree(world, person, member, *told).pk
    return found


def _after(world: World, shops) -> None:
    """Make what is about nobody, after what is about somebody."""
    work.EmployerContactFactory(
        unit=world.north, employer=shops[2], staff=world.una.user, day=TODAY - 2 * DAY
    )
    meeting = teamwork.MeetingFactory(unit=world.north)
    teamwork.AttendanceFactory(meeting=meeting, staff=world.una.user)


__all__ = ["BLOCKED", "TwoWorlds", "bare", "factories", "known_ids", "make"]
