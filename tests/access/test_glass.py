"""Emergency access: one applicant, one hour, always told, always reviewed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access import blocks, glass, queries, secrets
from braid.access.choices import EmergencyReason, ReviewVerdict
from braid.access.models import AuditEntry, BrokenGlass, Notice
from braid.access.policy import Action, Ground, Information, decide
from braid.kernel.errors import InputFault, Refused
from braid.people import rules
from braid.people.models import Applicant
from tests.access.worlds import bare
from tests.cast import TODAY
from tests.factories.access import (
    BlockFactory,
    BrokenGlassFactory,
    RestrictionFactory,
    UserFactory,
)
from tests.factories.people import ApplicantFactory, EpisodeFactory, IdentifierFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = "He called from the bridge and asked for help."


def broken(world, who="ola", person=None, now=NOW, **given):
    return glass.break_glass(
        actor=getattr(world, who).actor,
        person=person or world.pat,
        reason=EmergencyReason.LIFE_OR_HEALTH,
        words=WORDS,
        now=now,
        **given,
    )


def at(world, who, now):
    """Return the actor as a request of that instant would have it."""
    actor = getattr(world, who).actor
    return queries.acting(actor.id, actor.role.value, actor.organisation, now)


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        pytest.param("ola", "opened", id="a specialist of another provider"),
        pytest.param("cora", "opened", id="a clinician to whom nothing is shared"),
        pytest.param("ada", "not_needed", id="the own specialist sees it anyway"),
        pytest.param("ben", "not_needed", id="the unit's supervisor sees it anyway"),
        pytest.param("dev", "not_granted", id="a caseworker never"),
        pytest.param("femi", "not_granted", id="a funder never"),
        pytest.param("kit", "not_granted", id="a counsellor never"),
        pytest.param("rui", "not_granted", id="a reviewer never"),
        pytest.param("eve", "not_granted", id="an evaluator never"),
        pytest.param("sam", "not_granted", id="a steward never"),
        pytest.param("pat_account", "not_granted", id="an applicant never"),
        pytest.param("blake", "not_granted", id="a blocked caseworker never"),
    ],
)
def test_who_may_break_the_glass(world, who, outcome):
    try:
        broken(world, who)
        met = "opened"
    except Refused as refused:
        met = refused.reason
    except InputFault as fault:
        met = fault.reason
    assert met == outcome
    assert BrokenGlass.objects.count() == (outcome == "opened")
    assert Notice.objects.count() == (outcome == "opened")


def test_it_opens_what_an_emergency_needs_and_nothing_else(world):
    broken(world, "cora")
    actor = at(world, "cora", NOW)
    allowed = {
        one
        for one in Information
        if decide(actor, Action.READ, world.pat.subject(one, TODAY)).allowed
    }
    assert allowed == {
        Information.IDENTITY,
        Information.CONTACT_DETAILS,
        Information.ATTENDANCE,
        Information.HEALTH_AT_WORK,
        Information.TREATMENT,
    }
    assert not any(
        decide(actor, action, world.pat.subject(one)).allowed
        for one in Information
        for action in (Action.RECORD, Action.SHARE, Action.BLOCK)
    )


def test_fifty_uses_fifty_notices_fifty_reviews_and_nobody_else(world):
    people = ApplicantFactory.create_batch(50, organisation=world.havnelund)
    others = ApplicantFactory.create_batch(50, organisation=world.havnelund)
    for person in people:
        EpisodeFactory(applicant=person, unit=world.north)
        broken(world, "ola", person)
    opened = at(world, "ola", NOW).opened
    assert opened == {person.pk for person in people}
    assert not opened & {person.pk for person in others}
    assert Notice.objects.filter(kind="glass_broken").count() == 50
    assert glass.to_review(world.sam.actor).count() == 50
    told = Notice.objects.values_list("applicant_id", flat=True)
    assert set(told) == opened
    entries = AuditEntry.objects.filter(action="glass_broken")
    assert {entry.applicant_key for entry in entries} == opened
    assert {entry.holder_id for entry in entries} == {world.havnelund.pk}
    assert len({entry.glass_id for entry in entries}) == 50


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(NOW, id="an ordinary morning"),
        pytest.param(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), id="clocks go back"),
        pytest.param(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="the hour twice"),
        pytest.param(datetime(2027, 3, 28, 0, 30, tzinfo=UTC), id="the hour missing"),
        pytest.param(datetime(2026, 12, 31, 22, 45, tzinfo=UTC), id="the year turns"),
    ],
)
@pytest.mark.parametrize("skew", range(-60, 121, 5))
def test_not_a_minute_beyond_the_hour(world, begun, skew):
    broken(world, "ola", now=begun)
    asked = begun + timedelta(minutes=skew)
    actor = at(world, "ola", asked)
    is_open = world.pat.pk in actor.opened
    assert is_open == (0 <= skew < 60)
    seen = Applicant.objects.visible_to(actor).filter(pk=world.pat.pk).exists()
    subject = world.pat.subject(Information.IDENTITY, TODAY)
    assert seen == decide(actor, Action.READ, subject).allowed == is_open


def test_it_holds_to_the_last_microsecond_and_not_one_more(world):
    broken(world, "ola")
    tick = timedelta(microseconds=1)
    assert at(world, "ola", NOW + HOUR - tick).opened == {world.pat.pk}
    assert at(world, "ola", NOW + HOUR).opened == frozenset()


def test_whoever_is_blocked_meets_what_nobody_meets(world):
    blocked = replace(world.ola.actor, hidden=frozenset({world.pat.pk}))
    for person in (world.pat, None):
        with pytest.raises(Refused) as refused:
            glass.break_glass(
                actor=blocked,
                person=person,
                reason=EmergencyReason.OTHER,
                words=WORDS,
                now=NOW,
            )
        assert refused.value.reason == "absent"
    assert not BrokenGlass.objects.exists()
    assert not Notice.objects.exists()


def test_a_block_set_later_closes_what_was_opened(world):
    broken(world, "ola")
    whom = blocks.Whom(world.pat.subject(), world.pat.name)
    owner = world.pat_account.actor
    blocks.set_block(actor=owner, whom=whom, name=world.ola.user.name, now=NOW)
    actor = at(world, "ola", NOW)
    subject = world.pat.subject(Information.IDENTITY, TODAY)
    assert decide(actor, Action.READ, subject).reason == "absent"
    assert glass.open_glasses(actor, NOW) == []


def test_a_restricted_record_is_not_opened(world):
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    with pytest.raises(Refused, match="restricted"):
        glass.break_glass(
            actor=at(world, "cora", NOW),
            person=world.pat,
            reason=EmergencyReason.OTHER,
            words=WORDS,
            now=NOW,
        )


def test_a_few_words_are_too_few(world):
    with pytest.raises(InputFault, match="at least 20"):
        glass.break_glass(
            actor=world.ola.actor,
            person=world.pat,
            reason=EmergencyReason.OTHER,
            words="Urgent." + " " * 40,
            now=NOW,
        )


def test_nobody_is_told_where_telling_would_do_harm_until_the_review(world):
    one = broken(world, not_told_because="The violent partner reads the phone.")
    assert not Notice.objects.exists()
    assert one.told_at is None
    glass.review(
        actor=world.sam.actor,
        key=one.pk,
        verdict=ReviewVerdict.JUSTIFIED,
        words="The danger is over.",
        tell=True,
        now=NOW + HOUR,
    )
    assert Notice.objects.get().applicant_id == world.pat.pk
    one.refresh_from_db()
    assert (one.told_at, one.verdict) == (NOW + HOUR, "justified")


def test_it_can_be_ended_before_the_hour_by_whoever_broke_it(world):
    one = broken(world)
    with pytest.raises(Http404):
        glass.close(actor=world.cora.actor, key=one.pk, now=NOW + timedelta(minutes=1))
    glass.close(actor=world.ola.actor, key=one.pk, now=NOW + timedelta(minutes=5))
    assert at(world, "ola", NOW + timedelta(minutes=5)).opened == frozenset()
    assert AuditEntry.objects.filter(action="glass_closed", glass_id=one.pk).exists()


def test_only_the_holders_steward_reviews_and_only_once(world):
    one = broken(world)
    judged = {"key": one.pk, "verdict": ReviewVerdict.NOT_JUSTIFIED, "words": "Why?"}
    for who in ("ola", "ada", "ben", "dev", "pat_account"):
        with pytest.raises(Refused):
            glass.review(actor=getattr(world, who).actor, now=NOW, **judged)
    elsewhere = replace(world.sam.actor, organisation=world.elsewhere.organisation_id)
    with pytest.raises(Http404):
        glass.review(actor=elsewhere, now=NOW, **judged)
    glass.review(actor=world.sam.actor, now=NOW, **judged)
    with pytest.raises(InputFault, match="Somebody else"):
        glass.review(actor=world.sam.actor, now=NOW, **judged)


def test_nobody_reviews_their_own(world):
    one = BrokenGlassFactory(
        applicant_id=world.pat.pk, user=world.sam.user, holder=world.havnelund
    )
    with pytest.raises(InputFault, match="your own"):
        glass.review(
            actor=world.sam.actor,
            key=one.pk,
            verdict=ReviewVerdict.JUSTIFIED,
            words="It was right.",
            now=NOW,
        )


def test_overdue_reviews_come_first(world):
    later = broken(world, person=world.pat)
    sooner = broken(world, person=world.quinn, now=NOW - timedelta(days=4))
    done = broken(world, "cora", person=world.quinn, now=NOW - timedelta(days=9))
    glass.review(
        actor=world.sam.actor,
        key=done.pk,
        verdict=ReviewVerdict.JUSTIFIED,
        words="Right.",
        now=NOW,
    )
    assert list(glass.glasses(world.sam.actor)) == [sooner, later, done]


# The page


def sent(**given):
    return {
        "number": "",
        "name": "Pat Lund",
        "birth_date": "1990-04-12",
        "reason": "life_or_health",
        "words": WORDS,
        "not_told_because": "",
        **given,
    }


def test_the_page_opens_one_person_and_says_so_until_the_hour_is_over(as_, world):
    client = as_("ola")
    answer = client.post(reverse("desk:glass"), sent())
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:person", args=[world.pat.pk])
    page = client.get(reverse("desk:today")).content.decode()
    assert "Pat Lund · 60 minutes left, until" in page
    assert "Close now" in page
    other = client.get(reverse("desk:person", args=[world.quinn.pk]))
    assert other.status_code == 404
    with time_machine.travel(NOW + HOUR, tick=False):
        assert "Pat Lund" not in client.get(reverse("desk:today")).content.decode()


def test_the_band_ends_it(as_, world):
    client = as_("ola")
    client.post(reverse("desk:glass"), sent())
    one = BrokenGlass.objects.get()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        closed = client.post(reverse("desk:glass_close", args=[one.pk]))
        assert closed.status_code == 302
        assert "Close now" not in client.get(reverse("desk:today")).content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"name": "Pat"}, id="half a name"),
        pytest.param({"name": "Pat Lun"}, id="a letter short"),
        pytest.param({"birth_date": "1990-04-13"}, id="a day beside"),
        pytest.param({"number": "120490-123"}, id="part of a number"),
        pytest.param({"number": "1204901235"}, id="another number"),
    ],
)
def test_nobody_is_found_by_a_part(as_, world, changed):
    IdentifierFactory(applicant=world.pat, system="dk-cpr")
    answer = as_("ola").post(reverse("desk:glass"), sent(**changed))
    assert answer.status_code == 422
    assert "Nobody was found by exactly this" in answer.content.decode()
    entry = AuditEntry.objects.get(action="emergency_searched")
    assert entry.outcome == "nobody"
    assert len(entry.digest) == 64


@pytest.mark.parametrize("spelled", ["pat lund", "  Pat   LUND "])
def test_case_and_spaces_do_not_matter(as_, world, spelled):
    answer = as_("ola").post(reverse("desk:glass"), sent(name=spelled))
    assert answer.status_code == 302


def test_a_whole_number_finds_its_person(as_, world):
    checked = rules.check_number("dk-cpr", "070761-4285")
    IdentifierFactory(
        applicant=world.quinn,
        system="dk-cpr",
        value_hash=secrets.keyed_hash("dk-cpr", checked.normalised),
    )
    given = sent(number="0707614285", name="", birth_date="")
    as_("ola").post(reverse("desk:glass"), given)
    assert BrokenGlass.objects.get().applicant_id == world.quinn.pk


def test_unknown_and_blocked_get_the_same_answer_for_the_same_work(
    as_, world, django_assert_num_queries
):

    answers, counts = [], []
    client = as_("ola")
    client.post(reverse("desk:glass"), sent(name="Nobody At All"))
    BlockFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, user=world.ola.user
    )
    for name in ("Pat Lund", "Nobody Here"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(reverse("desk:glass"), sent(name=name))
        answers.append((answer.status_code, bare(answer).replace(name, "…")))
        counts.append(len(asked))
    assert answers[0] == answers[1]
    assert counts[0] == counts[1]
    outcomes = AuditEntry.objects.filter(action="emergency_searched")
    assert [entry.outcome for entry in outcomes] == ["nobody", "blocked", "nobody"]


def test_several_records_of_one_person_are_asked_about(as_, world):
    twin = ApplicantFactory(
        organisation=world.elsewhere.organisation,
        given_name="Pat",
        family_name="Lund",
        birth_date=world.pat.birth_date,
    )
    client = as_("cora")
    answer = client.post(reverse("desk:glass"), sent())
    assert answer.status_code == 422
    assert "Several organisations hold a record" in answer.content.decode()
    assert "Elsewhere" in answer.content.decode()
    client.post(reverse("desk:glass"), sent(record=str(twin.pk)))
    assert BrokenGlass.objects.get().applicant_id == twin.pk
    assert (
        client.post(reverse("desk:glass"), sent(record=str(uuid4()))).status_code == 422
    )


def test_whom_one_sees_anyway_is_simply_shown(as_, world):
    answer = as_("ada").post(reverse("desk:glass"), sent(), follow=True)
    assert "This person is open to you already." in answer.content.decode()
    assert not BrokenGlass.objects.exists()


def test_fishing_ends_after_ten_searches(as_, world):
    client = as_("ola")
    for number in range(10):
        client.post(reverse("desk:glass"), sent(name=f"Somebody {number}"))
    answer = client.post(reverse("desk:glass"), sent())
    assert "Too many searches" in answer.content.decode()
    assert not BrokenGlass.objects.exists()


def test_terms_of_a_search_are_nowhere_in_the_audit(as_, world):
    as_("ola").post(reverse("desk:glass"), sent(name="Marker Markersen"))
    entry = AuditEntry.objects.get(action="emergency_searched")
    assert "marker" not in str(entry.__dict__).casefold()


def test_without_a_fresh_factor_one_is_asked_first(as_, world):
    world.ola.user.set_password("bread harbour lantern")
    world.ola.user.save()
    client = as_("ola")
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        answer = client.get(reverse("desk:glass"))
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_the_steward_sees_what_was_opened_and_judges(as_, world):
    client = as_("ola")
    client.post(reverse("desk:glass"), sent())
    one = BrokenGlass.objects.get()
    sam = as_("sam")
    home = sam.get(reverse("desk:stewardship")).content.decode()
    assert "1 waits" in home
    page = sam.get(reverse("desk:glass_review", args=[one.pk])).content.decode()
    assert WORDS in page
    assert "name and date of birth" in page
    answer = sam.post(
        reverse("desk:glass_review", args=[one.pk]),
        {"verdict": "justified", "words": "He was found in time."},
    )
    assert answer["Location"] == reverse("desk:glasses")
    assert "1 waits" not in sam.get(reverse("desk:stewardship")).content.decode()
    assert "justified" in sam.get(reverse("desk:glasses")).content.decode()


def test_a_review_that_waits_too_long_says_so(as_, world):
    BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=UserFactory(name="Late Reader"),
        holder=world.havnelund,
        opened_at=NOW - timedelta(days=5),
        expires_at=NOW - timedelta(days=5) + HOUR,
        review_due_at=NOW - timedelta(days=2),
    )
    page = as_("sam").get(reverse("desk:glasses")).content.decode()
    assert "overdue" in page


def test_the_ground_of_what_was_opened_is_broken_glass(world):
    broken(world, "ola")
    subject = world.pat.subject(Information.IDENTITY, TODAY)
    answer = decide(at(world, "ola", NOW), Action.READ, subject)
    assert answer.reason == Ground.BROKEN_GLASS
