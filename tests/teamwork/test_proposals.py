"""What was proposed instead of a job: noted as what it is, by each side, and corrected."""

from datetime import timedelta

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry, Change
from braid.access.policy import Information
from braid.kernel.errors import InputFault, Refused, Stale
from braid.teamwork import commands
from braid.teamwork.models import Proposal
from braid.teamwork.queries import proposals as queries
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.desk.test_pages import text
from tests.factories.access import RestrictionFactory
from tests.factories.teamwork import ProposalFactory
from tests.factories.work import JobFactory

GOALS = Information.WORK_GOALS
WHO = (Information.IDENTITY, Information.ATTENDANCE, GOALS)
GIVEN = {
    "kind": "internship",
    "day": TODAY.isoformat(),
    "by_role": "caseworker",
    "wanted": "no",
    "words": "I have had enough internships.",
}


def kept():
    return list(Proposal.objects.system("the test looks"))


def new(world):
    return reverse("teamwork:proposal_new", args=[world.pat_episode.pk])


def propose(world, who, **more):
    given = {"day": TODAY, "kind": "internship", "by_role": "caseworker"} | more
    return commands.propose(
        actor=getattr(world, who).actor, episode=world.pat_episode, **given
    )


# Noting.


def test_ada_notes_an_internship_that_pat_did_not_want(as_, world):
    given = GIVEN | {"by_team": world.job_centre.pk}
    answer = as_("ada").post(new(world), given)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:person", args=[world.pat.pk])
    (one,) = kept()
    assert (one.kind, one.by_role, one.by_team, one.wanted) == (
        "internship",
        "caseworker",
        world.job_centre,
        False,
    )
    entry = AuditEntry.objects.get(action="proposal_noted")
    assert entry.applicant_key == world.pat.pk


def test_it_stands_in_the_course_as_what_it_is(as_, world):
    propose(world, "ada", wanted=False, words="No more internships.")
    page = text(as_("ada").get(reverse("desk:person", args=[world.pat.pk])))
    assert "Proposed instead of a job by caseworker: an internship" in page
    assert "the person did not want it" in page
    assert "No more internships." in page


def test_dev_notes_what_he_proposed_himself_once_pat_agreed(as_, world):
    address = new(world)
    assert as_("dev").get(address).status_code == 404
    agree(world, world.pat, world.dev, *WHO)
    page = as_("dev").get(address)
    assert "What was proposed" in text(page)
    assert f'value="{world.job_centre.pk}" selected' in page.content.decode()
    answer = as_("dev").post(address, GIVEN | {"by_team": world.job_centre.pk})
    assert answer["Location"] == reverse("desk:job_centre_person", args=[world.pat.pk])
    (one,) = kept()
    assert one.created_by == world.dev.user


def test_what_dev_may_not_know_he_cannot_name(as_, world):
    """Which team treats Pat is told to the unit and to itself."""
    agree(world, world.pat, world.dev, *WHO)
    given = GIVEN | {"by_team": world.east.pk}
    assert as_("dev").post(new(world), given).status_code == 422
    with pytest.raises(InputFault) as fault:
        propose(world, "dev", by_team_id=world.east.pk)
    assert fault.value.field == "by_team"


def test_the_office_that_treats_pat_is_not_told_to_the_job_centre(world):
    propose(world, "ada", by_role="clinician", by_team_id=world.east.pk)
    agree(world, world.pat, world.dev, *WHO)
    of_ada = queries.proposals_about(world.ada.actor, world.pat.pk)
    of_dev = queries.proposals_about(world.dev.actor, world.pat.pk)
    assert [one.office for one in of_ada + of_dev] == ["East", ""]


def test_pat_writes_down_her_own(as_, world):
    pat = as_("pat_account")
    assert "Nothing is written down." in text(pat.get("/me/proposals/"))
    page = text(pat.get("/me/proposals/new/"))
    assert "Did you want it?" in page
    assert "I myself" in page
    answer = pat.post("/me/proposals/new/", GIVEN | {"by_team": world.job_centre.pk})
    assert answer["Location"] == "/me/proposals/"
    page = text(pat.get("/me/proposals/"))
    assert "I have had enough internships." in page
    assert "Job centre" in page


def test_the_unit_reads_what_pat_wrote_and_changes_none_of_it(as_, world):
    made = propose(world, "pat_account", words="I said no.")
    (seen,) = queries.proposals_about(world.ada.actor, world.pat.pk)
    assert (seen.words, seen.may_correct) == ("I said no.", False)
    address = reverse("teamwork:proposal", args=[made.pk])
    assert as_("ada").get(address).status_code == 404
    with pytest.raises(Refused):
        commands.take_back_proposal(actor=world.ada.actor, proposal=made)


@pytest.mark.parametrize(
    "given",
    [
        {"day": (TODAY + timedelta(1)).isoformat()},
        {"day": "0026-10-01"},
        {"day": ""},
        {"kind": "a_good_idea"},
        {"by_role": "minister"},
        {"by_role": ""},
        {"words": "x" * 20_001},
        {"by_team": "00000000-0000-0000-0000-000000000000"},
    ],
    ids=[
        "a day still to come",
        "a year with two figures",
        "no day",
        "a kind that there is not",
        "a role that there is not",
        "nobody who proposed it",
        "more than 20 kB",
        "an office that there is not",
    ],
)
def test_what_cannot_be_is_told_beside_its_field(as_, world, given):
    assert as_("ada").post(new(world), GIVEN | given).status_code == 422
    assert kept() == []


