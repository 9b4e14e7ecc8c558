"""Writing about working together: meetings, tasks, and reminders that are put off."""

from braid.teamwork.commands.meetings import (
    NewAttendance,
    NewMeeting,
    record_attendance,
    record_meetings,
)
from braid.teamwork.commands.proposals import (
    change_proposal,
    propose,
    take_back_proposal,
)
from braid.teamwork.commands.tasks import (
    add_task,
    give_task,
    put_off,
    set_done,
    take_up_again,
)

__all__ = [
    "NewAttendance",
    "NewMeeting",
    "add_task",
    "change_proposal",
    "give_task",
    "propose",
    "put_off",
    "record_attendance",
    "record_meetings",
    "set_done",
    "take_back_proposal",
    "take_up_again",
]
