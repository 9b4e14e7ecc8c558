"""Forms of questions between the sides: asked, answered, given, sent as a link."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext_lazy as _

from braid.teamwork.choices import SIDES, QuestionKind
from braid.teamwork.commands.questions import LONGEST_ANSWER, LONGEST_QUESTION
from braid.teamwork.queries.bounds import Asking, Receiver
from braid.teamwork.rules import ANSWER_DAYS
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput

BOUNDS = "{% include 'teamwork/question_bounds.html' with bounds=form.bounds %}"


class QuestionForm(LaidOut, forms.Form):
    """One question to one side, or to one person there."""

    layout: tuple[object, ...] = (
        "whom",
        "kind",
        "text",
        HTML(BOUNDS),
        "is_somebody_else",
        "due_on",
    )

    whom = forms.ChoiceField(label=_("Whom do you ask?"))
    kind = forms.ChoiceField(label=_("About what?"), choices=QuestionKind.choices)
    text = forms.CharField(
        label=_("Question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_QUESTION}),
        help_text=_("One question, so that a short answer is enough."),
    )
    is_somebody_else = forms.BooleanField(
        label=_("The name is that of nobody who is helped here. Keep it."),
        required=False,
        widget=forms.HiddenInput,
    )
    due_on = forms.DateField(label=_("Answer wanted by"), widget=DayInput)

    # What stands beneath the question: what each side may read.
    bounds: Any = None

    def __init__(
        self, *args: Any, asking: Asking, today: date, side: str = "", **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.asking = asking
        whom: Any = self.fields["whom"]
        whom.choices = [(_group(one), _options(one)) for one in asking.receivers]
        self.initial.setdefault("whom", _first(asking, side))
        self.initial.setdefault("due_on", today + timedelta(ANSWER_DAYS))
        if asking.person is None:
            del self.fields["kind"]
            self.fields["text"].help_text = _(
                "A general question is read by whole teams. It names nobody."
            )
            self.layout = tuple(part for part in self.layout if part != "kind")

    def offer_to_keep_name(self) -> None:
        """Show the box that says that a name is somebody else's."""
        self.fields["is_somebody_else"].widget = forms.CheckboxInput()

    def shown(self, name: str) -> str:
        """Return what a field shows now.

        A bound field, once asked, would remember it and show no draft that is taken up.
        """
        field = self.fields[name]
        if self.is_bound:
            given = field.widget.value_from_datadict(self.data, self.files, name)
        else:
            given = self.get_initial_for_field(field, name)
        return str(given or "")

    def chosen(self) -> tuple[Receiver | None, str]:
        """Return who is chosen as it stands, and the key of one person there or empty."""
        value = self.shown("whom")
        team, _mark, staff = value.rpartition(":")
        return self.asking.receiver(team), staff


def _group(one: Receiver) -> str:
    return f"{one.team} · {SIDES[one.sector]}"


def _options(one: Receiver) -> list[tuple[str, str]]:
    everybody = (f"{one.key}:", _("%(team)s, whoever can answer") % {"team": one.team})
    members = [(f"{one.key}:{each.user_id}", each.name) for each in one.members]
    return [everybody, *members]


def _first(asking: Asking, side: str) -> str:
    """Return the side that the address asks for, or the first there is."""
    wanted = [one for one in asking.receivers if one.sector == side]
    found = next(iter(wanted or asking.receivers), None)
    return f"{found.key}:" if found is not None else ""


class AnswerForm(LaidOut, forms.Form):
    """The answer to one question."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class GiveForm(LaidOut, forms.Form):
    """Who of the side that is asked answers."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Who answers?"), required=False)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["staff"]
        field.choices = [("", _("whoever can")), *staff]


class LinkForm(LaidOut, forms.Form):
    """To whom a link goes; an address only where mails are sent."""

    who = forms.CharField(
        label=_("Who answers?"),
        max_length=150,
        required=False,
        help_text=_("Name and place of work, for your own list."),
    )
    sent_to = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "The link goes there, without the question and without a name. The code you "
            "tell them yourself."
        ),
    )

    def __init__(self, *args: Any, mails: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not mails:
            del self.fields["sent_to"]


class CodeForm(LaidOut, forms.Form):
    """The code that came another way."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        help_text=_("Eight digits, told to you by telephone or in a message."),
    )


class LinkAnswerForm(LaidOut, forms.Form):
    """The answer of somebody without an account."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(
        label=_("Your name and where you work"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
