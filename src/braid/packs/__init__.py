"""Data packs: what varies by publisher, contract, country or year. No Django."""
