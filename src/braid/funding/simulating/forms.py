"""The form of a simulation: which facts, which contracts, and what is filled into them."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.funding.monitors import words
from braid.funding.queries import contract_choices
from braid.funding.simulating.queries import Proposal
from braid.funding.simulating.uploads import LARGEST, bindings_of, contract_of
from braid.kernel.errors import PackFaults
from braid.method.contracts.shape import Bindings, Contract
from braid.method.measures.words import GROUPS
from braid.packs import contracts
from braid.web.forms import LaidOut

SIDES = ("first", "second")


class SimulationForm(LaidOut, forms.Form):
    """A contract over past facts, and where wanted a second one beside it."""

    snapshot = forms.ChoiceField(label=gettext_lazy("Past facts"))
    group = forms.ChoiceField(label=gettext_lazy("Told apart by"), required=False)
    first = forms.ChoiceField(label=gettext_lazy("Contract"), required=False)
    first_file = forms.FileField(
        label=gettext_lazy("Or a contract file of your own"),
        required=False,
        help_text=gettext_lazy("YAML. It is read, run and forgotten."),
    )
    first_bindings = forms.FileField(
        label=gettext_lazy("What is filled into it"),
        required=False,
        help_text=gettext_lazy(
            "A file of bindings. Without it, what is open is counted and has no amount."
        ),
    )
    second = forms.ChoiceField(
        label=gettext_lazy("Compared with another contract"), required=False
    )
    second_file = forms.FileField(
        label=gettext_lazy("Or another contract file of your own"), required=False
    )
    second_bindings = forms.FileField(
        label=gettext_lazy("What is filled into that one"), required=False
    )

    to_hand_over = forms.BooleanField(
        label=gettext_lazy("To hand over to a funder"),
        required=False,
        help_text=gettext_lazy(
            "Small numbers are then protected, as outside the unit."
        ),
    )

    def __init__(
        self, *args: Any, snapshots: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["snapshot"].choices = snapshots
        fields["group"].choices = [
            ("none", _("nothing")),
            *((key, words.key_name(key)) for key in GROUPS),
        ]
        known = [("", "–"), *contract_choices()]
        for side in SIDES:
            fields[side].choices = known

    def clean(self) -> dict[str, Any]:
        """Read the files; every fault of each stands beside its field, with its line."""
        given: dict[str, Any] = super().clean() or {}
        given["proposals"] = [
            proposal
            for side in SIDES
            if (proposal := self._proposal(side, given)) is not None
        ]
        if not given["proposals"] and not self.errors:
            self.add_error("first", _("Choose a contract, or bring a file of one."))
        return given

    def _proposal(self, side: str, given: dict[str, Any]) -> Proposal | None:
        file, name = given.get(f"{side}_file"), given.get(side)
        contract: Contract | None = contracts.load()[name] if name else None
        if file:
            contract = self._read(f"{side}_file", file, contract_of)
        if contract is None:
            return None
        bindings: Bindings | None = None
        if filled := given.get(f"{side}_bindings"):
            of = contract
            bindings = self._read(
                f"{side}_bindings", filled, lambda path: bindings_of(path, of)
            )
        return Proposal(contract, bindings)

    def _read(self, field: str, file: UploadedFile, read: Any) -> Any:
        if (file.size or 0) > LARGEST:
            told = _("The file is larger than 200 kB. Bring a smaller one.")
            self.add_error(field, told)
            return None
        try:
            return read(file.read())
        except PackFaults as found:
            for fault in found.faults:
                self.add_error(
                    field,
                    _("Line %(line)s: %(fault)s")
                    % {"line": fault.line, "fault": fault.message},
                )
        return None
