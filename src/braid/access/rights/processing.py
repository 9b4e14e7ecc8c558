"""The register of processing (GDPR, article 30), made from what the code declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import declared
from braid.access.choices import (
    GroundChoice,
    InformationChoice,
    PurposeChoice,
    RoleChoice,
)
from braid.access.declared import Basis, Whom
from braid.access.models import Organisation, TeamLink
from braid.access.policy import GRANTS, Action, Actor, Ground, Role, Subject
from braid.access.queries import require
from braid.packs import jurisdictions
from braid.packs.jurisdictions import Jurisdiction, Retention

FIDELITY_REVIEW = "fidelity_review"
OPENING = (Ground.CONSENT, Ground.DUTY, Ground.BROKEN_GLASS)


@dataclass(frozen=True, slots=True)
class Processing:
    """One purpose: whose data of which kinds, where, on which basis, how long."""

    purpose: str
    persons: tuple[str, ...]
    information: tuple[str, ...]
    tables: tuple[str, ...]
    bases: tuple[str, ...]
    retention: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """A role outside one's own care that may receive something, and on which ground."""

    role: str
    ground: str
    information: tuple[str, ...]
    statute: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The register of one organisation."""

    organisation: str
    country: str
    processing: tuple[Processing, ...]
    recipients: tuple[Recipient, ...]
    partners: tuple[str, ...]
    measures: tuple[str, ...]


def register(organisation: Organisation) -> Register:
    """Return the register of processing of one organisation."""
    pack = jurisdictions.of_country(organisation.country)
    return Register(
        organisation.name,
        organisation.country.upper(),
        tuple(_processing(pack)),
        tuple(_recipients(pack)),
        tuple(_partners(organisation.pk)),
        tuple(_measures()),
    )


def of_actor(actor: Actor) -> Register:
    """Return the register of the actor's own organisation. Raises Refused."""
    require(actor, Action.ANSWER, Subject(None, actor.organisation))
    return register(Organisation.objects.get(pk=actor.organisation))


def _processing(pack: Jurisdiction) -> Iterator[Processing]:
    by_purpose: dict[str, dict[str, set[str]]] = {}
    for label, held in declared.tables().items():
        if not apps.is_installed(_app(label)):
            continue
        for one in declared.columns(apps.get_model(label)):
            told = by_purpose.setdefault(one.purpose.value, {})
            said = (
                ("persons", str(held.whom.label)),
                ("tables", str(held.words)),
                ("information", str(InformationChoice(one.information.value).label)),
                ("bases", str(Basis(one.basis).label)),
                ("retention", one.retention),
            )
            for name, word in said:
                told.setdefault(name, set()).add(word)
    rules = _rules(pack)
    for purpose in PurposeChoice:
        if purpose.value not in by_purpose:
            continue
        told = by_purpose[purpose.value]
        yield Processing(
            str(purpose.label),
            tuple(word for word in map(str, Whom.labels) if word in told["persons"]),
            tuple(
                word
                for word in map(str, InformationChoice.labels)
                if word in told["information"]
            ),
            tuple(sorted(told["tables"])),
            tuple(word for word in map(str, Basis.labels) if word in told["bases"]),
            tuple(
                sentence
                for kind in sorted(told["retention"])
                for sentence in rules.get(kind, ())
            ),
        )


def _app(label: str) -> str:
    name = label.partition(".")[0]
    return next((one.name for one in apps.get_app_configs() if one.label == name), "")


def _rules(pack: Jurisdiction) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in pack.retention:
        found.setdefault(rule.kind, []).append(rule_in_words(rule, pack))
    return found


def kind_in_words(kind: str) -> str:
    """Return what a kind of what is kept is called for readers."""
    return {
        "record": _("the record"),
        "account": _("accounts of applicants"),
        "account_invitation": _("invitations of applicants"),
        "notice": _("notices to applicants"),
        "request": _("requests of applicants"),
        "block": _("lifted blocks"),
        "emergency": _("emergency access"),
        "review": _("closed findings of the access review"),
        "brought_file": _("brought files"),
        FIDELITY_REVIEW: _("what is personal in a fidelity review"),
        "staff": _("names and roles of staff"),
        "audit": _("the audit"),
        "figures": _("frozen figures"),
    }.get(kind, kind)


def rule_in_words(rule: Retention, pack: Jurisdiction) -> str:
    """Return a rule of retention as a sentence; `pack` is the one that it stands in."""
    what = kind_in_words(rule.kind)
    if rule.then == "keep":
        return _("%(what)s: kept") % {"what": what}
    if rule.kind == FIDELITY_REVIEW:
        days = pack.fidelity_evidence.days
        sentence = ngettext(
            "%(what)s: erased %(days)d day after the service was told its scores",
            "%(what)s: erased %(days)d days after the service was told its scores",
            days,
        )
        return sentence % {"what": what, "days": days}
    then = _("erased") if rule.then == "erase" else _("closed")
    values = {"what": what, "then": then, "months": rule.months}
    sentence = ngettext(
        "%(what)s: %(then)s %(months)d month after its end",
        "%(what)s: %(then)s %(months)d months after its end",
        rule.months,
    )
    return sentence % values


def _recipients(pack: Jurisdiction) -> Iterator[Recipient]:
    for role in Role:
        if role == Role.APPLICANT:
            continue
        for ground in OPENING:
            classes = tuple(
                str(InformationChoice(information.value).label)
                for (action, information), grounds in GRANTS[role].items()
                if action == Action.READ and information and ground in grounds
            )
            if not classes or ground == Ground.DUTY:
                continue
            yield Recipient(_role(role), str(GroundChoice(ground.value).label), classes)
    for duty in pack.duties:
        yield Recipient(
            _role(Role.CASEWORKER),
            str(GroundChoice(Ground.DUTY.value).label),
            tuple(str(InformationChoice(one).label) for one in duty.information),
            duty.statute,
        )


def _role(role: Role) -> str:
    return str(RoleChoice(role.value).label)


def _partners(organisation_id: UUID) -> list[str]:
    links = TeamLink.objects.filter(
        Q(unit__organisation_id=organisation_id)
        | Q(team__organisation_id=organisation_id)
    ).select_related("unit__organisation", "team__organisation")
    found = {
        side.organisation.name
        for link in links
        for side in (link.unit, link.team)
        if side.organisation_id != organisation_id
    }
    return sorted(found)


def _measures() -> list[str]:
    return [
        _(
            "One policy decides every read and write; a house test compares all answers."
        ),
        _(
            "Nothing is shared between organisations without consent, duty or emergency."
        ),
        _("Staff sign in with a second factor; passwords are kept as argon2 hashes."),
        _("National numbers are encrypted; treatment text with a key per applicant."),
        _("Every opening of a person is in an append-only audit with a hash chain."),
        _("Unusual access is ranked each week; a steward signs the review."),
        _(
            "Applicants see who looked, block named persons and withdraw consent at once."
        ),
        _(
            "Backups leave out the keys; whoever was erased stays erased after a restore."
        ),
        _("Figures that leave the unit hide small numbers by the country's profile."),
    ]
