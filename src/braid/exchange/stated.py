"""A setup as JSON again, in the form that `read_setup` reads."""

from typing import Any

from braid.exchange.roster.setup import Setup


def setup_as_json(setup: Setup) -> dict[str, Any]:
    """Return what a setup states; what it leaves open is left out."""
    stated = {
        "unit": setup.unit or None,
        "as_of": setup.as_of.isoformat() if setup.as_of else None,
        "country": setup.country,
        "specialists": [
            {
                "name": post.name,
                "fte": post.fte,
                "start": post.first_day.isoformat() if post.first_day else None,
                "end": post.last_day.isoformat() if post.last_day else None,
            }
            for post in setup.specialists
        ],
        "treatment_teams": list(setup.treatment_teams),
        "offices": list(setup.offices),
        "encoding": setup.encoding,
        "date_order": setup.date_order,
        "decimal_mark": setup.decimal_mark,
        "duration_unit": setup.duration_unit,
        "vocabulary": {name: dict(words) for name, words in setup.vocabulary.items()},
    }
    return {key: value for key, value in stated.items() if value not in (None, [], {})}
