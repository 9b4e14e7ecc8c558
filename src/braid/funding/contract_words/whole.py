"""A whole contract in words: passages with a heading, for both parties alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.funding.contract_words.conditions import condition_text
from braid.funding.contract_words.milestones import cap_sentences, milestone_sentences
from braid.funding.contract_words.values import Values, plain_number
from braid.method.contracts.shape import Contract
from braid.web.days import day_text

Told = Iterator[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences under a heading; `anchor` is its place on a page."""

    anchor: str
    title: str
    sentences: tuple[str, ...]


def passages(contract: Contract, values: Values) -> list[Passage]:
    """Return all that a contract says, in passages; those that say nothing are left out."""
    headings = {
        "terms": _("What this contract is"),
        "people": _("Whom it covers, and when it begins"),
        "money": _("How money runs"),
        "beside": _("Beside other payers and contracts"),
    }
    found = {
        anchor: Passage(anchor, title, tuple(_told(anchor, contract, values)))
        for anchor, title in headings.items()
    }
    milestones = [
        Passage(
            f"milestone-{each.id}",
            _("Milestone “%(name)s”") % {"name": each.id},
            tuple(milestone_sentences(each, values)),
        )
        for each in contract.milestones
    ]
    ordered = [found["terms"], found["people"], *milestones]
    ordered += [found["money"], found["beside"]]
    return [each for each in ordered if each.sentences]


def _told(anchor: str, contract: Contract, values: Values) -> Told:
    for key, sentences in KEYS[anchor].items():
        value = getattr(contract, key)
        if value not in (None, (), "", False):
            yield from sentences(contract, value, values)


def _day(day: Any) -> str:
    return day_text(day)


def _kind(contract: Contract, value: Any, values: Values) -> Told:
    yield {
        "tariff": _("It pays by results, at a tariff."),
        "cost_grant": _("It is a grant for costs; results are reported, not paid."),
        "fee_for_service": _("It pays for services, not for results."),
        "mixed": _("It pays for services and for results."),
    }[value]


def _file(contract: Contract, value: Any, values: Values) -> Told:
    yield _("Its file has the id %(contract)s.") % {"contract": value}


def _version(contract: Contract, value: Any, values: Values) -> Told:
    yield _("This is version %(version)s.") % {"version": value}


def _supersedes(contract: Contract, value: Any, values: Values) -> Told:
    yield _("It follows version %(version)s.") % {"version": value}


def _valid(contract: Contract, value: Any, values: Values) -> Told:
    days = {"first": _day(value), "last": contract.valid_to and _day(contract.valid_to)}
    if contract.valid_to is None:
        yield _("It is in force from %(first)s on.") % days
    else:
        yield _("It is in force from %(first)s to %(last)s, both days included.") % days


def _anchor(contract: Contract, value: Any, values: Values) -> Told:
    yield {
        "entry": _("The day of entry decides which version holds."),
        "milestone": _("The day a milestone is reached decides which version holds."),
        "claim": _("The day of the claim decides which version holds."),
    }[value]


def _retroactive(contract: Contract, value: Any, values: Values) -> Told:
    yield _("It also takes what was before it, back to %(day)s.") % {"day": _day(value)}


def _run_off(contract: Contract, value: Any, values: Values) -> Told:
    yield ngettext(
        "What is reached up to %(count)s day after its last day is still paid.",
        "What is reached up to %(count)s days after its last day is still paid.",
        value,
    ) % {"count": value}


def _unit(contract: Contract, value: Any, values: Values) -> Told:
    yield {
        "person": _("It counts persons: a second episode is not a second person."),
        "episode": _("It counts episodes: each is counted on its own."),
    }[value]


def _vat(contract: Contract, value: Any, values: Values) -> Told:
    told = {"currency": contract.currency}
    if value == "none":
        yield _("Amounts are in %(currency)s, without VAT.") % told
    elif value == "inclusive":
        yield _("Amounts are in %(currency)s, VAT included.") % told
    else:
        yield _("Amounts are in %(currency)s, VAT is added.") % told


def _vat_percent(contract: Contract, value: Any, values: Values) -> Told:
    yield _("The rate of VAT in per cent: %(percent)s.") % {
        "percent": values.number(value)
    }


def _source(contract: Contract, value: Any, values: Values) -> Told:
    yield _("The rules are written in: %(source)s.") % {"source": value}


def _parties(contract: Contract, value: Any, values: Values) -> Told:
    yield _(
        "%(files)s applies, %(requests)s asks for the money, and %(pays)s pays; who that "
        "is, is said for each episode."
    ) % {
        name: getattr(value, name).replace("_", " ").capitalize()
        if name == "files"
        else getattr(value, name).replace("_", " ")
        for name in ("files", "requests", "pays")
    }


def _population(contract: Contract, value: Any, values: Values) -> Told:
    for each in value:
        yield _("On entry this must hold: %(condition)s.") % {
            "condition": condition_text(each, values)
        }
    yield _("Whom it leaves out is left out by the funder's rule, not by the service.")


def _entry(contract: Contract, value: Any, values: Values) -> Told:
    yield _("The clocks start when %(condition)s.") % {
        "condition": condition_text(value, values)
    }


def _trajectory(contract: Contract, value: Any, values: Values) -> Told:
    lengths = _(" or ").join(plain_number(each) for each in value)
    yield _(
        "A trajectory lasts %(months)s months from the entry, its last day included."
    ) % {"months": lengths}


def _extension(contract: Contract, value: Any, values: Values) -> Told:
    yield _("It can be made longer by up to %(months)s months.") % {"months": value}


