"""The navigation of every page: an entry appears where its page works for the actor."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from braid.access.policy import Action, Actor, Information, may
from braid.web.presenters import MenuItem, NavItem, UserMenu

Entry = tuple[str, str, str, Action, Information | None]


def _entries() -> list[Entry]:
    record, figures = Action.RECORD, Information.STATISTICAL
    return [
        (_("Unit"), "desk:unit", "people", Action.OVERSEE, figures),
        (_("Today"), "desk:today", "sun", record, Information.ATTENDANCE),
        (_("Caseload"), "desk:caseload", "kanban", record, Information.ATTENDANCE),
        (_("Jobs"), "work:jobs", "briefcase", record, Information.JOBS),
        (_("Employers"), "work:employers", "building", Action.KEEP_EMPLOYERS, None),
        (_("Members"), "access:members", "person-check", Action.MANAGE_MEMBERS, None),
        (_("Import"), "exchange:imports", "upload", Action.IMPORT, None),
    ]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return what the header of a page shows to the person signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"mails": settings.BRAID_MAILS}
    reads = may(actor, Action.RECORD, Information.ATTENDANCE)
    nav = []
    for label, name, icon, action, information in _entries():
        if not may(actor, action, information):
            continue
        if name == "desk:unit" and not reads:
            # The unit's page lists its people; its figures name nobody.
            label, name = _("Figures"), "desk:unit_figures"
        url = reverse(name)
        nav.append(NavItem(label, url, icon, request.path.startswith(url)))
    return {
        "nav": nav,
        "user_menu": _user_menu(request),
        "search_url": reverse("desk:search") if reads else "",
        "log_url": _log_url(request)
        if may(actor, Action.RECORD, Information.ATTENDANCE)
        else "",
    }


def _log_url(request: HttpRequest) -> str:
    """Return where Log leads; a page about one person has that person chosen."""
    return getattr(request, "log_url", reverse("desk:log_contact"))


def _user_menu(request: HttpRequest) -> UserMenu:
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
    if settings.BRAID_DEMO_MARK.exists():
        items.append(MenuItem(_("Be somebody else"), reverse("demo:cards"), "people"))
    items += [
        MenuItem(_("Language and appearance"), reverse("access:appearance"), "globe"),
        MenuItem(_("Change password"), reverse("account_change_password"), "lock"),
        MenuItem(_("Sign out"), reverse("account_logout"), "box-arrow-right", "post"),
    ]
    return UserMenu(
        name=request.user.name,  # type: ignore[union-attr]
        place=place.team or place.organisation,
        items=items,
    )
