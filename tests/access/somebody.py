"""One thing of every kind that an address can be about, for an applicant of two worlds."""

from datetime import date
from uuid import UUID

from braid.people.models import Episode
from tests.cast import TODAY, World
from tests.factories import benefits, funding, people, teamwork, work

OF_EPISODE = {
    "counselling": benefits.CounsellingFactory,
    "benefit": benefits.BenefitFactory,
    "payer question": benefits.PayerQuestionFactory,
    "duty": benefits.ReportingDutyFactory,
    "education": work.EducationFactory,
    "step": people.PlanActionFactory,
    "task": teamwork.TaskFactory,
    "proposal": teamwork.ProposalFactory,
}
OF_JOB = {
    "support": work.SupportFactory,
    "problem": work.JobProblemFactory,
    "evidence": work.EvidenceFactory,
}


def everything(
    world: World, episode: Episode, staff, shops, meetings, agreement
) -> dict[str, UUID]:
    """Make the plan, the search, the support and the counselling of somebody."""
    found = {kind: made(episode=episode).pk for kind, made in OF_EPISODE.items()}
    plan = people.SearchPlanFactory(episode=episode, agreed_on=date(2026, 9, 1))
    people.PlanTargetFactory(plan=plan)
    people.PlanSeenFactory(plan=plan, team=world.east)
    return {
        **found,
        **_jobs(episode, shops),
        **_asked(world, episode, *meetings),
        "plan": plan.pk,
        "funder event": funding.FunderEventFactory(
            episode=episode, agreement=agreement
        ).pk,
        "past job": people.PastJobFactory(applicant=episode.applicant).pk,
        "talk": work.DisclosureDecisionFactory(episode=episode, agreed_on=None).pk,
        "application": work.ApplicationFactory(episode=episode, employer=shops[0]).pk,
        "appointment": work.AppointmentFactory(episode=episode, staff=staff).pk,
        "calculation": benefits.CalculationFactory(
            episode=episode, confirmed_at=f"{TODAY.isoformat()}T07:00:00Z"
        ).pk,
        "snooze": teamwork.SnoozeFactory(
            episode=episode, staff=staff, until_on=TODAY
        ).pk,
    }


def _jobs(episode: Episode, shops) -> dict[str, UUID]:
    job = work.JobFactory(episode=episode, employer=shops[1])
    ended = work.JobFactory(
        episode=episode, employer=shops[2], last_day=date(2026, 9, 30)
    )
    work.JobSupportPlanFactory(job=job)
    return {
        "supported job": job.pk,
        "ended job": ended.pk,
        **{kind: made(job=job).pk for kind, made in OF_JOB.items()},
    }


def _asked(world: World, episode: Episode, meeting, gathering) -> dict[str, UUID]:
    """Make what two sectors have of somebody between them."""
    question = teamwork.QuestionFactory(
        episode=episode, of_team=world.east, by_team=world.north
    )
    link = teamwork.AnswerLinkFactory(
        question=question, link_hash=f"{question.pk.hex:0>64}"
    )
    line = teamwork.DiscussionFactory(
        meeting=meeting, episode=episode, words="It goes well."
    )
    decision = teamwork.TaskFactory(episode=episode, meeting=meeting)
    teamwork.DiscussionFactory(meeting=gathering, episode=episode)
    gathered = teamwork.TaskFactory(episode=episode, meeting=gathering)
    return {
        "question": question.pk,
        "link": link.pk,
        "line": line.pk,
        "decision": decision.pk,
        "meeting": meeting.pk,
        "gathering": gathering.pk,
        "gathered decision": gathered.pk,
        "team": world.east.pk,
        "unit": world.north.pk,
    }
