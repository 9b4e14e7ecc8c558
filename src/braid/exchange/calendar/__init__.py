"""Calendar feeds: one's own appointments, meetings and days that things are due."""
