"""Text, HTML and RTF: bytes in some encoding, which is chosen or shown, never hidden."""

import html as entities
import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree
from striprtf.striprtf import rtf_to_text

from braid.method import encodings
from braid.voices.importing.shape import Charset, Draft
from braid.voices.opening import fault

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_MARGIN = 4_096
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{4096,}")
MOST_RICH_TEXT = 4 * 1024**2
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *(
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
        ),
        *("section", "table", "tr", "ul"),
    ]
)
_SILENT = frozenset(
    [
        *("head", "noscript", "script", "select", "style", "svg", "template"),
        *("textarea", "title"),
    ]
)
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\n\r\f]+")

_UNKNOWN_CHARSET = _(
    "The encoding that was chosen is not known. Expected is a name such as utf-8 or "
    "windows-1252."
)
_OTHER_CHARSET = _(
    "The file cannot be read in the encoding that was chosen. Choose another: this one "
    "could be %(candidate)s."
)
_TOO_RICH = _(
    "The file has more than %(most)s MB of text and marks. Save it as docx and bring that "
    "file."
)
_NOT_READ = _(
    "The file is damaged: it cannot be read to its end. Save it again in the program that "
    "made it, or as text."
)


def decoded(
    data: bytes, draft: Draft, chosen: str | None = None, stated: str = ""
) -> str:
    """Return bytes as text, and note in `draft` which encoding was used and why.

    `chosen` by whoever imports wins; then what the bytes prove, what the file states,
    and last a proposal, with a notice. Raises: InputFault (`charset_unknown`,
    `charset_unfit`).
    """
    proven = encodings.proven(data)
    candidates = _candidates(data, proven)
    if chosen:
        used = encodings.named(chosen)
        if used is None:
            raise fault(_UNKNOWN_CHARSET, "charset_unknown")
        if not encodings.decodes(data, used):
            said = _OTHER_CHARSET % {"candidate": candidates[0]}
            raise fault(said, "charset_unfit", candidates=candidates)
        draft.charset = Charset(used, used == proven, candidates)
        return data.decode(used)
    named = encodings.named(stated) if stated else None
    if proven is None and named and encodings.decodes(data, named):
        proven = named
        candidates = (named, *(each for each in candidates if each != named))
    used = candidates[0]
    draft.charset = Charset(used, proven is not None, candidates)
    if proven is None:
        draft.counted["charset_proposed"] = 1
    text = data.decode(used, errors="replace")
    draft.counted["charset_replaced"] = text.count("\ufffd") if proven is None else 0
    return text


def _candidates(data: bytes, proven: str | None) -> tuple[str, ...]:
    """Return the encodings in which bytes are text at all, the likeliest first."""
    if proven is not None and proven not in ("utf-8", "utf-16-le", "utf-16-be"):
        return (proven,)  # a byte-order mark says it
    first = proven or encodings.proposed(data)
    others = (each for each in encodings.CHOICES if each != "utf-16")
    return (
        first,
        *(each for each in others if each != first and encodings.decodes(data, each)),
    )


def read_text(data: bytes, draft: Draft, chosen: str | None) -> None:
    draft.is_wrapped = True
    text = decoded(data, draft, chosen)
    draft.add(re.sub("\r\n?", "\n", text.lstrip("\ufeff")))


def read_rtf(data: bytes, draft: Draft, _chosen: str | None) -> None:
    """Read rich text; its own letters are ASCII, the others say their code page."""
    if rb"\footnote" in data:
        draft.counted["footnotes_left_out"] = 1
    draft.counted["pictures"] = len(re.findall(rb"\\pict\b", data))
    bare = _PICTURE.sub(b"", data)
    if len(bare) > MOST_RICH_TEXT:
        most = MOST_RICH_TEXT // 1024**2
        raise fault(_TOO_RICH % {"most": most}, "too_large")
    try:
        text = rtf_to_text(bare.decode("latin-1"), errors="replace")
    except Exception as error:  # whatever its reader stumbles over means one thing
        raise fault(_NOT_READ, "damaged") from error
    draft.add(text)


class _Page:
    """The target of an HTML parser: keeps the words of each block as one line."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.words: list[str] = []
        self.silent = 0
        self.kept = 0

    def start(self, tag: Any, _attributes: object) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS or tag == "br":
            self.end_line()
        elif tag in _CELLS and self.words:
            self.words.append("\t")
        elif tag == "img":
            self.draft.counted["pictures"] += 1
        self.kept += tag == "pre"

    def end(self, tag: Any) -> None:
        if tag in _SILENT:
            self.silent -= 1
        elif tag in _BLOCKS:
            self.end_line()
        self.kept -= tag == "pre"

    def data(self, text: str) -> None:
        if not self.silent:
            self.words.append(text if self.kept else _SPACES.sub(" ", text))

    def end_line(self) -> None:
        line = "".join(self.words)
        if not self.kept:
            line = re.sub(" *\t *", "\t", re.sub(" {2,}", " ", line)).strip(" ")
        if line.strip():
            self.draft.add(line.replace("\r", ""))
        self.words.clear()

    def close(self) -> None:
        self.end_line()


def read_html(data: bytes, draft: Draft, chosen: str | None) -> None:
    declared = _DECLARED.search(data[:_MARGIN])
    text = decoded(data, draft, chosen, declared[1].decode("ascii") if declared else "")
    parser = etree.HTMLParser(target=_Page(draft), no_network=True, huge_tree=False)
    try:
        parser.feed(text.replace("\0", ""))
        parser.close()
    except etree.LxmlError as error:
        raise fault(_NOT_READ, "damaged") from error


def unescaped(text: str) -> str:
    """Return the text of a cue without its marks: `<i>`, `{\\an8}`, `&amp;`."""
    bare = re.sub(r"<[^<>\n]{0,200}>|\{\\[a-z0-9&]{1,40}\}", "", text)
    return _SPACES.sub(" ", entities.unescape(bare)).strip()
