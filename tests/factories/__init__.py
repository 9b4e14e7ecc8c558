"""One factory a model; a house test insists on it."""

from tests.factories import access, benefits, documents, facts, people, teamwork, work


def _all():
    modules = [access, documents, people, work, benefits, teamwork, facts]
    try:
        from tests.factories import exchange
    except ImportError:
        pass
    else:
        modules.append(exchange)
    return {
        value._meta.model: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and getattr(getattr(value, "_meta", None), "model", None)
    }


FACTORIES = _all()
