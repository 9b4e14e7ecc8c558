"""The pages of whoever runs an organisation: what waits, and what must be judged."""
