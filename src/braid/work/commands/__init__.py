"""Writing about work: one transaction each, audited, the actor first."""

from braid.work.commands.bulk import (
    NewAbsence,
    NewContact,
    NewEmployer,
    NewEmployerContact,
    NewJob,
    NewPaidWork,
    NewTerms,
    record_contacts,
    record_employer_contacts,
    record_employers,
    record_jobs,
)
from braid.work.commands.contacts import (
    change_contact,
    log_contact,
    log_employer_contact,
    take_back,
)
from braid.work.commands.employers import (
    add_employer,
    change_employer,
    employer_named,
    keep_apart,
    merge_employers,
)
from braid.work.commands.jobs import (
    change_job,
    change_terms,
    end_job,
    record_absence,
    reopen_job,
    start_job,
)

__all__ = [
    "NewAbsence",
    "NewContact",
    "NewEmployer",
    "NewEmployerContact",
    "NewJob",
    "NewPaidWork",
    "NewTerms",
    "add_employer",
    "change_contact",
    "change_employer",
    "change_job",
    "change_terms",
    "employer_named",
    "end_job",
    "keep_apart",
    "log_contact",
    "log_employer_contact",
    "merge_employers",
    "record_absence",
    "record_contacts",
    "record_employer_contacts",
    "record_employers",
    "record_jobs",
    "reopen_job",
    "start_job",
    "take_back",
]
