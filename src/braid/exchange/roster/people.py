"""Who is who: people by client number, else by name and birth date.

Nobody is merged silently. A person whose birth date is another's and whose name is
nearly so is proposed as the same, and every row about them waits for the answer.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from braid.exchange.roster.answers import Answers
from braid.exchange.roster.drafts import Draft
from braid.exchange.roster.faults import FIELD_BLANK, ROW_OUT, ask, ask_day, warn
from braid.exchange.roster.person import (
    Person,
    halves,
    name_and_birth,
    name_key,
    number_key,
    phone_of,
)
from braid.exchange.roster.plan import AnswerShape, ExistingPerson, Place
from braid.exchange.roster.values.texts import clean
from braid.exchange.roster.wording import N_
from braid.method.likeness import name_likeness

LIKE = 70
UNLIKE = 50
_keyed = re.compile(r"(.+?)\s*\((\d{4}-\d{2}-\d{2})\)")

MISSING_NAME = N_("Nobody is named in this row. Who is it about?")
ORPHAN = N_("Nobody on the caseload list is this. Whose row is it?")
NAME_OF_TWO = N_("More than one person is called so. Whose row is it?")
NAME_OF_ANOTHER = N_(
    "The number is one person's and the name another's. Whose row is it?"
)
TWO_SPELLINGS = N_(
    "Born on the same day as the person of row %(row)s, and called nearly the same. "
    "Is it the same person?"
)
KNOWN_OTHERWISE = N_(
    "Born on the same day as somebody in Braid, and called nearly the same. Is it the "
    "same person?"
)
KNOWN_BORN_OTHERWISE = N_(
    "Somebody in Braid is called the same, was born on another day and is in none of "
    "these files. Is it the same person?"
)
ROW_OF_SECOND = N_(
    "This belongs to a row that may be a second spelling of another person. Whose is it?"
)
NUMBER_OF_TWO = N_("Two people have this number. Whose is it?")
OTHER_BIRTH_DATE = N_(
    "Row %(row)s gives this person another birth date. Which is right?"
)
BY_NAME = N_("No number here; the person was found by name.")


class People:
    """The people of an import and of the unit, to be found by what a row says."""

    def __init__(self, existing: Iterable[ExistingPerson], answers: Answers) -> None:
        self.everybody: list[Person] = []
        self._answers = answers
        self._by_number: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._found: dict[tuple[object, ...], Person | None] = {}
        for known in existing:
            key = known.client_number or name_and_birth(
                known.given_name, known.family_name, known.birth_date
            )
            person = Person(
                key,
                known.client_number,
                known.given_name,
                known.family_name,
                known.birth_date,
                existing=known,
            )
            self._note(person)

    @property
    def listed(self) -> list[Person]:
        """Return the people of the caseload lists at hand."""
        return [
            person
            for person in self.everybody
            if any(not draft.rejected for draft in person.drafts)
        ]

    def _note(self, person: Person) -> None:
        self.everybody.append(person)
        if person.number:
            self._by_number.setdefault(number_key(person.number), person)
        if called := name_key(person.name):  # some lists keep numbers only
            self._by_name.setdefault(called, []).append(person)

    def take(self, drafts: Iterable[Draft]) -> None:
        """Take in the rows of the caseload lists, whose people they make."""
        for draft in drafts:
            if draft.rejected:
                continue
            person = self._of_row(draft)
            if person is None:
                text = MISSING_NAME
                shape = AnswerShape(("last", "name", "reject"), "text")
                draft.say("last", ask("missing_name", ROW_OUT, shape, text))
            else:
                person.drafts.append(draft)

    def _of_row(self, draft: Draft) -> Person | None:
        """Return the person of a caseload row, a new one if need be."""
        stated = draft.answer.get("client")
        if stated is not None:
            person = self.named(str(stated))
            if person is not None:
                self._follow(person, draft)
                return person
        number = draft.get("cid")
        given, family = halves(draft)
        if not number and not (given or family):
            return None
        birth = draft.get("dob")
        person = self._by_number.get(number_key(number)) if number else None
        if person is not None:
            self._compare(draft, person, birth, f"{given} {family}")
            self._call(person, given, family)
            return person
        person = self._by_name_and_birth(f"{given} {family}", birth, number)
        if person is None:
            key = number or name_and_birth(given, family, birth)
            person = Person(key, number, given, family, birth)
            self._note(person)
        elif number and person.number is None:
            person.number = number
            self._by_number.setdefault(number_key(number), person)
        person.phone = person.phone or draft.get("phone") or phone_of(draft)
        return person

    def _follow(self, person: Person, draft: Draft) -> None:
        """Let somebody who is in Braid be called and born as the row says that is theirs."""
        given, family = halves(draft)
        if person.existing is not None and not person.drafts:
            person.birth = draft.get("dob") or person.birth
        self._call(person, given, family)
        if number := draft.get("cid"):
            person.number = person.number or number
            self._by_number.setdefault(number_key(number), person)

    def _call(self, person: Person, given: str, family: str) -> None:
        """Call somebody who is in Braid already as the first row about them does."""
        if person.existing is None or person.drafts or not (given or family):
            return
        person.given, person.family = given, family
        called = self._by_name.setdefault(name_key(person.name), [])
        if person not in called:
            called.append(person)

    def _by_name_and_birth(
        self, name: str, birth: date | None, number: str | None
    ) -> Person | None:
        for person in self._by_name.get(name_key(name), ()):
            other_number = (
                number
                and person.number
                and (number_key(number) != number_key(person.number))
            )
            if person.birth == birth and not other_number:
                return person
        return None

    def _compare(
        self, draft: Draft, person: Person, birth: date | None, name: str
    ) -> None:
        """Ask where a number is given to two people, or to one with two birthdays."""
        person.phone = person.phone or draft.get("phone") or phone_of(draft)
        if birth is None or person.birth is None or birth == person.birth:
            person.birth = person.birth or birth
            return
        unlike = bool(name.strip()) and name_likeness(name, person.name) < UNLIKE
        if person.existing is not None and not person.drafts and not unlike:
            person.birth = birth  # corrected since the last import
            return
        first = person.drafts[0].number if person.drafts else 0
        if unlike:
            shape = AnswerShape(("client", "cid", "reject"), "person")
            draft.say("cid", ask("client_number_twice", ROW_OUT, shape, NUMBER_OF_TWO))
        else:
            fault = ask_day(
                "birth_date_differs", "dob", FIELD_BLANK, OTHER_BIRTH_DATE, row=first
            )
            draft.say("dob", fault.beside(*_known_by(person)))
        if "dob" in draft.answered:
            person.birth = birth

    def named(self, text: str) -> Person | None:
        """Return the person an answer means: a number, or `Family, Given (birth date)`."""
        wanted = clean(text)
        person = self._by_number.get(number_key(wanted))
        if person is None:
            match = _keyed.fullmatch(wanted)
            name = match[1] if match else wanted
            birth = date.fromisoformat(match[2]) if match else None
            fitting = [
                p
                for p in self._by_name.get(name_key(name.replace(",", " ")), ())
                if birth is None or p.birth == birth
            ]
            person = fitting[0] if len(fitting) == 1 else None
        while person is not None and person.second_of is not None and not person.waits:
            person = person.second_of
        return person

    # People who may be one

    def propose(self, mentions: Counter[str]) -> None:
        """Ask about people who may be one; `mentions` counts log rows by person's key.

        Who is in Braid already, is spoken of more often or stands first is the first;
        the other is the second spelling, as is a person of whom it was answered.
        """
        order = {id(person): n for n, person in enumerate(self.everybody)}
        by_birth: dict[date, list[Person]] = {}
        for person in self.everybody:
            if person.birth is not None:
                by_birth.setdefault(person.birth, []).append(person)
        for group in by_birth.values():
            group.sort(
                key=lambda p: (
                    _was_answered(p),
                    p.existing is None,
                    -mentions[p.key],
                    order[id(p)],
                )
            )
            for at, second in enumerate(group):
                if second.existing is not None or not second.drafts:
                    continue
                for first in group[:at]:
                    if first.second_of is None and _alike(first, second):
                        self._ask_whether_one(first, second)
                        break
        for second in self.listed:
            known = self._born_otherwise(second)
            if known is not None:
                self._ask_whether_one(known, second, KNOWN_BORN_OTHERWISE)

    def _born_otherwise(self, second: Person) -> Person | None:
        """Return who in Braid has this name, another birth date and no row of their own."""
        if second.existing is not None or second.second_of is not None:
            return None
        fitting = [
            first
            for first in self._by_name.get(name_key(second.name), ())
            if first.existing is not None
            and not first.drafts
            and first.birth != second.birth
            and not (first.number and second.number)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _ask_whether_one(
        self, first: Person, second: Person, known: str = KNOWN_OTHERWISE
    ) -> None:
        draft = second.drafts[0]
        column = "last" if draft.get("last") else "name"
        row = first.drafts[0].number if first.drafts else 0
        fault = ask(
            "same_person_two_spellings",
            ROW_OUT,
            AnswerShape(("merge_into", "client", "separate", "reject"), "person"),
            TWO_SPELLINGS if row else known,
            {"merge_into" if row else "client": first.key},
            row=row,
        ).beside(*_known_by(first))
        answer = draft.answer
        target = first
        if said_so := answer.get("merge_into") or answer.get("client"):
            found = self.named(str(said_so))
            if found is None or found is second:
                self._answers.unknown_person(draft)
                answer = {}
            else:
                target = found
        unusable = answer is not draft.answer
        second.second_of = target
        second.waits = draft.say(column, fault, still=unusable)
        if draft.answer.get("separate"):
            second.second_of = None
        if not second.waits and answer.get("merge_into"):
            draft.rejected = True
        for other in second.drafts[1:] if second.waits else ():
            shape = AnswerShape(("client", "reject"), "person")
            other.say(
                column,
                ask(
                    "row_of_second_spelling",
                    ROW_OUT,
                    shape,
                    ROW_OF_SECOND,
                    {"client": first.key},
                ),
            )

    def settle(self) -> None:
        """Give the rows of people who turned out to be somebody else to that person."""
        for person in self.everybody:
            target = person.second_of
            if target is not None and not person.waits:
                target.drafts.extend(d for d in person.drafts if not d.rejected)
                person.drafts = []

    # Rows of the logs

    def mentions(self, drafts: Iterable[Draft]) -> Counter[str]:
        """Return how many log rows speak of each person, by the person's key."""
        found: Counter[str] = Counter()
        for draft in drafts:
            person = self.of_typed(draft)
            if person is not None:
                found[person.key] += 1
        return found

    def of_log_row(self, draft: Draft, until: str = ROW_OUT) -> Person | None:
        """Return whose row of a log this is, or ask and return None.

        `until` says how a row stands whose person is not known: an employer contact
        counts without one.
        """
        stated = draft.answer.get("client")
        person = self.of_typed(draft)
        meant = self.named(str(stated)) if stated is not None else None
        if stated is not None and meant is None:
            self._answers.unknown_person(draft)
        if person is None or person.waits:
            self._ask_whose(draft, person, until, still=meant is None)
            return meant
        if meant is None and self._is_anothers_name(draft, person):
            self._ask(draft, "name_of_another", NAME_OF_ANOTHER, until, person)
            return None
        if draft.get("cid") is None and draft.source.recognised.fields.get("cid"):
            draft.say("cid", warn("client_by_name", BY_NAME))
        return meant or person

    def _ask_whose(
        self, draft: Draft, person: Person | None, until: str, *, still: bool
    ) -> None:
        if person is not None and person.second_of is not None:
            first = person.second_of
            text, kind = ROW_OF_SECOND, "row_of_second_spelling"
            self._ask(draft, kind, text, until, first, still=still)
        elif self._names_two(draft):
            self._ask(draft, "name_of_two", NAME_OF_TWO, until, still=still)
        else:
            self._ask(draft, "orphan_row", ORPHAN, until, still=still)

    def _ask(
        self,
        draft: Draft,
        kind: str,
        text: str,
        until: str,
        proposed: Person | None = None,
        *,
        still: bool = True,
    ) -> None:
        shape = AnswerShape(("client", "reject"), "person")
        stands = FIELD_BLANK if until == FIELD_BLANK else ROW_OUT
        proposal = None if proposed is None else {"client": proposed.key}
        column = "cid" if draft.get("cid") else "name" if draft.get("name") else "last"
        fault = ask(kind, stands, shape, text, proposal)
        draft.say(column, fault, still=still)

    def of_typed(self, draft: Draft) -> Person | None:
        """Return the person a log row names by number, else by name and birth date."""
        number = draft.get("cid")
        name = draft.get("name") or " ".join(halves(draft)).strip()
        key = (number, name, draft.get("dob"))
        if key not in self._found:
            self._found[key] = self._look_up(number, name, draft.get("dob"))
        person = self._found[key]
        while person is not None and person.second_of is not None and not person.waits:
            person = person.second_of
        return person

    def _look_up(
        self, number: str | None, name: str, birth: date | None
    ) -> Person | None:
        if number:
            return self._by_number.get(number_key(number))
        fitting = [
            p
            for p in self._by_name.get(name_key(name), ())
            if birth is None or p.birth is None or p.birth == birth
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _names_two(self, draft: Draft) -> bool:
        name = draft.get("name") or " ".join(halves(draft)).strip()
        return not draft.get("cid") and len(self._by_name.get(name_key(name), ())) > 1

    def _is_anothers_name(self, draft: Draft, person: Person) -> bool:
        """Say whether number and name of a log row are two people's."""
        name = draft.get("name") or " ".join(halves(draft)).strip()
        if not name or not draft.get("cid"):
            return False
        typed = name_key(name)
        if typed == name_key(person.name) or typed not in self._by_name:
            return False
        own = {name_key(" ".join(halves(row))) for row in person.drafts}
        others = [p for p in self._by_name[typed] if p is not person]
        return typed not in own and any(p.second_of is not person for p in others)


def _known_by(person: Person) -> tuple[Place | None, str | None]:
    """Return the first row that tells of somebody, else their id in Braid."""
    if person.drafts:
        return person.drafts[0].place, None
    return None, person.existing.id if person.existing else None


def _was_answered(person: Person) -> bool:
    answered = person.drafts[0].answer if person.drafts else {}
    return "merge_into" in answered or "separate" in answered


def _alike(first: Person, second: Person) -> bool:
    return name_likeness(first.name, second.name) >= LIKE
