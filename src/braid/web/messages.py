"""Messages shown as toasts, with a way back where an act can be undone."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

# The stores of django.contrib.messages keep a text, a level and one string of tags,
# so the address of the undo travels in that string.
_PREFIX = "undo:"


def undoable(request: HttpRequest, text: str, undo_url: str) -> None:
    """Tell that something was done, with a button that posts to `undo_url`."""
    messages.success(request, text, extra_tags=f"{_PREFIX}{undo_url}")


def undo_url(message: Message) -> str:
    """Return where the message's undo is posted to, or an empty string."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_PREFIX) if tags.startswith(_PREFIX) else ""
