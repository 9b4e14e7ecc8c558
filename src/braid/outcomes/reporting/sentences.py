"""What the parts of a report mean, in the sentences of its packs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from braid.method.measures import WORDS
from braid.outcomes.reporting.document import Benchmark, Definition
from braid.packs.jurisdictions import in_language
from braid.packs.measures.schema import Measure
from braid.packs.reports.composing import Answer
from braid.packs.reports.schema import Report


@dataclass(frozen=True, slots=True)
class Said:
    """How a number is written, what it means, and what was divided by what."""

    form: str
    means: str
    numerator: str
    denominator: str


def said_of(answer: Answer, language: str) -> Said:
    """Return what the number of a line means."""
    measure, (kind, name) = answer.measure, answer.shows
    if kind == "amount":
        means = in_language(measure.amounts[name], language)
        return Said("number", means, means, "")
    if kind == "statistic":
        statistic = measure.statistics[name]
        return Said(statistic.form, in_language(statistic.means, language), "", "")
    ratio = measure.ratios[name]
    of, to = (_summed(measure, names, language) for names in (ratio.of, ratio.to))
    per = f" ÷ {ratio.per}" if ratio.per != 1 else ""
    return Said(ratio.form, in_language(ratio.means, language), of, f"{to}{per}")


def benchmarks(answer: Answer, language: str) -> Iterator[Benchmark]:
    """Yield what others reached, beside the ratio that a measure shows first."""
    measure = answer.measure
    first = next(iter(measure.ratios), "")
    if answer.shows == ("ratio", first) and not answer.is_group:
        for each in measure.benchmarks:
            yield Benchmark(each.at, in_language(each.means, language))


def _summed(measure: Measure, names: Sequence[str], language: str) -> str:
    return " + ".join(in_language(measure.amounts[name], language) for name in names)


def definitions(answers: Sequence[Answer], language: str) -> Iterator[Definition]:
    """Yield what each measure of a report is, once and in their order."""
    for measure in {answer.measure.id: answer.measure for answer in answers}.values():
        yield Definition(
            measure=measure.id,
            version=measure.version,
            label=measure.name(language),
            about=_one_line(in_language(measure.about, language)),
            counts=in_language(measure.counts, language),
            basis=measure.basis,
            profile=measure.profile,
            source=cited(measure),
        )


def cited(pack: Measure | Report) -> str:
    """Return where a pack comes from."""
    return " ".join(filter(None, (pack.source.title, pack.source.link)))


def because(answers: Sequence[Answer]) -> dict[str, str]:
    """Return what each reason means for which rows of these lines were left out."""
    known: Mapping[str, str] = {
        reason: sentence
        for answer in answers
        for use in answer.measure.words
        for reason, sentence in WORDS[use.word].left_out.items()
    }
    met = {
        reason
        for answer in answers
        for reason in answer.figure.left_out
        if reason in answer.reasons
    }
    return {reason: known[reason] for reason in sorted(met)}


def capitalised(text: str) -> str:
    """Return a text with its first letter large and all others as they are."""
    return text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
