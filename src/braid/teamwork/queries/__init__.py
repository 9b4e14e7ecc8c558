"""Reading about working together, always in the scope of the policy."""

from braid.teamwork.queries.tasks import (
    Key,
    PutOff,
    TaskView,
    put_off,
    snooze,
    task,
    tasks,
)

__all__ = ["Key", "PutOff", "TaskView", "put_off", "snooze", "task", "tasks"]
