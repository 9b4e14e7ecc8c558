"""Making a Word or PDF document from words and a template.

Templates stand in `templates_made/<country or default>/<name>.docx|typ`; `paper` is the
one for every document that has none of its own. A service puts Word templates of its own
into the folder `templates` of its data, in the same order, and they win. They are not
trusted: they are checked like a file that is brought, and run in a sandbox. Nothing is
fetched, and the same words make the same bytes.
"""

import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from xml.sax.saxutils import quoteattr

import docxtpl  # type: ignore[import-untyped]
import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.oxml.ns import qn
from docx.shared import Mm
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from braid.access import audit, shared
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import commands, glyphs, rules
from braid.documents.rules import DOCX, PDF, Content
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.access.models import Team

HOUSE = Path(__file__).parent / "templates_made"
FONTS = Path(__file__).parent / "fonts" / "dejavu-2.37"
DEFAULT, PAPER = "default", "paper"
FORMATS: Mapping[str, Content] = {"docx": DOCX, "pdf": PDF}
LARGEST_TEMPLATE = 5 * 1024**2
LONGEST = 400_000  # characters of all the words together
LONGEST_TITLE = 255  # that Word keeps
_NAME = re.compile(r"[a-z][a-z0-9_]{0,58}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PACKED_AT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was made; `document_id` names the one that is kept, if it is."""

    data: bytes
    media_type: str
    file_name: str
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture for a Word document: PNG, what it shows in words, millimetres across."""

    data: bytes
    alt: str
    width: int


def make(
    actor: Actor,
    *,
    template: str,
    format: str,
    applicant_id: UUID,
    team: "Team",
    kind: str,
    title: str,
    values: Mapping[str, Any],
    store: bool,
    day: date | None = None,
    country: str = "",
    also: Collection[str] = (),
) -> Made:
    """Make a document about somebody from `values`; keep it where `store` is set.

    `kind` is its class of information and `also` are those that it holds besides: who
    reads it may read each. `values` are those of
    `documents.paper.Paper` and what a template of its own may ask for besides. Raises
    Refused, and InputFault for words or a template that make no document.
    """
    content = FORMATS[format]
    information = tuple(Information(one) for one in dict.fromkeys((kind, *also)))
    grounds = [
        require(
            actor,
            Action.READ,
            shared.subject(
                one,
                organisation=team.organisation_id,
                care=frozenset({team.pk}),
                applicant=applicant_id,
                day=actor.day,
            ),
        )
        for one in information
    ]
    data = render(template, format, values, country or actor.country)
    name = rules.safe_name(title, content)
    document_id = None
    if store:
        made = commands.add_made(
            actor=actor,
            applicant_id=applicant_id,
            team=team,
            kind=kind,
            title=title,
            template=template,
            content=content,
            data=data,
            day=day or actor.day,
            also=also,
        )
        document_id = made.pk
    audit.record(
        actor,
        "document_made",
        applicant=applicant_id,
        holder=team.organisation_id,
        information=information,
        ground=grounds[0],
    )
    return Made(data, content.media_type, name, document_id)


def render(
    template: str, format: str, values: Mapping[str, Any], country: str = ""
) -> bytes:
    """Return the bytes of a document. Raises InputFault."""
    if not _NAME.fullmatch(template):
        raise InputFault(
            _("There is no template of that name. Choose one that is listed.")
        )
    if sum(map(len, _texts(values))) > LONGEST:
        raise InputFault(
            _("The document would be too long. Leave parts out and make it again.")
        )
    if format == "pdf":
        return _pdf(_found(template, "typ", country), values)
    return _docx(_found(template, "docx", country), values)


def _found(template: str, ending: str, country: str) -> Path:
    """Return the template to use: the service's own first, the country's before all's."""
    folders = [HOUSE]
    if ending == "docx":  # a program of the other kind could read files: only ours
        folders.insert(0, Path(settings.BRAID_DATA) / "templates")
    for name in (template, PAPER):
        for folder in folders:
            for place in (country.lower(), DEFAULT):
                path = folder / place / f"{name}.{ending}"
                if place and path.is_file():
                    return path
    raise InputFault(_("There is no template of that name. Choose one that is listed."))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in values that are texts, lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _changed(value: Any, change: Any) -> Any:
    """Return values with every text in them changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _changed(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    return value


# PDF: tagged for readers of screens (PDF/UA-1), with our own fonts.


def _pdf(path: Path, values: Mapping[str, Any]) -> bytes:
    drawn = glyphs.drawn_by(FONTS / "DejaVuSans.ttf")
    missing = 0

    def shown(text: str) -> str:
        nonlocal missing
        kept, marks = glyphs.drawable(text.replace("\r\n", "\n"), drawn)
        missing += marks
        return kept

    ready = _changed(values, shown)
    ready["missing"] = _missing(missing)
    try:
        return bytes(
            typst.compile(
                str(path),
                root=str(HOUSE),
                format="pdf",
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                sys_inputs={"values": json.dumps(ready)},
            )
        )
    except typst.TypstError as error:
        raise InputFault(
            _("The document could not be made as PDF. Make it as Word instead.")
        ) from error


def _missing(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(mark)s stands for a character that this paper cannot draw. It is in the "
        "record as it was typed.",
        "%(mark)s stands for each of %(count)d characters that this paper cannot draw. "
        "They are in the record as they were typed.",
        count,
    ) % {"mark": glyphs.MISSING, "count": count}


# Word: a template that a service can change in Word itself.


def _docx(path: Path, values: Mapping[str, Any]) -> bytes:
    data = path.read_bytes()
    if len(data) > LARGEST_TEMPLATE or rules.recognise(data) != DOCX:
        raise InputFault(
            _(
                "The Word template %(name)s is not taken: it is too large, damaged, or "
                "holds a program. Save it as a plain .docx without macros."
            )
            % {"name": path.name}
        )
    document = docxtpl.DocxTemplate(io.BytesIO(data))
    ready = {
        name: _Picture(document, one) if isinstance(one, Drawn) else one
        for name, one in _changed(values, _for_xml).items()
    }
    try:
        document.render(ready, jinja_env=SandboxedEnvironment(), autoescape=True)
    except (TemplateError, TypeError, ValueError, OverflowError) as error:
        raise InputFault(
            _(
                "The Word template %(name)s does not work. Compare its fields with "
                "those of the template that comes with Braid."
            )
            % {"name": path.name}
        ) from error
    _say_language(document, values)
    made = io.BytesIO()
    document.save(made)
    return _packed_alike(made.getvalue())


class _Picture(docxtpl.InlineImage):
    """A picture where a template names it, with the words for who does not see it."""

    def __init__(self, document: docxtpl.DocxTemplate, drawn: Drawn) -> None:
        width = Mm(drawn.width)
        super().__init__(document, io.BytesIO(drawn.data), width=width)
        self.alt = _for_xml(drawn.alt)

    def _insert_image(self) -> str:
        written: str = super()._insert_image()
        return written.replace(
            "<wp:docPr ", f"<wp:docPr descr={quoteattr(self.alt)} ", 1
        )

    __str__ = __html__ = _insert_image


def _say_language(document: docxtpl.DocxTemplate, values: Mapping[str, Any]) -> None:
    """Tell Word, and who reads it aloud, the language and the title of a document."""
    if language := values.get("language"):
        for told in document.docx.styles.element.iter(qn("w:lang")):
            told.set(qn("w:val"), str(language))
    title = _for_xml(str(values.get("title", "")))
    document.docx.core_properties.title = title[:LONGEST_TITLE]


def _for_xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n"))


def _packed_alike(data: bytes) -> bytes:
    """Return an archive that says the same of when it was packed, whenever it was."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _PACKED_AT)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
