"""Words of questions about treatment, sealed with the key of whom they are about.

Like the notes of a treatment team: without the key nobody reads them, in old backups
either.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from braid.access import subject_keys
from braid.access.subject_keys import KeyDestroyed
from braid.teamwork.choices import QuestionKind
from braid.teamwork.models import Question


def kept(question: Question, name: str, words: str) -> dict[str, Any]:
    """Return the column that keeps the `text` or `answer` of a question, with its value."""
    about = question.about
    if about is None or question.kind != QuestionKind.TREATMENT:
        return {name: words}
    return {f"sealed_{name}": subject_keys.seal(about, words.encode())}


def opened(applicant_id: UUID | None, sealed: Any) -> str:
    """Return sealed words, empty where there are none, or that their key is destroyed.

    Whoever calls this was let through by the policy.
    """
    if sealed is None or applicant_id is None:
        return ""
    try:
        return subject_keys.unseal(applicant_id, bytes(sealed)).decode()
    except KeyDestroyed:
        return _("The text is gone: its key was destroyed.")


def text_of(question: Question) -> str:
    """Return the text of a question, opened where it is sealed."""
    return question.text or opened(question.about, question.sealed_text)
