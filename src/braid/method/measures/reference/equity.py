"""The groups by which figures are told, to see whether all are served alike."""

from typing import Any

from braid.method.measures.words import Row, Tables

AGE_BANDS = {
    "under_25": 25,
    "25_34": 35,
    "35_44": 45,
    "45_54": 55,
    "55_and_over": 1000,
}
"""Bands of age and the age that each stays under."""
OF_EPISODE = ("gender", "age_band")
"""The groups told by the episode itself; all others stand in the table `groups`."""


class Groups:
    """The value of one group for every episode; null where it is not known."""

    def __init__(self, tables: Tables, group: str) -> None:
        self._group = group
        self._known: dict[str, str] = {}
        for row in tables["groups"]:
            if row["key"] == group:
                value = self._known.get(row["episode_id"], row["value"])
                self._known[row["episode_id"]] = min(value, row["value"])
        self._episodes = {row["episode_id"]: row for row in tables["episodes"]}

    def of(self, episode_id: str | None) -> str | None:
        """Return the value of the group for an episode."""
        episode = self._episodes.get(episode_id or "")
        if self._group == "none" or episode is None:
            return None
        if self._group == "gender":
            gender: str | None = episode["gender"]
            return gender
        if self._group == "age_band":
            return _age_band(episode)
        return self._known.get(episode["episode_id"])

    def told(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return rows with the group of their episode in the column `group`."""
        return [{**row, "group": self.of(row["episode_id"])} for row in rows]


def _age_band(episode: Row) -> str | None:
    """Return the band of the age in the year in which the episode began."""
    born = episode["birth_year"]
    began = episode["referred_on"] or episode["accepted_on"] or episode["entered_on"]
    if born is None or began is None:
        return None
    age = began.year - born
    return next((band for band, under in AGE_BANDS.items() if age < under), None)
