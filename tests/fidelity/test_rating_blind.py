"""Blind means blind: of what one reviewer gives no answer of the site tells another.

Every address is asked: those of the fidelity room with each key that anybody could know,
by everybody who may take part, and all others by the fellow reviewer.
"""

import re
from contextlib import suppress

import pytest
from django.urls import (
    NoReverseMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    reverse,
)
from django.urls.converters import (
    IntConverter,
    SlugConverter,
    StringConverter,
    UUIDConverter,
)

from braid.fidelity import commands
from braid.fidelity.models import Evidence, Rating, Seat
from tests.fidelity.rating_scene import ITEMS, a_review, ticking, told

pytestmark = pytest.mark.django_db

SEEN, ADVICE, HEARD = "SEEN-BY-RUI-7f31", "ADVICE-OF-RUI-9c02", "HEARD-BY-RUI-4be8"
MARKERS = (SEEN, ADVICE, HEARD)
ROOM = "fidelity:"
OTHERS = ("eve", "mo", "ben", "cora")
# What differs between two answers about the same things.
ONLY_ONCE = re.compile(
    r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"|nonce="[^"]*"|term-\w{8}'
    r"|'nonce-[^']*'|<time[^>]*>[^<]*</time>"
)


@pytest.fixture
def today():
    with ticking() as day:
        yield day


@pytest.fixture
def scene(world):
    return a_review(world)


def rate_with_marks(scene) -> None:
    """Rui rates twelve items, twos among them, with words that nobody else has."""
    for item in list(ITEMS)[:12]:
        scene.rate("rui", item, 2, seen=SEEN, recommendation=ADVICE)
    commands.gather(
        actor=scene.actor("rui"),
        review=scene.review,
        kind="interview",
        text=HEARD,
        item=3,
    )


def addresses(scene, room: str = ""):
    """Yield every address that fits what is known of the review, or those of a room."""
    keys = [scene.review.pk, scene.review.snapshot_id, scene.world.north.pk]
    for model in (Rating, Evidence, Seat):
        rows = model.objects.system("test").filter(review=scene.review)
        keys += rows.order_by("created_at").values_list("pk", flat=True)[:2]
    known = {
        UUIDConverter: keys,
        IntConverter: [1, 3],
        SlugConverter: ["north", "ips-25", "consensus", "csv"],
        StringConverter: ["north", "ips-25"],
    }
    once = {kind: values[:1] for kind, values in known.items()}
    for name, converters in sorted(routes()):
        if name.startswith(room):
            is_ours = name.startswith(ROOM)
            yield from _filled(name, converters, known if is_ours else once)


def routes():
    """Yield the name of each route with its arguments and what kind each is."""
    yield from _routes(get_resolver().url_patterns, "", ())


def _routes(patterns, space, before):
    for one in patterns:
        converters = (*before, *one.pattern.converters.items())
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _routes(one.url_patterns, inner, converters)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", converters


def _filled(name, converters, known):
    """Yield a route with every value for one argument, the first for the others."""
    values = {arg: known.get(type(kind), []) for arg, kind in converters}
    if not all(values.values()):
        return
    first = {arg: each[0] for arg, each in values.items()}
    seen = {tuple(first.items()): first}
    for arg, each in values.items():
        for value in each:
            chosen = {**first, arg: value}
            seen[tuple(chosen.items())] = chosen
    for chosen in seen.values():
        with suppress(NoReverseMatch):  # of signing in, by a pattern of its own
            yield reverse(name, kwargs=chosen)


def body(response) -> str:
    """Return all that an answer says, its head and its cookies too."""
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return content.decode(errors="replace") + repr(response.headers)


@pytest.mark.parametrize("name", OTHERS)
def test_no_answer_holds_what_a_fellow_reviewer_wrote(scene, as_, name):
    rate_with_marks(scene)
    client = as_(name)
    opened = 0
    for address in addresses(scene, "" if name == "eve" else ROOM):
        response = client.get(address)
        text = body(response)
        for marker in MARKERS:
            assert marker not in text, f"{name} reads it at {address}"
        opened += response.status_code == 200 and "fidelity" in address
    assert opened >= (3 if name != "cora" else 0)


def test_the_walk_finds_what_is_there_to_be_found(scene, as_):
    """The same walk by the reviewer finds every mark, so it looks in the right places."""
    rate_with_marks(scene)
    rui = as_("rui")
    read = "".join(body(rui.get(one)) for one in addresses(scene, ROOM))
    assert all(marker in read for marker in MARKERS)


def test_nothing_that_eve_reads_changes_by_what_rui_rates(scene, as_):
    """No counter, no colour, no order: page by page the same before and after."""
    eve = as_("eve")
    before = {
        one: ONLY_ONCE.sub("", body(eve.get(one))) for one in addresses(scene, ROOM)
    }
    rate_with_marks(scene)
    for address, text in before.items():
        after = ONLY_ONCE.sub("", body(eve.get(address)))
        assert after == text, address


def test_bad_input_is_answered_without_the_fellows_rating(scene, as_):
    rate_with_marks(scene)
    eve = as_("eve")
    address = reverse("fidelity:rate_item", args=[scene.review.pk, 1])
    rating = Rating.objects.system("test").filter(item=1).get()
    for given in ({}, {"rating": "9"}, {"rating": "4", "shown": str(rating.pk)}):
        response = eve.post(address, given)
        assert response.status_code == 422
        assert not any(marker in body(response) for marker in MARKERS)


def test_one_locked_reviewer_opens_nothing(scene, as_):
    scene.rate_all("rui", 2, seen=SEEN, recommendation=ADVICE)
    eve = as_("eve")
    for name in ("disagreement", "consensus", "moderation"):
        response = eve.get(reverse(f"fidelity:{name}", args=[scene.review.pk]))
        assert response.status_code == 404
    page = eve.get(reverse("fidelity:rate", args=[scene.review.pk]))
    assert "has locked" in page.content.decode()
    assert SEEN not in page.content.decode()


def test_once_both_have_locked_each_reads_the_other(scene, as_):
    scene.rate_all("rui", 2, seen=SEEN, recommendation=ADVICE)
    scene.rate_all("eve", 4)
    scene.step("eve", "consensus")
    for name, status in (("eve", 200), ("mo", 200), ("ben", 403), ("ada", 403)):
        page = as_(name).get(reverse("fidelity:disagreement", args=[scene.review.pk]))
        assert page.status_code == status, name
        assert (SEEN in page.content.decode()) is (status == 200)


def test_what_each_rated_alone_is_not_shown_to_the_service(scene, as_):
    """It reads what was agreed; who rated what is for the reviewers to learn from."""
    told(scene)
    ben = as_("ben")
    for name in ("review", "answers", "final"):
        page = ben.get(reverse(f"fidelity:{name}", args=[scene.review.pk]))
        assert page.status_code == 200
        assert "Rui Reviewer: 4" not in page.content.decode(), name
