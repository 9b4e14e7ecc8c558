"""The claims of an agreement, and one claim with its history, clocks and steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.funding import commands, queries, rules
from braid.funding.choices import ClaimState
from braid.funding.claims import presenters, tabs
from braid.funding.claims.asking import actor_of_money, opened
from braid.funding.claims.forms import DifferenceForm, PayForm, RejectForm, WordsForm
from braid.funding.commands.claims import Taken, may_step
from braid.funding.models import Agreement, Claim
from braid.funding.rules import Said, Side
from braid.funding.told import WHY_NOT
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab

PAGE = 50
AT_ONCE = (ClaimState.RELEASED, ClaimState.SUBMITTED, ClaimState.ACCEPTED)
"""Steps that are taken for many claims together."""
FROM = {
    ClaimState.RELEASED: ClaimState.DRAFT,
    ClaimState.SUBMITTED: ClaimState.RELEASED,
    ClaimState.ACCEPTED: ClaimState.SUBMITTED,
}


@require_GET
def claims(request: HttpRequest, key: UUID) -> HttpResponse:
    """The claims of an agreement, by state; many can be taken on together."""
    actor = actor_of_money(request)
    found = queries.agreement(actor, key)
    rows = queries.claims(actor, found)
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state else rows.filter(is_live=True)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    opened(actor, "claims_opened", found)
    context = {
        "title": _("Claims"),
        "agreement": found,
        "tabs": tabs.of_agreement(actor, found, "funding:claims"),
        "states": _states(request, rows, state),
        "table": presenters.claim_table(page.object_list) if page.object_list else None,
        "page": page,
        "together": _together(actor, found, rows),
    }
    return render(request, "funding/claims/claims.html", context)


def _states(request: HttpRequest, rows: Any, state: str) -> list[Tab]:
    counted = queries.count_by_state(rows)
    found = [Tab(pgettext("claims", "Live"), request.path, not state)]
    for one in ClaimState:
        if one in counted:
            url = f"{request.path}?state={one.value}"
            found.append(Tab(str(one.label), url, state == one, counted[one]))
    return found


def _together(actor: Actor, agreement: Agreement, rows: Any) -> list[dict[str, Any]]:
    """Return the steps that `actor` can take for all claims of a state at once."""
    subject = agreement.subject()
    action = {
        ClaimState.RELEASED: Action.RELEASE,
        ClaimState.SUBMITTED: Action.CLAIM,
        ClaimState.ACCEPTED: Action.PAY,
    }
    found = []
    for to in AT_ONCE:
        allowed = access.policy.decide(actor, action[to], subject).allowed
        count = rows.filter(state=FROM[to], is_live=True).count() if allowed else 0
        if count:
            found.append(
                {"to": to.value, "count": count, "label": _all_text(to, count)}
            )
    return found


def _all_text(to: str, count: int) -> str:
    told = {
        ClaimState.RELEASED: ngettext(
            "Release %(count)s draft", "Release %(count)s drafts", count
        ),
        ClaimState.SUBMITTED: ngettext(
            "Send %(count)s released claim", "Send %(count)s released claims", count
        ),
        ClaimState.ACCEPTED: ngettext(
            "Accept %(count)s claim", "Accept %(count)s claims", count
        ),
    }
    return told[ClaimState(to)] % {"count": count}


@require_POST
def take(request: HttpRequest, key: UUID, to: str) -> HttpResponse:
    """Take all claims of a state on together; those that cannot be are named."""
    actor, today = actor_of_money(request), timezone.localdate()
    if to not in AT_ONCE:
        raise Http404
    found = queries.agreement(actor, key)
    wanted = FROM[ClaimState(to)]
    rows = list(queries.claims(actor, found).filter(state=wanted, is_live=True))
    taken = commands.answer(actor=actor, claims=rows, to=to, said=Said(), today=today)
    _tell(request, taken)
    return redirect("funding:claims", found.pk)


def _tell(request: HttpRequest, taken: Taken) -> None:
    if taken.done:
        count = len(taken.done)
        told = ngettext(
            "%(count)s claim was taken on.", "%(count)s claims were taken on.", count
        )
        messages.success(request, told % {"count": count})
    by_reason: dict[str, list[int]] = {}
    for number, reasons in taken.left.items():
        by_reason.setdefault(reasons[0], []).append(number)
    for reason, numbers in by_reason.items():
        told = _("Left as they are: %(numbers)s. %(why)s")
        listed = ", ".join(str(one) for one in numbers)
        messages.warning(request, told % {"numbers": listed, "why": WHY_NOT[reason]})


@require_GET
def claim(request: HttpRequest, key: UUID) -> HttpResponse:
    """One claim: what it says, what stands in its way, its history and clocks."""
    actor, today = actor_of_money(request), timezone.localdate()
    found = queries.claim(actor, key)
    entries = queries.history(found)
    standing = queries.standing(found)
    prepares = queries.may_prepare(actor)
    hides = "consent_withdrawn" in standing.changed and not prepares
    clock = queries.decision_clock(found, entries, today)
    more = queries.adjustments(found)
    case = queries.case_behind(actor, found)
    opened(actor, "claim_opened", found.agreement, case)
    context = {
        "title": _("Claim %(number)s") % {"number": found.number},
        "claim": found,
        "milestone": presenters.milestone_text(found.milestone),
        "amount": presenters.money_text(found.amount, found.currency),
        "net": presenters.money_text(found.net, found.currency) if found.vat else "",
        "vat": presenters.money_text(found.vat, found.currency) if found.vat else "",
        "pill": presenters.PILLS[found.state],
        "parts": [
            (one.payer, presenters.money_text(one.amount, found.currency))
            for one in queries.parts(found)
        ],
        "reasons": [presenters.reason_text(one) for one in standing.reasons],
        "found": presenters.found_of(standing) if prepares else [],
        "steps": presenters.step_lines(found.document) if not hides else [],
        "evidence": presenters.evidence_table(queries.shown(found), hides=hides),
        "hides": hides,
        "missing": [
            presenters.evidence_text(one)
            for one in found.document["evidence"].get("missing", ())
        ],
        "entries": presenters.history(entries),
        "told_by_unit": presenters.is_told_by_unit(entries)
        and ClaimState.DISPUTED in rules.follows(found.state),
        "clocks": presenters.clocks(found, clock, queries.claim_by(found), today),
        "adjustments": presenters.claim_table(
            [one for one in more if prepares or one.state != ClaimState.DRAFT]
        )
        if more
        else None,
        "balance": presenters.money_text(
            queries.balances([found])[found.pk], found.currency
        )
        if more and found.amount is not None
        else "",
        "buttons": _buttons(actor, found, standing),
        "episode": case.episode_id if case else None,
        "crumbs": [
            {
                "label": found.agreement.title,
                "url": reverse("funding:claims", args=[found.agreement_id]),
            }
        ],
        "current_year": today.year,
    }
    return render(request, "funding/claims/claim.html", context)


def _buttons(actor: Actor, found: Claim, standing: rules.Standing) -> list[Button]:
    """Return what `actor` can do with a claim now."""
    mine = queries.sides(actor, found)
    buttons = [
        Button(
            str(presenters.ACTS[to]),
            reverse("funding:claim_step", args=[found.pk, to]),
            primary=to not in (ClaimState.REJECTED, ClaimState.REVERSED),
            in_dialog=True,
        )
        for to in rules.follows(found.state)
        if found.is_live and may_step(actor, found, to)
    ]
    for name, label, shows in (
        (
            "claim_difference",
            _("Propose a difference"),
            (found.state == ClaimState.DISPUTED and mine & {Side.CLAIMS, Side.PAYS})
            or (found.state == ClaimState.PAID and Side.CLAIMS in mine),
        ),
        (
            "claim_again",
            _("Claim it again"),
            found.state == ClaimState.REJECTED and Side.CLAIMS in mine,
        ),
        (
            "claim_gap",
            _("Account for missing evidence"),
            found.is_live
            and found.state == ClaimState.DRAFT
            and standing.reasons == ("evidence_missing",)
            and Side.CLAIMS in mine,
        ),
    ):
        if shows:
            address = reverse(f"funding:{name}", args=[found.pk])
            buttons.append(Button(label, address, in_dialog=True))
    return buttons


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, key: UUID, to: str) -> HttpResponse:
    """Take one claim on, with what the step asks for."""
    actor, today = actor_of_money(request), timezone.localdate()
    found = queries.claim(actor, key)
    if to not in rules.follows(found.state) or not may_step(actor, found, to):
        raise Http404
    form = _form_of(request, found, to)

    def save(given: dict[str, Any]) -> None:
        commands.take_step(
            actor=actor, claim=found, to=to, said=Said(**given), today=today
        )

    return _saved(request, form, save, str(presenters.ACTS[to]), found)


def _form_of(request: HttpRequest, found: Claim, to: str) -> Any:
    given = request.POST if request.method == "POST" else None
    if to == ClaimState.REJECTED:
        return RejectForm(given)
    if to == ClaimState.PAID:
        return PayForm(given, initial={"day": timezone.localdate()})
    needs = (found.state, to) in rules.NEEDS_WORDS
    return WordsForm(given, needs_words=needs)


def _saved(
    request: HttpRequest,
    form: Any,
    save: Callable[[dict[str, Any]], Any],
    title: str,
    found: Claim,
) -> HttpResponse:
    lead = _("Claim %(number)s, case %(case)s: %(milestone)s, %(amount)s.") % {
        "number": found.number,
        "case": found.case,
        "milestone": presenters.milestone_text(found.milestone),
        "amount": presenters.money_text(found.amount, found.currency),
    }
    return form_page(
        request,
        form,
        save,
        title=title,
        lead=lead,
        submit=title,
        done=_("It is done, and stands in the history."),
        to=lambda made: reverse(
            "funding:claim", args=[made.pk if isinstance(made, Claim) else found.pk]
        ),
    )


@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose the difference that settles a dispute, or corrects what was paid."""
    actor, today = actor_of_money(request), timezone.localdate()
    found = queries.claim(actor, key)
    mine = queries.sides(actor, found)
    fits = {
        ClaimState.DISPUTED: {Side.CLAIMS, Side.PAYS},
        ClaimState.PAID: {Side.CLAIMS},
    }
    if not mine & fits.get(ClaimState(found.state), set()):
        raise Http404
    form = DifferenceForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, Any]) -> None:
        commands.propose_difference(actor=actor, claim=found, today=today, **given)

    return _saved(request, form, save, _("Propose a difference"), found)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Claim what was rejected again, as a new edition under its key."""
    actor, today = actor_of_money(request, Action.CLAIM), timezone.localdate()
    found = queries.claim(actor, key)
    if found.state != ClaimState.REJECTED:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, Any]) -> Claim:
        return commands.claim_again(
            actor=actor, claim=found, text=given["text"], today=today
        )

    return _saved(request, form, save, _("Claim it again"), found)


@require_http_methods(["GET", "POST"])
def gap(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say why evidence of a draft is missing."""
    actor, today = actor_of_money(request, Action.CLAIM), timezone.localdate()
    found = queries.claim(actor, key)
    if found.state != ClaimState.DRAFT or found.reasons != ["evidence_missing"]:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, Any]) -> Claim:
        return commands.declare_gap(
            actor=actor, claim=found, text=given["text"], today=today
        )

    return _saved(request, form, save, _("Account for missing evidence"), found)
