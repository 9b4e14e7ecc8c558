"""Reports: run over facts, written in several forms, released and corrected."""
