"""Stories worth looking at, on the caseload of Ada Holm, written by hand.

Every day in them counts back from today, so that her page tells the same on whatever
day of the week the demo is made. What must happen within days lies on a weekday.
"""

from collections.abc import Callable
from datetime import date

from braid.site.demo.stories import searching, starting, turning, working
from braid.site.demo.stories.scene import Scene
from braid.site.demo.values import Life

_ONE_EACH: tuple[Callable[[Scene], Life], ...] = (
    starting.signe,
    starting.mads,
    starting.nadia,
    searching.omar,
    searching.emil,
    searching.pernille,
    searching.mai,
    searching.rasmus,
    working.tove,
    working.birgit,
    working.lene,
    working.aase,
    working.amina,
    turning.yusuf,
    turning.kasper,
    turning.mikkel,
)


def tell(today: date) -> tuple[Life, ...]:
    """Return the stories as they stand today, earlier episodes included."""
    scene = Scene(today)
    return (*(story(scene) for story in _ONE_EACH), *searching.jonas(scene))
