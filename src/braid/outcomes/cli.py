"""`braid outcomes`: figures of outcomes, and statistics from anybody's tables."""

import click

from braid.outcomes.report_cli import report
from braid.outcomes.statistics_cli import compare, survival


@click.group()
def outcomes() -> None:
    """Outcomes: reports, two groups compared, and time until an event."""


outcomes.add_command(compare)
outcomes.add_command(report)
outcomes.add_command(survival)
