"""Fields that are encrypted at rest, for what may hold names or numbers of applicants."""

import json
from typing import Any

from django.db import models

from braid.access import secrets


class SealedJSONField(models.TextField):
    """Holds any JSON value; no query can look inside."""

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else json.loads(secrets.decrypt(value))

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        return secrets.encrypt(json.dumps(value, ensure_ascii=False, sort_keys=True))


class SealedTextField(models.TextField):
    """Holds a text; no query can look inside."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return secrets.decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> str | None:
        return secrets.encrypt(value) if value else value
