"""Rows of the caseload list: referrals, and the episodes that came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from braid.exchange.roster.courses import Course
from braid.exchange.roster.drafts import Draft
from braid.exchange.roster.faults import (
    FIELD_BLANK,
    ROW_OUT,
    ask,
    ask_choice,
    ask_day,
    warn,
)
from braid.exchange.roster.person import Person
from braid.exchange.roster.plan import AnswerShape
from braid.exchange.roster.records import CaseloadSpell, EpisodeRecord
from braid.exchange.roster.wording import N_

START_BEFORE_REFERRAL = N_("Accepted before the referral; both dates were kept.")
DISCHARGE_BEFORE_START = N_(
    "Discharged before being accepted. On which day was the discharge?"
)
MISSING_SPECIALIST = N_("On the caseload, and nobody is named. Who has the person?")
REFERRAL_TWICE = N_(
    "Row %(row)s tells otherwise of the same referral. Is this another one?"
)
MOVE_WITHOUT_DATE = N_(
    "Another specialist had the person before, and no date is given; the present one "
    "was taken for the whole time."
)
ONE_DAY = timedelta(1)


@dataclass(slots=True, eq=False)
class Referral:
    """One referral: the row that holds it, and rows of other sheets that tell of it."""

    person: Person
    draft: Draft
    others: list[Draft]
    key: str = ""

    def get(self, name: str) -> object:
        """Return a field from the first of the rows that has it."""
        for draft in (self.draft, *self.others):
            if (value := draft.get(name)) is not None:
                return value
        return None

    def day(self, name: str) -> date | None:
        value = self.get(name)
        return value if isinstance(value, date) else None

    def text(self, name: str) -> str:
        return next((t for d in (self.draft, *self.others) if (t := d.text(name))), "")

    def course(self) -> Course:
        return Course(
            self.key,
            self.day("referral"),
            self.day("accepted"),
            self.day("discharge"),
            self.get("status") == "yes",
        )


def episode_key(person: Person, referred: date | None, accepted: date | None) -> str:
    """Return the key of an episode: its person, and the day of its referral."""
    day = referred or accepted
    return f"{person.key}|{day.isoformat() if day else ''}"


def referrals_of(person: Person) -> list[Referral]:
    """Return the referrals of a person, rows about the same one brought together.

    A person who was moved may stand on the sheets of two specialists: rows of one
    referral from two places, one of which says that it was handed over or taken over.
    """
    found: list[Referral] = []
    for draft in person.drafts:
        if not draft.stands:
            continue
        same = next((r for r in found if _same_referral(r.draft, draft)), None)
        if same is None or draft.answer.get("keep"):
            found.append(Referral(person, draft, []))
        elif _handed_over(same.draft, draft):
            _join(same, draft)
        elif draft.fingerprint == same.draft.fingerprint:
            # The same course in a second row, which tells of something else besides.
            same.others.append(draft)
        else:
            shape = AnswerShape(("keep", "reject"), "decision")
            fault = ask(
                "referral_twice", ROW_OUT, shape, REFERRAL_TWICE, row=same.draft.number
            )
            draft.say("referral", fault)
    used: set[str] = set()
    for referral in found:
        key = episode_key(person, referral.day("referral"), referral.day("accepted"))
        while key in used:
            key += "+"
        used.add(key)
        referral.key = key
    return found


def _same_referral(one: Draft, other: Draft) -> bool:
    if one.get("referral") != other.get("referral"):
        return False
    if one.get("referral") is None:
        return one.get("accepted") == other.get("accepted")
    return True


def _handed_over(one: Draft, other: Draft) -> bool:
    moved = ("moved_to", "moved_off", "prev_spec", "moved_on")
    apart = one.source is not other.source
    return apart and any(d.get(name) for d in (one, other) for name in moved)


def _join(referral: Referral, draft: Draft) -> None:
    """Let the later specialist's row hold the record."""
    if draft.get("prev_spec") or draft.get("moved_on"):
        referral.others.append(referral.draft)
        referral.draft = draft
    else:
        referral.others.append(draft)


