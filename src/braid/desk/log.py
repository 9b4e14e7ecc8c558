"""The Log: contact, employer visit, job start, job end and note, from everywhere.

Each page is a plain form and, opened with the Log button, the same form in a dialog.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.desk import forms
from braid.desk.beside import asks_whether_it_fits, beside, way_to_talk
from braid.desk.contact_forms import EditContactForm
from braid.kernel.errors import InputFault, Stale
from braid.method.clocks import CONTACT_MODES
from braid.people import commands as people_commands
from braid.people import queries as people
from braid.people.queries import EpisodeRef, ToLogFor
from braid.web.messages import undoable
from braid.web.pages import add_fault, form_page, stale_sentence, status_of
from braid.web.presenters import Later, Tab
from braid.web.responses import go
from braid.work import commands as work_commands
from braid.work import queries as work
from braid.work.queries import JobToEnd

Saved = tuple[str, UUID, str] | None
FormMaker = Callable[[HttpRequest, Any], Any]
Saver = Callable[[Actor, Any], Saved]


def tabs(current: str, person: str) -> list[Tab]:
    """Return the kinds of entries as tabs that keep the person chosen."""
    query = f"?person={person}" if person else ""
    kinds = (
        ("contact", _("Contact")),
        ("employer", _("Employer visit")),
        ("job-start", _("Job start")),
        ("job-end", _("Job end")),
        ("note", _("Note")),
    )
    return [
        Tab(
            label,
            reverse(f"desk:log_{kind.replace('-', '_')}") + query,
            kind == current,
        )
        for kind, label in kinds
    ]


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of an entry; a role that never records is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _arguments(request: HttpRequest) -> dict[str, Any]:
    actor = _actor(request)
    return {
        "data": request.POST or None,
        "people": people.people_to_log_for(actor, actor.id),
        "today": timezone.localdate(),
        "initial": {"person": request.GET.get("person", "")},
    }


def _with_employers(request: HttpRequest) -> dict[str, Any]:
    actor = _actor(request)
    arguments = _arguments(request)
    arguments["employers"] = work.employer_names(actor)
    arguments["initial"]["employer"] = request.GET.get("employer", "")
    return arguments


def _episode(actor: Actor, form: Any) -> EpisodeRef:
    return people.ref(people.episode(actor, UUID(form.cleaned_data["person"])))


def _employer(actor: Actor, form: Any, unit: Any) -> Any:
    named = form.cleaned_data["new_employer"]
    if named:
        return work_commands.employer_named(actor=actor, unit=unit, name=named)
    return work.employer(actor, UUID(form.cleaned_data["employer"]))


def _page(
    request: HttpRequest,
    kind: str,
    title: str,
    form: Any,
    save: Saver,
    *,
    listed: Iterable[ToLogFor | JobToEnd],
) -> HttpResponse:
    """Show the form, or save it and go back to where the Log was opened.

    `listed` are those whose names can be chosen from.
    """
    mend = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(request.actor, form)  # type: ignore[attr-defined]
        except InputFault as fault:
            mend = way_to_talk(form, fault) if kind == "employer" else None
            add_fault(form, fault)
        except Stale:
            form.add_error(None, stale_sentence())
        else:
            return _saved(request, saved)
    audit.record_list(
        request.actor,  # type: ignore[attr-defined]
        f"log_{kind}_opened",
        [one.applicant_id for one in listed],
        (Information.IDENTITY,),
        ground=Ground.OWN_CARE,
    )
    person = request.GET.get("person", "")
    context = {
        "title": title,
        "form": form,
        "tabs": tabs(kind, person),
        "later": _read_by(request, kind),
        "beside": beside(request) if kind == "employer" else None,
        "mend": mend,
    }
    return render(request, "desk/log.html", context, status=status_of(form))


def _read_by(request: HttpRequest, kind: str) -> Later:
    """Return the line that says who will read the entry, for the person chosen."""
    chosen = {
        "form": kind,
        **{name: request.GET.get(name, "") for name in ("person", "job")},
    }
    address = f"{reverse('desk:log_audience')}?{urlencode(chosen)}"
    return Later(address, _("Who reads this?"), follows=("person", "job", "kind"))


def _saved(request: HttpRequest, saved: Saved) -> HttpResponse:
    if saved is None:
        raise Http404
    kind, key, text = saved
    undoable(request, text, reverse("desk:take_back", args=[kind, key]))
    back = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    if kind == "job":
        return go(request, reverse("work:job", args=[key]))
    if kind == "employer_contact" and request.POST.get("person"):
        asked = asks_whether_it_fits(request, key)
        if asked:
            return go(request, asked)
    if kind == "contact" and (asked := _first_contact(request, key)):
        return go(request, asked)
    return go(request, back or reverse("home"))


def _first_contact(request: HttpRequest, key: UUID) -> str:
    """Return where to say that this was the first meaningful contact, if it may be."""
    found = work.contact(_actor(request), key)
    if found.episode.entered_on is not None or not found.attended:
        return ""
    if found.mode not in CONTACT_MODES:
        return ""
    address = reverse("people:entered", args=[found.episode_id])
    return f"{address}?{urlencode({'day': found.day.isoformat()})}"


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    def save(actor: Actor, form: forms.ContactForm) -> Saved:
        episode = _episode(actor, form)
        made = work_commands.log_contact(actor=actor, episode=episode, **form.values())
        return (
            "contact",
            made.pk,
            _("Contact with %(name)s logged.") % {"name": episode.name},
        )

    given = _arguments(request)
    form = forms.ContactForm(**given)
    title = _("Log a contact")
    return _page(request, "contact", title, form, save, listed=given["people"])


@require_http_methods(["GET", "POST"])
def employer(request: HttpRequest) -> HttpResponse:
    def save(actor: Actor, form: forms.EmployerVisitForm) -> Saved:
        episode = _episode(actor, form) if form.cleaned_data["person"] else None
        unit = _unit(request, episode)
        found = _employer(actor, form, unit)
        made = work_commands.log_employer_contact(
            actor=actor, unit=unit, employer=found, episode=episode, **form.values()
        )
        text = _("Contact with %(name)s logged.") % {"name": found.name}
        return "employer_contact", made.pk, text

    given = _with_employers(request)
    form = forms.EmployerVisitForm(**given)
    title = _("Log an employer visit")
    return _page(request, "employer", title, form, save, listed=given["people"])


def _unit(request: HttpRequest, episode: EpisodeRef | None) -> Any:
    """Return the person's unit, else the one the actor works in."""
    actor = _actor(request)
    units = people.units_of(actor)
    if episode is not None:
        return units.get(pk=episode.unit_id)
    unit = units.first()
    if unit is None:
        raise Http404
    return unit


