"""What somebody told for figures about equal access, each as its class is read."""

from braid.access.policy import Action, Actor, Information
from braid.people.equity import GROUPS, Told
from braid.people.models import Characteristic, Episode, Residence


def groups_told(actor: Actor, episode: Episode) -> dict[str, Told]:
    """Return the answers that `actor` may read, by key; what was not told is empty."""
    kinds = {group.kind for group in GROUPS.values()}
    rows = {
        row.key: Told(row.value, row.row_version)
        for kind in kinds
        for row in Characteristic.objects.visible_to(actor, Action.READ, kind).filter(
            episode=episode, kind=kind
        )
    }
    return {key.value: rows.get(key.value, Told("", 0)) for key in GROUPS}


def areas_of(actor: Actor, episode: Episode) -> list[Residence]:
    """Return the areas that somebody lived in, the latest last."""
    rows = Residence.objects.visible_to(
        actor, Action.READ, Information.CONTACT_DETAILS
    ).filter(episode=episode)
    return list(rows.order_by("first_day"))
