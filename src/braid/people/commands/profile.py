"""Writing the career profile: by the unit and by the applicant, answer by answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import changes_since, edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.access.records import Record
from braid.kernel.errors import Change, InputFault, Refused, Stale
from braid.people import after
from braid.people.after import Said, What
from braid.people.choices import Section, UpdateBecause
from braid.people.circle import OVER
from braid.people.commands.applicants import set_goal
from braid.people.commands.own import say_own_goal
from braid.people.models import (
    Applicant,
    Episode,
    PastJob,
    ProfileAnswer,
    ProfileUpdate,
)
from braid.people.profile import QUESTIONS

GOAL = "goal"  # the field that a stale goal names


@dataclass(frozen=True, slots=True)
class Given:
    """What a form holds of one answer, and the version that it showed (0: none yet)."""

    text: str
    version: int


@transaction.atomic
def save_answers(
    *,
    actor: Actor,
    applicant: Applicant,
    given: Mapping[str, Given],
    today: date,
    goal: Given | None = None,
) -> int:
    """Save the answers of a form, all or none; return how many changed.

    What the form did not change is left as it is, whatever somebody else made of it.
    Raises Refused, InputFault for an unknown question, and Stale where an answer was
    changed here and elsewhere; each of its changes names its question, or `goal`.
    """
    _require_questions(actor, applicant, given)
    kept = ProfileAnswer.objects.filter(applicant=applicant, question__in=list(given))
    rows = {row.question: row for row in kept.system("the answers that a form shows")}
    met = _Comparison()
    for question, one in given.items():
        met.compare(question, one, rows.get(question), "text")
    episode = _open_episode(actor, applicant) if goal is not None else None
    if goal is not None and episode is not None:
        met.compare(GOAL, goal, episode, "goal")
    if met.stale:
        raise Stale(met.stale)
    for question, text in met.wanted.items():
        if question == GOAL and episode is not None:
            _say_goal(actor, episode, text, today)
        else:
            _write(actor, applicant, question, rows.get(question), text)
    if met.wanted:
        _begin(actor, applicant, today)
        _tell_of_benefits(actor, applicant, met.wanted, today)
    return len(met.wanted)


def _tell_of_benefits(
    actor: Actor, applicant: Applicant, changed: Iterable[str], today: date
) -> None:
    """Tell the rooms above where the section of benefits was touched."""
    if not any(
        name in QUESTIONS and QUESTIONS[name][0].section == Section.BENEFITS
        for name in changed
    ):
        return
    episode = _open_episode(actor, applicant)
    if episode is not None:
        after.tell(actor, Said(What.PROFILE, today, episode))


class _Comparison:
    """What a form wants to change, and what somebody else changed meanwhile."""

    def __init__(self) -> None:
        self.wanted: dict[str, str] = {}
        self.stale: list[Change] = []

    def compare(self, name: str, given: Given, row: Record | None, field: str) -> None:
        present = getattr(row, field) if row is not None else ""
        if given.text == present:
            return
        if row is None or row.row_version == given.version:
            self.wanted[name] = given.text
            return
        since = [
            change
            for change in changes_since(row, given.version)
            if change.field == field
        ]
        unlogged = "" if given.version == 0 else present
        shown = since[0].old if since else unlogged
        if shown == present:
            self.wanted[name] = given.text
        elif given.text != shown:
            last = since[-1] if since else _first_writing(row, present)
            self.stale.append(replace(last, field=name, old=shown))


def _first_writing(row: Record, present: str) -> Change:
    by = row.created_by.name if row.created_by else ""
    return Change(field="", old="", new=present, by=by, at=row.created_at)


def _require_questions(
    actor: Actor, applicant: Applicant, given: Iterable[str]
) -> None:
    """Raise InputFault for a question that there is not, Refused for one not the actor's."""
    kinds = {Information.WORK_GOALS}
    for name in given:
        if name not in QUESTIONS:
            raise InputFault(
                _("The career profile has no such question. Reload the page."),
                reason="unknown_question",
            )
        part, question = QUESTIONS[name]
        if actor.own is not None and not question.own:
            raise Refused("not_own")
        kinds.add(Information(part.kind_of(question)))
    _require(actor, applicant, *sorted(kinds))


def _require(actor: Actor, applicant: Applicant, *kinds: Information) -> None:
    subject = applicant.subject()
    for kind in kinds:
        require(actor, Action.CO_WRITE, replace(subject, information=kind))


