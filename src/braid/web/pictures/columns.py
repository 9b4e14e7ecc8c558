"""A picture of shares over periods: a column each, its figure on top, its period below."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 150  # pixels of a share of 1 on the scale
GAP = 0.28  # of a column's room, left free beside it
LABELLED = 6  # as many words as fit beneath one another's neighbours on a phone


@dataclass(frozen=True, slots=True)
class Share:
    """What one column shows. `value` runs from 0 to 1; None draws no column."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A column as drawn: `x` and `width` in per cent, `y` and `height` in pixels."""

    share: Share
    x: float
    width: float
    y: float
    height: float
    is_labelled: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def text_y(self) -> float:
        """Return where the figure stands: just above the column."""
        return round(self.y - 6, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The picture: its bars, and the share that its upper edge stands for."""

    bars: tuple[Bar, ...]
    top: float

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def is_empty(self) -> bool:
        return all(bar.share.value is None for bar in self.bars)


def draw(shares: Sequence[Share]) -> Columns:
    """Return the columns of the shares, from left to right.

    The scale runs from 0 to the next tenth above the largest share, so that small
    shares can be told apart. Words stand under every so many columns, counted from
    the last one.
    """
    largest = max((share.value or 0.0 for share in shares), default=0.0)
    top = min(1.0, (int(largest * 10) + 1) / 10)
    room = 100 / max(len(shares), 1)
    step = -(-len(shares) // LABELLED) or 1
    bars = []
    for place, share in enumerate(shares):
        height = round(HEIGHT * (share.value or 0.0) / top, 1)
        bars.append(
            Bar(
                share,
                x=round(room * (place + GAP / 2), 2),
                width=round(room * (1 - GAP), 2),
                y=round(HEIGHT - height, 1),
                height=height,
                is_labelled=(len(shares) - 1 - place) % step == 0,
            )
        )
    return Columns(tuple(bars), top)
