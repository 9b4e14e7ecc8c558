"""Whether an employer contact fits the plan, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from braid.method.plan_fit import PlanFit
from braid.packs import occupations

ANSWERS: Mapping[str, Promise] = {
    "yes": _("It seems to fit the plan."),
    "no": _("It seems not to fit the plan."),
    "open": _("Whether it fits the plan is open."),
}
REASONS: Mapping[str, Promise] = {
    "no_plan": _("No plan was agreed on this day."),
    "plan_names_no_work": _("The plan names no work yet."),
    "occupation": _("The employer has work of the kind that the plan names: %(what)s."),
    "industry": _("It is a place of the kind that the plan names: %(what)s."),
    "words": _("The employer has had this work: %(what)s."),
    "words_only": _("“%(what)s” stands in own words, which only people can compare."),
    "work_unknown": _("It is not known what work the employer has."),
    "industry_unknown": _("The industry of the employer is not known."),
    "other_work": _("The employer is known for other work than the plan names."),
}


def fit_sentences(fit: PlanFit) -> list[str]:
    """Return the proposal and its reasons, a sentence each."""
    language = get_language() or "en"
    sentences = [str(ANSWERS[fit.answer])]
    for slug, what in fit.reasons:
        if slug in ("occupation", "industry"):
            scheme: occupations.Scheme = (
                "occupation" if slug == "occupation" else "industry"
            )
            what = occupations.label(scheme, what, language)
        text = str(REASONS[slug])
        sentences.append(text % {"what": what} if what else text)
    return sentences
