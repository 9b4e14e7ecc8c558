"""Which benefit engines there are, and in which environment each may be found."""

import importlib.metadata
import sys
from dataclasses import dataclass
from pathlib import Path

RUNNERS = Path(__file__).parent / "runners"


@dataclass(frozen=True, slots=True)
class Engine:
    """A country's engine. It runs in its own process and is never imported.

    `python` and `version` are those of the environment in which it was found. `asks`
    are the flags of a person that it counts with.
    """

    id: str
    country: str
    package: str
    runner: str
    licence: str
    source: str
    environment: str
    asks: tuple[str, ...] = ()
    needs_region: bool = False
    python: Path | None = None
    version: str = ""


KNOWN = (
    Engine(
        id="policyengine-uk",
        country="GB",
        package="policyengine-uk",
        runner="policyengine_uk.py",
        licence="AGPL-3.0",
        source="github.com/PolicyEngine/policyengine-uk",
        environment="uk",
        asks=("lcwra",),
    ),
    Engine(
        id="policyengine-us",
        country="US",
        package="policyengine-us",
        runner="policyengine_us.py",
        licence="AGPL-3.0",
        source="github.com/PolicyEngine/policyengine-us",
        environment="us",
        asks=("is_disabled", "is_blind"),
        needs_region=True,
    ),
    Engine(
        id="openfisca-france",
        country="FR",
        package="openfisca-france",
        runner="openfisca_france.py",
        licence="AGPL-3.0",
        source="github.com/openfisca/openfisca-france",
        environment="fr",
    ),
)


def version_in(environment: Path, package: str) -> str:
    """Return the version of a package in an environment; empty when it is not there.

    Read from what the installer left behind: nothing is imported.
    """
    wanted = package.replace("-", "_").lower()
    for found in environment.glob("lib/python*/site-packages/*.dist-info"):
        name, _, version = found.name.removesuffix(".dist-info").rpartition("-")
        if name.replace("-", "_").lower() == wanted:
            return version
    return ""


def version_here(package: str) -> str:
    """Return the version of a package in the running environment, or nothing."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def here() -> Path:
    """Return the Python that is running."""
    return Path(sys.executable)
