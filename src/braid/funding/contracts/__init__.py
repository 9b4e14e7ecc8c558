"""Contracts in plain words for both parties, and what is filled into them."""
