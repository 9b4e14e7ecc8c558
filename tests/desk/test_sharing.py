"""The pages about sharing: for the staff of the unit, and in the own account."""

from datetime import timedelta

import pytest
from django.urls import reverse

from braid.access import agreements
from braid.access.models import AuditEntry, ConsentEntry, Sharing
from braid.access.policy import Information
from tests.cast import TODAY
from tests.consents import FIRST_DAY, LAST_DAY, agree
from tests.desk.test_pages import text
from tests.factories.access import RestrictionFactory

IDENTITY, JOBS = Information.IDENTITY, Information.JOBS
GOALS = Information.WORK_GOALS
ONE_DAY = timedelta(days=1)

SIDES = {
    "ada": {
        "all": "desk:sharing",
        "give": "desk:sharing_give",
        "entry": "desk:sharing_entry",
        "until": "desk:sharing_until",
        "take_back": "desk:sharing_take_back",
    },
    "pat_account": {
        "all": "desk:own_consents",
        "give": "desk:own_consent_give",
        "entry": "desk:own_consent",
        "until": "desk:own_consent_until",
        "take_back": "desk:own_consent_withdraw",
    },
}
SAID = {"ada": {"way": "spoken"}, "pat_account": {}}


@pytest.fixture(params=SIDES)
def side(request, world, as_):
    return Side(request.param, world, as_(request.param))


class Side:
    """One side of the pages: who speaks, where, and what their forms ask besides."""

    def __init__(self, who, world, client):
        self.who, self.world, self.client = who, world, client

    def address(self, page, entry=None, **query):
        keys = [entry.pk] if entry else []
        if self.who == "ada" and page in ("all", "give"):
            keys = [self.world.pat.pk]
        address = reverse(SIDES[self.who][page], args=keys)
        said = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{address}?{said}" if said else address

    def give_address(self, **query):
        return self.address(
            "give",
            purpose="treatment",
            receiver=self.world.east.organisation_id,
            **query,
        )

    def get(self, *args, **query):
        return self.client.get(self.address(*args, **query))

    def post(self, address, **values):
        return self.client.post(address, {**SAID[self.who], **values})


def shared(day=TODAY):
    rows = Sharing.objects.filter(first_day__lte=day, last_day__gte=day)
    return set(rows.values_list("information", flat=True))


def test_the_page_says_what_is_shared_and_what_could_be(side):
    agree(side.world, side.world.pat, side.world.cora, IDENTITY, JOBS)

    page = text(side.get("all"))

    assert "may read: name and date of birth; jobs, past and present" in page
    assert "for: treatment" in page
    assert "entry 1" in page
    assert "for: help from the job centre to find work" in page
    assert "Agreed: Region may read name and date of birth" in page
    assert "in a conversation · recorded by Ada Specialist" in page


def test_the_whole_text_stands_before_anything_is_ticked(side):
    page = side.client.get(side.give_address())

    assert "Agreement about sharing information" in text(page)
    assert "You can take this back at any time" in text(page)
    assert "Region (East)" in text(page)
    assert "My treatment, so that treatment and work fit together" in text(page)
    assert b"checked" not in page.content.split(b'name="information"')[1]


def test_the_text_can_be_read_in_another_language(side):
    page = text(side.client.get(side.give_address(language="da")))

    assert "Aftale om at dele oplysninger" in page
    assert "Mine job, før og nu" in page


def test_giving(side):
    answer = side.post(
        side.give_address(language="da"),
        information=["identity", "jobs"],
        first_day=TODAY.isoformat(),
        last_day=LAST_DAY.isoformat(),
        language="da",
    )

    assert answer["Location"] == side.address("all")
    entry = ConsentEntry.objects.get()
    assert entry.text_language == "da"
    assert entry.recorded_by == side.world.cast[side.who].user
    assert shared() == {"identity", "jobs"}


