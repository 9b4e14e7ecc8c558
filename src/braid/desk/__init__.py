"""The pages people live in, composed from the rooms below."""
