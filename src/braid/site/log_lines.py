"""Lines of the log: where something broke, never what stood in it."""

import logging
import time
import traceback
from typing import Any


class PlainFormatter(logging.Formatter):
    """Writes an error as its type and its frames.

    Its message is left out: the database, for one, names the values that it refused.
    Instants are in UTC, in the form of RFC 3339.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatException(self, ei: Any) -> str:
        error: BaseException | None = ei[1]
        lines: list[str] = []
        while error is not None:
            frames = traceback.format_tb(error.__traceback__)
            lines = [*frames, type(error).__name__, *lines]
            hidden = error.__suppress_context__
            error = error.__cause__ or (None if hidden else error.__context__)
        return "\n".join(line.rstrip("\n") for line in lines)
