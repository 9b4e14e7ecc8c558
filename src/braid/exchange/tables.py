"""Lists of an import's preview."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from braid.exchange.presenters import FindingLine, OutcomeRow


def _number(value: int) -> str:
    """Return the classes of a cell with a number; a nought is left out on a phone."""
    return "number" if value else "number nil"


NUMBER = {"td": {"class": _number}, "th": {"class": "number"}}


class OutcomeTable(tables.Table):
    """What happens to the rows of each kind."""

    label = tables.Column(verbose_name=_("What"))
    create = tables.Column(verbose_name=_("New"), attrs=NUMBER)
    update = tables.Column(verbose_name=_("Changed"), attrs=NUMBER)
    nothing = tables.Column(verbose_name=_("As they are"), attrs=NUMBER)
    wait = tables.Column(verbose_name=_("Waiting for an answer"), attrs=NUMBER)
    reject = tables.Column(verbose_name=_("Left out"), attrs=NUMBER)
    vanished = tables.Column(verbose_name=_("No longer in the files"), attrs=NUMBER)

    class Meta:
        orderable = False
        attrs = {"caption": _("What the import does")}

    def __init__(self, rows: list[OutcomeRow]) -> None:
        super().__init__(rows)


class FindingTable(tables.Table):
    """Findings of one mark."""

    where = tables.Column(
        verbose_name=_("Where"), linkify=lambda record: record.url or None
    )
    value = tables.Column(verbose_name=_("In the file"), default="")
    sentence = tables.Column(verbose_name=_("What we say about it"))

    class Meta:
        orderable = False
        attrs = {"caption": _("Findings")}

    def __init__(self, rows: list[FindingLine]) -> None:
        super().__init__(rows)
