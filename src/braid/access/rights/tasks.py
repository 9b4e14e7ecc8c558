"""Work of rights and duties that no request waits for."""

from uuid import UUID

from django_tasks import task

from braid.access.rights import erasing


@task()
def erase(applicant_id: str) -> None:
    """Carry out an erasure; one that breaks is finished at the next start."""
    erasing.finish(UUID(applicant_id))