def _write(
    actor: Actor,
    applicant: Applicant,
    question: str,
    row: ProfileAnswer | None,
    text: str,
) -> None:
    """Change an answer; a first one begins empty, so that the log has all its words."""
    expected = row.row_version if row is not None else 1
    if row is None:
        part, asked = QUESTIONS[question]
        row, _is_new = ProfileAnswer.objects.system("a first answer").get_or_create(
            applicant=applicant,
            question=question,
            defaults={
                "section": part.section,
                "kind": part.kind_of(asked),
                "created_by_id": actor.id,
            },
        )
    try:
        edit(
            actor,
            row,
            action="profile_answered",
            expected_version=expected,
            applicant=applicant.pk,
            text=text,
        )
    except Stale as fault:  # somebody else wrote the first answer in this very moment
        raise Stale(replace(one, field=question) for one in fault.changes) from None


def _say_goal(actor: Actor, episode: Episode, text: str, today: date) -> None:
    version = episode.row_version
    if actor.own is not None:
        say_own_goal(actor=actor, episode=episode, goal=text, row_version=version)
    else:
        set_goal(
            actor=actor,
            episode=episode,
            goal=text,
            seen_on=today,
            row_version=version,
        )


def _open_episodes(actor: Actor, applicant: Applicant) -> Any:
    """Ask for the episodes that go on: all for the applicant, a unit's own for staff."""
    rows = Episode.objects.filter(applicant=applicant).exclude(state__in=OVER)
    if actor.own is None:
        rows = rows.filter(unit_id__in=actor.teams)
    return rows.system("the episode of a profile that the actor may write")


def _open_episode(actor: Actor, applicant: Applicant) -> Episode | None:
    rows = _open_episodes(actor, applicant).select_related("applicant", "unit")
    found: Episode | None = rows.order_by("-referred_on", "-created_at").first()
    return found


def _begin(actor: Actor, applicant: Applicant, today: date) -> None:
    """Keep the day on which the profile was begun, in each episode that goes on."""
    for episode in _open_episodes(actor, applicant).filter(profile_started_on=None):
        edit(
            actor,
            episode,
            action="profile_started",
            applicant=applicant.pk,
            profile_started_on=today,
        )


# ---- Jobs before IPS ---------------------------------------------------------------------


@transaction.atomic
def add_past_job(
    *, actor: Actor, applicant: Applicant, today: date, **values: Any
) -> PastJob:
    """Keep a job before IPS; the log holds each of its fields from the beginning."""
    _require(actor, applicant, Information.JOBS, Information.CONVERSATION)
    job = PastJob.objects.create(applicant=applicant, created_by_id=actor.id)
    edit(actor, job, action="past_job_added", applicant=applicant.pk, **values)
    _begin(actor, applicant, today)
    return job


def change_past_job(
    *, actor: Actor, job: PastJob, row_version: int, **values: Any
) -> bool:
    """Change a job before IPS. Raises Refused or Stale."""
    _require(actor, job.applicant, Information.JOBS, Information.CONVERSATION)
    return edit(
        actor,
        job,
        action="past_job_changed",
        expected_version=row_version,
        applicant=job.applicant_id,
        **values,
    )


@transaction.atomic
def remove_past_job(*, actor: Actor, job: PastJob) -> None:
    """Take a job before IPS away."""
    _require(actor, job.applicant, Information.JOBS, Information.CONVERSATION)
    audit.record(actor, "past_job_removed", job, applicant=job.applicant_id)
    job.delete()


# ---- Looked at again ---------------------------------------------------------------------


@transaction.atomic
def note_update(
    *,
    actor: Actor,
    applicant: Applicant,
    day: date,
    because: UpdateBecause,
    text: str = "",
    job_id: UUID | None = None,
) -> ProfileUpdate:
    """Keep that the profile was looked at again, why, and what changed."""
    _require(actor, applicant, Information.WORK_GOALS)
    update = ProfileUpdate.objects.create(
        applicant=applicant,
        day=day,
        because=because,
        text=text,
        job_id=job_id,
        by_role=actor.role.value,
        created_by_id=actor.id,
    )
    audit.record(actor, "profile_updated", update, applicant=applicant.pk)
    return update


@transaction.atomic
def say_right(*, actor: Actor, applicant: Applicant, day: date) -> bool:
    """Keep that the profile was read and found right; once a day for each person."""
    _require(actor, applicant, Information.WORK_GOALS)
    same = ProfileUpdate.objects.filter(
        applicant=applicant,
        because=UpdateBecause.AGREED,
        day=day,
        created_by_id=actor.id,
    )
    if same.system("whether it was said today already").exists():
        return False
    note_update(actor=actor, applicant=applicant, day=day, because=UpdateBecause.AGREED)
    return True
