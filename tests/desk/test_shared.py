"""What other organisations read of a person: exactly what was agreed, and why not more."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access import shared, subject_keys
from braid.access.models import AuditEntry, BrokenGlass, Sharing
from braid.access.policy import Information, Purpose
from braid.people.models import Applicant, TreatmentSpell
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import BrokenGlassFactory, RestrictionFactory, TeamFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseworkSpellFactory,
    EpisodeFactory,
    NoteFactory,
    OwnWordsFactory,
    TreatmentNoteFactory,
    TreatmentSpellFactory,
)
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
)

DAY = timedelta(days=1)
ALL = tuple(Information(one) for one in Information if one != Information.STATISTICAL)


def text(answer):
    """Return the words of a page, one space apart."""
    body = re.sub(
        r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S
    )
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def without_noise(answer):
    return re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def page_of(world):
    return reverse("desk:person", args=[world.pat.pk])


# Where each class is planted, field by field; `shown` are those that its readers see.
PLANTED = {
    Information.CONTACT_DETAILS: ("phone", "email", "address", "postcode", "city"),
    Information.WORK_GOALS: ("goal", "goalnote", "nextstep"),
    Information.JOBS: ("jobtitle",),
    Information.ATTENDANCE: ("entered",),
    Information.HEALTH_AT_WORK: ("healthnote",),
    Information.CONVERSATION: ("talk", "contactnote"),
    Information.TREATMENT: ("treatment",),
}
# Kept and never shown to anybody outside, whatever is agreed.
INSIDE = (
    *("referralwords", "endwords", "jobnote", "learned", "placewords", "entrywords"),
    *("refusalwords", "unspoken"),
)


def mark(word):
    return "2019-03-12" if word == "entered" else f"zq{word}"


@pytest.fixture
def planted(world):
    """Plant a marker in every field about Pat."""
    pat, episode = world.pat, world.pat_episode
    for field in ("phone", "address", "postcode", "city"):
        setattr(pat, field, mark(field))
    pat.email = f"{mark('email')}@example.org"
    pat.save()
    episode.goal, episode.referral_words = mark("goal"), mark("referralwords")
    episode.save()
    NoteFactory(episode=episode, kind="work_goals", text=mark("goalnote"))
    NoteFactory(episode=episode, kind="health_at_work", text=mark("healthnote"))
    NoteFactory(episode=episode, kind="conversation", text=mark("talk"))
    ContactFactory(
        episode=episode, note=mark("contactnote"), place_words=mark("placewords")
    )
    EmployerContactFactory(
        unit=world.north,
        episode=episode,
        learned=mark("learned"),
        next_step=mark("nextstep"),
        next_on=TODAY + DAY,
    )
    JobFactory(
        episode=episode,
        employer=EmployerFactory(unit=world.north, name="Bakery"),
        title=mark("jobtitle"),
        note=mark("jobnote"),
        end_words=mark("endwords"),
    )
    episode.entries.create(
        number=9, state="active", day=TODAY, words=mark("entrywords")
    )
    episode.refusals.create(
        unit=world.north,
        day=TODAY,
        stage="intake",
        by_role="clinician",
        reason="other",
        words=mark("refusalwords"),
    )
    episode.entered_on = date(2019, 3, 12)
    episode.save()
    TreatmentNoteFactory(
        applicant=pat,
        team=TeamFactory(organisation=world.east.organisation, kind="treatment_team"),
        sealed_text=subject_keys.seal(pat.pk, mark("treatment").encode()),
    )
    OwnWordsFactory(applicant=pat, text=mark("unspoken"))
    return pat


def met(page):
    """Return the markers that stand on a page."""
    every = {word for words in PLANTED.values() for word in words} | set(INSIDE)
    return {word for word in every if mark(word) in page}


READERS = {
    "a clinician": ("cora", Purpose.TREATMENT),
    "a caseworker": ("dev", Purpose.JOB_SEARCH_SUPPORT),
    "a caseworker in control": ("dev", Purpose.BENEFIT_CONTROL),
    "a counsellor": ("kit", Purpose.BENEFITS_COUNSELLING),
}
# What each reader may ever have by consent, beside the name.
BY_CONSENT = {
    "a clinician": set(ALL),
    "a caseworker": set(ALL) - {Information.TREATMENT, Information.CONVERSATION},
    "a caseworker in control": set(ALL)
    - {Information.TREATMENT, Information.CONVERSATION, Information.HEALTH_AT_WORK},
    "a counsellor": {
        Information.IDENTITY,
        Information.CONTACT_DETAILS,
        Information.WORK_GOALS,
        Information.JOBS,
        Information.BENEFITS,
    },
}


def share(world, member, purpose, *classes):
    """Write what would be in force, without asking whether it may be agreed."""
    for information in classes:
        Sharing.objects.create(
            applicant_id=world.pat.pk,
            organisation_id=member.actor.organisation,
            purpose=purpose.value,
            information=information.value,
            first_day=TODAY,
            last_day=TODAY + 30 * DAY,
            number=7,
        )


def browse(as_, name, purpose):
    client = as_(name)
    session = client.session
    session["purpose"] = purpose.value
    session.save()
    return client


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("information", ALL, ids=lambda one: one.value)
def test_consent_to_one_class_shows_that_class_and_no_other(
    as_, world, planted, reader, information
):
    name, purpose = READERS[reader]
    member = getattr(world, name)
    share(world, member, purpose, Information.IDENTITY)
    if information != Information.IDENTITY:
        share(world, member, purpose, information)
    page = browse(as_, name, purpose).get(page_of(world)).content.decode()
    may = information in BY_CONSENT[reader]
    expected = set(PLANTED.get(information, ())) if may else set()
    assert "Pat Lund" in page
    assert met(page) == expected


@pytest.mark.parametrize("reader", READERS)
def test_consent_to_everything_never_shows_more_than_the_role_may(
    as_, world, planted, reader
):
    name, purpose = READERS[reader]
    share(world, getattr(world, name), purpose, *ALL)
    page = browse(as_, name, purpose).get(page_of(world)).content.decode()
    allowed = {word for one in BY_CONSENT[reader] for word in PLANTED.get(one, ())}
    assert met(page) == allowed


def test_agreed_for_one_purpose_serves_no_other(as_, world, planted):
    share(world, world.dev, Purpose.JOB_SEARCH_SUPPORT, *ALL)
    share(world, world.dev, Purpose.BENEFIT_DECISION, Information.IDENTITY)
    page = browse(as_, "dev", Purpose.BENEFIT_DECISION).get(page_of(world))
    assert met(page.content.decode()) == set()
    assert "agreed for another purpose" in text(page)


def test_a_clinician_reads_what_was_agreed_and_no_longer_once_it_is_withdrawn(
    as_, world, planted
):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    cora = as_("cora")
    page = text(cora.get(page_of(world)))
    assert mark("jobtitle") in page
    assert "name and date of birth · jobs, past and present consent, until" in page
    withdraw(world, world.pat, world.cora)
    assert cora.get(page_of(world)).status_code == 404
    assert "Pat Lund" not in text(cora.get("/shared/"))


@pytest.mark.parametrize(
    "reader", ["cora", "dev", "kit", "blake", "ola", "pat_account"]
)
def test_without_a_ground_the_person_is_as_good_as_not_there(as_, world, reader):
    client = as_(reader)
    real = client.get(page_of(world))
    invented = client.get(reverse("desk:person", args=[uuid4()]))
    assert real.status_code == invented.status_code == 404
    assert without_noise(real) == without_noise(invented)


@pytest.mark.parametrize("reader", ["femi", "rui", "eve", "sam"])
def test_who_never_reads_a_record_is_refused(as_, world, reader):
    share(world, getattr(world, reader), Purpose.FUNDING, *ALL)
    assert as_(reader).get(page_of(world)).status_code == 403
    assert as_(reader).get("/shared/").status_code == 403


def test_whom_the_applicant_blocked_meets_nobody(as_, world):
    agree(world, world.pat, world.dev, Information.IDENTITY, Information.JOBS)
    agree(world, world.quinn, world.dev, Information.IDENTITY)
    assert as_("dev").get(page_of(world)).status_code == 200
    blake = as_("blake")
    invented = blake.get(reverse("desk:person", args=[uuid4()]))
    assert without_noise(blake.get(page_of(world))) == without_noise(invented)
    with_pat = without_noise(blake.get("/shared/"))
    Applicant.objects.system("a world without Pat").filter(pk=world.pat.pk).delete()
    assert without_noise(blake.get("/shared/")) == with_pat
    assert "Quinn Bruun" in with_pat
    assert "Pat" not in with_pat


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_both_pages_are_for_reading(as_, world, method):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    for address in ("/shared/", page_of(world)):
        assert getattr(as_("cora"), method)(address).status_code == 405


WITHHELD = {
    "nothing agreed": (
        "cora",
        None,
        "jobs, past and present",
        "sharing it with your organisation is not agreed; ask Ada Specialist, North.",
    ),
    "never for the role": (
        "dev",
        None,
        "treatment notes",
        "it is never shown to this role (caseworker), whatever is agreed.",
    ),
    "never for the purpose": (
        "dev",
        Purpose.BENEFIT_CONTROL,
        "what was said in confidence",
        "it never serves this purpose (control of a benefit), whatever is agreed.",
    ),
    "own care only": (
        "dev",
        None,
        "what was said in confidence",
        "only those who have the person in their own care do; ask Ada Specialist, "
        "North.",
    ),
}


@pytest.mark.parametrize("case", WITHHELD)
def test_what_is_withheld_is_told_in_one_sentence_a_reason(as_, world, case):
    name, purpose, what, why = WITHHELD[case]
    member = getattr(world, name)
    purpose = purpose or member.actor.works_at
    share(world, member, purpose, Information.IDENTITY)
    page = text(browse(as_, name, purpose).get(page_of(world)))
    assert page.count(why) == 1
    (sentence,) = re.findall(rf"You do not see ([^:]*): {re.escape(why)}", page)
    assert what in sentence.split(" · ")


def test_a_secret_address_stays_secret_whatever_is_agreed(as_, world, planted):
    world.pat.secret_address = True
    world.pat.save()
    agree(
        world, world.pat, world.cora, Information.IDENTITY, Information.CONTACT_DETAILS
    )
    page = as_("cora").get(page_of(world))
    assert met(page.content.decode()) == set()
    assert "the address is secret, whatever is agreed; ask Ada Specialist" in text(page)


def test_a_restricted_record_keeps_the_name_and_says_so(as_, world, planted):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    for reader in ("cora", "ada"):
        page = as_(reader).get(page_of(world))
        assert met(page.content.decode()) == set()
        assert "Pat Lund" in text(page)
        assert "the record is kept, but must not be used for now" in text(page)


def test_a_team_that_no_longer_works_with_the_person_is_told_that(as_, world):
    TreatmentNoteFactory(
        applicant=world.pat,
        team=world.east,
        sealed_text=subject_keys.seal(world.pat.pk, b"Our own note."),
    )
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    world.pat_episode.treatment.system("a test").update(last_day=TODAY - DAY)
    page = text(as_("cora").get(page_of(world)))
    assert "Our own note." in page
    assert "your team does not work with this person at present" in page


def test_what_the_law_gives_a_job_centre_is_read_without_consent(
    as_, world, planted, monkeypatch
):
    given = {Information.IDENTITY, Information.ATTENDANCE}
    monkeypatch.setattr(
        shared,
        "due",
        lambda one, day: (
            frozenset({(Purpose.BENEFIT_DECISION, "dk")})
            if one in given
            else frozenset()
        ),
    )
    page = browse(as_, "dev", Purpose.BENEFIT_DECISION).get(page_of(world))
    assert met(page.content.decode()) == {"entered"}
    assert "duty by law" in text(page)
    assert AuditEntry.objects.get(action="shared_person_opened").ground == "duty"
    assert as_("dev").get(page_of(world)).status_code == 404  # for another purpose


def glass_for(world, name, now):
    member = getattr(world, name)
    return BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=member.user,
        organisation_id=member.actor.organisation,
        holder=world.havnelund,
        opened_at=now - timedelta(minutes=10),
        expires_at=now + timedelta(minutes=50),
        review_due_at=now + timedelta(hours=72),
    )


@pytest.mark.parametrize("reader", ["ola", "cora"])
def test_emergency_access_opens_what_is_needed_and_nothing_else(
    as_, world, planted, reader
):
    from django.utils import timezone

    client = as_(reader)
    assert client.get(page_of(world)).status_code == 404
    glass = glass_for(world, reader, timezone.now())
    page = client.get(page_of(world))
    seen = {
        *PLANTED[Information.CONTACT_DETAILS],
        *PLANTED[Information.ATTENDANCE],
        *PLANTED[Information.HEALTH_AT_WORK],
        *(PLANTED[Information.TREATMENT] if reader == "cora" else ()),
    }
    assert met(page.content.decode()) == seen
    assert "Write a treatment note" not in text(page)
    assert "Pat Lund" in text(client.get("/shared/"))
    entry = AuditEntry.objects.get(action="shared_person_opened")
    assert (entry.ground, entry.glass_id) == ("broken_glass", glass.pk)
    BrokenGlass.objects.update(expires_at=timezone.now())
    assert client.get(page_of(world)).status_code == 404


def test_a_specialist_with_emergency_access_gets_no_caseload_of_it(as_, world, planted):
    from django.utils import timezone

    glass_for(world, "ola", timezone.now())
    ola, episode = as_("ola"), world.pat_episode.pk
    caseload = text(ola.get("/caseload/?specialist=all&view=list"))
    assert "Pat Lund" not in caseload.split("Nobody's yet")[1]
    assert "Nobody you can see" in text(ola.get("/search/?q=Lund"))
    for name in ("people:goal", "people:dates", "people:state"):
        assert ola.get(reverse(name, args=[episode])).status_code == 404
    assert ola.get(reverse("people:details", args=[world.pat.pk])).status_code == 404


def test_what_is_agreed_opens_none_of_the_units_own_pages(as_, world, planted):
    share(world, world.cora, Purpose.TREATMENT, *ALL)
    cora = as_("cora")
    contact = world.pat_episode.contacts.system("a test").get().pk
    job = world.pat_episode.jobs.system("a test").get().pk
    for name, key in (
        ("people:goal", world.pat_episode.pk),
        ("people:details", world.pat.pk),
        ("people:numbers", world.pat.pk),
        ("desk:timeline", world.pat.pk),
        ("desk:contact", contact),
        ("work:job", job),
        ("work:job_edit", job),
    ):
        answer = cora.get(reverse(name, args=[key]))
        assert answer.status_code in (403, 404), name
        assert met(answer.content.decode()) == set()


def test_opening_is_one_entry_that_says_whose_what_and_by_which_agreement(as_, world):
    entry = agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    as_("cora").get(page_of(world))
    found = AuditEntry.objects.get(action="shared_person_opened")
    assert found.applicant_key == world.pat.pk
    assert found.holder_id == world.havnelund.pk
    assert found.information == "identity,jobs"
    assert (found.ground, found.consent_number) == ("consent", entry.number)
    assert found.purpose == "treatment"


def test_the_list_says_what_until_when_and_why_and_nothing_else(as_, world, planted):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    agree(world, world.quinn, world.cora, Information.IDENTITY)
    answer = as_("cora").get("/shared/")
    page = text(answer)
    assert "Pat Lund name and date of birth · jobs, past and present consent" in page
    assert "Quinn Bruun name and date of birth consent, until 31 Aug 2027" in page
    assert met(answer.content.decode()) == set()
    found = AuditEntry.objects.get(action="shared_opened")
    assert (found.count, found.holder_id) == (2, world.havnelund.pk)


def test_the_empty_list_explains_how_sharing_comes_about(as_, world):
    page = text(as_("cora").get("/shared/"))
    assert "Nobody is shared with you yet" in page
    assert "they agreed that your organisation sees something of their record" in page


@pytest.mark.parametrize(
    ("reader", "home"),
    [
        ("cora", "/teams/{team}/meetings/"),
        ("dev", "/job-centre/"),
        ("kit", "/benefits/"),
    ],
)
def test_their_home_is_their_own_room_and_their_menu_has_no_caseload(
    as_, world, reader, home
):
    client = as_(reader)
    assert client.get("/")["Location"] == home.format(team=world.east.pk)
    menu = text(client.get("/shared/")).split("People shared with you")[1]
    assert "Shared with you" in menu
    assert not {"Today", "Caseload", "Search", "Log"} & set(menu.split())
    assert client.get("/today/").status_code == 403
    assert client.get("/search/?q=Pat").status_code == 403


def test_the_unit_has_no_list_of_what_others_hold(as_, world):
    assert as_("ada").get("/shared/").status_code == 404
    assert "Shared with you" not in text(as_("ada").get("/today/"))


def test_own_words_are_read_by_the_team_they_are_for(as_, world):
    told = OwnWordsFactory(applicant=world.pat, text="Hard week.")
    told.readers.add(world.east)
    OwnWordsFactory(applicant=world.pat, text="For nobody.")
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.CONVERSATION)
    agree(world, world.pat, world.dev, Information.IDENTITY)
    page = text(as_("cora").get(page_of(world)))
    assert "Hard week." in page
    assert "For nobody." not in page
    assert "Hard week." not in text(as_("dev").get(page_of(world)))


# Who treats somebody, and whose client they are, is told to the unit and to these alone.
TOLD = {
    "the treatment team": ("cora", "East, Cora Clinician", "Dev Caseworker"),
    "the job centre": ("dev", "Job centre, Dev Caseworker", "Cora Clinician"),
}


@pytest.mark.parametrize("reader", TOLD)
def test_each_team_is_told_of_itself_and_not_of_the_other(as_, world, reader):
    name, itself, other = TOLD[reader]
    spells = TreatmentSpell.objects.system("test").filter(episode=world.pat_episode)
    spells.update(key_clinician=world.cora.user)
    member = getattr(world, name)
    agree(world, world.pat, member, Information.IDENTITY, Information.ATTENDANCE)
    page = text(as_(name).get(page_of(world)))
    called = "IPS specialist in the team" if name == "cora" else "IPS specialist"
    assert f"{called} North, Ada Specialist" in page  # in the words of the reader
    assert itself in page
    assert other not in page
    assert ("East" in page) == (name == "cora")
    unit = text(as_("ada").get(page_of(world)))
    assert itself in unit
    assert other in unit


def test_who_sees_says_which_teams_are_told(as_, world):
    told = "A treatment team sees itself alone, and so does a job centre."
    ada, key = as_("ada"), world.pat.pk
    assert told in text(ada.get(reverse("desk:who_sees", args=[key])))
    assert told in text(as_("pat_account").get("/me/who-sees/"))
    for information, is_told in (("attendance", True), ("jobs", False)):
        page = text(ada.get(reverse("desk:audience", args=[key, information])))
        assert (told in page) is is_told


def _queries(client, address):
    client.get(address)  # what is looked up once per process
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_longer_list_takes_no_more_queries(as_, world):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    cora = as_("cora")
    before = _queries(cora, "/shared/")
    for _number in range(12):
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=world.havnelund),
            unit=world.north,
            state="active",
        )
        TreatmentSpellFactory(episode=episode, team=world.east)
        CaseworkSpellFactory(episode=episode, team=world.job_centre)
        agree(
            world, episode.applicant, world.cora, Information.IDENTITY, Information.JOBS
        )
    assert _queries(cora, "/shared/") == before


def test_more_of_everything_about_a_person_takes_no_more_queries(as_, world):
    share(world, world.cora, Purpose.TREATMENT, *ALL)
    JobFactory(episode=world.pat_episode)
    cora = as_("cora")
    before = _queries(cora, page_of(world))
    for _number in range(6):
        JobFactory(episode=world.pat_episode)
        NoteFactory(episode=world.pat_episode)
        ContactFactory(episode=world.pat_episode, note="words")
        TreatmentNoteFactory(
            applicant=world.pat,
            team=world.east,
            sealed_text=subject_keys.seal(world.pat.pk, b"words"),
        )
    assert _queries(cora, page_of(world)) == before
