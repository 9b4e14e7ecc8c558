"""What the gallery shows: a made-up allotment garden, so that no domain word is needed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import django_tables2 as tables
from django import forms

from braid.web.charts.drawing import Drawing
from braid.web.charts.drawing import draw as draw_chart
from braid.web.charts.pictures import Bar, Bars
from braid.web.forms import LaidOut
from braid.web.layouts import Fold
from braid.web.pictures.braid_picture import (
    BraidPicture,
    Mark,
    Meeting,
    Strand,
    draw,
)
from braid.web.pictures.columns import Columns, Share
from braid.web.pictures.columns import draw as draw_columns
from braid.web.pictures.lines import Line, Lines, Point
from braid.web.pictures.lines import draw as draw_lines
from braid.web.pictures.stacks import Stack, Stacks
from braid.web.pictures.stacks import draw as draw_stacks
from braid.web.presenters import (
    Action,
    Band,
    BoardCard,
    BoardColumn,
    Clock,
    MenuItem,
    NavItem,
    State,
    Step,
    Tab,
    TimelineEntry,
    UserMenu,
)
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio

TODAY = date(2026, 10, 5)

NAV = (
    NavItem("Today", "?", icon="house", is_current=True),
    NavItem("Beds", "?nav=beds", icon="kanban"),
    NavItem("Meetings", "?nav=meetings", icon="people"),
    NavItem("Neighbours", "?nav=neighbours", icon="shop"),
    NavItem("Harvest", "?nav=harvest", icon="graph-up"),
    NavItem("Weather", "?nav=weather", icon="sun"),
)
USER_MENU = UserMenu(
    "Ada Holm",
    "Garden North",
    (
        MenuItem("Your account", "?menu=account", icon="person"),
        MenuItem("Sign out", "?", icon="box-arrow-right", method="post"),
    ),
)
ACTIONS = (
    Action("Print", "?print", icon="printer"),
    Action("Add a bed", "form/", icon="plus-lg", primary=True, in_dialog=True),
)
CRUMBS = (Action("Beds", "?nav=beds"), Action("Garden North", "?garden=north"))
BAND = Band(
    "The gate is open.",
    "Garden North, until",
    datetime(2026, 10, 5, 9, tzinfo=UTC),
    act="Close now",
    act_url="?",
    label="To the garden",
    url="?garden=north",
)
CLOCKS = (
    Clock(
        "Water the beans",
        "6 days left",
        State.SOON,
        "a full can, poured at the roots",
        "Garden rules, 4.",
    ),
    Clock("Cut the hedge", "today", State.DUE, "a cut on all sides"),
    Clock("Pay the rent of the plot", "3 days late", State.OVERDUE),
    Clock("Turn the compost", "done", State.OK),
    Clock("Winter meeting", "in November", State.INFO),
)
ROWS = (
    ("Mads Krogh", "Sowed carrots on Friday — thin them out", "today", State.DUE),
    ("Signe Lund", "Bed dug 24 days ago; nothing sown yet", "6 days left", State.SOON),
    ("Yusuf Osman", "Lost his tomatoes on Thursday", "3 days late", State.OVERDUE),
    ("Tove", "Takes over a second bed on 12 October", "this week", State.INFO),
    ("Pernille Østergaard-Jørgensen", "Beans are in", "ready", State.OK),
)
BOARD = (
    BoardColumn(
        "Digging",
        "digging",
        (
            BoardCard("Mads Krogh", "?", "Bed 4", "today", State.DUE),
            BoardCard("Tove Bach", "?", "Bed 9, by the gate"),
        ),
    ),
    BoardColumn(
        "Sown",
        "sown",
        (
            BoardCard("Signe Lund", "?", "Carrots", "6 days left", State.SOON),
            BoardCard("Yusuf Osman", "?", "Tomatoes", "3 days late", State.OVERDUE),
            BoardCard("Pernille Østergaard-Jørgensen", "?", "Beans", "fine", State.OK),
        ),
        count=14,
        more_url="?column=sown",
    ),
    BoardColumn("Growing", "growing", (BoardCard("Ib Juul", "?", "Kale"),)),
    BoardColumn("Harvested", "harvested"),
)
STEPS = (
    Step("Choose", "done", "?step=1"),
    Step("Check", "current"),
    Step("Answer", "next"),
    Step("Take over", "next"),
)
TABS = (
    Tab("All", "?", is_current=True, count=42),
    Tab("Waiting", "?tab=waiting", count=0),
    Tab("Notes", "?tab=notes"),
)
STRANDS = (
    Strand("Water", "strand-health"),
    Strand("Soil", "strand-employment"),
    Strand("Signe", "strand-applicant"),
)


def timeline(start: int, count: int) -> list[TimelineEntry]:
    """Return `count` entries, counted back from the day of the gallery."""
    kinds = (
        ("Watered together", "Two cans each.", "health", "Water", "cup-hot", ""),
        ("New earth came", "", "employment", "Soil", "briefcase", ""),
        ("A note", "", "applicant", "Signe", "chat-left-text", "Only its writer."),
        ("The gate was painted", "Green, as agreed.", "", "", "house", ""),
    )
    entries = []
    for number in range(start, start + count):
        title, text, strand, label, icon, withheld = kinds[number % len(kinds)]
        day = TODAY - timedelta(days=9 * number)
        entries.append(
            TimelineEntry(day, title, text, strand, label, icon, "?", "Ada", withheld)
        )
    return entries


def _weekly(first: date, last: date, gap: int) -> Iterator[Meeting]:
    day = first
    while day <= last:
        yield Meeting(day, "Garden evening")
        day += timedelta(days=gap)


def pictures() -> dict[str, BraidPicture]:
    """Return braids of every kind: some meetings, none, one, years of them."""
    year = (date(2025, 12, 1), TODAY)
    met = [*_weekly(date(2025, 12, 18), date(2026, 1, 15), 14)]
    met += _weekly(date(2026, 3, 9), TODAY, 17)
    marks = (
        Mark(date(2025, 12, 19), "first visit"),
        Mark(date(2026, 3, 12), "bed dug"),
        Mark(date(2026, 5, 18), "sown"),
        Mark(date(2026, 5, 27), "first leaves"),
        Mark(date(2026, 9, 28), "harvest"),
    )
    years = (date(2021, 3, 15), TODAY)
    week = (date(2026, 9, 28), TODAY)
    short = [Meeting(date(2026, 10, 1), "Garden evening")]
    return {
        "some": draw(STRANDS, met, marks, first_day=year[0], last_day=year[1]),
        "none": draw(STRANDS, (), marks[:2], first_day=year[0], last_day=year[1]),
        "years": draw(
            STRANDS,
            _weekly(*years, 7),
            marks,
            first_day=years[0],
            last_day=years[1],
        ),
        "week": draw(STRANDS, short, first_day=week[0], last_day=week[1]),
        "compact": draw(
            STRANDS, met, first_day=year[0], last_day=year[1], compact=True
        ),
    }


class BedForm(LaidOut, forms.Form):
    """Every kind of field, the last of them folded."""

    name = forms.CharField(label="Name of the bed", help_text="As on its sign.")
    keeper = forms.ChoiceField(
        label="Who keeps it",
        choices=[("", "Choose"), *((row[0], row[0]) for row in ROWS)],
        widget=FilterSelect,
    )
    kind = forms.ChoiceField(
        label="What grows there",
        choices=[("roots", "Roots"), ("leaves", "Leaves"), ("beans", "Beans")],
        widget=SegmentedRadio,
        initial="roots",
    )
    sown_on = forms.DateField(label="Sown on", widget=DayInput, required=False)
    size = forms.ChoiceField(
        label="Size", choices=[("s", "Small"), ("m", "Middle"), ("l", "Large")]
    )
    tools = forms.MultipleChoiceField(
        label="Tools at hand",
        choices=[("can", "Watering can"), ("rake", "Rake"), ("spade", "Spade")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label="Note", widget=forms.Textarea({"rows": 3}), required=False
    )
    is_shared = forms.BooleanField(
        label="Neighbours may water it", required=False, help_text="While you are away."
    )

    layout = (
        *("name", "keeper", "kind", "sown_on", "size", "note"),
        Fold("Help and tools", "tools", "is_shared"),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name == "wrong":
            raise forms.ValidationError("There is a bed of that name. Choose another.")
        return name


class BedTable(tables.Table):
    """A sorted and paged table."""

    name = tables.Column(verbose_name="Bed")
    keeper = tables.Column(verbose_name="Keeper")
    size = tables.Column(
        verbose_name="Square metres",
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )

    class Meta:
        empty_text = "No beds yet."
        attrs = {"caption": "Beds"}


BEDS = tuple(
    {"name": f"Bed {number}", "keeper": ROWS[number % 5][0], "size": 4 + number % 9}
    for number in range(1, 15)
)


def harvests() -> Columns:
    """Return shares of beds harvested, a quarter each; in one nobody counted."""
    counted = (0.18, 0.27, 0.36, None, 0.41, 0.38, 0.47, 0.45, 0.5)
    shares = [
        Share(
            f"{2024 + n // 4}Q{n % 4 + 1}",
            value,
            "" if value is None else f"{round(100 * value)} %",
        )
        for n, value in enumerate(counted)
    ]
    return draw_columns(shares)


def rainfall() -> Lines:
    """Return three lines over eight quarters, one of them with a gap."""
    fallen = {
        "All beds": (3, 4, 6, 5, 7, 9, 8, 11),
        "By the gate": (1, 2, None, 2, 3, 4, 4, 6),
        "Orchard": (2, 2, 3, 3, 4, 5, 4, 5),
    }
    return draw_lines(
        [
            Line(
                name,
                tuple(
                    Point(f"{2024 + n // 4}Q{n % 4 + 1}", value, str(value or ""))
                    for n, value in enumerate(values)
                ),
            )
            for name, values in fallen.items()
        ]
    )


def yields() -> Stacks:
    """Return amounts in three parts, one of them falling away, and what is had now."""
    stacks = (
        Stack("0", (0.0, 60.0, 20.0), "80"),
        Stack("8", (30.0, 50.0, 20.0), "100"),
        Stack("16", (60.0, 30.0, 0.0), "90", marked="▼"),
        Stack("24", None, "not known"),
        Stack("32", (120.0, 10.0, 0.0), "130"),
    )
    return draw_stacks(stacks, ["Own beds", "Shared beds", "Orchard"], line=80.0)


def crops() -> Drawing:
    """Return bars as Vega draws them, one of them without a number."""
    bars = (Bar("Carrots", 14, "14"), Bar("Beans", 9, "9"), Bar("Leeks", None, "*"))
    return draw_chart(Bars(bars), "Most beds have carrots: 14 of 23.")
