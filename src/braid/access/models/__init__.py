"""Who is who, what they agreed, and the audit of what they do."""

from braid.access.models.accounts import (
    ApplicantAccount,
    ApplicantInvitation,
    ErasedSubject,
    Notice,
    RequestEntry,
    SubjectRequest,
)
from braid.access.models.append_only import (
    AppendOnly,
    AppendOnlyModel,
    AppendOnlyQuerySet,
    Change,
)
from braid.access.models.auditing import (
    AuditEntry,
    AuditHead,
    AuditRoot,
    Finding,
    ReviewSignOff,
)
from braid.access.models.consent import (
    ConsentEntry,
    Sharing,
)
from braid.access.models.holding import (
    Block,
    BlockSetAside,
    BrokenGlass,
    Restriction,
)
from braid.access.models.organisations import (
    Organisation,
    Team,
    TeamLink,
)
from braid.access.models.sign_in import (
    SignInProvider,
)
from braid.access.models.typing import Draft, SentForm
from braid.access.models.users import (
    Invitation,
    Membership,
    User,
    UserManager,
)

__all__ = [
    "AppendOnly",
    "AppendOnlyModel",
    "AppendOnlyQuerySet",
    "ApplicantAccount",
    "ApplicantInvitation",
    "AuditEntry",
    "AuditHead",
    "AuditRoot",
    "Block",
    "BlockSetAside",
    "BrokenGlass",
    "Change",
    "ConsentEntry",
    "Draft",
    "ErasedSubject",
    "Finding",
    "Invitation",
    "Membership",
    "Notice",
    "Organisation",
    "RequestEntry",
    "Restriction",
    "ReviewSignOff",
    "SentForm",
    "Sharing",
    "SignInProvider",
    "SubjectRequest",
    "Team",
    "TeamLink",
    "User",
    "UserManager",
]