def check(referral: Referral, as_of: date, specialists: Iterable[str]) -> None:
    """Say what is odd about a referral."""
    draft = referral.draft
    referred, accepted = referral.day("referral"), referral.day("accepted")
    exited = referral.day("discharge")
    if referred and accepted and accepted < referred:
        draft.say("accepted", warn("start_before_referral", START_BEFORE_REFERRAL))
    begun = accepted or referred
    if exited and begun and exited < begun and accepted:
        fault = ask_day(
            "discharge_before_start", "discharge", FIELD_BLANK, DISCHARGE_BEFORE_START
        )
        draft.say("discharge", fault)
        for row in (draft, *referral.others):
            row.cells.pop("discharge", None)
        exited = None
    ended = exited is not None and exited <= as_of
    if accepted and not ended:
        _check_specialist(referral, specialists)
    if referral.get("prev_spec") and not referral.day("moved_on"):
        draft.say("moved_on", warn("move_without_date", MOVE_WITHOUT_DATE))


def _check_specialist(referral: Referral, specialists: Iterable[str]) -> None:
    draft = referral.draft
    has_place = draft.source.specialist_at(draft.number)[0]
    named = draft.get("spec") and "spec" not in draft.answered
    has_place = has_place or "spec" in draft.source.columns
    if named or not has_place or not draft.is_missing("spec"):
        return
    fault = ask_choice(
        "missing_specialist", "spec", tuple(specialists), MISSING_SPECIALIST
    )
    draft.say("spec", fault)


def episode_record(referral: Referral) -> EpisodeRecord:
    """Return the episode of a referral in the words of the facts."""
    team, source = referral.get("team"), referral.get("source")
    reason = referral.get("reason")
    status = {"yes": "employed_retention", "no": "out_of_work"}
    return EpisodeRecord(
        key=referral.key,
        person=referral.person.key,
        referred_on=referral.day("referral"),
        referral_source=str(source) if source else None,
        source_text=referral.text("source"),
        at_referral=status.get(str(referral.get("status")), "unknown"),
        accepted_on=referral.day("accepted"),
        entered_on=referral.day("first_contact"),
        profile_started_on=referral.day("profile"),
        first_job_on=referral.day("first_job"),
        exited_on=referral.day("discharge"),
        exit_reason=str(reason) if reason else None,
        exit_reason_text=referral.text("reason"),
        treatment_team=str(team) if team else None,
        caseload=caseload_spells(referral),
        note=str(referral.get("notes") or ""),
    )


def caseload_spells(referral: Referral) -> tuple[CaseloadSpell, ...]:
    """Return who had the person from day to day, from acceptance to the day before exit.

    The earlier specialist until the day before the move, the present one from it on,
    and the colleague it was handed over to from that day on.
    """
    first, exited = referral.day("accepted"), referral.day("discharge")
    if first is None:
        return ()
    last = exited - ONE_DAY if exited else None
    if last is not None and last < first:
        return ()
    own = referral.draft
    holders: list[tuple[date, str | None]] = [(first, own.get("spec"))]
    moved_on = referral.day("moved_on") or (
        referral.day("moved_off") if referral.others else None
    )
    before = referral.get("prev_spec") or next(
        (d.get("spec") for d in referral.others if d.get("spec")), None
    )
    if moved_on and moved_on > first:
        holders = [
            (first, str(before) if before else None),
            (moved_on, own.get("spec")),
        ]
    if not referral.others and own.get("moved_to") and own.get("moved_off"):
        holders.append((own.get("moved_off"), own.get("moved_to")))
    return tuple(_spells(holders, last))


def _spells(
    holders: list[tuple[date, str | None]], last: date | None
) -> Iterable[CaseloadSpell]:
    for n, (day, name) in enumerate(holders):
        until = holders[n + 1][0] - ONE_DAY if n + 1 < len(holders) else last
        if last is not None:
            until = min(until, last) if until is not None else last
        if until is None or day <= until:
            yield CaseloadSpell(name, day, until)
