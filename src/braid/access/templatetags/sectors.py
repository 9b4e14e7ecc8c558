"""Events in the words of the reader's sector, for templates."""

from typing import Any

from django import template

from braid.access import sector_words

register = template.Library()


@register.simple_tag(takes_context=True)
def said(context: template.Context, event: str, sector: Any = None) -> str:
    """Say an event as the reader's sector does, or as another one: {% said "exit" %}."""
    request = context.get("request")
    return sector_words.said(event, getattr(request, "actor", None), sector)
