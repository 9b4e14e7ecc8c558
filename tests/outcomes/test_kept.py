"""The charts of all units are worked out once a snapshot, before anybody asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.facts import tasks
from braid.facts.models import Snapshot
from braid.outcomes import queries
from tests.desk.test_pages import text

ALL = "/outcomes/all-units/"
PAGES = ("", "equity/", "equity/?by=age_band", "compare/")


@pytest.fixture
def built(frozen, monkeypatch):
    """A snapshot, and nothing of it in this process; whoever opens it breaks."""
    queries._frozen.clear()
    tasks.work_out(str(Snapshot.objects.get().pk))
    queries._frozen.clear()

    def opened(*_args):
        raise AssertionError("Frozen facts were read for a page.")

    monkeypatch.setattr("braid.facts.queries.opened", opened)
    monkeypatch.setattr("braid.facts.queries.snapshot_facts", opened)
    yield frozen
    queries._frozen.clear()


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("page", PAGES)
def test_what_was_worked_out_after_a_build_is_there_for_a_page(
    as_, built, page, language
):
    joint = "&" if "?" in page else "?"
    answer = as_("sam").get(
        f"{ALL}{page}{joint}figures=1", headers={"accept-language": language}
    )
    assert answer.status_code == 200
    assert "figure" in answer.content.decode()


def test_a_page_says_the_same_as_one_that_reads_the_facts_itself(as_, frozen):
    sam = as_("sam")
    queries._frozen.clear()
    read = text(sam.get(f"{ALL}?figures=1"))
    queries.cache.clear()
    queries._frozen.clear()
    tasks.work_out(str(Snapshot.objects.get().pk))
    queries._frozen.clear()
    assert text(sam.get(f"{ALL}?figures=1")) == read


def test_another_content_of_a_snapshot_is_another_reading(as_, built):
    """Whoever is taken out of the facts leaves what was kept of them."""
    Snapshot.objects.update(hash="0" * 64)
    with pytest.raises(AssertionError, match="Frozen facts were read"):
        as_("sam").get(f"{ALL}?figures=1")


def test_a_page_of_all_units_asks_the_record_the_same_number_of_times(as_, built):
    sam = as_("sam")
    counts = set()
    for _look in range(3):
        with CaptureQueriesContext(connection) as asked:
            sam.get(f"{ALL}?figures=1")
        counts.add(len(asked))
    assert len(counts - {max(counts)}) <= 1 and max(counts) <= 40
