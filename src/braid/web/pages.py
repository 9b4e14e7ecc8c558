"""A page that is one form: shown, saved, or told what stands in the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from braid.kernel.errors import Change, InputFault, Stale
from braid.web.presenters import Action, Later
from braid.web.responses import go, mark_saved

Save = Callable[[dict[str, Any]], Any]
Where = str | Callable[[Any], str | HttpResponse]


def form_page(
    request: HttpRequest,
    form: Any,
    save: Save,
    *,
    title: str,
    to: Where,
    done: str = "",
    submit: str = "",
    lead: str = "",
    later: Later | None = None,
    link: Action | None = None,
) -> HttpResponse:
    """Show `form` in the dialog or as a page; save it and go `to` where it leads.

    `save` gets the cleaned data; what it returns is handed to `to` where that is a
    function, which answers with an address, or with a page of its own. An InputFault
    is shown beside its field, a Stale with who changed what; in both cases nothing was
    saved and what was typed is still there. `later` stands above the buttons,
    `link` beneath the lead.
    """
    changes: tuple[Change, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
        except Stale as fault:
            changes = tuple(_in_words(form, change) for change in fault.changes)
            form.add_error(None, stale_sentence())
        else:
            return _onwards(request, to if isinstance(to, str) else to(saved), done)
    context = {
        "title": title,
        "form": form,
        "changes": changes,
        "submit": submit,
        "lead": lead,
        "later": later,
        "link": link,
    }
    return render(request, "web/form_page.html", context, status=status_of(form))


def _onwards(
    request: HttpRequest, where: str | HttpResponse, done: str
) -> HttpResponse:
    if isinstance(where, HttpResponse):
        mark_saved(request)
        return where
    messages.success(request, done)
    return go(request, where)


def add_fault(form: Any, fault: InputFault) -> None:
    """Show a fault beside the field it names, or above the form."""
    form.add_error(fault.field if fault.field in form.fields else None, str(fault))


def _in_words(form: Any, change: Change) -> Change:
    """Return a change as the form words it: the label of its field and of its choice."""
    field = form.fields.get(change.field)
    if field is None:
        return change
    choices = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    return replace(
        change,
        field=str(field.label),
        old=choices.get(change.old, change.old),
        new=choices.get(change.new, change.new),
    )


def stale_sentence() -> str:
    return _("Somebody changed this while you were typing. Nothing was saved yet.")


def status_of(form: Any) -> int:
    """Return 422 for a form that was sent and has errors, else 200."""
    return 422 if form.is_bound and form.errors else 200
