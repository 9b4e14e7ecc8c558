"""Stories of disclosure: talked about, decided, kept to, taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import queries as people
from braid.people.choices import AgreedHow
from braid.work import commands, employer_facing, facts_events, queries
from braid.work.models import DisclosureDecision, EmployerContact
from tests.cast import TODAY
from tests.factories.people import PlanTargetFactory, SearchPlanFactory
from tests.factories.work import EmployerFactory

DAY = timedelta(days=1)
WORDS = "I sometimes need a short break. Then I work on."
HEALTH = {"mental_health": WORDS}


@pytest.fixture
def pat(world):
    return people.ref(people.episode(world.ada.actor, world.pat_episode.pk))


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Havnelund Bageri", industry="10")


def decide(world, pat, decision, employer=None, who="ada", **values):
    given = {
        "discussed_on": TODAY,
        "agreed_how": "own_account" if who == "pat_account" else "said",
    } | values
    return commands.decide_disclosure(
        actor=getattr(world, who).actor,
        episode=pat,
        employer_id=employer.pk if employer else None,
        decision=decision,
        **given,
    )


def log(world, pat, bakery, **values):
    given = {"day": TODAY, "mode": "in_person"} | values
    return commands.log_employer_contact(
        actor=world.ada.actor, unit=world.north, employer=bakery, episode=pat, **given
    )


def forget(world):
    """Take away what the cast agreed at the beginning."""
    DisclosureDecision.objects.system("the test begins without").delete()


def test_nobody_speaks_for_somebody_before_it_was_talked_about(world, pat, bakery):
    forget(world)
    with pytest.raises(InputFault, match="Talk about it first") as met:
        log(world, pat, bakery)
    assert (met.value.field, met.value.reason) == ("person", "none")
    assert not EmployerContact.objects.system("the test looks").exists()


@pytest.mark.parametrize("made_by", ["applicant", "other"])
def test_what_the_applicant_did_alone_is_theirs(world, pat, bakery, made_by):
    forget(world)
    assert log(world, pat, bakery, made_by=made_by, told="health").episode_id == pat.id


def test_a_contact_for_nobody_in_particular_stays_free(world, pat, bakery):
    forget(world)
    assert log(world, None, bakery).episode_id is None


def test_a_draft_opens_nothing(world, pat, bakery):
    forget(world)
    decide(world, pat, "health", agreed_how="", items={"mental_health": WORDS})
    with pytest.raises(InputFault, match="Talk about it first"):
        log(world, pat, bakery)


@pytest.mark.parametrize("made_by", ["specialist", "both"])
def test_more_than_agreed_is_refused_and_says_what_was_agreed(
    world, pat, bakery, made_by
):
    decide(world, pat, "name")
    with pytest.raises(InputFault, match="my name, nothing more") as met:
        log(world, pat, bakery, told="support", made_by=made_by)
    assert met.value.field == "told"
    assert log(world, pat, bakery, told="name", made_by=made_by).told == "name"


def test_taking_back_counts_at_once_and_for_this_employer(world, pat, bakery):
    other = EmployerFactory(unit=world.north)
    made = decide(world, pat, "support", bakery)
    log(world, pat, bakery, told="support")
    commands.take_back_disclosure(
        actor=world.pat_account.actor, decision=made, day=TODAY
    )
    with pytest.raises(InputFault, match="taken back") as met:
        log(world, pat, bakery)
    assert met.value.field == "person"
    assert log(world, pat, other).employer == other


def test_a_branch_is_kept_to_what_was_decided_for_its_employer(world, pat, bakery):
    branch = EmployerFactory(unit=world.north, parent=bakery)
    decide(world, pat, "nothing", bakery)
    with pytest.raises(InputFault, match="nobody speaks with this employer"):
        log(world, pat, branch)


def test_an_agreement_dated_back_does_not_undo_a_withdrawal(world, pat, bakery):
    made = decide(world, pat, "name", bakery, discussed_on=TODAY - 9 * DAY)
    commands.take_back_disclosure(actor=world.ada.actor, decision=made, day=TODAY)
    decide(world, pat, "health", bakery, discussed_on=TODAY - DAY, items=HEALTH)
    with pytest.raises(InputFault, match="taken back"):
        log(world, pat, bakery)


def test_an_older_draft_is_not_agreed_over_what_was_decided_the_same_day(
    world, pat, bakery
):
    draft = decide(world, pat, "health", bakery, agreed_how="", items=HEALTH)
    decide(world, pat, "nothing", bakery, who="pat_account")
    with pytest.raises(InputFault, match="Something newer"):
        commands.agree_disclosure(
            actor=world.ada.actor, decision=draft, day=TODAY, how=AgreedHow.SAID
        )


def test_what_was_agreed_then_still_covers_what_was_done_then(world, pat, bakery):
    made = decide(world, pat, "support", bakery, discussed_on=TODAY - 9 * DAY)
    commands.take_back_disclosure(actor=world.ada.actor, decision=made, day=TODAY)
    assert log(world, pat, bakery, told="support", day=TODAY - DAY)


def test_an_agreed_decision_stays_as_it_is(world, pat):
    made = decide(world, pat, "name")
    with pytest.raises(InputFault, match="Decide anew"):
        commands.change_disclosure(
            actor=world.ada.actor,
            decision=made,
            row_version=1,
            employer_id=None,
            items={},
            values={},
        )


def test_a_draft_is_changed_and_a_stale_form_is_told(world, pat):
    made = decide(world, pat, "name", agreed_how="")
    given = {
        "actor": world.ada.actor,
        "decision": made,
        "row_version": 1,
        "employer_id": None,
        "items": {"contact": "Ring in the afternoon."},
        "values": {"decision": "name", "discussed_on": TODAY, "against": "Gossip"},
    }
    commands.change_disclosure(**given)
    with pytest.raises(Stale):
        commands.change_disclosure(**given)
    (shown, *_rest) = queries.disclosures(world.ada.actor, [pat.id])
    assert shown.against == "Gossip"
    assert shown.items == {"contact": "Ring in the afternoon."}


@pytest.mark.parametrize(
    ("decision", "items", "field"),
    [
        ("name", {"diagnosis": "It is called so."}, "words_diagnosis"),
        ("health", {}, "words_mental_health"),
    ],
    ids=["a piece beyond the decision", "health without words"],
)
def test_words_and_decision_agree(world, pat, decision, items, field):
    with pytest.raises(InputFault) as met:
        decide(world, pat, decision, items=items)
    assert met.value.field == field


@pytest.mark.parametrize("who", ["cora", "dev", "ola"])
def test_nobody_else_decides(world, pat, who):
    with pytest.raises(Refused):
        decide(world, pat, "name", who=who)


def test_only_the_applicant_agrees_in_the_own_account(world, pat):
    with pytest.raises(InputFault, match="only the applicant"):
        decide(world, pat, "name", agreed_how=AgreedHow.OWN_ACCOUNT)
    assert decide(world, pat, "name", who="pat_account").agreed_on == TODAY


def test_an_employer_of_another_unit_is_not_known(world, pat):
    stranger = EmployerFactory(unit=world.elsewhere)
    with pytest.raises(InputFault, match="not in the directory"):
        decide(world, pat, "name", stranger)


def test_what_is_due_is_proposed_to_be_talked_about_again(world, pat):
    decide(world, pat, "name", discussed_on=TODAY - 90 * DAY)
    found = queries.disclosures(world.ada.actor, [pat.id])
    (holding,) = queries.in_force(found, TODAY)
    assert holding.decision == "approach"  # of 10 August, which came later
    assert queries.to_revisit(found, TODAY) == []
    assert queries.to_revisit([found[-1]], TODAY)


def test_the_facts_say_who_talked_and_who_agreed(world, pat):
    """Given a talk that Ada noted, Pat's yes is Pat's; what Pat decides alone is too."""
    forget(world)
    made = decide(world, pat, "name", agreed_how="")
    commands.agree_disclosure(
        actor=world.pat_account.actor,
        decision=made,
        day=TODAY,
        how=AgreedHow.OWN_ACCOUNT,
    )
    assert roles(made) == {
        "disclosure_discussion": "specialist",
        "disclosure_plan": "applicant",
    }
    alone = decide(world, pat, "support", who="pat_account")
    assert set(roles(alone).values()) == {"applicant"}


def roles(decision):
    parts = facts_events.plan_events([decision.episode.unit_id])
    rows = [row for part in parts for row in part if row[0] == decision.pk]
    return {row[3]: row[5] for row in rows}


# What leaves the house.


def test_an_employer_reads_the_agreed_words_and_nothing_else(world, pat, bakery):
    items = {"adjustments": WORDS, "support": "Ada helps me."}
    decide(world, pat, "support", bakery, items=items)
    words, paper = employer_facing.letter(world.ada.actor, pat, bakery, TODAY)
    assert words.name == "Pat Lund"
    assert dict(words.pieces) == items
    said = paper.text()
    assert WORDS in said and "Ada helps me." in said
    assert "health" not in said and "1990" not in said


def test_a_letter_below_support_does_not_say_that_a_specialist_helps(
    world, pat, bakery
):
    decide(world, pat, "name", bakery)
    _words, paper = employer_facing.letter(world.ada.actor, pat, bakery, TODAY)
    assert world.ada.actor.name not in paper.text()
    assert "North" not in paper.text()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("nothing", "nobody speaks with this employer"),
        ("approach", "no letter can present"),
    ],
)
def test_a_letter_beyond_the_decision_is_impossible(
    world, pat, bakery, decision, words
):
    decide(world, pat, decision, bakery)
    with pytest.raises(InputFault, match=words):
        employer_facing.letter(world.ada.actor, pat, bakery, TODAY)


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_letter_is_made_and_kept(world, pat, bakery, format, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    decide(world, pat, "support", bakery, items={"adjustments": WORDS})
    made = employer_facing.make_letter(
        actor=world.ada.actor, episode=pat, employer=bakery, day=TODAY, format=format
    )
    assert made.document_id and made.data[:4] in (b"%PDF", b"PK\x03\x04")


# The pages.


def address(world, name="disclosure", *parts):
    return reverse(f"work:{name}", args=[world.pat_episode.pk, *parts])


def test_a_talk_is_noted_agreed_and_taken_back(as_, world, bakery):
    ada = as_("ada")
    talk = {
        "employer": str(bakery.pk),
        "decision": "support",
        "words_adjustments": WORDS,
        "against": "<b>Gossip</b> 🙊",
        "discussed_on": "2026-10-05",
        "agreed_how": "",
    }
    assert ada.post(address(world, "disclosure_new"), talk).status_code == 302
    page = ada.get(address(world)).content.decode()
    assert WORDS in page and "&lt;b&gt;Gossip&lt;/b&gt; 🙊" in page
    made = DisclosureDecision.objects.system("look").get(employer=bakery)
    assert made.agreed_on is None
    ada.post(address(world, "disclosure_agree", made.pk))
    assert "Take it back" in ada.get(address(world)).content.decode()
    ada.post(address(world, "disclosure_back", made.pk))
    made = DisclosureDecision.objects.system("look").get(employer=bakery)
    assert (made.agreed_on, made.revoked_on) == (TODAY, TODAY)


def test_a_tap_on_agree_or_back_that_comes_too_late_is_told(as_, world, pat):
    draft = decide(world, pat, "name", agreed_how="")
    ada, parts = as_("ada"), [pat.id, draft.pk]
    back = ada.post(reverse("work:disclosure_back", args=parts), follow=True)
    assert "never agreed" in back.content.decode()
    for said in ("It counts from now on", "agreed already"):
        answer = ada.post(reverse("work:disclosure_agree", args=parts), follow=True)
        assert said in answer.content.decode()


def test_a_piece_beyond_the_decision_is_told_beside_its_words(as_, world):
    talk = {
        "decision": "name",
        "words_diagnosis": "It is called so.",
        "discussed_on": "2026-10-05",
        "against": "kept",
    }
    answer = as_("ada").post(address(world, "disclosure_new"), talk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "goes further than what was decided" in page and "kept" in page


def test_the_guide_is_there_and_says_no_law(as_, world):
    page = as_("ada").get(address(world)).content.decode()
    assert "Ask about the law of your country" in page
    assert "§" not in page


def test_the_words_for_an_employer_are_shown_or_said_why_not(as_, world, pat, bakery):
    ada, page = as_("ada"), address(world, "employer_words")
    decide(world, pat, "support", bakery, items={"adjustments": WORDS})
    asked = f"{page}?employer={bakery.pk}"
    assert WORDS in ada.get(asked).content.decode()
    decide(world, pat, "nothing", bakery, discussed_on=TODAY + DAY)
    made = queries.disclosures(world.ada.actor, [pat.id])[1]
    row = queries.disclosure(world.ada.actor, pat.id, made.id)
    commands.take_back_disclosure(actor=world.ada.actor, decision=row, day=TODAY)
    shown = ada.get(asked).content.decode()
    assert WORDS not in shown and "was taken back" in shown


def test_the_page_asks_the_database_the_same_whatever_its_length(
    as_, world, pat, django_assert_max_num_queries
):
    for number in range(5):
        decide(
            world,
            pat,
            "support",
            EmployerFactory(unit=world.north),
            items={"adjustments": f"{WORDS} {number}"},
        )
    ada = as_("ada")
    with django_assert_max_num_queries(21):
        ada.get(address(world))


# The Log.


def visit(bakery, world, **values):
    return {
        "employer": str(bakery.pk),
        "person": str(world.pat_episode.pk),
        "day": "2026-10-05",
        "mode": "in_person",
        "outcome": "none",
        "told": "nothing",
        "learned": "They bake from four.",
    } | values


def test_the_log_refuses_what_was_not_agreed_and_keeps_what_was_typed(
    as_, world, bakery
):
    answer = as_("ada").post(
        reverse("desk:log_employer"), visit(bakery, world, told="health")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Log what was told within it" in page
    assert "They bake from four." in page
    assert f"{address(world, 'disclosure_new')}?employer={bakery.pk}" in page


def test_what_was_agreed_and_whether_it_fits_stand_beside_the_log(as_, world, bakery):
    plan = SearchPlanFactory(
        episode=world.pat_episode, agreed_on=date(2026, 9, 1), avoid="Early buses"
    )
    PlanTargetFactory(plan=plan, kind="industry", code="10")
    query = f"?person={world.pat_episode.pk}&employer={bakery.pk}&day=2026-10-05"
    page = as_("ada").get(reverse("desk:log_beside") + query).content.decode()
    assert "without my name" in page
    assert "It seems to fit the plan." in page
    assert "Manufacture of food products" in page and "Early buses" in page


def test_without_scripts_the_fit_is_confirmed_after_saving(as_, world, bakery):
    plan = SearchPlanFactory(episode=world.pat_episode, agreed_on=date(2026, 9, 1))
    PlanTargetFactory(plan=plan, kind="industry", code="10")
    ada = as_("ada")
    answer = ada.post(reverse("desk:log_employer"), visit(bakery, world))
    made = EmployerContact.objects.system("the test looks").get()
    assert made.fits_plan is None  # nobody decided yet
    assert answer.url == reverse("desk:log_fit", args=[made.pk])
    ada.post(answer.url, {"fits": "yes"})
    made = EmployerContact.objects.system("the test looks").get()
    assert made.fits_plan is True


def test_what_the_specialist_says_is_not_asked_again(as_, world, bakery):
    plan = SearchPlanFactory(episode=world.pat_episode, agreed_on=date(2026, 9, 1))
    PlanTargetFactory(plan=plan, kind="industry", code="10")
    as_("ada").post(reverse("desk:log_employer"), visit(bakery, world, fits_plan="no"))
    assert EmployerContact.objects.system("look").get().fits_plan is False


def test_a_contact_for_nobody_says_nothing_of_anybody(as_, world, bakery):
    as_("ada").post(
        reverse("desk:log_employer"),
        visit(bakery, world, person="", told="health", fits_plan="yes"),
    )
    made = EmployerContact.objects.system("look").get()
    assert (made.told, made.fits_plan, made.episode_id) == ("", None, None)
