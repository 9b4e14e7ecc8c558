"""Writing about standing groups and the meetings that are not of a treatment team.

What every meeting has (who was there, lines, decisions, notes) is in `commands.table`.
"""

from braid.teamwork.commands.gatherings.covers import add_cover, take_cover_back
from braid.teamwork.commands.gatherings.decisions import change_decision, say_seen
from braid.teamwork.commands.gatherings.groups import (
    add_member,
    end_group,
    end_member,
    rename_group,
    start_group,
)
from braid.teamwork.commands.gatherings.matters import raise_matter, take_up
from braid.teamwork.commands.gatherings.mentoring import note_observation
from braid.teamwork.commands.gatherings.sittings import (
    call_off,
    close,
    freeze_figures,
    seat_member,
    start,
)

__all__ = [
    "add_cover",
    "add_member",
    "call_off",
    "change_decision",
    "close",
    "end_group",
    "end_member",
    "freeze_figures",
    "note_observation",
    "raise_matter",
    "rename_group",
    "say_seen",
    "seat_member",
    "start",
    "start_group",
    "take_cover_back",
    "take_up",
]
