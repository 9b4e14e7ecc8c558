"""What somebody typed and did not send: kept sealed, offered again, soon forgotten.

A draft is nobody's record: only who typed it sees it, it is in no copy and no figure. It
is sealed with the key of the applicant whom its page is about, and goes with that key;
where it is about nobody, it stands under the key ring.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from braid.access import keyring, opening, secrets, subject_keys
from braid.access.keyring import Use
from braid.access.models import Draft as Kept
from braid.access.policy import Actor
from braid.access.rotation import Holding
from braid.kernel.errors import InputFault
from braid.kernel.ids import new_id
from braid.web.memory import Draft, Typed

KEPT = timedelta(days=14)
MOST = 500_000  # characters of a form, far above what any field takes
# Fields of forms that choose whom they are about.
NAMING = {"person": "people.Episode", "episode": "people.Episode", "job": "work.Job"}


def addresses() -> tuple[str, str]:
    """Return where a draft is sent to, and where it is thrown away."""
    return reverse("access:draft"), reverse("access:draft_away")


def address_of(request: HttpRequest) -> str:
    """Return the address by which the draft of a page's form is kept.

    With whom the page is asked about: what was typed about one is offered for no other.
    """
    return opening.address_of(request)


def is_own_address(request: HttpRequest) -> bool:
    """Say whether a request keeps or throws away a draft, and saves no form itself."""
    match = request.resolver_match
    return match is not None and match.view_name in {
        "access:draft",
        "access:draft_away",
    }


@transaction.atomic
def keep(actor: Actor, *, form: str, fields: Typed, now: datetime) -> None:
    """Keep what was typed into the form at an address, in place of what was kept before.

    Raises Http404 for an address without a form or a person that the actor may not
    know, and InputFault for more than any form holds.
    """
    text = json.dumps({name: list(values) for name, values in fields.items()})
    if len(text) > MOST:
        raise InputFault(
            "More was typed than a form holds. Expected at most 500 000 characters."
        )
    if actor.id is None:
        raise Http404
    applicant_id = _about(actor, form, fields)
    if applicant_id is not None and not opening.may_know(actor, applicant_id):
        raise Http404
    found = Kept.objects.filter(user_id=actor.id, form=form).first()
    key = found.pk if found is not None else new_id()
    Kept.objects.update_or_create(
        user_id=actor.id,
        form=form,
        defaults={
            "applicant_id": applicant_id,
            "sealed": _sealed(key, applicant_id, text),
            "saved_at": now,
        },
        create_defaults={
            "id": key,
            "applicant_id": applicant_id,
            "sealed": _sealed(key, applicant_id, text),
            "saved_at": now,
        },
    )


def begun(request: HttpRequest, form: str) -> Draft | None:
    """Return what the reader began to type into the form at an address, or None."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.id is None:
        return None
    found = Kept.objects.filter(user_id=actor.id, form=form).first()
    if found is None or not _may_still_be_read(actor, found.applicant_id):
        return None
    try:
        text = _opened(found)
    except (subject_keys.KeyDestroyed, subject_keys.NotSealedSo):
        return None
    return Draft(json.loads(text), found.saved_at)


def forget(user_id: UUID, form: str) -> int:
    """Throw away what somebody began in the form at an address; return how many."""
    return Kept.objects.filter(user_id=user_id, form=form).delete()[0]


def forget_old(now: datetime) -> int:
    """Throw away what nobody took up for two weeks; return how many."""
    return Kept.objects.filter(saved_at__lt=now - KEPT).delete()[0]


def _page(form: str) -> ResolverMatch:
    """Return what stands at the address of a form. Raises Http404."""
    try:
        match = resolve(form.partition("?")[0])
    except Resolver404:
        raise Http404 from None
    if not match.namespace:
        raise Http404
    return match


def _about(actor: Actor, form: str, fields: Typed) -> UUID | None:
    """Return whom a form is about: by its address, or chosen in one of its fields."""
    asked = QueryDict(form.partition("?")[2])
    about = opening.whose_page(actor, _page(form), asked)
    if about is not None:
        return about
    for name, label in NAMING.items():
        for value in fields.get(name, ()):
            if value and (chosen := opening.applicant_of(label, value)):
                return chosen
    return None


def _may_still_be_read(actor: Actor, applicant_id: UUID | None) -> bool:
    try:
        return applicant_id is None or opening.may_know(actor, applicant_id)
    except Http404:
        return False


def _sealed(key: UUID, applicant_id: UUID | None, text: str) -> bytes:
    if applicant_id is None:
        return secrets.encrypt(text, Use.DRAFT).encode()
    return subject_keys.seal(applicant_id, text.encode(), use=_use(key))


def _opened(kept: Kept) -> str:
    sealed = bytes(kept.sealed)
    if kept.applicant_id is None:
        return secrets.decrypt(sealed.decode(), Use.DRAFT)
    return subject_keys.unseal(kept.applicant_id, sealed, use=_use(kept.pk)).decode()


def _use(key: UUID) -> str:
    return f"draft:{key}"


# What stands under the key ring, for its rotation.


def _stored() -> Mapping[UUID, str]:
    rows = Kept.objects.filter(applicant_id=None).values_list("pk", "sealed")
    return {key: bytes(sealed).decode() for key, sealed in rows}


def _under(key_id: str) -> int:
    return sum(text.startswith(f"{key_id}:") for text in _stored().values())


@transaction.atomic
def _renew(limit: int) -> int:
    current = f"{keyring.current()}:"
    old = {key: text for key, text in _stored().items() if not text.startswith(current)}
    for key, text in list(old.items())[:limit]:
        clear = secrets.decrypt(text, Use.DRAFT)
        sealed = secrets.encrypt(clear, Use.DRAFT).encode()
        Kept.objects.filter(pk=key).update(sealed=sealed)
    return min(len(old), limit)


HOLDINGS = (Holding("texts begun and not sent", _under, _renew),)
