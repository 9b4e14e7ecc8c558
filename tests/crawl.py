"""Walk over every address of the site: the list comes from the code.

For tests that must hold on whatever is answered; who gets which page is the matter of
`tests/house/test_routes.py`.
"""

from itertools import islice, product
from uuid import UUID

from django.urls import URLPattern, URLResolver, converters, get_resolver

from tests.factories.people import NoteFactory
from tests.factories.work import (
    ApplicationFactory,
    AppointmentFactory,
    ContactFactory,
    EducationFactory,
    EmployerFactory,
    JobFactory,
    LeadFactory,
)

MANY = 16  # addresses tried for one route with several parts


def things_of(world):
    """Make one of each thing that pages are about; return their keys."""
    from tests.factories.access import MembershipFactory

    return [
        world.pat.pk,
        world.pat_episode.pk,
        JobFactory(episode=world.pat_episode).pk,
        ContactFactory(episode=world.pat_episode).pk,
        EmployerFactory(unit=world.north).pk,
        NoteFactory(episode=world.pat_episode).pk,
        MembershipFactory(team=world.north).pk,
        LeadFactory(employer__unit=world.north).pk,
        ApplicationFactory(episode=world.pat_episode).pk,
        AppointmentFactory(episode=world.pat_episode, staff=world.ada.user).pk,
        EducationFactory(episode=world.pat_episode).pk,
    ]


def routes(patterns=None, prefix="", before=""):
    """Yield (name, parts, converters) of every address."""
    found = get_resolver().url_patterns if patterns is None else patterns
    for pattern in found:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(
                pattern.url_patterns, space, before + str(pattern.pattern)
            )
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern, before + str(pattern.pattern)


def _values(converter, keys):
    if isinstance(converter, converters.UUIDConverter):
        return [*keys, UUID(int=1)]
    if isinstance(converter, converters.IntConverter):
        return [1]
    return ["item24_community", "note", "nothing-of-that-name"]


def addresses(keys):
    """Yield (name, address) for every route and, where it has parts, for each key."""
    from django.urls import NoReverseMatch, reverse

    for name, pattern, _whole in routes():
        parts = getattr(pattern.pattern, "converters", {})
        choices = [_values(one, keys) for one in parts.values()]
        for values in islice(product(*choices), MANY):
            try:
                kwargs = dict(zip(parts, values, strict=True))
                yield name, reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                break


def opened(client, keys, without=()):
    """Yield (name, address, answer) of a GET of every route.

    A route with parts is asked for one key after the other until it gives something.
    """
    given = set()
    for name, address in addresses(keys):
        if name in given or name in without:
            continue
        answer = client.get(address)
        if answer.status_code < 400:
            given.add(name)
        yield name, address, answer
