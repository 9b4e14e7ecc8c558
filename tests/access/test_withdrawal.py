"""Consent taken back in the middle of use: nothing is served after the commit.

A session or an export takes its actor anew for every part. A thousand of them are
withdrawn at a random moment; some through the pages themselves, and a file that is under
way ends at the next piece.
"""

import re
from datetime import date
from random import Random

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from braid.access import policy, queries
from braid.access.models import Sharing
from braid.access.policy import Action, Information
from braid.documents import commands as documents
from braid.documents import queries as reading
from braid.people.models import Applicant, Episode, Note
from tests.consents import MORNING, agree, withdraw
from tests.factories.people import (
    EpisodeFactory,
    NoteFactory,
    TreatmentSpellFactory,
)

CLASSES = (Information.IDENTITY, Information.ATTENDANCE, Information.CONVERSATION)
SESSIONS, PEOPLE, THROUGH_PAGES, FILES = 1000, 50, 50, 20


@pytest.fixture
def note(world, today):
    """Something that Cora can read by consent only."""
    return NoteFactory(episode=world.pat_episode, text="planted-marker-7f3a")


@pytest.fixture
def people(world, note):
    """Return applicants around whom Cora's team is, each with an episode and a note."""
    episodes = [world.pat_episode, world.quinn_episode]
    for _number in range(PEOPLE - len(episodes)):
        episode = EpisodeFactory(unit=world.north, state="active")
        TreatmentSpellFactory(
            episode=episode, team=world.east, first_day=date(2026, 8, 3)
        )
        episodes.append(episode)
    return [
        {
            Information.IDENTITY: episode.applicant,
            Information.ATTENDANCE: episode,
            Information.CONVERSATION: NoteFactory(episode=episode),
        }
        for episode in episodes
    ]


def is_served(rows, actor, what):
    """Say whether this part of a session or export hands something out."""
    row = rows[what]
    listed = type(row).objects.visible_to(actor, Action.READ, what)
    in_list = listed.filter(pk=row.pk).exists()
    subject = row.subject(what, actor.day)
    assert in_list == policy.decide(actor, Action.READ, subject).allowed
    return in_list


@pytest.mark.long
def test_a_thousand_sessions_serve_nothing_after_a_withdrawal(world, people):
    random = Random(20261005)
    before = after = 0
    for session in range(SESSIONS):
        rows = people[session % PEOPLE]
        whose = rows[Information.IDENTITY]
        agree(world, whose, world.cora, *CLASSES)
        parts = random.choices(CLASSES, k=random.randint(1, 3))
        moment = random.randint(0, len(parts))
        for number, what in enumerate(parts):
            if number == moment:
                withdraw(world, whose, world.cora)
            actor = queries.renewed(world.cora.actor, timezone.now())
            if is_served(rows, actor, what):
                before += number < moment
                after += number >= moment
        if moment == len(parts):
            withdraw(world, whose, world.cora)

    assert after == 0
    assert before > SESSIONS / 2
    assert not Sharing.objects.exists()


def test_pages_that_are_open_show_nothing_more(world, note, as_):
    cora, pat = as_("cora"), as_("pat_account")
    random = Random(7)
    person = reverse("desk:person", args=[world.pat.pk])
    addresses = [person, reverse("desk:shared")]
    before = 0
    for session in range(THROUGH_PAGES):
        entry = agree(world, world.pat, world.cora, *CLASSES)
        for _page in range(random.randint(1, 2)):
            answer = cora.get(random.choice(addresses))
            before += "Pat Lund" in answer.content.decode()
        _take_back(world, pat if session % 2 else as_("ada"), entry, session % 2)
        for address in addresses:
            answer = cora.get(address)
            page = answer.content.decode()
            assert not re.search(r"\bPat\b", page)  # a token may hold the letters
            assert note.text not in page
        assert cora.get(person).status_code == 404

    assert before >= THROUGH_PAGES


def _take_back(world, client, entry, is_own):
    name = "desk:own_consent_withdraw" if is_own else "desk:sharing_take_back"
    address = reverse(name, args=[entry.pk])
    answer = client.post(address, {"ends": ["everything"], "way": "spoken"})
    assert answer.status_code == 302


@pytest.fixture
def file(world, today, monkeypatch):
    """A document that is handed out in eight pieces."""
    monkeypatch.setattr(reading, "PIECE", 64)
    return documents.add(
        actor=world.ada.actor,
        applicant_id=world.pat.pk,
        team=world.north,
        kind="jobs",
        title="Contract",
        file_name="contract.txt",
        data=b"planted-marker-" * 32,
        day=MORNING.date(),
    )


def test_a_file_under_way_ends_with_the_piece_before_the_withdrawal(world, file, as_):
    random = Random(11)
    address = reverse("desk:document", args=[file.pk])
    cora = as_("cora")
    for _export in range(FILES):
        agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
        answer = cora.get(address)
        assert answer.status_code == 200
        pieces = iter(answer.streaming_content)
        moment = random.randint(0, 7)
        got = [next(pieces) for _piece in range(moment)]
        withdraw(world, world.pat, world.cora)

        assert list(pieces) == []
        assert sum(map(len, got)) == 64 * moment
        assert cora.get(address).status_code == 404


def test_a_file_comes_whole_while_the_agreement_holds(world, file, as_):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)

    answer = as_("cora").get(reverse("desk:document", args=[file.pk]))

    assert answer.getvalue() == b"planted-marker-" * 32


def test_narrowing_counts_as_a_withdrawal_of_what_it_leaves_out(world, file, today):
    from braid.access import consent
    from braid.access.choices import ConsentWay
    from tests.consents import about

    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    pieces = reading.pieces(world.cora.actor, file, b"x" * 256)
    next(pieces)
    consent.narrow(
        actor=world.ada.actor,
        about=about(world.pat, world.cora),
        information=[Information.IDENTITY],
        taken=consent.Taken(ConsentWay.SPOKEN, "da"),
        now=MORNING,
    )

    assert list(pieces) == []
    with pytest.raises(Http404):
        reading.document(world.cora.actor, file.pk)
    visible = Applicant.objects.visible_to(world.cora.actor)
    assert list(visible) == [world.pat]
    assert not Episode.objects.visible_to(world.cora.actor).exists()
    assert not Note.objects.visible_to(world.cora.actor).exists()
