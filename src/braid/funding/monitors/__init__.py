"""Watching for harm that payment by results can do."""
