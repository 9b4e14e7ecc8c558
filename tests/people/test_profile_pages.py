"""The pages of the career profile, as the unit and the applicant meet them."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.people.choices import AnswerKind
from braid.people.models import Episode, PastJob, ProfileAnswer, ProfileUpdate
from braid.people.profile import PARTS, QUESTIONS
from braid.people.profile_glance import glance
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.people import (
    PastJobFactory,
    ProfileAnswerFactory,
    ProfileUpdateFactory,
)

SIDES = {"the specialist": "ada", "the applicant": "pat_account"}
PAGES = (
    "profile",
    "profile_history",
    "profile_print",
    "past_job_new",
    "profile_update",
)


def at(world, who, page, *parts):
    """Return the address of a page of Pat's profile, from the side of `who`."""
    if who == "pat_account":
        return reverse(f"people:own_{page}", args=parts)
    return reverse(f"people:{page}", args=[world.pat.pk, *parts])


def typed(page, **answers):
    """Return what a browser sends of the page's form, with these answers instead."""
    hidden = re.findall(
        r'<input type="hidden" name="(version_of_\w+)" value="(\d+)"', page
    )
    fields = re.findall(
        r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL
    )
    return dict(hidden) | {name: text.strip() for name, text in fields} | answers


def content(answer):
    return answer.content.decode()


def answer_of(question):
    rows = ProfileAnswer.objects.filter(question=question)
    return rows.system("the test looks").get()


@pytest.mark.parametrize("who", SIDES.values(), ids=SIDES)
@pytest.mark.parametrize("section", PARTS)
def test_each_section_asks_its_questions(as_, world, who, section):
    page = content(as_(who).get(at(world, who, "profile_section", section)))
    for question in PARTS[section].questions:
        assert (f'name="{question.id}"' in page) == (question.own or who == "ada")


@pytest.mark.parametrize("who", SIDES.values(), ids=SIDES)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_and_is_recorded(as_, world, who, page):
    before = AuditEntry.objects.filter(applicant_key=world.pat.pk).count()
    assert as_(who).get(at(world, who, page)).status_code == 200
    after = AuditEntry.objects.filter(applicant_key=world.pat.pk)
    assert after.count() == before + 1
    ground = {"ada": "own_care", "pat_account": "own_record"}[who]
    assert after.latest("pk").ground == ground


@pytest.mark.parametrize("who", SIDES.values(), ids=SIDES)
@pytest.mark.parametrize("section", ["z", "profile", "aa", "A"])
def test_a_section_that_there_is_not_is_not_found(as_, world, who, section):
    answer = as_(who).get(at(world, who, "profile_section", section))
    assert answer.status_code == 404


def test_nobody_opens_a_profile_through_the_pages_of_the_other_side(as_, world):
    unit = reverse("people:profile", args=[world.pat.pk])
    assert as_("pat_account").get(unit).status_code in (403, 404)
    assert as_("ada").get(reverse("people:own_profile")).status_code in (403, 404)
    for who in ("cora", "dev", "ola", "sam", "blake"):
        assert as_(who).get(unit).status_code in (403, 404)


def test_a_meeting_is_written_section_by_section(as_, world):
    """Given the first meeting, when Ada saves A, then D is next and A is no longer asked."""
    ada = as_("ada")
    address = at(world, "ada", "profile_section", "a")
    sent = typed(content(ada.get(address)), goal="Bread", motive="Money", next="1")
    answer = ada.post(address, sent)
    assert answer.url == at(world, "ada", "profile_section", "b")
    episode = Episode.objects.system("look").get(pk=world.pat_episode.pk)
    assert (episode.goal, episode.profile_started_on) == ("Bread", TODAY)
    page = content(ada.get(at(world, "ada", "profile")))
    assert "1 of 16 sections touched" in page
    assert "Last changed by Ada Specialist" in page
    assert "%" not in re.sub(r"<[^>]*>", "", page)


def test_nothing_is_compulsory_but_the_goal(as_, world):
    ada = as_("ada")
    for section in PARTS:
        address = at(world, "ada", "profile_section", section)
        answer = ada.post(address, typed(content(ada.get(address))))
        assert answer.status_code == (422 if section == "a" else 302), section


def test_the_applicant_sees_their_words_as_their_own(as_, world):
    pat, address = as_("pat_account"), at(world, "pat_account", "profile_section", "e")
    pat.post(address, typed(content(pat.get(address)), strengths="I am calm"))
    assert "You wrote this" in content(pat.get(address))
    seen = content(as_("ada").get(at(world, "ada", "profile_section", "e")))
    assert "Pat Lund wrote this" in seen
    assert "I am calm" in seen