def test_giving_nothing_is_told_and_what_was_typed_stays(side):
    answer = side.post(
        side.give_address(),
        first_day=TODAY.isoformat(),
        last_day=(TODAY + ONE_DAY).isoformat(),
    )

    assert answer.status_code == 422
    assert (TODAY + ONE_DAY).isoformat() in answer.content.decode()
    assert not ConsentEntry.objects.exists()


def test_what_the_command_refuses_stands_beside_its_field(side):
    answer = side.post(
        side.give_address(),
        information=["jobs"],
        first_day=TODAY.isoformat(),
        last_day="2028-01-01",
    )

    assert answer.status_code == 422
    assert "Until: An agreement lasts 12 months at most" in text(answer)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"purpose": "benefit_control", "receiver": "x"},
        {"purpose": "treatment", "receiver": "7"},
    ],
    ids=["nothing", "a purpose without consent", "nobody around"],
)
def test_what_cannot_be_agreed_leads_to_what_can_be(side, query):
    page = text(side.get("give", **query))

    assert "With whom, and what for?" in page
    assert "for: treatment" in page


def test_a_secret_address_is_not_asked_for(side):
    side.world.pat.secret_address = True
    side.world.pat.save()

    page = text(side.client.get(side.give_address()))

    assert "My phone number, e-mail and address" not in page


def test_taking_everything_back(side):
    entry = agree(side.world, side.world.pat, side.world.cora, IDENTITY, JOBS)

    side.post(side.address("take_back", entry), ends=["everything"])

    assert shared() == set()
    nothing = (
        "Nothing is shared by consent." if side.who == "ada" else "You share nothing"
    )
    assert nothing in text(side.get("all"))


def test_taking_some_of_it_back(side):
    entry = agree(side.world, side.world.pat, side.world.cora, IDENTITY, JOBS)

    side.post(side.address("take_back", entry), ends=["jobs"])

    assert shared() == {"identity"}
    assert ConsentEntry.objects.get(kind="narrowed")


def test_taking_each_class_back_is_taking_everything_back(side):
    entry = agree(side.world, side.world.pat, side.world.cora, IDENTITY, JOBS)

    side.post(side.address("take_back", entry), ends=["identity", "jobs"])

    assert ConsentEntry.objects.get(kind="withdrawn")


def test_a_later_and_an_earlier_last_day(side):
    entry = agree(
        side.world, side.world.pat, side.world.cora, JOBS, last_day=TODAY + 9 * ONE_DAY
    )

    side.post(side.address("until", entry), last_day="2027-01-31")
    assert shared(TODAY + 100 * ONE_DAY) == {"identity", "jobs"}
    side.post(side.address("until", entry), last_day=TODAY.isoformat())
    assert shared() == {"identity", "jobs"}
    assert shared(TODAY + ONE_DAY) == set()


def test_an_agreement_that_is_over_is_not_changed(side):
    entry = agree(side.world, side.world.pat, side.world.cora, JOBS)
    side.post(side.address("take_back", entry), ends=["everything"])

    assert side.client.get(side.address("take_back", entry)).status_code == 404
    assert side.client.get(side.address("until", entry)).status_code == 404


def test_the_text_of_an_entry_is_kept_in_the_language_it_was_agreed_in(side):
    entry = agree(side.world, side.world.pat, side.world.cora, IDENTITY)

    page = text(side.get("entry", entry))

    assert "Aftale om at dele oplysninger" in page
    assert "Mit navn og min fødselsdato" in page
    assert "text dk 2026.1 (da)" in page


def test_an_edition_that_is_gone_is_told(side, monkeypatch):
    entry = agree(side.world, side.world.pat, side.world.cora, IDENTITY)
    monkeypatch.setattr(
        agreements,
        "one",
        lambda _actor, key: _renamed(ConsentEntry.objects.get(pk=key)),
    )

    assert "no longer kept here" in text(side.get("entry", entry))


