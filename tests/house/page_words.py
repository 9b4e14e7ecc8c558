"""The words of a page as a reader or a screen reader meets them, in their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

SPOKEN = ("aria-label", "placeholder", "title", "alt")
EMPTY = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("path", "source", "track", "use", "wbr"),
}
# Scripts are no words, nor is what a machine reads (ids, hashes, names of tables); a time
# is written by the calendar of the language.
SILENT = frozenset(("script", "style", "time", "code"))
UNTIMED = frozenset(("svg", "textarea"))  # a day there stands in no <time>
OPEN, CLOSE = "⟦«", "⟧»"


@dataclass
class Words(HTMLParser):
    """Texts, those in drawings and boxes apart, and the attributes that are shown or told."""

    html: str
    nodes: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")
        self.spoken += [values[name] for name in SPOKEN if values.get(name)]
        if tag not in EMPTY:
            # The letters of an avatar come from the name beside it.
            avatar = "avatar" in values.get("class", "").split()
            self._open.append("script" if avatar else tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if SILENT.isdisjoint(self._open):
            (self.nodes if UNTIMED.isdisjoint(self._open) else self.drawn).append(data)


def bare(texts: Iterable[str]) -> Iterator[str]:
    """Yield what of each text stands outside every mark ⟦…⟧ or «…».

    Marks nest, and may span texts: a sentence with a link in it is several. Raises
    ValueError when a mark is opened and never closed.
    """
    depth = 0
    for text in texts:
        outside = []
        for letter in text:
            if letter in CLOSE:
                depth -= 1
            if depth == 0 and letter not in CLOSE + OPEN:
                outside.append(letter)
            if letter in OPEN:
                depth += 1
        yield " ".join("".join(outside).split())
    if depth:
        raise ValueError(f"{depth} marks are opened and never closed.")
