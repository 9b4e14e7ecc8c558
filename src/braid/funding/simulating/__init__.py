"""A proposed contract over past facts: what it would have paid, and what it would reward."""
