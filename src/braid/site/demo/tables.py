"""The words and tables of the demo, from the files in `data/`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def load() -> Mapping[str, Any]:
    """Return the contents of every file by its name."""
    return MappingProxyType(
        {
            path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted(FOLDER.glob("*.yaml"))
        }
    )
