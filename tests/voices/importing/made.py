"""Documents as other programs write them, made here so that no large file is kept."""

import io
import random
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
O = "urn:oasis:names:tc:opendocument:xmlns"  # noqa: E741
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def zipped(parts, how=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraph(*runs):
    """Return a paragraph; a run is a text, or XML of its own where it begins with `<`."""
    said = (
        run
        if run.startswith("<")
        else f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p>{''.join(said)}</w:p>"


def docx(*paragraphs, **parts):
    """Return a Word document of paragraphs (texts, or XML); parts by name, `_` for `.`."""
    body = "".join(p if p.startswith("<") else paragraph(p) for p in paragraphs)
    others = {
        f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{xml}</w:{name}>"
        for name, xml in parts.items()
    }
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": (
                f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
            ),
            **others,
        }
    )


def odt(*paragraphs, manifest="<manifest/>", styles=""):
    body = "".join(
        p if p.startswith("<") else f"<text:p>{escape(p)}</text:p>" for p in paragraphs
    )
    names = " ".join(
        f'xmlns:{name}="{O}:{space}:1.0"'
        for name, space in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("style", "style"),
        )
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                f"<office:document-content {names}><office:body><office:text>{body}"
                "</office:text></office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {names}>{styles}</office:document-styles>"
            ),
        }
    )


def pdf(*pages):
    """Return a PDF with a page for each text, an empty one for each empty text."""
    import typst

    said = "\n#pagebreak()\n".join(
        "#text[" + page.replace("\n", " \\\n") + "]" for page in pages
    )
    return typst.compile(said.encode(), format="pdf")


def raw_pdf(*objects, trailer="/Root 1 0 R"):
    """Return a PDF of objects as they are given, numbered from 1, with a right table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, said in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + said + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    out += f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def long_docx(words=100_000):
    """Return an interview of so many words, with bold labels and runs as Word cuts them."""
    chance = random.Random(1)
    letters = "aaadeeeeeghiiklmnnoprrsstttuvyæøå"
    lexicon = [
        "".join(chance.choices(letters, k=chance.randint(1, 12))) for _ in range(4_000)
    ]
    paragraphs, said = [], 0
    while said < words:
        runs = ["Ada: " if len(paragraphs) % 2 else "Interviewer: "]
        runs += [" ".join([*chance.choices(lexicon, k=8), "😀 "]) for _ in range(12)]
        said += 12 * 8
        paragraphs.append(paragraph(*runs))
    return docx(*paragraphs)
