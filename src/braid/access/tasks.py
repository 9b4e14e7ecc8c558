"""Work on the log that no request waits for."""

import logging
from datetime import date

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from braid.access import reviewing
from braid.kernel.breakage import note

logger = logging.getLogger(__name__)


@task()
def look_through(week: str) -> None:
    """Look through the accesses of the week that begins on a Monday."""
    try:
        reviewing.look_through(date.fromisoformat(week), timezone.now())
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("review of accesses broke: reference %s, %s", reference, path)
