"""Why a file is not read: what was met, what was expected, what to do."""

from braid.exchange.roster.wording import N_, say
from braid.kernel.errors import InputFault

NOT_A_TABLE = N_(
    "“%(file)s” is %(met)s. A roster is a workbook (.xlsx, .ods) or a CSV file. "
    "Open it in the program that made it and save it as one of these."
)
DAMAGED = N_(
    "“%(file)s” is damaged: %(what)s. Open it in the program that made it, save it "
    "again and bring the new file."
)
TOO_LARGE = N_(
    "“%(file)s” is too large: %(what)s. At most %(most)s are read. Bring the years or "
    "sheets in separate files."
)
UNSAFE = N_(
    "“%(file)s” was not opened: %(what)s. A workbook from a spreadsheet program has "
    "none. Save it again from such a program and bring that file."
)
GONE = N_(
    "“%(file)s” is not kept any more: somebody in it was erased, or its time is over. "
    "Bring the file again without that person."
)


def refuse(text: str, reason: str, **values: object) -> InputFault:
    """Return the fault to raise; `values` fill the text, `file` is the file's name."""
    return InputFault(say(text, **values), field="files", reason=reason, **values)
