"""The treatment-team meeting: prepared, held in two windows, closed, put on paper."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access import subject_keys
from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.people.models import PlanSeen
from braid.teamwork.models import (
    Attendance,
    Discussion,
    Meeting,
    MeetingNote,
    NotYetReferred,
    Task,
)
from braid.work.models import Contact
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.access import BlockFactory, RestrictionFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EpisodeFactory,
    SearchPlanFactory,
    TreatmentNoteFactory,
    TreatmentSpellFactory,
)
from tests.factories.teamwork import (
    DiscussionFactory,
    MeetingFactory,
    NotYetReferredFactory,
    QuestionFactory,
)
from tests.factories.work import ContactFactory, EmployerContactFactory, JobFactory

WHY = "what the test looks at"
WHOLE = (
    Information.IDENTITY,
    Information.ATTENDANCE,
    Information.JOBS,
    Information.WORK_GOALS,
)


def rows(model):
    return model.objects.system(WHY)


def share(world, person, *classes):
    agree(world, person, world.cora, *(classes or WHOLE))


@pytest.fixture
def meeting(world):
    return MeetingFactory(unit=world.north, team=world.east, day=TODAY)


@pytest.fixture
def east(world):
    """Pat and Quinn are treated by East."""
    for episode in (world.pat_episode, world.quinn_episode):
        if not episode.treatment.system(WHY).exists():
            TreatmentSpellFactory(
                episode=episode, team=world.east, first_day=date(2026, 1, 12)
            )
    return world.east


def address(meeting, name="team_meeting", *args):
    return reverse(f"desk:{name}", args=[meeting.pk, *args])


def page(client, meeting):
    answer = client.get(address(meeting))
    assert answer.status_code == 200
    return answer.content.decode()


def have(html):
    found = re.findall(r'data-part="(\w+)" data-digest="(\w*)"', html)
    return ",".join(f"{token}.{digest}" for token, digest in found)


def seen(html):
    return re.search(r'data-live-seen="(\d+)"', html)[1]


def news(client, meeting, html, since=None):
    return client.get(
        address(meeting, "team_meeting_news"),
        {"seen": since or seen(html), "have": have(html)},
        headers={"X-Live": "news"},
    )


def write(client, meeting, episode, words, version=0, *, live=True, asked=""):
    return client.post(
        address(meeting, "team_meeting_line", episode.pk),
        {"words": words, "asked": asked, "row_version": version},
        headers={"X-Live": "1"} if live else {},
    )


# ---- Who sees what ------------------------------------------------------------------


def test_the_unit_sees_everybody_and_the_team_those_who_agreed(
    world, east, meeting, as_
):
    share(world, world.pat)
    of_unit, of_team = (page(as_(name), meeting) for name in ("ada", "cora"))
    assert "Pat Lund" in of_unit
    assert "Quinn Bruun" in of_unit
    assert "Pat Lund" in of_team
    assert "Quinn" not in of_team
    assert "1 more patient of yours is with North" in of_team
    assert "Nothing about them is shared" not in of_unit


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("ada", 200, id="the specialist"),
        pytest.param("ben", 200, id="the supervisor"),
        pytest.param("cora", 200, id="the clinician"),
        pytest.param("ola", 404, id="another provider"),
        pytest.param("dev", 404, id="the job centre has meetings of its own"),
        pytest.param("femi", 404, id="the funder"),
        pytest.param("pat_account", 404, id="the applicant"),
    ],
)
def test_a_table_has_two_sides(world, east, meeting, as_, name, status):
    client = as_(name)
    shown_in = ("team_meeting", "team_meeting_news", "team_meeting_text")
    for shown in (*shown_in, "team_meeting_paper"):
        assert client.get(address(meeting, shown)).status_code == status
    listed = client.get(reverse("desk:team_meetings", args=[world.east.pk]))
    assert listed.status_code == status


def test_each_class_comes_by_its_own_agreement(world, east, meeting, as_):
    share(world, world.pat, Information.IDENTITY, Information.ATTENDANCE)
    lately = TODAY - timedelta(3)
    ContactFactory(episode=world.pat_episode, day=lately, note="The unit's own words")
    JobFactory(episode=world.pat_episode, first_day=lately, title="Gardener")
    EmployerContactFactory(
        episode=world.pat_episode,
        unit=world.north,
        day=lately,
        employer__name="Nursery",
    )
    SearchPlanFactory(episode=world.pat_episode, first_day=lately, agreed_on=lately)
    of_unit, of_team = (page(as_(name), meeting) for name in ("ada", "cora"))
    for words in ("Job start: Gardener", "Nursery", "Search plan agreed"):
        assert words in of_unit
        assert words not in of_team
    assert "Contact in person" in of_team
    assert "The unit&#x27;s own words" not in of_team
    share(world, world.pat, *WHOLE[:3])
    assert "Job start: Gardener" in page(as_("cora"), meeting)


def row(html, episode):
    """Return the row of somebody: what stands before and inside its fold."""
    found = re.search(rf'<section [^>]*id="{episode.pk.hex}".*?</section>', html, re.S)
    return found[0]


def test_each_person_is_a_row_that_opens_to_the_rest(world, east, meeting, as_):
    for days in (2, 3):
        ContactFactory(
            episode=world.pat_episode, day=TODAY - timedelta(days), minutes=10 * days
        )
    found = row(page(as_("ada"), meeting), world.pat_episode)
    brief, rest = re.search(
        r'<details class="meeting-about">\s*<summary>(.*?)</summary>(.*?)</details>',
        found,
        re.S,
    ).groups()
    assert "20 minutes" in brief
    assert "30 minutes" not in brief
    assert "30 minutes" in rest


def test_the_stage_is_said_as_far_as_work_may_be_read(world, east, meeting, as_):
    """Who agreed to no word about jobs is not called a seeker to the treatment team."""
    share(world, world.pat, Information.IDENTITY, Information.ATTENDANCE)
    JobFactory(episode=world.pat_episode, first_day=TODAY - timedelta(200))
    of_unit, of_team = (
        row(page(as_(name), meeting), world.pat_episode) for name in ("ada", "cora")
    )
    assert "In work, followed along" in of_unit
    for stage in ("In work", "Searching", "Getting started"):
        assert stage not in of_team
    share(world, world.pat)
    of_team = row(page(as_("cora"), meeting), world.pat_episode)
    assert "In work, followed along" in of_team


def test_nothing_of_treatment_stands_in_a_meeting(world, east, meeting, as_):
    share(world, world.pat)
    TreatmentNoteFactory(applicant=world.pat, team=world.east)
    words = "Is the dose about to change?"
    QuestionFactory(
        episode=world.pat_episode,
        unit=world.north,
        kind="treatment",
        of_team=world.east,
        text="",
        sealed_text=subject_keys.seal(world.pat.pk, words.encode()),
    )
    html = page(as_("ada"), meeting)
    assert words not in html
    assert words in page(as_("cora"), meeting)  # asked of her own team


def test_who_is_blocked_finds_no_trace(world, east, meeting, as_):
    share(world, world.pat)
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=world.cora.user,
        name=world.cora.user.name,
    )
    client = as_("cora")
    html = page(client, meeting)
    assert not re.search(r"\bPat\b", html)  # a token may hold the letters
    assert "1 more patient" in html  # Quinn alone
    assert write(client, meeting, world.pat_episode, "x").status_code == 404


def test_a_restricted_record_stands_in_no_line(world, east, meeting, as_):
    share(world, world.pat)
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    for name in ("ada", "cora"):
        assert "Pat Lund" not in page(as_(name), meeting)


def test_opening_a_meeting_is_written_down_once(world, east, meeting, as_):
    share(world, world.pat)
    client = as_("cora")
    html = page(client, meeting)
    opened = AuditEntry.objects.filter(action="team_meeting_opened")
    assert opened.get().count == 1
    write(client, meeting, world.pat_episode, "Slept well")
    assert news(client, meeting, html).status_code == 200
    assert opened.count() == 1  # what changed in a line that was shown


def test_a_page_that_was_never_opened_is_written_down_by_its_news(
    world, east, meeting, as_
):
    made_up = {"seen": "", "have": "0123456789abcdef0123.aaaa"}
    as_("ada").get(address(meeting, "team_meeting_news"), made_up)
    assert AuditEntry.objects.get(action="team_meeting_opened").count == 2


# ---- Lines --------------------------------------------------------------------------


def test_what_is_written_is_read_by_the_other_side_in_its_window(
    world, east, meeting, as_
):
    share(world, world.pat)
    ada, cora = as_("ada"), as_("cora")
    of_ada, of_cora = page(ada, meeting), page(cora, meeting)
    assert (
        write(cora, meeting, world.pat_episode, "Nights are better").status_code == 204
    )
    answer = news(ada, meeting, of_ada)
    assert "Nights are better" in answer.content.decode()
    assert "Quinn" not in answer.content.decode()  # only what changed comes
    assert answer["X-Seen"] == "1"
    assert news(ada, meeting, of_ada, since="1").status_code == 204
    write(ada, meeting, world.quinn_episode, "Wants mornings")
    assert "Wants mornings" not in news(cora, meeting, of_cora).content.decode()


def test_a_stale_line_keeps_both_texts_and_says_who_was_faster(
    world, east, meeting, as_
):
    share(world, world.pat)
    ada, cora = as_("ada"), as_("cora")
    write(cora, meeting, world.pat_episode, "From Cora")
    answer = write(ada, meeting, world.pat_episode, "From Ada")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Cora Clinician wrote:" in html
    assert "From Cora" in html
    assert ">From Ada</textarea>" in html
    assert rows(Discussion).get().words == "From Cora"
    version = re.search(r'name="row_version" value="(\d+)"', html)[1]
    again = write(ada, meeting, world.pat_episode, "From both", version)
    assert again.status_code == 204
    assert rows(Discussion).get().words == "From both"
    plain = write(cora, meeting, world.pat_episode, "From Cora again", 1, live=False)
    assert plain.status_code == 409
    assert "Ada Specialist wrote:" in plain.content.decode()
    assert ">From Cora again</textarea>" in plain.content.decode()


def test_a_tick_in_between_does_not_stand_in_the_way_of_words(
    world, east, meeting, as_
):
    ada, ben = as_("ada"), as_("ben")
    ticked = address(meeting, "team_meeting_talked", world.pat_episode.pk)
    assert ben.post(ticked, {"discussed": "1"}).status_code == 302
    assert (
        write(ada, meeting, world.pat_episode, "Started on Monday").status_code == 204
    )
    line = rows(Discussion).get()
    assert line.discussed
    assert line.words == "Started on Monday"
    assert ben.post(ticked, {"discussed": "0"}).status_code == 302
    assert not rows(Discussion).get().discussed


def test_without_javascript_a_line_leads_back_to_the_meeting(world, east, meeting, as_):
    ada = as_("ada")
    answer = write(ada, meeting, world.pat_episode, "Said so", live=False)
    assert answer.status_code == 302
    assert answer.url.startswith(address(meeting) + "#line-")
    assert "See what is new" in page(ada, meeting)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("<b onclick=x>bold</b>", id="pasted HTML"),
        pytest.param("קשה לישון, but fine 🙂", id="right to left and faces"),
        pytest.param("w" * 20_000, id="twenty kilobytes"),
    ],
)
def test_words_are_words_whatever_is_pasted(world, east, meeting, as_, words):
    ada = as_("ada")
    assert write(ada, meeting, world.pat_episode, words).status_code == 204
    assert rows(Discussion).get().words == words
    html = page(ada, meeting)
    assert "<b onclick" not in html
    assert ("&lt;b onclick=x&gt;" in html) == words.startswith("<b")


def test_too_long_is_said_beside_the_line(world, east, meeting, as_):
    answer = write(as_("ada"), meeting, world.pat_episode, "w" * 20_001)
    assert answer.status_code == 422
    assert "Make it shorter" in answer.content.decode()
    assert not rows(Discussion).exists()


def test_a_team_writes_no_line_of_whom_it_may_not_know(world, east, meeting, as_):
    answer = write(as_("cora"), meeting, world.quinn_episode, "x")
    assert answer.status_code == 404
    assert not rows(Discussion).exists()


def test_another_unit_s_person_has_no_line_here(world, east, meeting, as_):
    other = MeetingFactory(unit=world.elsewhere, team=world.east, day=TODAY)
    assert write(as_("ada"), other, world.pat_episode, "x").status_code == 404


@pytest.mark.parametrize(
    ("days_ago", "is_marked"),
    [
        pytest.param(None, True, id="never"),
        pytest.param(28, True, id="four weeks"),
        pytest.param(27, False, id="a day less"),
    ],
)
def test_people_nobody_mentioned_for_four_weeks_are_marked(
    world, east, meeting, as_, days_ago, is_marked
):
    if days_ago is not None:
        before = MeetingFactory(
            unit=world.north, team=world.east, day=TODAY - timedelta(days_ago)
        )
        DiscussionFactory(meeting=before, episode=world.pat_episode)
    found = re.search(
        rf'<section.*?id="{world.pat_episode.pk.hex}".*?</section>',
        page(as_("ada"), meeting),
        re.S,
    )[0]
    assert ("not talked about for 28 days" in found) == is_marked


# ---- Decisions, notes, who is there ----------------------------------------------------


def decide(client, meeting, owner, about=""):
    return client.post(
        address(meeting, "team_meeting_decide"),
        {"text": "Ask about mornings", "owner": owner, "about": about, "due_on": ""},
    )


def test_a_decision_stands_in_the_list_of_its_owner(world, east, meeting, as_):
    share(world, world.pat)
    ada, cora = as_("ada"), as_("cora")
    owner = f"ips_provider:{world.ada.user.pk}"
    assert decide(cora, meeting, owner, str(world.pat_episode.pk)).status_code == 302
    assert "Ask about mornings" in ada.get(reverse("desk:todo")).content.decode()
    task = rows(Task).get()
    assert (task.meeting_id, task.staff_id) == (meeting.pk, world.ada.user.pk)
    ada.post(reverse("desk:task_done", args=[task.pk]))
    assert rows(Meeting).get(pk=meeting.pk).changes == 2  # the meeting is told


def test_a_clinician_ticks_hers_in_the_meeting_and_in_the_list(
    world, east, meeting, as_
):
    share(world, world.pat)
    ada, cora = as_("ada"), as_("cora")
    decide(
        ada, meeting, f"mental_health:{world.cora.user.pk}", str(world.pat_episode.pk)
    )
    decide(ada, meeting, "side:mental_health")
    assert "Ask about mornings" not in ada.get(reverse("desk:todo")).content.decode()
    mine, of_all = rows(Task).order_by("created_at")
    listed = reverse("desk:team_meetings", args=[world.east.pk])
    assert "Pat Lund" in cora.get(listed).content.decode()
    done = reverse("desk:decision_done", args=[mine.pk])
    assert cora.post(done, {"from": "list", "done": "1"}).status_code == 302
    done = reverse("desk:decision_done", args=[of_all.pk])
    cora.post(done, {"shown_in": meeting.pk, "done": "1"})
    assert all(task.done_on == TODAY for task in rows(Task).all())


def test_a_decision_about_whom_nothing_is_shared_is_not_the_team_s(
    world, east, meeting, as_
):
    ada, cora = as_("ada"), as_("cora")
    decide(ada, meeting, "side:ips_provider", str(world.quinn_episode.pk))
    task = rows(Task).get()
    assert "Ask about mornings" not in page(cora, meeting)
    done = reverse("desk:decision_done", args=[task.pk])
    assert cora.post(done, {"done": "1"}).status_code == 404


def test_what_was_decided_before_and_is_open_stands_there_again(
    world, east, meeting, as_
):
    before = MeetingFactory(
        unit=world.north, team=world.east, day=TODAY - timedelta(14)
    )
    ada = as_("ada")
    decide(ada, before, "side:ips_provider")
    html = page(ada, meeting)
    assert "decided before" in html
    task = rows(Task).get()
    done = reverse("desk:decision_done", args=[task.pk])
    ada.post(done, {"shown_in": meeting.pk, "done": "1"})
    assert "Ask about mornings" not in page(ada, meeting)


def test_a_note_is_for_both_sides_or_for_one(world, east, meeting, as_):
    ada, cora = as_("ada"), as_("cora")
    for audience, text in (("both", "Next week at ten"), ("own", "Only among us")):
        ada.post(
            address(meeting, "team_meeting_note"), {"text": text, "audience": audience}
        )
    assert "Only among us" in page(as_("ben"), meeting)
    html = page(cora, meeting)
    assert "Next week at ten" in html
    assert "Only among us" not in html
    note = rows(MeetingNote).get(text="Next week at ten")
    assert (
        cora.post(address(meeting, "team_meeting_note"), {"back": note.pk}).status_code
        == 422
    )
    ada.post(address(meeting, "team_meeting_note"), {"back": note.pk})
    assert rows(MeetingNote).count() == 1


def test_who_is_there_is_ticked_and_guests_are_named(world, east, meeting, as_):
    ada = as_("ada")
    seat = address(meeting, "team_meeting_seat")
    ada.post(seat, {"staff": world.cora.user.pk, "present": "1"})
    ada.post(seat, {"staff": world.ada.user.pk, "present": "1"})
    ada.post(seat, {"staff": world.ada.user.pk, "present": "0"})
    assert (
        ada.post(seat, {"staff": world.ola.user.pk, "present": "1"}).status_code == 422
    )
    ada.post(seat, {"guest": "  A student  nurse "})
    assert "A student nurse" in page(ada, meeting)
    assert ada.post(address(meeting, "team_meeting_state"), {"closed": "1"}).status_code
    there = dict(rows(Attendance).values_list("staff__name", "present"))
    assert there == {
        "Cora Clinician": True,
        "Ada Specialist": False,
        "Ben Supervisor": False,
        None: True,
    }


def test_a_closed_meeting_is_read_and_opened_again(world, east, meeting, as_):
    ada = as_("ada")
    state = address(meeting, "team_meeting_state")
    ada.post(state, {"closed": "1"})
    assert rows(Meeting).get(pk=meeting.pk).closed_on == TODAY
    answer = write(ada, meeting, world.pat_episode, "late")
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "This meeting is closed." in told and ">late</textarea>" in told
    ada.post(state, {"closed": "0"})
    assert write(ada, meeting, world.pat_episode, "late").status_code == 204


def test_preparing_twice_makes_one_meeting(world, east, as_):
    new = reverse("desk:team_meeting_new", args=[world.east.pk, world.north.pk])
    asked = {"day": "2026-10-12", "begins_at": "10:00"}
    first, second = (as_(name).post(new, asked) for name in ("ada", "cora"))
    assert first.url == second.url
    made = rows(Meeting).get()
    assert (made.kind, made.day) == ("treatment_team", date(2026, 10, 12))
    details = address(made, "team_meeting_details")
    asked |= {"minutes": "45", "mode": "video", "place_words": "", "row_version": "1"}
    assert as_("cora").post(details, asked).status_code == 302
    assert rows(Meeting).get().minutes == 45


# ---- Who is not referred yet -----------------------------------------------------------


def test_the_unit_sees_the_number_and_the_team_the_list(world, east, meeting, as_):
    ada, cora = as_("ada"), as_("cora")
    listed = address(meeting, "team_meeting_not_yet")
    cora.post(listed, {"label": "K. M."})
    html = page(ada, meeting)
    assert "has 1 person on its list" in html
    assert "K. M." not in html
    assert "K. M." in page(cora, meeting)
    line = rows(Discussion).get()
    assert (line.unreferred, line.discussed, line.episode_id) == (True, True, None)
    assert ada.post(listed, {"label": "X"}).status_code == 404
    person = rows(NotYetReferred).get()
    outcome = reverse("desk:not_yet_outcome", args=[person.pk])
    assert ada.post(outcome, {"outcome": "left"}).status_code == 404
    answer = cora.post(outcome, {"outcome": "referred"})
    assert answer.url == reverse("people:refer")
    assert rows(NotYetReferred).get().outcome == "referred"


def test_somebody_of_the_list_is_talked_about_and_asked_again(
    world, east, meeting, as_
):
    person = NotYetReferredFactory(team=world.east)
    cora = as_("cora")
    listed = address(meeting, "team_meeting_not_yet")
    for _twice in range(2):
        cora.post(listed, {"person": person.pk})
    assert rows(Discussion).get().not_yet_id == person.pk
    again = reverse("desk:not_yet_again", args=[person.pk])
    assert cora.post(again, {"ask_on": TODAY}).status_code == 422
    assert cora.post(again, {"ask_on": "2026-11-02"}).status_code == 302
    assert rows(NotYetReferred).get().ask_on == date(2026, 11, 2)
    assert as_("ada").get(again).status_code == 404


# ---- Paper, health record, plan ----------------------------------------------------------


def test_the_text_for_the_health_record_is_one_person_s(world, east, meeting, as_):
    share(world, world.pat)
    share(world, world.quinn)
    ada, cora = as_("ada"), as_("cora")
    write(ada, meeting, world.pat_episode, "Likes mornings", asked="Cora: sleep")
    write(ada, meeting, world.quinn_episode, "Away this week")
    decide(ada, meeting, "side:mental_health", str(world.pat_episode.pk))
    html = cora.get(address(meeting, "team_meeting_text")).content.decode()
    of_pat = re.search(r'id="text-1"[^>]*>(.*?)</textarea>', html, re.S)[1]
    assert "Likes mornings" in of_pat
    assert "Cora: sleep" in of_pat
    assert "Ask about mornings (the treatment side)" in of_pat
    assert "Away" not in of_pat
    tick = address(meeting, "team_meeting_recorded", world.pat_episode.pk)
    assert ada.post(tick, {"recorded": "1"}).status_code == 404
    cora.post(tick, {"recorded": "1"})
    line = rows(Discussion).get(episode=world.pat_episode)
    assert line.to_health_record_on == TODAY


def test_a_long_meeting_is_one_page_of_paper(world, east, meeting, as_):
    for number in range(25):
        episode = EpisodeFactory(
            unit=world.north, applicant=ApplicantFactory(given_name=f"P{number}")
        )
        TreatmentSpellFactory(
            episode=episode, team=world.east, first_day=date(2026, 1, 12)
        )
        DiscussionFactory(meeting=meeting, episode=episode, words="Said a lot. " * 9)
    made = as_("ada").get(address(meeting, "team_meeting_paper"))
    assert made["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(made.content))
    assert len(pdf.pages) == 1
    assert "P24" in pdf.pages[0].extract_text()


def test_the_team_says_that_it_has_seen_the_plan(world, east, meeting, as_):
    plan = SearchPlanFactory(
        episode=world.pat_episode,
        first_day=date(2026, 9, 1),
        agreed_on=date(2026, 9, 1),
    )
    seen_plan = address(meeting, "team_meeting_plan_seen", plan.pk)
    cora = as_("cora")
    assert cora.post(seen_plan).status_code == 404  # not shared
    share(world, world.pat)
    assert "We have seen the plan" in page(cora, meeting)
    assert "We have seen the plan" not in page(as_("ada"), meeting)
    for _twice in range(2):
        assert cora.post(seen_plan).status_code == 302
    assert rows(PlanSeen).get().team_id == world.east.pk
    assert "seen by East" in page(as_("ada"), meeting)
    assert as_("ada").post(seen_plan).status_code == 403


# ---- Corridor ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "who", "began"),
    [
        pytest.param("ada", "mental_health", "specialist", id="from the unit"),
        pytest.param("cora", "ips_provider", "clinician", id="from the clinic"),
    ],
)
def test_a_corridor_note_is_a_contact_that_both_sides_read(
    world, east, meeting, as_, name, who, began
):
    share(world, world.pat)
    corridor = reverse("desk:corridor", args=[world.pat.pk])
    client = as_(name)
    assert client.get(corridor).status_code == 200
    asked = {"text": "Sleeps badly", "who": who, "day": TODAY.isoformat()}
    assert client.post(corridor, asked).status_code == 302
    contact = rows(Contact).get()
    assert contact.with_clinician
    assert contact.attended
    assert not contact.with_applicant
    assert (contact.place, contact.initiated_by) == ("treatment_office", began)
    assert contact.note == ""
    for reader in ("ada", "cora"):
        assert "Sleeps badly" in page(as_(reader), meeting)


def test_a_corridor_note_with_the_job_centre(world, as_):
    corridor = reverse("desk:corridor", args=[world.pat.pk])
    asked = {"text": "Hours agreed", "who": "employment", "day": TODAY.isoformat()}
    as_("ada").post(corridor, asked)
    contact = rows(Contact).get()
    assert contact.with_caseworker
    assert contact.with_clinician is None
    assert contact.place == "job_centre"


def test_nobody_notes_a_talk_about_whom_they_may_not_know(world, east, as_):
    corridor = reverse("desk:corridor", args=[world.quinn.pk])
    for name in ("cora", "ola", "blake", "femi", "pat_account"):
        assert as_(name).get(corridor).status_code in (403, 404)


# ---- Cost ---------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_people(world, east, meeting, as_):
    ada = as_("ada")
    page(ada, meeting)

    def asked(address, **given):
        with CaptureQueriesContext(connection) as found:
            assert ada.get(address, given).status_code == 200
        return [one["sql"][:150] for one in found]

    pages = [address(meeting), address(meeting, "team_meeting_news")]
    pages += [address(meeting, "team_meeting_text")]
    pages += [reverse("desk:team_meetings", args=[world.east.pk])]
    write(ada, meeting, world.pat_episode, "Said")
    decide(ada, meeting, "side:ips_provider", str(world.pat_episode.pk))
    before = [asked(one) for one in pages]
    for _number in range(8):
        episode = EpisodeFactory(unit=world.north)
        TreatmentSpellFactory(
            episode=episode, team=world.east, first_day=date(2026, 1, 12)
        )
        CaseloadSpellFactory(
            episode=episode, specialist=world.ada.user, first_day=date(2026, 1, 12)
        )
        ContactFactory(episode=episode, day=TODAY - timedelta(2))
        DiscussionFactory(meeting=meeting, episode=episode)
        decide(ada, meeting, "side:ips_provider", str(episode.pk))
    after = [asked(one) for one in pages]
    assert list(map(len, after)) == list(map(len, before))
    assert max(map(len, after)) <= 45


def test_nothing_new_costs_one_query_beyond_who_asks(world, east, meeting, as_):
    ada = as_("ada")
    html = page(ada, meeting)
    with CaptureQueriesContext(connection) as quiet:
        assert news(ada, meeting, html).status_code == 204
    assert len(quiet) <= 5
    assert news(ada, meeting, html).content == b""


def test_a_meeting_that_is_still_to_come_is_not_closed(world, east, as_):
    ahead = MeetingFactory(
        unit=world.north, team=world.east, day=TODAY + timedelta(days=1)
    )
    answer = as_("ada").post(address(ahead, "team_meeting_state"), {"closed": "1"})
    assert answer.status_code == 422
    assert rows(Meeting).get(pk=ahead.pk).closed_on is None


def test_supervision_is_no_meeting_that_talked_about_somebody(
    world, east, meeting, as_
):
    share(world, world.pat)
    held = MeetingFactory(
        unit=world.north,
        kind="supervision",
        specialist=world.ada.user,
        day=TODAY - timedelta(days=3),
    )
    before = page(as_("cora"), meeting)
    DiscussionFactory(meeting=held, episode=world.pat_episode, discussed=True)
    count = "not talked about for 28 days"
    assert page(as_("cora"), meeting).count(count) == before.count(count) > 0


def test_a_counsellor_of_the_unit_is_no_side_of_its_tables(world, east, meeting, as_):
    assert as_("una").get(address(meeting)).status_code == 404
