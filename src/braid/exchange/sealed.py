"""Fields that are encrypted at rest, for what may hold names or numbers of applicants."""

import json
from typing import Any

from django.db import models

from braid.access import secrets
from braid.access.keyring import Use


def _sealed(value: str) -> str:
    return secrets.encrypt(value, Use.SEALED_ANSWER)


def _opened(value: str) -> str:
    return secrets.decrypt(value, Use.SEALED_ANSWER)


class SealedJSONField(models.TextField):
    """Holds any JSON value; no query can look inside."""

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else json.loads(_opened(value))

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        return _sealed(json.dumps(value, ensure_ascii=False, sort_keys=True))


class SealedTextField(models.TextField):
    """Holds a text; no query can look inside."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return _opened(value) if value else value

    def get_prep_value(self, value: Any) -> str | None:
        return _sealed(value) if value else value
