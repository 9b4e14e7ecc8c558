"""Beside the site: what pages would have to wait for, done when nothing else is to do.

Run as a module it ends by itself. It is started when the first page has answered, and
every other process comes before it.
"""

import os

import django


def main() -> None:
    """Compile the statements of all measures, unless that was done before."""
    os.nice(19)
    django.setup()
    from braid.facts import ahead

    if ahead.is_needed():
        ahead.compile_all()


if __name__ == "__main__":
    main()
