"""What is asked and answered about treatment: sealed, and read by whom it is meant for."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.http import Http404
from django.urls import reverse

from braid.access import keyring, rotation, subject_keys
from braid.access.models import AuditEntry, Change, Draft
from braid.access.policy import Information
from braid.access.rights import erasing, exporting
from braid.teamwork.commands import answer_links
from braid.teamwork.commands import questions as commands
from braid.teamwork.models import Question
from braid.teamwork.queries import asked as of_meetings
from braid.teamwork.queries import questions
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.teamwork import QuestionFactory
from tests.teamwork.test_questions import ask

ASKED = "Does the new lithium dose make her drowsy at nine?"
ANSWERED = "Less every week; the polyuria stays."
MARKS = ("lithium", "drowsy", "polyuria")
GONE = "The text is gone: its key was destroyed."
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


@pytest.fixture
def agreed(world):
    """Pat agrees that the clinic knows the name, and the unit reads about treatment."""
    agree(world, world.pat, world.cora, Information.IDENTITY)
    agree(world, world.pat, world.ada, Information.TREATMENT)


@pytest.fixture
def question(world, agreed, today):
    return ask(
        world,
        "ada",
        "mental_health",
        "treatment",
        text=ASKED,
        due_on=TODAY + timedelta(7),
    )


@pytest.fixture
def answered(world, question):
    answer(world, question)
    return question


def answer(world, question):
    found = questions.question(world.cora.actor, question.pk)
    commands.answer(actor=world.cora.actor, question=found, text=ANSWERED, today=TODAY)


def read(world, name):
    """Return what a member of the cast reads on the page of Pat: text and answer."""
    actor = getattr(world, name).actor
    found = questions.about_person(actor, world.pat.pk)
    return [(one.text, one.answer) for one in found]


def stored():
    """Yield every value of every table, as the database keeps it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    yield table, value


def tables_with(mark):
    """Return the tables in which a word stands, in clear or as plain bytes."""
    found = set()
    for table, value in stored():
        is_bytes = isinstance(value, bytes | memoryview)
        data = bytes(value) if is_bytes else str(value).encode()
        if mark.encode() in data:
            found.add(table)
    return found


def test_the_words_stand_in_no_table(world, answered):
    assert {mark: tables_with(mark) for mark in MARKS} == {
        mark: set() for mark in MARKS
    }
    kept = Question.objects.system("test").get()
    assert (kept.text, kept.answer) == ("", "")
    assert bytes(kept.sealed_text) and bytes(kept.sealed_answer)


def test_the_search_would_find_words_in_clear(world, agreed):
    """The same words as another class stand as they are; then the search sees them."""
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    ask(world, "ada", "mental_health", "jobs", text=ASKED)
    assert tables_with("lithium") == {"teamwork_question"}


def test_the_change_log_tells_that_there_is_an_answer_never_which(world, answered):
    change = Change.objects.get(record_key=answered.pk, field="sealed_answer")
    assert (change.old, change.new[:7]) == ("", "sealed ")
    assert AuditEntry.objects.filter(action="question_answered").exists()


def test_the_two_sides_read_them(world, answered):
    both = [(ASKED, ANSWERED)]
    assert (read(world, "ada"), read(world, "cora")) == (both, both)
    assert read(world, "dev") == []
    assert [one.answer for one in questions.own(world.pat_account.actor)] == [ANSWERED]


def test_who_waits_for_it_reads_the_question(world, question):
    [waiting] = questions.open_for(world.cora.actor)
    assert waiting.text == ASKED
    [line] = of_meetings.open_about(world.cora.actor, [world.pat_episode.pk])
    assert line.text == ASKED


def test_the_unit_reads_no_longer_than_it_is_agreed(world, answered):
    withdraw(world, world.pat, world.ada)
    assert read(world, "ada") == []
    with pytest.raises(Http404):
        questions.question(world.ada.actor, answered.pk)


def test_the_pages_show_the_words(world, as_, question):
    page = reverse("teamwork:question", args=[question.pk])
    give = reverse("teamwork:question_give", args=[question.pk])
    assert ASKED in as_("cora").get(page).content.decode()
    assert ASKED in as_("cora").get(give).content.decode()
    answer(world, question)
    assert ANSWERED in as_("ada").get(page).content.decode()


