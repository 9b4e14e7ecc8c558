"""The funding lens: payment by results that can be shown, repeated and is safe for people.

Contracts run over facts, claims with their evidence and their history, what funders
answer, invoices and the ledger, and the monitors that watch for harm.
"""
