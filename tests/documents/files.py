"""Small files of every kind, made here: sound ones, and ones that are refused."""

import io
import struct
import zipfile
import zlib

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def relations(*pairs):
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}{kind}" Target="{target}" '
        'TargetMode="External"/>'
        for n, (kind, target) in enumerate(pairs)
    )
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{lines}</Relationships>'
    )


def docx(**more):
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": '<?xml version="1.0"?><w:document xmlns:w="w"/>',
        "word/_rels/document.xml.rels": relations(("hyperlink", "https://example.org")),
    }
    return archive({**parts, **more.get("parts", {})})


def xlsx(**more):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["hours", 12])
    out = io.BytesIO()
    book.save(out)
    if not more:
        return out.getvalue()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return archive({**parts, **more["parts"]})


def opendocument(kind="text", **more):
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": '<?xml version="1.0"?><office:document-content xmlns:office="o"/>',
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="m"/>',
    }
    return archive({**parts, **more.get("parts", {})})


def png(width=3, height=2):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 20))
        + chunk(b"IEND", b"")
    )


def jpeg(width=3, height=2):
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
    )


def pdf(body=b""):
    return b"%PDF-1.7\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
