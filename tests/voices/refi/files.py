"""Projects as other programs write them, small, invented and written by hand."""

import io
import zipfile
from uuid import UUID

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"


def guid(number):
    """Return a GUID that is easily told from others."""
    return str(UUID(int=number))


CODE, OTHER_CODE, FOLDER, SOURCE, USER, NOTE, CASE, VARIABLE = map(guid, range(1, 9))


def project(body="", *, namespace=PROJECT, **attributes):
    """Return the XML of a project."""
    said = {"name": "Trial", "origin": "Elsewhere 1.0", **attributes}
    told = " ".join(f'{name}="{value}"' for name, value in said.items())
    return (
        f'<?xml version="1.0" encoding="utf-8"?>'
        f'<Project xmlns="{namespace}" {told}>{body}</Project>'
    ).encode()


def codebook(body, *, namespace=CODEBOOK):
    """Return the XML of a codebook."""
    return (
        f'<CodeBook xmlns="{namespace}" origin="Elsewhere">{body}</CodeBook>'.encode()
    )


def codes(*more):
    """Return a codebook of one code, and of what is added."""
    one = f'<Code guid="{CODE}" name="contact" isCodable="true"/>'
    return f"<CodeBook><Codes>{one}{''.join(more)}</Codes></CodeBook>"


def selection(number, start, end, inner=None, **attributes):
    """Return a coded selection, or one with another inside."""
    coding = (
        f'<Coding guid="{guid(5000 + number)}"><CodeRef targetGUID="{CODE}"/></Coding>'
    )
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<PlainTextSelection guid="{guid(1000 + number)}" startPosition="{start}" '
        f'endPosition="{end}"{told}>{coding if inner is None else inner}'
        "</PlainTextSelection>"
    )


def source(inner="", path=f"internal://{SOURCE}.txt", name="Interview", tail=""):
    """Return the sources of a project with one text."""
    return (
        f'<Sources><TextSource guid="{SOURCE}" name="{name}" plainTextPath="{path}">'
        f"{inner}{tail}</TextSource></Sources>"
    )


def qdpx(xml, parts=None, *, name="project.qde", text=None):
    """Return an archive: the project, its parts by name, and the text of its source."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        if text is not None:
            data = text if isinstance(text, bytes) else text.encode()
            archive.writestr(f"sources/{SOURCE}.txt", data)
        for part, data in (parts or {}).items():
            archive.writestr(part, data)
    return into.getvalue()


def coded(text, spans, **options):
    """Return a project of one text with coded selections by their counted places."""
    inner = "".join(
        selection(number, *span[:2], **({"name": span[2]} if len(span) > 2 else {}))
        for number, span in enumerate(spans)
    )
    return qdpx(project(codes() + source(inner)), text=text, **options)


TEXT = "Ada met the clinic.\nShe waited.\n"


def remarks(report):
    """Return how often each kind of thing was met."""
    return {str(remark.kind): remark.count for remark in report.remarks}
