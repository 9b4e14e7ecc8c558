"""The applicant whose own page can be tried: account, words, a question that waits."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from braid.access import accounts, consent
from braid.access.choices import ConsentWay
from braid.access.policy import Actor, Information, Purpose, Role
from braid.people import commands as people
from braid.people import queries as people_queries
from braid.site.demo.cast import ADA, COUNTRY, DEV, SIGNE
from braid.site.demo.keys import Keys, address, author
from braid.site.demo.sharing import LANGUAGE, OneLife, about, at, subject
from braid.site.demo.values import Life, Person

ASKED_FOR = (Information.IDENTITY, Information.JOBS, Information.BENEFITS)
DAY = timedelta(days=1)


def write(shared: Iterable[OneLife], keys: Keys, today: date) -> None:
    """Open the account of the applicant who has a card, with what she says and is asked."""
    for one in shared:
        if key_of(one.life.person) == SIGNE:
            _open_account(one.life, keys, today)
            _say(one.life, keys, today)
            _ask(one, keys, today)


def key_of(person: Person) -> str:
    """Return the key of an applicant, as staff have one."""
    return f"{person.given_name}.{person.family_name}".lower().replace(" ", "-")


def _name(life: Life) -> str:
    return f"{life.person.given_name} {life.person.family_name}"


def _open_account(life: Life, keys: Keys, today: date) -> None:
    """Invite and accept; nobody knows the password."""
    unit, now = keys.teams[life.unit], at(life.accepted_on or today)
    code = accounts.invite(
        actor=author(unit, keys.staff[ADA]),
        subject=subject(unit, keys.people[life.person]),
        now=now,
    )
    invitation = accounts.invitation(now, code=code)
    if invitation is not None:
        accounts.open_account(
            invitation=invitation,
            name=_name(life),
            email=address(SIGNE),
            password=secrets.token_urlsafe(32),
            now=now,
        )


def _say(life: Life, keys: Keys, today: date) -> None:
    """Answer how it is going, for the unit and for herself alone."""
    unit, applicant_id = keys.teams[life.unit], keys.people[life.person]
    account = accounts.account_of(applicant_id)
    herself = Actor(
        id=account.user_id if account else None,
        role=Role("applicant"),
        organisation=unit.organisation_id,
        name=_name(life),
        country=COUNTRY,
        own=applicant_id,
        day=today,
    )
    applicant = people_queries.applicant(herself, applicant_id)
    people.say_how_it_goes(
        actor=herself,
        applicant=applicant,
        day=today - 3 * DAY,
        mood="well",
        text="The bread comes out at six and I am there. Tired, and proud.",
        readers=[unit.pk],
    )
    people.say_how_it_goes(
        actor=replace(herself, day=today - 9 * DAY),
        applicant=applicant,
        day=today - 9 * DAY,
        mood="so_so",
        text="Afraid of the telephone at the counter. Not for others yet.",
    )


def _ask(one: OneLife, keys: Keys, today: date) -> None:
    """Let the caseworker have asked for a decision's sake; it waits for her own answer."""
    unit, day = keys.teams[one.life.unit], today - 2 * DAY
    consent.give(
        actor=author(unit, keys.staff[ADA]),
        about=about(one.life, Purpose.BENEFIT_DECISION, "havnelund", keys),
        information=ASKED_FOR,
        first_day=day,
        last_day=today + 180 * DAY,
        taken=consent.Taken(ConsentWay.SPOKEN, LANGUAGE, asked_by=keys.staff[DEV]),
        now=at(day),
    )
