"""The two groups of the printed example, and invented groups for laws."""

from hypothesis import strategies as st

from braid.method.survival import LifeTable, Observation


def followed(*pairs):
    return [Observation(time, bool(event)) for time, event in pairs]


A = followed(
    *((20, 1), (35, 1), (35, 1), (60, 0), (90, 1), (120, 1)),
    *((150, 0), (200, 1), (300, 0), (300, 0), (540, 0), (540, 0)),
)
B = [
    *followed((50, 1), (110, 1), (180, 0), (240, 1), (400, 1)),
    Observation(540, False, count=7),
]
TABLES = {"A": LifeTable.of(A), "B": LifeTable.of(B)}
PEOPLE = st.lists(
    st.builds(Observation, st.integers(0, 600), st.booleans(), st.integers(1, 3)),
    min_size=1,
    max_size=30,
)


def columns(observations):
    """Return days and events, a person each."""
    each = [one for one in observations for _ in range(one.count)]
    return [one.time for one in each], [one.event for one in each]
