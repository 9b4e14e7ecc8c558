"""What the desk's pages say: clocks, people, moments and figures in words."""

from braid.desk.presenters.clocks import clock_line, due_words, greeting, is_silent
from braid.desk.presenters.figures import SpecialistLine, specialist_lines
from braid.desk.presenters.people import (
    AT_WORK,
    RESTING,
    STAGES,
    WAITING,
    CaseloadFilter,
    PersonLine,
    Stage,
    board,
    people_text,
    person_lines,
    resting_text,
    stage_of,
    state_line,
    work_line,
)
from braid.desk.presenters.timeline import OwnLine, own_line, timeline_entries

__all__ = [
    "AT_WORK",
    "RESTING",
    "STAGES",
    "WAITING",
    "CaseloadFilter",
    "OwnLine",
    "PersonLine",
    "SpecialistLine",
    "Stage",
    "board",
    "clock_line",
    "due_words",
    "greeting",
    "is_silent",
    "own_line",
    "people_text",
    "person_lines",
    "resting_text",
    "specialist_lines",
    "stage_of",
    "state_line",
    "timeline_entries",
    "work_line",
]
