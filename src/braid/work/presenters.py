"""What the pages about work say: a job's class with its reasons, terms, likeness."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.numberformat import format as number
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.method.competitive import Class, Reason, Verdict
from braid.packs import occupations
from braid.packs.jurisdictions import Jurisdiction
from braid.web.presenters import State
from braid.work.choices import Placement

CLASSES: dict[Class, tuple[Promise, State]] = {
    Class.COMPETITIVE: (gettext_lazy("Competitive employment"), State.OK),
    Class.NON_COMPETITIVE: (gettext_lazy("Not competitive employment"), State.INFO),
    Class.SUBSIDISED: (gettext_lazy("Subsidised, shown apart"), State.INFO),
    Class.UNDETERMINED: (gettext_lazy("Not decided yet"), State.SOON),
    Class.EDUCATION: (gettext_lazy("Education"), State.INFO),
}
TESTS: dict[str, Promise] = {
    "T1": gettext_lazy("anyone could apply for it"),
    "T2": gettext_lazy("it pays the legal minimum and what colleagues get"),
    "T3": gettext_lazy("the employer, not a programme, is the employer on paper"),
    "T4": gettext_lazy("no service set a time limit"),
    "T5": gettext_lazy("it has the ordinary rights of employees"),
}


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict for people: a line, whether it counts, and one sentence a reason."""

    label: str
    state: State
    counts: str
    reasons: tuple[str, ...]


def verdict_words(verdict: Verdict) -> VerdictWords:
    """Return a verdict in words."""
    label, state = CLASSES[verdict.cls]
    counts = (
        _("Counts as competitive employment.")
        if verdict.counts
        else _("Does not count as competitive employment.")
    )
    return VerdictWords(
        label=str(label),
        state=state,
        counts=counts,
        reasons=(*map(_reason, verdict.reasons), *_stream(verdict)),
    )


def _stream(verdict: Verdict) -> tuple[str, ...]:
    if verdict.stream != "retention":
        return ()
    held = _(
        "The person had it when referred: it may count as work, never as a job start."
    )
    return (held,)


def _reason(reason: Reason) -> str:
    test = TESTS.get(reason.test, "")
    placement = (
        Placement(reason.placement).label
        if reason.placement in Placement.values
        else reason.placement
    )
    sentences: dict[str, str] = {
        "placement_not_known": _(
            "The kind of job is not known yet. Say what kind it is."
        ),
        "placement_never_counts": _("A job of the kind “%(placement)s” never counts."),
        "switch_off": _("“%(placement)s” is not counted in this country."),
        "switch_on": _("“%(placement)s” is counted in this country."),
        "test_failed": _("It fails this test: %(test)s."),
        "test_open": _("Not known yet: %(test)s."),
        "counts": _("It is ordinary work, and every test holds."),
        "counts_flagged": _("It counts, and “%(placement)s” is shown as such."),
        "education": _("Education is an outcome of its own, never employment."),
    }
    sentence = sentences.get(reason.slug, reason.slug.replace("_", " "))
    return sentence % {"placement": placement, "test": test}


def placements_here(pack: Jurisdiction) -> list[tuple[str, str]]:
    """Return the kinds of jobs, each with what the country itself calls it."""
    language = pack.customs.languages[0]
    local: dict[str, list[str]] = {}
    for kind in pack.placements:
        if kind.placement:
            local.setdefault(kind.placement, []).append(kind.name(language))
    shown = []
    for code, label in Placement.choices:
        names = [
            name
            for name in local.get(code, [])
            if name.casefold() != str(label).casefold()
        ]
        shown.append((code, f"{label} ({', '.join(names)})" if names else str(label)))
    return shown


def terms_line(terms: Any) -> str:
    """Say hours and pay in one line."""
    parts = []
    if terms.weekly_hours is not None:
        parts.append(
            _("%(hours)s hours a week") % {"hours": _number(terms.weekly_hours)}
        )
    if terms.pay is not None:
        amount = f"{_number(terms.pay, places=2)} {terms.currency}".strip()
        unit = terms.get_pay_unit_display()
        parts.append(f"{amount} {unit}".strip())
    return ", ".join(parts) or _("hours and pay not known")


def _number(value: Any, places: int | None = None) -> str:
    text = f"{value.normalize():f}" if places is None else f"{value:.{places}f}"
    decimal = "," if (get_language() or "en").startswith("da") else "."
    return number(text, decimal)


LIKE_REASONS: dict[str, Promise] = {
    "register_number": gettext_lazy("the same register number"),
    "like_name": gettext_lazy("names that are alike"),
}


def group_words(scheme: occupations.Scheme, code: str) -> str:
    """Return a group of a list in words, with its code; empty where none is known."""
    words = occupations.label(scheme, code, get_language() or "en") if code else ""
    return f"{words} ({code})" if words != code else code
