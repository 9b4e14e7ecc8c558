"""A report as it may have been released, for tests that need one and not its numbers."""

from braid.outcomes.reporting.document import (
    Days,
    Definition,
    Document,
    Entry,
    Section,
    Unit,
    to_json,
)

DAYS = Days("2026Q3", "2026-07-01", "2026-09-30")


def text(unit, name):
    """Return the text of a report of one unit with one line."""
    line = Entry(
        id="served",
        label="«People served»",
        measure="ilc_quarterly",
        part="served",
        form="number",
        means="«people on the caseload on at least one day»",
        days=DAYS,
        group={},
        numerator=20,
        numerator_is="«people on the caseload on at least one day»",
        denominator=None,
        denominator_is="",
        value=20,
        n=None,
        reason="",
        mark="",
        left_out={},
        targets=(),
        benchmarks=(),
        note="",
    )
    return to_json(
        Document(
            report="ilc-quarterly",
            version="2026.1",
            title="«IPS learning community, quarterly»",
            about="«What each site reports.»",
            source="«House»",
            period=DAYS,
            is_over=True,
            as_of="2026-10-05",
            options=(),
            is_restated=False,
            valid_from="2026-01-01",
            is_before_first_edition=False,
            units=(Unit(unit, name),),
            snapshot="00000000-0000-7000-8000-000000000000",
            hash="0" * 64,
            profile="nhs-mhsds",
            language="en",
            sections=(Section("employment", "«Employment»", "", (line,)),),
            definitions=(
                Definition(
                    measure="ilc_quarterly",
                    version="2026.1",
                    label="«Quarterly report of a site»",
                    about="«What a site reports each calendar quarter.»",
                    counts="«people»",
                    basis="accepted",
                    profile="as_coded",
                    source="«House»",
                ),
            ),
            left_out_because={},
            notes=(),
        )
    )
