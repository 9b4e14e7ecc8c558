"""Funding of the demo: agreements with two funders, letters, runs, claims in many states.

One contract is invented as a whole and says so; the others are real in their rules and
open in their amounts: what stands in them here is invented, and every value says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.access import queries as who
from braid.access.models import Team
from braid.access.policy import Actor, Role
from braid.facts import queries as facts
from braid.funding import commands, queries
from braid.funding.commands.agreements import Agreed, Letter, Value
from braid.funding.models import Agreement, Claim
from braid.funding.rules import Said
from braid.people.models import Episode, Residence
from braid.site.demo import invoiced
from braid.site.demo.cast import BEN, COUNTRY, FEMI, GITTA, SAM, VIBEKE
from braid.site.demo.dice import Dice
from braid.site.demo.keys import TASK, Keys, address
from braid.work import commands as work
from braid.work.commands.evidence import Paper
from braid.work.models import Job

SOURCE = "invented, for this demo"
REASON = "the demo writes what is invented"
DECIDED = 30  # people
ASSIGNED = (
    4  # every so many-th at North is assigned by one funder, the rest by the other
)
BOTH = 4  # of those both pay for: the check of double funding has something to show
OWN = "dk-havnelund"  # the contract that only the demo has
AGO = 420  # days since the agreements began
SHOWN = 24  # claims that have a history, of each agreement


@dataclass(frozen=True, slots=True)
class Paid:
    """One agreement of the demo: who pays whom, by which contract, with which values."""

    unit: str
    funder: str
    payer: str
    claims: str
    contract: str
    values: dict[str, str]


PAID = (
    Paid(
        "ips-nord",
        "puljen",
        GITTA,
        BEN,
        "us-or-vr-ips",
        {"PROFILE": "600.00", "PLACEMENT": "2400.00"},
    ),
    Paid("ips-nord", "fonden", FEMI, BEN, OWN, {}),
    Paid(
        "ips-syd",
        "puljen",
        GITTA,
        VIBEKE,
        "nl-municipal-2023",
        {"TRAJECTORY_PRICE": "9800.00"},
    ),
)


def write_letters(keys: Keys, today: date) -> list[Agreement]:
    """Make the agreements, fill their values in, and note what funders decided."""
    made = []
    for paid in _there(keys):
        unit = keys.teams[paid.unit]
        actor = _actor(unit, keys.staff[paid.claims], Role.SUPERVISOR, today)
        first_day = today - timedelta(AGO)
        agreement = commands.make_agreement(
            actor=actor,
            unit=unit,
            funder=keys.teams[paid.funder],
            agreed=Agreed(
                contract=paid.contract,
                first_day=first_day,
                last_day=today + timedelta(200),
                buyer_reference=f"{paid.funder}-{first_day.year}",
            ),
        )
        for name, value in paid.values.items():
            commands.bind(
                actor=actor,
                agreement=agreement,
                version=1,
                given=Value(name, value, SOURCE, "Havnelund", first_day),
            )
        _parties(actor, agreement, paid)
        _letters(actor, agreement, paid, today)
        made.append(agreement)
    return made


def _there(keys: Keys) -> list[Paid]:
    """Return the agreements whose teams and people this region has."""
    teams, staff = keys.teams.keys(), keys.staff.keys()
    return [
        paid
        for paid in PAID
        if {paid.unit, paid.funder} <= teams and {paid.payer, paid.claims} <= staff
    ]


def _actor(team: Team, user: Any, role: Role, today: date) -> Actor:
    return Actor(
        id=user,
        role=role,
        organisation=team.organisation_id,
        teams=frozenset({team.pk}),
        country=COUNTRY,
        day=today,
    )


def _parties(actor: Actor, agreement: Agreement, paid: Paid) -> None:
    provider = {
        "name": "IPS Havnelund",
        "company_number": "DK00000001",
        "street": "Havnegade 1",
        "postcode": "0001",
        "city": "Havnelund",
        "country": "DK",
        "email": "regning@havnelund.example",
    }
    payer = {
        "name": agreement.funder.organisation.name,
        "company_number": "DK00000002",
        "street": "Torvet 2",
        "postcode": "0002",
        "city": "Havnelund",
        "country": "DK",
        "email": "faktura@havnelund.example",
    }
    slots = {
        "nl-municipal-2023": ("state", "municipal_fund"),
    }.get(paid.contract, ("funder",))
    for slot, values in (("provider", provider), *((slot, payer) for slot in slots)):
        commands.set_party(actor=actor, agreement=agreement, slot=slot, values=values)


def _episodes(agreement: Agreement, today: date) -> list[Episode]:
    rows = Episode.objects.system(REASON).filter(
        unit=agreement.unit,
        accepted_on__gte=agreement.first_day,
        accepted_on__lte=today,
    )
    found = rows.select_related("unit__organisation", "applicant")
    return list(found.order_by("accepted_on", "referred_on", "goal", "pk"))


def _letters(actor: Actor, agreement: Agreement, paid: Paid, today: date) -> None:
    dice = Dice(f"{paid.unit} {paid.contract} letters")
    if paid.contract == "us-or-vr-ips":
        for episode in _episodes(agreement, today)[::ASSIGNED]:
            _note(actor, agreement, episode, "assignment", 2, today)
            _papers(actor, episode, dice, today)
    if paid.contract == OWN:
        for place, episode in enumerate(_episodes(agreement, today)):
            if place % ASSIGNED == 0 and place >= BOTH * ASSIGNED:
                continue
            _note(actor, agreement, episode, "grant", 5, today)
            _job_papers(actor, episode, dice, today)
    if paid.contract == "nl-municipal-2023":
        for episode in _episodes(agreement, today)[:DECIDED]:
            _note(actor, agreement, episode, "request", 3, today)
            _note(actor, agreement, episode, "decision", 17, today)
            if episode.exited_on:
                after = (episode.exited_on - _accepted(episode)).days
                _note(actor, agreement, episode, "end_report", after, today)


def _accepted(episode: Episode) -> date:
    """Return the day of acceptance; those asked for here all have one."""
    found: date = episode.accepted_on  # type: ignore[assignment]
    return found


def _note(
    actor: Actor,
    agreement: Agreement,
    episode: Episode,
    kind: str,
    after: int,
    today: date,
) -> None:
    day = _accepted(episode) + timedelta(after)
    if day > today:
        return
    asks = kind == "request"
    letter = Letter(
        kind=kind,
        day=day,
        requester=_home(episode) if asks else "",
        requester_kind="municipality" if asks else "",
        months=24 if kind == "decision" else None,
    )
    commands.record_event(
        actor=actor, episode=episode, agreement=agreement, letter=letter, today=today
    )


def _home(episode: Episode) -> str:
    """Return the municipality where somebody lives, as the record has it."""
    rows = Residence.objects.system(REASON).filter(episode=episode)
    found: str | None = (
        rows.order_by("first_day").values_list("area", flat=True).first()
    )
    return found or "Sandhavn Kommune"


def _papers(actor: Actor, episode: Episode, dice: Dice, today: date) -> None:
    """Note papers that were seen and given back, of most people and not of all."""
    for kind, label, share, after in (
        ("other", "profile_document", 0.9, 20),
        ("employer_letter", "", 0.7, 60),
    ):
        day = _accepted(episode) + timedelta(after)
        if dice.random() < share and day <= today:
            paper = Paper(
                kind=kind,
                file_name="",
                data=b"",
                received_on=day,
                label=label,
                is_given_back=True,
            )
            work.add_paper(actor=actor, episode=episode, paper=paper)


def _job_papers(actor: Actor, episode: Episode, dice: Dice, today: date) -> None:
    """Note what employers wrote and which payslips were shown, of most jobs."""
    rows = Job.objects.system(REASON).filter(episode=episode).order_by("first_day")
    for number, job in enumerate(rows):
        for kind, share, after in (
            ("employer_letter", 0.95, 12),
            ("payslip", 0.9, 95),
            ("payslip", 0.85, 190),
        ):
            day = job.first_day + timedelta(after)
            if dice.random() >= share or day > today:
                continue
            seen = f"{SOURCE}: {kind} {after} of job {number}, {episode.pk}"
            paper = Paper(
                kind=kind,
                file_name="",
                data=seen.encode(),
                received_on=day,
                period_first=job.first_day,
                period_last=day,
                is_given_back=True,
            )
            work.add_evidence(actor=actor, job=job, paper=paper)


def write_claims(keys: Keys, made: Sequence[Agreement], today: date) -> None:
    """Run each contract on the facts that were frozen last, and take claims on."""
    everywhere = who.installation_actor(TASK)
    steward = who.user_by_email(address(SAM))
    if everywhere is None or steward is None:
        return
    snapshot = facts.latest_snapshot(everywhere)
    for agreement, paid in zip(made, _there(keys), strict=True):
        unit, desk = agreement.unit, agreement.funder
        claims = _actor(unit, keys.staff[paid.claims], Role.SUPERVISOR, today)
        commands.run(actor=claims, agreement=agreement, today=today, snapshot=snapshot)
        office = Actor(
            id=steward.pk,
            role=Role.STEWARD,
            organisation=unit.organisation_id,
            country=COUNTRY,
            day=today,
        )
        payer = _actor(desk, keys.staff[paid.payer], Role.FUNDER, today)
        _Course(agreement, claims, office, payer, today).take()
        if paid.contract == OWN:
            invoiced.write(claims, agreement, today)


@dataclass(frozen=True, slots=True)
class _Course:
    """How the claims of one agreement go: the oldest are paid, the newest are drafts."""

    agreement: Agreement
    claims: Actor
    steward: Actor
    payer: Actor
    today: date

    def take(self) -> None:
        rows = queries.claims(self.claims, self.agreement).filter(is_live=True)
        known = [one for one in rows if one.amount and not one.reasons][:SHOWN]
        for place, claim in enumerate(known):
            for to, by, said in self._steps(place, len(known), claim):
                self._step(claim, to, by, said)
        self._settle([one for one in known if one.state == "disputed"])

    def _steps(
        self, place: int, count: int, claim: Claim
    ) -> Iterator[tuple[str, Actor, Said]]:
        share = place / count
        if share > 0.85:
            return
        yield "released", self.steward, Said()
        if share > 0.75:
            return
        yield "submitted", self.claims, Said()
        if share > 0.6:
            if place % 4 == 0:
                asked = "Which days does the letter cover?"
                yield "queried", self.payer, Said(text=asked)
            return
        if place % 9 == 4:
            why = "The form was not signed."
            said = Said(text=why, reason="evidence_missing")
            yield "rejected", self.payer, said
            return
        yield "accepted", self.payer, Said()
        if share > 0.5:
            return
        reference = f"UDB-{self.agreement.contract[:2].upper()}-{claim.number:04d}"
        said = Said(payment_reference=reference, day=self.today)
        yield "paid", self.payer, said
        if place % 8 in (2, 5):
            yield (
                "disputed",
                self.payer,
                Said(text="The hours were fewer than claimed."),
            )

    def _step(self, claim: Claim, to: str, by: Actor, said: Said) -> None:
        commands.take_step(actor=by, claim=claim, to=to, said=said, today=self.today)
        claim.refresh_from_db()

    def _settle(self, disputed: Sequence[Claim]) -> None:
        """One dispute is settled with a difference, one is open, one is taken back."""
        for place, claim in enumerate(disputed[:2]):
            if place == 1:
                cause = "The job had ended before."
                commands.reverse(
                    actor=self.steward, claim=claim, text=cause, today=self.today
                )
                continue
            commands.propose_difference(
                actor=self.payer,
                claim=claim,
                amount=Decimal("-200.00"),
                text="Two weeks less, by the payslips.",
                today=self.today,
            )
            self._step(claim, "adjusted", self.claims, Said())
