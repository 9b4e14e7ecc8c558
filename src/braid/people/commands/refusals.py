"""Logging that a referral or service did not go on: by whom, why, and until when."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import rules
from braid.people.choices import RefusalKind
from braid.people.models import Episode, Refusal


@transaction.atomic
def log_refusal(*, actor: Actor, episode: Episode, **values: Any) -> Refusal:
    """Log a refusal, a delay or a “not yet”; the person stays on the list of referred.

    A “not yet” says when the person is asked again; a funder's rule is cited.
    """
    require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
    finding = rules.check_no(
        kind=values.get("kind") or RefusalKind.REFUSED,
        reason=values["reason"],
        day=values["day"],
        until_on=values.get("until_on"),
        funder_rule=values.get("funder_rule") or "",
    )
    if not finding.ok:
        slug = finding.reasons[0]
        raise InputFault(_sentences()[slug], field=slug.rpartition("_")[0], reason=slug)
    refusal = Refusal.objects.create(
        episode=episode, unit_id=episode.unit_id, created_by_id=actor.id, **values
    )
    audit.record(actor, "refusal_logged", refusal, applicant=episode.applicant_id)
    return refusal


def _sentences() -> dict[str, str]:
    return {
        "until_on_missing": _(
            "A “not yet” needs the day on which the person is asked again. "
            "Choose one; the day comes back to you by itself."
        ),
        "until_on_before": _(
            "This day is before the “not yet” itself. Choose the day of asking again."
        ),
        "funder_rule_missing": _(
            "A funder's rule needs its citation. Name the rule and where it stands."
        ),
    }
