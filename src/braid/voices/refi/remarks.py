"""What a reader or writer did to a file beside copying it: kinds, counts, sentences.

A remark names things by GUID or number, never by a name out of the file: names of
sources and users are often those of people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import ngettext

MOST_EXAMPLES = 5


class Kind(StrEnum):
    """What was changed, left out or worth knowing."""

    NAME_OF_PROJECT_FILE = "name_of_project_file"
    FOLDER_IN_CAPITALS = "folder_in_capitals"
    SAME_NAME_TWICE = "same_name_twice"
    NAMESPACE = "namespace"
    UNKNOWN_ELEMENT = "unknown_element"
    UNKNOWN_ATTRIBUTE = "unknown_attribute"
    LACKING = "lacking"
    OPAQUE_GUID = "opaque_guid"
    GUID_GIVEN_ANEW = "guid_given_anew"
    COLOUR_REWRITTEN = "colour_rewritten"
    COLOUR_DROPPED = "colour_dropped"
    BAD_VALUE = "bad_value"
    BAD_TIME = "bad_time"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_REFERENCE = "unknown_reference"
    UNKNOWN_CODE = "unknown_code"
    PATH_REMOVED = "path_removed"
    OUTSIDE = "outside"
    BARE_PATH = "bare_path"
    MISSING_FILE = "missing_file"
    MISSING_TEXT = "missing_text"
    EMPTY_TEXT = "empty_text"
    TEXT_GIVEN_TWICE = "text_given_twice"
    NAMED_BY_FILE = "named_by_file"
    ENCODING = "encoding"
    BYTE_ORDER_MARK = "byte_order_mark"
    LINE_ENDS = "line_ends"
    LETTERS_JOINED = "letters_joined"
    NO_LENGTH = "no_length"
    BACKWARDS = "backwards"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_NUMBER = "not_a_number"
    MOVED_TO_LETTER = "moved_to_letter"
    MEMO_ANCHOR = "memo_anchor"
    MEMO_IN_DESCRIPTION = "memo_in_description"
    CATEGORY = "category"
    VALUE_IN_SOURCE = "value_in_source"
    SURVEY = "survey"
    MARKS_OF_BRAID = "marks_of_braid"
    NOT_VALID = "not_valid"


LEFT_OUT = frozenset(
    {
        Kind.UNKNOWN_ELEMENT,
        Kind.UNKNOWN_ATTRIBUTE,
        Kind.COLOUR_DROPPED,
        Kind.BAD_VALUE,
        Kind.BAD_TIME,
        Kind.UNKNOWN_REFERENCE,
        Kind.UNKNOWN_CODE,
        Kind.MISSING_FILE,
        Kind.NO_LENGTH,
        Kind.BACKWARDS,
        Kind.OUT_OF_RANGE,
        Kind.NOT_A_NUMBER,
    }
)
"""Kinds by which something of the file is not in what was read."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of thing that was met, how often, and where first."""

    kind: Kind
    count: int
    examples: tuple[str, ...] = ()

    @property
    def is_loss(self) -> bool:
        """Say whether something of the file was left out."""
        return self.kind in LEFT_OUT

    def __str__(self) -> str:
        return sentence(self.kind, self.count)


@dataclass(slots=True)
class Remarks:
    """Gathers remarks while a file is read."""

    _counts: dict[Kind, int] = field(default_factory=dict)
    _examples: dict[Kind, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, example: str = "", count: int = 1) -> None:
        """Note that something was met once more."""
        self._counts[kind] = self._counts.get(kind, 0) + count
        examples = self._examples.setdefault(kind, [])
        if example and len(examples) < MOST_EXAMPLES and example not in examples:
            examples.append(example)

    def count(self, kind: Kind) -> int:
        """Return how often a kind was met."""
        return self._counts.get(kind, 0)

    def __iter__(self) -> Iterator[Remark]:
        for kind in Kind:
            if count := self._counts.get(kind):
                yield Remark(kind, count, tuple(self._examples[kind]))


def sentence(kind: Kind, count: int) -> str:
    """Return what a remark says, in the language of the reader."""
    return _told(kind, count) % {"count": count}


