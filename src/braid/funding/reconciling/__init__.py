"""What was claimed beside what was answered and paid, by quarter, and how old it is."""
