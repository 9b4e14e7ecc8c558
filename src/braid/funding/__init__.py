"""The funding lens: payment by results with evidence.

Empty so far. What will live here: contracts run over facts, claims, evidence,
reconciliation.
"""
