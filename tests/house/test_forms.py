"""Every form in which something is typed saves once, however often it is sent."""

from html.parser import HTMLParser

import pytest

from tests.house.test_routes import ROWS, _at, things

__all__ = ["things"]  # the fixture

SEARCH = {"csrfmiddlewaretoken", "q"}  # posted, so that no name stands in an address
TYPED = {"text", "search", "email", "tel", "url", "number", "date", "time", "file"}


class Forms(HTMLParser):
    """The forms of a page that are posted: whether one types in them, and the names."""

    def __init__(self) -> None:
        super().__init__()
        self.found = []
        self.is_inside = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.found.append({"method": given.get("method", "get"), "names": set()})
            self.found[-1]["typed"] = False
            self.is_inside = True
        elif self.is_inside and tag in {"input", "textarea", "select"}:
            form = self.found[-1]
            form["names"].add(given.get("name", ""))
            kind = given.get("type", "text")
            form["typed"] |= tag != "input" or kind in TYPED

    def handle_endtag(self, tag):
        self.is_inside = self.is_inside and tag != "form"

    def unguarded(self):
        return [
            sorted(form["names"])
            for form in self.found
            if form["method"].lower() == "post"
            and form["typed"]
            and "form_key" not in form["names"]
            and form["names"] != SEARCH
        ]


# Each asks again who it is, changes nothing twice, or is a library's own.
WITHOUT = {"access:security"}
# They answer with a file, which has no form.
FILES = {"funding:invoice_file"}


@pytest.mark.parametrize("name", sorted(set(ROWS) - WITHOUT - FILES))
def test_what_is_typed_is_saved_once(as_, things, name):
    allowed, about = ROWS[name]
    for member in sorted(allowed)[:2]:
        forms = Forms()
        forms.feed(as_(member).get(_at(name, things.get(about))).content.decode())
        assert forms.unguarded() == []
