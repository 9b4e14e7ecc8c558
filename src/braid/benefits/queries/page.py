"""What stands on the page of one person's benefits, as far as the reader sees it."""

from dataclasses import dataclass
from uuid import UUID

from braid.access.policy import Actor, Information
from braid.benefits import rules
from braid.benefits.models import (
    Benefit,
    Calculation,
    Counselling,
    PayerQuestion,
    ReportingDuty,
)
from braid.benefits.queries.calculations import calculations
from braid.benefits.queries.process import Process, process
from braid.benefits.queries.records import keeping, kept, sees_all
from braid.people.queries import EpisodeRef
from braid.people.queries.refs import latest_ref


@dataclass(frozen=True, slots=True)
class BenefitsPage:
    """One person's benefits. `whole` says whether the reader sees all there is.

    `open_round` is the round about which somebody still has to do something.
    """

    episode: EpisodeRef
    whole: bool
    process: Process
    rounds: tuple[Counselling, ...]
    open_round: Counselling | None
    benefits: tuple[Benefit, ...]
    questions: tuple[PayerQuestion, ...]
    duties: tuple[ReportingDuty, ...]
    calculations: tuple[Calculation, ...]


def page_of(actor: Actor, applicant_id: UUID) -> BenefitsPage:
    """Return what `actor` sees of a person's benefits, else answer 404."""
    episode = latest_ref(actor, applicant_id, keeping(actor), Information.BENEFITS)
    whole = sees_all(actor, applicant_id)
    rounds = tuple(
        kept(actor, Counselling, applicant_id).select_related(
            "episode__unit__organisation", "episode__applicant", "counsellor"
        )
    )
    questions = tuple(kept(actor, PayerQuestion, applicant_id))
    unanswered = sum(one.answered_on is None for one in questions)
    waiting = rules.latest(one for one in rounds if rules.is_open(one))
    return BenefitsPage(
        episode=episode,
        whole=whole,
        process=process(rounds, unanswered),
        rounds=rounds,
        open_round=waiting,
        benefits=tuple(kept(actor, Benefit, applicant_id)) if whole else (),
        questions=questions,
        duties=tuple(kept(actor, ReportingDuty, applicant_id)) if whole else (),
        calculations=tuple(calculations(actor, applicant_id)),
    )
