"""Reviewers who save at once: nothing is lost, and nothing is overwritten unseen.

Threads of their own, with transactions that are really committed.
"""

import threading
import time

import pytest
from django.db import OperationalError, connection

from braid.fidelity import commands, queries
from braid.fidelity.commands.rating import Said
from braid.fidelity.models import Rating
from braid.kernel.errors import InputFault, Stale
from tests.cast import make_world
from tests.fidelity.rating_scene import ITEMS, a_review, compared, ticking

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 400


@pytest.fixture
def today():
    with ticking() as day:
        yield day


@pytest.fixture
def committed(transactional_db):
    """Clear what is written for good, which no test may leave behind and none can empty."""
    yield
    if connection.vendor != "sqlite":  # elsewhere tables are cut, whatever guards rows
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        guards = [row for row in cursor.fetchall() if "append only" in row[2]]
        for name, _table, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in {table for _name, table, _sql in guards}:
            cursor.execute(f"DELETE FROM {table}")
        for _name, _table, sql in guards:
            cursor.execute(sql)


@pytest.fixture
def scene(committed, today):
    return a_review(make_world())


def kept(**of):
    rows = Rating.objects.system("test").filter(**of)
    return list(rows.order_by("created_at", "pk"))


def at_once(*acts):
    """Do several things in threads that begin together; return what became of each."""
    both, found = threading.Barrier(len(acts)), {}

    def run(number, act):
        try:
            both.wait(timeout=30)
            found[number] = _patiently(act)
        except (InputFault, Stale) as fault:
            found[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


def _patiently(act):
    """Try again where a database in memory does not wait for another writer."""
    for _attempt in range(PATIENCE):
        try:
            return act()
        except OperationalError:
            time.sleep(0.02)
    raise TimeoutError


def rating(scene, name, said, shown=None):
    return lambda: commands.rate(
        actor=scene.actor(name), review=scene.review, said=said, shown=shown
    )


def test_two_reviewers_who_save_every_item_at_once_lose_nothing(scene):
    def all_of(name, score):
        def act():
            for item in ITEMS:
                _patiently(
                    rating(scene, name, Said(item, score, seen=f"{name} {item}"))
                )

        return act

    at_once(all_of("rui", 4), all_of("eve", 2))
    for name, score in (("rui", 4), ("eve", 2)):
        mine = queries.own_ratings(scene.actor(name), scene.review)
        assert {item: (row.score, row.seen) for item, row in mine.items()} == {
            item: (score, f"{name} {item}") for item in ITEMS
        }
    assert len(kept()) == 50


def test_of_two_windows_of_one_reviewer_the_slower_is_told(scene):
    found = at_once(
        rating(scene, "rui", Said(1, 4, seen="One window"), shown=""),
        rating(scene, "rui", Said(1, 2, seen="Other window"), shown=""),
    )
    (saved,) = (one for one in found if isinstance(one, Rating))
    (late,) = (one for one in found if isinstance(one, Stale))
    assert [row.pk for row in kept()] == [saved.pk]
    assert saved.seen in {change.new for change in late.changes}


def test_of_two_who_agree_one_item_at_once_the_slower_is_told(scene):
    compared(scene)

    def agreeing(name, score):
        said = Said(1, score, reason=f"{name} says so")
        return lambda: commands.agree(
            actor=scene.actor(name), review=scene.review, said=said, shown=""
        )

    found = at_once(agreeing("rui", 4), agreeing("eve", 3))
    assert sorted(type(one).__name__ for one in found) == ["Rating", "Stale"]
    assert len(kept(stage="consensus")) == 1


def test_what_is_saved_while_it_is_locked_comes_before_the_lock_or_is_refused(scene):
    for item in ITEMS:
        scene.rate("rui", item)
    saved, _locked = at_once(
        rating(scene, "rui", Said(1, 1)),
        lambda: commands.lock(actor=scene.actor("rui"), review=scene.review),
    )
    standing = queries.own_ratings(scene.actor("rui"), scene.review)[1]
    assert standing.score == (1 if isinstance(saved, Rating) else 4)
    assert len(kept()) == (26 if isinstance(saved, Rating) else 25)
