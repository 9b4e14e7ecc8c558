"""Work of every day: done once a day beside the site, or by `braid daily` from cron.

What was done is remembered in the data folder, so that neither a restart nor a second
process does it twice. Run as a module it waits for each next day.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from braid.kernel import breakage, private_files

logger = logging.getLogger(__name__)
NAME = "daily"
FROM_HOUR = 3  # when nobody works
WAIT = 600  # seconds between looks at the clock


def _retention(now: datetime) -> object:
    from braid.access.rights import retention

    return retention.run(now, by_itself=True)


def _sessions(now: datetime) -> object:
    return call_command("clearsessions")


def _endings(now: datetime) -> object:
    from braid.access import consent

    return consent.tell_endings(now=now)


def _typed(now: datetime) -> object:
    from braid.access import drafts, sending

    return drafts.forget_old(now) + sending.forget_old(now)


def _enquiries(now: datetime) -> object:
    from braid.people import commands

    return commands.forget_enquiries(now)


def _digest(now: datetime) -> object:
    from braid.desk.todo import digest

    return digest.send_all(now)


def _reviews(now: datetime) -> object:
    from braid.benefits import commands

    return commands.open_reviews(now)


def _questions(now: datetime) -> object:
    from braid.teamwork.commands import passing_on

    return passing_on.pass_on(now)


def _monitors(now: datetime) -> object:
    from braid.funding.monitors import watching

    return watching.look_at_all(now.date())


def _leftovers(now: datetime) -> object:
    from braid.facts import leftovers

    return leftovers.sweep(now)


JOBS: Mapping[str, Callable[[datetime], object]] = {
    "retention": _retention,
    "endings": _endings,
    "enquiries": _enquiries,
    "sessions": _sessions,
    "typed": _typed,
    "reviews": _reviews,
    "questions": _questions,
    "digest": _digest,
    "monitors": _monitors,
    "leftovers": _leftovers,
}


def is_due(now: datetime, done_on: date | None) -> bool:
    """Say whether the work of the day of `now`, a local instant, is still to be done."""
    if done_on is not None and done_on >= now.date():
        return False
    return now.hour >= FROM_HOUR or done_on is None


def _stamp() -> Path:
    return Path(settings.BRAID_DATA) / NAME


def done_on() -> date | None:
    """Return the last day whose work was done, or None."""
    try:
        return date.fromisoformat(_stamp().read_text().strip())
    except (FileNotFoundError, ValueError):
        return None


def run(now: datetime) -> dict[str, bool]:
    """Do all work of a day; say of each piece whether it went well."""
    with private_files.alone(Path(settings.BRAID_DATA) / f".{NAME}.lock"):
        if done_on() == now.date():
            return {}
        private_files.replace(_stamp(), now.date().isoformat().encode())
        return {name: _did(name, job, now) for name, job in JOBS.items()}


def _did(name: str, job: Callable[[datetime], object], now: datetime) -> bool:
    try:
        job(now)
    except Exception as error:  # one piece of work must not keep the others back
        reference, path = breakage.note(error, settings.BRAID_DATA)
        logger.error("daily %s broke: reference %s, %s", name, reference, path)
        return False
    return True


def main() -> None:
    """Do the work of each day until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
    from django.utils import timezone

    while True:
        now = timezone.localtime()
        if is_due(now, done_on()):
            run(now)
            connections.close_all()
        time.sleep(WAIT)


if __name__ == "__main__":
    main()
