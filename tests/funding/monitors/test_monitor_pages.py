"""What is watched: one page for both parties, never for a specialist, never about one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import AuditEntry
from braid.access.policy import Role
from braid.funding.models import MonitorNote
from braid.funding.monitors import commands, queries, reading
from braid.kernel.errors import InputFault, Refused, Stale
from braid.packs import monitors
from braid.work.models import Job
from tests.cast import TODAY, _member
from tests.desk.test_pages import text
from tests.factories.access import OrganisationFactory, TeamFactory
from tests.factories.people import CaseloadSpellFactory, EpisodeFactory
from tests.factories.work import JobFactory
from tests.funding.claims.story import DAY

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def watched(story):
    """The story, with another desk that has nothing to do with North."""
    other = OrganisationFactory(name="Other fund", sector="funder", country="dk")
    desk = TeamFactory(organisation=other, name="Other desk", kind="other")
    _member(story.world, "max", Role.FUNDER, desk)
    return story


def _page(story):
    return f"/funding/monitors/{story.agreement.pk}/"


@pytest.mark.parametrize(
    ("member", "home", "page"),
    [
        pytest.param("ben", 200, 200, id="supervisor of the unit"),
        pytest.param("nia", 200, 200, id="funder that the unit agreed with"),
        pytest.param("sam", 200, 200, id="steward of the organisation"),
        pytest.param("max", 200, 404, id="funder of somebody else"),
        pytest.param("ada", 403, 403, id="specialist of the unit"),
        pytest.param("cora", 403, 403, id="clinician"),
        pytest.param("dev", 403, 403, id="caseworker"),
        pytest.param("ola", 403, 403, id="specialist of another unit"),
        pytest.param("pat_account", 403, 403, id="applicant"),
    ],
)
def test_both_parties_open_the_page_and_nobody_else(as_, watched, member, home, page):
    client = as_(member)

    assert client.get("/funding/monitors/").status_code == home
    for address in (_page(watched), f"{_page(watched)}?figures=1"):
        assert client.get(address).status_code == page
    if home == 200 and page == 404:
        assert "No agreement is written down yet" in text(
            client.get("/funding/monitors/")
        )


def test_the_page_shows_every_monitor_with_its_limit_and_where_that_comes_from(
    as_, watched
):
    shown = text(as_("ben").get(_page(watched), {"figures": "1"}))

    for one in monitors.get().monitors:
        assert one.title["en"] in shown
        for flag in one.flags:
            assert flag.says["en"] in shown and flag.source in shown
    assert "Pat" not in shown and "Quinn" not in shown


def test_reading_the_figures_is_recorded_once_and_costs_a_constant_number_of_queries(
    as_, watched
):
    client = as_("ben")
    with CaptureQueriesContext(connection) as few:
        client.get(_page(watched), **HTMX)
    for _ in range(4):
        CaseloadSpellFactory(episode=EpisodeFactory(unit=watched.world.north))
    with CaptureQueriesContext(connection) as more:
        client.get(_page(watched), **HTMX)

    opened = AuditEntry.objects.filter(action="figures_opened")
    assert opened.count() == 2
    assert len(more) <= len(few)


def _late_ends(story, number, days):
    """Let so many people end a job in June, and the end be known so many days later."""
    for _ in range(number):
        episode = EpisodeFactory(unit=story.world.north, accepted_on=date(2026, 1, 5))
        last = date(2026, 6, 1)
        JobFactory(
            episode=episode,
            first_day=date(2026, 3, 2),
            last_day=last,
            end_known_on=last + timedelta(days),
            placement="competitive",
        )


def test_ends_that_become_known_late_are_flagged_for_both_parties(as_, watched):
    _late_ends(watched, 12, 20)

    for member in ("ben", "nia"):
        shown = text(as_(member).get(_page(watched), {"figures": "1"}))
        assert "20 days" in shown
        first = shown.index("How soon the end of a job is known")
        assert first < shown.index("The way in"), "what is flagged stands first"


def test_a_funder_is_shown_no_small_number_and_no_flag_that_one_would_raise(
    as_, watched
):
    _late_ends(watched, 2, 20)
    inside = text(as_("ben").get(_page(watched), {"figures": "1"}))
    outside = text(as_("nia").get(_page(watched), {"figures": "1"}))

    assert "20 days" in inside
    assert "20 days" not in outside
    assert "fewer than 5" in outside.lower() or "1 to 4" in outside


def test_what_another_funder_refuses_is_nothing_to_this_one(watched):
    from tests.method.measures.engine import loaded
    from tests.method.measures.histories import NOTHING_KNOWN

    empty = {name: [] for name in NOTHING_KNOWN}
    claim = NOTHING_KNOWN["claims"] | {
        "unit_id": "north",
        "episode_id": "pat",
        "contract_version": "1",
        "milestone": "start",
        "payer": "fund",
        "reached_on": date(2026, 6, 1),
        "submitted_on": date(2026, 6, 8),
        "decided_on": date(2026, 6, 20),
        "state": "rejected",
        "reason": "evidence_late",
        "amount": 1,
        "currency": "EUR",
    }
    rows = [
        claim | {"claim_id": contract, "contract_id": contract}
        for contract in ("own", "other")
    ]
    with (
        loaded({**empty, "claims": rows}, TODAY) as held,
        reading.of_contract(held, "own") as own,
    ):
        found = own.table("claims").column("claim_id").to_pylist()
    assert found == ["own"]


# ---- Flags -------------------------------------------------------------------------------


def _board(story, member="ben"):
    actor = getattr(story.world, member).actor
    return reading.board(actor, story.agreement, TODAY)


def _raised(board, name):
    one = next(one for one in board.watched if one.monitor.id == name)
    return {(raised.key, raised.value) for raised in one.raised}


def test_starts_with_one_employer_are_named_and_vary_no_payment(today, watched):
    assert _raised(_board(watched), "employer-share") == {("", "")}
    job = Job.objects.system("the test looks").get(pk=watched.job.pk)
    assert job.first_day == DAY


def test_a_file_with_other_limits_is_judged_by_those(today, watched):
    pack = monitors.get()
    calm = tuple(
        one.model_copy(
            update={
                "flags": tuple(
                    flag.model_copy(update={"limit": "1"}) for flag in one.flags
                )
            }
        )
        if one.id == "employer-share"
        else one
        for one in pack.monitors
    )
    actor = watched.world.ben.actor
    board = reading.board(
        actor, watched.agreement, TODAY, pack.model_copy(update={"monitors": calm})
    )
    assert _raised(board, "employer-share") == set()


# ---- Review notes ------------------------------------------------------------------------


def test_a_flag_opens_a_talk_that_both_parties_read_and_the_supervisor_closes(
    as_, watched
):
    opened = as_("nia").post(
        f"{_page(watched)}notes/new/",
        {"monitor": "job-ends", "question": "Why do ends reach us so late?"},
    )
    assert opened.status_code == 302
    note = MonitorNote.objects.system("the test looks").get()
    for member in ("ben", "nia"):
        assert "Why do ends reach us so late?" in text(as_(member).get(_page(watched)))

    address = f"/funding/monitor-notes/{note.pk}/"
    assert as_("nia").get(address).status_code == 403
    form = {"row_version": note.row_version, "closed_on": "2026-10-05"}
    as_("ben").post(address, {**form, "answer": "The employers are asked weekly now."})
    note.refresh_from_db()
    assert (note.closed_on, note.answer) == (
        TODAY,
        "The employers are asked weekly now.",
    )
    assert "asked weekly now" in text(as_("nia").get(_page(watched)))


def test_open_notes_come_before_closed_ones(today, watched):
    actor = watched.world.ben.actor
    first, second = (
        commands.open_note(
            actor=actor,
            agreement=watched.agreement,
            monitor="access",
            question=question,
            as_of=TODAY,
        )
        for question in ("Who is missing?", "Who waits?")
    )
    commands.close_note(
        actor=actor, note=second, answer="Nobody.", closed_on=TODAY, expected_version=1
    )
    assert queries.notes(actor, watched.agreement) == [first, second]
    with pytest.raises(Stale):
        commands.close_note(
            actor=actor, note=first, answer="?", closed_on=TODAY, expected_version=9
        )


@pytest.mark.parametrize(
    ("member", "monitor", "question", "expected"),
    [
        pytest.param("ada", "access", "Why?", Refused, id="a specialist"),
        pytest.param("max", "access", "Why?", Refused, id="another funder"),
        pytest.param("ben", "nothing", "Why?", InputFault, id="no such figure"),
        pytest.param("ben", "access", "  ", InputFault, id="no words"),
    ],
)
def test_no_note_is_opened_by_others_or_without_words(
    today, watched, member, monitor, question, expected
):
    with pytest.raises(expected):
        commands.open_note(
            actor=getattr(watched.world, member).actor,
            agreement=watched.agreement,
            monitor=monitor,
            question=question,
            as_of=TODAY,
        )
    assert not MonitorNote.objects.system("the test looks").exists()


# ---- Exits -------------------------------------------------------------------------------


@pytest.fixture
def left(watched):
    """Quinn leaves in September, three weeks before the contract runs out unreached."""
    from braid.funding.monitors import early_exits

    episode = watched.world.quinn_episode
    found = early_exits.EarlyExit(
        f"{episode.pk}", "placement", date(2026, 9, 10), date(2026, 9, 30)
    )
    return found


def test_who_keeps_the_record_opens_an_exit_and_the_funder_reads_no_name(
    as_, watched, left, monkeypatch
):
    monkeypatch.setattr(reading, "_exits", lambda _drawn, _agreement: (left,))

    inside = text(as_("ben").get(_page(watched), {"figures": "1"}))
    assert "Quinn Bruun" in inside and "10 Sep" in inside
    for member in ("nia", "sam"):
        shown = text(as_(member).get(_page(watched), {"figures": "1"}))
        assert "Quinn" not in shown and "10 Sep" not in shown
