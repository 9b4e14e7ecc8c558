"""Reviews that ended, with scores in every item, for stories of plans and of many units."""

from datetime import date, timedelta

from braid.packs import scales
from tests.factories.fidelity import RatingFactory, ReviewFactory

HELD = date(2026, 4, 20)


def reviewed(unit, score=4, *, on=HELD, status="final", scale="ips-25", **more):
    """Return a review of a unit that was told, one score in each item but those named.

    `but` are other scores by item; None is missing evidence. `advice` are recommendations.
    """
    but, advice = more.pop("but", {}), more.pop("advice", {})
    found = scales.get(scale)
    began = None if status == "planned" else on + timedelta(9)
    review = ReviewFactory(
        unit=unit,
        scale=scale,
        scale_version=found.version,
        facts_on=on,
        first_day=on + timedelta(7),
        last_day=on + timedelta(8),
        status=status,
        opened_on=began,
        told_on=began,
        **more,
    )
    for item in found.items:
        given = but.get(item.no, score)
        RatingFactory(
            review=review,
            item=item.no,
            stage="consensus",
            score=given,
            status="scored" if given is not None else "insufficient",
            recommendation=advice.get(item.no, ""),
        )
    return review
