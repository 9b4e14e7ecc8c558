"""One factory a model; a house test insists on it."""

from tests.factories import (
    access,
    benefits,
    documents,
    exchange,
    facts,
    fidelity,
    funding,
    outcomes,
    people,
    teamwork,
    work,
)

ROOMS = (
    access,
    documents,
    people,
    work,
    benefits,
    teamwork,
    facts,
    outcomes,
    fidelity,
    funding,
    exchange,
)

FACTORIES = {
    value._meta.model: value
    for room in ROOMS
    for value in vars(room).values()
    if isinstance(value, type) and getattr(getattr(value, "_meta", None), "model", None)
}
