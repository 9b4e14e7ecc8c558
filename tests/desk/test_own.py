"""The applicant's own pages: what they say, and that they are nobody else's."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from braid.access import accounts
from braid.access.models import AuditEntry, Notice
from braid.people.models import OwnWords
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.access import NoticeFactory
from tests.factories.people import OwnWordsFactory
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
)
from tests.house.test_routes import names

DAY = timedelta(days=1)
PAGES = (
    *("home", "plan", "how", "people", "jobs"),
    *("data", "looked", "requests", "end"),
)
ACTS = ("how_back", "notice_seen")
BORN = {"pat": "1990-04-12", "quinn": "1984-11-03"}
PASSWORD = "violet harbour lamp 42"


@pytest.fixture
def pat(as_):
    return as_("pat_account")


def page(client, name):
    return client.get(reverse(f"desk:own_{name}"))


# ---- Whose pages these are --------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_ones_own_opens(pat, name):
    assert page(pat, name).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("member", ["ada", "ben", "cora", "dev", "sam", "ola", "blake"])
def test_it_opens_for_nobody_else(as_, name, member):
    answer = page(as_(member), name)
    assert answer.status_code == 403
    assert "Pat Lund" not in text(answer)


@pytest.mark.parametrize("name", ["home", "people", "jobs", "data", "looked"])
def test_a_page_that_is_read_takes_nothing(pat, name):
    assert pat.post(reverse(f"desk:own_{name}")).status_code == 405


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_no_page(pat, world, name):
    assert pat.get(reverse(f"desk:own_{name}", args=[world.pat.pk])).status_code == 405


def test_the_first_address_leads_to_the_own_page(pat):
    assert pat.get("/")["Location"] == reverse("desk:own_home")


def test_opening_ones_own_page_is_recorded_as_ones_own(pat, world):
    page(pat, "home")
    entry = AuditEntry.objects.filter(action="own_page_opened").get()
    assert (entry.applicant_key, entry.ground) == (world.pat.pk, "own_record")


def things_of(world, name):
    """Return a key for every kind of thing that an address may be about."""
    person, episode = getattr(world, name), getattr(world, f"{name}_episode")
    employer = EmployerFactory(unit=world.north)
    return [
        person.pk,
        episode.pk,
        ContactFactory(episode=episode, note="Quinn said something.").pk,
        JobFactory(episode=episode, employer=employer, title="Welder").pk,
        employer.pk,
        OwnWordsFactory(applicant=person, text="For me alone.").pk,
        NoticeFactory(applicant_id=person.pk).pk,
    ]


@pytest.mark.parametrize("whose", ["quinn", "pat"])
def test_no_address_of_the_site_shows_another_person_or_the_units_pages(
    pat, world, whose
):
    """Ask every address about Quinn, and those of the unit about Pat herself."""
    keys, asked = things_of(world, whose), 0
    for name in sorted(set(names())):
        if name.startswith(("web:", "account_", "demo:")) or ":own_" in name:
            continue
        for key in keys:
            try:
                address = reverse(name, args=[key])
            except NoReverseMatch:
                continue
            asked += 1
            answer = pat.get(address)
            if whose == "quinn":
                shown = text(answer) if answer.status_code == 200 else ""
                assert not re.search("Quinn|Bruun|Welder|For me alone", shown), name
            elif name.startswith(("desk:person", "people:", "work:", "desk:contact")):
                assert answer.status_code in (403, 404, 405), name
    assert asked > 100
    assert get_resolver()


@pytest.mark.parametrize("name", ACTS)
def test_nothing_of_another_applicant_can_be_changed(pat, world, name):
    *_, words, notice = things_of(world, "quinn")
    key = words if name == "how_back" else notice
    pat.post(reverse(f"desk:own_{name}", args=[key]))
    assert OwnWords.objects.system("look").filter(pk=words).exists()
    assert Notice.objects.get(pk=notice).seen_at is None


# ---- What they say ----------------------------------------------------------------------


def test_home_says_the_plan_what_comes_next_and_who_helps(pat, world):
    world.pat_episode.goal = "Mornings, with my hands."
    world.pat_episode.save()
    EmployerContactFactory(
        unit=world.north,
        employer=EmployerFactory(unit=world.north, name="Bageriet"),
        episode=world.pat_episode,
        staff=world.ada.user,
        day=TODAY - DAY,
        next_step="Visit on Friday",
        next_on=TODAY + 4 * DAY,
    )
    said = text(page(pat, "home"))
    assert "Good morning, Pat" in said
    assert "“Mornings, with my hands.”" in said
    assert "9 Oct Visit on Friday · Bageriet · Ada Specialist" in said
    assert "Ada Specialist employment specialist · North · Havnelund" in said
    assert "Dev Caseworker" in said


def test_a_role_is_called_as_in_the_country(pat):
    answer = pat.get(reverse("desk:own_people"), headers={"accept-language": "da"})
    assert "borgerens sagsbehandler" in text(answer)


def test_own_words_about_work_are_changed_and_the_unit_reads_them(pat, as_, world):
    answer = pat.post(
        reverse("desk:own_plan"), {"goal": "Bread, not boxes.", "row_version": 1}
    )
    assert answer.status_code == 302
    unit = as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    assert "“Bread, not boxes.”" in text(unit)


def test_words_changed_by_somebody_else_meanwhile_are_told(pat, as_, world):
    as_("ada").post(
        reverse("people:goal", args=[world.pat_episode.pk]),
        {"goal": "Written together.", "seen_on": TODAY.isoformat(), "row_version": 1},
    )
    answer = pat.post(reverse("desk:own_plan"), {"goal": "My own.", "row_version": 1})
    assert answer.status_code == 422
    assert "Ada Specialist changed" in text(answer)
    assert "My own." in answer.content.decode()


def how(client, **given):
    return client.post(reverse("desk:own_how"), given, follow=True)


def test_nobody_is_ticked_and_nobody_else_reads_it(pat, as_, world):
    form = page(pat, "how").content.decode()
    assert len(re.findall('name="readers"', form)) == 3
    assert "checked" not in form
    assert "Only you can read this." in text(how(pat, mood="hard", text="Slept badly."))
    unit = as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    assert "Slept badly." not in text(unit)


def test_those_who_were_ticked_read_it_until_it_is_taken_back(pat, as_, world):
    ada = as_("ada")
    person = reverse("desk:person", args=[world.pat.pk])
    said = how(pat, mood="well", text="The oven smells good.", readers=[world.north.pk])
    assert "North can read this." in text(said)
    unit = text(ada.get(person))
    assert "well · “The oven smells good.”" in unit
    assert "How it is going, in own words: well The oven smells good." in unit
    back = re.search(r'action="(/me/how/[^"]+/back/)"', said.content.decode()).group(1)
    assert "Taken back." in text(pat.post(back, follow=True))
    assert "The oven smells good." not in text(ada.get(person))


def test_a_team_that_is_not_around_cannot_be_told(pat, world):
    answer = how(pat, mood="well", readers=[world.elsewhere.pk])
    assert answer.status_code == 422
    assert not OwnWords.objects.system("look").exists()


def test_what_is_new_is_said_once_in_a_plain_sentence(pat, world):
    NoticeFactory(
        applicant_id=world.pat.pk,
        kind="request_answered",
        organisation=world.havnelund,
    )
    NoticeFactory(applicant_id=world.quinn.pk, kind="consent_asked")
    answer = page(pat, "home")
    assert "Havnelund has answered what you asked for." in text(answer)
    assert "You decide." not in text(answer)
    seen = re.search(r'action="(/me/new/[^"]+)"', answer.content.decode()).group(1)
    pat.post(seen)
    assert "has answered" not in text(page(pat, "home"))


@pytest.mark.parametrize("kind", [kind for kind, _label in Notice.kind.field.choices])
def test_every_notice_has_a_sentence(pat, world, kind):
    NoticeFactory(applicant_id=world.pat.pk, kind=kind, organisation=world.havnelund)
    said = text(page(pat, "home"))
    assert re.search("New for you .*Havnelund.* I have read this", said)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("none", "They were told nothing about your support."),
        ("support_only", "They know that somebody supports you."),
        ("health", "They know about your health."),
        ("", "It is not written down what they know about you."),
    ],
)
def test_a_job_says_what_the_employer_knows(pat, world, told, sentence):
    JobFactory(
        episode=world.pat_episode, title="Baker", disclosure=told, note="Staff only."
    )
    said = text(page(pat, "jobs"))
    assert "Baker" in said
    assert sentence in said


def test_something_is_wrong_and_the_answer_stands_there(pat, as_, world):
    from braid.access import requests

    answer = pat.post(
        reverse("desk:own_requests"),
        {"kind": "correction", "words": "I never worked there."},
        follow=True,
    )
    assert "something is wrong received “I never worked there.”" in text(answer)
    made = requests.own(world.pat_account.actor).get()
    requests.answer(
        actor=world.sam.actor, request_id=made.pk, state="done", words="It is mended."
    )
    assert "It is mended." in text(page(pat, "requests"))


def test_a_correction_without_words_is_asked_again(pat):
    answer = pat.post(reverse("desk:own_requests"), {"kind": "correction"})
    assert answer.status_code == 422
    assert "Say what is wrong" in text(answer)


def test_who_has_looked_says_who_when_and_from_where(pat, as_, world):
    as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    as_("ada").get(reverse("desk:person", args=[world.quinn.pk]))
    page(pat, "home")
    said = text(page(pat, "looked"))
    assert "Ada Specialist, employment specialist 5 Oct, 09:00 · Havnelund" in said
    assert said.count("Ada Specialist") == 1
    assert "Pat Lund, applicant" not in said


def test_who_has_looked_goes_on_over_the_page(pat, as_, world):
    for _time in range(31):
        as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    assert "Page 1 of 2" in text(page(pat, "looked"))
    second = text(pat.get(reverse("desk:own_looked"), {"page": 2}))
    assert second.count("Ada Specialist") == 1


def test_who_closes_the_page_is_out_at_once(pat, world):
    answer = pat.post(reverse("desk:own_end"), follow=True)
    assert "Your page is closed" in text(answer)
    assert page(pat, "home").status_code == 302
    assert accounts.account_of(world.pat.pk) is None


# ---- The way in -------------------------------------------------------------------------


@pytest.fixture
def letter(as_, world):
    return as_("ada").post(reverse("desk:invite", args=[world.quinn.pk]))


@pytest.fixture
def code(letter):
    return re.search(r'letter-code">([^<]+)<', letter.content.decode()).group(1)


def come(client, code, born=BORN["quinn"]):
    return client.post(reverse("desk:welcome"), {"code": code, "birth_date": born})


def test_the_invitation_is_shown_in_every_form(letter, code):
    said = text(letter)
    link = f"http://testserver/welcome/{code}/"
    assert f"Here you can open your own page: {link}" in said
    assert "until 19 Oct 2026" in said
    assert '<svg viewBox="0 0' in letter.content.decode()


def test_nothing_that_leaves_the_house_says_what_it_is_about(letter):
    body = letter.content.decode()
    message = re.search(r"<textarea[^>]*>([^<]+)<", body).group(1)
    paper = body[body.index('class="card mt letter"') : body.index("</section>")]
    words = f"{message} {re.sub('<[^>]+>', ' ', paper)}".lower()
    assert not re.search(
        r"\bips\b|job|\bwork\b|employ|treat|health|clinic|psych|north|benefit|bruun",
        words,
    )


def test_it_is_mailed_where_there_is_a_mail_server(as_, world, settings):
    settings.BRAID_MAILS = True
    answer = as_("ada").post(
        reverse("desk:invite", args=[world.quinn.pk]), {"email": "quinn@example.org"}
    )
    assert "The invitation was mailed." in text(answer)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["quinn@example.org"], "Your own page")
    assert "/welcome/" in sent.body


def test_without_a_date_of_birth_nobody_is_invited(as_, world):
    world.quinn.birth_date = None
    world.quinn.save()
    answer = as_("ada").post(reverse("desk:invite", args=[world.quinn.pk]))
    assert answer.status_code == 422
    assert "date of birth is not written down" in text(answer)


@pytest.mark.parametrize("name", ["invite", "account_end"])
@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("ben", 200),
        ("ola", 404),
        ("cora", 403),
        ("dev", 403),
        ("sam", 403),
        ("blake", 403),
        ("pat_account", 403),
    ],
)
def test_the_unit_alone_invites(as_, world, name, member, status):
    answer = as_(member).get(reverse(f"desk:{name}", args=[world.pat.pk]))
    assert answer.status_code == status


def test_code_and_date_of_birth_open_an_account(client, today, code, world):
    answer = come(client, code.lower())
    assert answer["Location"] == reverse("desk:welcome_account")
    answer = client.post(
        answer["Location"], {"email": "quinn@example.org", "password": PASSWORD}
    )
    assert answer["Location"] == "/"
    home = text(client.get("/", follow=True))
    assert "Good morning, Quinn" in home
    assert "Pat" not in home
    assert come(client, code).status_code == 422


def test_every_wrong_way_in_gets_the_same_answer(client, today, code):
    wrong = come(client, code, BORN["pat"])
    unknown = come(client, "ABCD-EFGH-JKLM")
    assert wrong.status_code == unknown.status_code == 422
    said = [re.sub(r"value=.*?>", "", a.content.decode()) for a in (wrong, unknown)]
    without_nonce = [re.sub(r'nonce="[^"]*"', "", page) for page in said]
    assert without_nonce[0] == without_nonce[1]


def test_three_wrong_dates_end_the_code(client, today, code):
    for _try in range(3):
        assert come(client, code, BORN["pat"]).status_code == 422
    assert come(client, code).status_code == 422
    assert AuditEntry.objects.filter(action="invitation_missed").count() == 3


def test_whoever_tries_codes_is_slowed_down(client, today, code):
    for _try in range(10):
        come(client, "ABCD-EFGH-JKLM")
    answer = come(client, code)
    assert answer.status_code == 422
    assert "Too many tries." in text(answer)


def test_the_link_brings_the_code_and_opens_nothing_by_itself(client, today, code):
    answer = client.get(reverse("desk:welcome_link", args=[code]))
    assert f'value="{code}"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    account = client.get(reverse("desk:welcome_account"))
    assert account["Location"] == reverse("desk:welcome")


def test_a_password_made_of_ones_name_is_refused(client, today, code):
    come(client, code)
    answer = client.post(
        reverse("desk:welcome_account"),
        {"email": "quinn@example.org", "password": "QuinnBruun1984"},
    )
    assert answer.status_code == 422
    assert "too easy to guess" in text(answer)


def test_a_colleague_connects_the_sign_in_they_have(as_, code, world):
    ola = as_("ola")
    come(ola, code)
    account = reverse("desk:welcome_account")
    assert "You are signed in as Ola Specialist." in text(ola.get(account))
    assert "Good morning, Quinn" in text(ola.post(account, follow=True))
    menu = text(ola.get("/me/"))
    assert "Act as employment specialist, South" in menu


def test_who_invited_cannot_open_the_page(as_, code):
    ada = as_("ada")
    come(ada, code)
    answer = ada.post(reverse("desk:welcome_account"))
    assert answer.status_code == 422
    assert "Only the person invited can open the page." in text(answer)


def test_the_unit_sees_the_account_and_ends_it(as_, world):
    ada = as_("ada")
    address = reverse("desk:invite", args=[world.pat.pk])
    assert "Pat has an own page since" in text(ada.get(address))
    answer = ada.post(reverse("desk:account_end", args=[world.pat.pk]), follow=True)
    assert "The account is ended." in text(answer)
    assert "Make the invitation" in text(answer)
