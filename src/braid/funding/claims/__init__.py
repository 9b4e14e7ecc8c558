"""Runs of a contract, claims and their history, evidence under a pseudonym."""
