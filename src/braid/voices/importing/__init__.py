"""Transcripts that others wrote, read into one shape without another program."""

from braid.voices.importing.reading import FORMATS, MOST_BYTES, read
from braid.voices.importing.shape import Charset, Notice, Transcript, Turn

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "Charset",
    "Notice",
    "Transcript",
    "Turn",
    "read",
]
