"""Writing about people: one transaction each, audited, the actor first."""

from braid.people.commands.applicants import (
    add_identifier,
    change_applicant,
    log_refusal,
    set_goal,
    take_back_note,
    write_note,
)
from braid.people.commands.bulk import (
    CaseloadShare,
    NewApplicant,
    NewEpisode,
    NewRefusal,
    record_applicants,
    record_episodes,
    record_refusals,
)
from braid.people.commands.episodes import (
    accept,
    assign,
    change_episode,
    change_state,
    exit_episode,
    refer,
    set_casework,
    set_treatment,
)
from braid.people.commands.own import (
    say_how_it_goes,
    say_own_goal,
    take_back_words,
)
from braid.people.commands.treatment import (
    add_treatment_note,
    change_treatment_note,
    take_back_treatment_note,
)

__all__ = [
    "CaseloadShare",
    "NewApplicant",
    "NewEpisode",
    "NewRefusal",
    "accept",
    "add_identifier",
    "add_treatment_note",
    "assign",
    "change_applicant",
    "change_episode",
    "change_state",
    "change_treatment_note",
    "exit_episode",
    "log_refusal",
    "record_applicants",
    "record_episodes",
    "record_refusals",
    "refer",
    "say_how_it_goes",
    "say_own_goal",
    "set_casework",
    "set_goal",
    "set_treatment",
    "take_back_note",
    "take_back_treatment_note",
    "take_back_words",
    "write_note",
]
