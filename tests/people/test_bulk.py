"""Many people at once: episodes with all that belongs to them, and refusals."""

from datetime import date

import pytest

from braid.access.models import AuditEntry
from braid.kernel.errors import InputFault, Refused
from braid.people import commands
from braid.people.commands import (
    CaseloadShare,
    NewApplicant,
    NewEpisode,
    NewRefusal,
)
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    Identifier,
    Note,
    Refusal,
    TreatmentSpell,
)
from braid.people.rules import client_system

TEST = "a look from the test"


@pytest.fixture
def bens(world):
    return {"actor": world.ben.actor, "unit": world.north}


def test_a_person_comes_with_a_number_that_nobody_can_read(bens, world):
    system = client_system(world.north.pk)
    row = NewApplicant("Rie", "Lund", identifiers=((system, "N-0042"),))
    (key,) = commands.record_applicants(**bens, rows=[row])
    number = Identifier.objects.system(TEST).get(applicant_id=key)
    assert key == row.id
    assert number.masked == "••••42"
    assert "0042" not in number.value_encrypted
    assert Applicant.objects.system(TEST).get(pk=key).organisation == world.havnelund


def test_an_episode_comes_with_its_course_and_everybody_in_it(bens, world):
    ada, cora = world.ada.user, world.cora.user
    row = NewEpisode(
        applicant_id=world.quinn.pk,
        referred_on=date(2025, 1, 6),
        referred_by_id=cora.pk,
        accepted_on=date(2025, 2, 3),
        exited_on=date(2025, 9, 1),
        exit_reason="moved",
        treatment_team_id=world.east.pk,
        key_clinician_id=cora.pk,
        caseload=(
            CaseloadShare(None, date(2025, 1, 6), date(2025, 2, 2)),
            CaseloadShare(ada.pk, date(2025, 2, 3), date(2025, 8, 31), "exit"),
        ),
        states=(("waiting", date(2025, 1, 8)), ("paused", date(2025, 5, 5))),
        note="Likes early hours.",
    )
    (key,) = commands.record_episodes(**bens, rows=[row])
    episode = Episode.objects.system(TEST).get(pk=key)
    assert (episode.state, episode.referred_by) == ("exited", cora)
    entries = EpisodeEntry.objects.system(TEST).filter(episode=key)
    assert list(entries.values_list("state", "reason")) == [
        ("referred", ""),
        ("waiting", ""),
        ("active", ""),
        ("paused", ""),
        ("exited", "moved"),
    ]
    held = CaseloadSpell.objects.system(TEST).filter(episode=key)
    assert list(held.values_list("specialist", "ended_because")) == [
        (None, ""),
        (ada.pk, "exit"),
    ]
    treated = TreatmentSpell.objects.system(TEST).get(episode=key)
    assert (treated.team, treated.last_day) == (world.east, date(2025, 8, 31))
    note = Note.objects.system(TEST).get(episode=key)
    assert (note.day, note.author) == (date(2025, 1, 6), world.ben.user)


def test_a_note_needs_a_day(bens, world):
    row = NewEpisode(world.quinn.pk, None, note="Likes early hours.")
    with pytest.raises(InputFault, match="without a day"):
        commands.record_episodes(**bens, rows=[row])


def test_refusals_are_recorded_with_one_line_of_audit(bens, world):
    day, about = date(2025, 1, 6), {"stage": "referral", "by_role": "clinician"}
    rows = [
        NewRefusal(day, reason="not_ready", episode_id=world.pat_episode.pk, **about),
        NewRefusal(day, reason="no_capacity", person_informed=True, **about),
    ]
    ids = commands.record_refusals(**bens, rows=rows)
    assert set(Refusal.objects.system(TEST).values_list("pk", "reason")) == {
        (ids[0], "not_ready"),
        (ids[1], "no_capacity"),
    }
    assert AuditEntry.objects.get(action="refusals_recorded").count == 2


@pytest.mark.parametrize(
    "command",
    [
        commands.record_applicants,
        commands.record_episodes,
        commands.record_refusals,
    ],
    ids=lambda command: command.__name__,
)
def test_only_who_may_import_writes_in_bulk(world, command):
    with pytest.raises(Refused):
        command(actor=world.ada.actor, unit=world.north, rows=[])
