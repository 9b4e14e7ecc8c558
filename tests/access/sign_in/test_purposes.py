"""Purposes: what somebody works at is chosen, shown, audited, and decides."""

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Purpose


def works_at(client) -> Purpose:
    return client.get("/appearance/").wsgi_request.actor.works_at


def choose(client, purpose):
    return client.post(reverse("access:choose_purpose", args=[purpose]))


def test_a_caseworker_begins_with_help_to_find_work(as_):
    dev = as_("dev")
    assert works_at(dev) == Purpose.JOB_SEARCH_SUPPORT
    page = dev.get("/appearance/").content.decode()
    assert "help from the job centre to find work" in page
    assert "Work at: a decision about a benefit" in page


def test_another_purpose_is_chosen_and_audited(as_, world):
    dev = as_("dev")
    choose(dev, "benefit_control")
    assert works_at(dev) == Purpose.BENEFIT_CONTROL
    entry = AuditEntry.objects.get(action="purpose_chosen")
    assert entry.purpose == "benefit_control"
    assert entry.actor_id == world.dev.user.pk
    assert "control of a benefit" in dev.get("/appearance/").content.decode()


@pytest.mark.parametrize("purpose", ["treatment", "ips_support", "nonsense"])
def test_a_purpose_of_another_role_is_not_there(as_, purpose):
    dev = as_("dev")
    assert choose(dev, purpose).status_code == 404
    assert works_at(dev) == Purpose.JOB_SEARCH_SUPPORT


def test_it_is_no_link(as_):
    address = reverse("access:choose_purpose", args=["benefit_control"])
    assert as_("dev").get(address).status_code == 405


def test_who_has_one_purpose_sees_none(as_):
    page = as_("ada").get("/appearance/").content.decode()
    assert "Work at:" not in page
    assert "support to find and keep a job" not in page
