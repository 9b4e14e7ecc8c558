"""The steps that stories share: the way in, meetings, clocks, facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from braid.access.models import User
from braid.facts.extraction import extract
from braid.people.models import Episode
from tests.cast import Member, World
from tests.stories.acting import Days, Hand, Page, key_in, rows_of

WHY = "the story looks at what was kept"


@dataclass
class Story:
    """One person on the way, those around them, and the calendar."""

    world: World
    days: Days
    worker: Callable[[], Any] | None = None
    applicant_id: UUID | None = None
    episode_id: UUID | None = None

    def __getattr__(self, name: str) -> Hand:
        """Return the hand of a member of the cast: `story.ada`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.days.hand(name)

    def on(self, day: str) -> None:
        self.days.goes_to(day)

    def person(self, page: str, *more: object) -> str:
        """Return the address of a page about the person."""
        return reverse(page, args=[self.applicant_id, *more])

    def episode(self, page: str, *more: object) -> str:
        """Return the address of a page about the episode."""
        return reverse(page, args=[self.episode_id, *more])

    def clocks(self) -> list[str]:
        """Return the clocks that the person page shows, each with how near it is."""
        page = self.ada.opens(self.person("desk:person"))
        lines = page.tree.xpath("//*[@class='clock-line']")
        return [" ".join(line.text_content().split()) for line in lines]

    def runs(self, words: str) -> bool:
        """Say whether a clock with these words runs."""
        return any(words in line for line in self.clocks())

    def stands_first_today(self, words: str) -> bool:
        """Say whether Ada's day begins with this about the person."""
        return words in self.ada.opens("/today/")

    def facts(self) -> dict[str, Any]:
        return extract([self.world.north.pk])

    def own_facts(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table of facts that are of this episode."""
        found = rows_of(self.facts()[table], "episode_id", *columns)
        return [row[1:] for row in found if row[0] == str(self.episode_id)]

    def joins_the_cast(self, name: str, user: User) -> None:
        self.world.cast[name] = Member(user, None)  # type: ignore[arg-type]


def is_referred_in_one_sentence(story: Story, words: str, **who: str) -> None:
    """The clinician says who it is, how to reach them, and what they want."""
    page = story.cora.fills("/refer/", words=words, consent_to_contact="on", **who)
    assert "Sent. The unit confirms the receipt here." in page
    named = Episode.objects.filter(applicant__family_name=who["family_name"])
    episode = named.system(WHY).get()
    story.episode_id, story.applicant_id = episode.pk, episode.applicant_id


def the_unit_confirms_the_receipt(story: Story, name: str) -> None:
    assert "A referral of yours" in story.cora.opens("/refer/sent/")
    assert "receipt confirmed" not in story.cora.opens("/refer/sent/")
    page = story.ada.presses("/referrals/", f"Confirm receipt {name}")
    assert "Receipt confirmed." in page
    assert "receipt confirmed" in story.cora.opens("/refer/sent/")


def ada_takes_on(story: Story) -> None:
    page = story.ada.fills(
        story.episode("people:hold"), specialist=str(story.world.ada.user.pk)
    )
    assert "Taken on." in page


def they_meet(story: Story, who: str = "ada", **how: Any) -> Page:
    """Log a contact with the defaults of the form, unless it was otherwise."""
    address = f"{reverse('desk:log_contact')}?person={story.episode_id}"
    return story.days.hand(who).fills(address, **{"mode": "in_person"} | how)


def it_was_the_first_meaningful_contact(story: Story, asked: Page) -> None:
    """One tap on the page that the Log leads to."""
    assert "Was this the first meaningful contact?" in asked
    day = asked.answer.request["QUERY_STRING"]
    address = f"{story.episode('people:entered')}?{day}"
    page = story.ada.presses(address, "Yes, it was")
    assert "The thirty days to the first employer run from this day." in page


def is_invited_to_the_own_page(story: Story, hand: Hand, born: str) -> Any:
    """Ada prints a letter; with its code and the day of birth the page opens."""
    letter = story.ada.presses(story.person("desk:invite"), "Make the invitation")
    code = letter.answer.context["letter"].code
    account = hand.fills(reverse("desk:welcome"), code=code, birth_date=born)
    assert "How do you want to sign in?" in account
    hand.fills(
        reverse("desk:welcome_account"),
        email="own.page@example.org",
        password="violet harbour lamp 42",
    )
    return User.objects.get(email="own.page@example.org")


def key_of(page: Page) -> UUID:
    return key_in(page.address)