def test_what_the_unit_alone_writes_is_read_by_the_applicant(as_, world):
    ProfileAnswerFactory(
        applicant=world.pat,
        section="p",
        question="papers_seen",
        text="A diploma of 2009",
        created_by=world.ada.user,
    )
    address = at(world, "pat_account", "profile_section", "p")
    page = content(as_("pat_account").get(address))
    assert "A diploma of 2009" in page
    assert 'name="papers_seen"' not in page
    as_("pat_account").post(address, {"papers_seen": "None"})
    assert answer_of("papers_seen").text == "A diploma of 2009"


def test_two_who_write_at_once_see_each_other(as_, world):
    """Given A open twice, when both write why, then the second sees the first's words.

    Nothing of the second form is saved until it is sent again, knowingly; then it wins.
    """
    ada, pat = as_("ada"), as_("pat_account")
    world.pat_episode.goal = "Bread"
    world.pat_episode.save()
    mine = at(world, "ada", "profile_section", "a")
    yours = at(world, "pat_account", "profile_section", "a")
    shown = content(ada.get(mine))
    pat.post(yours, typed(content(pat.get(yours)), motive="To <b>be</b> somebody"))

    sent = typed(shown, motive="Money", dream_job="Baker")
    answer = ada.post(mine, sent)
    page = content(answer)
    assert answer.status_code == 422
    assert "Pat Lund wrote" in page
    assert "To &lt;b&gt;be&lt;/b&gt; somebody" in page
    assert "Money" in page
    assert "Baker" in page
    assert answer_of("motive").text == "To <b>be</b> somebody"
    assert not ProfileAnswer.objects.filter(question="dream_job").system("look")

    assert ada.post(mine, typed(page)).status_code == 302
    assert answer_of("motive").text == "Money"
    assert answer_of("dream_job").text == "Baker"


def test_a_text_too_long_is_told_and_still_there(as_, world):
    ada, address = as_("ada"), at(world, "ada", "profile_section", "e")
    words = "bread " * 4000
    answer = ada.post(address, typed(content(ada.get(address)), strengths=words))
    assert answer.status_code == 422
    assert "at most 20000 characters" in content(answer)
    assert words.strip() in content(answer)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"pace": "breakneck"}, id="a choice that there is not"),
        pytest.param({"transport": ["boat"]}, id="one of several that there is not"),
        pytest.param({"version_of_travel_time": "9" * 30}, id="an absurd version"),
        pytest.param({"version_of_travel_time": "-1"}, id="a version below nought"),
        pytest.param({"travel_time": "a\x00b"}, id="a null character"),
    ],
)
def test_a_form_that_was_tampered_with_saves_nothing(as_, world, sent):
    ada, address = as_("ada"), at(world, "ada", "profile_section", "k")
    whole = typed(content(ada.get(address)), hours_wanted="20")
    assert ada.post(address, whole | sent).status_code == 422
    assert not ProfileAnswer.objects.system("look").exists()


def test_a_question_that_there_is_not_is_left_alone(as_, world):
    ada, address = as_("ada"), at(world, "ada", "profile_section", "k")
    whole = typed(content(ada.get(address)), readiness="9", strengths="not here")
    assert ada.post(address, whole).status_code == 302
    assert not ProfileAnswer.objects.system("look").exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "🥐", "أعمل في مخبز"])
def test_pasted_text_is_shown_as_text_in_its_own_direction(as_, world, text):
    ada, address = as_("ada"), at(world, "ada", "profile_section", "e")
    ada.post(address, typed(content(ada.get(address)), strengths=text))
    paper = content(ada.get(at(world, "ada", "profile_print")))
    escaped = text.replace("<", "&lt;").replace(">", "&gt;")
    assert f'<dd dir="auto">{escaped}</dd>' in paper
    assert "<script>alert" not in paper
    assert re.search(
        r'<textarea name="strengths"[^>]*dir="auto"', content(ada.get(address))
    )


# ---- Jobs before IPS ---------------------------------------------------------------------


