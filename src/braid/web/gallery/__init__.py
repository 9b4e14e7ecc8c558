"""Every component in every state, with invented neutral data."""
