"""The steward's page of unusual access, and the page of whoever is asked."""

import pytest
import time_machine
from django.urls import reverse

from braid.access import audit, findings
from braid.access.models import AuditEntry, Finding, ReviewSignOff
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.access import FindingFactory

LAST = "2026-09-28"


@pytest.fixture
def finding(world):
    return FindingFactory(
        organisation=world.havnelund,
        user=world.ada.user,
        applicant_id=world.pat.pk,
        rules=["no_relation", "night"],
        accesses=3,
    )


def test_the_worklist_says_who_why_and_about_whom_without_a_name(as_, world, finding):
    heavier = FindingFactory(
        organisation=world.havnelund, user=world.ben.user, rules=["own_record", "night"]
    )
    said = text(as_("sam").get(reverse("desk:review")))
    assert "nobody of their teams works with the applicant, at night" in said
    assert findings.pseudonym(world.pat.pk) in said
    assert "3 entries" in said
    assert "Pat" not in said
    assert said.index(heavier.user.name) < said.index(world.ada.user.name)
    entry = AuditEntry.objects.get(action="review_opened")
    assert (entry.actor_id, entry.count) == (world.sam.user.pk, 2)


def test_a_finding_is_asked_about_answered_and_closed(as_, world, finding):
    sam, ada = as_("sam"), as_("ada")
    assert "You are asked" not in text(ada.get(reverse("desk:today")))
    sam.post(reverse("desk:finding_ask", args=[finding.pk]))
    today = ada.get(reverse("desk:today"))
    address = reverse("desk:finding_answer", args=[finding.pk])
    assert "You are asked why you opened a record" in text(today)
    assert address in today.content.decode()
    page = text(ada.get(address))
    assert "Pat Lund" in page
    assert "Havnelund" in page
    assert ada.post(address, {"words": "x"}).status_code == 422
    ada.post(address, {"words": "I stood in for Ben."})
    assert "You are asked" not in text(ada.get(reverse("desk:today")))
    one = reverse("desk:finding", args=[finding.pk])
    assert "I stood in for Ben." in text(sam.get(one))
    sam.post(one, {"words": "That is work."})
    finding.refresh_from_db()
    assert (finding.state, finding.closed_by) == ("closed", world.sam.user)


def test_the_finding_shows_what_the_log_says_and_no_name(as_, world, finding):
    Finding.objects.update(day=TODAY)
    audit.record(
        world.ada.actor,
        "person_opened",
        applicant=world.pat.pk,
        information=("jobs",),
        ground="own_care",
    )
    said = text(as_("sam").get(reverse("desk:finding", args=[finding.pk])))
    assert "jobs, past and present" in said
    assert "own care" in said
    assert "Pat" not in said


def test_a_week_is_signed_off_when_all_of_it_is_closed(as_, world, finding):
    with time_machine.travel("2026-09-30T08:00Z", tick=False):
        audit.record(world.ada.actor, "person_opened", applicant=world.pat.pk)
    sam = as_("sam")
    address = reverse("desk:review_sign_off")
    assert "not signed off" in text(sam.get(reverse("desk:review")))
    sam.post(address, {"week": LAST})
    assert not ReviewSignOff.objects.exists()
    findings.close(
        actor=world.sam.actor,
        key=finding.pk,
        words="That is work.",
        now=finding.found_at,
    )
    assert address in sam.get(reverse("desk:review")).content.decode()
    sam.post(address, {"week": LAST})
    assert ReviewSignOff.objects.get().week.isoformat() == LAST
    assert "Signed off:" in text(sam.get(reverse("desk:review")))


def test_looking_again_is_a_task(as_, world):
    answer = as_("sam").post(reverse("desk:review_look"), {"week": LAST})
    assert answer["Location"].endswith(f"?week={LAST}")
    assert as_("ben").post(reverse("desk:review_look")).status_code == 403


@pytest.mark.parametrize("week", ["", "nonsense", "2026-13-01"])
def test_a_week_that_is_none_is_the_last(as_, world, finding, week):
    page = as_("sam").get(reverse("desk:review"), {"week": week})
    assert world.ada.user.name in text(page)


def test_a_name_is_told_only_to_whom_it_is_still_open(as_, world, finding):
    finding.user = world.dev.user
    finding.save()
    findings.ask(actor=world.sam.actor, key=finding.pk, now=finding.found_at)
    page = text(as_("dev").get(reverse("desk:finding_answer", args=[finding.pk])))
    assert "Pat" not in page
    assert findings.pseudonym(world.pat.pk) in page


def test_ones_own_access_is_closed_by_another(as_, world, finding):
    Finding.objects.update(user=world.sam.user)
    sam = as_("sam")
    page = text(sam.get(reverse("desk:finding", args=[finding.pk])))
    assert "Another steward closes it" in page
    address = reverse("desk:finding_ask", args=[finding.pk])
    assert sam.post(address).status_code == 403
