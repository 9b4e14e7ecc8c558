"""The charts of the outcomes pages in words, pictures and tables."""
