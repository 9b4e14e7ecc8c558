"""Acting through real pages: read what stands there, fill in a form, press a button.

Nobody posts what a page does not offer: a form is taken from the page with all that it
holds already, and only what a person would type is put into it.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import docx
import lxml.html
import time_machine
from django.test import Client

Answers = dict[str, Any]
MORNING = "T07:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered: its words, its forms, where it is."""

    answer: Any
    address: str

    @property
    def tree(self) -> Any:
        return lxml.html.fromstring(self.answer.content.decode(), "http://testserver")

    @property
    def words(self) -> str:
        """Return the words of the page, one space apart."""
        body = re.sub(
            r"<(script|style|svg|template).*?</\1>",
            " ",
            self.answer.content.decode(),
            flags=re.S,
        )
        return " ".join(re.sub(r"<[^>]+>", " ", body).split())

    def __contains__(self, words: str) -> bool:
        return words in self.words

    def form_with(self, names: set[str]) -> Any:
        """Return the form that is posted and asks for all of these."""
        forms = [one for one in self.tree.forms if one.method == "POST"]
        for form in forms:
            if names <= {one.name for one in form.inputs if one.name} and names:
                return form
        asked = [sorted({i.name for i in one.inputs if i.name}) for one in forms]
        raise AssertionError(f"No form asks for {sorted(names)}, only {asked}.")

    def button(self, label: str) -> tuple[Any, Answers]:
        """Return the form that the button of this label sends, and what it adds."""
        for form in self.tree.forms:
            for button in form.iter("button"):
                if " ".join(button.text_content().split()) == label:
                    name = button.get("name")
                    return form, {name: button.get("value")} if name else {}
        raise AssertionError(f"{self.address} has no button {label!r}.")


def _held(form: Any) -> Answers:
    """Return what a browser would send of a form as it stands."""
    held: Answers = {}
    empty = {
        one.name
        for one in form.inputs
        if one.get("type") in ("radio", "checkbox")
        and one.checked
        and one.get("value") == ""
    }
    for name, value in form.form_values():
        # lxml reads a ticked choice that says nothing as "on".
        held.setdefault(name, []).append("" if name in empty else value)
    return held


@dataclass
class Hand:
    """Somebody signed in, who reads and writes as a browser does."""

    client: Client

    def opens(self, address: str) -> Page:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return Page(answer, answer.request["PATH_INFO"])

    def finds_nothing(self, address: str) -> bool:
        return self.client.get(address).status_code in (403, 404)

    def fills(self, address: str, **answers: Any) -> Page:
        """Fill in the form of a page and save it."""
        page = self._sent(address, answers)
        assert page.answer.status_code == 200, (address, _faults(page))
        return page

    def fills_on(self, page: Page, **answers: Any) -> Page:
        """Go on with a form that came back, and save it."""
        done = self._send(page, page.form_with(set(answers)), answers)
        assert done.answer.status_code == 200, (page.address, _faults(done))
        return done

    def is_refused(self, address: str, **answers: Any) -> Page:
        """Fill in the form of a page, which comes back with what is wrong."""
        page = self._sent(address, answers)
        assert page.answer.status_code == 422, (address, page.answer.status_code)
        return page

    def presses(self, address: str, label: str, **answers: Any) -> Page:
        """Press the first button of this label on a page."""
        page = self.opens(address)
        form, added = page.button(label)
        return self._send(page, form, added | answers)

    def takes(self, address: str, label: str = "", **answers: Any) -> Any:
        """Return the file that a link or, with its label, a button gives."""
        if not label:
            answer = self.client.get(address)
        else:
            page = self.opens(address)
            form, _added = page.button(label)
            answer = self.client.post(form.action, _held(form) | answers)
        assert "attachment" in answer.get("Content-Disposition", ""), address
        return answer

    def _sent(self, address: str, answers: Answers) -> Page:
        page = self.opens(address)
        return self._send(page, page.form_with(set(answers)), answers)

    def _send(self, page: Page, form: Any, answers: Answers) -> Page:
        where = form.get("action") or _whole(page)
        answer = self.client.post(where, _held(form) | answers, follow=True)
        return Page(answer, answer.request["PATH_INFO"])


def _whole(page: Page) -> str:
    """Return the address with its query, to which a form without an action goes."""
    query = page.answer.request.get("QUERY_STRING", "")
    return f"{page.address}?{query}" if query else page.address


def _faults(page: Page) -> list[str]:
    """Return what stands beside the fields of a form that came back."""
    found = page.tree.xpath(
        "//*[contains(@class, 'invalid-feedback') or contains(@class, 'error-summary')]"
    )
    said = [" ".join(one.text_content().split()) for one in found]
    return said or [page.words[:2000]]


@dataclass
class Days:
    """A calendar that stands still until the story goes on."""

    traveller: Any
    sign_in: Callable[[str], Client]

    def __post_init__(self) -> None:
        self.hands: dict[str, Hand] = {}

    def goes_to(self, day: str) -> date:
        """Go to the morning of a day; everybody signs in anew."""
        self.traveller.move_to(f"{day}{MORNING}", tick=False)
        self.hands.clear()
        return date.fromisoformat(day)

    def hand(self, name: str) -> Hand:
        if name not in self.hands:
            self.hands[name] = Hand(self.sign_in(name))
        return self.hands[name]


def begin(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day}{MORNING}", tick=False)


def rows_of(table: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table of facts as rows, in order."""
    found = zip(*(table[name].to_pylist() for name in columns), strict=True)
    return sorted(found, key=lambda row: tuple(map(str, row)))


def link(page: Page, part: str) -> str:
    """Return the first address on the page that has this in it."""
    found = [one for one in page.tree.xpath("//main//a/@href") if part in one]
    assert found, (page.address, part)
    return str(found[0])


def words_of_file(answer: Any) -> str:
    """Return the words of a Word file."""
    found = docx.Document(io.BytesIO(answer.content))
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


def key_in(address: str) -> UUID:
    """Return the key that an address names."""
    found = re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", address)
    assert found, address
    return UUID(found[0])
