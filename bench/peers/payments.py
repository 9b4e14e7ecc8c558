"""The ORM way to milestones: an ordinary Django application, row after row.

Models of its own over the same facts, in a SQLite in memory: for each episode its jobs
are asked, for each job what was paid, and for each line whether it is there already
before it is saved. What counts as a competitive job is the house's definition, which
both ways must share; days, gaps, quarters and lines are worked out here once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connections, models

from braid.method.competitive import (
    JobFacts,
    PaidWork,
    Switches,
    competitive,
    first_paid_day,
)
from braid.method.measures.reference.stays import LOST

ALIAS = "payments"
DAY = timedelta(1)
FEE, START = "service_fee", "start"
OUTCOMES = {"outcome13": 91, "outcome26": 182}
Told = tuple[str, str, int, date]
"""An episode, a milestone, the how manieth it is, and the day reached."""
SWITCHES = Switches()
CODED = tuple(
    name for name in JobFacts.__dataclass_fields__ if name != "held_at_referral"
)


class Row(models.Model):
    objects = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Episode(Row):
    id = models.CharField(primary_key=True, max_length=64)
    accepted_on = models.DateField(null=True)
    exited_on = models.DateField(null=True)
    exit_reason = models.CharField(max_length=40, null=True)  # noqa: DJ001

    class Meta:
        app_label = "bench_payments"


class Job(Row):
    id = models.CharField(primary_key=True, max_length=64)
    episode = models.ForeignKey(Episode, models.CASCADE, related_name="jobs")
    employer = models.CharField(max_length=64, null=True)  # noqa: DJ001
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    last_confirmed_on = models.DateField(null=True)
    held_at_referral = models.BooleanField()
    coded = models.JSONField()

    class Meta:
        app_label = "bench_payments"


class Paid(Row):
    job = models.ForeignKey(Job, models.CASCADE, related_name="paid")
    first_day = models.DateField()
    last_day = models.DateField()
    hours = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        app_label = "bench_payments"


class Claim(Row):
    episode = models.ForeignKey(Episode, models.CASCADE, related_name="claims")
    milestone = models.CharField(max_length=40)
    ordinal = models.IntegerField()
    reached_on = models.DateField()

    class Meta:
        app_label = "bench_payments"
        unique_together = (("episode", "milestone", "ordinal"),)


MODELS = (Episode, Job, Paid, Claim)


class Loop:
    """The loop over episodes that were put into tables of its own."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]], as_of: date) -> None:
        self._as_of = as_of
        _begin()
        _fill(tables)

    def work_out(self) -> set[Told]:
        """Return the lines of every episode, one episode after another."""
        found: set[Told] = set()
        for episode in Episode.objects.using(ALIAS).order_by("pk").iterator():
            found.update(self._lines(episode))
        return found

    def work_out_and_save(self) -> set[Told]:
        """Return the lines of every episode, each saved unless it is there."""
        for episode in Episode.objects.using(ALIAS).order_by("pk").iterator():
            for _, milestone, ordinal, day in self._lines(episode):
                episode.claims.get_or_create(
                    milestone=milestone, ordinal=ordinal, defaults={"reached_on": day}
                )
        rows = Claim.objects.using(ALIAS)
        return set(rows.values_list("episode_id", "milestone", "ordinal", "reached_on"))

    def forget(self) -> None:
        """Take the saved lines away."""
        Claim.objects.using(ALIAS).all().delete()

    def _lines(self, episode: Episode) -> Iterator[Told]:
        entry = episode.accepted_on
        if entry is None or entry > self._as_of:
            return
        for number, day in enumerate(self._quarters(episode, entry), start=1):
            yield episode.pk, FEE, number, day
        spells = [each for each in self._spells(episode) if each[0][1] >= entry]
        if not spells:
            return
        yield episode.pk, START, 1, min(each[0][1] for each in spells)
        days = [found for spell in spells for found in self._held(episode, spell)]
        before = True
        for name, wanted in OUTCOMES.items():
            reached = _nth_day(days, wanted)
            before = before and reached is not None
            if before and reached is not None:
                yield episode.pk, name, 1, reached

    def _quarters(self, episode: Episode, entry: date) -> Iterator[date]:
        last = self._as_of
        if episode.exited_on is not None:
            last = min(last, episode.exited_on - DAY)
        first = entry.replace(month=(entry.month - 1) // 3 * 3 + 1, day=1)
        while first <= last:
            yield max(first, entry)
            month = first.month + 3
            first = first.replace(year=first.year + month // 13, month=month % 12 or 12)

    def _spells(self, episode: Episode) -> list[list[tuple[Job, date, date | None]]]:
        """Return competitive jobs, those that carry one another on together."""
        begun = []
        for job in episode.jobs.filter(first_day__lte=self._as_of):
            coded = JobFacts(**job.coded, held_at_referral=job.held_at_referral)
            if not competitive(coded, SWITCHES, "strict").counts:
                continue
            paid = [
                PaidWork(each.first_day, each.last_day, each.hours)
                for each in job.paid.filter(last_day__lte=self._as_of)
                if each.hours is not None
            ]
            first = first_paid_day(job.first_day, coded.permanence, paid)
            last = job.last_day
            if last is not None and last > self._as_of:
                last = None
            if first is not None and (last is None or first <= last):
                begun.append((job, first, last))
        spells: list[list[tuple[Job, date, date | None]]] = []
        for each in sorted(begun, key=lambda found: (found[1], found[0].pk)):
            for spell in spells:
                before, _, ended = spell[-1]
                same = each[0].employer and before.employer == each[0].employer
                if same and ended == each[1] - DAY:
                    spell.append(each)
                    break
            else:
                spells.append([each])
        exited = episode.exited_on
        return [
            spell
            for spell in spells
            if not spell[0][0].held_at_referral
            and (exited is None or spell[0][1] < exited)
        ]

    def _held(
        self, episode: Episode, spell: Iterable[tuple[Job, date, date | None]]
    ) -> Iterator[tuple[date, date]]:
        """Yield the days of jobs, open ones as long as somebody knew of them."""
        exited = episode.exited_on
        gone = exited is not None and exited <= self._as_of
        for job, first, ended in spell:
            last = ended or self._as_of
            if exited is not None and gone and episode.exit_reason == "deceased":
                last = min(last, exited)
            if exited is not None and gone and not ended:
                last = min(last, self._seen(episode, job, exited))
            if first <= last:
                yield first, last

    def _seen(self, episode: Episode, job: Job, exited: date) -> date:
        if episode.exit_reason not in LOST:
            return self._as_of
        seen = [exited - DAY, job.last_confirmed_on]
        seen += [each.last_day for each in job.paid.filter(hours__gt=0)]
        return max(day for day in seen if day is not None and day <= self._as_of)


def _nth_day(
    days: Iterable[tuple[date, date]], wanted: int, gap: int = 14
) -> date | None:
    """Return the day that completes so many in work, gaps so long allowed."""
    worked, last = 0, None
    for first, ended in sorted(days):
        begins = first if last is None else max(first, last + DAY)
        if ended < begins:
            continue
        if last is not None and (begins - last).days - 1 > gap:
            worked = 0
        if worked + (ended - begins).days + 1 >= wanted:
            return begins + timedelta(wanted - worked - 1)
        worked, last = worked + (ended - begins).days + 1, ended
    return None


def _begin() -> None:
    """Make the tables anew, in a database of their own."""
    if ALIAS not in connections.settings:
        named = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        settled = connections.configure_settings({"default": {}, ALIAS: named})
        connections.settings[ALIAS] = settled[ALIAS]
    connection = connections[ALIAS]
    there = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in MODELS:
            if model._meta.db_table in there:
                editor.delete_model(model)
            editor.create_model(model)


def _fill(tables: dict[str, list[dict[str, Any]]]) -> None:
    episodes = [
        Episode(row["episode_id"], row["accepted_on"], row["exited_on"],
                row["exit_reason"])
        for row in tables["episodes"]
    ]  # fmt: skip
    jobs = [
        Job(
            id=row["job_id"],
            episode_id=row["episode_id"],
            employer=row["employer_id"],
            first_day=row["first_day"],
            last_day=row["last_day"],
            last_confirmed_on=row["last_confirmed_on"],
            held_at_referral=row["held_at_referral"],
            coded={name: row[name] for name in CODED},
        )
        for row in tables["jobs"]
    ]
    own = {job.pk for job in jobs}
    paid = [
        Paid(
            job_id=row["job_id"],
            first_day=row["first_day"],
            last_day=row["last_day"],
            hours=row["hours"],
        )
        for row in tables["paid_work"]
        if row["job_id"] in own
    ]
    for model, rows in ((Episode, episodes), (Job, jobs), (Paid, paid)):
        model.objects.using(ALIAS).bulk_create(rows, batch_size=100)
