"""PDF: its words page by page, read by another process that has little time and memory.

A PDF is a program of sorts and its readers follow it: one that turns in a circle or
unpacks for ever ends with that process, not with ours.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from braid.voices.importing.shape import Draft
from braid.voices.opening import fault

READER = Path(__file__).with_name("pdf_pages.py")
LEAST_SECONDS, MOST_SECONDS = 2, 60  # of the processor, by the size of the file
SECONDS_A_MEGABYTE = 15
MEMORY = 1024**3
ENCRYPTED, DAMAGED = "encrypted", "damaged"

_WORDS = {
    ENCRYPTED: _(
        "The file is locked with a password. Save it without one and bring that file."
    ),
    DAMAGED: _(
        "The file is damaged: its pages cannot be read. Save it again in the program that "
        "made it, or as text."
    ),
}
_TOO_MUCH = _(
    "The file was not read: its pages ask for more time or memory than a text needs. Save "
    "it again in the program that made it, or as text."
)


def read_pdf(data: bytes, draft: Draft) -> None:
    """Read the words of a PDF. Raises: InputFault (`encrypted`, `damaged`, `too_much`)."""
    seconds = LEAST_SECONDS + len(data) * SECONDS_A_MEGABYTE // 1024**2
    limits = str(min(seconds, MOST_SECONDS)), str(MEMORY)
    # Run by its path: so it loads the PDF library and nothing of ours.
    done = subprocess.run(  # noqa: S603 - our own program, no shell, no foreign word
        [sys.executable, "-I", str(READER), *limits],
        input=data,
        capture_output=True,
        check=False,
        env={},
    )
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise fault(_TOO_MUCH, "too_much") from None
    if problem := said.get("problem"):
        raise fault(_WORDS.get(problem, _TOO_MUCH), problem)
    draft.is_wrapped = True
    pages = said["pages"]
    draft.counted["pages_without_text"] = sum(not page.strip() for page in pages)
    draft.add("\n\n".join(page.strip("\n") for page in pages if page.strip()))
