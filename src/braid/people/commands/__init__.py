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
    set_treatment,
)

__all__ = [
    "CaseloadShare",
    "NewApplicant",
    "NewEpisode",
    "NewRefusal",
    "accept",
    "add_identifier",
    "assign",
    "change_applicant",
    "change_episode",
    "change_state",
    "exit_episode",
    "log_refusal",
    "record_applicants",
    "record_episodes",
    "record_refusals",
    "refer",
    "set_goal",
    "set_treatment",
    "take_back_note",
    "write_note",
]