@require_http_methods(["GET", "POST"])
def job_start(request: HttpRequest) -> HttpResponse:
    def save(actor: Actor, form: forms.JobStartForm) -> Saved:
        episode = _episode(actor, form)
        found = _employer(actor, form, _unit(request, episode))
        made = work_commands.start_job(
            actor=actor,
            episode=episode,
            employer=found,
            **{
                name: form.cleaned_data[name]
                for name in ("first_day", "title", "twice")
            },
        )
        text = _("Job start of %(name)s recorded. The rest can follow later.")
        return "job", made.pk, text % {"name": episode.name}

    given = _with_employers(request)
    form = forms.JobStartForm(**given)
    title = _("Record a job start")
    return _page(request, "job-start", title, form, save, listed=given["people"])


@require_http_methods(["GET", "POST"])
def job_end(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    today = timezone.localdate()
    running = work.jobs_to_end(actor, today)

    def save(actor: Actor, form: forms.JobEndForm) -> Saved:
        job = work.job(actor, UUID(form.cleaned_data["job"]))
        values = {
            key: value for key, value in form.cleaned_data.items() if key != "job"
        }
        work_commands.end_job(
            actor=actor, job=job, row_version=job.row_version, **values
        )
        return "job_end", job.pk, _("Job end recorded. The search can begin again.")

    form = forms.JobEndForm(
        request.POST or None,
        jobs=[(str(one.id), one.label) for one in running],
        today=today,
        initial={"job": request.GET.get("job", "")},
    )
    return _page(request, "job-end", _("Record a job end"), form, save, listed=running)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    def save(actor: Actor, form: forms.NoteForm) -> Saved:
        episode = _episode(actor, form)
        given = form.cleaned_data
        made = people_commands.write_note(
            actor=actor,
            episode=people.episode(actor, episode.id),
            day=given["day"],
            kind=given["kind"],
            text=given["text"],
        )
        return "note", made.pk, _("Note on %(name)s saved.") % {"name": episode.name}

    given = _arguments(request)
    form = forms.NoteForm(**given)
    return _page(request, "note", _("Write a note"), form, save, listed=given["people"])


@require_POST
def take_back(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Undo what was just logged."""
    actor = _actor(request)
    today = timezone.localdate()
    try:
        if kind == "note":
            people_commands.take_back_note(actor=actor, key=key, today=today)
        elif kind == "job_end":
            work_commands.reopen_job(actor=actor, job=work.job(actor, key))
        else:
            work_commands.take_back(actor=actor, kind=kind, key=key, today=today)
    except InputFault as fault:
        messages.error(request, str(fault))
    except Stale:
        messages.error(
            request,
            _("Somebody changed this entry since. It stays; open it and correct it."),
        )
    except KeyError as error:
        raise Http404 from error
    else:
        messages.success(request, _("Taken back."))
    back = request.POST.get("next", "")
    is_left = kind == "job"  # its own page, which is gone now
    if is_left or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("home")
    return redirect(back)


@require_http_methods(["GET", "POST"])
def edit_contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look at one contact again and correct it."""
    actor = _actor(request)
    found = work.contact(actor, key)
    if request.method == "GET":
        audit.record(
            actor,
            "contact_opened",
            found,
            applicant=found.episode.applicant_id,
            information=(Information.ATTENDANCE, Information.CONVERSATION),
            ground="own_care",
        )
    form = EditContactForm.of(found, request.POST or None, timezone.localdate())
    given = work.supports_of_contact(actor, found)
    form.ask_supports(
        _jobs_on(actor, found),
        {one.kind for one in given},
        str(given[0].job_id) if given else "",
    )

    @transaction.atomic
    def save(values: dict[str, Any]) -> None:
        work_commands.change_contact(
            actor=actor,
            contact=found,
            row_version=values["row_version"],
            **form.values(),
        )
        if "supports" in values:
            work_commands.record_supports(
                actor=actor,
                job=work.job(actor, UUID(values["job"])),
                day=values["day"],
                kinds=values["supports"],
                mode=values["mode"],
                contact=found,
            )

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.CONVERSATION),
        title=_("Contact with %(name)s") % {"name": found.episode.applicant.name},
        done=_("Contact corrected."),
        to=reverse("desk:person", args=[found.episode.applicant_id]),
    )


def _jobs_on(actor: Actor, contact: Any) -> list[tuple[str, str]]:
    """Return the jobs in which a contact can have been support, as choices."""
    found = work.jobs_on(actor, contact.episode_id, contact.day)
    return [
        (str(job.pk), job.title or getattr(job.employer, "name", "") or _("Job"))
        for job in found
    ]