def _told(kind: Kind, n: int) -> str:
    known = {**_of_the_file(n), **_of_values(n), **_of_texts(n), **_of_selections(n)}
    return known[kind]


def _of_the_file(n: int) -> dict[Kind, str]:
    return {
        Kind.NAME_OF_PROJECT_FILE: ngettext(
            "The project file inside does not bear the name of the standard; it was read.",
            "%(count)s project files inside do not bear the name of the standard.",
            n,
        ),
        Kind.FOLDER_IN_CAPITALS: ngettext(
            "%(count)s file lies under a name in capitals; it was found all the same.",
            "%(count)s files lie under names in capitals; they were found all the same.",
            n,
        ),
        Kind.SAME_NAME_TWICE: ngettext(
            "%(count)s file has the name of another one; the first was read.",
            "%(count)s files have the names of others; the first were read.",
            n,
        ),
        Kind.NAMESPACE: ngettext(
            "The namespace is not that of the standard; the file was read by its elements.",
            "%(count)s namespaces are not those of the standard.",
            n,
        ),
        Kind.UNKNOWN_ELEMENT: ngettext(
            "%(count)s element that the standard does not know was left out.",
            "%(count)s elements that the standard does not know were left out.",
            n,
        ),
        Kind.UNKNOWN_ATTRIBUTE: ngettext(
            "%(count)s attribute that the standard does not know was left out.",
            "%(count)s attributes that the standard does not know were left out.",
            n,
        ),
        Kind.PATH_REMOVED: ngettext(
            "%(count)s path to a folder of somebody's computer was removed.",
            "%(count)s paths to folders of somebody's computer were removed.",
            n,
        ),
        Kind.OUTSIDE: ngettext(
            "%(count)s file lies outside the project; it was not opened.",
            "%(count)s files lie outside the project; they were not opened.",
            n,
        ),
        Kind.BARE_PATH: ngettext(
            "%(count)s path does not say that it leads inside; it was looked for there.",
            "%(count)s paths do not say that they lead inside; they were looked for there.",
            n,
        ),
        Kind.MISSING_FILE: ngettext(
            "%(count)s file that the project names is not in it.",
            "%(count)s files that the project names are not in it.",
            n,
        ),
        Kind.NOT_VALID: ngettext(
            "The file breaks the schema of the standard at %(count)s place.",
            "The file breaks the schema of the standard at %(count)s places.",
            n,
        ),
        Kind.MARKS_OF_BRAID: ngettext(
            "%(count)s coding got back what Braid had said of it beside its code.",
            "%(count)s codings got back what Braid had said of them beside their codes.",
            n,
        ),
    }


def _of_values(n: int) -> dict[Kind, str]:
    return {
        Kind.LACKING: ngettext(
            "%(count)s element lacks something that the standard demands.",
            "%(count)s elements lack something that the standard demands.",
            n,
        ),
        Kind.OPAQUE_GUID: ngettext(
            "%(count)s identifier is not a GUID; it was given one that follows from it.",
            "%(count)s identifiers are not GUIDs; they were given ones that follow from "
            "them.",
            n,
        ),
        Kind.GUID_GIVEN_ANEW: ngettext(
            "%(count)s selection or coding bears a GUID for the second time; it got its own.",
            "%(count)s selections or codings bear a GUID for the second time; they got "
            "their own.",
            n,
        ),
        Kind.COLOUR_REWRITTEN: ngettext(
            "%(count)s colour was written in another way; it was kept.",
            "%(count)s colours were written in another way; they were kept.",
            n,
        ),
        Kind.COLOUR_DROPPED: ngettext(
            "%(count)s colour cannot be read and was left out.",
            "%(count)s colours cannot be read and were left out.",
            n,
        ),
        Kind.BAD_VALUE: ngettext(
            "%(count)s value is not of its kind and was left out.",
            "%(count)s values are not of their kind and were left out.",
            n,
        ),
        Kind.BAD_TIME: ngettext(
            "%(count)s date or time cannot be read and was left out.",
            "%(count)s dates or times cannot be read and were left out.",
            n,
        ),
        Kind.UNKNOWN_USER: ngettext(
            "%(count)s author is not among the users; the author stays unknown.",
            "%(count)s authors are not among the users; they stay unknown.",
            n,
        ),
        Kind.UNKNOWN_REFERENCE: ngettext(
            "%(count)s reference leads to nothing in the project and was left out.",
            "%(count)s references lead to nothing in the project and were left out.",
            n,
        ),
        Kind.UNKNOWN_CODE: ngettext(
            "%(count)s coding names a code that the codebook lacks and was left out.",
            "%(count)s codings name codes that the codebook lacks and were left out.",
            n,
        ),
        Kind.CATEGORY: ngettext(
            "%(count)s code cannot be coded with: it is a category.",
            "%(count)s codes cannot be coded with: they are categories.",
            n,
        ),
        Kind.VALUE_IN_SOURCE: ngettext(
            "%(count)s value of a variable stands with a source, not with a case.",
            "%(count)s values of variables stand with sources, not with cases.",
            n,
        ),
        Kind.SURVEY: ngettext(
            "%(count)s source looks like an answer to a survey and can be grouped.",
            "%(count)s sources look like answers to a survey and can be grouped.",
            n,
        ),
    }


