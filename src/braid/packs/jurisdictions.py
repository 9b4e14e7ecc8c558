"""What varies by country: words, identifiers, placements, switches, clocks.

A country's pack extends `default`, which holds what the house decided. What a pack does
not say is not known: it is absent, never guessed.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Literal, cast

from pydantic import Field, field_validator

from braid.kernel.dates import add_months
from braid.method import gatherings
from braid.method.clocks import KINDS, ClockLimit, Unit
from braid.method.competitive import PLACEMENTS, JobFacts, Switches, competitive
from braid.method.identifiers import EMPLOYER, PERSON, check
from braid.method.likeness import fold
from braid.packs import loader, questions
from braid.packs.office_days import OfficeDays
from braid.packs.shapes import Cited, Pack, Strict

Language = str
Names = dict[Language, str]
Role = Literal[
    "specialist",
    "supervisor",
    "clinician",
    "clinical_manager",
    "caseworker",
    "counsellor",
    "reviewer",
    "funder",
    "evaluator",
    "steward",
    "applicant",
]
Body = Literal["job_centre", "mental_health_service", "ips_unit", "insurer", "funder"]
RefusalReason = Literal[
    "not_ready",
    "symptoms",
    "substance_use",
    "cognition",
    "criminal_record",
    "work_history",
    "non_adherence",
    "appearance",
    "no_capacity",
    "outside_area",
    "changed_mind",
    "not_reached",
    "already_employed",
    "funder_rule",
    "other",
]


class Answers(Strict):
    """What a kind of placement answers by itself of the tests of competitive work."""

    open_to_all: bool | None = None
    at_least_minimum: bool | None = None
    going_rate: bool | None = None
    normal_rights: bool | None = None
    employer_of_record: Literal["employer", "agency", "programme"] | None = None
    time_limit_origin: Literal["employer", "programme"] | None = None


class Word(Cited):
    """How a role or a body is called, by language."""

    names: Names = Field(min_length=1)


class Customs(Cited):
    """Languages, money and calendar."""

    languages: list[Language] = Field(min_length=1)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    week_start: Literal["monday", "sunday", "saturday"]
    fiscal_year_start: str = Field(pattern=r"^[0-9]{2}-[0-9]{2}$")


class Identifiers(Cited):
    """The systems of numbers in use, the usual one first."""

    person: list[str]
    employer: list[str]

    @field_validator("person")
    @classmethod
    def _of_persons(cls, systems: list[str]) -> list[str]:
        return _known(systems, PERSON)

    @field_validator("employer")
    @classmethod
    def _of_employers(cls, systems: list[str]) -> list[str]:
        return _known(systems, EMPLOYER)


class PlacementType(Cited):
    """A local kind of placement: its names, the code it stands for, what it answers.

    No code means that the name says nothing of the kind of job (a support, a benefit
    status): the job is classed by its own facts.
    """

    names: Names = Field(min_length=1)
    also: list[str] = []
    placement: str | None = None
    answers: Answers = Answers()

    @field_validator("placement")
    @classmethod
    def _code(cls, code: str | None) -> str | None:
        return None if code is None else _known([code], PLACEMENTS)[0]

    def name(self, language: Language) -> str:
        """Return the local name, in `language` if there is one."""
        return in_language(self.names, language)


class Switch(Cited):
    """Whether a subsidised placement counts as competitive in this country."""

    counts: bool


class Breaches(Cited):
    """The reasons of a refusal that breach zero exclusion."""

    reasons: list[RefusalReason]


class ReadinessWords(Cited):
    """Words that ask whether somebody is ready, by language; a star stands for any end.

    No field of a referral may ask for it: wanting to work is the only entry question.
    """

    words: dict[Language, list[str]] = Field(min_length=1)

    def in_text(self, text: str, language: Language) -> list[str]:
        """Return the words of the list that a text in this language uses."""
        spaced = f" {fold(text)} "
        return [
            word
            for word in self.words.get(language, [])
            if f" {fold(word.rstrip('*'))}{'' if word.endswith('*') else ' '}" in spaced
        ]


class Clock(Cited):
    """The limit of one kind of clock, of an episode or from one meeting to the next."""

    limit: int = Field(gt=0)
    unit: Unit
    warn_before: int = Field(ge=0)
    owner: Role


class FidelityReviews(Cited):
    """How many months lie between one fidelity review and the next.

    `by_band` says other months from a band on; `warn_before` is in days.
    """

    months: int = Field(gt=0)
    by_band: dict[str, int] = {}
    warn_before: int = Field(ge=0)

    def after(self, band: str | None) -> int:
        """Return the months until the next review, after one that ended in a band."""
        return self.by_band.get(band or "", self.months)


class FidelityEvidence(Cited):
    """For how many days what is personal in a review stays after the service was told."""

    days: int = Field(ge=0, le=366)


class SmallNumbers(Cited):
    """The profile by which small numbers are hidden, by its id."""

    profile: str


class Duty(Cited):
    """What the law obliges the unit to tell a body, without asking for consent."""

    body: Body
    purposes: list[str] = Field(min_length=1)
    information: list[str] = Field(min_length=1)
    statute: str = Field(min_length=1)
    from_day: date


class ActiveMeasure(Cited):
    """Whether IPS is one of the active measures by which somebody has a right to money.

    `counts` is empty where nobody has said it. `words` say it in a sentence, by
    language; `statute` is the law to cite, empty where none is known.
    """

    counts: bool | None = None
    words: Names = Field(min_length=1)
    statute: str = ""


class Rights(Cited):
    """Within how many months a person's request is answered."""

    answer_within_months: int = Field(gt=0, le=12)


