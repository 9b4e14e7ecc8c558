"""The form of a contact that was logged, looked at again: corrected, support ticked."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from braid.desk.forms import COMPANY, MINUTES, Choices, ContactForm
from braid.web.layouts import Fold
from braid.work.choices import SupportKind


class EditContactForm(ContactForm):
    """A logged contact, to be corrected; knows which version it shows.

    Where the person has a job, support in it can be ticked.
    """

    layout = (*ContactForm.layout[1:], "row_version")

    person: Any = None
    row_version = forms.IntegerField(widget=forms.HiddenInput)
    job = forms.ChoiceField(label=gettext_lazy("In which job"), required=False)
    supports = forms.MultipleChoiceField(
        label=gettext_lazy("Support in the job"),
        choices=SupportKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def ask_supports(self, jobs: Choices, given: Collection[str], job: str) -> None:
        """Ask for support in one of the jobs, or not at all where there is none."""
        if not jobs:
            del self.fields["job"], self.fields["supports"]
            return
        field: Any = self.fields["job"]
        field.choices, field.initial = jobs, job or jobs[-1][0]
        self.fields["supports"].initial = list(given)
        folded = Fold(gettext_lazy("Support in the job"), "supports", "job")
        folded.is_open = bool(given)
        self.layout = (*EditContactForm.layout, folded)

    @classmethod
    def of(cls, contact: Any, data: Any, today: date) -> "EditContactForm":
        """Return the form filled with a contact; odd minutes stay what they are."""
        company = [name for name, _label in COMPANY if getattr(contact, name)]
        initial = {
            "mode": contact.mode,
            "attended": "no" if contact.attended is False else "yes",
            "place": contact.place,
            "minutes": "" if contact.minutes is None else str(contact.minutes),
            "company": company,
            "note": contact.note,
            "phase": contact.phase,
            "row_version": contact.row_version,
        }
        form = cls(data, people=[], today=today, initial=initial)
        form.fields["day"].initial = contact.day
        minutes: Any = form.fields["minutes"]
        logged = initial["minutes"]
        if logged and logged not in dict(MINUTES):
            minutes.choices = sorted(
                [*MINUTES, (logged, logged)], key=lambda c: int(c[0])
            )
        return form
