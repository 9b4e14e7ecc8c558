"""Contracts of payment by results: what they say, what is reached, what is due."""
