"""Files spoilt at random: the check never breaks, and what it lets pass can be run."""

import copy
import random
from datetime import date
from pathlib import Path

import pytest

from braid.packs import loader
from braid.packs.contracts.faults.days import beside
from braid.packs.contracts.pack import read_pack
from braid.packs.contracts.situations import Given, run_of
from braid.packs.reading import Document, read

EDITIONS = loader.editions("contracts")
NAMES = [f"{e.pack.id}-{e.pack.version}" for e in EDITIONS]
STRANGE = (
    *(None, True, 0, -1, 7, "", "x", "1.5", "1e3", [], {}, [1], ["x"], [None], [[]]),
    *({"x": 1}, {1: 2}, {"word": "job_start"}, {"word": None}, {"word": ["a"]}),
    *({"parameter": "X"}, {"parameter": 3}, {"milestone": "nope"}, {"level": "x"}),
    *(
        {"any_of": []},
        {"value": "1.005", "source": "s"},
        date(2020, 1, 1),
        [{"id": []}],
    ),
)


def places(data, at=()):
    """Yield where something stands in a document."""
    if at:
        yield at
    inside = ()
    if isinstance(data, dict | list):
        inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, each in inside:
        yield from places(each, (*at, key))


def spoilt(data, drawn):
    """Return a document with one to four passages taken out or written strangely."""
    data = copy.deepcopy(data)
    for _ in range(drawn.choice((1, 1, 2, 4))):
        at = drawn.choice(list(places(data)) or [("contract",)])
        around = data
        for key in at[:-1]:
            around = around[key]
        if drawn.random() < 0.2:
            del around[at[-1]]
        else:
            around[at[-1]] = copy.deepcopy(drawn.choice(STRANGE))
    return data


@pytest.mark.parametrize("edition", EDITIONS, ids=NAMES)
def test_a_spoilt_file_is_refused_with_sentences_or_can_be_run(edition):
    drawn = random.Random(edition.pack.id)
    good, refused = read(Path(edition.path)).data, 0
    (situation, *_more) = edition.situations
    given = Given.model_validate(situation.input)
    given = given.model_copy(update={"bindings": {}, "previous": []})
    for _ in range(120):
        document = Document("spoilt.yaml", spoilt(good, drawn))
        pack, faults = read_pack(document)
        told = [*faults, *beside([document, Document("good.yaml", good)])]
        assert all(each.message.endswith((".", "?")) for each in told)
        assert (pack is None) == bool(faults)
        refused += pack is None
        if pack is not None:
            assert run_of(pack.contract, given)["totals"]["currency"]
    assert refused > 60
