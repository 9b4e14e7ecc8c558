"""Checks of a meta-ethnography: which studies carry which constructs, and how firmly.

Constructs of the first order are what participants say, of the second what authors made
of it, of the third what the synthesis makes of those. The grid has studies as rows and
concepts as columns. Source: Noblit and Hare 1988; eMERGe guidance 2019.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

FEWEST_STUDIES = 2


class Absence(StrEnum):
    """Why a cell of the grid holds nothing: three things that must not look alike."""

    NOT_FOUND = "not_found"  # looked for, and the study does not speak of it
    NOT_REPORTED = "not_reported"  # the study did not look at it or does not tell
    NOT_LOOKED_FOR = "not_looked_for"  # nobody has looked yet


@dataclass(frozen=True, slots=True)
class Extracted:
    """A construct of the second order out of a study, under a concept, about a party."""

    id: str
    study: str
    concept: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """A construct of the third order and those of the second that it was built from."""

    id: str
    of: frozenset[str]
    may_be_single: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a study says of a concept: constructs, or why there are none."""

    constructs: tuple[str, ...]
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a construct of the third order stands: its studies, and the flag if one alone.

    `unknown` are constructs that it names and nobody extracted. `needs_flag`: it stands
    on fewer than two studies and is not flagged as such; `flag_is_idle`: it is flagged
    and stands on more.
    """

    id: str
    studies: tuple[str, ...]
    unknown: tuple[str, ...]
    needs_flag: bool
    flag_is_idle: bool


def grid(
    studies: Iterable[str],
    concepts: Iterable[str],
    extracted: Iterable[Extracted],
    absences: Mapping[tuple[str, str], Absence] | None = None,
    *,
    party: str = "",
) -> dict[tuple[str, str], Cell]:
    """Return every cell by study and concept; with `party`, of what is said about it.

    An absence holds where the whole cell is empty. Where constructs are about other
    parties only, nothing was found about this one.
    """
    held: dict[tuple[str, str], list[Extracted]] = defaultdict(list)
    for each in extracted:
        held[each.study, each.concept].append(each)
    said = absences or {}
    rows = tuple(studies)
    columns = tuple(concepts)
    return {
        (study, concept): _cell(
            held.get((study, concept), []), said.get((study, concept)), party
        )
        for study in rows
        for concept in columns
    }


def _cell(held: list[Extracted], absence: Absence | None, party: str) -> Cell:
    found = tuple(each.id for each in held if party in ("", each.party))
    if found:
        return Cell(found, None)
    if held:
        return Cell((), Absence.NOT_FOUND)
    return Cell((), absence or Absence.NOT_LOOKED_FOR)


def standings(
    built: Iterable[Built],
    extracted: Iterable[Extracted],
    *,
    without: Collection[str] = (),
) -> tuple[Standing, ...]:
    """Return how each construct of the third order stands, in the order given.

    `without`: studies that are left out, as those of low quality in a sensitivity view.
    """
    known = {each.id: each.study for each in extracted}
    return tuple(_standing(each, known, without) for each in built)


def _standing(
    built: Built, known: Mapping[str, str], without: Collection[str]
) -> Standing:
    found = {known[each] for each in built.of if each in known}
    studies = tuple(sorted(found.difference(without)))
    few = len(studies) < FEWEST_STUDIES
    return Standing(
        built.id,
        studies,
        tuple(sorted(each for each in built.of if each not in known)),
        needs_flag=few and not built.may_be_single,
        flag_is_idle=built.may_be_single and not few,
    )


@dataclass(frozen=True, slots=True)
class Contributions:
    """Which included studies carry what: each stands here once.

    `by_study` are constructs of the third order by study. `unexplained` studies carry
    none, and nobody has put them under “no contribution”; `contradicted` ones were put
    there and carry some.
    """

    by_study: Mapping[str, tuple[str, ...]]
    unexplained: tuple[str, ...]
    no_contribution: tuple[str, ...]
    contradicted: tuple[str, ...]


def contributions(
    included: Iterable[str],
    built: Iterable[Built],
    extracted: Iterable[Extracted],
    no_contribution: Collection[str] = (),
) -> Contributions:
    """Return what each included study contributes to."""
    carried: dict[str, list[str]] = defaultdict(list)
    for standing in standings(built, extracted):
        for study in standing.studies:
            carried[study].append(standing.id)
    studies = tuple(dict.fromkeys(included))
    return Contributions(
        {study: tuple(carried.get(study, ())) for study in studies},
        tuple(s for s in studies if s not in carried and s not in no_contribution),
        tuple(s for s in studies if s not in carried and s in no_contribution),
        tuple(s for s in studies if s in carried and s in no_contribution),
    )


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What is left of the synthesis without some studies.

    `falls`: no study is left; `weakened`: fewer than two are left, where there were two;
    `stands`: all others. Each construct is in exactly one.
    """

    falls: tuple[str, ...]
    weakened: tuple[str, ...]
    stands: tuple[str, ...]


def sensitivity(
    built: Iterable[Built], extracted: Iterable[Extracted], without: Collection[str]
) -> Sensitivity:
    """Return which constructs of the third order fall without these studies.

    One that stood on no study before falls as well: nothing carries it.
    """
    constructs, known = tuple(built), tuple(extracted)
    before = standings(constructs, known)
    after = standings(constructs, known, without=without)
    falls, weakened, stands = [], [], []
    for was, now in zip(before, after, strict=True):
        if not now.studies:
            falls.append(now.id)
        elif len(now.studies) < FEWEST_STUDIES <= len(was.studies):
            weakened.append(now.id)
        else:
            stands.append(now.id)
    return Sensitivity(tuple(falls), tuple(weakened), tuple(stands))


def holes(cells: Mapping[tuple[str, str], Cell]) -> dict[str, int]:
    """Return, by concept, in how many studies nothing is said; only where that is all.

    A concept of which no study speaks is a result: what the literature leaves out.
    """
    by_concept: dict[str, list[Cell]] = defaultdict(list)
    for (_, concept), cell in cells.items():
        by_concept[concept].append(cell)
    return {
        concept: len(held)
        for concept, held in by_concept.items()
        if not any(cell.constructs for cell in held)
    }
