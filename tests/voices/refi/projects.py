"""Whole projects for the laws of exchange: every kind of thing, any letters."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import strategies as st

from braid.voices.refi import model

PIECES = (
    *(
        "work",
        "client ",
        "borger",
        "søger",
        "blåbær",
        "A\u030arhus",
        "coördinator",
        "ĳs",
    ),
    *("e\u0301", "👍", "👩\u200d👧", "🇩🇰", "𝒜", "\n", "\r\n", "\r", "\ufeff", " "),
    *("\u1100\u1161", "\u0344", "“", "&<>\"'", "]]>", "\u2028", "\x0b", "\t"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
NAMES = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
MOMENTS = st.none() | st.datetimes(
    datetime(1990, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))]),
)
VALUES = st.one_of(
    st.none(),
    NAMES,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**6), 10**6, places=3),
    st.dates(date(1900, 1, 1)),
    MOMENTS,
)
COLOURS = st.sampled_from(["", "#044b9b", "#ffffff"])
FIELDS = st.builds(
    model.Fields,
    polarity=st.sampled_from(["", "barrier", "facilitator", "neutral"]),
    logic=st.sampled_from(["", "ips", "treatment", "employment-services"]),
    side=st.sampled_from(["", "material", "symbolic"]),
    strength=st.sampled_from(["", "2"]),
)


class Drawn:
    """Draws a project piece by piece; each thing gets the next GUID."""

    def __init__(self, draw):
        self.draw, self._last = draw, 0
        self.users = tuple(
            self._made(model.User, name=NAMES, id=NAMES) for _ in self._some()
        )
        self.notes = tuple(
            model.TextSource(text=self.draw(TEXTS), **self._authored(refs=False))
            for _ in self._some()
        )
        self.codes = self._codes(3)
        self.known = [code.guid for code in _flat(self.codes)]
        self.variables = tuple(
            self._made(
                model.Variable, name=NAMES, kind=st.sampled_from(["Text", "Float"])
            )
            for _ in self._some()
        )

    def guid(self):
        self._last += 1
        return str(UUID(int=self._last * 2**64 + 0xABCDEF))

    def _some(self, most=2):
        return range(self.draw(st.integers(0, most)))

    def _made(self, shape, **strategies):
        drawn = {name: self.draw(strategy) for name, strategy in strategies.items()}
        return shape(guid=self.guid(), **drawn)

    def refs(self, things):
        guids = [each if isinstance(each, str) else each.guid for each in things]
        if not guids:
            return ()
        return tuple(
            self.draw(st.lists(st.sampled_from(guids), max_size=2, unique=True))
        )

    def _codes(self, depth):
        if not depth:
            return ()
        return tuple(
            model.Code(
                guid=self.guid(),
                name=self.draw(NAMES),
                is_codable=self.draw(st.booleans()),
                colour=self.draw(COLOURS),
                description=self.draw(NAMES),
                note_refs=self.refs(self.notes),
                codes=self._codes(depth - 1),
            )
            for _ in self._some()
        )

    def _authored(self, refs=True):
        users = [""] + [user.guid for user in self.users]
        return {
            "guid": self.guid(),
            "name": self.draw(NAMES),
            "created_by": self.draw(st.sampled_from(users)),
            "created_at": self.draw(MOMENTS),
            "modified_by": self.draw(st.sampled_from(users)),
            "modified_at": self.draw(MOMENTS),
            "description": self.draw(NAMES),
            "note_refs": self.refs(self.notes) if refs else (),
        }

    def codings(self):
        if not self.known:
            return ()
        return tuple(
            model.Coding(
                guid=self.guid(),
                code=self.draw(st.sampled_from(self.known)),
                created_at=self.draw(MOMENTS),
                note_refs=self.refs(self.notes),
                fields=self.draw(FIELDS),
            )
            for _ in self._some()
        )

    def values(self):
        return tuple(
            model.VariableValue(variable=each.guid, value=self.draw(VALUES))
            for each in self.variables
        )

    def text_source(self, text=None):
        text = self.draw(TEXTS) if text is None else text
        selections = []
        for _ in self._some(4) if text else ():
            start = self.draw(st.integers(0, len(text) - 1))
            end = self.draw(st.integers(start + 1, len(text)))
            selections.append(
                model.TextSelection(
                    start=start, end=end, codings=self.codings(), **self._authored()
                )
            )
        return model.TextSource(
            text=text,
            selections=tuple(selections),
            codings=self.codings(),
            values=self.values(),
            **self._authored(),
        )

    def other_sources(self):
        corners = {"first_x": 1, "first_y": 2, "second_x": 30, "second_y": 40}
        marked = {"codings": self.codings(), **self._authored()}
        yield model.PictureSource(
            text_description=self.text_source("A chart."),
            selections=(model.PictureSelection(**corners, **marked),),
            **self._authored(),
        )
        marked = {"codings": self.codings(), **self._authored()}
        yield model.PdfSource(
            representation=self.text_source(),
            selections=(
                model.PdfSelection(
                    page=1, representation=self.text_source("x"), **corners, **marked
                ),
            ),
            values=self.values(),
            **self._authored(),
        )
        for kind in (model.AudioSource, model.VideoSource):
            points = tuple(
                model.SyncPoint(guid=self.guid(), time=1000 * n, position=n)
                for n in (0, 2)
            )
            marked = {"codings": self.codings(), **self._authored()}
            yield kind(
                file=model.Attached(name="talk.mp4", is_outside=True),
                transcripts=(
                    model.Transcript(
                        text="Hi\r\nthere",
                        sync_points=points,
                        selections=(
                            model.TranscriptSelection(
                                from_point=points[0].guid,
                                to_point=points[1].guid,
                                **marked,
                            ),
                        ),
                        **self._authored(),
                    ),
                ),
                selections=(
                    model.MediaSelection(begin=10, end=2000, **self._authored()),
                ),
                **self._authored(),
            )

    def linked(self, sources):
        vertices = tuple(model.Vertex(guid=self.guid(), shape="Oval") for _ in range(2))
        edge = model.Edge(
            guid=self.guid(),
            start=vertices[0].guid,
            end=vertices[1].guid,
            direction="OneWay",
            line_style="dashed",
        )
        return {
            "links": tuple(
                self._made(
                    model.Link, name=NAMES, direction=st.sampled_from(["", "OneWay"])
                )
                for _ in self._some()
            ),
            "sets": tuple(
                model.Set(
                    guid=self.guid(),
                    name=self.draw(NAMES),
                    description=self.draw(NAMES),
                    code_refs=self.refs(self.known),
                    source_refs=self.refs(sources),
                    note_refs=self.refs(self.notes),
                )
                for _ in self._some()
            ),
            "graphs": (
                model.Graph(guid=self.guid(), vertices=vertices, edges=(edge,)),
            ),
        }


@st.composite
def projects(draw):
    """Draw a project in which everything leads somewhere; texts as somebody typed them."""
    of = Drawn(draw)
    sources = [of.text_source() for _ in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        sources += of.other_sources()
    selections = [one for source in sources for one in source.selections]
    cases = tuple(
        model.Case(
            guid=of.guid(),
            name=draw(NAMES),
            code_refs=of.refs(of.known),
            values=of.values(),
            source_refs=of.refs(sources),
            selection_refs=of.refs(selections),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    return model.Project(
        name=draw(NAMES),
        origin=draw(NAMES),
        created_at=draw(MOMENTS),
        users=of.users,
        codes=of.codes,
        variables=of.variables,
        cases=cases,
        sources=tuple(sources),
        notes=of.notes,
        description=draw(NAMES),
        note_refs=of.refs(of.notes),
        **of.linked(sources),
    )


def _flat(codes):
    for code in codes:
        yield code
        yield from _flat(code.codes)
