"""What two sectors keep together: meetings, decisions, questions, proposals."""

from braid.teamwork.models.groups import Cover, Group, GroupMember, Matter
from braid.teamwork.models.meetings import (
    Attendance,
    Discussion,
    Meeting,
    MeetingNote,
    NotYetReferred,
    Observation,
)
from braid.teamwork.models.proposals import Proposal
from braid.teamwork.models.questions import AnswerLink, Question
from braid.teamwork.models.tasks import Snooze, Task, Told

__all__ = [
    "AnswerLink",
    "Attendance",
    "Cover",
    "Discussion",
    "Group",
    "GroupMember",
    "Matter",
    "Meeting",
    "MeetingNote",
    "NotYetReferred",
    "Observation",
    "Proposal",
    "Question",
    "Snooze",
    "Task",
    "Told",
]
