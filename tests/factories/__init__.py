"""One factory a model; a house test insists on it."""
