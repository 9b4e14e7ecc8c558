"""What rooms hand in: their tables to the facts, the circle around a person to access."""

from braid.access import declared, drafts, reviewing, rights, rotation, shared
from braid.access import facts as access
from braid.access.rights import own_tables, retention
from braid.access.rights import registry as rights_registry
from braid.access.sign_in import factor_keys
from braid.benefits import declared as benefits_declared
from braid.benefits import due as benefits_due
from braid.benefits import facts as benefits
from braid.documents import declared as documents_declared
from braid.documents import erasing as documents
from braid.exchange import declared as exchange_declared
from braid.exchange import erasing as exchange_erasing
from braid.exchange import keys as imported
from braid.facts import calendar, registry
from braid.facts import erasing as facts_erasing
from braid.fidelity import commands as fidelity_commands
from braid.fidelity import declared as fidelity_declared
from braid.fidelity import facts as fidelity
from braid.fidelity import queries as fidelity_queries
from braid.fidelity import stored as fidelity_stored
from braid.funding import declared as funding_declared
from braid.funding import facts as funding
from braid.funding.monitors import watching as funding_watching
from braid.outcomes import facts as outcomes
from braid.outcomes import queries as outcomes_queries
from braid.people import acquaintance, circle
from braid.people import after as people_after
from braid.people import declared as people_declared
from braid.people import facts as people
from braid.people import facts_events as people_events
from braid.people import keys as people_keys
from braid.people import outcomes as people_outcomes
from braid.people import retained as people_retained
from braid.teamwork import declared as teamwork_declared
from braid.teamwork import facts as teamwork
from braid.web import memory
from braid.work import after
from braid.work import declared as work_declared
from braid.work import facts as work
from braid.work import facts_day as work_day
from braid.work import facts_events as work_events
from braid.work import facts_jobs as work_jobs
from braid.work.queries import outcomes as work_outcomes

FACTS = (
    access,
    people,
    people_events,
    work,
    work_jobs,
    work_day,
    work_events,
    benefits,
    teamwork,
    outcomes,
    fidelity,
    funding,
)
DECLARED = (
    own_tables.TABLES,
    documents_declared.TABLES,
    people_declared.TABLES,
    work_declared.TABLES,
    benefits_declared.TABLES,
    teamwork_declared.TABLES,
    exchange_declared.TABLES,
    fidelity_declared.TABLES,
    funding_declared.TABLES,
)
KEEPERS = (
    ("record", rights_registry.Keeper(people_retained.ended_before)),
    (
        "brought_file",
        rights_registry.Keeper(
            exchange_erasing.files_ended_before, exchange_erasing.forget_brought_files
        ),
    ),
    (
        "fidelity_review",
        rights_registry.Keeper(
            fidelity_queries.to_forget, fidelity_commands.forget_due
        ),
    ),
)


def register_extractors() -> None:
    """Let every room give its tables to the facts."""
    for given in FACTS:
        for table, rows in given.EXTRACTORS.items():
            registry.register(table, rows)
        registry.register_also_read(getattr(given, "ALSO_READ", {}))
    for table, make in calendar.TABLES.items():
        registry.register_made(table, make)
    registry.register_beside(fidelity_stored.keep)
    registry.register_beside(outcomes_queries.keep)
    registry.register_beside(funding_watching.keep)


def hand_in_circle() -> None:
    """Tell access which teams work with which applicant."""
    shared.hand_in(circle)


def hand_in_acquaintance() -> None:
    """Tell the review of accesses who works with whom, and who is called what."""
    reviewing.hand_in(acquaintance)


def hand_in_holdings() -> None:
    """Tell the key ring what the rooms keep under it."""
    rotation.register(
        *rotation.HOLDINGS,
        *factor_keys.HOLDINGS,
        *drafts.HOLDINGS,
        *people_keys.HOLDINGS,
        *imported.HOLDINGS,
    )


def hand_in_drafts() -> None:
    """Tell the forms where what is typed into them is kept."""
    memory.hand_in(drafts)


def hand_in_listeners() -> None:
    """Let what happens to a job or is said of benefits be heard by those who act on it."""
    after.hand_in(benefits_due.after_job)
    people_after.hand_in(benefits_due.after_words)


def hand_in_outcomes() -> None:
    """Let those who referred somebody be told what came of it in work."""
    people_outcomes.hand_in(work_outcomes.first_starts)


def hand_in_documents() -> None:
    """Let documents be copied and erased with the person whom they are about."""
    rights.register_eraser("documents", documents.erase)
    rights.register_exporter("documents", documents.copy)


def hand_in_rights() -> None:
    """Tell access what rooms keep about people, how it ends, and how it is erased."""
    for tables in DECLARED:
        declared.register(tables)
    rights.register_eraser("facts", facts_erasing.erase)
    rights.register_afterwards("facts", facts_erasing.forget)
    rights.register_eraser("imports", exchange_erasing.erase)
    rights.register_exporter("imports", exchange_erasing.copy)
    retention.register_own()
    for kind, keeper in KEEPERS:
        rights_registry.register_keeper(kind, keeper)
    rights_registry.hand_in_names(people_retained.name_of)
