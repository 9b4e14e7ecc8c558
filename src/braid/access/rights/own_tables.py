"""What access itself keeps about people: accounts, consent, blocks, requests, audit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from braid.access.choices import (
    GroundChoice,
    InformationChoice,
    PurposeChoice,
    RoleChoice,
)
from braid.access.declared import Basis, Held, Part, Whom
from braid.access.models import Organisation, User
from braid.access.policy import Information, Purpose


def _labels(choices: Any, slugs: Any) -> str:
    known = set(choices.values)
    return ", ".join(
        str(choices(slug).label) if slug in known else str(slug)
        for slug in slugs
        if slug
    )


def _classes(row: Any) -> str:
    said = row.information
    return _labels(
        InformationChoice, said.split(",") if isinstance(said, str) else said
    )


def _person(key: UUID | None) -> str:
    if key is None:
        return ""
    return str(User.objects.filter(pk=key).first() or "")


def _organisation(key: UUID | None) -> str:
    if key is None:
        return ""
    return str(Organisation.objects.filter(pk=key).first() or "")


_OFFICE = Purpose.ADMINISTRATION
_IDENTITY = Information.IDENTITY

TABLES: Mapping[str, Held] = {
    "access.applicantaccount": Held(
        _("The account"),
        Purpose.OWN_AFFAIRS,
        Basis.PUBLIC_TASK,
        "account",
        information=_IDENTITY,
    ),
    "access.applicantinvitation": Held(
        _("Invitations to the account"),
        Purpose.OWN_AFFAIRS,
        Basis.PUBLIC_TASK,
        "account_invitation",
        information=_IDENTITY,
        technical=frozenset({"code_hash"}),
    ),
    "access.notice": Held(
        _("Notices on the own page"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        "notice",
        information=Information.ATTENDANCE,
    ),
    "access.subjectrequest": Held(
        _("Requests to the organisation"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "request",
        information=_IDENTITY,
    ),
    "access.requestentry": Held(
        _("Answers to the requests"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "request",
        information=_IDENTITY,
    ),
    "access.consententry": Held(
        _("Agreements to share"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        information=Information.ATTENDANCE,
        opened={"information": _classes},
    ),
    "access.sharing": Held(
        _("What may be shared, day by day"),
        Purpose.OWN_AFFAIRS,
        Basis.CONSENT,
        information=Information.ATTENDANCE,
        opened={"information": _classes},
    ),
    "access.block": Held(
        _("Blocked persons"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        "block",
        information=Information.CONVERSATION,
        technical=frozenset({"name_hash"}),
    ),
    "access.blocksetaside": Held(
        _("Blocks set aside in an emergency"),
        _OFFICE,
        Basis.VITAL_INTEREST,
        "emergency",
        information=Information.CONVERSATION,
    ),
    "access.brokenglass": Held(
        _("Emergency access"),
        _OFFICE,
        Basis.VITAL_INTEREST,
        "emergency",
        information=Information.HEALTH_AT_WORK,
    ),
    "access.draft": Held(
        _("What somebody typed and did not save"),
        information=Information.CONVERSATION,
        technical=frozenset({"sealed"}),
    ),
    "access.restriction": Held(
        _("Times when the record was closed"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        information=_IDENTITY,
    ),
    "access.change": Held(
        _("Changes to the record"),
        Purpose.IPS_SUPPORT,
        Basis.LEGAL_DUTY,
        # An old value may be of any class: the most protected one of the unit's record.
        information=Information.CONVERSATION,
    ),
    "access.auditentry": Held(
        _("Who looked at or changed the record"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "audit",
        information=Information.ATTENDANCE,
        technical=frozenset(
            {"sequence", "hash", "digest", "device", "request_id", "glass_id"}
        ),
        opened={
            "actor_id": lambda row: _person(row.actor_id),
            "organisation_id": lambda row: _organisation(row.organisation_id),
            "holder_id": lambda row: _organisation(row.holder_id),
            "role": lambda row: _labels(RoleChoice, [row.role]),
            "purpose": lambda row: _labels(PurposeChoice, [row.purpose]),
            "ground": lambda row: _labels(GroundChoice, [row.ground]),
            "information": _classes,
        },
    ),
    "access.erasedsubject": Held(
        _("That somebody was erased"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "audit",
        information=Information.STATISTICAL,
    ),
    "access.finding": Held(
        _("Unusual accesses that were looked into"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "review",
        information=Information.ATTENDANCE,
    ),
    "access.user": Held(
        _("Who signs in"),
        _OFFICE,
        Basis.PUBLIC_TASK,
        "staff",
        Whom.STAFF,
        information=_IDENTITY,
        parts={
            "email": Part(Information.CONTACT_DETAILS),
            "phone": Part(Information.CONTACT_DETAILS),
        },
        technical=frozenset({"password"}),
    ),
    "access.membership": Held(
        _("Roles in teams"),
        _OFFICE,
        Basis.PUBLIC_TASK,
        "staff",
        Whom.STAFF,
        information=_IDENTITY,
    ),
    "access.invitation": Held(
        _("Invitations of staff"),
        _OFFICE,
        Basis.PUBLIC_TASK,
        "staff",
        Whom.STAFF,
        information=_IDENTITY,
        technical=frozenset({"token_hash"}),
    ),
    "access.reviewsignoff": Held(
        _("Who looked at a week of accesses"),
        _OFFICE,
        Basis.LEGAL_DUTY,
        "audit",
        Whom.STAFF,
        information=_IDENTITY,
    ),
    "account.emailaddress": Held(
        _("Addresses for signing in"),
        Purpose.OWN_AFFAIRS,
        Basis.PUBLIC_TASK,
        "account",
        Whom.STAFF,
        information=Information.CONTACT_DETAILS,
    ),
    "mfa.authenticator": Held(
        _("Second factors"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        "account",
        Whom.STAFF,
        information=Information.CONTACT_DETAILS,
        technical=frozenset({"data"}),
    ),
    "usersessions.usersession": Held(
        _("Devices that are signed in"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        "account",
        Whom.STAFF,
        information=Information.CONTACT_DETAILS,
        technical=frozenset({"session_key", "data"}),
    ),
    "socialaccount.socialaccount": Held(
        _("Sign-in with an organisation"),
        Purpose.OWN_AFFAIRS,
        Basis.LEGAL_DUTY,
        "account",
        Whom.STAFF,
        information=Information.CONTACT_DETAILS,
        technical=frozenset({"extra_data"}),
    ),
}
