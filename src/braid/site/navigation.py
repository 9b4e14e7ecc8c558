"""The navigation of every page: an entry appears where its page works for the actor."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from braid.access.policy import Action, Actor, Information, may
from braid.access.sides import has_side
from braid.access.sight import (
    decides_on_benefits,
    reads_by_seat_alone,
    reads_from_outside,
    reviews_services,
)
from braid.access.sign_in import purposes
from braid.desk.emergency.bands import bands
from braid.exchange.calendar import feeds
from braid.web.presenters import MenuItem, NavItem, Tab, UserMenu

# Pages that are reached from the applicant's page of data, by how their names begin.
OWN_DATA = tuple(
    f"desk:own_{page}"
    for page in ("who_sees", "consent", "looked", "blocks", "export", "requests", "end")
)

# Rarely opened by those who have people to look after: in their own menu instead.
NOW_AND_THEN = ("access:members", "exchange:imports")

# Which pages belong to a lens, by how their names begin.
COUNTS = ("desk:unit_figures",)
REPORTS = tuple(
    f"outcomes:{page}"
    for page in ("report", "release", "correct", "share", "run_again")
)
OF_LENSES = ("outcomes:", "integration:", "fidelity:", "funding:", "facts:", *COUNTS)
OF_ONE = ("funding:events", "funding:event_", "funding:ahead")  # pages about somebody

Entry = tuple[str, str, str, Action, Information | None]


def _entries() -> list[Entry]:
    record, figures = Action.RECORD, Information.STATISTICAL
    own, name = Action.ASK, Information.IDENTITY
    return [
        (_("My page"), "desk:own_home", "house", own, name),
        (_("My jobs"), "desk:own_jobs", "briefcase", own, name),
        (pgettext("around me", "People"), "desk:own_people", "people", own, name),
        (_("Documents"), "desk:own_documents", "file-earmark", own, name),
        (_("My data"), "desk:own_data", "shield-check", own, name),
        (_("To do"), "desk:stewardship", "shield-check", Action.REVIEW_ACCESS, None),
        (_("Unit"), "desk:unit", "people", Action.OVERSEE, figures),
        (
            pgettext("of people's money", "Income"),
            "benefits:home",
            "graph-up",
            Action.CONFIRM,
            Information.BENEFITS,
        ),
        (_("Today"), "desk:today", "sun", record, Information.ATTENDANCE),
        (_("To do"), "desk:todo", "check-lg", record, Information.ATTENDANCE),
        (_("Caseload"), "desk:caseload", "kanban", record, Information.ATTENDANCE),
        (_("Jobs"), "work:jobs", "briefcase", record, Information.JOBS),
        (_("Employers"), "work:employers", "building", Action.KEEP_EMPLOYERS, None),
        (_("Meetings"), "desk:gatherings", "calendar3", Action.TAKE_PART, None),
        (
            _("Questions"),
            "teamwork:questions",
            "question-circle",
            Action.TAKE_PART,
            None,
        ),
        (_("Figures"), "outcomes:home", "graph-up", Action.READ, figures),
        (_("Members"), "access:members", "person-check", Action.MANAGE_MEMBERS, None),
        (_("Import"), "exchange:imports", "upload", Action.IMPORT, None),
    ]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return what the header of a page shows to the person signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"mails": settings.BRAID_MAILS}
    reads = may(actor, Action.RECORD, Information.ATTENDANCE)
    nav, now_and_then = [], []
    for label, name, icon, action, information in _entries():
        if not may(actor, action, information):
            continue
        if name == "teamwork:questions" and not has_side(actor):
            continue  # invited to a table, and speaks for no side
        if reads and name in NOW_AND_THEN:
            now_and_then.append(MenuItem(str(label), reverse(name), icon))
            continue
        if name == "desk:unit" and not reads:
            # The unit's page lists its people; the figures of units name nobody.
            label, name = _("Figures"), "outcomes:home"
        url = reverse(name)
        nav.append(NavItem(label, url, icon))
        if name == "benefits:home" and not reads:  # a counsellor has a list as well
            nav.append(NavItem(_("To do"), reverse("desk:todo"), "check-lg"))
    if decides_on_benefits(actor):
        url = reverse("desk:job_centre")
        nav.insert(0, NavItem(_("Job-centre room"), url, "person-check"))
    if reads_by_seat_alone(actor):
        nav = [item for item in nav if item.url != reverse("outcomes:home")]
    if reviews_services(actor):
        url = reverse("fidelity:all_reviews")
        nav.append(NavItem(_("Reviews"), url, "file-earmark-text"))
    if may(actor, Action.PAY):  # a funder looks through this lens alone
        url = reverse("funding:home")
        nav.append(NavItem(_("Funding"), url, "file-earmark-text"))
    if reads_from_outside(actor):
        nav.append(NavItem(_("Shared with you"), reverse("desk:shared"), "people"))
    if (
        not reads
        and actor.own is None
        and may(actor, Action.REFER, Information.IDENTITY)
    ):
        nav.append(NavItem(_("Referrals"), reverse("people:sent"), "person-plus"))
    nav = _with_current(nav, _stands_at(request))
    return {
        "mails": settings.BRAID_MAILS,
        "nav": nav,
        "lenses": _lenses(request, actor),
        "bands": bands(actor, timezone.now()),
        "asked_url": _asked_url(request),
        "user_menu": _user_menu(request, now_and_then),
        "foot": [MenuItem(_("What others call it"), reverse("desk:words"))],
        "search_url": reverse("desk:search") if reads else "",
        "log_url": _log_url(request)
        if may(actor, Action.RECORD, Information.ATTENDANCE)
        else "",
    }


def _stands_at(request: HttpRequest) -> str:
    """Return the address under which a page stands, its own unless it is said here."""
    name = _name(request)
    if name.startswith("fidelity:") and reads_by_seat_alone(request.actor):  # type: ignore[attr-defined]
        return reverse("fidelity:all_reviews")
    if name.startswith(OF_ONE):
        return request.path
    if name.startswith("funding:") and may(request.actor, Action.PAY):  # type: ignore[attr-defined]
        return reverse("funding:home")
    if name.startswith(OF_LENSES):
        return reverse("outcomes:home")
    if name.startswith("desk:team_meeting"):
        return reverse("desk:gatherings")
    return reverse("desk:own_data") if name.startswith(OWN_DATA) else request.path


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _lenses(request: HttpRequest, actor: Actor) -> list[Tab]:
    """Return the lenses that the actor may look through, on the pages of any of them."""
    name, figures = _name(request), Information.STATISTICAL
    reads, oversees = (
        may(actor, action, figures) for action in (Action.READ, Action.OVERSEE)
    )
    is_lens = name.startswith(OF_LENSES) and not name.startswith(OF_ONE)
    is_lens = is_lens and not reads_by_seat_alone(actor)
    if not is_lens or not (reads or oversees):
        return []
    entries: list[tuple[str, str, tuple[str, ...], bool]] = [
        (_("Outcomes"), "outcomes:home", ("outcomes:",), True),
        (_("Integration"), "integration:home", ("integration:",), reads),
        (_("Fidelity"), "fidelity:home", ("fidelity:",), reads),
        (
            _("Funding"),
            "funding:home",
            ("funding:",),
            may(actor, Action.SEE_AMOUNTS),
        ),
        (_("The unit's counts"), "desk:unit_figures", COUNTS, oversees),
        (_("Reports"), "outcomes:reports", REPORTS, True),
        (_("Facts"), "facts:snapshots", ("facts:",), oversees),
    ]
    ways = {way: to for _l, to, pages, _m in entries for way in pages}
    here = max((way for way in ways if name.startswith(way)), key=len, default="")
    return [
        Tab(label, reverse(to), to == ways.get(here))
        for label, to, _pages, is_open in entries
        if is_open
    ]


def _with_current(nav: list[NavItem], path: str) -> list[NavItem]:
    """Mark the entry to which the page belongs: the one whose address goes furthest."""
    above = [item.url for item in nav if path.startswith(item.url)]
    current = max(above, key=len, default="")
    return [replace(item, is_current=item.url == current) for item in nav]


def _log_url(request: HttpRequest) -> str:
    """Return where Log leads; a page about one person has that person chosen."""
    return getattr(request, "log_url", reverse("desk:log_contact"))


def _asked_url(request: HttpRequest) -> str:
    """Return where somebody gives the reason that a steward has asked for."""
    for key in request.place.asked:  # type: ignore[attr-defined]
        return reverse("desk:finding_answer", args=[key])
    return ""


def _user_menu(request: HttpRequest, now_and_then: list[MenuItem]) -> UserMenu:
    place = request.place  # type: ignore[attr-defined]
    items = [
        MenuItem(
            _("Act as %(role)s, %(where)s")
            % {"role": other.role, "where": other.team or other.organisation},
            reverse("access:choose_place", args=[other.membership_id]),
            "arrow-repeat",
            "post",
        )
        for other in request.places  # type: ignore[attr-defined]
        if other.membership_id != place.membership_id
    ]
    items += [
        MenuItem(
            _("Work at: %(purpose)s") % {"purpose": other.label},
            reverse("access:choose_purpose", args=[other.value]),
            "arrow-repeat",
            "post",
        )
        for other in purposes.others(place.actor)
    ]
    if may(request.actor, Action.BREAK_GLASS):  # type: ignore[attr-defined]
        items.append(MenuItem(_("Emergency access"), reverse("desk:glass"), "unlock"))
    if settings.BRAID_DEMO_MARK.exists():
        items.append(MenuItem(_("Be somebody else"), reverse("demo:cards"), "people"))
    items += [
        *now_and_then,
        *_calendar(place.actor),
        MenuItem(_("What others call it"), reverse("desk:words"), "chat-left-text"),
        MenuItem(
            _("Language, appearance and mails"), reverse("access:appearance"), "globe"
        ),
        MenuItem(_("Sign-in and security"), reverse("access:security"), "lock"),
        MenuItem(_("Sign out"), reverse("account_logout"), "box-arrow-right", "post"),
    ]
    where = (place.team or place.organisation, purposes.present(place.actor))
    return UserMenu(
        name=request.user.name,  # type: ignore[union-attr]
        place=" · ".join(part for part in where if part),
        items=items,
    )


def _calendar(actor: Actor) -> list[MenuItem]:
    if not feeds.may_have(actor):
        return []
    return [MenuItem(_("Calendar"), reverse("exchange:feeds"), "calendar3")]
