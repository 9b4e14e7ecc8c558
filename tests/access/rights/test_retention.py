"""What its time is over for goes by rule, is counted without names, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from braid.access.models import (
    ApplicantInvitation,
    AuditEntry,
    ErasedSubject,
    Notice,
    Restriction,
    SubjectRequest,
)
from braid.access.rights import registry, retention
from braid.exchange import storage
from braid.packs import jurisdictions
from braid.people.models import Applicant, EpisodeEntry
from braid.people.retained import ended_before
from tests.factories.access import (
    ApplicantInvitationFactory,
    NoticeFactory,
    RequestEntryFactory,
    RestrictionFactory,
    SubjectRequestFactory,
)
from tests.factories.exchange import ImportBatchFactory, ImportFileFactory
from tests.factories.people import (
    ApplicantFactory,
    EpisodeFactory,
    TreatmentNoteFactory,
)

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
LONG_AGO, LATELY = date(2010, 1, 4), date(2026, 9, 1)


def left(world, person, day, state="exited"):
    person.episodes.system("a test").update(state=state, exited_on=day)


def counts(found):
    return {(due.rule.kind, due.rule.then): due.count for due in found if due.count}


def there(person):
    return Applicant.objects.system("look").filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        pytest.param(date(2020, 1, 1), True, id="left long before"),
        pytest.param(date(2021, 1, 4), True, id="left the day before"),
        pytest.param(date(2021, 1, 5), False, id="left that day"),
        pytest.param(None, False, id="never left"),
    ],
)
def test_a_record_ends_with_the_last_episode(world, day, ends):
    state = "exited" if day else "active"
    left(world, world.pat, day, state)
    assert (world.pat.pk in ended_before(world.havnelund.pk, date(2021, 1, 5))) is ends


def test_a_later_episode_or_note_keeps_the_record(world):
    left(world, world.pat, LONG_AGO)
    left(world, world.quinn, LONG_AGO)
    EpisodeFactory(applicant=world.pat, unit=world.north, state="active")
    TreatmentNoteFactory(applicant=world.quinn, team=world.east, day=LATELY)
    assert ended_before(world.havnelund.pk, date(2020, 1, 1)) == []


def test_a_course_that_never_began_ends_when_that_was_decided(world):
    left(world, world.pat, None, "not_started")
    EpisodeEntry.objects.bulk_create(
        [EpisodeEntry(episode=world.pat_episode, number=1, state="not_started")]
    )
    assert world.pat.pk not in ended_before(world.havnelund.pk, date(2021, 1, 5))
    assert world.pat.pk in ended_before(world.havnelund.pk, date(2199, 1, 5))


def test_a_person_without_an_episode_is_kept_from_the_day_of_recording(world):
    person = ApplicantFactory(organisation=world.havnelund)
    assert person.pk not in ended_before(world.havnelund.pk, date(2020, 1, 1))
    assert person.pk in ended_before(world.havnelund.pk, date(2199, 1, 1))


def test_the_preview_counts_what_the_run_does_and_names_nobody(world, house):
    left(world, world.pat, LONG_AGO)
    left(world, world.quinn, date(2020, 6, 1))
    foreseen = retention.preview(NOW, world.havnelund.pk)
    assert counts(foreseen) == {("record", "restrict"): 2, ("record", "erase"): 1}
    assert there(world.pat)
    done = retention.run(NOW, world.havnelund.pk)
    # Whoever is erased is not closed as well.
    assert counts(done) == {("record", "erase"): 1, ("record", "restrict"): 1}
    assert not there(world.pat)
    assert ErasedSubject.objects.get().reason == "retention"
    assert Restriction.objects.get().applicant_id == world.quinn.pk
    assert counts(retention.run(NOW, world.havnelund.pk)) == {}
    said = AuditEntry.objects.filter(action__startswith="retention_")
    assert {(one.action, one.count, one.applicant_key) for one in said} == {
        ("retention_record_erase", 1, None),
        ("retention_record_restrict", 1, None),
    }


def test_by_itself_no_rule_of_the_house_closes_or_erases_a_record(world, house):
    left(world, world.pat, LONG_AGO)
    left(world, world.quinn, date(2020, 6, 1))
    assert counts(retention.run(NOW, world.havnelund.pk, by_itself=True)) == {}
    assert there(world.pat)
    assert not Restriction.objects.exists()


def test_whoever_asked_that_data_are_kept_is_not_erased(world, house):
    left(world, world.pat, LONG_AGO)
    RestrictionFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, set_by=world.sam.user
    )
    assert counts(retention.run(NOW, world.havnelund.pk)) == {}
    assert there(world.pat)


def test_what_retention_closed_itself_it_erases_later(world, house):
    left(world, world.pat, LONG_AGO)
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    retention.run(NOW, world.havnelund.pk)
    assert not there(world.pat)


@pytest.mark.parametrize(
    ("factory", "model", "over", "lasting"),
    [
        pytest.param(
            ApplicantInvitationFactory,
            ApplicantInvitation,
            {"expires_at": datetime(2026, 9, 4, 12, tzinfo=UTC)},
            {"expires_at": datetime(2026, 9, 5, 12, tzinfo=UTC)},
            id="a code a month after it ran out",
        ),
        pytest.param(
            SubjectRequestFactory,
            SubjectRequest,
            {"state": "done", "due_on": date(2023, 10, 4)},
            {"state": "received", "due_on": date(2023, 10, 4)},
            id="a request that was answered, not an open one",
        ),
    ],
)
def test_rows_go_when_their_time_is_over(world, factory, model, over, lasting):
    gone = factory(organisation=world.havnelund, **over)
    kept = factory(organisation=world.havnelund, **lasting)
    if model is SubjectRequest:
        RequestEntryFactory(request=gone)
    retention.run(NOW, world.havnelund.pk)
    assert list(model.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_notice_stays_until_it_was_seen_long_ago(world):
    seen = NoticeFactory(
        organisation=world.havnelund, seen_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    unseen = NoticeFactory(organisation=world.havnelund)
    retention.run(NOW, world.havnelund.pk)
    assert list(Notice.objects.values_list("pk", flat=True)) == [unseen.pk]
    assert seen.pk != unseen.pk


def test_brought_files_go_and_the_import_stays(world, house):
    stored = storage.store(world.north.pk, "a.csv", [b"Name\nPat\n"])
    batch = ImportBatchFactory(
        unit=world.north, touched_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    ImportFileFactory(batch=batch, name="a.csv", sha256=stored.sha256)
    path = storage.original(world.north.pk, stored.sha256)
    assert counts(retention.preview(NOW)) == {("brought_file", "erase"): 1}
    retention.run(NOW)
    assert not path.exists()
    assert counts(retention.preview(NOW)) == {}


def test_each_organisation_is_done_apart(world, house):
    other = ApplicantFactory(organisation=world.elsewhere.organisation)
    EpisodeFactory(
        applicant=other, unit=world.elsewhere, state="exited", exited_on=LONG_AGO
    )
    retention.run(NOW, world.havnelund.pk)
    assert there(other)
    retention.run(NOW, world.elsewhere.organisation_id)
    assert not there(other)


def test_every_rule_that_removes_something_has_somebody_who_does_it():
    for pack in jurisdictions.load().values():
        kinds = {rule.kind for rule in pack.retention if rule.then != "keep"}
        assert kinds <= set(registry.keepers)
        assert all(rule.mark == "H" for rule in pack.retention if not pack.reviewed)