def _renamed(entry):
    entry.text_version = "1999.1"
    return entry


@pytest.mark.parametrize(
    ("day", "times"),
    [(TODAY, 2), (FIRST_DAY, 1)],
    ids=["by what is known today", "before anybody recorded it"],
)
def test_what_was_in_force_on_a_day(side, day, times):
    agree(side.world, side.world.pat, side.world.cora, JOBS)

    page = text(side.get("all", on=day.isoformat()))

    assert (
        page.count("may read: name and date of birth; jobs, past and present") == times
    ), "now, and then"
    nothing = "Nothing was shared by consent at the end of that day."
    assert (nothing in page) == (times == 1)


def test_opening_the_page_is_recorded(side):
    side.get("all")

    action = "sharing_opened" if side.who == "ada" else "own_consents_opened"
    assert AuditEntry.objects.get(action=action).applicant_key == side.world.pat.pk


# Staff only.


def test_who_asked_is_written_down_and_a_caseworkers_request_waits(world, as_):
    ada = Side("ada", world, as_("ada"))
    address = ada.address(
        "give",
        purpose="job_search_support",
        receiver=world.havnelund.pk,
    )
    answer = ada.client.post(
        address,
        {
            "information": ["jobs"],
            "first_day": TODAY.isoformat(),
            "last_day": LAST_DAY.isoformat(),
            "way": "paper",
            "asked_by": str(world.dev.user.pk),
            "witness": "A friend",
        },
        follow=True,
    )

    assert "It counts after some days to think about it." in text(answer)
    assert "begins on 12 Oct" in text(answer)
    assert "Dev Caseworker asked; the applicant thinks about it" in text(answer)
    assert "on paper · recorded by Ada Specialist · Dev Caseworker asked" in text(
        answer
    )
    assert "witness: A friend" in text(answer)


def test_who_is_not_around_cannot_have_asked(world, as_):
    ada = Side("ada", world, as_("ada"))
    answer = ada.post(
        ada.give_address(),
        information=["jobs"],
        first_day=TODAY.isoformat(),
        last_day=LAST_DAY.isoformat(),
        asked_by=str(world.ola.user.pk),
    )

    assert answer.status_code == 422
    assert "Choose somebody around the applicant." in text(answer)


def test_staff_cannot_speak_in_the_own_account(world, as_):
    ada = Side("ada", world, as_("ada"))
    answer = ada.post(
        ada.give_address(),
        information=["jobs"],
        first_day=TODAY.isoformat(),
        last_day=LAST_DAY.isoformat(),
        way="own_account",
    )

    assert answer.status_code == 422
    assert not ConsentEntry.objects.exists()


STATUS = {
    "ben": 200,
    "ola": 404,
    "blake": 403,
    "cora": 403,
    "dev": 403,
    "sam": 403,
    "pat_account": 404,
}


@pytest.mark.parametrize(("who", "status"), STATUS.items())
def test_who_opens_the_pages_of_staff(world, as_, who, status):
    entry = agree(world, world.pat, world.cora, JOBS)
    client = as_(who)

    for page, keys in {
        "desk:sharing": [world.pat.pk],
        "desk:sharing_give": [world.pat.pk],
        "desk:sharing_entry": [entry.pk],
        "desk:sharing_until": [entry.pk],
        "desk:sharing_take_back": [entry.pk],
    }.items():
        assert client.get(reverse(page, args=keys)).status_code == status, page


@pytest.mark.parametrize("who", ["ada", "cora", "ola", "sam"])
def test_the_own_pages_are_the_applicants_alone(world, as_, who):
    entry = agree(world, world.pat, world.cora, JOBS)
    client = as_(who)

    for page, keys in {
        "desk:own_consents": [],
        "desk:own_consent_give": [],
        "desk:own_consent": [entry.pk],
        "desk:own_consent_until": [entry.pk],
        "desk:own_consent_withdraw": [entry.pk],
    }.items():
        assert client.get(reverse(page, args=keys)).status_code in (403, 404), page


