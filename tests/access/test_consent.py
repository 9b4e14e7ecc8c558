"""The commands of the consent ledger: one test an outcome, and the days they come to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access import agreements, audit, consent, consent_rules
from braid.access.choices import ConsentKind, ConsentWay, NoticeKind
from braid.access.consent import Taken
from braid.access.models import AuditEntry, ConsentEntry, Notice, Sharing
from braid.access.policy import Information, Purpose
from braid.kernel.errors import InputFault, Refused
from braid.packs import consents
from tests.cast import TODAY
from tests.consents import FIRST_DAY, LAST_DAY, MORNING, about, agree, withdraw
from tests.factories.access import TeamFactory

IDENTITY, JOBS = Information.IDENTITY, Information.JOBS
GOALS = Information.WORK_GOALS
SPOKEN = Taken(ConsentWay.SPOKEN, "da")
OWN = Taken(ConsentWay.OWN_ACCOUNT, "da")
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_nine(today):
    """The clock stands still for every story here."""


def shared(applicant, member, day=TODAY):
    """Return the classes that the lists of `Sharing` open on a day."""
    rows = Sharing.objects.filter(
        applicant_id=applicant.pk,
        organisation_id=member.actor.organisation,
        purpose=member.actor.works_at,
        first_day__lte=day,
        last_day__gte=day,
    )
    return set(rows.values_list("information", flat=True))


# Giving.


def test_giving_opens_the_classes_from_the_first_to_the_last_day(world):
    entry = agree(world, world.pat, world.cora, IDENTITY, JOBS)

    assert shared(world.pat, world.cora, FIRST_DAY - ONE_DAY) == set()
    assert shared(world.pat, world.cora, FIRST_DAY) == {IDENTITY, JOBS}
    assert shared(world.pat, world.cora, LAST_DAY) == {IDENTITY, JOBS}
    assert shared(world.pat, world.cora, LAST_DAY + ONE_DAY) == set()
    assert shared(world.pat, world.dev) == set()
    assert shared(world.quinn, world.cora) == set()
    assert (entry.number, entry.kind) == (1, ConsentKind.GIVEN)
    assert entry.information == ["identity", "jobs"]


def test_an_entry_says_how_it_was_taken(world):
    entry = consent.give(
        actor=world.ada.actor,
        about=about(world.pat, world.cora),
        information=[JOBS],
        first_day=TODAY,
        last_day=LAST_DAY,
        taken=Taken(
            ConsentWay.PAPER, "da-dk", asked_by=world.cora.user.pk, witness="A friend"
        ),
        now=MORNING,
    )

    entry.refresh_from_db()
    assert (entry.text_id, entry.text_version) == ("dk", "2026.1")
    assert entry.text_language == "da"
    assert (entry.way, entry.witness) == (ConsentWay.PAPER, "A friend")
    assert (entry.asked_by_id, entry.recorded_by_id) == (
        world.cora.user.pk,
        world.ada.user.pk,
    )
    assert entry.recorded_at == MORNING


def test_entries_are_numbered_within_the_organisation(world):
    first = agree(world, world.pat, world.cora, IDENTITY)
    second = agree(world, world.quinn, world.dev, IDENTITY)

    assert (first.number, second.number) == (1, 2)


def test_giving_is_audited_with_the_number_of_the_entry(world):
    entry = agree(world, world.pat, world.cora, IDENTITY, JOBS)

    written = AuditEntry.objects.get(action="consent_given")
    assert written.applicant_key == world.pat.pk
    assert written.consent_number == entry.number
    assert written.information == "identity,jobs"
    assert written.ground == "own_care"


def test_a_later_agreement_replaces_an_earlier_one_from_its_first_day(world):
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    agree(world, world.pat, world.cora, IDENTITY, GOALS, first_day=TODAY + 10 * ONE_DAY)

    assert shared(world.pat, world.cora) == {IDENTITY, JOBS}
    assert shared(world.pat, world.cora, TODAY + 10 * ONE_DAY) == {IDENTITY, GOALS}


GIVEN_WRONG = {
    "a purpose that rests on no consent": (
        {"purpose": Purpose.BENEFIT_CONTROL},
        "not_by_consent",
    ),
    "a class that the purpose may not ask for": (
        {"information": [Information.TREATMENT]},
        "not_offered",
    ),
    "nothing at all": ({"information": []}, "not_offered"),
    "over before it begins": ({"last_day": TODAY - ONE_DAY}, "over"),
    "over before its first day": (
        {"first_day": TODAY + 10 * ONE_DAY, "last_day": TODAY + 9 * ONE_DAY},
        "over",
    ),
    "longer than a year": ({"last_day": date(2027, 10, 5)}, "too_long"),
    "a year from a later day": (
        {"first_day": date(2026, 12, 1), "last_day": date(2027, 10, 5)},
        "too_long",
    ),
    "as if from the own account": ({"taken": OWN}, "not_own_account"),
}


@pytest.mark.parametrize(
    ("changes", "reason"), GIVEN_WRONG.values(), ids=list(GIVEN_WRONG)
)
def test_what_cannot_be_agreed_is_told_and_not_kept(world, changes, reason):
    values = {
        "information": [JOBS],
        "first_day": TODAY,
        "last_day": date(2027, 10, 4),
        "taken": SPOKEN,
        **changes,
    }
    purpose = values.pop("purpose", None)

    with pytest.raises(InputFault) as fault:
        consent.give(
            actor=world.ada.actor,
            about=about(world.pat, world.dev, purpose),
            now=MORNING,
            **values,
        )

    assert fault.value.reason == reason
    assert not ConsentEntry.objects.exists()
    assert not Sharing.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("cora", "not_granted"),
        ("dev", "not_granted"),
        ("sam", "not_granted"),
        ("ola", "no_ground"),
        ("blake", "absent"),
    ],
)
def test_who_may_not_record_what_pat_agrees(world, name, reason):
    with pytest.raises(Refused) as refused:
        agree(world, world.pat, world.cora, IDENTITY, by=name)

    assert refused.value.reason == reason
    assert not ConsentEntry.objects.exists()


def test_pat_agrees_in_the_own_account_and_only_about_pat(world):
    entry = agree(world, world.pat, world.cora, JOBS, by="pat_account")
    assert entry.way == ConsentWay.OWN_ACCOUNT

    with pytest.raises(Refused):
        agree(world, world.quinn, world.cora, JOBS, by="pat_account")


# What a caseworker asks for waits.


def asked_by_dev(world, **changes):
    values = {
        "actor": world.ada.actor,
        "about": about(world.pat, world.dev),
        "information": [IDENTITY, JOBS],
        "first_day": TODAY,
        "last_day": LAST_DAY,
        "taken": Taken(ConsentWay.SPOKEN, "da", asked_by=world.dev.user.pk),
        "now": MORNING,
    }
    return consent.give(**(values | changes))


def test_what_a_caseworker_asked_for_begins_after_a_week(world):
    entry = asked_by_dev(world)

    assert entry.first_day == TODAY + 7 * ONE_DAY
    assert shared(world.pat, world.dev) == set()
    assert shared(world.pat, world.dev, TODAY + 7 * ONE_DAY) == {IDENTITY, JOBS}
    notice = Notice.objects.get()
    assert (notice.kind, notice.applicant_id) == (
        NoticeKind.CONSENT_ASKED,
        world.pat.pk,
    )
    assert notice.record_key == entry.pk


@pytest.mark.parametrize("asking", ["ada", "cora"])
def test_what_others_asked_for_does_not_wait(world, asking):
    key = getattr(world, asking).user.pk
    entry = asked_by_dev(world, taken=Taken(ConsentWay.SPOKEN, asked_by=key))

    assert entry.first_day == TODAY
    assert not Notice.objects.exists()


def test_said_in_the_own_account_it_does_not_wait(world):
    taken = Taken(ConsentWay.OWN_ACCOUNT, asked_by=world.dev.user.pk)
    asked_by_dev(world, actor=world.pat_account.actor, taken=taken)

    assert shared(world.pat, world.dev) == {IDENTITY, JOBS}


def test_it_is_over_before_the_week_is(world):
    with pytest.raises(InputFault) as fault:
        asked_by_dev(world, last_day=TODAY + 6 * ONE_DAY)

    assert fault.value.reason == "over"


def test_pat_says_yes_and_it_holds_from_today(world):
    asked = asked_by_dev(world)
    entry = consent.confirm(
        actor=world.pat_account.actor,
        about=about(world.pat, world.dev),
        number=asked.number,
        now=MORNING,
    )

    assert shared(world.pat, world.dev) == {IDENTITY, JOBS}
    assert shared(world.pat, world.dev, LAST_DAY) == {IDENTITY, JOBS}
    assert entry.way == ConsentWay.OWN_ACCOUNT
    assert entry.asked_by_id == world.dev.user.pk


def test_pat_says_no_and_nothing_begins(world):
    asked = asked_by_dev(world)
    consent.decline(
        actor=world.pat_account.actor,
        about=about(world.pat, world.dev),
        number=asked.number,
        now=MORNING,
    )

    assert not Sharing.objects.exists()


def test_pat_says_no_and_what_holds_today_stays(world):
    agree(world, world.pat, world.dev, IDENTITY, last_day=date(2026, 12, 31))
    asked = asked_by_dev(world)
    consent.decline(
        actor=world.pat_account.actor,
        about=about(world.pat, world.dev),
        number=asked.number,
        now=MORNING,
    )

    assert shared(world.pat, world.dev) == {IDENTITY}
    assert shared(world.pat, world.dev, TODAY + 30 * ONE_DAY) == {IDENTITY}
    assert shared(world.pat, world.dev, date(2027, 1, 1)) == set()


@pytest.mark.parametrize("answer", [consent.confirm, consent.decline])
def test_what_does_not_wait_cannot_be_answered(world, answer):
    entry = agree(world, world.pat, world.dev, IDENTITY)

    with pytest.raises(InputFault) as fault:
        answer(
            actor=world.pat_account.actor,
            about=about(world.pat, world.dev),
            number=entry.number,
            now=MORNING,
        )
    assert fault.value.reason == "nothing_waits"


def test_only_pat_answers(world):
    asked = asked_by_dev(world)

    with pytest.raises(InputFault) as fault:
        consent.confirm(
            actor=world.ada.actor,
            about=about(world.pat, world.dev),
            number=asked.number,
            now=MORNING,
        )
    assert fault.value.reason == "not_own_account"
    assert shared(world.pat, world.dev) == set()


# Extending.


def extend(world, last_day, *, member="cora", by="ada", taken=SPOKEN, now=MORNING):
    return consent.extend(
        actor=getattr(world, by).actor,
        about=about(world.pat, getattr(world, member)),
        last_day=last_day,
        taken=taken,
        now=now,
    )


def test_extending_moves_the_last_day(world):
    agree(world, world.pat, world.cora, JOBS, last_day=date(2026, 12, 31))
    entry = extend(world, date(2027, 3, 31))

    assert entry.information == ["identity", "jobs"]
    assert entry.first_day == date(2027, 1, 1)
    assert shared(world.pat, world.cora, date(2027, 3, 31)) == {IDENTITY, JOBS}
    assert shared(world.pat, world.cora, date(2027, 4, 1)) == set()
    numbers = set(Sharing.objects.values_list("number", flat=True))
    assert numbers == {1}, "it is still what was given"


def test_an_agreement_that_ended_is_given_anew_not_extended(world):
    agree(world, world.pat, world.cora, JOBS, last_day=date(2026, 10, 31))

    with pytest.raises(InputFault) as fault:
        extend(world, date(2027, 1, 1), now=datetime(2026, 11, 1, 8, tzinfo=UTC))

    assert fault.value.reason == "consent_ended"


@pytest.mark.parametrize(
    ("last_day", "reason"),
    [
        (date(2026, 12, 31), "not_later"),
        (date(2026, 12, 1), "not_later"),
        (date(2027, 9, 1), "give_anew"),
    ],
    ids=["the same day", "an earlier day", "more than a year after it was given"],
)
def test_how_far_an_agreement_can_be_extended(world, last_day, reason):
    agree(world, world.pat, world.cora, JOBS, last_day=date(2026, 12, 31))

    with pytest.raises(InputFault) as fault:
        extend(world, last_day)

    assert fault.value.reason == reason
    assert ConsentEntry.objects.count() == 1


def test_a_year_counts_from_the_day_it_was_said_not_from_a_later_first_day(world):
    begins = TODAY + 20 * ONE_DAY
    agree(
        world,
        world.pat,
        world.cora,
        JOBS,
        first_day=begins,
        last_day=begins + 10 * ONE_DAY,
    )
    on_its_first_day = MORNING + 20 * ONE_DAY

    with pytest.raises(InputFault):
        extend(world, date(2027, 10, 5), now=on_its_first_day)
    extend(world, date(2027, 10, 4), now=on_its_first_day)


def test_a_caseworker_cannot_ask_in_the_last_week(world):
    last_day = TODAY + 5 * ONE_DAY
    agree(world, world.pat, world.dev, JOBS, last_day=last_day)
    asked = Taken(ConsentWay.SPOKEN, asked_by=world.dev.user.pk)

    with pytest.raises(InputFault) as fault:
        extend(world, date(2027, 1, 1), member="dev", taken=asked)
    assert fault.value.reason == "too_soon"

    asked = Taken(ConsentWay.OWN_ACCOUNT, asked_by=world.dev.user.pk)
    extend(world, date(2027, 1, 1), member="dev", by="pat_account", taken=asked)


# Narrowing.


def narrow(world, *information, last_day=None, by="ada", taken=SPOKEN):
    return consent.narrow(
        actor=getattr(world, by).actor,
        about=about(world.pat, world.cora),
        information=information,
        last_day=last_day,
        taken=taken,
        now=MORNING,
    )


def test_narrowing_keeps_some_classes(world):
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    narrow(world, IDENTITY)

    assert shared(world.pat, world.cora) == {IDENTITY}
    assert shared(world.pat, world.cora, LAST_DAY) == {IDENTITY}


def test_narrowing_counts_for_what_has_yet_to_begin(world):
    agree(world, world.pat, world.cora, IDENTITY)
    agree(world, world.pat, world.cora, JOBS, GOALS, first_day=TODAY + 5 * ONE_DAY)
    narrow(world, IDENTITY, JOBS)

    assert shared(world.pat, world.cora) == {IDENTITY}
    assert shared(world.pat, world.cora, TODAY + 5 * ONE_DAY) == {IDENTITY, JOBS}


def test_narrowing_may_bring_the_last_day_forward(world):
    agree(world, world.pat, world.cora, IDENTITY)
    narrow(world, IDENTITY, last_day=TODAY)

    assert shared(world.pat, world.cora) == {IDENTITY}
    assert shared(world.pat, world.cora, TODAY + ONE_DAY) == set()


@pytest.mark.parametrize(
    ("information", "last_day", "reason"),
    [
        ([], None, "not_narrower"),
        ([GOALS], None, "not_narrower"),
        ([IDENTITY, JOBS], None, "not_narrower"),
        ([IDENTITY, JOBS], LAST_DAY + ONE_DAY, "not_narrower"),
        ([IDENTITY], TODAY - ONE_DAY, "over"),
    ],
    ids=["to nothing", "to more", "to the same", "to longer", "to the past"],
)
def test_what_is_no_narrowing(world, information, last_day, reason):
    agree(world, world.pat, world.cora, IDENTITY, JOBS)

    with pytest.raises(InputFault) as fault:
        narrow(world, *information, last_day=last_day)

    assert fault.value.reason == reason
    assert shared(world.pat, world.cora) == {IDENTITY, JOBS}


# Withdrawing.


def test_withdrawing_closes_everything_at_once(world):
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    agree(world, world.pat, world.cora, GOALS, first_day=TODAY + 5 * ONE_DAY)
    agree(world, world.pat, world.dev, IDENTITY)
    entry = withdraw(world, world.pat, world.cora)

    assert not Sharing.objects.filter(purpose="treatment").exists()
    assert shared(world.pat, world.dev) == {IDENTITY}
    assert entry.information == ["identity", "jobs", "work_goals"]
    assert AuditEntry.objects.filter(action="consent_withdrawn").count() == 1


def test_pat_withdraws_what_ada_recorded(world):
    agree(world, world.pat, world.cora, IDENTITY)
    withdraw(world, world.pat, world.cora, by="pat_account")

    assert shared(world.pat, world.cora) == set()


def test_there_is_nothing_to_withdraw(world):
    with pytest.raises(InputFault) as fault:
        withdraw(world, world.pat, world.cora)

    assert fault.value.reason == "nothing_agreed"


def test_a_clock_that_was_set_back_revives_nothing(world):
    agree(world, world.pat, world.cora, IDENTITY)
    withdraw(world, world.pat, world.cora, now=MORNING - timedelta(hours=3))

    assert not Sharing.objects.exists()
    rows = agreements.ledger(world.ada.actor, world.pat.subject())
    assert agreements.on_day(rows, TODAY, MORNING) == []


# Whole or not at all.


COMMANDS = {
    "give": lambda world: agree(world, world.pat, world.cora, GOALS),
    "extend": lambda world: extend(world, date(2027, 1, 31)),
    "narrow": lambda world: narrow(world, IDENTITY),
    "withdraw": lambda world: withdraw(world, world.pat, world.cora),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_if_the_audit_fails_nothing_is_saved(world, monkeypatch, command):
    agree(world, world.pat, world.cora, IDENTITY, JOBS, last_day=date(2026, 12, 31))
    before = list(Sharing.objects.order_by("pk").values())

    def fails(*_args, **_values):
        raise OSError("the disk is full")

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(OSError, match="disk"):
        command(world)

    assert ConsentEntry.objects.count() == 1
    assert list(Sharing.objects.order_by("pk").values()) == before


def test_a_long_ledger_costs_no_more_statements(world):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as found:
            agree(world, world.pat, world.cora, IDENTITY, JOBS)
        return len(found)

    first = count()
    for _again in range(5):
        agree(world, world.pat, world.cora, IDENTITY)
        withdraw(world, world.pat, world.cora)

    assert count() == first


@pytest.mark.parametrize("seed", range(6))
def test_lists_open_what_the_ledger_says_after_any_commands(world, seed):
    random = Random(seed)
    now, held = MORNING, about(world.pat, world.cora)
    offered = [IDENTITY, JOBS, GOALS, Information.ATTENDANCE]

    def classes():
        return random.sample(offered, random.randint(1, len(offered)))

    def days(most):
        return timedelta(days=random.randint(0, most))

    for _step in range(25):
        now += timedelta(hours=random.randint(0, 400))
        today = now.date()
        step = {"actor": world.ada.actor, "about": held, "taken": SPOKEN, "now": now}
        first = today + days(60)
        try:
            match random.randrange(5):
                case 0 | 1:
                    consent.give(
                        **step,
                        information=classes(),
                        first_day=first,
                        last_day=first + days(200),
                    )
                case 2:
                    consent.extend(**step, last_day=today + days(300))
                case 3:
                    last = random.choice([None, today + days(100)])
                    consent.narrow(**step, information=classes(), last_day=last)
                case 4:
                    consent.withdraw(**step)
        except InputFault:
            continue  # what a person would be told is no step of the ledger
        _must_agree(world, now)

    assert ConsentEntry.objects.count() > 5


def _must_agree(world, known_at):
    cora = world.cora.actor
    key = {"purpose": cora.works_at, "receiver": cora.organisation}
    entries = agreements.entries(world.pat.pk, cora.works_at, cora.organisation)
    for step in range(0, 500, 7):
        day = FIRST_DAY + timedelta(days=step)
        told = consent_rules.in_force(entries, on=day, known_at=known_at, **key)
        assert shared(world.pat, world.cora, day) == told


# Reading.


def test_what_is_agreed_in_one_line_an_agreement(world):
    entry = agree(world, world.pat, world.cora, IDENTITY, JOBS)
    agree(world, world.pat, world.dev, IDENTITY)
    withdraw(world, world.pat, world.dev)

    (found,) = agreements.present(
        agreements.ledger(world.ada.actor, world.pat.subject()), TODAY
    )

    assert found.receiver == world.east.organisation
    assert found.purpose == Purpose.TREATMENT
    assert found.information == (IDENTITY, JOBS)
    assert (found.first_day, found.last_day) == (FIRST_DAY, LAST_DAY)
    assert found.entry == entry


def test_what_was_in_force_on_a_day_by_what_was_known(world):
    agree(world, world.pat, world.cora, IDENTITY)
    later = MORNING + 2 * ONE_DAY
    withdraw(world, world.pat, world.cora, now=later)
    rows = agreements.ledger(world.ada.actor, world.pat.subject())

    assert len(agreements.on_day(rows, TODAY, MORNING + ONE_DAY)) == 1
    assert agreements.on_day(rows, TODAY, later) == []
    assert agreements.on_day(rows, TODAY, MORNING - ONE_DAY) == []


def test_the_ledger_is_for_those_who_see_to_it(world):
    agree(world, world.pat, world.cora, IDENTITY)

    with pytest.raises(Refused):
        agreements.ledger(world.cora.actor, world.pat.subject())
    assert len(agreements.ledger(world.pat_account.actor, world.pat.subject())) == 1


def test_what_could_be_agreed_with_the_teams_around(world):
    found = agreements.possible(
        consents.of_country("dk"), [world.north.pk, world.east.pk, world.job_centre.pk]
    )

    told = {(one.receiver.name, one.purpose.value, *one.teams) for one in found}
    assert told == {
        ("Havnelund", "ips_support", "North"),
        ("Havnelund", "job_search_support", "Job centre"),
        ("Havnelund", "benefit_decision", "Job centre"),
        ("Havnelund", "benefits_counselling", "Job centre"),
        ("Region", "treatment", "East"),
    }
    assert all(one.information for one in found)


def test_two_teams_of_one_organisation_are_one_receiver(world):
    west = TeamFactory(
        organisation=world.east.organisation, name="West", kind="treatment_team"
    )
    found = agreements.possible(consents.of_country("dk"), [world.east.pk, west.pk])

    assert [one.teams for one in found] == [["East", "West"]]


def test_anybody_around_may_have_asked(world):
    found = agreements.who_may_ask([world.east.pk, world.job_centre.pk], TODAY)

    assert (world.cora.user.pk, world.cora.user.name, "East") in found
    assert world.dev.user.pk in {key for key, _name, _team in found}
    assert world.ada.user.pk not in {key for key, _name, _team in found}


# Endings.


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, True), (30, True), (31, False)],
    ids=["today", "in thirty days", "in thirty-one days"],
)
def test_people_are_told_of_what_ends_soon(world, days, told):
    agree(world, world.pat, world.cora, JOBS, last_day=TODAY + timedelta(days=days))

    assert consent.tell_endings(now=MORNING) == told
    assert consent.tell_endings(now=MORNING) == 0, "once"
    kinds = list(Notice.objects.values_list("kind", flat=True))
    assert kinds == [NoticeKind.CONSENT_ENDS] * told


def test_what_was_extended_does_not_end_soon(world):
    agree(world, world.pat, world.cora, JOBS, last_day=TODAY + 5 * ONE_DAY)
    extend(world, date(2027, 1, 31))

    assert agreements.endings(TODAY) == []


def test_endings_of_some_people_only(world):
    agree(world, world.pat, world.cora, JOBS, last_day=TODAY)
    agree(world, world.quinn, world.cora, JOBS, last_day=TODAY)

    (found,) = agreements.endings(TODAY, [world.quinn.pk])

    assert found.entry.applicant_id == world.quinn.pk
    assert found.last_day == TODAY


# The name belongs to it


def test_without_the_name_nothing_could_be_read_so_it_goes_along(world):
    entry = agree(world, world.pat, world.cora, JOBS)
    assert entry.information == ["identity", "jobs"]
    narrow(world, JOBS, last_day=TODAY + ONE_DAY)
    assert shared(world.pat, world.cora) == {IDENTITY, JOBS}


def test_the_unit_knows_the_name_already(world):
    entry = agree(world, world.pat, world.ada, Information.TREATMENT)
    assert entry.information == ["treatment"]


# A restricted record


def closed_to(member, applicant):
    return replace(
        member, actor=replace(member.actor, restricted=frozenset({applicant.pk}))
    )


def test_nothing_more_is_agreed_by_staff_about_a_restricted_record(world):
    agree(world, world.pat, world.cora, JOBS)
    world.ada = closed_to(world.ada, world.pat)
    with pytest.raises(Refused, match="restricted"):
        agree(world, world.pat, world.cora, JOBS, GOALS)
    with pytest.raises(Refused, match="restricted"):
        extend(world, date(2027, 8, 31))


def test_a_restricted_record_is_shared_less_at_any_time(world):
    agree(world, world.pat, world.cora, JOBS, GOALS)
    world.ada = closed_to(world.ada, world.pat)
    narrow(world, JOBS)
    assert shared(world.pat, world.cora) == {IDENTITY, JOBS}
    withdraw(world, world.pat, world.cora)
    assert shared(world.pat, world.cora) == set()
