"""A contract file without fault, to be spoilt one passage at a time."""

# ruff: noqa: E501

GOOD = """\
contract: example
version: 1
unit: person
currency: EUR
vat: inclusive
vat_percent: 21
valid_from: 2025-01-01
valid_to: 2025-12-31
source: invented, for this test
population: [{word: resident_in, in: [example-area]}]
entry: {word: funder_event, kind: consent}
levels:
  - {name: enough, year: 2025, value: "1000.00", source: invented}
trajectory_months: [24]
milestones:
  - id: start
    kind: event
    reached: {word: job_start}
    start_minimum: {full_day: true, full_day_hours: 8, part_time_below: 30, part_time_hours: 4}
    amount: {parameter: START}
    evidence: {any_of: [[payslip], [self_declaration, {other: employer_call}]], deadline_days: 60}
  - id: thirteen
    kind: sustained
    reached: {word: in_work}
    requires: [start]
    window: {n: 91, of: 91, unit: day}
    threshold: {measure: weekly_hours, at_least: 16, statistic: mean}
    amount: {value: "800.00", source: clause 3}
    retention_percent: 10
    split: [{payer: state, percent: 50}, {payer: town, percent: 50}]
  - id: earned
    kind: earnings
    reached: {word: earnings}
    window: {n: 1, of: 1, unit: month}
    threshold: {measure: gross, at_least: {level: enough}, statistic: each}
    tiers:
      - {when: {word: weekly_hours, at_least: 16}, amount: {value: "50.00", source: clause 4}}
      - {amount: {value: "40.00", source: clause 4}}
  - id: rest
    kind: settlement
    reached: {word: funder_event, kind: end_report}
"""