def test_a_job_so_far_needs_its_title_only(as_, world):
    ada = as_("ada")
    new = at(world, "ada", "past_job_new")
    assert ada.post(new, {"row_version": 1, "title": "Cook"}).status_code == 302
    page = content(ada.get(at(world, "ada", "profile_section", "d")))
    assert "Cook" in page
    assert "1 of 16" in content(ada.get(at(world, "ada", "profile")))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param(
            {"first_year": "2018", "last_year": "2015"},
            "The job ends before it begins.",
            id="years out of order",
        ),
        pytest.param(
            {"last_year": "2031"}, "This year is still to come.", id="a year to come"
        ),
        pytest.param({"first_year": "203"}, "greater than or equal", id="no year"),
        pytest.param(
            {"weekly_hours": "168"}, "More than 80 hours a week", id="168 hours"
        ),
        pytest.param({"title": ""}, "This field is required", id="no title"),
    ],
)
def test_a_job_so_far_that_cannot_be_is_told(as_, world, sent, told):
    whole = {"row_version": 1, "title": "Cook", "liked": "The smell"} | sent
    answer = as_("ada").post(at(world, "ada", "past_job_new"), whole)
    assert answer.status_code == 422
    assert told in content(answer)
    assert "The smell" in content(answer)
    assert not PastJob.objects.system("look").exists()


def test_both_sides_change_a_job_so_far_and_a_stale_form_is_told(as_, world):
    job = PastJobFactory(applicant=world.pat)
    address = at(world, "pat_account", "past_job", job.pk)
    sent = {"row_version": 1, "title": "Kitchen help", "why_left": "Moved away"}
    assert as_("pat_account").post(address, sent).status_code == 302
    stale = sent | {"why_left": "Dismissed"}
    answer = as_("ada").post(at(world, "ada", "past_job", job.pk), stale)
    assert answer.status_code == 422
    assert "Pat Lund changed" in content(answer)
    assert "Moved away" in content(answer)


def test_a_job_so_far_is_taken_away_after_a_question(as_, world):
    job = PastJobFactory(applicant=world.pat)
    address = at(world, "pat_account", "past_job_remove", job.pk)
    pat = as_("pat_account")
    assert "leaves the career profile" in content(pat.get(address))
    assert PastJob.objects.system("look").count() == 1
    pat.post(address)
    assert not PastJob.objects.system("look").exists()


@pytest.mark.parametrize("page", ["past_job", "past_job_remove"])
def test_a_job_of_somebody_else_is_not_found(as_, world, page):
    job = PastJobFactory(applicant=world.quinn)
    for who in SIDES.values():
        for key in (job.pk, uuid4()):
            assert as_(who).get(at(world, who, page, key)).status_code == 404


# ---- Looked at again, history, paper -----------------------------------------------------


def test_what_changed_after_a_job_is_kept_with_the_job(as_, world):
    job = uuid4()
    address = at(world, "ada", "profile_update") + f"?job={job}&because=job_end"
    ada = as_("ada")
    assert "What changed after this job" in content(ada.get(address))
    sent = {"because": "job_end", "text": "Mornings are too early", "day": "2026-10-05"}
    assert ada.post(address, sent).status_code == 302
    (kept,) = ProfileUpdate.objects.system("look")
    assert (kept.job_id, kept.because, kept.by_role) == (job, "job_end", "specialist")
    assert "Mornings are too early" in content(ada.get(at(world, "ada", "profile")))


def test_a_job_without_a_sound_key_is_not_found(as_, world):
    address = at(world, "ada", "profile_update") + "?job=lost"
    assert as_("ada").get(address).status_code == 404


def test_what_changed_is_not_of_a_day_to_come(as_, world):
    sent = {"because": "insight", "text": "Likes rain", "day": "2026-10-06"}
    answer = as_("ada").post(at(world, "ada", "profile_update"), sent)
    assert answer.status_code == 422
    assert "still to come" in content(answer)


def test_the_applicant_says_that_it_is_right(as_, world):
    pat = as_("pat_account")
    pat.post(at(world, "pat_account", "profile_right"))
    (kept,) = ProfileUpdate.objects.system("look")
    assert (kept.because, kept.by_role, kept.day) == ("agreed", "applicant", TODAY)
    page = content(as_("ada").get(at(world, "ada", "profile")))
    assert "Read together and found right" in page
    assert "Pat Lund" in page


def test_the_history_says_question_old_new_and_who(as_, world):
    ada, address = as_("ada"), at(world, "ada", "profile_section", "k")
    ada.post(address, typed(content(ada.get(address)), transport=["walk", "bicycle"]))
    ada.post(address, typed(content(ada.get(address)), transport=["bicycle"]))
    page = content(ada.get(at(world, "ada", "profile_history")))
    assert "Ways to get to work" in page
    assert '<del dir="auto">on foot, bicycle</del>' in page
    assert "Ada Specialist" in page
    assert "Everyday life" in page