def test_another_persons_ledger_is_not_there(world, as_):
    entry = agree(world, world.quinn, world.cora, JOBS)
    client = as_("pat_account")

    for page in ("desk:own_consent", "desk:own_consent_until"):
        assert client.get(reverse(page, args=[entry.pk])).status_code == 404
    address = reverse("desk:own_consent_withdraw", args=[entry.pk])
    assert client.post(address, {"ends": ["everything"]}).status_code == 404
    assert shared() == {"identity", "jobs"}


# In the own account: what a caseworker asked for.


@pytest.fixture
def asked(world, today):
    from braid.access import consent
    from braid.access.choices import ConsentWay
    from tests.consents import MORNING, about

    return consent.give(
        actor=world.ada.actor,
        about=about(world.pat, world.dev),
        information=[JOBS],
        first_day=TODAY,
        last_day=LAST_DAY,
        taken=consent.Taken(ConsentWay.SPOKEN, "en", asked_by=world.dev.user.pk),
        now=MORNING,
    )


def test_what_a_caseworker_asked_for_is_put_to_the_applicant(as_, asked):
    page = text(as_("pat_account").get(reverse("desk:own_consents")))

    assert "You are asked" in page
    assert "Choose No, and nothing is shared: one click" in page
    assert (
        "Dev Caseworker asked that Havnelund may read: name and date of birth; jobs"
        in page
    )


@pytest.mark.parametrize(
    ("answer", "today_shared"), [("yes", {"identity", "jobs"}), ("no", set())]
)
def test_the_answer_counts_at_once(as_, asked, answer, today_shared):
    client = as_("pat_account")
    address = reverse("desk:own_consent_answer", args=[asked.pk])

    page = client.post(address, {"answer": answer}, follow=True)

    assert shared() == today_shared
    assert shared(TODAY + 8 * ONE_DAY) == today_shared
    assert "You are asked" not in text(page)


def test_an_answer_that_comes_too_late_is_told(as_, asked):
    client = as_("pat_account")
    address = reverse("desk:own_consent_answer", args=[asked.pk])
    client.post(address, {"answer": "no"})

    page = client.post(address, {"answer": "yes"}, follow=True)

    assert "There is nothing to answer any more." in text(page)
    assert shared() == set()


# Reminders.


def test_the_specialist_is_reminded_on_today_and_on_the_persons_page(world, as_):
    agree(world, world.pat, world.cora, JOBS, last_day=TODAY + 20 * ONE_DAY)
    said = "What Region may read for “treatment” ends on 25 Oct"

    assert said in text(as_("ada").get("/today/"))
    assert said in text(as_("ada").get(f"/people/{world.pat.pk}/"))
    assert said not in text(as_("ada").get(f"/people/{world.quinn.pk}/"))


def test_nobody_is_reminded_too_early(world, as_):
    agree(world, world.pat, world.cora, JOBS, last_day=TODAY + 31 * ONE_DAY)

    assert "Agreements that end soon" not in text(as_("ada").get("/today/"))


def test_a_restricted_record_is_not_shared_further_by_staff(world, as_, today):
    entry = agree(world, world.pat, world.cora, JOBS)
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    ada = as_("ada")
    for page, key in (
        ("desk:sharing", world.pat.pk),
        ("desk:sharing_give", world.pat.pk),
    ):
        assert ada.get(reverse(page, args=[key])).status_code == 403, page
    address = reverse("desk:sharing_take_back", args=[entry.pk])
    assert ada.get(address).status_code == 200
    ada.post(address, {"ends": ["everything"], "way": "spoken"})
    assert shared() == set()


def test_the_applicant_shares_a_restricted_record_as_they_like(world, as_, today):
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    assert as_("pat_account").get(reverse("desk:own_consent_give")).status_code == 200
