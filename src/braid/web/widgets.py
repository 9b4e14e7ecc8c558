"""Form controls of our own, made for a thumb."""

from collections.abc import Mapping

from django import forms


class SegmentedRadio(forms.RadioSelect):
    """A row of large buttons of which one is chosen; radio buttons underneath."""

    template_name = "web/widgets/segmented.html"
    option_template_name = "web/widgets/segmented_option.html"


class FilterSelect(forms.Select):
    """A select that becomes a field to type in; stays a plain select without JS."""

    def __init__(self, attrs: Mapping[str, object] | None = None) -> None:
        super().__init__({"data-filter-select": "", **(attrs or {})})


class DayInput(forms.DateInput):
    """The browser's own day picker, which sends and expects ISO days."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, object] | None = None) -> None:
        super().__init__(dict(attrs or {}), format="%Y-%m-%d")
