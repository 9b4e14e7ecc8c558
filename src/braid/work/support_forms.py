"""Forms about support in a job: planned, given, what was hard, and how it ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import AgreedHow
from braid.web.forms import LaidOut
from braid.web.layouts import Fold
from braid.web.widgets import SegmentedRadio
from braid.work.choices import GivenBy, Mode, SupportKind
from braid.work.commands.support import Planned
from braid.work.forms import optional, tri, tri_word
from braid.work.job_forms import day_field, text_field

ROWS_MORE, MOST_ROWS = 3, 12
NOT_CHOSEN = ("", gettext_lazy("Choose"))


class SupportPlanForm(LaidOut, forms.Form):
    """How somebody is supported in a job; nothing is compulsory but the day."""

    made_on = day_field(gettext_lazy("Talked about on"), required=True)
    triggers = text_field(gettext_lazy("What makes it hard"), rows=2)
    early_signs = text_field(gettext_lazy("Early signs, and what helps then"), rows=2)
    may_contact_workplace = tri(
        gettext_lazy("May we talk to the workplace?"),
        gettext_lazy("The person decides, and can change it at any time."),
    )
    career_goal = text_field(gettext_lazy("Where it should lead"), rows=2)
    education_support = text_field(gettext_lazy("Help with learning"), rows=2)
    agreed_on = day_field(gettext_lazy("Agreed on"))
    agreed_how = forms.ChoiceField(
        label=gettext_lazy("How it was agreed"),
        choices=optional(AgreedHow.choices),
        required=False,
    )
    review_on = day_field(gettext_lazy("Look at it again on"))
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, held: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = min(len(held) + ROWS_MORE, MOST_ROWS)
        self._shown = max(len(held), 1)
        for n in range(self.rows):
            self._add_row(n, held[n] if n < len(held) else None)
        self.layout = self._laid_out()

    def _add_row(self, n: int, held: Any) -> None:
        self.fields[f"kind_{n}"] = forms.ChoiceField(
            label=_("Support"),
            choices=[NOT_CHOSEN, *SupportKind.choices],
            required=False,
            initial=held.kind if held else "",
        )
        self.fields[f"by_{n}"] = forms.ChoiceField(
            label=_("By whom"),
            choices=GivenBy.choices,
            required=False,
            initial=held.given_by if held else GivenBy.SPECIALIST,
        )
        self.fields[f"words_{n}"] = forms.CharField(
            label=_("In words"),
            max_length=300,
            required=False,
            initial=held.words if held else "",
        )

    def _laid_out(self) -> tuple[object, ...]:
        rows = [(f"kind_{n}", f"by_{n}", f"words_{n}") for n in range(self.rows)]
        shown = [name for row in rows[: self._shown] for name in row]
        more = [
            Fold(gettext_lazy("One more support"), *row) for row in rows[self._shown :]
        ]
        signs = Fold(
            gettext_lazy("What makes it hard, and early signs"),
            "triggers",
            "early_signs",
            is_open=True,
        )
        onwards = Fold(
            gettext_lazy("Where it leads"), "career_goal", "education_support"
        )
        agreed = ("agreed_on", "agreed_how", "review_on", "row_version")
        head = ("made_on", *shown, *more, signs, "may_contact_workplace", onwards)
        return (*head, *agreed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(self.rows):
            if cleaned.get(f"words_{n}") and not cleaned.get(f"kind_{n}"):
                self.add_error(f"kind_{n}", _("Say what kind of support this is."))
        return cleaned

    def supports(self) -> list[Planned]:
        given = self.cleaned_data
        return [
            Planned(
                given[f"kind_{n}"],
                given[f"by_{n}"] or GivenBy.SPECIALIST,
                given[f"words_{n}"],
            )
            for n in range(self.rows)
            if given[f"kind_{n}"]
        ]

    def values(self) -> dict[str, Any]:
        """Return the fields of the plan, and whether the workplace may be talked to."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    @classmethod
    def initial_of(cls, job: Any, plan: Any, today: date) -> dict[str, Any]:
        told = {"may_contact_workplace": tri_word(job.may_contact_workplace)}
        if plan is None:
            return {"made_on": today} | told
        names = [name for name in cls.base_fields if name not in told]
        return {name: getattr(plan, name) for name in names} | told


class SupportForm(LaidOut, forms.Form):
    """What support was given on a day: one tap each."""

    layout = ("kinds", "given_by", "mode", "day")

    day = day_field(gettext_lazy("Day"), required=True)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What was done"),
        choices=SupportKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one.")},
    )
    given_by = forms.ChoiceField(
        label=gettext_lazy("By whom"),
        choices=GivenBy.choices,
        initial=GivenBy.SPECIALIST,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=optional(Mode.choices),
        required=False,
        widget=SegmentedRadio,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today
        self.today = today

    def clean_day(self) -> date:
        return _not_to_come(self.cleaned_data["day"], self.today)


def _not_to_come(given: date, today: date) -> date:
    if given > today:
        raise forms.ValidationError(
            _("This day is still to come. Note it when it has happened.")
        )
    return given


class ProblemForm(LaidOut, forms.Form):
    """Something that is hard in the job."""

    layout: tuple[object, ...] = ("words", "first_day")

    words = text_field(gettext_lazy("What is hard"), required=True)
    first_day = day_field(gettext_lazy("Known since"), required=True)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today
        self.today = today

    def clean_first_day(self) -> date:
        return _not_to_come(self.cleaned_data["first_day"], self.today)


class ChangeProblemForm(ProblemForm):
    """What became of something hard: settled on a day, by something that helped."""

    layout = ("last_day", "settled_how", *ProblemForm.layout, "row_version")

    last_day = day_field(gettext_lazy("Settled on, if it is"))
    settled_how = text_field(gettext_lazy("What helped"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)


VIEWS = ("person_view", "specialist_view", "employer_view", "do_differently")


class EndReviewForm(LaidOut, forms.Form):
    """What is learned from a job that ended. It is not the end of the service."""

    day = day_field(gettext_lazy("Talked about on"), required=True)
    last_day_worked = day_field(gettext_lazy("Last day really worked"))
    notice_given = tri(gettext_lazy("Was notice given?"))
    person_view = text_field(gettext_lazy("How the person sees it"))
    specialist_view = text_field(gettext_lazy("How we see it"))
    employer_view = text_field(gettext_lazy("How the employer sees it"))
    do_differently = text_field(gettext_lazy("What we do differently next time"))
    next_step = forms.CharField(
        label=gettext_lazy("Next step"), max_length=200, required=False
    )
    search_again_on = day_field(gettext_lazy("The search begins again on"))
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asks_employer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_employer:
            del self.fields["employer_view"]
        self.layout = tuple(self.fields)

    @classmethod
    def initial_of(cls, job: Any, review: Any, today: date) -> dict[str, Any]:
        if review is None:
            return {"day": today, "last_day_worked": job.last_day}
        values = {name: getattr(review, name) for name in cls.base_fields}
        return values | {"notice_given": tri_word(review.notice_given)}
