"""Other jobs of the same person, as far as the actor keeps them."""

from uuid import UUID

from django.db.models import OuterRef, Subquery

from braid.access.policy import Action, Actor
from braid.kernel.dates import Period
from braid.work.job_rules import Beside
from braid.work.models import Job, JobTerms


def beside(
    actor: Actor, applicant_id: UUID, *, but: UUID | None = None
) -> list[Beside]:
    """Return somebody's jobs other than `but`, each with its latest hours a week."""
    terms = JobTerms.objects.visible_to(actor).filter(job=OuterRef("pk"))
    hours = Subquery(terms.order_by("-first_day").values("weekly_hours")[:1])
    rows = (
        Job.objects.visible_to(actor, Action.RECORD)
        .filter(episode__applicant_id=applicant_id)
        .exclude(pk=but)
        .annotate(hours=hours)
        .order_by("first_day")
        .values_list(
            "pk", "employer_id", "employer__name", "first_day", "last_day", "hours"
        )
    )
    return [
        Beside(pk, employer_id, employer or "", Period(first, last), weekly)
        for pk, employer_id, employer, first, last, weekly in rows
    ]