def test_paper_leaves_health_money_and_confidence_out_until_ticked(as_, world):
    for question in ("strengths", "coping", "money_worries", "gaps"):
        part, asked = QUESTIONS[question]
        ProfileAnswerFactory(
            applicant=world.pat,
            section=part.section,
            question=question,
            kind=part.kind_of(asked),
            text=f"About {question}",
        )
    ada, address = as_("ada"), at(world, "ada", "profile_print")
    page = content(ada.get(address))
    assert "About strengths" in page
    for kept in ("coping", "money_worries", "gaps"):
        assert f"About {kept}" not in page
    page = content(ada.get(f"{address}?chosen=1&kinds=health_at_work"))
    assert "About coping" in page
    assert "About strengths" not in page
    entry = AuditEntry.objects.filter(action="profile_print_opened").latest("pk")
    assert entry.information == "health_at_work,identity"


# ---- How many queries --------------------------------------------------------------------


def fill(world, times):
    for question, (part, asked) in list(QUESTIONS.items())[:: 6 // times]:
        ProfileAnswerFactory(
            applicant=world.pat,
            section=part.section,
            question=question,
            kind=part.kind_of(asked),
        )
    PastJobFactory.create_batch(times, applicant=world.pat)
    ProfileUpdateFactory.create_batch(times, applicant=world.pat)


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("who", SIDES.values(), ids=SIDES)
@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("profile", ()),
        ("profile_section", ("d",)),
        ("profile_section", ("k",)),
        ("profile_history", ()),
        ("profile_print", ()),
    ],
)
def test_a_fuller_profile_asks_no_more(as_, world, who, page, parts):
    client, address = as_(who), at(world, who, page, *parts)
    fill(world, 1)
    few = queries_of(client, address)
    ProfileAnswer.objects.system("anew").delete()
    fill(world, 6)
    assert queries_of(client, address) == few


def test_every_class_of_the_profile_has_a_name(world):
    assert len({str(kind.label) for kind in AnswerKind}) == len(AnswerKind)


# ---- For those outside the unit ----------------------------------------------------------


def test_a_clinician_reads_the_classes_that_were_agreed(as_, world):
    for question in ("strengths", "school", "coping", "gaps"):
        part, asked = QUESTIONS[question]
        ProfileAnswerFactory(
            applicant=world.pat,
            section=part.section,
            question=question,
            kind=part.kind_of(asked),
            text=f"About {question}",
        )
    PastJobFactory(applicant=world.pat, why_left="Too loud")
    agree(
        world,
        world.pat,
        world.cora,
        *(Information.IDENTITY, Information.JOBS, Information.HEALTH_AT_WORK),
    )
    page = content(as_("cora").get(reverse("desk:person", args=[world.pat.pk])))
    assert "About school" in page
    assert "About coping" in page
    assert "Kitchen help" in page
    for kept in ("About strengths", "About gaps", "Too loud"):
        assert kept not in page
    assert "You do not see" in page


@pytest.mark.parametrize("who", ["dev", "kit"])
def test_a_job_centre_reads_no_health_of_the_profile(as_, world, who):
    ProfileAnswerFactory(
        applicant=world.pat,
        section="g",
        question="coping",
        kind="health_at_work",
        text="Fresh air",
    )
    member = getattr(world, who)
    agree(world, world.pat, member, Information.IDENTITY, Information.BENEFITS)
    page = content(as_(who).get(reverse("desk:person", args=[world.pat.pk])))
    assert "Pat Lund" in page
    assert "Fresh air" not in page


# ---- At a glance -------------------------------------------------------------------------


@pytest.mark.parametrize("who", SIDES.values(), ids=SIDES)
def test_at_a_glance_it_says_what_comes_next(
    world, today, who, django_assert_num_queries
):
    for question in ("money_worries", "strengths"):
        part, _asked = QUESTIONS[question]
        ProfileAnswerFactory(
            applicant=world.pat, section=part.section, question=question
        )
    ProfileAnswerFactory(applicant=world.pat, section="k", question="pace", text="")
    PastJobFactory.create_batch(2, applicant=world.pat)
    actor = getattr(world, who).actor
    with django_assert_num_queries(2):
        found = glance(actor, world.pat.pk, goal="Bread")
    assert found.progress == "4 of 16 sections touched"
    assert found.following == (
        ("Everyday life", at(world, who, "profile_section", "k")),
    )
    page = render_to_string("people/profile/on_person.html", {"glance": found})
    assert at(world, who, "profile") in page


def test_at_a_glance_a_stranger_learns_nothing(world, today):
    ProfileAnswerFactory(applicant=world.pat, section="m", question="debts")
    found = glance(world.ola.actor, world.pat.pk, goal="")
    assert found.progress == "0 of 16 sections touched"
