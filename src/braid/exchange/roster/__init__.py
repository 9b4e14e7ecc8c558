"""Rosters: from a service's own spreadsheet to a plan. Pure: no Django, no clock.

`reading` opens files, `tables` finds tables in them, `recognising` names their columns,
`planning` makes the one immutable plan that preview and commit share.
"""