class Retention(Cited):
    """How long one kind of what is kept stays, counted from its own end, and what then.

    `after` names that end in words; `keep` says that nothing removes it by itself.
    """

    kind: str = Field(pattern=r"^[a-z_]+$")
    after: str = Field(min_length=1)
    months: int = Field(ge=0)
    then: Literal["erase", "restrict", "keep"]


class Jurisdiction(Pack):
    """A country, or a part of one, as the house works there."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    valid_from: date
    reviewed: bool = False
    customs: Customs
    office_days: OfficeDays | None = None
    roles: dict[Role, Word]
    bodies: dict[Body, Word] = {}
    identifiers: Identifiers
    placements: list[PlacementType] = []
    switches: dict[Literal["wage_subsidy", "flex_job", "wage_compensation"], Switch]
    refusal_breaches: Breaches
    readiness_words: ReadinessWords
    clocks: dict[str, Clock]
    fidelity_reviews: FidelityReviews | None = None
    fidelity_evidence: FidelityEvidence
    small_numbers: SmallNumbers
    duties: list[Duty] = []
    active_measure: ActiveMeasure
    rights: Rights
    retention: list[Retention] = Field(min_length=1)

    @field_validator("retention")
    @classmethod
    def _once(cls, rules: list[Retention]) -> list[Retention]:
        seen = [(rule.kind, rule.then) for rule in rules]
        if len(set(seen)) != len(seen):
            raise ValueError("a kind has two rules that do the same")
        return rules

    @field_validator("clocks")
    @classmethod
    def _kinds(cls, found: dict[str, Clock]) -> dict[str, Clock]:
        _known(list(found), (*KINDS, *gatherings.KINDS))
        return found

    def role_word(self, role: str, language: Language) -> str | None:
        """Return what a role is called here; None when no pack says it."""
        word = self.roles.get(cast(Role, role))
        return in_language(word.names, language) if word else None

    def body_word(self, body: str, language: Language) -> str | None:
        """Return what a body is called here; None when no pack says it."""
        word = self.bodies.get(cast(Body, body))
        return in_language(word.names, language) if word else None

    def placement_for(self, name: str) -> PlacementType | None:
        """Return the placement type of a local name in any language, or None.

        Case, accents and punctuation do not matter.
        """
        wanted = fold(name)
        for kind in self.placements:
            if wanted in {fold(each) for each in (*kind.names.values(), *kind.also)}:
                return kind
        return None

    def clock(self, kind: str) -> ClockLimit | None:
        """Return the limit of a kind of clock; None when it does not run here."""
        found = self.clocks.get(kind)
        if found is None:
            return None
        return ClockLimit(
            kind,
            found.limit,
            found.unit,
            found.warn_before,
            found.owner,
            found.source,
            found.mark,
        )

    @property
    def limits(self) -> Mapping[str, ClockLimit]:
        """Return the limits of all clocks by kind, as `clocks.running` asks for."""
        return {kind: limit for kind in self.clocks if (limit := self.clock(kind))}

    @property
    def table_switches(self) -> Switches:
        """Return the switches as the decision table of competitive work takes them."""
        return Switches(
            **{code: switch.counts for code, switch in self.switches.items()}
        )

    def breaches_zero_exclusion(self, reason: str) -> bool:
        """Say whether a refusal for `reason` breaches zero exclusion here."""
        return reason in self.refusal_breaches.reasons


def get(jurisdiction: str, version: str | None = None) -> Jurisdiction:
    """Return a jurisdiction by its id, as `dk`. Raises: PackFault, PackFaults."""
    return cast(Jurisdiction, loader.get("jurisdictions", jurisdiction, version))


def of_country(country: str) -> Jurisdiction:
    """Return the pack of a country by its two letters, the house defaults without one."""
    known = load()
    return known.get(country.lower()) or known["default"]


def load() -> dict[str, Jurisdiction]:
    """Return all jurisdictions by id, `default` included. Raises: PackFaults."""
    return loader.load("jurisdictions")


def in_language(names: Mapping[Language, str], language: Language) -> str:
    """Return the name in `language`, else in its base, in English, or in any."""
    for wanted in (language, language.partition("-")[0], "en"):
        if wanted in names:
            return names[wanted]
    return next(iter(names.values()))


def _known(names: list[str], known: Any) -> list[str]:
    for name in names:
        if name not in known:
            raise ValueError(f"'{name}' is not one of {', '.join(sorted(known))}")
    return names


# Situations: each asks one question of the pack.


def _role(pack: Jurisdiction, role: str, language: str) -> dict[str, Any]:
    return {"word": pack.role_word(role, language)}


def _body(pack: Jurisdiction, body: str, language: str) -> dict[str, Any]:
    return {"word": pack.body_word(body, language)}


def _identifier(pack: Jurisdiction, system: str, value: str) -> dict[str, Any]:
    offered = system in (*pack.identifiers.person, *pack.identifiers.employer)
    checked = check(system, value)
    return {"offered": offered, "state": checked.state, "reason": checked.reason}


def _placement(
    pack: Jurisdiction, name: str, tests_hold: bool = False
) -> dict[str, Any]:
    """Class a job of this local kind, with every other answer open or yes."""
    kind = pack.placement_for(name)
    if kind is None:
        return {"placement": None, "class": "undetermined", "counts": False}
    yes: dict[str, Any] = {
        "open_to_all": True,
        "at_least_minimum": True,
        "going_rate": True,
        "normal_rights": True,
        "employer_of_record": "employer",
        "time_limit_origin": "employer",
    }
    facts: dict[str, Any] = (yes if tests_hold else {}) | kind.answers.model_dump(
        exclude_none=True
    )
    job = JobFacts(kind.placement, **facts)
    verdict = competitive(job, pack.table_switches)
    return {
        "placement": kind.placement,
        "class": str(verdict.cls),
        "counts": verdict.counts,
        "failing": sorted({r.test for r in verdict.reasons if r.slug == "test_failed"}),
    }


def _clock(pack: Jurisdiction, kind: str, start: date) -> dict[str, Any]:
    limit = pack.clock(kind)
    return {"due_on": limit.due(start) if limit else None}


def _retained(pack: Jurisdiction, kind: str, then: str) -> dict[str, Any]:
    for rule in pack.retention:
        if (rule.kind, rule.then) == (kind, then):
            return {"months": rule.months}
    return {"months": None}


def _request(pack: Jurisdiction, asked_on: date) -> dict[str, Any]:
    return {"due_on": add_months(asked_on, pack.rights.answer_within_months)}


def _fidelity_review(
    pack: Jurisdiction, reviewed_on: date, band: str | None = None
) -> dict[str, Any]:
    rule = pack.fidelity_reviews
    return {"due_on": add_months(reviewed_on, rule.after(band)) if rule else None}


def _fidelity_evidence(pack: Jurisdiction, told_on: date) -> dict[str, Any]:
    return {"delete_by": told_on + timedelta(pack.fidelity_evidence.days)}


def _refusal(pack: Jurisdiction, reason: str) -> dict[str, Any]:
    return {"breach": pack.breaches_zero_exclusion(reason)}


def _active_measure(pack: Jurisdiction, language: str) -> dict[str, Any]:
    found = pack.active_measure
    words = in_language(found.words, language)
    return {"counts": found.counts, "statute": found.statute, "words": words}


def _readiness(pack: Jurisdiction, text: str, language: str) -> dict[str, Any]:
    return {"found": pack.readiness_words.in_text(text, language)}


QUESTIONS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "role": _role,
    "body": _body,
    "identifier": _identifier,
    "placement": _placement,
    "clock": _clock,
    "fidelity_review": _fidelity_review,
    "fidelity_evidence": _fidelity_evidence,
    "refusal": _refusal,
    "readiness": _readiness,
    "active_measure": _active_measure,
    "request": _request,
    "retention": _retained,
}
run_situation = questions.runner(QUESTIONS)
loader.register("jurisdictions", Jurisdiction, run_situation)
