"""The product's own settings, and beside its pages those of the peers."""

from pathlib import Path

from braid.site.settings import *  # noqa: F403
from braid.site.settings import MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "peers" / "templates"]
# What a bare page passes through: everything but who may see what.
BARE_MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("braid.")]
