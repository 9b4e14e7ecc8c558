"""Released, corrected, shared: what was released stays, what came later has its number."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.factories.access import OrganisationFactory, TeamFactory
from tests.factories.people import EpisodeFactory
from tests.factories.work import JobFactory

from braid.access.models import AuditEntry
from braid.facts.extraction import extract
from braid.kernel.errors import InputFault, Refused
from braid.outcomes.models import Release, Shared
from braid.outcomes.reporting import commands, comparing, queries, tasks
from braid.outcomes.reporting.document import text_hash
from braid.outcomes.reporting.running import Order

pytestmark = pytest.mark.django_db
ORDER = Order("ilc-quarterly", "2026Q3")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def left(world):
    """Somebody who came in July and left in September."""
    return EpisodeFactory(
        unit=world.north,
        referred_on=date(2026, 7, 1),
        accepted_on=date(2026, 7, 6),
        entered_on=date(2026, 7, 8),
        exited_on=date(2026, 9, 21),
        exit_reason="own_wish",
        at_referral="out_of_work",
        state="closed",
    )


def released(world, today, member="ben", order=ORDER):
    actor = getattr(world, member).actor
    return commands.release(actor=actor, order=order, unit=world.north, today=today)


def rate(release):
    (line,) = [
        each
        for each in queries.document(release).lines
        if each.id == "quarter_rate" and not each.group
    ]
    return line.numerator, line.denominator


def late_evidence(episode):
    """What is heard afterwards: the person had worked since August."""
    return JobFactory(
        episode=episode,
        first_day=date(2026, 8, 3),
        placement="competitive",
        held_at_referral=False,
    )


# ---- Released ----------------------------------------------------------------------------


def test_a_release_keeps_document_hash_and_snapshot(world, today, left):
    made = released(world, today)
    assert text_hash(made.document) == made.hash
    document = queries.document(made)
    assert document.snapshot == str(made.snapshot_id)
    assert document.hash == made.snapshot.hash
    assert [unit.name for unit in document.units] == ["North"]
    assert (made.number, made.version, made.profile) == (1, "2026.1", "")
    assert AuditEntry.objects.filter(action="report_released").count() == 1


def test_run_again_on_its_snapshot_it_is_the_same_byte_for_byte(world, today, left):
    made = released(
        world, today, order=Order("ips-grow", "2026Q3", profile="nhs-mhsds")
    )
    late_evidence(left)
    again = queries.run_again(world.ben.actor, made)
    assert (again.is_same, again.is_unharmed, again.changes) == (True, True, ())


def test_a_text_that_was_touched_is_told(world, today, left):
    made = released(world, today)
    Release.objects.system("a hand in the database").filter(pk=made.pk).update(
        document=made.document.replace('"value": 0', '"value": 1')
    )
    again = queries.run_again(
        world.ben.actor, queries.release(world.ben.actor, made.pk)
    )
    assert not again.is_unharmed
    assert not again.is_same
    assert again.changes


@pytest.mark.parametrize("member", ["ada", "cora", "dev", "ola", "femi", "pat_account"])
def test_who_does_not_oversee_the_unit_releases_nothing(world, today, member):
    with pytest.raises(Refused):
        released(world, today, member)
    assert not Release.objects.system("none").exists()


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        pytest.param(
            Order("ilc-quarterly", "2026Q4"), "period_not_over", id="not over"
        ),
        pytest.param(Order("ilc", "2026Q3"), "report_unknown", id="no report"),
        pytest.param(Order("ilc-quarterly", "2026"), "period_unknown", id="no period"),
    ],
)
def test_what_cannot_be_released(world, today, order, reason):
    with pytest.raises(InputFault) as fault:
        released(world, today, order=order)
    assert fault.value.reason == reason


def test_the_same_is_released_once(world, today, left):
    released(world, today)
    with pytest.raises(InputFault) as fault:
        released(world, today)
    assert fault.value.reason == "released_already"
    released(world, today, order=Order("ilc-quarterly", "2026Q3", profile="nhs-mhsds"))


# ---- Corrected ---------------------------------------------------------------------------


def test_late_evidence_changes_the_correction_and_never_the_release(world, today, left):
    """A discharge, then late evidence of a job start before it (E12)."""
    first = released(world, today)
    before = first.document
    late_evidence(left)
    second = commands.correct(
        actor=world.ben.actor,
        of=first,
        reason="The employer confirmed a job from August.",
        today=today,
    )
    first.refresh_from_db()
    assert first.document == before
    assert (second.number, second.corrects) == (2, first)
    old, new = rate(first), rate(second)
    assert new == (old[0] + 1, old[1])
    changed = {change.line.id for change in queries.changes(second)}
    assert {"quarter_rate", "worked_competitively", "job_starts"} <= changed
    assert "served" not in changed
    for made in (first, second):
        assert queries.run_again(world.ben.actor, made).is_same
    assert queries.versions(world.ben.actor, first) == [first, second]
    assert queries.versions(world.ben.actor, second) == [first, second]


def test_a_correction_is_made_by_the_definitions_of_the_release(world, today, left):
    first = released(world, today)
    late_evidence(left)
    order = queries.order(first)
    assert order.version == "2026.1"
    assert order.measures == {"ilc_quarterly": "2026.1"}
    second = commands.correct(
        actor=world.ben.actor, of=first, reason="Late.", today=today
    )
    assert second.version == first.version


def test_nothing_changed_is_nothing_to_correct(world, today, left):
    first = released(world, today)
    with pytest.raises(InputFault) as fault:
        commands.correct(actor=world.ben.actor, of=first, reason="Why not", today=today)
    assert fault.value.reason == "nothing_changed"


def test_a_correction_says_why_and_only_the_latest_is_corrected(world, today, left):
    first = released(world, today)
    late_evidence(left)
    with pytest.raises(InputFault) as fault:
        commands.correct(actor=world.ben.actor, of=first, reason="  ", today=today)
    assert fault.value.field == "reason"
    commands.correct(actor=world.ben.actor, of=first, reason="Late.", today=today)
    with pytest.raises(InputFault) as fault:
        commands.correct(actor=world.ben.actor, of=first, reason="Again.", today=today)
    assert fault.value.reason == "corrected_already"


@pytest.mark.parametrize("member", ["ada", "cora", "ola"])
def test_others_neither_correct_nor_share(world, today, left, member):
    first = released(world, today)
    late_evidence(left)
    actor = getattr(world, member).actor
    with pytest.raises(Refused):
        commands.correct(actor=actor, of=first, reason="Late.", today=today)
    with pytest.raises(Refused):
        commands.share(
            actor=actor, of=first, audience="team", shared_on=today, today=today
        )
    with pytest.raises(Refused):
        queries.run_again(actor, first)


def test_a_correction_beside_exact_counts_does_not_tell_of_one_person(
    world, today, left
):
    """Counts that are shown as they are would tell by their difference."""
    for n in range(16):
        episode = EpisodeFactory(
            unit=world.north,
            referred_on=date(2026, 7, 1),
            accepted_on=date(2026, 7, 6) + timedelta(n),
            at_referral="out_of_work",
        )
        if n < 8:
            late_evidence(episode)
    first = released(
        world, today, order=Order("ilc-quarterly", "2026Q3", profile="dst")
    )
    (served,) = [x for x in queries.document(first).lines if x.id == "served"]
    assert served.value is not None
    EpisodeFactory(
        unit=world.north,
        referred_on=date(2026, 7, 1),
        accepted_on=date(2026, 7, 7),
        at_referral="out_of_work",
    )
    second = commands.correct(
        actor=world.ben.actor, of=first, reason="Late.", today=today
    )
    (later,) = [x for x in queries.document(second).lines if x.id == "served"]
    assert later.value is None
    assert later.mark
    assert queries.run_again(world.ben.actor, second).is_same


# ---- Shared ------------------------------------------------------------------------------


def share(world, today, of, audience="steering", on=None):
    return commands.share(
        actor=world.ben.actor,
        of=of,
        audience=audience,
        shared_on=on or today,
        today=today,
    )


def test_what_was_shared_is_a_fact(world, today, left):
    made = released(world, today, order=Order("ilc-quarterly", "2026Q3", profile="cms"))
    share(world, today, made)
    (fact,) = extract([world.north.pk])["reports_shared"].to_pylist()
    assert (fact["report_id"], fact["period"], fact["audience"]) == (
        "ilc-quarterly",
        "2026Q3",
        "steering",
    )
    assert AuditEntry.objects.filter(action="report_shared").count() == 1


@pytest.mark.parametrize("audience", ["steering", "partner", "public"])
def test_exact_figures_stay_with_the_unit(world, today, left, audience):
    made = released(world, today)
    with pytest.raises(InputFault) as fault:
        share(world, today, made, audience)
    assert fault.value.reason == "exact_figures"
    assert not Shared.objects.system("none").exists()
    share(world, today, made, "leadership")


@pytest.mark.parametrize(
    "days",
    [pytest.param(1, id="tomorrow"), pytest.param(-1, id="before it was released")],
)
def test_a_day_on_which_it_cannot_have_been_shared(world, today, left, days):
    made = released(world, today)
    with pytest.raises(InputFault) as fault:
        share(world, today, made, "team", today + timedelta(days))
    assert fault.value.field == "shared_on"


def test_with_one_audience_it_is_shared_once(world, today, left):
    made = released(world, today)
    share(world, today, made, "team")
    with pytest.raises(InputFault) as fault:
        share(world, today, made, "team")
    assert fault.value.reason == "shared_already"


# ---- Read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "exact", "protected"),
    [
        pytest.param("ada", True, True, id="specialist of the unit"),
        pytest.param("ben", True, True, id="supervisor of the unit"),
        pytest.param("cora", False, True, id="clinician of a linked team"),
        pytest.param("dev", False, True, id="caseworker of a linked job centre"),
        pytest.param("ola", False, False, id="specialist of another unit"),
        pytest.param("femi", False, False, id="funder"),
    ],
)
def test_who_reads_a_release(world, today, left, member, exact, protected):
    one = released(world, today)
    other = released(
        world, today, order=Order("ilc-quarterly", "2026Q3", profile="cms")
    )
    listed = set(queries.releases(getattr(world, member).actor))
    assert (one in listed) is exact
    assert (other in listed) is protected


# ---- Of many units -----------------------------------------------------------------------


def test_a_worker_releases_what_is_about_all_units(world, today, left):
    steward = world.sam.actor
    address = tasks.ask_for(
        steward, Order("ilc-quarterly", "2026Q3", profile="nhs-mhsds")
    )
    found = tasks.stands(steward, address)
    assert found.state == "done", found.told
    (made,) = Release.objects.system("the only one")
    assert made.unit is None
    assert str(world.north.pk) in made.units
    assert queries.run_again(steward, made).is_same
    assert made in set(queries.releases(steward))
    assert made not in set(queries.releases(world.cora.actor))
    assert tasks.stands(world.ben.actor, address).state == "unknown"


def test_a_worker_that_may_not_says_so(world, today):
    address = tasks.ask_for(world.cora.actor, ORDER)
    assert tasks.stands(world.cora.actor, address).state == "refused"
    address = tasks.ask_for(world.sam.actor, Order("ilc-quarterly", "2026Q4"))
    assert "not over" in tasks.stands(world.sam.actor, address).told


def test_a_unit_elsewhere_is_in_no_snapshot_of_mine(world, today, left):
    TeamFactory(organisation=OrganisationFactory(name="Elsewhere"), kind="ips_unit")
    made = released(world, today)
    assert made.units == [str(world.north.pk)]
    assert Path(made.snapshot.folder).is_dir()


def test_lines_that_only_one_version_has_are_told(world, today, left):
    made = queries.document(released(world, today))
    assert list(comparing.changes(made, made)) == []
