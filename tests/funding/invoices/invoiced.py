"""North has claims that Bea released, and says who stands on its invoices."""

from datetime import date

from braid.funding import commands
from braid.funding.commands.agreements import Letter
from braid.funding.models import Claim
from tests.cast import TODAY, World
from tests.funding.claims.story import Story, begin_to_work, make_story

PROVIDER = {
    "name": "Havnelund IPS",
    "country": "DK",
    "street": "Havnegade 12",
    "postcode": "1000",
    "city": "Havnelund",
    "company_number": "12345678",
    "vat_number": "DK12345678",
    "endpoint": "12345678",
    "endpoint_scheme": "0184",
    "account": "DK50 0040 0440 1162 43",
}
FUND = {
    "name": "Fund for Work",
    "country": "DK",
    "endpoint": "fund@example.org",
    "endpoint_scheme": "EM",
}


def name_parties(story: Story, slots=("provider", "funder")) -> None:
    """Say who stands on invoices."""
    for slot in slots:
        commands.set_party(
            actor=story.world.ben.actor,
            agreement=story.agreement,
            slot=slot,
            values=PROVIDER if slot == "provider" else FUND,
        )


def released(story: Story) -> list[Claim]:
    """Return the claims of a run, released by a second person."""
    story.run()
    return [
        story.step(claim, "released", "bea", text="Nothing but the letter is missing")
        for claim in story.claims()
    ]


def began_to_work(world: World) -> Story:
    """Return the story where Pat began to work, with the letter of the fund."""
    story = make_story(world)
    profile = world.pat_episode
    profile.profile_started_on = date(2026, 8, 24)
    profile.save()
    commands.record_event(
        actor=world.ada.actor,
        episode=profile,
        agreement=story.agreement,
        letter=Letter(kind="assignment", day=date(2026, 8, 20)),
        today=TODAY,
    )
    story.job = begin_to_work(world)
    story.papers()
    return story


def ready_to_invoice(world: World) -> Story:
    """Return the story where Pat began to work and what is due was released."""
    story = began_to_work(world)
    story.agreement.buyer_reference = "PO-88"
    story.agreement.save()
    released(story)
    name_parties(story)
    return story


__all__ = ["TODAY", "name_parties", "ready_to_invoice", "released"]
