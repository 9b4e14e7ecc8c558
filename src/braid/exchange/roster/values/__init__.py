"""Read single cells: days, numbers, names, words. Nothing is guessed or rolled over."""
