"""What somebody tells for figures about equal access, and in which area they live."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import changes_since, edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.dates import add_days
from braid.kernel.errors import Change, InputFault, Stale
from braid.people.choices import Characteristics
from braid.people.equity import GROUPS, Told
from braid.people.models import Characteristic, Episode, Residence

OF_EPISODE = "of an episode already opened by policy"


@transaction.atomic
def tell_groups(*, actor: Actor, episode: Episode, given: Mapping[str, Told]) -> int:
    """Save the answers of a form, all or none; return how many changed.

    An answer taken back is left empty. Raises Refused, InputFault for an answer that
    there is not, and Stale where somebody else changed one meanwhile.
    """
    for name, one in given.items():
        _must_be_an_answer(name, one.text)
        require(actor, Action.RECORD, episode.subject(GROUPS[_key(name)].kind))
    kept = Characteristic.objects.filter(episode=episode).system(OF_EPISODE)
    rows = {row.key: row for row in kept.select_for_update()}
    wanted = {
        name: one
        for name, one in given.items()
        if one.text != (rows[name].value if name in rows else "")
    }
    stale = [
        change
        for name, one in wanted.items()
        if name in rows and rows[name].row_version != one.version
        for change in _since(rows[name], one.version)
    ]
    if stale:
        raise Stale(stale)
    for name, one in wanted.items():
        _write(actor, episode, name, rows.get(name), one.text)
    return len(wanted)


def _key(name: str) -> Characteristics:
    try:
        return Characteristics(name)
    except ValueError:
        raise InputFault(
            _("Nothing is grouped by this. Reload the page."), reason="unknown_group"
        ) from None


def _must_be_an_answer(name: str, text: str) -> None:
    if text not in dict(GROUPS[_key(name)].choices):
        raise InputFault(
            _("That is none of the answers. Choose one that is listed."),
            field=name,
            reason="unknown_answer",
        )


def _since(row: Characteristic, version: int) -> list[Change]:
    """Return what others did to an answer, each change named by its question."""
    found = [
        Change(row.key, one.old, one.new, one.by, one.at)
        for one in changes_since(row, version)
    ]
    by = row.created_by.name if row.created_by else ""
    return found or [Change(row.key, "", row.value, by, row.created_at)]


def _write(
    actor: Actor, episode: Episode, name: str, row: Characteristic | None, value: str
) -> None:
    if row is None:  # a first answer begins empty, so that the log has all of them
        row = Characteristic.objects.create(
            episode=episode,
            key=name,
            kind=GROUPS[_key(name)].kind,
            created_by_id=actor.id,
        )
    edit(actor, row, action="characteristic_told", value=value)


@transaction.atomic
def say_area(
    *,
    actor: Actor,
    episode: Episode,
    area: str,
    first_day: date,
    last_day: date | None,
    row_version: int,
) -> Residence:
    """Say in which area somebody lives from a day on; the one before ends the day before.

    The same first day again corrects what was said. Raises Refused, InputFault, Stale.
    """
    require(actor, Action.RECORD, episode.subject(Information.CONTACT_DETAILS))
    if last_day is not None and last_day < first_day:
        raise InputFault(
            _("The last day lies before the first day. Correct one of the two days."),
            field="last_day",
            reason="period_reversed",
        )
    kept = Residence.objects.filter(episode=episode).system(OF_EPISODE)
    last = kept.select_for_update().order_by("first_day").last()
    if last is not None and last.first_day == first_day:
        edit(
            actor,
            last,
            action="residence_changed",
            expected_version=row_version,
            area=area,
            last_day=last_day,
        )
        return last
    if last is not None:
        _must_follow(last, first_day)
        _end(actor, last, first_day, row_version)
    row = Residence.objects.create(
        episode=episode,
        area=area,
        first_day=first_day,
        last_day=last_day,
        created_by_id=actor.id,
    )
    audit.record(actor, "residence_told", row, applicant=episode.applicant_id)
    return row


def _must_follow(last: Residence, first_day: date) -> None:
    if first_day <= (last.last_day or last.first_day):
        raise InputFault(
            _(
                "They lived in another area on this day already. Choose a later day, "
                "or the same first day to correct it."
            ),
            field="first_day",
            reason="overlapping",
        )


def _end(actor: Actor, last: Residence, first_day: date, row_version: int) -> None:
    if last.last_day is None:
        edit(
            actor,
            last,
            action="residence_changed",
            expected_version=row_version,
            last_day=add_days(first_day, -1),
        )
