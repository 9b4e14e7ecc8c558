"""Tags and filters of the design system."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from xml.etree import ElementTree

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from braid.web import memory, messages
from braid.web.days import clock_text, day_text
from braid.web.widgets import SegmentedRadio

register = template.Library()

SPRITE = "vendor/bootstrap-icons-1.13.2/icons.svg"


register.filter(day_text)


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """Return the names of the icons that the sprite holds."""
    path = Path(__file__).parents[1] / "static" / SPRITE
    tree = ElementTree.parse(path)  # noqa: S314 - our own file
    return frozenset(symbol.attrib["id"] for symbol in tree.getroot())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; it is silent to screen readers unless it has a label."""
    if not label:
        return _silent_icon(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>',
        label,
        _icon_address(name),
    )


@lru_cache(maxsize=512)
def _silent_icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}"/></svg>',
        _icon_address(name),
    )


def _icon_address(name: str) -> str:
    """Return where the icon stands. Raises ValueError for one the sprite has not."""
    if name not in icon_names():
        raise ValueError(
            f"The icon sprite has no {name!r}. Choose one of {sorted(icon_names())}."
        )
    return f"{static(SPRITE)}#{name}"


@register.simple_tag
def day(value: date | None, current_year: int | None = None) -> str:
    """Write a day inside <time>; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _time(value, current_year, get_language())


@lru_cache(maxsize=4096)  # the same days stand on every page
def _time(value: date, current_year: int | None, language: str | None) -> SafeString:
    """Write a day in the language in force, by which it is remembered."""
    return format_html(
        '<time datetime="{}">{}</time>',
        value.isoformat(),
        day_text(value, current_year),
    )


@register.simple_tag
def instant(value: datetime | None, current_year: int | None = None) -> str:
    """Write an instant inside <time>, in the local zone; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        local.isoformat(timespec="minutes"),
        day_text(local.date(), current_year),
        clock_text(local.time()),
    )


@register.simple_tag
def clock(value: datetime) -> str:
    """Write the time of an instant of today inside <time>, in the local zone."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        clock_text(local.time()),
    )


@register.simple_tag(takes_context=True)
def script(context: template.Context, path: str, *, defer: bool = True) -> SafeString:
    """Load a script of ours, with the nonce of the answer where it has one."""
    nonce = context.get("csp_nonce")  # false until it is read, so ask for None
    return format_html(
        '<script src="{}"{}{}></script>',
        static(path),
        SafeString(" defer") if defer else "",
        "" if nonce is None else format_html(' nonce="{}"', nonce),
    )


@register.simple_tag(takes_context=True)
def form_memory(
    context: template.Context,
    form: object = None,
    action: str | None = "",
    method: str | None = "post",
) -> memory.Memory:
    """Return what a form remembers: its key, and what was typed into it before."""
    if (method or "post") != "post" or "request" not in context:
        return memory.Memory()
    return memory.memory_of(context["request"], form, action or "")


@register.simple_tag(takes_context=True)
def form_key(context: template.Context) -> SafeString:
    """Give a form that is written by hand the key by which it saves only once."""
    key = form_memory(context).key
    return format_html(
        '<input type="hidden" name="form_key" value="{}" autocomplete="off">', key
    )


@register.filter
def initials(name: object) -> str:
    """Return two letters for an avatar: Signe Lund -> SL, Ada -> AD."""
    words = ["".join(filter(str.isalpha, word)) for word in str(name).split()]
    words = [word for word in words if word]
    if not words:
        return ""
    pair = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return pair.upper()


@register.filter
def columns(things: Iterable[object], names: str) -> Iterator[tuple[object, ...]]:
    """Yield these attributes of each thing, for a long loop that unpacks them.

    Looking up `thing.name` in a template costs more than writing it.
    """
    return map(attrgetter(*names.split()), things)


@register.filter
def undo_url(message: Message) -> str:
    """Return where the message's undo is posted to."""
    return messages.undo_url(message)


@register.simple_tag
def term(text: str, definition: str) -> SafeString:
    """Show a word with its definition behind a button."""
    context = {
        "text": text,
        "definition": definition,
        "id": f"term-{get_random_string(8)}",
    }
    # Nothing may stand between the word and the comma after it.
    return SafeString(render_to_string("web/components/term.html", context).strip())


@register.simple_block_tag
def card(
    content: str, title: str = "", source: str = "", anchor: str = "", css: str = ""
) -> SafeString:
    """Put a surface with a heading around what stands between the tags."""
    return render_to_string(
        "web/components/card.html",
        {
            "content": content,
            "title": title,
            "source": source,
            "anchor": anchor,
            "css": css,
        },
    )


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, name: str, number: int) -> str:
    """Return this address with the page `number` in the parameter `name`."""
    request = getattr(context, "request", None)
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def is_segmented(field: BoundField) -> bool:
    """Say whether the field draws its own buttons."""
    return isinstance(field.field.widget, SegmentedRadio)


@register.filter
def is_optional(field: BoundField) -> bool:
    """Say whether the label should add that the field may be left empty.

    Of segments one is chosen, and a box that is not ticked says no: neither is empty. A
    form in which nearly all may be left empty says so once, by `says_optional = False`.
    """
    if not getattr(field.form, "says_optional", True):
        return False
    return not field.field.required and not isinstance(
        field.field.widget, forms.CheckboxInput | SegmentedRadio
    )