def _of_texts(n: int) -> dict[Kind, str]:
    return {
        Kind.MISSING_TEXT: ngettext(
            "%(count)s text is not in the project; its selections cannot be checked.",
            "%(count)s texts are not in the project; their selections cannot be checked.",
            n,
        ),
        Kind.EMPTY_TEXT: ngettext(
            "%(count)s text is empty.", "%(count)s texts are empty.", n
        ),
        Kind.TEXT_GIVEN_TWICE: ngettext(
            "%(count)s text stands both in the project file and beside it; the one beside "
            "it was read.",
            "%(count)s texts stand both in the project file and beside it; those beside it "
            "were read.",
            n,
        ),
        Kind.NAMED_BY_FILE: ngettext(
            "%(count)s source has no name; it got that of its file.",
            "%(count)s sources have no name; they got those of their files.",
            n,
        ),
        Kind.ENCODING: ngettext(
            "%(count)s text is not in UTF-8; it was read as what it seems to be. Look at it.",
            "%(count)s texts are not in UTF-8; they were read as what they seem to be. Look "
            "at them.",
            n,
        ),
        Kind.BYTE_ORDER_MARK: ngettext(
            "%(count)s text began with a byte-order mark, which was removed.",
            "%(count)s texts began with byte-order marks, which were removed.",
            n,
        ),
        Kind.LINE_ENDS: ngettext(
            "The line ends of %(count)s text were changed to single ones.",
            "The line ends of %(count)s texts were changed to single ones.",
            n,
        ),
        Kind.LETTERS_JOINED: ngettext(
            "In %(count)s text, letters and their marks were joined (NFC).",
            "In %(count)s texts, letters and their marks were joined (NFC).",
            n,
        ),
    }


def _of_selections(n: int) -> dict[Kind, str]:
    return {
        Kind.NO_LENGTH: ngettext(
            "%(count)s selection without length was left out.",
            "%(count)s selections without length were left out.",
            n,
        ),
        Kind.BACKWARDS: ngettext(
            "%(count)s selection ends before it starts and was left out.",
            "%(count)s selections end before they start and were left out.",
            n,
        ),
        Kind.OUT_OF_RANGE: ngettext(
            "%(count)s selection lies outside its text and was left out.",
            "%(count)s selections lie outside their texts and were left out.",
            n,
        ),
        Kind.NOT_A_NUMBER: ngettext(
            "%(count)s place is not a number that can be read; what it belongs to was left "
            "out.",
            "%(count)s places are not numbers that can be read; what they belong to was "
            "left out.",
            n,
        ),
        Kind.MOVED_TO_LETTER: ngettext(
            "%(count)s selection began or ended within a letter and was widened to it.",
            "%(count)s selections began or ended within letters and were widened to them.",
            n,
        ),
        Kind.MEMO_ANCHOR: ngettext(
            "%(count)s selection has no code: a memo hangs on it.",
            "%(count)s selections have no code: memos hang on them.",
            n,
        ),
        Kind.MEMO_IN_DESCRIPTION: ngettext(
            "%(count)s selection has a memo as its description; its author is unknown.",
            "%(count)s selections have memos as their descriptions; their authors are "
            "unknown.",
            n,
        ),
    }