def test_by_a_link_they_are_read_and_answered(world, client, question):
    made = answer_links.make(
        actor=world.ada.actor,
        question=questions.question(world.ada.actor, question.pk),
        who="",
        sent_to="",
        now=NOON,
        day=TODAY,
    )
    address = reverse("teamwork:answer_link", args=[made.link])
    client.post(address, {"code": made.code})
    assert ASKED in client.get(address).content.decode()
    client.post(address, {"answer": ANSWERED, "name": "Dr. Locum, East"})
    assert read(world, "ada") == [(ASKED, ANSWERED)]
    assert tables_with("polyuria") == set()


def test_without_the_key_nobody_reads_them_again(world, as_, answered):
    subject_keys.destroy(world.pat.pk)
    gone = [(GONE, GONE)]
    assert (read(world, "ada"), read(world, "cora")) == (gone, gone)
    page = reverse("teamwork:question", args=[answered.pk])
    assert GONE in as_("cora").get(page).content.decode()
    copy = exporting.gather(world.pat.pk, NOON).as_json()
    assert GONE in copy
    assert "polyuria" not in copy


def test_a_copy_of_ones_data_opens_them(world, answered):
    made = json.loads(exporting.gather(world.pat.pk, NOON).as_json())
    [table] = [one for one in made["tables"] if one["table"] == "teamwork.question"]
    [row] = table["rows"]
    told = {cell["label"]: cell["value"] for cell in row["cells"]}
    assert (told["question"], told["answer"]) == (ASKED, ANSWERED)


def test_erasing_takes_the_row_and_the_key(world, answered):
    kept = Question.objects.system("test").get()
    erasing.erase(
        actor=world.sam.actor, applicant_id=world.pat.pk, reason="asked", now=NOON
    )
    assert not Question.objects.system("test").exists()
    with pytest.raises(subject_keys.KeyDestroyed):
        subject_keys.unseal(world.pat.pk, bytes(kept.sealed_answer))


def test_the_database_refuses_words_in_clear(world):
    with pytest.raises(IntegrityError):
        QuestionFactory(episode=world.pat_episode, kind="treatment")


@pytest.mark.usefixtures("own_keys")
def test_after_the_keys_were_rotated_they_are_read_as_before(world, answered):
    old = keyring.current()
    rotation.rotate(NOON)
    assert rotation.under(old) == {}
    keyring.remove(old)
    assert read(world, "ada") == [(ASKED, ANSWERED)]


def typed(client, person):
    """Let somebody type the question about a person and not send it."""
    form = f"{reverse('teamwork:question_new')}?person={person.pk}"
    fields = json.dumps([["kind", "treatment"], ["text", ASKED]])
    body = {"form": form, "form_key": str(uuid4()), "fields": fields}
    assert client.post("/drafts/", body).status_code == 204
    return form


def test_what_is_typed_and_not_sent_is_sealed_with_the_persons_key(world, as_, agreed):
    form = typed(as_("ada"), world.pat)
    assert Draft.objects.get().applicant_id == world.pat.pk
    assert tables_with("lithium") == set()
    page = as_("ada").get(form).content.decode()
    assert f'data-draft-form="{form}"' in page
    assert "You began this and did not save it." in page
    assert ASKED in as_("ada").get(f"{form}&draft=1").content.decode()


def test_what_is_typed_about_one_is_offered_for_nobody_else(world, as_, agreed):
    typed(as_("ada"), world.pat)
    new = reverse("teamwork:question_new")
    for address in (new, f"{new}?person={world.quinn.pk}"):
        assert "You began this" not in as_("ada").get(address).content.decode()


def test_sent_it_is_no_draft_any_more(world, as_, agreed):
    ada = as_("ada")
    form = typed(ada, world.pat)
    given = {
        "form_key": str(uuid4()),
        "whom": f"mental_health:{world.east.pk}:",
        "kind": "treatment",
        "text": ASKED,
        "due_on": TODAY + timedelta(7),
    }
    assert ada.post(form, given).status_code == 302
    assert not Draft.objects.exists()