def test_words_of_every_kind_are_shown_as_they_were_typed(as_, world):
    words = "<b>no</b> 🙂 لا أريد"
    as_("ada").post(new(world), GIVEN | {"words": words})
    (one,) = kept()
    assert one.words == words
    page = as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    assert "&lt;b&gt;no&lt;/b&gt; 🙂 لا أريد" in page.content.decode()


# Who gets nothing.


@pytest.mark.parametrize("who", ["ola", "blake", "cora", "femi", "sam", "kit"])
def test_whoever_nothing_opens_it_to_notes_nothing(as_, world, who):
    assert as_(who).post(new(world), GIVEN).status_code in (403, 404)
    assert kept() == []


def test_blake_is_hidden_from_though_his_office_has_consent(as_, world):
    agree(world, world.pat, world.dev, *WHO)
    assert as_("dev").get(new(world)).status_code == 200
    assert as_("blake").get(new(world)).status_code == 404


def test_a_withdrawn_consent_closes_it_the_same_moment(as_, world):
    agree(world, world.pat, world.dev, *WHO)
    made = propose(world, "dev")
    withdraw(world, world.pat, world.dev)
    assert queries.proposals_about(world.dev.actor, world.pat.pk) == []
    address = reverse("teamwork:proposal", args=[made.pk])
    assert as_("dev").get(address).status_code == 404


def test_a_restricted_record_takes_no_proposal_but_pats_own(as_, world):
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    assert as_("ada").post(new(world), GIVEN).status_code in (403, 404)
    assert as_("pat_account").post("/me/proposals/new/", GIVEN).status_code == 302


def test_the_applicant_has_no_page_of_the_unit(as_, world):
    assert as_("pat_account").get(new(world)).status_code == 404
    assert as_("ada").get("/me/proposals/").status_code in (403, 404)


# Correcting and taking back.


def test_a_colleague_corrects_what_ada_noted_and_the_log_says_so(as_, world):
    made = propose(world, "ada")
    address = reverse("teamwork:proposal", args=[made.pk])
    given = GIVEN | {"kind": "course", "row_version": made.row_version}
    assert as_("ben").post(address, given).status_code == 302
    assert kept()[0].kind == "course"
    changes = Change.objects.filter(record_key=made.pk, field="kind")
    assert [(one.old, one.new) for one in changes] == [("internship", "course")]


def test_two_who_correct_at_once_lose_nothing(as_, world):
    made = propose(world, "ada")
    address = reverse("teamwork:proposal", args=[made.pk])
    first = GIVEN | {"kind": "course", "row_version": made.row_version}
    late = GIVEN | {"kind": "postpone", "row_version": made.row_version}
    assert as_("ben").post(address, first).status_code == 302
    answer = as_("ada").post(address, late)
    assert answer.status_code == 422
    page = text(answer)
    assert "Somebody changed this while you were typing" in page
    assert "Ben Supervisor" in page
    assert kept()[0].kind == "course"
    with pytest.raises(Stale):
        commands.change_proposal(
            actor=world.ada.actor,
            proposal=kept()[0],
            row_version=1,
            day=TODAY,
            kind="other",
        )


def test_the_unit_corrects_nothing_that_dev_wrote(world):
    agree(world, world.pat, world.dev, *WHO)
    made = propose(world, "dev")
    with pytest.raises(Refused):
        commands.take_back_proposal(actor=world.ada.actor, proposal=made)
    commands.take_back_proposal(actor=world.dev.actor, proposal=made)
    assert kept() == []
    assert AuditEntry.objects.filter(action="proposal_taken_back").count() == 1


def test_pat_takes_back_her_own(as_, world):
    made = propose(world, "pat_account")
    back = reverse("teamwork:proposal_take_back", args=[made.pk])
    assert as_("ada").post(back).status_code == 404
    assert as_("pat_account").post(back)["Location"] == "/me/proposals/"
    assert kept() == []


# Beside a job that is not competitive.


@pytest.mark.parametrize(
    ("placement", "kind"),
    [
        ("unpaid_internship", "internship"),
        ("flex_job", "wage_subsidy"),
        ("work_trial", "work_trial"),
        ("volunteering", "other"),
    ],
)
def test_a_job_that_is_no_ordinary_one_offers_to_note_who_proposed_it(
    as_, world, placement, kind
):
    job = JobFactory(episode=world.pat_episode, placement=placement, first_day=TODAY)
    page = as_("ada").get(reverse("work:job", args=[job.pk])).content.decode()
    address = f"{new(world)}?kind={kind}"
    assert address in page
    form = as_("ada").get(address).content.decode()
    assert f'value="{kind}"' in form
    assert "checked" in form


def test_an_ordinary_job_offers_no_such_thing(as_, world):
    job = JobFactory(
        episode=world.pat_episode, placement="competitive", first_day=TODAY
    )
    page = text(as_("ada").get(reverse("work:job", args=[job.pk])))
    assert "Who proposed this" not in page


# The number of queries.


def test_a_list_of_many_asks_no_more_than_one_of_two(world, django_assert_num_queries):
    for n in range(12):
        ProposalFactory(
            episode=world.pat_episode,
            by_team=world.job_centre,
            created_by=world.ada.user,
            day=TODAY - timedelta(n),
        )
    with django_assert_num_queries(2):
        found = queries.proposals(world.ada.actor, [world.pat_episode.pk])
    assert len(found) == 12
    assert found[0].day == TODAY
    assert all(one.may_correct for one in found)