def _rules(contract: Contract, value: Any, values: Values) -> Told:
    told = {
        "requester_is_single_municipality": _(
            "The request must come from the municipality where the person lives, not "
            "from a joint body."
        )
    }
    for name in value:
        yield told[name]


def _documents(contract: Contract, value: Any, values: Values) -> Told:
    names = ", ".join(each.replace("_", " ") for each in value)
    yield _("Documents that it asks for: %(names)s.") % {"names": names}


def _windows(contract: Contract, value: Any, values: Values) -> Told:
    yield _("Applications are taken at certain times only.")


def _levels(contract: Contract, value: Any, values: Values) -> Told:
    for level in value:
        told = {
            "name": level.name,
            "year": level.year,
            "amount": values.money(level.value),
            "source": level.source,
        }
        if level.when is None:
            sentence = _("The level “%(name)s” of %(year)s is %(amount)s (%(source)s).")
        else:
            sentence = _(
                "The level “%(name)s” of %(year)s is %(amount)s if %(condition)s "
                "(%(source)s)."
            )
            told["condition"] = condition_text(level.when, values)
        yield sentence % told


def _advance(contract: Contract, value: Any, values: Values) -> Told:
    yield _(
        "An advance of %(percent)s%% of %(base)s is paid when %(condition)s; it is netted "
        "later."
    ) % {
        "percent": plain_number(value.percent),
        "base": values.amount(value.base),
        "condition": condition_text(value.due, values),
    }


def _switch(contract: Contract, value: Any, values: Values) -> Told:
    if value.net_advances:
        yield _("Advances of the earlier version are taken off what is due.")
    if value.net_payments:
        yield _("Payments by the earlier version are taken off what is due.")
    if value.offset_unstarted:
        yield _(
            "Advances for those who never started are set off against new starts, the "
            "oldest first."
        )
    if value.reclaim_from:
        yield _("What is left of them is reclaimed from %(day)s.") % {
            "day": _day(value.reclaim_from)
        }


def _cap(contract: Contract, value: Any, values: Values) -> Told:
    yield from cap_sentences(value, values)


def _reconcile(contract: Contract, value: Any, values: Values) -> Told:
    yield _(
        "After %(count)s payments of “%(milestone)s”, milestones that were available and "
        "never paid are paid."
    ) % {"count": value.after.count, "milestone": value.after.milestone}


def _authorisation(contract: Contract, value: Any, values: Values) -> Told:
    yield _("Services are allowed for this many months: %(months)s.") % {
        "months": values.number(value.months)
    }
    if value.hours is not None:
        yield _("In that time for this many hours: %(hours)s.") % {
            "hours": values.number(value.hours)
        }
    if value.extension_months is not None:
        yield _("They can be allowed for this many months more: %(months)s.") % {
            "months": values.number(value.extension_months)
        }


def _claim_deadline(contract: Contract, value: Any, values: Values) -> Told:
    yield ngettext(
        "A claim is sent within %(count)s day of the day reached.",
        "A claim is sent within %(count)s days of the day reached.",
        value,
    ) % {"count": value}


def _decision(contract: Contract, value: Any, values: Values) -> Told:
    yield ngettext(
        "The funder decides within %(count)s day; a question stops that clock.",
        "The funder decides within %(count)s days; a question stops that clock.",
        value,
    ) % {"count": value}


def _exclusive(contract: Contract, value: Any, values: Values) -> Told:
    yield _("It pays for nobody for whom these pay at the same time: %(names)s.") % {
        "names": ", ".join(value)
    }


def _complementary(contract: Contract, value: Any, values: Values) -> Told:
    yield _("These may pay for the same outcome as well: %(names)s.") % {
        "names": ", ".join(value)
    }


def _payers(contract: Contract, value: Any, values: Values) -> Told:
    for period in value:
        told = {"payer": period.payer.replace("_", " ").capitalize()}
        for name in ("since", "until"):
            condition = getattr(period, name)
            told[name] = condition_text(condition, values) if condition else ""
        yield {
            (True, True): _("%(payer)s pays from when %(since)s until %(until)s."),
            (True, False): _("%(payer)s pays from when %(since)s."),
            (False, True): _("%(payer)s pays until %(until)s."),
            (False, False): _("%(payer)s pays all the time."),
        }[bool(told["since"]), bool(told["until"])] % told


def _nothing(contract: Contract, value: Any, values: Values) -> Told:
    """Say nothing: another sentence has it, or a passage of its own."""
    return iter(())


Sentences = Callable[[Contract, Any, Values], Told]
KEYS: Mapping[str, Mapping[str, Sentences]] = {
    "terms": {
        "contract": _file,
        "title": _nothing,
        "kind": _kind,
        "version": _version,
        "supersedes": _supersedes,
        "valid_from": _valid,
        "valid_to": _nothing,
        "anchor": _anchor,
        "retroactive_to": _retroactive,
        "run_off_days": _run_off,
        "unit": _unit,
        "currency": _nothing,
        "vat": _vat,
        "vat_percent": _vat_percent,
        "source": _source,
    },
    "people": {
        "population": _population,
        "entry": _entry,
        "trajectory_months": _trajectory,
        "extension_months": _extension,
        "rules": _rules,
        "documents": _documents,
        "application_windows": _windows,
    },
    "money": {
        "milestones": _nothing,
        "levels": _levels,
        "advance": _advance,
        "switch": _switch,
        "cap": _cap,
        "reconcile": _reconcile,
        "authorisation": _authorisation,
        "claim_deadline_days": _claim_deadline,
        "decision_days": _decision,
    },
    "beside": {
        "parties": _parties,
        "exclusive_with": _exclusive,
        "complementary_with": _complementary,
        "payer_periods": _payers,
    },
}
"""What each key of a contract says, by passage and in the order of the sentences."""
