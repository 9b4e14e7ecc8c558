"""Consent texts: what may be asked for, for how long, and in which words.

One pack a country, on top of `default`. A pack's id and version are those of its
wording: an entry of the ledger keeps them with the language, so that what somebody
agreed to can be read again.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, Self, cast

from pydantic import Field, model_validator

from braid.packs import loader, questions
from braid.packs.shapes import Cited, Pack, Strict

Purpose = Literal[
    "ips_support",
    "treatment",
    "job_search_support",
    "benefit_decision",
    "benefit_control",
    "benefits_counselling",
    "fidelity_review",
    "funding",
    "evaluation",
]
Information = Literal[
    "identity",
    "contact_details",
    "work_goals",
    "jobs",
    "attendance",
    "benefits",
    "health_at_work",
    "treatment",
    "conversation",
]
Ground = Literal["consent", "law", "figures_only"]
"""Consent; a statute, which the jurisdiction's duties name; no reading of persons."""


class Basis(Cited):
    """What a purpose rests on, and which classes it may be asked for."""

    rests_on: Ground
    may_ask_for: list[Information] = []

    @model_validator(mode="after")
    def _asks_with_consent_only(self) -> Self:
        if (self.rests_on == "consent") != bool(self.may_ask_for):
            raise ValueError(
                "a purpose names what it may ask for if and only if it rests on consent"
            )
        return self


class Number(Cited):
    """A number of days or months."""

    value: int = Field(ge=0)


class Wording(Strict):
    """The text of an agreement in one language, complete in itself.

    `opening` stands before what is agreed, `closing` after it; the labels name its
    parts: with whom, what for, what, from and until when.
    """

    title: str = Field(min_length=1)
    opening: list[str] = Field(min_length=1)
    labels: dict[Literal["receiver", "purpose", "information", "period"], str]
    purposes: dict[Purpose, str]
    information: dict[Information, str]
    closing: list[str] = Field(min_length=1)
    written_by: str = Field(min_length=1)

    @model_validator(mode="after")
    def _names_all_parts(self) -> Self:
        if len(self.labels) < 4:
            raise ValueError(
                "a label is missing: receiver, purpose, information, period"
            )
        return self


class ConsentText(Pack):
    """What consent is in one country.

    `period_months` is offered, `longest_months` is the most that one entry gives;
    `renew_after_months` after the first day an agreement is not extended any more but
    given anew; `remind_days` before its last day people are reminded;
    `cooling_off_days` is how long a caseworker's request waits.
    """

    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    valid_from: date
    reviewed: bool = False
    purposes: dict[Purpose, Basis]
    period_months: Number
    longest_months: Number
    renew_after_months: Number
    remind_days: Number
    cooling_off_days: Number
    wordings: dict[str, Wording] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_words_for_all(self) -> Self:
        for language, wording in self.wordings.items():
            for purpose in self.asked_for:
                missing = {
                    *({purpose} - set(wording.purposes)),
                    *(set(self.may_ask_for(purpose)) - set(wording.information)),
                }
                if missing:
                    raise ValueError(
                        f"the wording '{language}' has no words for "
                        f"{', '.join(sorted(missing))}"
                    )
        return self

    @model_validator(mode="after")
    def _periods_fit(self) -> Self:
        months = (self.period_months, self.longest_months, self.renew_after_months)
        if not 1 <= months[0].value <= months[1].value <= months[2].value:
            raise ValueError(
                "the usual period is at least a month, at most the longest one, and "
                "that at most the months until consent is given anew"
            )
        return self

    @property
    def asked_for(self) -> list[Purpose]:
        """Return the purposes that rest on consent, in the order of the file."""
        return [
            purpose
            for purpose, basis in self.purposes.items()
            if basis.rests_on == "consent"
        ]

    def may_ask_for(self, purpose: str) -> list[Information]:
        """Return the classes that consent may be asked for; none without consent."""
        basis = self.purposes.get(cast(Purpose, purpose))
        return basis.may_ask_for if basis else []

    def language(self, wanted: str) -> str:
        """Return the language of the wording to show: `wanted`, its base, or any."""
        for one in (wanted, wanted.partition("-")[0], "en"):
            if one in self.wordings:
                return one
        return next(iter(self.wordings))


def get(text: str, version: str | None = None) -> ConsentText:
    """Return consent texts by id and version. Raises: PackFault, PackFaults."""
    return cast(ConsentText, loader.get("consents", text, version))


def load() -> dict[str, ConsentText]:
    """Return the texts of all countries by id, `default` included. Raises: PackFaults."""
    return loader.load("consents")


def of_country(country: str) -> ConsentText:
    """Return the texts of a country by its two letters, the house's without one."""
    known = load()
    return known.get(country.lower()) or known["default"]


# Situations: each asks one question of the pack.


def _purpose(pack: ConsentText, purpose: str) -> dict[str, Any]:
    basis = pack.purposes.get(cast(Purpose, purpose))
    return {
        "rests_on": basis.rests_on if basis else None,
        "may_ask_for": pack.may_ask_for(purpose),
    }


def _numbers(pack: ConsentText) -> dict[str, Any]:
    return {
        name: getattr(pack, name).value
        for name in (
            "period_months",
            "longest_months",
            "renew_after_months",
            "remind_days",
            "cooling_off_days",
        )
    }


def _wording(pack: ConsentText, language: str) -> dict[str, Any]:
    found = pack.language(language)
    wording = pack.wordings[found]
    return {"language": found, "title": wording.title} | dict(
        wording.information.items()
    )


QUESTIONS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "purpose": _purpose,
    "numbers": _numbers,
    "wording": _wording,
}
run_situation = questions.runner(QUESTIONS)
loader.register("consents", ConsentText, run_situation)
